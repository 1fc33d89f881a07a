"""Does what a claim and a deal have in common make them one?

All signs are weighed together (signs.py); what the law of deals forbids, no weight allows.
"""

from __future__ import annotations

from crawler.deals.facts import BY_RECIPIENT, Facts, is_seldom, stage_group
from crawler.deals.names import Likeness
from crawler.deals.signs import same_signs
from crawler.deals.weights import SAME
from crawler.deals.words import in_words
from crawler.model import Claim, Deal, Role, Stage

_NEEDED = 0.2  # log odds
_TO_DENY = 1.0  # people are told that what they heard was wrong
_UNDONE = 200  # days after which a denial is not of the deal that was closed
_REOPENED = 60  # days after which talks are not
_TAKEN_UP = 30  # days after which talks are not of the deal that was denied
_FORGOTTEN = 270  # days after which a deal is not known without its sum
_SHARED = 90  # days within which investors tell their parts of a round
_AT_ONCE = 10  # days within which a seldom sum is met once
_SOON = 60  # days within which an unsure reader's other name for a party is the deal's
_IN_THE_NEWS = 3  # days within which outlets tell one deal under other names


def judge(facts: Facts, claim: Claim, deal: Deal) -> tuple[float, str]:
    """How surely claim and deal are one, in log odds above what is needed, and why (not)."""
    if claim.role is Role.PART_OF or deal.part_of is not None:
        return _judge_part(facts, deal)
    why = forbidden(facts, claim, deal)
    if why is not None:
        return -1.0, why
    if facts.is_plan_of_year:
        return 1.0, f"the plan for {deal.period} of this investor"
    if facts.is_share and facts.who.recipient is Likeness.SAME and abs(facts.days or 0) <= _SHARED:
        return 1.0, "one investor's part of this round"
    signs = same_signs(facts, claim, deal)
    said = sum(value * SAME.get(name, 0.0) for name, value in signs.items())
    needed = _TO_DENY if claim.stage is Stage.DENIED else _NEEDED
    return said - needed, in_words(signs, SAME, is_one=said > needed)


def forbidden(facts: Facts, claim: Claim, deal: Deal) -> str | None:
    """What no likeness outweighs, in words; None where nothing does."""
    by_recipient = {claim.role, deal.kind} & BY_RECIPIENT
    is_yearly = Role.CAPEX_PLAN in {claim.role, deal.kind}
    if facts.period == "apart" and (is_yearly or not facts.agrees):
        return f"a plan for {claim.period}, not for {deal.period}"
    if not claim.main and not facts.is_stated:
        return "only mentioned, and with another amount"
    days = facts.days or 0
    told = stage_group(claim.stage)
    if deal.stage is Stage.CLOSED and told <= 1 and days > (_UNDONE if told == 0 else _REOPENED):
        return f"that one was closed {days} days before"
    if deal.stage is Stage.DENIED and told == 1 and days > _TAKEN_UP:
        return "new talks, long after the denial"
    if facts.figure is None and told > 0 and abs(days) > _FORGOTTEN:
        return f"no amount to compare, and {days} days between them"
    if facts.who.are_others and not (facts.is_stated and facts.who.is_shared and not by_recipient):
        return "other companies that we know"
    # An unsure reader misreads a name more often than such a sum is met twice in those days.
    is_unsure = bool(claim.perhaps or deal.perhaps)
    may_misread = is_unsure and facts.who.is_shared and abs(days) <= _AT_ONCE
    # And two investors do not put one such sum into two firms.
    are_both_there = facts.who.shared_givers >= 2 and abs(days) <= _SHARED
    is_misread = facts.is_stated and _has_seldom_sum(deal) and (may_misread or are_both_there)
    is_another = facts.who.recipient is Likeness.OTHER and not facts.who.may_be_recipient
    if by_recipient and is_another and not is_misread:
        return "another recipient"
    if facts.who.is_shared:
        return None if told == 0 or is_misread else _forbidden_elsewhere(facts)
    return _forbidden_unnamed(facts, claim, deal)


def _forbidden_elsewhere(facts: Facts) -> str | None:
    """What no likeness outweighs where a giver is shared, and who gets it has another name.

    In another script that may be one and the same. But whom we know to give, gives to many: of
    17,765 stories, told to one house, one giver and a like sum days later were one deal in 7 of 84,
    and without a like sum in 15 of 248.
    """
    who = facts.who
    if who.recipient is None or who.recipient >= Likeness.NEAR or who.is_meant:
        return None
    if facts.is_plan_of_year or not who.are_givers_known:
        return None
    if facts.figure is None:
        return "who gets it has another name, and no amount tells that it is one"
    if not facts.agrees:
        return "who gets it has another name, and the amount is another"
    days = abs(facts.days or 0)
    if not who.may_be_recipient and who.shared_givers < 2 and days > _IN_THE_NEWS:
        return f"who gets it has another name, and {days} days between them"
    return None


def _forbidden_unnamed(facts: Facts, claim: Claim, deal: Deal) -> str | None:
    """What no likeness outweighs where no party is surely one of the deal."""
    if claim.role is not deal.kind:
        return "no party in common, and another kind of deal"
    is_denial = claim.stage is Stage.DENIED
    if not (facts.agrees or (is_denial and facts.figure is None)):
        return "no party in common, and another amount"
    days = abs(facts.days or 0)
    if facts.who.is_meant:
        return None if days <= _SOON else f"no party in common, and {days} days between them"
    if is_denial:
        return "a denial that names nobody of this deal"
    # Through rates any two sums are alike: of those stories 314 met so by names that sound alike,
    # rightly 12; in one currency, within these days, 15 of 23.
    if not facts.is_own_currency or days > _IN_THE_NEWS:
        return "no party in common, and the amount was not told in these words in those days"
    # Two companies do raise 100 million in one week: without a name it takes a seldom sum.
    if not (facts.who.may_be_shared or _has_seldom_sum(deal)):
        return "no party in common, and an amount often met"
    return None


def _has_seldom_sum(deal: Deal) -> bool:
    return deal.figure is not None and is_seldom(deal.figure)


def _judge_part(facts: Facts, deal: Deal) -> tuple[float, str]:
    """A part is known by its own place or recipient, never by its sum alone."""
    if not facts.who.is_shared or facts.who.recipient is Likeness.OTHER:
        return -1.0, "another party"
    if deal.part_of is None and deal.place is None and facts.who.recipient is None:
        return -1.0, "the whole, not the part"
    if facts.place is Likeness.OTHER:
        return -1.0, "a part at another place"
    if (facts.place or 0) >= Likeness.NEAR or facts.who.recipient is Likeness.SAME:
        return 1.0, "the part with this place or recipient"
    return -1.0, "no place or recipient of the part is named"
