"""When do we look at a Source again?

The owner's `rhythm_min` is the longest rest of a normal hour. By its own habit a Source is looked
at sooner when it is busy or has just published, down to a quarter of the rhythm, and later when
it sleeps, up to six rhythms. For stories that come by chance the mean delay is least, for a given
number of looks, when the rests go with one over the square root of the rate: so they do.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import sqrt

from config.model import Source
from crawler.health.habit import Habit, pace
from crawler.health.model import SOFT, Fault, HealthState

_LONGEST_BACK_OFF = timedelta(hours=24)
_LONGEST_REST = timedelta(hours=24)
_SHORTEST = timedelta(minutes=2)  # politeness: no list is asked for more often
_SOONEST, _LATEST = 0.25, 6.0  # rhythms
_LONGEST_SLEEP = timedelta(hours=12)
_JUST_PUBLISHED = 0.6  # stories come in company
_KNOWN_SIGNS = 12  # before a habit is believed
_MOST_NEW = 0.3  # share of a list: above it lines may pass unseen between two looks
_MOST_FAULTS_R = 16  # rhythms of back-off from a host that is only out of reach


def next_look_after_answer(
    source: Source,
    *,
    now: datetime,
    jitter: float,
    asked_s: int | None = None,
    habit: Habit | None = None,
    new_share: float = 0.0,
    again: bool = False,
) -> datetime:
    """The next look after a good answer, by habit; later if the site asks for it.

    `asked_s`: by Cache-Control or the feed's own TTL, honored up to four rhythms; above that a
    careless header would make us blind. `new_share` of the list's lines was new. `again`: the
    last answer was doubtful and is looked at again soon. `jitter` in 0..1 spreads looks over a
    tenth of the rest, never earlier.
    """
    rhythm = _rhythm(source)
    rest = rhythm * _times(habit, now)
    if new_share > 0:
        rest = min(rest, rhythm) * (0.5 if new_share > _MOST_NEW else _JUST_PUBLISHED)
    if again:
        rest = min(rest, rhythm / 2)
    rest = max(min(rest, max(_LONGEST_SLEEP, rhythm)), rhythm * _SOONEST, min(_SHORTEST, rhythm))
    asked = min(timedelta(seconds=asked_s or 0), rhythm * 4)
    return now + max(rest, asked) + rest * jitter / 10


def next_look_after_failure(
    source: Source, *, failures: int, fault: Fault, now: datetime, jitter: float
) -> datetime:
    """The next look after `failures` in a row (1 for the first), with full back-off.

    What may be an accident is looked at again after half a rhythm, twice; a refusal after a
    whole one. Then the rest doubles, up to a day, or to sixteen rhythms where the host is only
    out of reach. `fault.until` (Retry-After) is kept; a rest is never longer than a day.
    """
    rhythm = _rhythm(source)
    is_accident = fault.weight <= SOFT and fault.state is not HealthState.BLOCKED
    power = max(failures - 3, -1) if is_accident else failures - 1
    most = _LONGEST_BACK_OFF
    if is_accident:
        most = min(most, rhythm * _MOST_FAULTS_R)
    back_off = min(rhythm * 2.0 ** min(power, 12), most)
    back_off = max(back_off * (0.5 + jitter / 2), min(_SHORTEST, rhythm))
    rest = min(fault.until, now + _LONGEST_REST) if fault.until else now
    return max(now + back_off, rest)


def _rhythm(source: Source) -> timedelta:
    return timedelta(minutes=float(source.rhythm_min))


def _times(habit: Habit | None, now: datetime) -> float:
    """How many rhythms to rest in this hour."""
    if habit is None or sum(habit.quarters) < _KNOWN_SIGNS:
        return 1.0
    # An average hour of the week has pace 1 and the whole rhythm.
    return min(1 / sqrt(max(pace(habit, now), 0.001)), _LATEST)
