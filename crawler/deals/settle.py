"""What does one article do to the deals we know?

Its main claims open and change deals, a part opens a deal linked to the whole, a mentioned claim
joins a deal that we know, what was really spent is noted. Nothing is saved here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.deals.change import MOVES, Comparison, compare, exactness
from crawler.deals.facts import is_correction, told_figure
from crawler.deals.life import apply_claim, note_actual, open_deal
from crawler.deals.match import Match, match_claim
from crawler.deals.names import Likeness, like_parties, like_places
from crawler.deals.rates import Rates
from crawler.deals.value import Telling, build_telling
from crawler.deals.who import parties_on
from crawler.model import Article, Claim, Deal, Party, Reading, Reason, Role, Side, Stage, Step


def settle(
    article: Article, reading: Reading, deals: Sequence[Deal], *, rates: Rates, now: datetime
) -> tuple[Step, ...]:
    """Everything `article` does to the known `deals`, in the order in which it is to be saved.

    New deals have ids below zero; later steps of the article see the deals as earlier ones
    left them. `deals` need only be those that share a key with a party of the reading, and
    what those are merged into.
    """
    desk = _Desk(
        rates=rates,
        telling=build_telling(article.url, article.published, now=now),
        deals=[deal for deal in deals if deal.merged_into is None],
        faces=[deal for deal in deals if deal.merged_into is not None],
    )
    steps: list[Step] = []
    whole: Deal | None = None
    main = [claim for claim in reading.claims if claim.main and claim.role.makes_deal]
    for claim in _one_for_each_deal([one for one in main if one.role is not Role.PART_OF], desk):
        told = {one.deal.id for one in steps if one.deal is not None}
        step = _settle_main(claim, desk, is_investment=reading.ai_investment, told=told)
        steps.append(step)
        if whole is None:
            whole = step.deal
    for claim in reading.claims:
        if claim.role is Role.PART_OF:
            steps.append(_settle_part(claim, whole, desk, is_investment=reading.ai_investment))
        elif claim.role.makes_deal and not claim.main:
            step = _join(claim, desk)
            # The body repeats what the title says; that is no second source.
            if step.deal is None or all(step.deal.id != one.deal.id for one in steps if one.deal):
                steps.append(step)
    steps += [_note_actual(claim, desk) for claim in reading.claims if claim.role is Role.ACTUAL]
    return tuple(steps)


KNOWN = "known_deal"
_SURE = 1.5  # log odds by which an article that is unsure by itself tells of a deal that we know


@dataclass(slots=True)
class _Desk:
    """The deals as the steps so far left them."""

    rates: Rates
    telling: Telling
    deals: list[Deal] = field(default_factory=list)
    faces: list[Deal] = field(default_factory=list)  # as which somebody said a deal is told, too

    def match(self, claim: Claim, *, but: Deal | None = None) -> Match:
        """The deal that `claim` is about, known under its own face or another; not `but`."""
        match = match_claim(
            claim,
            [
                deal
                for deal in (*self.deals, *self.faces)
                if but is None or but.id not in (deal.id, deal.merged_into)
            ],
            rates=self.rates,
            published_on=self.telling.published_on,
        )
        if match.deal is None or match.deal.merged_into is None:
            return match
        known = next(deal for deal in self.deals if deal.id == match.deal.merged_into)
        said = Reason(code="merged", text=f"deal {match.deal.id} was merged into it by hand")
        return replace(match, deal=known, reasons=(*match.reasons, said))

    def next_id(self) -> int:
        return min([0, *(deal.id for deal in self.deals)]) - 1

    def put(self, deal: Deal) -> None:
        """Keep `deal` in place of its former state."""
        self.deals = [one for one in self.deals if one.id != deal.id] + [deal]


def _settle_main(claim: Claim, desk: _Desk, *, is_investment: bool, told: Collection[int]) -> Step:
    match = desk.match(claim)
    takes_back = claim.stage is Stage.DENIED or is_correction(claim)
    if match.deal is None:
        if claim.stage is Stage.DENIED:
            return _nothing(claim, match, "denies_nothing", "takes back a deal that we do not know")
        if not is_investment:
            return _nothing(claim, match, "no_investment", "the article is about something else")
        deal, opened = open_deal(claim, deal_id=desk.next_id(), telling=desk.telling)
        desk.put(deal)
        return Step(
            claim=claim, deal=deal, change=opened, reasons=(*match.reasons, *opened.reasons)
        )
    is_told = is_investment or takes_back
    # One article changes a deal once: two sums in it are its telling, not the deal's move.
    if is_told and match.deal.id not in told:
        after, change, why = apply_claim(match.deal, claim, rates=desk.rates, telling=desk.telling)
        desk.put(after)
        return Step(claim=claim, deal=after, change=change, reasons=(*match.reasons, *why))
    reasons = match.reasons
    if not is_told:
        if match.margin < _SURE or not match.agrees:
            return _nothing(claim, match, "no_investment", "the article is about something else")
        text = "unsure by itself, and clearly about a deal that we know"
        reasons += (Reason(code=KNOWN, text=text),)
    mentioned = replace(claim, main=False)
    return Step(claim=mentioned, deal=match.deal, change=None, reasons=reasons)


def _nothing(claim: Claim, match: Match, code: str, text: str) -> Step:
    reason = Reason(code=code, text=text)
    return Step(claim=claim, deal=None, change=None, reasons=(*match.reasons, reason))


def _settle_part(claim: Claim, whole: Deal | None, desk: _Desk, *, is_investment: bool) -> Step:
    """A named part opens a deal once, linked to the whole; told again it changes nothing."""
    match = desk.match(claim, but=whole)
    if match.deal is not None:
        return Step(claim=claim, deal=match.deal, change=None, reasons=match.reasons)
    if whole is None or not is_investment:
        return _nothing(claim, match, "no_whole", "a part, and its whole is not told here")
    if claim.place is None and not parties_on(claim.parties, Side.RECIPIENT):
        return _nothing(claim, match, "unnamed_part", "a part without a place or recipient")
    # Who spends on the whole spends on its part, whether or not its sentence says so again.
    spenders = tuple(
        party
        for party in whole.parties
        if party.side is not Side.RECIPIENT and not _is_among(party, claim.parties)
    )
    named = replace(claim, parties=claim.parties + spenders, period=claim.period or whole.period)
    deal, change = open_deal(named, deal_id=desk.next_id(), telling=desk.telling, part_of=whole.id)
    desk.put(deal)
    return Step(claim=named, deal=deal, change=change, reasons=change.reasons)


def _join(claim: Claim, desk: _Desk) -> Step:
    """A mentioned claim confirms a deal that we know, and opens or changes none."""
    match = desk.match(claim)
    return Step(claim=claim, deal=match.deal, change=None, reasons=match.reasons)


def _note_actual(claim: Claim, desk: _Desk) -> Step:
    """What was really spent belongs to the plan of that party and period."""
    plans = [
        deal
        for deal in desk.deals
        if deal.kind in {Role.CAPEX_PLAN, Role.INVESTMENT_COMMITMENT}
        and deal.part_of is None
        and claim.period is not None
        and deal.period == claim.period
        and any(_is_among(party, deal.parties) for party in claim.parties)
    ]
    if not plans:
        reason = Reason(code="no_plan", text="spent, and no plan of that party and period is known")
        return Step(claim=claim, deal=None, change=None, reasons=(reason,))
    plan = max(plans, key=lambda deal: (deal.kind is Role.CAPEX_PLAN, deal.changed_at))
    noted = note_actual(plan, claim)
    desk.put(noted)
    reason = Reason(code="actual", text=f"what was really spent of the plan for {plan.period}")
    return Step(claim=claim, deal=noted, change=None, reasons=(reason,))


def _is_among(party: Party, parties: Sequence[Party]) -> bool:
    return any(like_parties(party, other) is Likeness.SAME for other in parties)


def _one_for_each_deal(claims: Sequence[Claim], desk: _Desk) -> tuple[Claim, ...]:
    """The main `claims`, those about one deal made one: title and lead tell it twice."""
    merged: list[Claim] = []
    for claim in claims:
        at = next((i for i, one in enumerate(merged) if _is_one_deal(one, claim, desk)), None)
        if at is None:
            merged.append(claim)
        else:
            merged[at] = _merge(merged[at], claim)
    return tuple(merged)


def _is_one_deal(one: Claim, other: Claim, desk: _Desk) -> bool:
    """Whether two main claims of one article tell one deal."""
    if one.role is not other.role and not _is_same_sum(one, other, desk):
        return False
    if one.period and other.period and one.period != other.period:
        return False
    if one.place and other.place and like_places(one.place, other.place) is Likeness.OTHER:
        return False
    if Stage.DENIED in {one.stage, other.stage} and one.stage is not other.stage:
        return False
    if not _shares_party(one, other):
        return False
    return one.figure is None or other.figure is None or _is_one_value(one, other, desk)


def _shares_party(one: Claim, other: Claim) -> bool:
    """Whether the recipients agree, or where one names none, any party does."""
    if not one.parties or not other.parties:
        return True
    mine, theirs = (
        parties_on(one.parties, Side.RECIPIENT),
        parties_on(other.parties, Side.RECIPIENT),
    )
    if mine and theirs:
        return any(like_parties(p, q) >= Likeness.NEAR for p in mine for q in theirs)
    return any(like_parties(p, q) >= Likeness.NEAR for p in one.parties for q in other.parties)


def _is_same_sum(one: Claim, other: Claim, desk: _Desk) -> bool:
    return one.figure is not None and other.figure is not None and _is_one_value(one, other, desk)


def _is_one_value(one: Claim, other: Claim, desk: _Desk) -> bool:
    """Whether one wording holds the other, or one of them is what the other was changed to."""
    told = told_figure(other, one.figure.currency if one.figure else None)
    if one.figure is None or told is None:
        return False
    on = desk.telling.published_on
    ways = ((one.figure, told), (told, one.figure))
    found = {compare(a, b, rates=desk.rates, on=on) for a, b in ways}
    if not found <= MOVES | {Comparison.NOT_COMPARABLE}:
        return True
    return one.says_changed is not other.says_changed and Comparison.NOT_COMPARABLE not in found


def _merge(one: Claim, other: Claim) -> Claim:
    """The better worded of two claims about one deal, with what only the other one says."""
    best, rest = (other, one) if _worth(other) > _worth(one) else (one, other)
    added = tuple(party for party in rest.parties if not _is_among(party, best.parties))
    same_side = {party.side for party in best.parties}
    return replace(
        best,
        parties=best.parties + tuple(party for party in added if party.side not in same_side),
        period=best.period or rest.period,
        place=best.place or rest.place,
        figure=best.figure or rest.figure,
        restated=best.restated or rest.restated,
        says_changed=best.says_changed or rest.says_changed,
        primary=best.primary or rest.primary,
        reasons=best.reasons + tuple(r for r in rest.reasons if r.code == "correction"),
    )


def _worth(claim: Claim) -> tuple[bool, bool, tuple[int, bool]]:
    """A changed value before an old one, a figure before none, a range before a point."""
    has_figure = claim.figure is not None
    exact = exactness(claim.figure) if claim.figure is not None else (0, False)
    return claim.says_changed, has_figure, exact
