"""Who is told how the sources are doing, and that no site answers?"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.health.model import HealthState
from crawler.storage.articles import count_articles
from crawler.storage.looks import load_hours_of_all, load_states, load_to_tell, save_look
from crawler.storage.meta import load_meta, save_meta
from notifier.drought import TOLD_AFTER, Drought, Hour, drought_step
from notifier.model import Notice, NoticeKind
from notifier.notices import Outage, after_notice, due_notices, outage_step
from notifier.outbox.notices import save_notice
from scheduler.checkup import load_cut_off_since
from scheduler.house import House

if TYPE_CHECKING:
    from crawler.storage.database import Connection

log = logging.getLogger("rasid.sources")

OPS = "ops"  # the tag of targets that are told about Rasid itself
_OUTAGE = "cut_off"
DROUGHT = "no_articles"  # in meta: since when, once it is told
_HOURS_KNOWN = timedelta(days=8)


def tell_health(house: House) -> tuple[Notice, ...]:
    """Owe the notices that are due, each once: saved with what remembers that it was told.

    Without a target tagged `ops` they stand in the log, and in `rasid sources`.
    """
    with house.database.write() as tx:
        now = house.clock()
        told = [
            *_tell_sources(tx, house, now),
            *_tell_outage(tx, house, now),
            *_tell_drought(tx, house, now),
        ]
    for notice in told:
        _log(notice)
    return tuple(told)


def _tell_sources(tx: Connection, house: House, now: datetime) -> list[Notice]:
    changed = load_to_tell(tx)
    if not changed:
        return []
    others = {}
    if any(health.state is HealthState.SILENT for health in changed.values()):
        others = {key: state.health for key, state in load_states(tx).items() if state.health}
    notices = due_notices(changed, others, house.sources, now=now)
    for notice in notices:
        for item in notice.items:
            health = changed[item.source_id]
            health = replace(health, told=after_notice(health, notice.kind))
            save_look(tx, item.source_id, health=health)
    return [_save(tx, house, notice, now) for notice in notices]


def _tell_outage(tx: Connection, house: House, now: datetime) -> list[Notice]:
    kept = _load_outage(tx)
    outage, notice = outage_step(kept, load_cut_off_since(tx, house, now), now=now)
    if outage != kept:
        text = f"{outage.since.isoformat()} {outage.told:d}" if outage else None
        save_meta(tx, _OUTAGE, text)
    return [_save(tx, house, notice, now)] if notice else []


def _load_outage(tx: Connection) -> Outage | None:
    text = load_meta(tx, _OUTAGE)
    if text is None:
        return None
    since, told = text.split()
    return Outage(since=datetime.fromisoformat(since), told=told == "1")


def _tell_drought(tx: Connection, house: House, now: datetime) -> list[Notice]:
    since = load_meta(tx, DROUGHT)
    kept = Drought(since=datetime.fromisoformat(since)) if since else None
    if kept is None and (not house.sources or count_articles(tx, since=now - TOLD_AFTER)):
        return []  # as nearly always: the hours of a week need not be counted
    hours = [
        Hour(at=count.hour, good=count.looks - count.failed, articles=count.articles)
        for count in load_hours_of_all(tx, since=now - _HOURS_KNOWN)
    ]
    drought, notice = drought_step(kept, hours, now=now)
    if drought != kept:
        save_meta(tx, DROUGHT, drought.since.isoformat() if drought else None)
    return [_save(tx, house, notice, now)] if notice else []


def _save(tx: Connection, house: House, notice: Notice, now: datetime) -> Notice:
    targets = [target for target in house.config.targets if OPS in target.tags]
    return save_notice(tx, notice, targets, now=now)


def _log(notice: Notice) -> None:
    if notice.kind is NoticeKind.CUT_OFF:
        log.error("no site answers since %s: is this machine cut off?", notice.items[0].since)
    elif notice.kind is NoticeKind.RECONNECTED:
        log.warning("sites answer again; cut off since %s", notice.items[0].since)
    elif notice.kind is NoticeKind.NO_ARTICLES:
        log.error("no article came since %s, from no source", notice.items[0].since)
    elif notice.kind is NoticeKind.ARTICLES_AGAIN:
        log.warning("articles come again; none had come since %s", notice.items[0].since)
    for item in notice.items:
        if notice.kind is NoticeKind.BAD:
            log.error("%s is %s: %s", item.source_id, item.state, item.text)
        elif notice.kind is NoticeKind.BACK:
            log.warning("%s is well again; it was %s", item.source_id, item.state)
