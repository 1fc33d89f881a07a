"""Where did the deal that a story tells of end: at a rule, or on the way to people?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from crawler.model import Step
from crawler.storage.articles import StoredArticle
from crawler.storage.database import Connection
from notifier.funnel.delivery import halt_of_deliveries
from notifier.funnel.stops import Halt, Stop
from notifier.funnel.verdict import halt_of_verdict
from notifier.model import Alert, Verdict
from notifier.outbox.alerts import load_alerts
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.verdicts import load_verdicts

_ALL = 1000
_HEARD = {stop for stop in Stop if stop.rank > Stop.PARKED.rank}  # or will be
_AGAIN = (Stop.TOLD_BEFORE, Stop.MOVED_LITTLE)


def halts_of_step(
    db: Connection, stored: StoredArticle, step: Step, rule_ids: Collection[str]
) -> list[Halt]:
    """Where the story ended with each of the rules that stand today; with none, one that says so.

    What a rule said that is no more counts only where none of today's was asked.
    """
    assert step.deal is not None  # its only caller chose it so
    deal_id = step.deal.id
    if stored.archived_at is not None and step.change is None:
        return [_no_rule(stored, step)]
    alerts = load_alerts(db, deal_id=deal_id, limit=_ALL)
    before = [one for one in alerts if one.made_at < stored.article.fetched_at]
    if step.change is None and before:
        return [_told_before(db, deal_id, before)]
    said = load_verdicts(db, deal_id=deal_id, limit=_ALL)
    watched = load_verdicts(db, deal_id=deal_id, shadow=True, limit=_ALL)
    both = (*said, *watched)
    number = step.change.number if step.change else max((v.change_number for v in both), default=0)
    halts = [_halt_of(db, one, alerts) for one in said if one.change_number == number]
    if stored.archived_at is None:
        halts += _unasked({one.rule_id for one in said}, rule_ids)
    live = [one for one in halts if one.rule_id in rule_ids or one.rank >= Stop.NO_TARGET.rank]
    watch = [
        Halt(
            stop=Stop.RULE_ONLY_WATCHES,
            text=f"rule {one.rule_id} would have told it, and only watched",
            rule_id=one.rule_id,
        )
        for one in watched
        if one.change_number == number and one.fires
    ]
    return [*(live or halts), *watch] or [_no_rule(stored, step)]


def _unasked(asked: Collection[str], rule_ids: Collection[str]) -> list[Halt]:
    return [
        Halt(
            stop=Stop.RULE_NEWER,
            text=f"rule {rule_id} was not asked: it was written after the story was read",
            rule_id=rule_id,
        )
        for rule_id in rule_ids
        if rule_id not in asked
    ]


def halts_of_merged(db: Connection, stored: StoredArticle, deals: Collection[int]) -> list[Halt]:
    """The same of what it opened or changed, where that became one of `deals` by hand since."""
    said = load_verdicts(db, article_id=stored.id, limit=_ALL)
    return [
        _halt_of(db, one, load_alerts(db, deal_id=one.deal_id, limit=_ALL))
        for one in said
        if one.deal_id not in deals
    ]


def _told_before(db: Connection, deal_id: int, before: Sequence[Alert]) -> Halt:
    """It tells again of what was told, or will be; else where that ended."""
    unheard = _unheard(db, deal_id, before)
    if unheard is not None:
        return unheard
    first = next(one for one in reversed(before) if _halt_of_alert(db, one).stop in _HEARD)
    text = f"it tells of deal d{deal_id} again, told in alert a{first.id}, and nothing moved"
    names = {"DEAL": f"d{deal_id}"}
    return Halt(stop=Stop.TOLD_BEFORE, text=text, rule_id=first.rule_id, names=names)


def _unheard(db: Connection, deal_id: int, before: Sequence[Alert]) -> Halt | None:
    """Where the messages before it ended; None if somebody heard of the deal, or will."""
    halts = [_halt_of_alert(db, one) for one in before]
    if not halts or any(halt.stop in _HEARD for halt in halts):
        return None
    best = max(halts, key=lambda halt: halt.rank)
    return replace(best, text=f"it tells of deal d{deal_id} again; {best.text}")


def _no_rule(stored: StoredArticle, step: Step) -> Halt:
    assert step.deal is not None  # its only caller chose it so
    if stored.archived_at is not None:
        text = "it came from an archive, and no rule is asked about the past"
        return Halt(stop=Stop.FROM_ARCHIVE, text=text)
    text = f"there was no rule to ask about deal d{step.deal.id}"
    return Halt(stop=Stop.NO_RULE, text=text)


def _halt_of(db: Connection, verdict: Verdict, alerts: Sequence[Alert]) -> Halt:
    halt, mine = halt_of_verdict(verdict), [a for a in alerts if a.rule_id == verdict.rule_id]
    if halt is None:
        made = next(one for one in mine if one.change_number == verdict.change_number)
        return _halt_of_alert(db, made)
    if halt.stop in _AGAIN:
        before = [one for one in mine if one.change_number < verdict.change_number]
        return _unheard(db, verdict.deal_id, before) or halt
    return halt


def _halt_of_alert(db: Connection, alert: Alert) -> Halt:
    sent = load_deliveries(db, alert_ids=[alert.id])
    return halt_of_deliveries(alert.id, alert.rule_id, sent)
