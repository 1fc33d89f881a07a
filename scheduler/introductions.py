"""What are people told of that was stored silently: first looks, and what grew old meanwhile?"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from config.model import Config, Target
from crawler.storage.looks import Introduction, load_introductions, save_look
from crawler.storage.meta import load_meta, save_meta
from crawler.storage.period import Said, count_untried, load_counts, load_said
from notifier.digest import WEEK, away_of, first_looks_of
from notifier.model import Answer, Digest, Notice, NoticeKind
from notifier.outbox.alerts import load_told
from notifier.outbox.notices import save_notice
from scheduler.digest import OPS, rules_of
from scheduler.house import House

if TYPE_CHECKING:
    from crawler.storage.database import Connection

log = logging.getLogger("rasid.introductions")

AWAY = "away"  # in meta: the last good cycle before a gap, and the first after it
_FIRST_SINCE = "first_looks_since"  # in meta: when sources that nobody introduced were first seen
_PATIENCE = timedelta(hours=3)  # for pages of first looks, and for what was missed
_MEMORY = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    """Sources that nobody was told of yet."""

    looked_at: dict[str, Introduction]
    never: frozenset[str]  # not even looked at
    known: int  # those that were introduced before


def tell_first_looks(house: House) -> tuple[Notice, ...]:
    """Owe one message to each reader when the first looks at new sources are over.

    Sources that come together are told together: it waits for all of them, and for their pages of
    the last week, at most three hours. One that does not answer is counted; what its first look
    brings later stands in the digest. Saved with the mark that a source was introduced.
    """
    with house.database.read() as db:
        if not _load_pending(db, house).looked_at:
            return ()
    with house.database.write() as tx:
        now = house.clock()
        pending = _load_pending(tx, house)
        if not _is_over(tx, pending, now):
            return ()
        notices = _owe_first_looks(tx, house, pending, now)
        for source_id in pending.looked_at:
            save_look(tx, source_id, introduced_at=now)
        save_meta(tx, _FIRST_SINCE, None)
    log.info("%d sources introduced to %d targets", len(pending.looked_at), len(notices))
    return notices


def tell_away(house: House) -> tuple[Notice, ...]:
    """Owe one message of what grew old between two good cycles, once all sources are read again.

    Nothing grew old: nothing is told. Saved with the end of the waiting.
    """
    with house.database.read() as db:
        if load_meta(db, AWAY) is None:
            return ()
    with house.database.write() as tx:
        now = house.clock()
        since, until = load_gap(tx) or (now, now)
        is_late = not timedelta(0) <= now - until < _PATIENCE
        if not (is_late or _is_caught_up(tx, house, since)):
            return ()
        save_meta(tx, AWAY, None)
        said = load_said(
            tx, since=since, until=_after(now), rule_ids=_all_rules(house), answers=(Answer.HOLD,)
        )
        return _owe_away(tx, house, said, since=since, now=now)


def note_gap(tx: Connection, last: datetime, now: datetime) -> None:
    """Remember that nothing was watched from `last` to `now`; an open gap before it is one with it.

    Belongs into the transaction that writes down the first good cycle after it.
    """
    gap = load_gap(tx)
    begin = min(last, gap[0]) if gap else last
    save_meta(tx, AWAY, f"{begin.isoformat()} {now.isoformat()}")


def load_gap(db: Connection) -> tuple[datetime, datetime] | None:
    """The gap of which nobody was told yet: its two ends."""
    kept = load_meta(db, AWAY)
    if kept is None:
        return None
    begin, end = (datetime.fromisoformat(text) for text in kept.split())
    return begin, end


def load_not_introduced(db: Connection, config: Config) -> int:
    """How many sources people still have to be told of."""
    states = load_introductions(db)
    here = [states.get(source.id) for source in config.sources if source.enabled]
    return sum(state is None or state.introduced_at is None for state in here)


def _load_pending(db: Connection, house: House) -> _Pending:
    states = load_introductions(db)
    here = {key: states.get(key) for key in house.sources}
    return _Pending(
        looked_at={
            key: state
            for key, state in here.items()
            if state and state.looked_at and state.introduced_at is None
        },
        never=frozenset(key for key, state in here.items() if not (state and state.looked_at)),
        known=sum(1 for state in here.values() if state and state.introduced_at),
    )


def _is_over(tx: Connection, pending: _Pending, now: datetime) -> bool:
    if not pending.looked_at:
        return False
    if not pending.never and not count_untried(tx, pending.looked_at, since=now - WEEK):
        return True
    begun = load_meta(tx, _FIRST_SINCE)
    if begun is None:
        save_meta(tx, _FIRST_SINCE, now.isoformat())
        return False
    return not timedelta(0) <= now - datetime.fromisoformat(begun) < _PATIENCE


def _owe_first_looks(
    tx: Connection, house: House, pending: _Pending, now: datetime
) -> tuple[Notice, ...]:
    counts = load_counts(
        tx, since=now - _MEMORY, until=_after(now), source_ids=list(pending.looked_at)
    )
    said = [
        each
        for each in load_said(
            tx,
            since=now - _MEMORY,
            until=_after(now),
            rule_ids=_all_rules(house),
            answers=(Answer.HOLD,),
        )
        if each.source_id in pending.looked_at and not _is_told(tx, each)
    ]
    failing = sum(not state.first_look_done for state in pending.looked_at.values())
    notices = []
    for target in house.config.targets:
        rules = rules_of(house.config, target)
        digest = replace(
            first_looks_of(
                [each for each in said if each.rule_id in rules],
                replace(counts, sources=len(pending.looked_at)),
                failing=failing,
                now=now,
                rates=house.rates,
            ),
            known=pending.known,
        )
        if _wants_to_know(house, target, digest):
            notices.append(_owe(tx, NoticeKind.FIRST_LOOKS, digest, target, now))
    return tuple(notices)


def _wants_to_know(house: House, target: Target, digest: Digest) -> bool:
    """Readers hear of a first run in any case, of one more source only where it brought a deal."""
    if not digest.known or digest.new or OPS in target.tags:
        return True
    return not any(OPS in other.tags for other in house.config.targets)


def _owe_away(
    tx: Connection, house: House, said: tuple[Said, ...], *, since: datetime, now: datetime
) -> tuple[Notice, ...]:
    notices = []
    untold = [each for each in said if not _is_told(tx, each)]
    for target in house.config.targets:
        rules = rules_of(house.config, target)
        mine = [each for each in untold if each.rule_id in rules]
        digest = away_of(mine, since=since, now=now, rates=house.rates)
        if digest.new:
            notices.append(_owe(tx, NoticeKind.AWAY, digest, target, now))
    return tuple(notices)


def _owe(tx: Connection, kind: NoticeKind, digest: Digest, target: Target, now: datetime) -> Notice:
    notice = Notice(id=0, kind=kind, items=(), made_at=now, digest=digest)
    return save_notice(tx, notice, [target], now=now)


def _is_told(tx: Connection, said: Said) -> bool:
    told, _ = load_told(tx, said.rule_id, said.deal.id)
    return bool(told)


def _is_caught_up(tx: Connection, house: House, since: datetime) -> bool:
    states = load_introductions(tx)
    looks = [states[key].looked_at if key in states else None for key in house.sources]
    if not all(at is not None and at > since for at in looks):
        return False
    return not count_untried(tx, list(house.sources), since=since)


def _all_rules(house: House) -> list[str]:
    return [rule.id for rule in house.config.rules]


def _after(now: datetime) -> datetime:
    """A span that ends here holds what was said in this very moment, too."""
    return now + timedelta(seconds=1)
