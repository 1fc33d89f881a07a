"""A digest comes by its reader's clock, also on the nights on which clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.model import Target
from notifier.periods import last_due

DUE = {
    "today, after its hour": ("daily 08:00", "Asia/Dubai", "2025-01-24T04:00", "2025-01-24T04:00"),
    "yesterday's, before its hour": (
        "daily 08:00", "Asia/Dubai", "2025-01-24T03:59", "2025-01-23T04:00",
    ),
    "already tomorrow over there": (
        "daily 08:00", "Pacific/Auckland", "2025-01-24T20:00", "2025-01-24T19:00",
    ),
    "still yesterday over there": (
        "daily 20:00", "America/Los_Angeles", "2025-01-24T03:00", "2025-01-23T04:00",
    ),
    "weekly, on its day": (
        "weekly sunday 08:00", "Asia/Riyadh", "2025-01-26T05:00", "2025-01-26T05:00",
    ),
    "weekly, six days later": (
        "weekly sunday 08:00", "Asia/Riyadh", "2025-02-02T04:59", "2025-01-26T05:00",
    ),
    "the night before clocks go forward": (
        "daily 08:00", "Europe/Berlin", "2025-03-29T12:00", "2025-03-29T07:00",
    ),
    "the morning after": ("daily 08:00", "Europe/Berlin", "2025-03-30T12:00", "2025-03-30T06:00"),
    "an hour that does not exist": (
        "daily 02:30", "Europe/Berlin", "2025-03-30T12:00", "2025-03-30T01:30",
    ),
    "an hour that comes twice, its first time": (
        "daily 02:30", "Europe/Berlin", "2025-10-26T12:00", "2025-10-26T00:30",
    ),
}  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("when", "zone", "now", "due"), DUE.values(), ids=DUE)
def test_it_was_due_last(when: str, zone: str, now: str, due: str) -> None:
    assert last_due(when, zone, at(now)) == at(due)


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Asia/Riyadh", "Africa/Cairo"]
)
@pytest.mark.parametrize("clock", ["00:00", "01:30", "02:30", "23:59"])
def test_a_year_of_days_has_one_each(zone: str, clock: str) -> None:
    moments = {
        last_due(f"daily {clock}", zone, at("2025-01-02T00:00") + timedelta(minutes=20 * step))
        for step in range(365 * 72)
    }

    assert len(moments) == 366


WRONG = ("08:00", "daily", "daily 8:00", "daily 24:00", "weekly 08:00", "weekly funday 08:00", "x")


@pytest.mark.parametrize("written", WRONG)
def test_another_word_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(ValueError, match="write daily 08:00, or weekly sunday 08:00"):
        Target(id="me", url="json://x", tags=("desk",), digest=written)
