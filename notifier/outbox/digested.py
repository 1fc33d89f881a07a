"""What waits for the digest of a target, and which digest tells it?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from crawler.storage.schema import deliveries
from notifier.model import Delivery, DeliveryState, HeldFor
from notifier.outbox.deliveries import build_delivery


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
