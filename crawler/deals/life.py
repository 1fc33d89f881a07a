"""What becomes of a deal when a claim about it is told?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from crawler.deals.change import (
    exactness,
    share_moved,
)
from crawler.deals.facts import (
    is_share,
    stage_group,
)
from crawler.deals.names import Likeness, like_parties
from crawler.deals.rates import Rates
from crawler.deals.value import Telling, value_after
from crawler.model import Change, ChangeKind, Claim, Deal, Party, Reason, Role, Side, Stage


def open_deal(
    claim: Claim, *, deal_id: int, telling: Telling, part_of: int | None = None
) -> tuple[Deal, Change]:
    """A new deal, and its first change."""
    deal = Deal(
        id=deal_id,
        kind=claim.role,
        stage=claim.stage,
        parties=claim.parties,
        perhaps=claim.perhaps,
        period=claim.period,
        place=claim.place,
        figure=claim.figure,
        figure_primary=claim.primary and claim.figure is not None,
        part_of=part_of,
        undated=telling.published_on is None,
        change_count=1,
        opened_at=telling.told_at,
        changed_at=telling.told_at,
    )
    reason = Reason(code="opened", text="a deal that no earlier article told of")
    return deal, _change(deal, deal, ChangeKind.OPENED, claim, telling, None, (reason,))


def apply_claim(
    deal: Deal, claim: Claim, *, rates: Rates, telling: Telling
) -> tuple[Deal, Change | None, tuple[Reason, ...]]:
    """`deal` after a main `claim` about it, the change that this was, and why.

    No change: the deal may still have learned a party, a better wording or an old value.
    """
    # A day to spare: of two outlets on one day the slower one is not older news. An article
    # without a date may be old and can alert nobody: a move that it made would be told to none.
    undated = telling.published_on is None
    is_news = deal.undated and not undated  # an undated article told it, and that reached nobody
    late = undated or (not is_news and (deal.changed_at - telling.until).days >= 1)
    if claim.stage is Stage.DENIED:
        return _deny(deal, claim, telling, late=late)
    if is_share(claim, deal, rates=rates, published_on=telling.published_on):
        why = Reason(code="share", text="one investor's part of the round, not the round")
        return _with_details(deal, claim), None, (why,)
    went_on = not late and stage_group(claim.stage) > stage_group(deal.stage)
    if is_news:
        deal = replace(deal, undated=False)
    if deal.stage is Stage.DENIED and (late or stage_group(claim.stage) == 1):
        why = Reason(code="denied_before", text="talk of a deal that was denied since")
        return deal, None, (why,)
    value = value_after(deal, claim, rates=rates, telling=telling, late=late)
    kind = value.kind
    if went_on and (kind is None or kind is ChangeKind.NARROWED):
        kind = ChangeKind.CONFIRMED
    if is_news:
        kind = ChangeKind.OPENED
    learned = replace(
        _with_details(deal, claim),
        figure=value.figure,
        figure_primary=value.primary,
        earlier=value.earlier,
        stage=_stage_after(deal, claim, went_on=went_on, late=late),
    )
    if kind is None:
        return learned, None, (value.reason,)
    moved = value.moved
    if is_news:
        moved = None
    elif moved is None and deal.figure is not None and value.figure is not None:
        moved = share_moved(deal.figure, value.figure, rates=rates, on=telling.published_on)
    changed = replace(
        learned,
        change_count=deal.change_count + 1,
        changed_at=_changed_at(deal, telling, is_news=is_news),
    )
    reasons: tuple[Reason, ...] = (value.reason,)
    if is_news:
        text = "the first article with a date that tells of it"
        reasons += (Reason(code="first_dated", text=text),)
    change = _change(deal, changed, kind, claim, telling, moved, reasons)
    return changed, change, reasons


def _changed_at(deal: Deal, telling: Telling, *, is_news: bool) -> datetime:
    """The day that the newest dated telling says; until there is one, when we heard of the deal."""
    if telling.published_on is None:
        return deal.changed_at
    return telling.told_at if is_news else max(deal.changed_at, telling.told_at)


def note_actual(deal: Deal, claim: Claim) -> Deal:
    """`deal` with what was really spent; the better worded statement stays."""
    told = claim.figure
    if told is None or (
        deal.actual is not None and exactness(deal.actual) >= exactness(told) and not claim.primary
    ):
        return deal
    return replace(deal, actual=told)


def _deny(
    deal: Deal, claim: Claim, telling: Telling, *, late: bool
) -> tuple[Deal, Change | None, tuple[Reason, ...]]:
    if deal.stage is Stage.DENIED or late:
        is_known = deal.stage is Stage.DENIED
        why = "denied before" if is_known else "without a date, or before the deal's last change"
        return deal, None, (Reason(code="denial_known", text=why),)
    reason = Reason(code="denied", text=f"taken back; it was {deal.stage}")
    changed = replace(
        deal,
        stage=Stage.DENIED,
        change_count=deal.change_count + 1,
        changed_at=max(deal.changed_at, telling.told_at),
    )
    moved = None if deal.figure is None else Decimal(0)
    change = _change(deal, changed, ChangeKind.DENIED, claim, telling, moved, (reason,))
    return changed, change, (reason,)


_ORDER = (Stage.RUMOURED, Stage.IN_TALKS, Stage.PLANNED, Stage.ANNOUNCED, Stage.CLOSED)


def _stage_after(deal: Deal, claim: Claim, *, went_on: bool, late: bool) -> Stage:
    """The later stage; a step within one group (rumoured, in talks) is no change of its own."""
    if went_on:
        return claim.stage
    if late:
        return deal.stage
    return max(deal.stage, claim.stage, key=_ORDER.index)


_MOST_PARTIES = 16
_MOST_PERHAPS = 8


def _with_details(deal: Deal, claim: Claim) -> Deal:
    """`deal` with the parties, period and place that `claim` adds, never in place of known ones.

    A side that has a party is left as it is, but for further investors in a round.
    """
    parties = list(deal.parties)
    for party in claim.parties:
        likes = [like_parties(party, known) for known in parties]
        if max(likes, default=Likeness.OTHER) is not Likeness.OTHER:
            continue
        is_missing = not any(known.side is party.side for known in deal.parties)
        if (is_missing or _joins(party, deal)) and len(parties) < _MOST_PARTIES:
            parties.append(party)
    keeps_place = deal.place is not None or deal.kind is Role.CAPEX_PLAN
    return replace(
        deal,
        parties=_best_named(tuple(parties), claim),
        perhaps=_with_perhaps(deal, claim),
        period=deal.period or claim.period,
        place=deal.place if keeps_place else claim.place,
    )


def _with_perhaps(deal: Deal, claim: Claim) -> tuple[Party, ...]:
    """Whom the deal's articles may mean by its recipient, and whom this one names instead."""
    known = [*deal.perhaps, *(p for p in deal.parties if p.side is Side.RECIPIENT)]
    others = [*claim.perhaps, *(p for p in claim.parties if p.side is Side.RECIPIENT)]
    new = [one for one in others if all(like_parties(one, k) is not Likeness.SAME for k in known)]
    return (*deal.perhaps, *new)[:_MOST_PERHAPS]


def _joins(party: Party, deal: Deal) -> bool:
    return deal.kind is Role.FUNDING_ROUND and party.side == "investor"


def _best_named(parties: tuple[Party, ...], claim: Claim) -> tuple[Party, ...]:
    """`parties`, each under its known id as soon as one article names it so."""
    named = [party for party in claim.parties if party.id is not None]
    return tuple(
        next(
            (
                replace(known, side=party.side)
                for known in named
                if party.id is None and like_parties(party, known) is Likeness.SAME
            ),
            party,
        )
        for party in parties
    )


def _change(
    before: Deal,
    after: Deal,
    kind: ChangeKind,
    claim: Claim,
    telling: Telling,
    moved: Decimal | None,
    reasons: tuple[Reason, ...],
) -> Change:
    is_new = kind is ChangeKind.OPENED
    return Change(
        deal_id=after.id,
        number=after.change_count,
        kind=kind,
        before=None if is_new else before.figure,
        after=after.figure,
        stage_before=None if is_new else before.stage,
        stage_after=after.stage,
        moved=moved,
        article_url=telling.article_url,
        claim=claim,
        published_on=telling.published_on,
        at=telling.now,
        reasons=reasons,
    )
