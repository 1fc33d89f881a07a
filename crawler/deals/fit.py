"""Does what a claim and a deal have in common make them one?

Parties, kind, period, place, amount and time each may refuse; the first rule that can tell
decides, and says so in words.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crawler.deals.change import Comparison
from crawler.deals.facts import (
    BY_RECIPIENT,
    Facts,
    is_correction,
    is_share,
    is_slip,
    parties_on,
    stage_group,
)
from crawler.deals.names import Likeness
from crawler.deals.rates import Rates
from crawler.model import Claim, Deal, Figure, Period, Role, Side, Stage


def judge(
    facts: Facts, claim: Claim, deal: Deal, *, rates: Rates, published_on: date | None
) -> tuple[bool, str]:
    """Whether claim and deal are one, and why (not): the first rule that can tell decides."""
    if _is_talk_of_the_town(facts, claim, deal):
        return True, "one amount of this size in the same days"
    if facts.links + facts.near_links == 0:
        return _fits_by_sum(facts, claim, deal)
    if _is_swapped(facts, claim, deal):
        return True, "the same parties and amount, told from the other side"
    if _is_worded_otherwise(facts, claim, deal):
        return True, "the same investor and amount in the same days, the aim worded otherwise"
    if facts.recipient is Likeness.OTHER:
        return False, "another recipient"
    if claim.stage is Stage.DENIED:
        return _fits_denial(facts, claim, deal)
    if deal.stage is Stage.DENIED and stage_group(claim.stage) == 1 and (facts.days or 0) > 30:
        return False, "new talks, long after the denial"
    if claim.role is Role.PART_OF or deal.part_of is not None:
        return _fits_part(facts, deal)
    if not claim.main and not (facts.is_stated or (facts.figure is None and facts.links >= 2)):
        return False, "only mentioned, and with another amount"
    if not _is_alike(claim.role, deal.kind):
        if facts.is_stated and (facts.recipient is Likeness.SAME or facts.links >= 2):
            return _is_soon(facts, 120, "the same parties and amount under another name")
        return False, f"a {claim.role} is no {deal.kind}"
    kinds = {claim.role, deal.kind}
    if Role.OTHER in kinds and len(kinds) > 1 and not facts.agrees:
        return False, f"a {claim.role} with another amount than the {deal.kind}"
    if kinds == {Role.CAPEX_PLAN}:
        return _fits_capex(facts, claim, deal, published_on=published_on)
    if Role.CAPEX_PLAN in kinds:
        return _fits_own_spending(facts, claim, deal, published_on=published_on)
    if kinds & BY_RECIPIENT or _is_stake(claim, deal):
        share = is_share(claim, deal, rates=rates, published_on=published_on)
        return _fits_round(facts, claim, deal, is_a_share=share)
    return _fits_commitment(facts, claim, deal)


# Two kinds that one deal is told as: a plan of a company's own is a commitment to some ears, and
# one investor's part of a round is a commitment to its recipient.
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        (Role.CAPEX_PLAN, Role.INVESTMENT_COMMITMENT),
        (Role.FUNDING_ROUND, Role.INVESTMENT_COMMITMENT),
        (Role.JOINT_VENTURE, Role.INVESTMENT_COMMITMENT),
        (Role.GOVERNMENT_PROGRAMME, Role.INVESTMENT_COMMITMENT),
        (Role.GOVERNMENT_PROGRAMME, Role.GRANT),
        (Role.GOVERNMENT_PROGRAMME, Role.FUND_LAUNCH),
        (Role.FUND_LAUNCH, Role.INVESTMENT_COMMITMENT),
    )
)


def _is_swapped(facts: Facts, claim: Claim, deal: Deal) -> bool:
    """Whether who pays in one is who receives in the other: sides are read wrongly now and then."""
    if not (facts.is_crossed and facts.is_stated and claim.main) or deal.part_of is not None:
        return False
    if facts.place is Likeness.OTHER or facts.period == "apart" or claim.role is Role.PART_OF:
        return False
    soon = abs(facts.days or 0) <= 10
    both = facts.links + facts.near_links + facts.faint_links >= 2
    return soon and (both or _is_alike(claim.role, deal.kind))


def _is_worded_otherwise(facts: Facts, claim: Claim, deal: Deal) -> bool:
    """Whether only the place or project differs: India to one outlet, Hyderabad to another.

    Nobody promises the same sum twice in three days.
    """
    if not (facts.investor is Likeness.SAME and facts.is_stated and claim.main):
        return False
    if facts.days is None or abs(facts.days) > 3 or facts.period == "apart":
        return False
    by_recipient = {claim.role, deal.kind} & BY_RECIPIENT or deal.part_of is not None
    return not by_recipient and _is_alike(claim.role, deal.kind)


def _is_alike(told: Role, kind: Role) -> bool:
    return told is kind or Role.OTHER in {told, kind} or frozenset({told, kind}) in _ALIKE


def _is_stake(claim: Claim, deal: Deal) -> bool:
    return bool(
        parties_on(claim.parties, Side.RECIPIENT) and parties_on(deal.parties, Side.RECIPIENT)
    )


def _is_soon(facts: Facts, days: int, why: str) -> tuple[bool, str]:
    if facts.days is not None and facts.days > days:
        return False, f"told {facts.days} days after it"
    return True, why


def _fits_by_sum(facts: Facts, claim: Claim, deal: Deal) -> tuple[bool, str]:
    """One sum told of names in two scripts, of which the letters tell little or nothing.

    Two companies do raise 100 million in one week. So the letters must sound somewhat alike, or
    the sum must be one that is seldom met; and nothing else may speak against it.
    """
    nobody = not claim.parties or not deal.parties
    if not facts.is_stated or claim.role is not deal.kind or deal.figure is None:
        return False, "no party in common"
    if facts.recipient is Likeness.OTHER or facts.place is Likeness.OTHER:
        return False, "no party in common"
    if facts.period == "apart":
        return False, "no party in common, and another period"
    soon = facts.days is None or abs(facts.days) <= 10
    if soon and facts.faint_links:
        return True, "names that sound alike in two scripts, with one amount"
    if soon and nobody and (facts.place or 0) >= Likeness.NEAR:
        return True, "nobody is named, and the place and the amount are the same"
    if soon and _is_seldom(deal.figure) and (facts.strange_links or nobody):
        return True, "no name to compare, and one amount that is seldom met"
    return False, "no party in common"


def _is_talk_of_the_town(facts: Facts, claim: Claim, deal: Deal) -> bool:
    """Whether so huge or odd a sum is told that no second deal of the week has it: 109bn euros.

    Then it matters little whom an outlet names first; but two known givers are two. An undated
    page is taken to be of those days: no page tells so large a sum years later as news.
    """
    if not (facts.is_stated and claim.main) or deal.figure is None or deal.part_of is not None:
        return False
    if abs(facts.days or 0) > 7 or facts.period == "apart":
        return False
    if facts.place is Likeness.OTHER:
        return False
    huge = 10**9 if _digits(deal.figure) > 2 else 5 * 10**10
    by_recipient = {claim.role, deal.kind} & BY_RECIPIENT or claim.role is Role.PART_OF
    if deal.figure.least < huge or by_recipient or claim.stage is Stage.DENIED:
        return False
    givers = parties_on(claim.parties, Side.INVESTOR), parties_on(deal.parties, Side.INVESTOR)
    known = [{one.id for one in side} - {None} for side in givers]
    strangers = bool(known[0] and known[1] and not known[0] & known[1])
    return not strangers and _is_alike(claim.role, deal.kind)


def _is_seldom(figure: Figure) -> bool:
    """Whether two deals of one week would hardly have it: 2.3bn, 40bn, or 900m in no dollars."""
    large = figure.least >= 10**10
    return _digits(figure) >= 2 or large or figure.currency not in {"USD", "EUR"}


def _digits(figure: Figure) -> int:
    """How many digits the sum has without the noughts at its end: 2 in 2.3bn."""
    return len(figure.least.normalize().as_tuple().digits)


def _fits_denial(facts: Facts, claim: Claim, deal: Deal) -> tuple[bool, str]:
    """A denial names who is said to deal with whom, and often no sum.

    Strict, because people are told that what they heard was wrong.
    """
    named = facts.recipient is Likeness.SAME or facts.links >= 2
    # Runway and رانواي share two consonants: with the buyer beside them that is a name.
    if facts.links and claim.role is deal.kind:
        named |= facts.recipient in {Likeness.FAINT, Likeness.NEAR}
        named |= facts.recipient is Likeness.UNKNOWN and facts.is_stated
    missing = facts.recipient is None and facts.links >= 1
    if not (named or missing):
        return False, "the denial names others"
    if facts.place is Likeness.OTHER:
        return False, "the denial is about another place"
    if facts.figure is not None and not (facts.agrees or (named and facts.is_within(2))):
        return False, "the denial is about another amount"
    if deal.stage is Stage.CLOSED:
        return _is_soon(facts, 14, "what is taken back")
    days = 60 if missing and not facts.agrees else 400 if claim.role is deal.kind else 180
    return _is_soon(facts, days, "what is denied")


def _fits_part(facts: Facts, deal: Deal) -> tuple[bool, str]:
    """A part is known by its own place or recipient, never by its sum alone."""
    if deal.part_of is None and deal.place is None and facts.recipient is None:
        return False, "the whole, not the part"
    if facts.place is Likeness.OTHER:
        return False, "a part at another place"
    if (facts.place or 0) >= Likeness.NEAR or facts.recipient is Likeness.SAME:
        return True, "the part with this place or recipient"
    return False, "no place or recipient of the part is named"


def _fits_capex(
    facts: Facts, claim: Claim, deal: Deal, *, published_on: date | None
) -> tuple[bool, str]:
    """An investor has one plan a period; another year is another plan."""
    if facts.links == 0 and not (facts.is_stated or claim.says_changed):
        return False, "another investor, perhaps"
    if facts.place is Likeness.OTHER or (claim.place and not deal.place and not facts.agrees):
        return False, "a plan for another place"
    if facts.period == "apart":
        return False, f"a plan for {claim.period}, not for {deal.period}"
    if facts.period == "same":
        if facts.figure in {None, Comparison.NOT_COMPARABLE} or facts.is_within(3):
            return True, f"the plan for {deal.period} of this investor"
        return False, "an amount of another order"
    if facts.agrees:
        return _is_soon(facts, 365, "the same investor's plan, with its amount")
    if facts.period == "across":
        return False, f"a plan for {claim.period}, not for {deal.period}"
    if not _is_told_within(published_on, deal, claim.period or deal.period):
        return False, "a plan for another year, perhaps"
    if facts.figure is None or facts.is_within(Decimal("2.5")):
        return _is_soon(facts, 365, "the same investor's plan, its year not named")
    return False, "an amount of another order"


def _is_told_within(published_on: date | None, deal: Deal, named: Period | None) -> bool:
    """Whether the day of telling lies in the one period that is named, or in the deal's year."""
    if published_on is None:
        return True
    if named is None:
        return published_on.year in {deal.opened_at.year, deal.changed_at.year}
    return named.first_year <= published_on.year <= named.last_year


