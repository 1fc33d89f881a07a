"""A target that fails: when is it bad?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.errors import DeliveryError
from notifier.faltering import TargetHealth, after_failure, after_success, is_bad

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LONG = timedelta(minutes=30)
AWAY = DeliveryError("desk: nobody answers there", target="desk")
REFUSED = DeliveryError("desk: the hook is gone", target="desk", permanent=True)
WELL = TargetHealth(ok_at=NOW + LONG)
ALSO_AWAY = TargetHealth(ok_at=NOW - LONG, since=NOW, fails=5)


def failed(*errors: DeliveryError, every: timedelta = LONG / 2) -> TargetHealth:
    health = after_success(NOW - LONG)
    for number, error in enumerate(errors):
        health = after_failure(health, error, now=NOW + every * number)
    return health


CASES = {
    "one failure": (failed(AWAY), (WELL,), False),
    "refused for good": (failed(REFUSED), (WELL,), True),
    "refused among failures": (failed(AWAY, REFUSED, AWAY), (ALSO_AWAY,), True),
    "away for long": (failed(AWAY, AWAY, AWAY), (WELL,), True),
    "away for long, tried twice": (failed(AWAY, AWAY), (WELL,), False),
    "away for seconds": (failed(*[AWAY] * 9, every=timedelta(0)), (WELL,), True),
    "so are all others": (failed(AWAY, AWAY, AWAY), (ALSO_AWAY,), False),
    "the others were never tried": (failed(AWAY, AWAY, AWAY), (TargetHealth(),), True),
    "there is no other": (failed(AWAY, AWAY, AWAY), (), True),
    "well": (WELL, (WELL,), False),
}


@pytest.mark.parametrize(("health", "others", "bad"), CASES.values(), ids=CASES)
def test_is_bad(health: TargetHealth, others: tuple[TargetHealth, ...], bad: bool) -> None:
    assert is_bad(health, others, now=NOW + LONG) is bad


def test_seconds_are_too_short_to_tell() -> None:
    health = failed(*[AWAY] * 9, every=timedelta(seconds=4))

    assert not is_bad(health, (), now=NOW + timedelta(minutes=1))


def test_what_is_told_of_it() -> None:
    health = failed(AWAY, REFUSED)

    assert (health.since, health.fails, health.why) == (NOW, 2, "the hook is gone")
    assert after_success(NOW).since is None
