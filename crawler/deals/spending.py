"""Is it the same plan, commitment, venture or programme of who spends?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crawler.deals.change import Comparison
from crawler.deals.facts import Facts, is_soon, parties_on, stage_group
from crawler.deals.names import Likeness
from crawler.model import Claim, Deal, Period, Side


def fits_capex(
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
        return is_soon(facts, 365, "the same investor's plan, with its amount")
    if facts.period == "across":
        return False, f"a plan for {claim.period}, not for {deal.period}"
    if not _is_told_within(published_on, deal, claim.period or deal.period):
        return False, "a plan for another year, perhaps"
    if facts.figure is None or facts.is_within(Decimal("2.5")):
        return is_soon(facts, 365, "the same investor's plan, its year not named")
    return False, "an amount of another order"


def fits_own_spending(
    facts: Facts, claim: Claim, deal: Deal, *, published_on: date | None
) -> tuple[bool, str]:
    """A yearly plan that one outlet calls a commitment, or the reverse."""
    if parties_on(claim.parties, Side.RECIPIENT) or parties_on(deal.parties, Side.RECIPIENT):
        return False, "money for another company is no spending of one's own"
    if facts.period == "apart" or facts.place is Likeness.OTHER:
        return False, "another period or place"
    if facts.links and facts.agrees:
        return is_soon(facts, 365, "the same investor's plan under another name")
    nowhere = claim.place is None and deal.place is None
    this_year = facts.period == "same" or _is_told_within(
        published_on, deal, claim.period or deal.period
    )
    if facts.links and nowhere and this_year and facts.is_within(Decimal("1.5")):
        return is_soon(facts, 365, "the same investor's plan under another name, moved on")
    return False, "another amount than the investor's plan"


def _is_told_within(published_on: date | None, deal: Deal, named: Period | None) -> bool:
    """Whether the day of telling lies in the one period that is named, or in the deal's year."""
    if published_on is None:
        return True
    if named is None:
        return published_on.year in {deal.opened_at.year, deal.changed_at.year}
    return named.first_year <= published_on.year <= named.last_year


def fits_commitment(facts: Facts, claim: Claim, deal: Deal) -> tuple[bool, str]:
    """Commitments, ventures, funds and programmes: who spends, where, and how much."""
    if facts.links == 0 and not facts.is_stated:
        return False, "another investor, perhaps"
    together = facts.links >= 2 and facts.is_stated
    if facts.place is Likeness.OTHER and not together:
        return False, "another place or project"
    if facts.place is Likeness.OTHER:
        return is_soon(facts, 45, "the same two parties and amount, the place worded otherwise")
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
