"""Who silenced what, and how much did each silence swallow?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from crawler.storage.database import insert_if_new
from crawler.storage.schema import deliveries, silences
from notifier.model import DeliveryState, Silence


def save_silence(tx: Connection, silence: Silence) -> Silence:
    """Save a new silence; the silence with its id."""
    id = insert_if_new(
        tx,
        silences,
        rules=silence.rules,
        companies=silence.companies,
        kinds=silence.kinds,
        sources=silence.sources,
        countries=silence.countries,
        author=silence.author,
        comment=silence.comment,
        made_at=silence.made_at,
        until_at=silence.until,
    )
    assert id is not None  # no unique key but its id
    return replace(silence, id=id)


def end_silence(tx: Connection, silence_id: int, *, now: datetime) -> bool:
    """End an active silence before its time; False if there is no such one."""
    ended = tx.execute(
        update(silences)
        .where(
            silences.c.id == silence_id,
            silences.c.ended_at.is_(None),
            silences.c.until_at > now,
        )
        .values(ended_at=now)
    )
    return ended.rowcount == 1


def load_silences(conn: Connection, *, active_at: datetime | None = None) -> tuple[Silence, ...]:
    """All silences, newest first; with `active_at`, those that were active then."""
    asked = select(silences).order_by(silences.c.id.desc())
    if active_at is not None:
        asked = asked.where(silences.c.ended_at.is_(None), silences.c.until_at > active_at)
    return tuple(_silence(row) for row in conn.execute(asked))


def count_silenced(conn: Connection) -> dict[int, int]:
    """How many messages each silence swallowed."""
    rows = conn.execute(
        select(deliveries.c.silence_id, func.count().label("size"))
        .where(deliveries.c.silence_id.is_not(None), deliveries.c.state == DeliveryState.DROPPED)
        .group_by(deliveries.c.silence_id)
    )
    return {row.silence_id: row.size for row in rows}


def _silence(row: Row[Any]) -> Silence:
    return Silence(
        id=row.id,
        rules=row.rules,
        companies=row.companies,
        kinds=row.kinds,
        sources=row.sources,
        countries=row.countries,
        author=row.author,
        comment=row.comment,
        made_at=row.made_at,
        until=row.until_at,
        ended_at=row.ended_at,
    )
