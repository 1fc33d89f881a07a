"""Dates in words in seventeen languages, read at ten in the morning (UTC) of 25 November 2026.

The rows of `words.tsv` were written before the code was tried on them; 44 of them were held back
until it was done. dateparser alone is asked the same; `pytest -s` prints both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dateparser
import pytest

from crawler.pages.dates import parse_date

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
GOAL = 0.95


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Name, language, text, and what it says: a day, a clock, an instant or "no date"."""
    text = (Path(__file__).parent / "words.tsv").read_text("utf-8")
    for line in text.splitlines():
        name, language, words, said = line.split("\t")
        yield name, language, words, said


ROWS = tuple(rows())


def is_right(said: str, at: datetime | None, *, day_only: bool) -> bool:
    if said == "no date" or at is None:
        return said == "no date" and at is None
    if len(said) == len("2026-11-25"):
        return at.date().isoformat() == said
    told = datetime.fromisoformat(said)
    return not day_only and (at if told.tzinfo else at.replace(tzinfo=None)) == told


def ours_is_right(language: str, words: str, said: str) -> bool:
    stamp = parse_date(words, now=NOW, language=language)
    return is_right(said, stamp and stamp.at, day_only=stamp is not None and stamp.day_only)


def theirs_is_right(language: str, words: str, said: str) -> bool:
    base = {"RELATIVE_BASE": NOW.replace(tzinfo=None)}
    at = dateparser.parse(words, languages=[language], settings=base)
    if at is not None and len(said) > len("2026-11-25") and datetime.fromisoformat(said).tzinfo:
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return is_right(said, at, day_only=False)


def test_nearly_all_are_right_and_dateparser_stands_beside():
    ours = {name for name, *row in ROWS if ours_is_right(*row)}
    theirs = {name for name, *row in ROWS if theirs_is_right(*row)}

    arabic = {name for name, language, *_ in ROWS if language == "ar"}
    for label, names in (
        ("Arabic", arabic),
        ("others", {name for name, *_ in ROWS} - arabic),
        ("all", {name for name, *_ in ROWS}),
    ):
        print(  # shown by pytest -s
            f"\n{label:8} {len(names):4} strings   ours {len(ours & names) / len(names):.3f}   "
            f"dateparser {len(theirs & names) / len(names):.3f}",
            end="",
        )
    print("\nmissed:", ", ".join(name for name, *_ in ROWS if name not in ours) or "none")
    assert len(ROWS) == 120
    assert len(ours) >= GOAL * len(ROWS)


@pytest.mark.parametrize(("language", "words"), [row[1:3] for row in ROWS if row[3] == "no date"])
def test_no_date_is_never_invented(language, words):
    assert parse_date(words, now=NOW, language=language) is None
