"""Quiet hours as people write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from config.quiet import is_ever_open, is_quiet, parse_quiet

# 2026-11-26 is a Thursday.
ASKED = {
    "before midnight": ("23:00-07:00", "2026-11-26 23:00", True),
    "after midnight": ("23:00-07:00", "2026-11-27 06:59", True),
    "at its end": ("23:00-07:00", "2026-11-27 07:00", False),
    "before its start": ("23:00-07:00", "2026-11-26 22:59", False),
    "within one day": ("12:30-13:15", "2026-11-26 13:14", True),
    "a day of the week": ("thu 20:00-22:00", "2026-11-26 21:00", True),
    "another day": ("fri 20:00-22:00", "2026-11-26 21:00", False),
    "the night belongs to the day it begins on": ("thu 23:00-07:00", "2026-11-27 03:00", True),
    "not to the one it ends on": ("fri 23:00-07:00", "2026-11-27 03:00", False),
    "days over the end of the week": ("sat-mon 10:00-11:00", "2026-11-22 10:30", True),
    "several days": ("Friday, saturday 10:00–11:00", "2026-11-28 10:30", True),
    "a whole day": ("fri-sat", "2026-11-28 23:59", True),
    "up to midnight": ("20:00-24:00", "2026-11-26 23:59", True),
    "from midnight": ("20:00-24:00", "2026-11-27 00:00", False),
}


@pytest.mark.parametrize(("text", "wall", "answer"), ASKED.values(), ids=ASKED)
def test_quiet_hours(text: str, wall: str, answer: bool) -> None:
    assert is_quiet([parse_quiet(text)], datetime.fromisoformat(wall)) is answer


REFUSED = {
    "07:00-07:00": "for a whole day write 00:00-24:00",
    "25:00-07:00": "the hours are 00:00 to 23:59",
    "22:00-24:30": "the end at most 24:00",
    "22:00": "write e.g. 23:00-07:00",
    "23-7": "write e.g. 23:00-07:00",
    "nights": "no day of the week (nights)",
    "mon-xyz 10:00-11:00": "no day of the week (mon-xyz)",
    "10:00-11:00 mon": "write e.g. 23:00-07:00",
    "10:00-11:00 12:00-13:00": "write e.g. 23:00-07:00",
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items(), ids=REFUSED)
def test_nonsense_is_refused_with_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse_quiet(text)

    assert sentence in str(refused.value)


OPEN = {
    "a night": (["23:00-07:00"], True),
    "day and night": (["07:00-23:00", "23:00-07:00"], False),
    "all but a minute": (["mon-sun 00:00-23:59"], True),
    "every day": (["mon-fri", "sat", "sun"], False),
}


@pytest.mark.parametrize(("texts", "answer"), OPEN.values(), ids=OPEN)
def test_something_must_be_left_open(texts: list[str], answer: bool) -> None:
    assert is_ever_open(map(parse_quiet, texts)) is answer
