"""May a delivery leave now, does it wait, or does another message tell it too?

Asked anew at every tick, with nothing but stored facts and the clock: a hold has no end that is
stored, so neither a restart nor a jump of the clock can lose one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from config.model import Target
from config.quiet import is_quiet, parse_quiet
from crawler.model import Reason
from crawler.text.safe import harmless_line
from notifier.model import (
    Alert,
    AlertKind,
    Delivery,
    DeliveryState,
    HeldFor,
    NoticeKind,
    Silence,
)
from notifier.words import reason

# Troubles that cost news while nobody looks.
URGENT_NOTICES = frozenset(
    {NoticeKind.BAD, NoticeKind.CUT_OFF, NoticeKind.NO_ARTICLES, NoticeKind.TARGET_BAD}
)
_LONGEST_SEND = timedelta(minutes=1)  # 10 s for its turn, 45 s for the answer of a slow service
_SLACK = timedelta(minutes=1)  # what lies further ahead comes from a clock that has jumped back
_TAKEN_BACK = ("denied", "withdrawn", "not_ai")  # codes of reasons: there is no such deal
_FOR_DIGEST = (HeldFor.BUDGET, HeldFor.DIGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One delivery that has not left, with what its timing depends on."""

    delivery: Delivery
    alert: Alert | None = None  # None: it is a notice
    notice: NoticeKind | None = None
    merged: tuple[Alert, ...] = ()  # earlier ones that the target never got: it tells them too
    whole: int | None = None  # the deal that the alert's deal is a part of
    urgent: bool = False  # the rule says so
    dollars: Decimal = Decimal(0)  # the certain end of its figure

    @property
    def is_tried(self) -> bool:
        """Whether a send was begun: it may have arrived, so no other message stands for it."""
        return self.delivery.attempts > 0

    @property
    def is_asked_for(self) -> bool:
        """Whether its owner said that it is to be sent: now, and whatever else there is."""
        why = self.delivery.held_why
        return self.delivery.copy > 1 or (why is not None and why.code == "freed")

    @property
    def is_first(self) -> bool:
        """Whether the reader has not heard of the deal."""
        alerts = (*self.merged, *([self.alert] if self.alert else []))
        return any(each.kind is AlertKind.ALERT for each in alerts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One alert that has left for the target, or is on its way."""

    rule_id: str
    deal_id: int
    at: datetime


_Wait = tuple[HeldFor, Reason] | None


class Act(StrEnum):
    """What becomes of a delivery."""

    GO = "go"
    HOLD = "hold"
    REPLACE = "replace"  # a later message tells it too
    SILENCE = "silence"
    DROP = "drop"  # nothing is left to tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of one delivery, and why."""

    delivery_id: int
    act: Act
    reason: Reason | None = None  # None: it may go, and never waited
    held_for: HeldFor | None = None
    since: datetime | None = None  # when it, or the first that it tells too, began to wait
    by: int | None = None  # the alert that replaces it, or the silence


def plan(
    waiting: Iterable[Waiting],
    left: Sequence[Left],
    target: Target,
    *,
    now: datetime,
    has_digest: bool,
    silenced: Callable[[Waiting], Silence | None],
) -> tuple[Decision, ...]:
    """What becomes of each of `waiting`, all to `target`; only what differs from how it stands.

    `left`: of the last day and of the last `cooldown_min`. `has_digest`: what is beyond the day's
    number waits for it; else for the next day. `silenced` is asked when a delivery is new and
    when it would go, not while it waits.
    """
    loud, decisions = [], []
    for each in sorted(waiting, key=lambda one: one.delivery.id):
        silence = silenced(each) if _may_be_silenced(each, is_new=True) else None
        if silence:
            decisions.append(_silence(each, silence))
        else:
            loud.append(each)
    under_way = [
        Left(rule_id=each.alert.rule_id, deal_id=each.alert.deal_id, at=now)
        for each in loud
        if each.alert is not None and each.is_tried
    ]
    day = _Day(target, (*left, *under_way), now, has_digest)
    # Of those that may leave in one moment, the day's number is for the largest.
    for group in sorted(_grouped(loud, target), key=lambda each: -each.last.dollars):
        decisions += _decide(group, day, silenced)
    return tuple(decisions)


class _Day:
    """What the target has had, and what it wishes."""

    def __init__(
        self, target: Target, left: Sequence[Left], now: datetime, has_digest: bool
    ) -> None:
        self.target, self.now, self.has_digest = target, now, has_digest
        self.zone = ZoneInfo(target.zone)
        wall = now.astimezone(self.zone)
        # What is leased in the last minute before might arrive inside.
        windows = tuple(map(parse_quiet, target.quiet))
        soon = (now + _LONGEST_SEND).astimezone(self.zone)
        self.is_quiet = is_quiet(windows, wall) or is_quiet(windows, soon)
        today = [each for each in left if each.at.astimezone(self.zone).date() == wall.date()]
        self.used = len(today)
        self.last: dict[tuple[str, int], datetime] = {}
        for each in sorted(left, key=lambda one: one.at):
            self.last[each.rule_id, each.deal_id] = each.at

    def is_within(self, since: datetime, minutes: int) -> bool:
        # What is owed while a tick waits for the writer is newer than the tick: no wait of 0 min.
        return minutes > 0 and -_SLACK <= self.now - since < timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """What one message may tell: the newest tells the older ones too."""

    last: Waiting
    older: tuple[Waiting, ...] = ()
    parts: tuple[Waiting, ...] = ()  # of the deal, to be told with it

    @property
    def all(self) -> tuple[Waiting, ...]:
        return (*self.older, self.last)

    @property
    def is_first(self) -> bool:
        """Whether the reader has not heard of the deal."""
        return any(each.is_first for each in self.all)

    @property
    def is_held(self) -> bool:
        return any(each.delivery.state is DeliveryState.HELD for each in self.all)


def _grouped(loud: Sequence[Waiting], target: Target) -> list[_Group]:
    """Untried alerts of one rule on one deal together, everything else alone; by their order."""
    together: dict[object, list[Waiting]] = defaultdict(list)
    for each in loud:
        together[_event(each) or each.delivery.id].append(each)
    groups = [_Group(last=some[-1], older=tuple(some[:-1])) for some in together.values()]
    return _folded(groups) if target.fold_parts else groups


def _event(each: Waiting) -> tuple[str, int] | None:
    """The rule and the deal of what may be told with others."""
    if each.alert is None or each.is_tried or each.is_asked_for:
        return None
    return each.alert.rule_id, each.alert.deal_id


def _folded(groups: Sequence[_Group]) -> list[_Group]:
    wholes = {event[1]: each for each in groups if (event := _event(each.last))}
    parts: dict[int, list[Waiting]] = defaultdict(list)
    stay = []
    for each in groups:
        whole = each.last.whole
        if whole in wholes and whole is not None and _event(each.last) and each.is_first:
            parts[whole] += each.all
        else:
            stay.append(each)
    return [
        replace(each, parts=tuple(parts.pop(event[1], ())))
        if (event := _event(each.last)) and wholes[event[1]] is each
        else each
        for each in stay
    ]


def _decide(
    group: _Group, day: _Day, silenced: Callable[[Waiting], Silence | None]
) -> list[Decision]:
    wait = _wait(group, day)
    is_one = group.is_held or wait or group.parts or day.target.cooldown_min
    # Where nothing waits, each tells its own.
    some = [group] if is_one else [_Group(last=each) for each in group.all]
    return [decision for one in some for decision in _decide_one(one, wait, day, silenced)]


def _decide_one(
    group: _Group, wait: _Wait, day: _Day, silenced: Callable[[Waiting], Silence | None]
) -> list[Decision]:
    """What becomes of the message that tells all of `group`, and of those it tells too."""
    needless = _needless(group)
    if needless is not None:
        return [
            Decision(delivery_id=each.delivery.id, act=Act.DROP, reason=needless)
            for each in group.all
        ]
    decided = _decide_last(group, wait or _budget(group, day), day, silenced)
    told = (*group.older, *group.parts)
    if any(each.act is Act.SILENCE for each in decided):
        told = group.older  # its parts were not silenced
    by = group.last.alert.id if group.last.alert else None
    return [*decided, *(_replace(each, by) for each in told)]


def _needless(group: _Group) -> Reason | None:
    """Why nobody need be told of the group: it came to nothing while it waited.

    As `decide` would have said, had the older ones never been made.
    """
    alerts = [each for one in group.all for each in (*one.merged, one.alert) if each is not None]
    if len(alerts) < 2 or group.parts or group.last.is_asked_for:
        return None
    if group.is_first and any(each.code in _TAKEN_BACK for each in alerts[-1].reasons):
        return reason("denied_untold")
    was, now = _moved(alerts[0])[:3], _moved(alerts[-1])[3:6]
    is_back = any(was) and was == now and not group.is_first
    return reason("moved_back") if is_back and _of_amounts(alerts) else None


def _moved(alert: Alert) -> tuple[str, ...]:
    return next((each.facts for each in alert.reasons if each.code == "moved"), ())


def _of_amounts(alerts: Sequence[Alert]) -> bool:
    """Whether each of them was made by a move of the figure, and not by a stage."""
    return all(_moved(each) for each in alerts)


def _decide_last(
    group: _Group, wait: _Wait, day: _Day, silenced: Callable[[Waiting], Silence | None]
) -> list[Decision]:
    last, is_held = group.last, group.last.delivery.state is DeliveryState.HELD
    if wait is None:
        silence = silenced(last) if _may_be_silenced(last, is_new=False) else None
        if silence:
            return [_silence(last, silence)]
        day.used += last.alert is not None and not last.is_tried
        return [_go(group)] if is_held or group.older or group.parts else []
    if is_held and last.delivery.held_for is wait[0] and not group.older:
        return []
    return [
        Decision(
            delivery_id=last.delivery.id,
            act=Act.HOLD,
            held_for=wait[0],
            reason=wait[1],
            since=_since(group) or day.now,
        )
    ]


def _wait(group: _Group, day: _Day) -> _Wait:
    """What the group waits for, but for the day's number."""
    last, target = group.last, day.target
    if _is_urgent(group, target):
        return None
    if last.delivery.held_for in _FOR_DIGEST and day.has_digest and not group.older:
        assert last.delivery.held_for is not None
        return last.delivery.held_for, last.delivery.held_why or reason("for_digest")
    told = _for_more(group, day) if last.alert is not None and not last.is_tried else None
    if told is not None:
        return told
    if day.is_quiet:
        return HeldFor.QUIET, reason("held_quiet", ", ".join(target.quiet), target.zone)
    return None


def _is_urgent(group: _Group, target: Target) -> bool:
    if group.last.alert is None:
        return group.last.notice in URGENT_NOTICES and not target.quiet_ops
    return any(each.urgent or each.is_asked_for for each in group.all)


def _for_more(group: _Group, day: _Day) -> _Wait:
    """Whether more may come of the deal soon, or came lately. A correction waits for neither."""
    alert, target = group.last.alert, day.target
    assert alert is not None
    if alert.kind is AlertKind.CORRECTION and not group.is_first:
        return None
    made_at = min(
        made.made_at
        for each in group.all
        for made in (*each.merged, each.alert)
        if made is not None
    )
    if day.is_within(made_at, target.group_wait_min):
        return HeldFor.GROUP, reason("held_group", target.group_wait_min)
    last = day.last.get((alert.rule_id, alert.deal_id))
    if last is not None and not group.is_first and day.is_within(last, target.cooldown_min):
        return HeldFor.COOLDOWN, reason("held_cooldown", target.cooldown_min)
    return None


def _budget(group: _Group, day: _Day) -> _Wait:
    """Whether the day's number is used up. Who was told wrong hears of it all the same."""
    limit, last = day.target.alerts_a_day, group.last
    if limit is None or last.alert is None or last.is_tried or last.urgent or last.is_asked_for:
        return None
    if last.alert.kind is AlertKind.CORRECTION and not group.is_first:
        return None
    return (HeldFor.BUDGET, reason("held_budget", limit)) if day.used >= limit else None


def _may_be_silenced(each: Waiting, *, is_new: bool) -> bool:
    """A notice never, nor what its owner took up again; what was tried may have arrived."""
    delivery = each.delivery
    if each.alert is None or each.is_tried or each.is_asked_for or delivery.silence_id is not None:
        return False
    return (delivery.held_since is None) is is_new


def _since(group: _Group) -> datetime | None:
    waits = [each.delivery.held_since for each in group.all]
    return min((at for at in waits if at is not None), default=None)


def _go(group: _Group) -> Decision:
    held = [each for each in group.all if each.delivery.held_since is not None]
    return Decision(
        delivery_id=group.last.delivery.id,
        act=Act.GO,
        since=_since(group),
        reason=held[0].delivery.held_why if held else None,
    )


def _replace(each: Waiting, by: int | None) -> Decision:
    return Decision(
        delivery_id=each.delivery.id, act=Act.REPLACE, by=by, reason=reason("replaced", by)
    )


def _silence(each: Waiting, silence: Silence) -> Decision:
    until = silence.until.strftime("%Y-%m-%d %H:%M UTC")
    # It is printed in messages and terminals, and may have been pasted from a page.
    why = reason("silenced", silence.id, harmless_line(silence.comment, 200), until)
    return Decision(delivery_id=each.delivery.id, act=Act.SILENCE, by=silence.id, reason=why)
