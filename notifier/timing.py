"""May a delivery leave now, does it wait, or does another message tell it too?

Asked anew at every tick, with nothing but stored facts and the clock: a hold has no end that is
stored, so neither a restart nor a jump of the clock can lose one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from config.model import Target
from crawler.text.safe import harmless_line
from notifier.grouping import grouped, needless
from notifier.model import DeliveryState, Silence
from notifier.waiting import Act, Decision, Group, Left, Waiting
from notifier.wishes import Day, Wait, budget_of, comes_today, wait_of
from notifier.words import reason


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
        is_new = each.delivery.held_since is None
        silence = silenced(each) if is_new and _may_be_silenced(Group(last=each)) else None
        if silence:
            decisions.append(_silence(each, silence))
        else:
            loud.append(each)
    under_way = [
        Left(rule_id=each.alert.rule_id, deal_id=each.alert.deal_id, at=now)
        for each in loud
        if each.alert is not None and each.is_tried
    ]
    day = Day(target, (*left, *under_way), now, has_digest)
    # Of those that may leave now, or wait for more of their deal, the day's number is for the
    # largest.
    for group in sorted(grouped(loud, target), key=lambda each: -each.last.dollars):
        decisions += _decide(group, day, silenced)
    return tuple(decisions)


def _decide(
    group: Group, day: Day, silenced: Callable[[Waiting], Silence | None]
) -> list[Decision]:
    wait = wait_of(group, day)
    is_one = group.is_held or wait or group.parts or day.target.cooldown_min
    # Where nothing waits, each tells its own; but nobody is told first what is known to be wrong.
    is_one = is_one or any(each.is_correction for each in group.all)
    some = [group] if is_one else [Group(last=each) for each in group.all]
    return [decision for one in some for decision in _decide_one(one, wait, day, silenced)]


def _decide_one(
    group: Group, wait: Wait, day: Day, silenced: Callable[[Waiting], Silence | None]
) -> list[Decision]:
    """What becomes of the message that tells all of `group`, and of those it tells too."""
    why = needless(group)
    if why is not None:
        return [
            Decision(delivery_id=each.delivery.id, act=Act.DROP, reason=why) for each in group.all
        ]
    decided = _decide_last(group, wait or budget_of(group, day), day, silenced)
    told = (*group.older, *group.parts)
    if any(each.act is Act.SILENCE for each in decided):
        told = group.older  # its parts were not silenced
    by = group.last.alert.id if group.last.alert else None
    # First these: what they tell for others is given back if the one that tells them is silenced.
    return [*(_replace(each, by) for each in told), *decided]


def _decide_last(
    group: Group, wait: Wait, day: Day, silenced: Callable[[Waiting], Silence | None]
) -> list[Decision]:
    last, is_held = group.last, group.last.delivery.state is DeliveryState.HELD
    if wait is None:
        silence = silenced(last) if _may_be_silenced(group) else None
        if silence:
            return [_silence(last, silence)]
        day.used += last.alert is not None and not last.is_tried
        return [_go(group)] if is_held or group.older or group.parts else []
    day.coming += comes_today(group, wait, day)
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


def _may_be_silenced(group: Group) -> bool:
    """Never a notice, what its owner took up again, or a mistake that the reader has believed;
    what was tried may have arrived.
    """
    last = group.last
    if last.alert is None or last.is_tried or last.is_asked_for or group.corrects:
        return False
    return last.delivery.silence_id is None


def _since(group: Group) -> datetime | None:
    waits = [each.delivery.held_since for each in group.all]
    return min((at for at in waits if at is not None), default=None)


def _go(group: Group) -> Decision:
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
