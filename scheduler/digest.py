"""Which digest is due, and what has happened since the last one?"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from config.model import Config, Target
from crawler.deals.rates import Rates
from crawler.health.model import Trouble
from crawler.storage.looks import load_states
from crawler.storage.meta import load_meta, save_meta
from crawler.storage.period import (
    load_counts,
    load_listed_before,
    load_passed,
    load_said,
    load_said_of,
)
from notifier.digest import digest_of
from notifier.model import Alert, Answer, Digest, Notice, NoticeKind
from notifier.outbox.alerts import load_alert
from notifier.outbox.digested import held_for_digest, told_in_digest
from notifier.outbox.notices import save_notice
from notifier.periods import is_weekly, last_due
from scheduler.house import House

if TYPE_CHECKING:
    from crawler.storage.database import Connection

OPS = "ops"  # the tag of targets that are told about Rasid itself
DIGESTS = "digests"  # in meta: until when each target has had its digest
_LONGEST = timedelta(days=8)  # between two digests; beyond it ahead, the clock has jumped back


def tell_digests(house: House) -> tuple[Notice, ...]:
    """Owe the digests that are due, each once: saved with the moment until which it tells.

    After days without Rasid there is one digest of all of them, not one for each.
    """
    targets = [target for target in house.config.targets if target.digest]
    if not targets:
        return ()
    now = house.clock()
    with house.database.read() as db:
        kept = load_digests(db)
    if not any(_is_open(target, kept, now) for target in targets):
        return ()
    with house.database.write() as tx:
        kept = load_digests(tx)
        notices = [_tell(tx, house, target, kept, now) for target in targets]
        save_meta(tx, DIGESTS, json.dumps({key: at.isoformat() for key, at in kept.items()}))
    return tuple(notice for notice in notices if notice is not None)


def load_digests(db: Connection) -> dict[str, datetime]:
    """Until when each target has had its digest, by its id; when we first saw it, before one."""
    kept = json.loads(load_meta(db, DIGESTS) or "{}")
    return {target_id: datetime.fromisoformat(at) for target_id, at in kept.items()}


def _is_open(target: Target, kept: dict[str, datetime], now: datetime) -> bool:
    since = kept.get(target.id)
    return since is None or since > now + _LONGEST or since < _due(target, now)


def _due(target: Target, now: datetime) -> datetime:
    return last_due(target.digest or "", target.zone, now)


def _tell(
    tx: Connection, house: House, target: Target, kept: dict[str, datetime], now: datetime
) -> Notice | None:
    if not _is_open(target, kept, now):
        return None
    since = kept.get(target.id)
    if since is None or since > now + _LONGEST:
        kept[target.id] = now  # the first one comes at its next hour, and tells from here on
        return None
    kept[target.id] = due = _due(target, now)
    waiting = _waiting(tx, target, due)
    digest = load_digest(
        tx,
        house.config,
        house.rates,
        rule_ids=rules_of(house.config, target),
        since=since,
        until=due,
        weekly=is_weekly(target.digest or ""),
        currency=target.currency,
        also={(alert.deal_id, alert.change_number, alert.rule_id) for alert in waiting.values()},
    )
    notice = Notice(id=0, kind=NoticeKind.DIGEST, items=(), made_at=now, digest=digest)
    saved = save_notice(tx, notice, [target], now=now)
    told_in_digest(tx, list(waiting), notice_id=saved.id, now=now)
    return saved


def _waiting(tx: Connection, target: Target, due: datetime) -> dict[int, Alert]:
    """Alerts that were held for this digest, by the id of their delivery."""
    held = held_for_digest(tx, target.id)
    alerts = {
        each.id: load_alert(tx, each.alert_id)
        for each in held
        if each.alert_id is not None and (each.held_since is None or each.held_since < due)
    }
    return {key: alert for key, alert in alerts.items() if alert is not None}


def rules_of(config: Config, target: Target) -> tuple[str, ...]:
    """The rules that tell `target`; all of them for one that hears of Rasid itself."""
    tags = set(target.tags)
    return tuple(rule.id for rule in config.rules if OPS in tags or tags & set(rule.tell))


def rules_without_digest(config: Config) -> tuple[str, ...]:
    """Rules that wait for a digest that none of their targets gets: nobody hears of them."""
    digested = {tag for target in config.targets if target.digest for tag in target.tags}
    return tuple(
        rule.id
        for rule in config.rules
        if rule.urgency == "digest" and not digested & {OPS, *rule.tell}
    )


def load_digest(
    db: Connection,
    config: Config,
    rates: Rates,
    *,
    rule_ids: Collection[str],
    since: datetime,
    until: datetime,
    weekly: bool,
    currency: str,
    also: Collection[tuple[int, int, str]] = (),
) -> Digest:
    """What happened from `since` to before `until` for these rules. Live and preview ask this.

    `also`: deal, change and rule of alerts that were held for this digest, of whatever time.
    """
    states = load_states(db)
    said = load_said(
        db, since=since, until=until, rule_ids=rule_ids, answers=(Answer.FIRE, Answer.HOLD)
    )
    known = {(each.deal.id, each.change.number, each.rule_id) for each in said}
    said = load_said_of(db, [key for key in also if key not in known]) + said
    return digest_of(
        said,
        load_passed(db, since=since, until=until, rule_ids=rule_ids, answer=Answer.SKIP),
        load_counts(db, since=since, until=until),
        _troubled(db, config),
        listed_before=load_listed_before(
            db, {each.deal.id for each in said}, before=since, rule_ids=rule_ids
        ),
        introduced={key: state.introduced_at for key, state in states.items()},
        since=since,
        until=until,
        weekly=weekly,
        currency=currency,
        rates=rates,
    )


def _troubled(db: Connection, config: Config) -> list[Trouble]:
    names = {source.id: source.name for source in config.sources if source.enabled}
    return [
        Trouble(
            source_id=key,
            name=names[key],
            state=state.health.state,
            since=state.health.since,
            text=state.health.text,
        )
        for key, state in sorted(load_states(db).items())
        if key in names and state.health and state.health.state.is_bad and state.health.since
    ]
