"""What of the outbox may leave now, and what waits for its time?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from config.model import Target
from crawler.model import Change, Deal
from crawler.storage.changes import load_changes
from crawler.storage.claims import load_sources_of
from crawler.storage.deals import load_deal
from notifier.conditions import told_by
from notifier.merging import merge
from notifier.model import Alert, Silence
from notifier.outbox.holding import load_left, load_waiting, load_waiting_targets, save_decision
from notifier.outbox.silences import load_silences
from notifier.outbox.untold import load_folded, load_message_of, load_untold
from notifier.silencing import silence_for
from notifier.timing import plan
from notifier.waiting import Act, Waiting
from scheduler.house import House

if TYPE_CHECKING:
    from crawler.storage.database import Connection

log = logging.getLogger("rasid.sending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """All that one message tells one target."""

    alert: Alert
    change: Change  # from what the target was told last
    told: Alert | None  # the message that it follows, if the target had one
    parts: tuple[Deal, ...]  # told with their whole


_LONGEST_DAY = timedelta(hours=50)  # a day of 25 hours, and whatever zone it is counted in
_KNOWS_NO_WISH = {"url": "none://", "tags": ("none",)}  # a target that is no longer configured


def hold_and_release(tx: Connection, house: House, *, now: datetime) -> None:
    """Hold what must wait, let go what has waited, drop what is silenced or told by another.

    Belongs into the transaction that leases what is due: nothing slips through between.
    """
    silences = load_silences(tx, active_at=now)
    targets = {target.id: target for target in house.config.targets}
    for target_id in sorted(load_waiting_targets(tx, now=now)):
        target = targets.get(target_id) or Target(id=target_id, **_KNOWS_NO_WISH)
        _time(tx, house, target, silences, now=now)


def load_merged(conn: Connection, house: House, target_id: str, alert: Alert) -> Merged:
    """`alert` as this target has to hear of it, who may not have got the ones before it."""
    changes = {each.number: each for each in load_changes(conn, alert.deal_id)}
    untold = load_untold(conn, target_id, [alert])[alert.id]
    older = [(each, changes[each.change_number]) for each in untold]
    whole, change = merge(older, alert, changes[alert.change_number], rates=house.rates)
    parts = (load_deal(conn, deal_id) for deal_id in load_folded(conn, target_id, alert))
    return Merged(
        alert=whole,
        change=change,
        told=load_message_of(conn, target_id, whole),
        parts=tuple(part for part in parts if part is not None),
    )


def _time(
    tx: Connection, house: House, target: Target, silences: Sequence[Silence], *, now: datetime
) -> None:
    urgent = {rule.id for rule in house.config.rules if rule.urgency == "urgent"}
    waiting = load_waiting(tx, target.id, urgent_rules=urgent, rates=house.rates, now=now)
    since = now - max(_LONGEST_DAY, timedelta(minutes=target.cooldown_min))
    decisions = plan(
        waiting,
        load_left(tx, target.id, since=since),
        target,
        now=now,
        has_digest=target.digest is not None,
        silenced=_silenced(tx, house, silences, now),
    )
    by_id = {each.delivery.id: each for each in waiting}
    for decision in decisions:
        each = by_id[decision.delivery_id]
        save_decision(tx, decision, each, now=now)
        what = "may go" if decision.act is Act.GO else decision.reason and decision.reason.text
        log.info("%s to %s: %s", each.delivery.what, target.id, what)


def _silenced(
    tx: Connection, house: House, silences: Sequence[Silence], now: datetime
) -> Callable[[Waiting], Silence | None]:
    def ask(waiting: Waiting) -> Silence | None:
        alert = waiting.alert
        deal = load_deal(tx, alert.deal_id) if silences and alert is not None else None
        if alert is None or deal is None:
            return None
        change = next(c for c in load_changes(tx, deal.id) if c.number == alert.change_number)
        one = next(
            (each for each in load_sources_of(tx, deal.id) if each.url == change.article_url), None
        )
        source = house.all_sources.get(one.source_id or "") if one else None
        return silence_for(
            silences,
            rule_id=alert.rule_id,
            deal=deal,
            whole=load_deal(tx, deal.part_of) if deal.part_of else None,
            told=told_by(change.article_url, one.source_id if one else None, None, source),
            now=now,
        )

    return ask
