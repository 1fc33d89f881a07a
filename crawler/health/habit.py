"""When does a Source usually publish, and how long may it be silent?

Learned from its own signs of life, in few numbers: a profile of the hours of a day and of the
quarters of a week (UTC; a weekend begins at other hours in Jakarta), and mean and spread of its
gaps. Gaps are counted in *own hours*: an hour of the clock weighs as much
as the Source usually publishes in it, one on average over a week. So nights and weekends of a
Source that sleeps then cost nothing, and a Source that was always slow is never late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from math import exp, gamma, log, sqrt

_HOUR = timedelta(hours=1)
_WEEK_H = 168.0
_MEMORY = 80  # gaps after which older ones fade
_FADE = 0.997  # of the profile with each sign: some 300 signs stay in it
GRAIN = timedelta(minutes=15)  # signs nearer than this are one: a batch is no rhythm
_PRIOR = 1.0  # gaps worth of "as irregular as chance" that are believed beforehand
_FEW_GAPS = 4  # below these nothing is said
# A gap is plausible unless it is so long that one in this many months would have it by chance.
_MONTHS_SILENT = 100.0
_QUIET_ONE_IN = 20.0  # gaps
_BEYOND_LONGEST = 1.6  # times the longest gap that was seen
_LONGEST_FADES_H = 4320.0
_BURSTS, _MOST_BEYOND = 2.4, 1.7
_MOST_LEARNED = 0.8  # of what is plausible: after an outage a little more is
_CLOSED = 0.35  # of an average day: a weekend
_UNSURE, _UNSURE_SPREAD = 2.5, 1.5  # what few gaps tell of their mean and spread
_BELIEVED = 12.0  # signs worth of "a quarter is as its day and its time of day are"
_LEAST_SILENCE_H = 4.0  # own hours: a busy outlet's lunch is no silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """Signs of life of one Source, condensed."""

    at: datetime | None = None  # of the last sign, aware
    hours: tuple[float, ...] = (0.0,) * 24  # signs in each hour of the day, faded
    quarters: tuple[float, ...] = (0.0,) * 28  # in each six hours of the week, from Monday on
    gaps: int = 0
    mean: float = 0.0  # of gaps, in own hours
    square: float = 0.0  # mean of squared gaps
    longest: float = 0.0  # gap, faded to a third in six months


def learn(habit: Habit, at: datetime, *, hour_known: bool = True) -> Habit:
    """`habit` after a sign of life at `at`; one in the same batch or before the last is none."""
    if habit.at is not None and at < habit.at + GRAIN:
        return habit
    if habit.at is not None:
        gap = own_hours(habit, habit.at, at)
        limit = longest_plausible_h(habit)
        if limit is not None:  # an outage must not teach that outages are plausible
            gap = min(gap, limit * _MOST_LEARNED)
        share = 1 / min(habit.gaps + 1, _MEMORY)
        habit = replace(
            habit,
            gaps=habit.gaps + 1,
            mean=habit.mean + (gap - habit.mean) * share,
            square=habit.square + (gap * gap - habit.square) * share,
            longest=max(gap, habit.longest * exp(-gap / _LONGEST_FADES_H)),
        )
    day = at.astimezone(UTC)
    hours = _added(habit.hours, day.hour) if hour_known else habit.hours
    quarters = _added(habit.quarters, day.weekday() * 4 + day.hour // 6)
    return replace(habit, at=at, hours=hours, quarters=quarters)


def pace(habit: Habit, at: datetime) -> float:
    """How busy the Source usually is at `at`: 1 is its average over a week."""
    rates, _ = _profile(habit.hours, habit.quarters)
    return rates[int(_hour_of_week(at))]


def own_hours(habit: Habit, start: datetime, end: datetime) -> float:
    """The time from `start` to `end` in own hours."""
    whole = (end - start) / _HOUR
    if whole <= 0:
        return 0.0
    _, sums = _profile(habit.hours, habit.quarters)
    weeks, left = divmod(whole, _WEEK_H)
    begin = _hour_of_week(start)
    finish = begin + left
    told = _until(sums, min(finish, _WEEK_H)) - _until(sums, begin)
    if finish > _WEEK_H:
        told += _until(sums, finish - _WEEK_H)
    return weeks * _WEEK_H + told


def longest_quiet_h(habit: Habit) -> float | None:
    """Own hours after which it is quieter than usual; None while too little is known."""
    return _gap_of(habit, _QUIET_ONE_IN)


def longest_plausible_h(habit: Habit) -> float | None:
    """Own hours beyond which it is silent; None while too little is known.

    A Source that keeps weekends keeps holidays too: one missed working day is no silence.
    """
    if habit.gaps < _FEW_GAPS:
        return None
    a_month = max(1.0, 720 / max(habit.mean, 0.05))
    by_law = _gap_of(habit, a_month * _MONTHS_SILENT)
    if by_law is None:
        return None
    days = _days(habit.quarters)
    is_closed = min(days) < _CLOSED / 7
    holiday = max(days) * _WEEK_H + habit.mean if is_closed else 0.0
    ratio = habit.square / max(habit.mean, 0.05) ** 2  # 2 for stories that come by chance
    if ratio > _BURSTS:  # no law knows their tail: the more were seen, the more the longest says
        most = habit.longest * (_MOST_BEYOND + 10 * (1 + ratio) / habit.gaps)
        by_law = min(by_law, max(most, _LEAST_SILENCE_H))
    limit: float = max(by_law, habit.longest * _BEYOND_LONGEST, holiday)
    return limit


def expected_gap(habit: Habit) -> timedelta | None:
    """How often it publishes, by the clock; None while too little is known."""
    return timedelta(hours=habit.mean) if habit.gaps >= _FEW_GAPS else None


def _gap_of(habit: Habit, one_in: float) -> float | None:
    """The gap that one in so many exceeds: a Weibull law by mean and spread of the gaps."""
    if habit.gaps < _FEW_GAPS:
        return None
    told = min(habit.gaps, _MEMORY)
    variance = max(0.0, habit.square - habit.mean**2) / max(habit.mean, 0.05) ** 2
    spread = sqrt((variance * told + _PRIOR) / (told + _PRIOR)) * (1 + _UNSURE_SPREAD / sqrt(told))
    shape = min(4.0, max(0.6, exp(-1.086 * log(spread))))
    times = exp(log(log(one_in)) / shape) / gamma(1 + 1 / shape)
    unsure = 1 + _UNSURE * spread**2 / sqrt(told)  # the mean of few gaps may be far off
    return max(_LEAST_SILENCE_H, habit.mean * times * unsure)


def _added(counts: tuple[float, ...], place: int) -> tuple[float, ...]:
    return tuple(round(n * _FADE + (i == place), 2) for i, n in enumerate(counts))


@lru_cache(maxsize=4096)
def _profile(
    hours: tuple[float, ...], quarters: tuple[float, ...]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Rate of each hour of the week, 1 on average; and the sums of them up to each hour.

    Of a quarter of which little is known, its day and its time of day are believed.
    """
    near = [(hours[i - 1] + 2 * hours[i] + hours[(i + 1) % 24]) / 4 for i in range(24)]
    clock = _shares(near, prior=0.5)
    days = _days(quarters)
    times = _shares([sum(quarters[q::4]) for q in range(4)], prior=0.5)
    whole = sum(quarters) + _BELIEVED
    rates = []
    for hour in range(168):
        day, time = divmod(hour, 24)
        quarter = time // 6
        told = (quarters[hour // 6] + _BELIEVED * days[day] * times[quarter]) / whole
        rates.append(_WEEK_H * told * clock[time] / sum(clock[quarter * 6 : quarter * 6 + 6]))
    return tuple(rates), (0.0, *accumulate(rates))


def _days(quarters: tuple[float, ...]) -> list[float]:
    return _shares([sum(quarters[d * 4 : d * 4 + 4]) for d in range(7)], prior=0.5)


def _shares(counts: Sequence[float], *, prior: float) -> list[float]:
    whole = sum(counts) + prior * len(counts)
    return [(n + prior) / whole for n in counts]


def _hour_of_week(at: datetime) -> float:
    at = at.astimezone(UTC)
    return at.weekday() * 24 + at.hour + at.minute / 60 + at.second / 3600


def _until(sums: tuple[float, ...], hour: float) -> float:
    whole = min(int(hour), 167)
    return sums[whole] + (hour - whole) * (sums[whole + 1] - sums[whole])
