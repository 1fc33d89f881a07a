"""How far is each message to each target?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, and_, func, or_, select, update

from crawler.storage.schema import deliveries
from notifier.model import Delivery, DeliveryState, HeldFor

ERROR_SIZE = 500  # characters of a target's complaint that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxState:
    """How full the outbox is."""

    counts: dict[DeliveryState, int]
    oldest_due_at: datetime | None  # of what has not left yet
    repeats: int  # sends that were made again though the target may have had them
    plain: int  # sent as plain text: their service refused our markup


def load_deliveries(
    conn: Connection,
    *,
    ids: Collection[int] | None = None,
    alert_ids: Collection[int] | None = None,
    states: Collection[DeliveryState] | None = None,
    limit: int = 1000,
) -> tuple[Delivery, ...]:
    """Deliveries, newest first: with these ids, of some alerts, in some states."""
    asked = select(deliveries).order_by(deliveries.c.id.desc()).limit(limit)
    if ids is not None:
        asked = asked.where(deliveries.c.id.in_(ids))
    if alert_ids is not None:
        asked = asked.where(deliveries.c.alert_id.in_(alert_ids))
    if states is not None:
        asked = asked.where(deliveries.c.state.in_([state.value for state in states]))
    return tuple(build_delivery(row) for row in conn.execute(asked))


def load_readers(conn: Connection, alert_ids: Collection[int]) -> tuple[str, ...]:
    """Targets that have one of these alerts, or may have: an answer that was lost is no "not sent".

    By a message of its own, in a digest, or told by the alert that replaces it.
    """
    by = deliveries.alias()
    asked = (
        select(deliveries.c.target_id)
        .outerjoin(
            by,
            and_(
                by.c.alert_id == deliveries.c.replaced_by,
                by.c.target_id == deliveries.c.target_id,
            ),
        )
        .where(
            deliveries.c.alert_id.in_(alert_ids), or_(_may_be_there(deliveries), _may_be_there(by))
        )
        .distinct()
        .order_by(deliveries.c.target_id)
    )
    return tuple(conn.scalars(asked))


def _may_be_there(sent: FromClause) -> ColumnElement[bool]:
    states = (DeliveryState.SENT, DeliveryState.LEASED, DeliveryState.UNSURE)
    return or_(
        sent.c.state.in_([state.value for state in states]),
        sent.c.unsure_count + sent.c.crash_count > 0,
        sent.c.told_in.is_not(None),
    )


def load_outbox_state(conn: Connection) -> OutboxState:
    """How many deliveries are in each state, and what to worry about."""
    rows = conn.execute(
        select(
            deliveries.c.state,
            func.count().label("size"),
            func.min(deliveries.c.due_at).label("oldest"),
            func.sum(deliveries.c.crash_count + deliveries.c.unsure_count).label("repeats"),
            func.count(deliveries.c.last_error).label("complaints"),
        ).group_by(deliveries.c.state)
    ).all()
    under_way = (DeliveryState.DUE, DeliveryState.LEASED)
    return OutboxState(
        counts={DeliveryState(row.state): row.size for row in rows},
        oldest_due_at=min((row.oldest for row in rows if row.state in under_way), default=None),
        repeats=sum(row.repeats for row in rows),
        plain=sum(row.complaints for row in rows if row.state == DeliveryState.SENT),
    )


def settle(tx: Connection, delivery_id: int, **values: Any) -> Row[Any]:
    """Write `values` into a delivery, whose lease is over; its row."""
    statement = (
        update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(lease_owner=None, leased_until=None, **values)
        .returning(deliveries)
    )
    return tx.execute(statement).one()


def mark_replaced(tx: Connection, delivery_id: int, *, by: int, now: datetime) -> None:
    """Send a delivery no more: alert `by` to the same target tells it too."""
    settle(tx, delivery_id, state=DeliveryState.DROPPED, replaced_by=by, done_at=now)


def build_delivery(row: Row[Any]) -> Delivery:
    """The delivery of a row of its table."""
    return Delivery(
        id=row.id,
        alert_id=row.alert_id,
        notice_id=row.notice_id,
        target_id=row.target_id,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        last_error=row.last_error,
        held_for=HeldFor(row.held_for) if row.held_for else None,
        held_since=row.held_since,
        held_why=row.held_why,
        replaced_by=row.replaced_by,
        silence_id=row.silence_id,
        told_in=row.told_in,
        copy=row.copy,
    )
