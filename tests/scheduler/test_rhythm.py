"""When is the next look?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from config.model import Source
from scheduler.rhythm import next_look_after_answer, next_look_after_failure

NOON = datetime(2025, 1, 24, 12, tzinfo=UTC)
EVERY_15_MIN = Source(
    id="gulf", name="Gulf", url="https://gulf.example/feed", kind="feed", rhythm_min=Decimal(15)
)

ANSWERS = {
    "nothing asked": (None, 15),
    "cache for five minutes": (300, 15),
    "cache for half an hour": (1800, 30),
    "cache for a year is a careless header": (31_536_000, 60),
}


@pytest.mark.parametrize(("max_age_s", "minutes"), ANSWERS.values(), ids=ANSWERS)
def test_after_an_answer(max_age_s: int | None, minutes: int) -> None:
    at = next_look_after_answer(EVERY_15_MIN, max_age_s=max_age_s, now=NOON, jitter=0)

    assert at == NOON + timedelta(minutes=minutes)


def test_jitter_is_at_most_a_tenth_and_never_early() -> None:
    at = next_look_after_answer(EVERY_15_MIN, max_age_s=None, now=NOON, jitter=1)

    assert at == NOON + timedelta(minutes=16.5)


FAILURES = {
    "the first": (1, None, timedelta(minutes=30)),
    "the third": (3, None, timedelta(minutes=120)),
    "the hundredth": (100, None, timedelta(hours=24)),
    "asked to rest three hours": (1, NOON + timedelta(hours=3), timedelta(hours=3)),
    "asked to rest till the year 9999": (1, NOON.replace(year=9999), timedelta(hours=24)),
}


@pytest.mark.parametrize(("failures", "until", "rest"), FAILURES.values(), ids=FAILURES)
def test_after_a_failure(failures: int, until: datetime | None, rest: timedelta) -> None:
    at = next_look_after_failure(EVERY_15_MIN, failures=failures, until=until, now=NOON, jitter=1)

    assert at == NOON + rest
