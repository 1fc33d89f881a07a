"""When is a digest due on the clocks of those who read it?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.fields import DAYS_OF_WEEK


def last_due(when: str, zone: str, now: datetime) -> datetime:
    """The last moment not after `now` at which a digest `when` was due, in UTC.

    `when`: "daily 08:00" or "weekly sunday 08:00" by the clock of `zone`. An hour that a clock
    jumps over is due right after the jump; one that comes twice, the first time only.
    """
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    while (due := _at(when, zone, day)) is None or due > now:
        day -= timedelta(days=1)
    return due


def is_weekly(when: str) -> bool:
    return when.startswith("weekly")


def _at(when: str, zone: str, day: date) -> datetime | None:
    """That day's moment; None on other days of the week."""
    *_, weekday, clock = when.split()
    if is_weekly(when) and day.weekday() != DAYS_OF_WEEK.index(weekday):
        return None
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    return local.astimezone(UTC)
