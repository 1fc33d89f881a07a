"""What is a deal, after everything that its articles told of it?

A deal is kept as its newest state. Where a claim is taken from it or given to it later (by hand,
or because we read an article better), that state is made again from all its claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.deals.life import apply_claim, note_actual, open_deal
from crawler.deals.rates import Rates
from crawler.deals.value import Telling
from crawler.model import Change, ChangeKind, Claim, Deal, Figure, Reason, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim, and how it was told."""

    claim: Claim
    telling: Telling


def fold(deal: Deal, told: Sequence[Told], *, rates: Rates, said: Sequence[Change] = ()) -> Deal:
    """`deal` as `told`, in the order of reading, makes it; a deal that nobody tells is denied.

    `said`: what people put right of it, oldest first; that stands over all told before it.
    Its id, its whole, its age and the number of its changes stay.
    """
    state, _ = _tell(deal, told, rates=rates, said=said)
    if state is None:
        return replace(deal, figure=None, figure_primary=False, earlier=(), stage=Stage.DENIED)
    return replace(
        state,
        part_of=deal.part_of,
        merged_into=deal.merged_into,
        opened_at=deal.opened_at,
        changed_at=max(state.changed_at, deal.changed_at),
        change_count=deal.change_count,
    )


def with_figure(deal: Deal, right: Figure | None) -> Deal:
    """`deal` with the figure that somebody says is right; the wrong one, told again, is no news."""
    earlier = _without(right, (*deal.earlier, *([deal.figure] if deal.figure else [])))
    return replace(deal, figure=right, figure_primary=False, earlier=earlier)


def _without(figure: Figure | None, some: Sequence[Figure]) -> tuple[Figure, ...]:
    return tuple(one for one in some if figure is None or not one.is_worth(figure))


def retell(
    deal: Deal, told: Sequence[Told], *, rates: Rates
) -> tuple[Deal, tuple[Change | None, ...]] | None:
    """`deal` as if `told` were all that was ever heard of it, and what each claim changed.

    Its id and its whole stay, its age and changes are made anew. None where nothing opens it.
    """
    first = next((i for i, one in enumerate(told) if _opens(one.claim)), 0)
    state, changes = _tell(deal, told[first:], rates=rates)
    if state is None:
        return None
    for one in told[:first]:  # mentioned before anybody told it: known, and no news
        if one.claim.role is Role.ACTUAL:
            state = note_actual(state, one.claim)
    whole = replace(state, part_of=deal.part_of, merged_into=deal.merged_into)
    return whole, (None,) * first + changes


def _opens(claim: Claim) -> bool:
    is_told = claim.main or claim.role is Role.PART_OF
    return is_told and claim.role.makes_deal and claim.stage is not Stage.DENIED


def _tell(
    deal: Deal, told: Sequence[Told], *, rates: Rates, said: Sequence[Change] = ()
) -> tuple[Deal | None, tuple[Change | None, ...]]:
    state: Deal | None = None
    changes: list[Change | None] = []
    waiting = list(said)
    for one in told:
        while waiting and waiting[0].at < one.telling.now:
            state = _as_said(state, waiting.pop(0))
        claim, telling, change = one.claim, one.telling, None
        if claim.role is Role.ACTUAL:
            state = note_actual(state, claim) if state is not None else None
        elif state is None:
            if claim.role.makes_deal:
                state, change = open_deal(claim, deal_id=deal.id, telling=telling)
        elif claim.main and claim.role is not Role.PART_OF:
            state, change, _ = apply_claim(state, claim, rates=rates, telling=telling)
        changes.append(change)
    for last in waiting:
        state = _as_said(state, last)
    return state, tuple(changes)


def _as_said(deal: Deal | None, said: Change) -> Deal | None:
    if deal is None:
        return None
    if said.stage_after is Stage.DENIED:
        return replace(deal, figure=None, figure_primary=False, stage=Stage.DENIED)
    right = with_figure(deal, said.after)
    # What was told may be read otherwise by now, and be repeated as it was read then.
    wrong = (said.before,) if said.before is not None else ()
    return replace(right, earlier=(*_without(said.before, right.earlier), *wrong))


def correction(
    before: Deal, after: Deal, *, claim: Claim, telling: Telling, why: str, now: datetime
) -> tuple[Deal, Change | None]:
    """`after` with its next change, if it says another sum, stage or kind than `before`.

    `claim` is the one that the deal now rests on, or the one that was taken from it.
    """
    if (before.figure, before.stage, before.kind) == (after.figure, after.stage, after.kind):
        return after, None
    changed = replace(after, change_count=before.change_count + 1, changed_at=now)
    change = Change(
        deal_id=after.id,
        number=changed.change_count,
        kind=ChangeKind.CORRECTED,
        before=before.figure,
        after=after.figure,
        stage_before=before.stage,
        stage_after=after.stage,
        moved=None,
        article_url=telling.article_url,
        claim=claim,
        published_on=telling.published_on,
        at=now,
        reasons=(Reason(code="corrected", text=why),),
    )
    return changed, change
