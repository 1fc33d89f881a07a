"""How is each Source doing, and which is due?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select

from crawler.health.model import Health, HealthState
from crawler.storage.database import insert_new, upsert
from crawler.storage.schema import source_hours, sources

# No rest we ever give is longer (Retry-After is capped at a day): beyond it the clock jumped back.
_LONGEST_REST = timedelta(days=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the looks at one Source left behind."""

    source_id: str
    etag: str | None = None
    last_modified: str | None = None
    next_look_at: datetime | None = None  # None: due
    first_look_done: bool = False
    last_look_at: datetime | None = None
    last_ok_at: datetime | None = None
    outcome: str | None = None  # of the last look
    note: str | None = None  # one sentence for `rasid status`
    failures: int = 0  # in a row
    health: Health | None = None
    introduced_at: datetime | None = None  # when its first look was told of


_FIELDS = tuple(field.name for field in fields(SourceState) if field.name != "source_id")


def load_states(conn: Connection) -> dict[str, SourceState]:
    """The state of every source that was looked at, by id."""
    return {
        row.id: SourceState(source_id=row.id, **{name: getattr(row, name) for name in _FIELDS})
        for row in conn.execute(select(sources))
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """How far one source is from its first look to the message that tells of it."""

    looked_at: datetime | None = None
    first_look_done: bool = False
    introduced_at: datetime | None = None


def load_introductions(conn: Connection) -> dict[str, Introduction]:
    """The introduction of every source that was looked at, by id; cheap enough for each tick."""
    rows = conn.execute(
        select(
            sources.c.id, sources.c.last_look_at, sources.c.first_look_done, sources.c.introduced_at
        )
    )
    return {
        row.id: Introduction(
            looked_at=row.last_look_at,
            first_look_done=row.first_look_done,
            introduced_at=row.introduced_at,
        )
        for row in rows
    }


def save_look(tx: Connection, source_id: str, **changed: Any) -> None:
    """Save what a look changed: any fields of SourceState; the others stay as they are.

    Belongs into the transaction that saves the listings: validators kept without them would hide
    those lines for ever.
    """
    strangers = set(changed) - set(_FIELDS)
    if strangers:
        raise ValueError(f"no such field of a source's state: {', '.join(sorted(strangers))}")
    row = {"id": source_id, **changed}
    health = changed.get("health")
    if health is not None:
        row |= {"state": health.state.value, "told": health.told and health.told.value}
    if changed:
        upsert(tx, sources, [row], by=["id"])
    else:
        insert_new(tx, sources, [row])


def load_health(conn: Connection, source_id: str) -> Health | None:
    """What is remembered of one source's answers."""
    return conn.execute(select(sources.c.health).where(sources.c.id == source_id)).scalar()


def load_to_tell(conn: Connection) -> dict[str, Health]:
    """The health of sources that turned bad or well since `ops` was told, by id."""
    bad = [state.value for state in HealthState if state.is_bad]
    rows = conn.execute(
        select(sources.c.id, sources.c.health).where(
            or_(
                sources.c.told.is_(None) & sources.c.state.in_(bad),
                sources.c.told.is_not(None) & sources.c.state.not_in(bad),
            )
        )
    )
    return {row.id: row.health for row in rows}


def load_last_looks(
    conn: Connection, *, since: datetime
) -> tuple[tuple[str, datetime, str | None], ...]:
    """Id, time and outcome of each source's last look since then, newest first."""
    rows = conn.execute(
        select(sources.c.id, sources.c.last_look_at, sources.c.outcome)
        .where(sources.c.last_look_at >= since)
        .order_by(sources.c.last_look_at.desc())
    )
    return tuple((row.id, row.last_look_at, row.outcome) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCount:
    """What one source's looks of one hour came to."""

    hour: datetime
    looks: int = 0
    failed: int = 0
    listed: int = 0
    articles: int = 0


_COUNTS = tuple(field.name for field in fields(HourCount) if field.name != "hour")


def add_to_hour(tx: Connection, source_id: str, *, now: datetime, **counts: int) -> None:
    """Add to the counts of this hour: looks, failed, listed, articles."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    here = (source_hours.c.source_id == source_id) & (source_hours.c.hour == hour)
    insert_new(tx, source_hours, [{"source_id": source_id, "hour": hour}])
    more = {name: source_hours.c[name] + count for name, count in counts.items()}
    tx.execute(source_hours.update().where(here).values(**more))


def load_hours(conn: Connection, *, since: datetime) -> dict[str, tuple[HourCount, ...]]:
    """The counts of each hour since then, oldest first, by source."""
    rows = conn.execute(
        select(source_hours).where(source_hours.c.hour >= since).order_by(source_hours.c.hour)
    )
    found: dict[str, list[HourCount]] = {}
    for row in rows:
        count = HourCount(
            hour=row.hour,
            looks=row.looks,
            failed=row.failed,
            listed=row.listed,
            articles=row.articles,
        )
        found.setdefault(row.source_id, []).append(count)
    return {source_id: tuple(counts) for source_id, counts in found.items()}


def load_hours_of_all(conn: Connection, *, since: datetime) -> tuple[HourCount, ...]:
    """The counts of each hour since then, oldest first, all sources together."""
    counts = [func.sum(source_hours.c[name]).label(name) for name in _COUNTS]
    rows = conn.execute(
        select(source_hours.c.hour, *counts)
        .where(source_hours.c.hour >= since)
        .group_by(source_hours.c.hour)
        .order_by(source_hours.c.hour)
    )
    return tuple(HourCount(**row._mapping) for row in rows)


def prune_hours(tx: Connection, *, now: datetime, keep_days: int = 8) -> int:
    """Delete the counts of hours more than `keep_days` days ago; how many."""
    old = source_hours.c.hour < now - timedelta(days=keep_days)
    return tx.execute(delete(source_hours).where(old)).rowcount


def due_sources(conn: Connection, ids: Collection[str], now: datetime) -> tuple[str, ...]:
    """Those of `ids` to look at now, the longest waiting first; never seen ones before all.

    A look that is due absurdly far ahead was planned by a clock that has jumped back: it is due.
    """
    next_look_at = {
        row.id: row.next_look_at
        for row in conn.execute(select(sources.c.id, sources.c.next_look_at))
    }
    due = []
    for source_id in dict.fromkeys(ids):
        at = next_look_at.get(source_id)
        if at is None or at <= now or at > now + _LONGEST_REST:
            due.append((at is not None, at or now, source_id))
    return tuple(source_id for *_, source_id in sorted(due))