def _fits_own_spending(
    facts: Facts, claim: Claim, deal: Deal, *, published_on: date | None
) -> tuple[bool, str]:
    """A yearly plan that one outlet calls a commitment, or the reverse."""
    if parties_on(claim.parties, Side.RECIPIENT) or parties_on(deal.parties, Side.RECIPIENT):
        return False, "money for another company is no spending of one's own"
    if facts.period == "apart" or facts.place is Likeness.OTHER:
        return False, "another period or place"
    if facts.links and facts.agrees:
        return _is_soon(facts, 365, "the same investor's plan under another name")
    nowhere = claim.place is None and deal.place is None
    this_year = facts.period == "same" or _is_told_within(
        published_on, deal, claim.period or deal.period
    )
    if facts.links and nowhere and this_year and facts.is_within(Decimal("1.5")):
        return _is_soon(facts, 365, "the same investor's plan under another name, moved on")
    return False, "another amount than the investor's plan"


def _fits_round(facts: Facts, claim: Claim, deal: Deal, *, is_a_share: bool) -> tuple[bool, str]:
    """Rounds, loans, listings and takeovers: the recipient decides, then amount and time."""
    if facts.recipient in {None, Likeness.UNKNOWN}:
        if facts.links >= 1 and facts.is_stated and claim.role is deal.kind:
            return _is_soon(facts, 30, "the same party and amount")
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
            return _is_soon(facts, 730, "the takeover of this company")
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
        return _is_soon(facts, 90, "one investor's part of this round")
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


