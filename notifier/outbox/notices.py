"""Which messages are owed that are no alerts?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from config.model import Target
from crawler.storage.codec import decode, encode
from crawler.storage.database import insert_if_new, insert_new
from crawler.storage.schema import deliveries, notices
from notifier.model import DeliveryState, Digest, Notice, NoticeKind


def save_notice(
    tx: Connection, notice: Notice, targets: Iterable[Target], *, now: datetime
) -> Notice:
    """Save `notice` with one due delivery per target; the notice with its id.

    Belongs into the transaction that remembers that it was told.
    """
    notice_id = insert_if_new(
        tx,
        notices,
        kind=notice.kind.value,
        items=notice.items,
        made_at=notice.made_at,
        digest=encode(notice.digest) if notice.digest else None,
    )
    assert notice_id is not None  # no unique key but its id
    due = [
        {"notice_id": notice_id, "target_id": target.id, "state": DeliveryState.DUE, "due_at": now}
        for target in targets
    ]
    insert_new(tx, deliveries, due)
    return replace(notice, id=notice_id)


def load_notices(
    conn: Connection, *, limit: int = 100, since: datetime | None = None, id: int | None = None
) -> tuple[Notice, ...]:
    """Notices, newest first: all, those since then, or the one with this id."""
    asked = select(notices).order_by(notices.c.id.desc()).limit(limit)
    if since is not None:
        asked = asked.where(notices.c.made_at >= since)
    if id is not None:
        asked = asked.where(notices.c.id == id)
    return tuple(
        Notice(
            id=row.id,
            kind=NoticeKind(row.kind),
            items=row.items,
            made_at=row.made_at,
            digest=decode(Digest, row.digest) if row.digest else None,
        )
        for row in conn.execute(asked)
    )
