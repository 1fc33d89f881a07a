"""Who was told what was wrong, and hears that it was?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from config.model import Config, Rule, Target
from crawler.deals.rates import Rates
from crawler.model import Change, Deal, Figure, Stage
from crawler.storage.changes import load_article_of
from crawler.storage.database import Connection
from notifier.model import Alert, Delivery, DeliveryState, Verdict, alert_of
from notifier.outbox.alerts import load_alerts, load_told, save_alert
from notifier.outbox.by_hand import drop
from notifier.outbox.deliveries import load_deliveries, load_readers, mark_replaced
from notifier.outbox.digested import load_digest_readers
from notifier.outbox.verdicts import load_verdicts, save_verdict
from scheduler.asking import InOutbox, ask_rules, yardstick_of
from scheduler.digest import rules_of
from scheduler.history import load_history

SINCE = timedelta(days=30)  # what was told before that is forgotten by whoever read it
_WAITS = (DeliveryState.DUE, DeliveryState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One correction that is owed: of which alert, to whom."""

    alert: Alert  # the correction
    wrong: Alert  # the last that its readers have
    target_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Who hears that what they were told was wrong."""

    corrections: tuple[Corrected, ...] = ()
    digests: tuple[str, ...] = ()  # targets that read it in a digest: their next one says so


def correct(
    tx: Connection, deal: Deal, change: Change, *, config: Config, rates: Rates, now: datetime
) -> Owed:
    """Owe a correction to each target that was told of `deal` in the last 30 days.

    `change`: what was mended. Asks `decide`, as for news; the age of the story does not count.
    Who has an alert gets a message, who has a digest reads it in the next one. An alert that has
    not left yet tells what is right, and is dropped if the rule does not ask for that.
    """
    since = now - SINCE
    owed: list[tuple[Corrected, Collection[str]]] = []
    asked = partial(_ask, tx, deal, change, config=config, rates=rates, now=now)
    said: list[Verdict] = []
    for rule_id, alerts in _told_by_rule(tx, deal.id, since=since).items():
        got = load_readers(tx, [one.id for one in alerts])
        waiting = load_deliveries(tx, alert_ids=[one.id for one in alerts], states=_WAITS)
        if waiting and asked(rule_id, _Unheard(tx)).kind is None:
            _drop(tx, waiting, deal, now=now)
            waiting = ()
        will_get = {one.target_id for one in waiting} - set(got)
        verdict = asked(rule_id, InOutbox(tx) if got or will_get else _InDigests(tx))
        said.append(verdict)
        if verdict.fires:
            targets = [each for each in config.targets if each.id in {*got, *will_get}]
            owed += [(one, will_get) for one in _owe(tx, verdict, alerts[-1], targets, now=now)]
    said += [asked(each, _InDigests(tx)) for each in _told_in_digests(tx, deal.id, since=since)]
    for verdict in said:
        save_verdict(tx, verdict)
    readers = load_digest_readers(tx, deal.id, since=since)
    rules = {verdict.rule_id for verdict in said if verdict.tells}
    return Owed(
        corrections=_once_each(tx, owed, now=now),
        digests=tuple(
            target.id
            for target in config.targets
            if target.id in readers and target.digest and rules & set(rules_of(config, target))
        ),
    )


def _once_each(
    tx: Connection, owed: Sequence[tuple[Corrected, Collection[str]]], *, now: datetime
) -> tuple[Corrected, ...]:
    """One correction for each target, of the last it heard, though several rules told it.

    Beside each stands who is still to get what it corrects: to them that alert tells it.
    """
    told: dict[str, int] = {}
    left: list[Corrected] = []
    for one, will_get in sorted(owed, key=lambda each: each[0].wrong.id, reverse=True):
        for sent in load_deliveries(tx, alert_ids=[one.alert.id]):
            if sent.target_id in will_get:
                continue
            by = told.setdefault(sent.target_id, one.alert.id)
            if by != one.alert.id:
                mark_replaced(tx, sent.id, by=by, now=now)
        mine = tuple(
            target
            for target in one.target_ids
            if target in will_get or told.get(target) == one.alert.id
        )
        left += [replace(one, target_ids=mine)] if mine else []
    return tuple(reversed(left))


def _told_by_rule(tx: Connection, deal_id: int, *, since: datetime) -> Mapping[str, list[Alert]]:
    found: dict[str, list[Alert]] = defaultdict(list)
    for alert in reversed(load_alerts(tx, deal_id=deal_id, since=since, limit=1000)):
        found[alert.rule_id].append(alert)
    return found


def _told_in_digests(tx: Connection, deal_id: int, *, since: datetime) -> tuple[str, ...]:
    """Rules that told the deal in digests only: their next one puts it right."""
    told = {
        one.rule_id
        for one in load_verdicts(tx, deal_id=deal_id, since=since, limit=1000)
        if one.tells and not one.fires
    }
    return tuple(
        rule_id
        for rule_id in sorted(told)
        if not any(alert.id for alert in load_told(tx, rule_id, deal_id)[0])
    )


def _drop(tx: Connection, waiting: Sequence[Delivery], deal: Deal, *, now: datetime) -> None:
    is_over = deal.stage is Stage.DENIED
    why = "it is no such deal" if is_over else "the rule does not ask for what it really is"
    for one in waiting:
        drop(tx, one.id, why=f"taken back before it left: {why}", now=now)


def _owe(
    tx: Connection, verdict: Verdict, wrong: Alert, targets: Sequence[Target], *, now: datetime
) -> list[Corrected]:
    alert = save_alert(tx, alert_of(verdict, replaces=wrong.id), targets, now=now)
    ids = tuple(sorted(target.id for target in targets))
    return [Corrected(alert=alert, wrong=wrong, target_ids=ids)] if alert else []


def _ask(
    tx: Connection,
    deal: Deal,
    change: Change,
    rule_id: str,
    before: InOutbox,
    *,
    config: Config,
    rates: Rates,
    now: datetime,
) -> Verdict:
    """What the rule says to what was mended, after what it said `before`."""
    article = load_article_of(tx, deal.id, change.number)
    assert article is not None  # of the change, which is saved
    history = load_history(
        tx,
        deal,
        article,
        source=None,
        first_look=False,
        sources={source.id: source for source in config.sources},
    )
    (verdict,) = ask_rules(
        [_rule(config, rule_id)],
        deal,
        change,
        replace(history, mended=True),
        joins=False,
        before=before,
        yardstick=yardstick_of(config, rates),
        now=now,
    )
    return verdict


class _InDigests(InOutbox):
    """What rules told, none of it by a message that came; a digest may name it all the same."""

    def told(self, rule: Rule, deal: Deal) -> tuple[Sequence[Alert], Figure | None]:
        told, figure = InOutbox.told(self, rule, deal)
        return tuple(replace(each, id=0) for each in told), figure


class _Unheard(InOutbox):
    """What whoever has not got a message yet was told."""

    def told(self, rule: Rule, deal: Deal) -> tuple[Sequence[Alert], Figure | None]:
        return (), None


def _rule(config: Config, rule_id: str) -> Rule:
    """The rule that told; one that is gone by now owes its corrections all the same."""
    found = next((rule for rule in config.rules if rule.id == rule_id), None)
    return found or Rule(id=rule_id, tell=("nobody",))
