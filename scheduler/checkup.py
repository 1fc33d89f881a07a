"""What does a look say of its Source's health, and when is the next one?

Everything is written in the caller's transaction: beside the lines and validators of a list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from config.model import Source
from crawler.health.canary import host_of, see
from crawler.health.faults import fault_of_list
from crawler.health.model import Fault, Health, HealthState
from crawler.health.outage import cut_off_since
from crawler.health.states import (
    PageSeen,
    after_failure,
    after_list,
    after_pages,
    after_unchanged,
    begin,
    is_doubtful,
)
from crawler.model import Fetched, Listing, Reason
from crawler.storage.looks import add_to_hour, load_health, load_last_looks, save_look
from scheduler.rhythm import next_look_after_answer, next_look_after_failure

if TYPE_CHECKING:
    from crawler.storage.database import Connection
    from scheduler.house import House

OUTAGE_WINDOW = timedelta(minutes=40)
_AGING_LINES = 2  # a news sitemap holds two days: on a quiet weekend it runs empty


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSeen:
    """A list that was fetched: its lines, or why there are none."""

    fetched: Fetched
    listings: tuple[Listing, ...]
    outcome: str  # "unchanged" for a 304
    reasons: tuple[Reason, ...] = ()
    asked_plainly: bool = True  # without validators
    known: Collection[str] = ()  # addresses that its lists have named before
    ttl_s: int | None = None  # for so long the list asks not to be asked again

    @property
    def text(self) -> str:
        """Why there are no lines."""
        return self.reasons[0].text if self.reasons else "the list is empty"


def check_list(
    health: Health | None, source: Source, seen: ListSeen, *, now: datetime, jitter: float
) -> tuple[Health, datetime]:
    """The Source's health after a list that was answered, and when to look again."""
    health = begin(health, source.url)
    before = health.normal.lists
    share = 0.0
    if seen.outcome == "unchanged" or _has_aged_out(health, source, seen):
        health = after_unchanged(health, now=now)
    elif not seen.listings:
        fault = fault_of_list(seen.outcome, seen.text)
        health = after_failure(health, fault, now=now)
        return health, after_fault(source, health, fault, now=now, jitter=jitter)
    else:
        sight = see(
            seen.listings,
            seen.known,
            url=seen.fetched.url,
            cut_off=any(reason.code == "cut_off" for reason in seen.reasons),
            normal=health.normal,
            last_sign=health.habit.at,
            now=now,
        )
        health = after_list(health, sight, now=now, asked_plainly=seen.asked_plainly)
        share = sight.new / sight.lines if before else 0.0
    at = next_look_after_answer(
        source,
        now=now,
        jitter=jitter,
        asked_s=max(seen.fetched.max_age_s or 0, seen.ttl_s or 0),
        habit=health.habit,
        new_share=share,
        again=health.lists.bad is not None or health.lists.fault is not None,
    )
    return health, at


def check_failure(
    health: Health | None,
    source: Source,
    fault: Fault,
    *,
    ours: bool,
    now: datetime,
    jitter: float,
) -> tuple[Health, datetime]:
    """The Source's health after a look that brought no list, and when to look again.

    `ours`: Rasid was stopping, or is cut off: no failure of the Source.
    """
    health = begin(health, source.url)
    if not ours:
        health = after_failure(health, fault, now=now)
    return health, after_fault(source, health, fault, now=now, jitter=jitter)


def after_fault(
    source: Source, health: Health, fault: Fault, *, now: datetime, jitter: float
) -> datetime:
    """When to look again after `fault`."""
    failures = max(health.lists.fails, 1)
    return next_look_after_failure(source, failures=failures, fault=fault, now=now, jitter=jitter)


def asks_plainly(health: Health | None, source: Source) -> bool:
    """Whether this look goes without validators."""
    return health is not None and is_doubtful(begin(health, source.url))


def save_failure(
    tx: Connection, house: House, source: Source, fault: Fault, *, ours: bool, **fields: Any
) -> None:
    """Save a look that brought no list; `ours`: because Rasid itself was stopping.

    While no host at all answers, we are cut off: that is no failure of the Source.
    """
    now = house.clock()
    is_out = fields["outcome"] == "unreachable" and _is_cut_off(tx, house, source, now)
    health, at = check_failure(
        load_health(tx, source.id),
        source,
        fault,
        ours=ours or is_out,
        now=now,
        jitter=house.random.random(),
    )
    if is_out:
        fields["note"] = f"no host answers: is this machine cut off? ({fault.text})"
    save_look(tx, source.id, last_look_at=now, next_look_at=at, health=health, **fields)
    add_to_hour(tx, source.id, now=now, looks=1, failed=1)


def save_pages(tx: Connection, source: Source, pages: Sequence[PageSeen], *, now: datetime) -> None:
    """Save what the pages of one look say of the Source's health."""
    health = begin(load_health(tx, source.id), source.url)
    save_look(tx, source.id, health=after_pages(health, pages, now=now))


def load_cut_off_since(db: Connection, house: House, now: datetime) -> datetime | None:
    """Since when no host has answered us; None while one does."""
    return cut_off_since(_last_looks(db, house, now))


def _is_cut_off(tx: Connection, house: House, source: Source, now: datetime) -> bool:
    looks = _last_looks(tx, house, now)
    this = (host_of(source.url), now, "unreachable")
    return cut_off_since([this, *(look for look in looks if look[0] != this[0])]) is not None


def _last_looks(
    db: Connection, house: House, now: datetime
) -> list[tuple[str, datetime, str | None]]:
    sources = house.sources
    return [
        (host_of(sources[source_id].url), at, outcome)
        for source_id, at, outcome in load_last_looks(db, since=now - OUTAGE_WINDOW)
        if source_id in sources
    ]


def _has_aged_out(health: Health, source: Source, seen: ListSeen) -> bool:
    return (
        source.kind == "sitemap"
        and seen.outcome == str(HealthState.EMPTY)
        and 0 < health.normal.lines <= _AGING_LINES
    )
