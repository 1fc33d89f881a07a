"""Which deals does a message of many deals list, and why not the others?

Pure: facts in, a Digest out. The words are in notifier/render_digest.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from crawler.deals.rates import Rates
from crawler.health.model import Trouble
from crawler.model import ChangeKind, Figure, Published, Stage
from notifier.model import Answer, Digest, Entry, Tally, waits_for_digest
from notifier.money import dollars_of

if TYPE_CHECKING:
    from crawler.storage.period import Counts, Passed, Said

WEEK = timedelta(days=7)
_AHEAD = timedelta(hours=26)  # as far ahead as notifier/decide.py believes a date
_MISTAKES = ("corrected", "withdrawn", "not_ai")
_HELD = ("first_look", "undated", "old", "future")
_MOVED = {
    ChangeKind.RAISED,
    ChangeKind.LOWERED,
    ChangeKind.WIDENED,
    ChangeKind.DENIED,
    ChangeKind.CORRECTED,
}
# Why a deal is left out: the first that fits. Codes of Reasons -> what readers are told.
_OUT = {
    "repeat": ("repeat", "moved_little", "stage_silent", "corrected_same", "denied_told"),
    "below": ("amount_certain_not", "amount_possible_not", "amount_only_up_to"),
    "no_amount": ("amount_missing", "amount_no_currency", "amount_no_rate"),
    "unless": ("unless",),
}


def first_looks_of(
    said: Sequence[Said], counts: Counts, *, failing: int, now: datetime, rates: Rates
) -> Digest:
    """What first looks stored silently and rules would have told, of the last week.

    An undated story is none of the last week: nobody knows.
    """
    recent = [
        each
        for each in said
        if _is_held_for(each, "first_look") and _is_between(each.published, now - WEEK, now)
    ]
    return Digest(
        since=now - WEEK,
        until=now,
        new=_entries(recent, rates),
        sources=counts.sources,
        failing=failing,
        articles=counts.articles,
        ai_articles=counts.ai_articles,
    )


def away_of(said: Sequence[Said], *, since: datetime, now: datetime, rates: Rates) -> Digest:
    """What was published after `since`, when watching stopped, and was too old when it was read."""
    grown_old = [
        each
        for each in said
        if _is_held_for(each, "old")
        and not _is_held_for(each, "first_look")  # of which another message tells
        and _is_between(each.published, since, now)
    ]
    return Digest(since=since, until=now, new=_entries(grown_old, rates))


def digest_of(
    said: Sequence[Said],
    passed: Sequence[Passed],
    counts: Counts,
    troubled: Sequence[Trouble],
    *,
    listed_before: Collection[int],
    introduced: Mapping[str, datetime | None],
    since: datetime,
    until: datetime,
    weekly: bool,
    currency: str,
    rates: Rates,
) -> Digest:
    """What a span of time brought one target: new, changed, held back, left out, in trouble.

    `said`: FIRE and HOLD of the rules that tell it. `listed_before`: deals that it was told of
    before, by an alert or a digest. `introduced`: when people were told of each source's first
    look; what was stored silently before that is in that message.
    """
    told = [each for each in said if _is_told(each)]
    last = {each.deal.id: each.change.stage_after for each in told}
    # Of what is denied, or was our mistake, before anybody heard of it, nobody need hear.
    new = [
        each
        for each in told
        if each.deal.id not in listed_before and last[each.deal.id] is not Stage.DENIED
    ]
    moved: dict[int, list[Said]] = defaultdict(list)
    for each in told:
        if each.deal.id in listed_before and _has_moved(each):
            moved[each.deal.id].append(each)
    changed = [each for some in moved.values() if not _is_back(some) for each in some]
    listed = {each.deal.id for each in (*new, *changed)}
    held = [
        each
        for each in said
        if each not in told
        and each.deal.id not in listed
        and _is_worth_telling(each, introduced, until)
    ]
    known = listed | {each.deal.id for each in held}
    # Without a rate for it the totals stay in dollars.
    dollar = rates.convert(Decimal(1), "USD", currency)
    return Digest(
        since=since,
        until=until,
        new=_entries(new, rates),
        changed=_entries(changed, rates),
        held=_entries(held, rates, why_held=True),
        left_out=_tallies([each for each in passed if each.deal_id not in known]),
        troubled=tuple(troubled),
        sources=counts.sources,
        articles=counts.articles,
        ai_articles=counts.ai_articles,
        weekly=weekly,
        currency="USD" if dollar is None else currency,
        per_dollar=Decimal(1) if dollar is None else dollar.amount,
    )


def _is_told(said: Said) -> bool:
    return said.answer == Answer.FIRE or waits_for_digest(said.answer, said.reasons)


def _has_moved(said: Said) -> bool:
    """A wording or a later stage of what was listed is no news by itself; a message of it was."""
    if any(each.code == "returned" for each in said.reasons):
        return True
    return said.answer == Answer.FIRE or said.change.kind in _MOVED or said.change.before is None


def _is_back(moved: Sequence[Said]) -> bool:
    """Whether a deal was denied and is on again before anybody heard of either."""
    turns = (ChangeKind.DENIED, ChangeKind.CONFIRMED)
    is_quiet = all(each.answer == Answer.HOLD and each.change.kind in turns for each in moved)
    first, last = moved[0].change.stage_after, moved[-1].change.stage_after
    return is_quiet and first is Stage.DENIED and last is not Stage.DENIED


def _is_worth_telling(
    said: Said, introduced: Mapping[str, datetime | None], until: datetime
) -> bool:
    if not _is_held_for(said, "first_look"):
        return True
    at = introduced.get(said.source_id or "")
    return at is not None and at < said.at and _is_between(said.published, until - WEEK, until)


def _is_held_for(said: Said, code: str) -> bool:
    return said.answer == Answer.HOLD and any(reason.code == code for reason in said.reasons)


def _is_between(published: Published | None, since: datetime, until: datetime) -> bool:
    if published is None:
        return False
    last = published.at + timedelta(days=1) if published.day_only else published.at
    return last > since and published.at <= until + _AHEAD


def _entries(said: Sequence[Said], rates: Rates, *, why_held: bool = False) -> tuple[Entry, ...]:
    """One for each deal, by its newest change; the largest first."""
    newest = {each.deal.id: each for each in said}  # they come oldest first
    found = [_entry(each, rates, why_held=why_held) for each in newest.values()]
    return tuple(sorted(found, key=_by_size(rates), reverse=True))


def _entry(said: Said, rates: Rates, *, why_held: bool) -> Entry:
    change, figure = said.change, said.change.after or said.deal.figure
    held = [reason for reason in said.reasons if reason.code in _HELD]
    return Entry(
        deal_id=said.deal.id,
        kind=said.deal.kind,
        stage=change.stage_after,
        parties=said.deal.parties,
        figure=figure,
        before=change.before,
        change=change.kind,
        url=change.article_url,
        dollars=_addend(said, figure, rates),
        why_held=held[0] if why_held and held else None,
        mistake=next((reason for reason in said.reasons if reason.code in _MISTAKES), None),
    )


def _addend(said: Said, figure: Figure | None, rates: Rates) -> Decimal | None:
    """What the deal adds to a total: its low end, once it is sure to come; a part adds nothing.

    A range's high end and "up to" may never be spent.
    """
    is_sure = said.change.stage_after in (Stage.ANNOUNCED, Stage.CLOSED)
    if not is_sure or said.deal.part_of is not None or figure is None or figure.low is None:
        return None
    return dollars_of(figure, rates) or None


def _by_size(rates: Rates) -> Callable[[Entry], tuple[Decimal, int]]:
    def size(entry: Entry) -> tuple[Decimal, int]:
        return dollars_of(entry.figure, rates), entry.deal_id

    return size


def _tallies(passed: Sequence[Passed]) -> tuple[Tally, ...]:
    deals: dict[str, set[int]] = {}
    counted: set[int] = set()
    for why in (*_OUT, "other"):
        for each in passed:
            if each.deal_id not in counted and (why == "other" or _is_out_for(each, why)):
                deals.setdefault(why, set()).add(each.deal_id)
        counted |= deals.get(why, set())
    return tuple(Tally(why=why, count=len(ids)) for why, ids in deals.items())


def _is_out_for(passed: Passed, why: str) -> bool:
    return any(reason.code in _OUT[why] for reason in passed.reasons)
