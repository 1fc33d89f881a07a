"""What must a message wait for, by the wishes of its target?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config.model import Target
from config.quiet import is_quiet, parse_quiet
from crawler.model import Reason
from notifier.model import HeldFor, NoticeKind
from notifier.waiting import Group, Left
from notifier.words import reason

# Troubles that cost news while nobody looks.
URGENT_NOTICES = frozenset(
    {NoticeKind.BAD, NoticeKind.CUT_OFF, NoticeKind.NO_ARTICLES, NoticeKind.TARGET_BAD}
)
_LONGEST_SEND = timedelta(minutes=1)  # 10 s for its turn, 45 s for the answer of a slow service
_SLACK = timedelta(minutes=1)  # what lies further ahead comes from a clock that has jumped back
_FOR_DIGEST = (HeldFor.BUDGET, HeldFor.DIGEST)

Wait = tuple[HeldFor, Reason] | None


class Day:
    """What the target has had, and what it wishes."""

    def __init__(
        self, target: Target, left: Sequence[Left], now: datetime, has_digest: bool
    ) -> None:
        self.target, self.now, self.has_digest = target, now, has_digest
        self.zone = ZoneInfo(target.zone)
        wall = now.astimezone(self.zone)
        # What is leased in the last minute before might arrive inside.
        self._windows = tuple(map(parse_quiet, target.quiet))
        self.is_quiet = self._is_quiet_at(now) or self._is_quiet_at(now + _LONGEST_SEND)
        today = [each for each in left if each.at.astimezone(self.zone).date() == wall.date()]
        self.used = len(today)
        self.coming = 0  # what waits and will leave today, larger than what is asked about next
        self.last: dict[tuple[str, int], datetime] = {}
        for each in sorted(left, key=lambda one: one.at):
            self.last[each.rule_id, each.deal_id] = each.at

    def has_room_at(self, at: datetime) -> bool:
        """Whether `at` is of this day, and no quiet hour."""
        day = self.now.astimezone(self.zone).date()
        return at.astimezone(self.zone).date() == day and not self._is_quiet_at(at)

    def _is_quiet_at(self, at: datetime) -> bool:
        return is_quiet(self._windows, at.astimezone(self.zone))

    def is_within(self, since: datetime, minutes: int) -> bool:
        """Whether `since` is less than so many minutes ago."""
        # What is owed while a tick waits for the writer is newer than the tick: no wait of 0 min.
        return minutes > 0 and -_SLACK <= self.now - since < timedelta(minutes=minutes)


def wait_of(group: Group, day: Day) -> Wait:
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


def _is_urgent(group: Group, target: Target) -> bool:
    if group.last.alert is None:
        return group.last.notice in URGENT_NOTICES and not target.quiet_ops
    return any(each.urgent or each.is_asked_for for each in group.all)


def _for_more(group: Group, day: Day) -> Wait:
    """Whether more may come of the deal soon, or came lately. A correction waits for neither."""
    alert, target = group.last.alert, day.target
    assert alert is not None
    if group.corrects:
        return None
    # What it replaced while it waited has left the time since when; what was silenced last week
    # is told too, and begins no wait.
    begun = [each.delivery.held_since for each in group.all]
    begun += [each.alert.made_at for each in group.all if each.alert is not None]
    if day.is_within(min(at for at in begun if at is not None), target.group_wait_min):
        return HeldFor.GROUP, reason("held_group", target.group_wait_min)
    last = day.last.get((alert.rule_id, alert.deal_id))
    if last is not None and not group.is_first and day.is_within(last, target.cooldown_min):
        return HeldFor.COOLDOWN, reason("held_cooldown", target.cooldown_min)
    return None


def budget_of(group: Group, day: Day) -> Wait:
    """Whether the day's number is used up. Who was told wrong hears of it all the same."""
    limit, last = day.target.alerts_a_day, group.last
    if limit is None or last.alert is None or last.is_tried or last.urgent or last.is_asked_for:
        return None
    if group.corrects:
        return None
    is_used_up = day.used + day.coming >= limit
    return (HeldFor.BUDGET, reason("held_budget", limit)) if is_used_up else None


def comes_today(group: Group, wait: Wait, day: Day) -> bool:
    """Whether one of the day's number is to be left for a group that waits for more of its deal.

    What is sent cannot be taken back, so the smaller ones wait for it. By the longest wait: in the
    last minutes of a day nothing is left for it.
    """
    minutes = {HeldFor.GROUP: day.target.group_wait_min, HeldFor.COOLDOWN: day.target.cooldown_min}
    if wait is None or wait[0] not in minutes or group.last.alert is None:
        return False
    return day.has_room_at(day.now + timedelta(minutes=minutes[wait[0]]))
