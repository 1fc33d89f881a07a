"""Does what a claim and a deal have in common make them one?

Parties, kind, period, place, amount and time each may refuse; the first rule that can tell
decides, and says so in words.
"""

from __future__ import annotations

from datetime import date

from crawler.deals.facts import (
    BY_RECIPIENT,
    Facts,
    is_alike,
    is_share,
    is_soon,
    parties_on,
    stage_group,
)
from crawler.deals.names import Likeness
from crawler.deals.rates import Rates
from crawler.deals.rounds import fits_round
from crawler.deals.spending import fits_capex, fits_commitment, fits_own_spending
from crawler.deals.sums import fits_by_sum, is_misread, is_talk_of_the_town
from crawler.model import Claim, Deal, Role, Side, Stage


def judge(
    facts: Facts, claim: Claim, deal: Deal, *, rates: Rates, published_on: date | None
) -> tuple[bool, str]:
    """Whether claim and deal are one, and why (not): the first rule that can tell decides."""
    if is_talk_of_the_town(facts, claim, deal):
        return True, "one amount of this size in the same days"
    if is_misread(facts, claim, deal):
        return True, "the same amount in the same days, and one text may mean the other's recipient"
    if facts.links + facts.near_links == 0:
        return fits_by_sum(facts, claim, deal)
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
    if not is_alike(claim.role, deal.kind):
        if facts.is_stated and (facts.recipient is Likeness.SAME or facts.links >= 2):
            return is_soon(facts, 120, "the same parties and amount under another name")
        return False, f"a {claim.role} is no {deal.kind}"
    kinds = {claim.role, deal.kind}
    if Role.OTHER in kinds and len(kinds) > 1 and not facts.agrees:
        return False, f"a {claim.role} with another amount than the {deal.kind}"
    if kinds == {Role.CAPEX_PLAN}:
        return fits_capex(facts, claim, deal, published_on=published_on)
    if Role.CAPEX_PLAN in kinds:
        return fits_own_spending(facts, claim, deal, published_on=published_on)
    if kinds & BY_RECIPIENT or _is_stake(claim, deal):
        share = is_share(claim, deal, rates=rates, published_on=published_on)
        return fits_round(facts, claim, deal, is_a_share=share)
    return fits_commitment(facts, claim, deal)


def _is_swapped(facts: Facts, claim: Claim, deal: Deal) -> bool:
    """Whether who pays in one is who receives in the other: sides are read wrongly now and then."""
    if not (facts.is_crossed and facts.is_stated and claim.main) or deal.part_of is not None:
        return False
    if facts.place is Likeness.OTHER or facts.period == "apart" or claim.role is Role.PART_OF:
        return False
    soon = abs(facts.days or 0) <= 10
    both = facts.links + facts.near_links + facts.faint_links >= 2
    return soon and (both or is_alike(claim.role, deal.kind))


def _is_worded_otherwise(facts: Facts, claim: Claim, deal: Deal) -> bool:
    """Whether only the place or project differs: India to one outlet, Hyderabad to another.

    Nobody promises the same sum twice in three days.
    """
    if not (facts.investor is Likeness.SAME and facts.is_stated and claim.main):
        return False
    if facts.days is None or abs(facts.days) > 3 or facts.period == "apart":
        return False
    by_recipient = {claim.role, deal.kind} & BY_RECIPIENT or deal.part_of is not None
    return not by_recipient and is_alike(claim.role, deal.kind)


def _is_stake(claim: Claim, deal: Deal) -> bool:
    return bool(
        parties_on(claim.parties, Side.RECIPIENT) and parties_on(deal.parties, Side.RECIPIENT)
    )


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
        return is_soon(facts, 14, "what is taken back")
    days = 60 if missing and not facts.agrees else 400 if claim.role is deal.kind else 180
    return is_soon(facts, days, "what is denied")


def _fits_part(facts: Facts, deal: Deal) -> tuple[bool, str]:
    """A part is known by its own place or recipient, never by its sum alone."""
    if deal.part_of is None and deal.place is None and facts.recipient is None:
        return False, "the whole, not the part"
    if facts.place is Likeness.OTHER:
        return False, "a part at another place"
    if (facts.place or 0) >= Likeness.NEAR or facts.recipient is Likeness.SAME:
        return True, "the part with this place or recipient"
    return False, "no place or recipient of the part is named"
