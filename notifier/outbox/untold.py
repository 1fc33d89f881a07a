"""Which earlier alerts did a target never get, so that a later one has to tell them too?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from crawler.storage.schema import alerts, deliveries
from notifier.model import Alert, DeliveryState
from notifier.outbox.alerts import build_alert

# It came, or it will: what is held is told before what follows it, or together with that.
_COMES = {
    DeliveryState.DUE,
    DeliveryState.LEASED,
    DeliveryState.SENT,
    DeliveryState.UNSURE,
    DeliveryState.HELD,
}


def load_untold(
    conn: Connection, target_id: str, told: Iterable[Alert]
) -> Mapping[int, tuple[Alert, ...]]:
    """By each of `told`, what it has to tell this target too, oldest first.

    Earlier alerts of its rule and deal since the last one that the target heard of: what it
    replaces, and what was silenced, dropped, parked, or made before anybody told the target.
    """
    # One that follows none has none before it: a flood of first alerts costs nothing here.
    asked = tuple(each for each in told if each.replaces is not None)
    earlier = _load_events(conn, {each.deal_id for each in asked})
    reached = _Reached(conn, target_id)
    reached.load({each.id for some in earlier.values() for each in some})
    found: dict[int, tuple[Alert, ...]] = defaultdict(tuple)
    for alert in asked:
        untold: list[Alert] = []
        for each in reversed(earlier[alert.rule_id, alert.deal_id]):
            if each.id < alert.id:
                if reached.has(each.id, but=alert.id):
                    break
                untold.insert(0, each)
        found[alert.id] = tuple(untold)
    return found


def load_message_of(conn: Connection, target_id: str, alert: Alert) -> Alert | None:
    """The alert that `alert` follows, if the target had a message of its own of it."""
    states = [state.value for state in _COMES]
    row = conn.execute(
        select(alerts)
        .join(deliveries, deliveries.c.alert_id == alerts.c.id)
        .where(
            alerts.c.id == alert.replaces,
            deliveries.c.target_id == target_id,
            deliveries.c.state.in_(states),
        )
    ).first()
    return None if row is None else build_alert(row)


def load_folded(conn: Connection, target_id: str, alert: Alert) -> tuple[int, ...]:
    """The deals, parts of its own, that `alert` tells this target too."""
    rows = conn.scalars(
        select(alerts.c.deal_id)
        .join(deliveries, deliveries.c.alert_id == alerts.c.id)
        .where(
            deliveries.c.target_id == target_id,
            deliveries.c.replaced_by == alert.id,
            alerts.c.deal_id != alert.deal_id,
        )
        .distinct()
        .order_by(alerts.c.deal_id)
    )
    return tuple(rows)


def _load_events(
    conn: Connection, deal_ids: Collection[int]
) -> Mapping[tuple[str, int], list[Alert]]:
    found: dict[tuple[str, int], list[Alert]] = defaultdict(list)
    asked = select(alerts).where(alerts.c.deal_id.in_(deal_ids)).order_by(alerts.c.id)
    for row in conn.execute(asked):
        found[row.rule_id, row.deal_id].append(build_alert(row))
    return found


@dataclass(slots=True)
class _Reached:
    """What has come to one target, by itself, in a digest, or by the alert that replaces it."""

    conn: Connection
    target_id: str
    _known: set[int] = field(default_factory=set)
    _came: set[int] = field(default_factory=set)
    _told_by: dict[int, int] = field(default_factory=dict)

    def load(self, alert_ids: Collection[int]) -> None:
        self._known |= set(alert_ids)
        rows = self.conn.execute(
            select(
                deliveries.c.alert_id,
                deliveries.c.state,
                deliveries.c.told_in,
                deliveries.c.replaced_by,
            ).where(deliveries.c.target_id == self.target_id, deliveries.c.alert_id.in_(alert_ids))
        )
        for row in rows:
            if row.state in _COMES or row.told_in is not None:
                self._came.add(row.alert_id)
            elif row.replaced_by is not None:
                self._told_by[row.alert_id] = row.replaced_by

    def has(self, alert_id: int, *, but: int) -> bool:
        """Whether it came; `but` is the alert that asks, and may be the one that tells it."""
        if alert_id not in self._known:  # a part told by its whole, which is another deal
            self.load([alert_id])
        by = self._told_by.get(alert_id)
        return alert_id in self._came or (by not in (None, but) and self.has(by, but=but))
