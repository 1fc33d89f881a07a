"""When does a target want to be left alone? Windows of wall-clock time, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER = {name: number for number, day in enumerate(_DAYS) for name in (day, day[:3])}
_EVERY_DAY = frozenset(range(7))
_DAY = 24 * 60  # minutes
_EXAMPLE = "write e.g. 23:00-07:00, or fri-sat 00:00-24:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """One window of a week. **Unit**: minutes after midnight on the clock on the wall."""

    days: frozenset[int]  # on which it begins; 0 is Monday
    start_min: int
    end_min: int  # not above `start_min`: on the day after

    def holds(self, wall: datetime) -> bool:
        """Whether a clock that shows `wall` shows a time inside the window.

        Asks only what the clock shows, so it is right on days of 23, 24½ or 25 hours too: an hour
        that is skipped is in no window, one that comes twice is in it both times.
        """
        minute, today = wall.hour * 60 + wall.minute, wall.weekday()
        if self.start_min < self.end_min:
            return today in self.days and self.start_min <= minute < self.end_min
        begun_today = today in self.days and minute >= self.start_min
        return begun_today or ((today - 1) % 7 in self.days and minute < self.end_min)


def parse_quiet(text: str) -> Quiet:
    """The window that `text` names: days (none: every day), then from-to (none: the whole day).

    >>> parse_quiet("fri-sat 23:00-07:00").days == {4, 5}
    True

    Raises ValueError with a sentence that says what to write instead.
    """
    words = text.casefold().replace("–", "-").replace(",", " ").split()
    times = [word for word in words if word[0].isdigit()]
    days = [word for word in words if not word[0].isdigit()]
    if len(times) > 1 or (times and words[-1] != times[0]) or not words:
        raise ValueError(f"no quiet hours: {_EXAMPLE}")
    start, end = _span(times[0]) if times else (0, _DAY)
    return Quiet(
        days=frozenset(day for word in days for day in _days(word)) or _EVERY_DAY,
        start_min=start,
        end_min=end,
    )


def is_quiet(windows: Iterable[Quiet], wall: datetime) -> bool:
    """Whether one of `windows` holds while the clock on the wall shows `wall`."""
    return any(window.holds(wall) for window in windows)


def is_ever_open(windows: Iterable[Quiet]) -> bool:
    """Whether a minute of the week is left in which something may leave."""
    closed: set[int] = set()
    for window in windows:
        length = window.end_min - window.start_min
        length += _DAY if length <= 0 else 0
        for day in window.days:
            first = day * _DAY + window.start_min
            closed.update((first + minute) % (7 * _DAY) for minute in range(length))
    return len(closed) < 7 * _DAY


def _span(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)", text)
    if found is None:
        raise ValueError(f"no quiet hours: {_EXAMPLE}")
    hours = [int(part) for part in found.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if start >= _DAY or end > _DAY:
        raise ValueError("no time of a day: the hours are 00:00 to 23:59, the end at most 24:00")
    if start == end:
        raise ValueError("begins and ends in one minute: for a whole day write 00:00-24:00")
    return start, end


def _days(word: str) -> frozenset[int]:
    first, dash, last = word.partition("-")
    if first not in _NUMBER or (dash and last not in _NUMBER):
        raise ValueError(f"no day of the week ({word}): write mon, tue … sun, or sun-thu")
    begin = _NUMBER[first]
    count = (_NUMBER[last] - begin) % 7 if dash else 0
    return frozenset((begin + each) % 7 for each in range(count + 1))
