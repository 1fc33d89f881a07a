"""Is it the same round, loan, listing or takeover of who gets the money?"""

from __future__ import annotations

from decimal import Decimal

from crawler.deals.change import Comparison
from crawler.deals.facts import Facts, is_correction, is_slip, is_soon, stage_group
from crawler.deals.names import Likeness
from crawler.model import Claim, Deal, Role, Stage


def fits_round(facts: Facts, claim: Claim, deal: Deal, *, is_a_share: bool) -> tuple[bool, str]:
    """Rounds, loans, listings and takeovers: the recipient decides, then amount and time."""
    if facts.recipient in {None, Likeness.UNKNOWN}:
        if facts.links >= 1 and facts.is_stated and claim.role is deal.kind:
            return is_soon(facts, 30, "the same party and amount")
        return False, "no recipient in common"
    like = facts.recipient in {Likeness.FAINT, Likeness.NEAR}
    nearly = like and facts.links == 0 and not facts.agrees
    if nearly and facts.figure is None and claim.role is deal.kind and abs(facts.days or 0) <= 14:
        return True, "a recipient with a like name, no amount to compare"
    goes_on = stage_group(claim.stage) > stage_group(deal.stage) and facts.is_within(2)
    if nearly and not (goes_on and claim.role is deal.kind):
        return False, "a recipient with a like name and another amount"
    stakes = claim.role is deal.kind is Role.INVESTMENT_COMMITMENT
    if stakes and facts.investor is Likeness.OTHER and not facts.is_stated:
        return False, "another investor's stake"
    if claim.role is deal.kind is Role.IPO:
        return True, "the listing of this company"
    if Role.ACQUISITION in {claim.role, deal.kind}:
        if facts.investor is Likeness.OTHER and not facts.is_stated:
            return False, "another buyer"
        if facts.times is None or facts.is_within(5):
            return is_soon(facts, 730, "the takeover of this company")
    return _fits_amount_of_round(facts, claim, deal, is_a_share=is_a_share)


def _fits_amount_of_round(
    facts: Facts, claim: Claim, deal: Deal, *, is_a_share: bool
) -> tuple[bool, str]:
    days = facts.days or 0
    steps_back = deal.stage is Stage.CLOSED and stage_group(claim.stage) < 3
    if facts.agrees:
        if steps_back and days > 90:
            return False, "a new round of the same size: that one was closed"
        if deal.stage is Stage.CLOSED and days > 365:
            return False, f"that one was closed {days} days before"
        return True, "the recipient's deal with this amount"
    if facts.figure in {None, Comparison.NOT_COMPARABLE}:
        if abs(days) > 180 or (steps_back and days > 30):
            return False, f"no amount to compare, and {days} days between them"
        return True, "the recipient's deal, no amount to compare"
    if is_a_share:
        return is_soon(facts, 90, "one investor's part of this round")
    told_soon = facts.days is not None and abs(days) <= 30
    if facts.times is not None and is_slip(facts.times) and told_soon:
        return True, "the recipient's deal, a power of ten apart: one of the two slipped"
    if claim.says_changed or is_correction(claim):
        if facts.is_within(12):
            return True, "the recipient's deal, with a changed amount"
    elif deal.stage is Stage.CLOSED and not (steps_back and days < 0):
        if stage_group(claim.stage) > 1 and abs(days) <= 60 and facts.is_within(Decimal("1.34")):
            return True, "the recipient's deal, with a like amount"
    elif abs(days) <= 400 and facts.is_within(Decimal("2.5")):
        return True, "the recipient's deal, grown or shrunk on its way"
    return False, "another round: the amount is too far from the known one"
