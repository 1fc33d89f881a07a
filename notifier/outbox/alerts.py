"""Which alerts were made, and what has a rule told of a deal?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from config.model import Target
from crawler.model import Figure
from crawler.storage.database import insert_if_new, insert_new
from crawler.storage.schema import alerts, articles, changes, deliveries, verdicts
from notifier.model import Alert, AlertKind, Answer, DeliveryState, alert_of
from notifier.outbox.verdicts import build_verdict


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
    told += [alert_of(verdict) for verdict in map(build_verdict, held) if verdict.tells]
    told.sort(key=lambda alert: alert.change_number)
    if not told:
        return (), None
    figure = conn.scalar(
        select(changes.c.after).where(
            changes.c.deal_id == deal_id, changes.c.number == told[-1].change_number
        )
    )
    return tuple(told), figure


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
