"""How is each Source doing, and which is due?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from crawler.storage.database import insert_new, upsert
from crawler.storage.schema import sources

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


_FIELDS = tuple(field.name for field in fields(SourceState) if field.name != "source_id")


def load_states(conn: Connection) -> dict[str, SourceState]:
    """The state of every source that was looked at, by id."""
    return {
        row.id: SourceState(source_id=row.id, **{name: getattr(row, name) for name in _FIELDS})
        for row in conn.execute(select(sources))
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
    if changed:
        upsert(tx, sources, [row], by=["id"])
    else:
        insert_new(tx, sources, [row])


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
