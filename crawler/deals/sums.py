"""Is a sum alone enough to make a claim and a deal one, whatever names stand beside it?"""

from __future__ import annotations

from crawler.deals.facts import BY_RECIPIENT, Facts, is_alike, parties_on
from crawler.deals.names import Likeness
from crawler.model import Claim, Deal, Figure, Role, Side, Stage

_SOON = 10  # days within which outlets tell one deal
_AT_ONCE = 3


def is_talk_of_the_town(facts: Facts, claim: Claim, deal: Deal) -> bool:
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
    return not strangers and is_alike(claim.role, deal.kind)


def is_misread(facts: Facts, claim: Claim, deal: Deal) -> bool:
    """Whether only the recipient differs, and the text of one may mean that of the other.

    In a few days if many have such a sum: Flux and Black Forest Labs, 300 million each.
    """
    if not (facts.is_meant and facts.is_stated and claim.main) or deal.figure is None:
        return False
    if deal.part_of is not None or claim.stage is Stage.DENIED:
        return False
    if facts.place is Likeness.OTHER or facts.period == "apart":
        return False
    days = _SOON if _is_seldom(deal.figure) else _AT_ONCE
    return abs(facts.days or 0) <= days and is_alike(claim.role, deal.kind)


def fits_by_sum(facts: Facts, claim: Claim, deal: Deal) -> tuple[bool, str]:
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
    soon = abs(facts.days or 0) <= _SOON
    if soon and facts.faint_links:
        return True, "names that sound alike in two scripts, with one amount"
    if soon and nobody and (facts.place or 0) >= Likeness.NEAR:
        return True, "nobody is named, and the place and the amount are the same"
    if soon and _is_seldom(deal.figure) and (facts.strange_links or nobody):
        return True, "no name to compare, and one amount that is seldom met"
    return False, "no party in common"


def _is_seldom(figure: Figure) -> bool:
    """Whether two deals of one week would hardly have it: 2.3bn, 40bn, or 900m in no dollars."""
    large = figure.least >= 10**10
    return _digits(figure) >= 2 or large or figure.currency not in {"USD", "EUR"}


def _digits(figure: Figure) -> int:
    """How many digits the sum has without the noughts at its end: 2 in 2.3bn."""
    return len(figure.least.normalize().as_tuple().digits)
