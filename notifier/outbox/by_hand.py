"""What can its owner do about a message?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from crawler.storage.database import insert_new
from crawler.storage.schema import deliveries
from notifier.model import Delivery, DeliveryState
from notifier.outbox.deliveries import ERROR_SIZE, load_deliveries, settle
from notifier.words import reason


def retry(tx: Connection, delivery_id: int, *, now: datetime) -> bool:
    """Make what is parked, unsure, dropped or held due with all its tries; False if it is none.

    What was held leaves now, whatever it waited for. Answers that were lost, and the digest that
    told it, stay on record: whoever may have read it is told if it was wrong.
    """
    over = (DeliveryState.PARKED, DeliveryState.UNSURE, DeliveryState.DROPPED)
    due = {"state": DeliveryState.DUE, "due_at": now, "attempts": 0}
    again = {**due, "done_at": None, "replaced_by": None}
    freed = {**due, "held_for": None, "held_why": reason("freed")}
    one = update(deliveries).where(deliveries.c.id == delivery_id)
    tries = (
        one.where(deliveries.c.state.in_(over)).values(again),
        one.where(deliveries.c.state == DeliveryState.HELD).values(freed),
    )
    return any(tx.execute(each).rowcount for each in tries)


def resend(
    tx: Connection, alert_id: int, target_ids: Collection[str], *, now: datetime
) -> tuple[Delivery, ...]:
    """Owe an alert to these targets once more, as a copy that says so; the new deliveries."""
    last = dict(
        tx.execute(
            select(deliveries.c.target_id, func.max(deliveries.c.copy))
            .where(deliveries.c.alert_id == alert_id)
            .group_by(deliveries.c.target_id)
        )
        .tuples()
        .all()
    )
    made = [
        {
            "alert_id": alert_id,
            "target_id": target_id,
            "state": DeliveryState.DUE,
            "due_at": now,
            "copy": last.get(target_id, 0) + 1,
        }
        for target_id in sorted(target_ids)
    ]
    insert_new(tx, deliveries, made)
    copies = {row["target_id"]: row["copy"] for row in made}
    return tuple(
        one
        for one in load_deliveries(tx, alert_ids=[alert_id])
        if copies.get(one.target_id) == one.copy
    )


def drop(tx: Connection, delivery_id: int, *, why: str, now: datetime) -> bool:
    """Give a delivery up for the reason `why`; False if it is sent, on its way, or dropped already.

    The row stays with the reason, and with what the target said before.
    """
    open_states = (
        DeliveryState.DUE,
        DeliveryState.HELD,
        DeliveryState.PARKED,
        DeliveryState.UNSURE,
    )
    row = tx.execute(
        select(deliveries.c.last_error).where(
            deliveries.c.id == delivery_id, deliveries.c.state.in_(open_states)
        )
    ).one_or_none()
    if row is None:
        return False
    before = f" (before: {row.last_error})" if row.last_error else ""
    settle(
        tx,
        delivery_id,
        state=DeliveryState.DROPPED,
        held_for=None,
        done_at=now,
        last_error=f"{why}{before}"[:ERROR_SIZE],
    )
    return True
