"""Alerts and notices we owe, and how far each is on its way.

Every alert of a committed transaction reaches each of its targets at least once, or ends `parked`
or `unsure`, where its owner sees it, or `dropped` by that owner. It comes twice only if the process
died, or an answer was lost, after the target had accepted it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, or_, select, update

from config.errors import DeliveryError
from config.model import Target
from crawler.model import Change, Figure
from crawler.storage.codec import decode, encode
from crawler.storage.database import insert_if_new, insert_new, upsert
from crawler.storage.schema import (
    alerts,
    articles,
    changes,
    deliveries,
    notices,
    shadow_verdicts,
    verdicts,
)
from notifier.model import (
    Alert,
    AlertKind,
    Answer,
    Delivery,
    DeliveryState,
    Digest,
    HeldFor,
    Notice,
    NoticeKind,
    Verdict,
    alert_of,
)
from notifier.words import reason

TRIES = 12
LEASE_S = 60
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(hours=1)
_SLACK = timedelta(minutes=1)
_ERROR_SIZE = 500  # characters of a target's complaint that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxState:
    """How full the outbox is."""

    counts: dict[DeliveryState, int]
    oldest_due_at: datetime | None  # of what has not left yet
    repeats: int  # sends that were made again though the target may have had them


def save_verdict(tx: Connection, verdict: Verdict, *, shadow: bool = False) -> None:
    """Save `verdict`, in place of what the rule said to that change before.

    `shadow`: of a rule that only watches.
    """
    row = {
        "rule_id": verdict.rule_id,
        "deal_id": verdict.deal_id,
        "change_number": verdict.change_number,
        "answer": verdict.answer.value,
        "kind": verdict.kind.value if verdict.kind else None,
        "reasons": verdict.reasons,
        "at": verdict.at,
    }
    table = shadow_verdicts if shadow else verdicts
    upsert(tx, table, [row], by=["deal_id", "change_number", "rule_id"])


def is_skipped(conn: Connection, rule_id: str, change: Change) -> bool:
    """Whether the rule was asked about `change` and did not want it."""
    return bool(
        conn.scalar(
            select(func.count()).where(
                verdicts.c.rule_id == rule_id,
                verdicts.c.deal_id == change.deal_id,
                verdicts.c.change_number == change.number,
                verdicts.c.answer == Answer.SKIP.value,
            )
        )
    )


def save_alert(
    tx: Connection, alert: Alert, targets: Iterable[Target], *, now: datetime
) -> Alert | None:
    """Save `alert` with one due delivery per target; the alert with its id, None if it is known.

    Runs in the caller's transaction, beside the change that caused it: after a crash both are
    there or neither is.
    """
    # The unique key (rule, deal, change) prevents the second message. A look before the insert
    # would not: two articles may finish in the same moment.
    alert_id = insert_if_new(
        tx,
        alerts,
        rule_id=alert.rule_id,
        deal_id=alert.deal_id,
        change_number=alert.change_number,
        kind=alert.kind.value,
        reasons=alert.reasons,
        made_at=alert.made_at,
        replaces=alert.replaces,
    )
    if alert_id is None:
        return None
    due = [
        {"alert_id": alert_id, "target_id": target.id, "state": DeliveryState.DUE, "due_at": now}
        for target in targets
    ]
    insert_new(tx, deliveries, due)
    return replace(alert, id=alert_id)


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


def load_told(
    conn: Connection, rule_id: str, deal_id: int
) -> tuple[tuple[Alert, ...], Figure | None]:
    """Alerts of this rule on this deal, oldest first, and the deal's figure in the last of them.

    What the rule tells in digests is among them, as alerts without a number.
    """
    sent = conn.execute(
        select(alerts).where(alerts.c.rule_id == rule_id, alerts.c.deal_id == deal_id)
    )
    held = conn.execute(
        select(verdicts).where(
            verdicts.c.rule_id == rule_id,
            verdicts.c.deal_id == deal_id,
            verdicts.c.answer == Answer.HOLD.value,
        )
    )
    told = [build_alert(row) for row in sent]
    told += [alert_of(verdict) for verdict in map(_verdict, held) if verdict.tells]
    told.sort(key=lambda alert: alert.change_number)
    if not told:
        return (), None
    figure = conn.scalar(
        select(changes.c.after).where(
            changes.c.deal_id == deal_id, changes.c.number == told[-1].change_number
        )
    )
    return tuple(told), figure


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


def mark_sent(tx: Connection, delivery_id: int, *, now: datetime) -> None:
    """Write down that the target has accepted it."""
    _settle(tx, delivery_id, state=DeliveryState.SENT, done_at=now, last_error=None)


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
    changed = _settle(
        tx,
        delivery.id,
        state=state,
        attempts=attempts,
        due_at=row.due_at if is_over else now + _wait(error, attempts=attempts, jitter=jitter),
        done_at=now if is_over else None,
        unsure_count=unsure_count,
        last_error=str(error)[:_ERROR_SIZE],
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


def retry(tx: Connection, delivery_id: int, *, now: datetime) -> bool:
    """Make what is parked, unsure, dropped or held due with all its tries; False if it is none.

    What was held leaves now, whatever it waited for.
    """
    over = (DeliveryState.PARKED, DeliveryState.UNSURE, DeliveryState.DROPPED)
    due = {"state": DeliveryState.DUE, "due_at": now, "attempts": 0, "unsure_count": 0}
    again = {**due, "done_at": None, "replaced_by": None, "told_in": None}
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
    _settle(
        tx,
        delivery_id,
        state=DeliveryState.DROPPED,
        held_for=None,
        done_at=now,
        last_error=f"{why}{before}"[:_ERROR_SIZE],
    )
    return True


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


def back_off(attempts: int) -> timedelta:
    """The longest wait after `attempts` tries: 4 s, 8 s, 16 s … one hour."""
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(attempts, 20)))


def load_alert(conn: Connection, alert_id: int) -> Alert | None:
    """The alert with this id."""
    row = conn.execute(select(alerts).where(alerts.c.id == alert_id)).one_or_none()
    return None if row is None else build_alert(row)


def load_alerts(
    conn: Connection, *, limit: int = 100, since: datetime | None = None, deal_id: int | None = None
) -> tuple[Alert, ...]:
    """Alerts, newest first."""
    asked = select(alerts).order_by(alerts.c.made_at.desc(), alerts.c.id.desc()).limit(limit)
    if since is not None:
        asked = asked.where(alerts.c.made_at >= since)
    if deal_id is not None:
        asked = asked.where(alerts.c.deal_id == deal_id)
    return tuple(build_alert(row) for row in conn.execute(asked))


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


def load_delays_s(conn: Connection, *, since: datetime) -> tuple[int, ...]:
    """Seconds from publication to the first delivery of each alert made since then.

    Only of articles dated to the minute. **Unit**: s.
    """
    sent = (
        select(deliveries.c.alert_id, func.min(deliveries.c.done_at).label("at"))
        .where(deliveries.c.state == DeliveryState.SENT)
        .group_by(deliveries.c.alert_id)
        .subquery()
    )
    rows = conn.execute(
        select(articles.c.published, sent.c.at)
        .join(alerts, alerts.c.id == sent.c.alert_id)
        .join(
            changes,
            (changes.c.deal_id == alerts.c.deal_id) & (changes.c.number == alerts.c.change_number),
        )
        .join(articles, articles.c.id == changes.c.article_id)
        .where(alerts.c.made_at >= since, articles.c.published_at.is_not(None))
    )
    return tuple(
        int((row.at - row.published.at).total_seconds())
        for row in rows
        if not row.published.day_only
    )


def load_outbox_state(conn: Connection) -> OutboxState:
    """How many deliveries are in each state, and what to worry about."""
    rows = conn.execute(
        select(
            deliveries.c.state,
            func.count().label("size"),
            func.min(deliveries.c.due_at).label("oldest"),
            func.sum(deliveries.c.crash_count + deliveries.c.unsure_count).label("repeats"),
        ).group_by(deliveries.c.state)
    ).all()
    under_way = (DeliveryState.DUE, DeliveryState.LEASED)
    return OutboxState(
        counts={DeliveryState(row.state): row.size for row in rows},
        oldest_due_at=min((row.oldest for row in rows if row.state in under_way), default=None),
        repeats=sum(row.repeats for row in rows),
    )


def load_verdicts(
    conn: Connection,
    *,
    deal_id: int | None = None,
    article_id: int | None = None,
    rule_id: str | None = None,
    since: datetime | None = None,
    shadow: bool = False,
    limit: int = 100,
) -> tuple[Verdict, ...]:
    """What rules said, newest first: about a deal, or about what one article changed.

    `shadow`: those that only watch.
    """
    said = shadow_verdicts if shadow else verdicts
    asked = select(said).order_by(said.c.at.desc(), said.c.id.desc()).limit(limit)
    if deal_id is not None:
        asked = asked.where(said.c.deal_id == deal_id)
    if article_id is not None:
        asked = asked.join(
            changes,
            (changes.c.deal_id == said.c.deal_id) & (changes.c.number == said.c.change_number),
        ).where(changes.c.article_id == article_id)
    if rule_id is not None:
        asked = asked.where(said.c.rule_id == rule_id)
    if since is not None:
        asked = asked.where(said.c.at >= since)
    return tuple(_verdict(row) for row in conn.execute(asked))


def _state_after(error: DeliveryError, *, attempts: int, unsure_count: int) -> DeliveryState:
    is_last = error.permanent or attempts >= TRIES
    if error.unsure and (unsure_count > 1 or is_last):
        return DeliveryState.UNSURE
    return DeliveryState.PARKED if is_last else DeliveryState.DUE


def _wait(error: DeliveryError, *, attempts: int, jitter: float) -> timedelta:
    asked = min(timedelta(seconds=error.wait_s or 0), _LONGEST_WAIT)
    return asked if error.too_many else max(asked, back_off(attempts) * jitter)


def _settle(tx: Connection, delivery_id: int, **values: Any) -> Row[Any]:
    statement = (
        update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(lease_owner=None, leased_until=None, **values)
        .returning(deliveries)
    )
    return tx.execute(statement).one()


def build_alert(row: Row[Any]) -> Alert:
    """The alert of a row of its table."""
    return Alert(
        id=row.id,
        rule_id=row.rule_id,
        deal_id=row.deal_id,
        change_number=row.change_number,
        kind=AlertKind(row.kind),
        reasons=row.reasons,
        made_at=row.made_at,
        replaces=row.replaces,
    )


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


def _verdict(row: Row[Any]) -> Verdict:
    return Verdict(
        rule_id=row.rule_id,
        deal_id=row.deal_id,
        change_number=row.change_number,
        answer=Answer(row.answer),
        kind=AlertKind(row.kind) if row.kind else None,
        reasons=row.reasons,
        at=row.at,
    )
