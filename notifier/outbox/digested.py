"""What waits for the digest of a target, which digest tells it, and who reads of a deal there?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from crawler.storage.schema import deliveries
from notifier.model import Delivery, DeliveryState, HeldFor, NoticeKind
from notifier.outbox.deliveries import build_delivery
from notifier.outbox.notices import load_notices


def held_for_digest(conn: Connection, target_id: str) -> tuple[Delivery, ...]:
    """What waits for the next digest of this target, the longest waiting first."""
    waits = (HeldFor.BUDGET, HeldFor.DIGEST)
    rows = conn.execute(
        select(deliveries)
        .where(
            deliveries.c.target_id == target_id,
            deliveries.c.state == DeliveryState.HELD,
            deliveries.c.held_for.in_(waits),
        )
        .order_by(deliveries.c.held_since, deliveries.c.id)
    )
    return tuple(build_delivery(row) for row in rows)


def told_in_digest(tx: Connection, ids: Collection[int], *, notice_id: int, now: datetime) -> int:
    """Write down that the digest `notice_id` tells the held deliveries `ids`; how many it took.

    Belongs into the transaction that saves the digest, one for each target. They are dropped as
    messages of their own; the row keeps why it was held, and which digest tells it.
    """
    found = tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(ids), deliveries.c.state == DeliveryState.HELD)
        .values(
            state=DeliveryState.DROPPED,
            held_for=None,
            told_in=notice_id,
            done_at=now,
            last_error=f"told in the digest, notice {notice_id}",
        )
    )
    return found.rowcount


def load_digest_readers(conn: Connection, deal_id: int, *, since: datetime) -> tuple[str, ...]:
    """Targets whose digests since then told of this deal, or will when they arrive."""
    told = [
        notice.id
        for notice in load_notices(conn, since=since, limit=1000)
        if notice.kind is NoticeKind.DIGEST and notice.digest
        if deal_id in {each.deal_id for each in (*notice.digest.new, *notice.digest.changed)}
    ]
    gone = [DeliveryState.PARKED.value, DeliveryState.DROPPED.value]
    asked = (
        select(deliveries.c.target_id)
        .where(deliveries.c.notice_id.in_(told), deliveries.c.state.not_in(gone))
        .distinct()
        .order_by(deliveries.c.target_id)
    )
    return tuple(conn.scalars(asked))