def _fits_commitment(facts: Facts, claim: Claim, deal: Deal) -> tuple[bool, str]:
    """Commitments, ventures, funds and programmes: who spends, where, and how much."""
    if facts.links == 0 and not facts.is_stated:
        return False, "another investor, perhaps"
    together = facts.links >= 2 and facts.is_stated
    if facts.place is Likeness.OTHER and not together:
        return False, "another place or project"
    if facts.place is Likeness.OTHER:
        return _is_soon(facts, 45, "the same two parties and amount, the place worded otherwise")
    if facts.period == "apart" and not facts.agrees:
        return False, f"for {claim.period}, not for {deal.period}"
    if (facts.place or 0) >= Likeness.NEAR or (facts.recipient or 0) >= Likeness.NEAR:
        if facts.figure is None or facts.agrees or facts.is_within(Decimal("2.5")):
            return True, "the same investor at the same place or recipient"
        return False, "the same place and an amount of another order"
    if facts.is_stated or (facts.agrees and facts.links >= 2):
        return True, "the same investor and amount"
    goes_on = claim.says_changed or stage_group(claim.stage) > stage_group(deal.stage)
    soon = facts.is_own_currency or abs(facts.days or 0) <= 10
    if (goes_on or (facts.agrees and soon)) and facts.is_within(2) and abs(facts.days or 0) <= 400:
        return True, "the same investor's commitment, gone further"
    if facts.figure is None and facts.links >= 2 and abs(facts.days or 0) <= 90:
        return True, "the same two parties, no amount to compare"
    return False, "another amount, and no place or recipient in common"
