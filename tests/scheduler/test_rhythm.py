"""When is the next look?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from config.model import Source
from crawler.health.habit import Habit, learn
from crawler.health.model import HARD, PASSING, Fault, HealthState
from scheduler.rhythm import next_look_after_answer, next_look_after_failure

NOON = datetime(2025, 1, 24, 12, tzinfo=UTC)  # a Friday
EVERY_15_MIN = Source(
    id="gulf", name="Gulf", url="https://gulf.example/feed", kind="feed", rhythm_min=Decimal(15)
)
REFUSAL = Fault(state=HealthState.BLOCKED, weight=HARD, text="403")
ACCIDENT = Fault(state=HealthState.UNREACHABLE, weight=PASSING, text="too slow")

ANSWERS = {
    "nothing asked": (None, 15),
    "cache for five minutes": (300, 15),
    "cache for half an hour": (1800, 30),
    "cache for a year is a careless header": (31_536_000, 60),
}


@pytest.mark.parametrize(("asked_s", "minutes"), ANSWERS.values(), ids=ANSWERS)
def test_after_an_answer(asked_s: int | None, minutes: int) -> None:
    at = next_look_after_answer(EVERY_15_MIN, asked_s=asked_s, now=NOON, jitter=0)

    assert at == NOON + timedelta(minutes=minutes)


def test_jitter_is_at_most_a_tenth_and_never_early() -> None:
    at = next_look_after_answer(EVERY_15_MIN, now=NOON, jitter=1)

    assert at == NOON + timedelta(minutes=16.5)


def office_hours() -> Habit:
    """Eight weeks of stories at 8, 10, 12 and 14 UTC, Monday to Friday."""
    habit, monday = Habit(), datetime(2024, 11, 25, tzinfo=UTC)
    for day in range(56):
        for hour in (8, 10, 12, 14):
            if day % 7 < 5:
                habit = learn(habit, monday + timedelta(days=day, hours=hour))
    return habit


HOURS = {
    "in its busy hours": (NOON, 0, 3.75, 10),
    "at night": (NOON.replace(hour=23), 0, 30, 90),
    "on its weekend": (NOON + timedelta(days=1), 0, 30, 90),
    "when it has just published, also at night": (NOON.replace(hour=23), 0.1, 3.75, 10),
}


@pytest.mark.parametrize(("now", "new", "least", "most"), HOURS.values(), ids=HOURS)
def test_by_its_own_habit(now: datetime, new: float, least: float, most: float) -> None:
    at = next_look_after_answer(
        EVERY_15_MIN, now=now, jitter=0, habit=office_hours(), new_share=new
    )

    assert timedelta(minutes=least) <= at - now <= timedelta(minutes=most)


def test_a_habit_of_three_stories_is_not_believed() -> None:
    habit = Habit()
    for day in range(3):
        habit = learn(habit, NOON + timedelta(days=day))

    at = next_look_after_answer(EVERY_15_MIN, now=NOON, jitter=0, habit=habit)

    assert at == NOON + timedelta(minutes=15)


FAILURES = {
    "the first refusal": (REFUSAL, 1, None, timedelta(minutes=15)),
    "the third": (REFUSAL, 3, None, timedelta(minutes=60)),
    "the hundredth": (REFUSAL, 100, None, timedelta(hours=24)),
    "an accident is looked at again soon": (ACCIDENT, 1, None, timedelta(minutes=7.5)),
    "a host out of reach is not given up for a day": (ACCIDENT, 100, None, timedelta(hours=4)),
    "asked to rest three hours": (ACCIDENT, 1, NOON + timedelta(hours=3), timedelta(hours=3)),
    "asked to rest till 9999": (ACCIDENT, 1, NOON.replace(year=9999), timedelta(hours=24)),
}


@pytest.mark.parametrize(("fault", "failures", "until", "rest"), FAILURES.values(), ids=FAILURES)
def test_after_a_failure(
    fault: Fault, failures: int, until: datetime | None, rest: timedelta
) -> None:
    told = Fault(state=fault.state, weight=fault.weight, text=fault.text, until=until)

    at = next_look_after_failure(EVERY_15_MIN, failures=failures, fault=told, now=NOON, jitter=1)

    assert at == NOON + rest
