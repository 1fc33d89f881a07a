"""Who sends which message now, and how did it go?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, or_, select, update

from config.errors import DeliveryError
from crawler.storage.schema import deliveries
from notifier.model import Delivery, DeliveryState
from notifier.outbox.deliveries import ERROR_SIZE, build_delivery, settle

TRIES = 12
LEASE_S = 60
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(hours=1)
_SLACK = timedelta(minutes=1)


def take_due(
    tx: Connection,
    *,
    now: datetime,
    owner: str,
    lease_s: int = LEASE_S,
    limit: int = 8,
    but: Collection[str] = (),
) -> tuple[Delivery, ...]:
    """Lease up to `limit` deliveries to `owner`, the longest waiting first; none of targets `but`.

    The attempt is counted here, before the send: what cannot be written is not sent. A due time
    or a lease absurdly far ahead comes from a clock that has jumped back, and is over.
    """
    lease = timedelta(seconds=lease_s)
    is_due = and_(
        deliveries.c.state == DeliveryState.DUE,
        or_(deliveries.c.due_at <= now, deliveries.c.due_at > now + _LONGEST_WAIT + _SLACK),
    )
    first = (
        select(deliveries.c.id)
        .where(or_(is_due, is_lease_over(now, lease_s=lease_s)), deliveries.c.target_id.not_in(but))
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer anyway
    )
    rows = tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(first))
        .values(
            state=DeliveryState.LEASED,
            lease_owner=owner,
            leased_until=now + lease,
            attempts=deliveries.c.attempts + 1,
            crash_count=deliveries.c.crash_count
            + case((deliveries.c.state == DeliveryState.LEASED, 1), else_=0),
        )
        .returning(deliveries)
    )
    taken = [build_delivery(row) for row in rows]
    return tuple(sorted(taken, key=lambda delivery: (delivery.due_at, delivery.id)))


def is_lease_over(now: datetime, *, lease_s: int = LEASE_S) -> ColumnElement[bool]:
    """Whether a delivery was taken by a sender that did not come back in time."""
    until = deliveries.c.leased_until
    far = now + timedelta(seconds=lease_s) + _SLACK
    return and_(deliveries.c.state == DeliveryState.LEASED, or_(until <= now, until > far))


def put_back(tx: Connection, delivery: Delivery) -> None:
    """Give back what was leased and not begun: it keeps its place, and no try is counted.

    A sender whose lease ran out and went to another gives back nothing.
    """
    tx.execute(
        update(deliveries)
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.state == DeliveryState.LEASED,
            deliveries.c.attempts == delivery.attempts,
        )
        .values(
            state=DeliveryState.DUE,
            attempts=delivery.attempts - 1,
            lease_owner=None,
            leased_until=None,
        )
    )


def mark_sent(
    tx: Connection, delivery_id: int, *, now: datetime, refused: str | None = None
) -> None:
    """Write down that the target has accepted it; `refused`: what it said of our markup before."""
    said = f"sent as plain text; before, {refused}"[:ERROR_SIZE] if refused else None
    settle(tx, delivery_id, state=DeliveryState.SENT, done_at=now, last_error=said)


def mark_failed(
    tx: Connection, delivery: Delivery, error: DeliveryError, *, now: datetime, jitter: float
) -> Delivery:
    """Write down that a send failed; the delivery as it stands then: due again, parked or unsure.

    `jitter`, 0 to 1, is the share of the back-off that is waited, but never less than the service
    asked for. "Too many messages" is no try. A sender whose lease ran out and went to another
    changes nothing.
    """
    row = tx.execute(select(deliveries).where(deliveries.c.id == delivery.id)).one()
    if row.state != DeliveryState.LEASED or row.attempts != delivery.attempts:
        return build_delivery(row)
    unsure_count = row.unsure_count + error.unsure
    attempts = row.attempts - error.too_many
    state = _state_after(error, attempts=attempts, unsure_count=unsure_count)
    is_over = state is not DeliveryState.DUE
    # Refused now, it may still be there since a try whose answer was lost: no reason to send again.
    is_lost = is_over and unsure_count > 0 and not error.unsure
    lost = "; the answer to an earlier try was lost" if is_lost else ""
    changed = settle(
        tx,
        delivery.id,
        state=state,
        attempts=attempts,
        due_at=row.due_at if is_over else now + _wait(error, attempts=attempts, jitter=jitter),
        done_at=now if is_over else None,
        unsure_count=unsure_count,
        last_error=str(error)[: ERROR_SIZE - len(lost)] + lost,
    )
    return build_delivery(changed)


def free_leases(tx: Connection) -> int:
    """Make what was in flight when the last process ended due again; how many.

    At start only, by the one process that holds the lock. Each may arrive a second time.
    """
    return tx.execute(
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.LEASED)
        .values(
            # A message that ends the process with every try must not do so for ever.
            state=case(
                (deliveries.c.attempts >= TRIES, DeliveryState.PARKED.value),
                else_=DeliveryState.DUE.value,
            ),
            last_error=case(
                (deliveries.c.attempts >= TRIES, "Rasid ended in the middle of every try"),
                else_=deliveries.c.last_error,
            ),
            lease_owner=None,
            leased_until=None,
            crash_count=deliveries.c.crash_count + 1,
        )
    ).rowcount


def back_off(attempts: int) -> timedelta:
    """The longest wait after `attempts` tries: 4 s, 8 s, 16 s … one hour."""
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(attempts, 20)))


def _state_after(error: DeliveryError, *, attempts: int, unsure_count: int) -> DeliveryState:
    is_last = error.permanent or attempts >= TRIES
    if error.unsure and unsure_count > 1:
        return DeliveryState.UNSURE
    if is_last:
        return DeliveryState.UNSURE if unsure_count else DeliveryState.PARKED
    return DeliveryState.DUE


def _wait(error: DeliveryError, *, attempts: int, jitter: float) -> timedelta:
    asked = min(timedelta(seconds=error.wait_s or 0), _LONGEST_WAIT)
    return asked if error.too_many else max(asked, back_off(attempts) * jitter)
