"""What waits in the outbox, what has left it lately, and what is written down about a hold?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from crawler.deals.rates import Rates
from crawler.storage.schema import alerts, changes, deals, deliveries, notices
from notifier.model import Alert, Delivery, DeliveryState, NoticeKind
from notifier.money import dollars_of
from notifier.outbox.alerts import build_alert
from notifier.outbox.deliveries import ERROR_SIZE, build_delivery
from notifier.outbox.leases import is_lease_over
from notifier.outbox.untold import load_untold
from notifier.waiting import Act, Decision, Left, Waiting


def load_waiting_targets(conn: Connection, *, now: datetime) -> frozenset[str]:
    """Targets for which something waits, also those that are no longer configured."""
    asked = select(deliveries.c.target_id).where(_waits(now)).distinct()
    return frozenset(conn.scalars(asked))


def load_waiting(
    conn: Connection,
    target_id: str,
    *,
    urgent_rules: Collection[str],
    rates: Rates,
    now: datetime,
) -> tuple[Waiting, ...]:
    """What has not left for this target, in the order in which it was owed.

    Also what a sender died with: its lease is over, so it would be sent again.
    """
    rows = conn.execute(
        select(
            deliveries,
            deals.c.part_of,
            changes.c.after.label("figure"),
            notices.c.kind.label("notice_kind"),
        )
        .outerjoin(alerts, alerts.c.id == deliveries.c.alert_id)
        .outerjoin(deals, deals.c.id == alerts.c.deal_id)
        .outerjoin(
            changes,
            (changes.c.deal_id == alerts.c.deal_id) & (changes.c.number == alerts.c.change_number),
        )
        .outerjoin(notices, notices.c.id == deliveries.c.notice_id)
        .where(deliveries.c.target_id == target_id, _waits(now))
        .order_by(deliveries.c.id)
    ).all()
    ids = {row.alert_id for row in rows if row.alert_id is not None}
    told = _load_alerts(conn, ids)
    untold = load_untold(conn, target_id, told.values())
    return tuple(
        Waiting(
            delivery=build_delivery(row),
            alert=(alert := told.get(row.alert_id)),
            notice=NoticeKind(row.notice_kind) if row.notice_kind else None,
            merged=untold[alert.id] if alert else (),
            whole=row.part_of,
            dollars=dollars_of(row.figure, rates),
            urgent=alert is not None and alert.rule_id in urgent_rules,
        )
        for row in rows
    )


def load_left(conn: Connection, target_id: str, *, since: datetime) -> tuple[Left, ...]:
    """Alerts that left for this target since then, or are on their way to it."""
    states = (DeliveryState.SENT, DeliveryState.UNSURE, DeliveryState.LEASED)
    at = func.coalesce(deliveries.c.done_at, deliveries.c.due_at).label("at")
    rows = conn.execute(
        select(alerts.c.rule_id, alerts.c.deal_id, deliveries.c.done_at, deliveries.c.due_at)
        .join(alerts, alerts.c.id == deliveries.c.alert_id)
        .where(deliveries.c.target_id == target_id, deliveries.c.state.in_(states), at >= since)
    )
    return tuple(
        Left(rule_id=row.rule_id, deal_id=row.deal_id, at=row.done_at or row.due_at) for row in rows
    )


def save_decision(tx: Connection, decision: Decision, waiting: Waiting, *, now: datetime) -> None:
    """Write down what becomes of one delivery."""
    delivery = waiting.delivery
    values = _values(decision, delivery, now)
    if delivery.state is DeliveryState.LEASED:  # its sender died: it may have arrived
        values["crash_count"] = deliveries.c.crash_count + 1
    tx.execute(
        update(deliveries)
        .where(deliveries.c.id == decision.delivery_id)
        .values(lease_owner=None, leased_until=None, **values)
    )
    told_by_it = update(deliveries).where(
        deliveries.c.target_id == delivery.target_id,
        deliveries.c.replaced_by == delivery.alert_id,
    )
    if waiting.alert is None:
        return
    if decision.act is Act.REPLACE:
        # What it told for others goes on to the one that tells it.
        tx.execute(told_by_it.values(replaced_by=decision.by))
    if decision.act in (Act.SILENCE, Act.DROP):
        # Its own rule tells the rest of the deal next time. What it was to tell for another rule,
        # or of a part, nobody else would.
        own = select(alerts.c.id).where(
            alerts.c.rule_id == waiting.alert.rule_id, alerts.c.deal_id == waiting.alert.deal_id
        )
        again = {"state": DeliveryState.DUE, "due_at": now, "done_at": None, "last_error": None}
        tx.execute(
            told_by_it.where(deliveries.c.alert_id.not_in(own)).values(replaced_by=None, **again)
        )


def _values(decision: Decision, delivery: Delivery, now: datetime) -> dict[str, Any]:
    kept = {"held_since": decision.since, "held_why": decision.reason}
    if decision.act is Act.HOLD:
        return {"state": DeliveryState.HELD, "held_for": decision.held_for, **kept}
    if decision.act is Act.GO:
        due_at = max(now, delivery.due_at)
        return {"state": DeliveryState.DUE, "held_for": None, "due_at": due_at, **kept}
    by = {Act.REPLACE: "replaced_by", Act.SILENCE: "silence_id"}.get(decision.act)
    return {
        "state": DeliveryState.DROPPED,
        "held_for": None,
        "done_at": now,
        "last_error": decision.reason.text[:ERROR_SIZE] if decision.reason else None,
        **({by: decision.by} if by else {}),
    }


def _waits(now: datetime) -> ColumnElement[bool]:
    open_states = (DeliveryState.DUE, DeliveryState.HELD)
    return or_(deliveries.c.state.in_(open_states), is_lease_over(now))


def _load_alerts(conn: Connection, ids: Collection[int]) -> dict[int, Alert]:
    rows = conn.execute(select(alerts).where(alerts.c.id.in_(ids)))
    return {row.id: build_alert(row) for row in rows}
