"""For which years is the money?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from crawler.model import Period
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence

_YEAR = re.compile(r"(?<![\d.,$€£])20[0-4]\d(?![\d%]|[.,]\d)")
_DASH = re.compile(r"\s?[-–—~〜至]\s?")
_SHORT_FISCAL = re.compile(r"\bfy\s?'?(\d\d)\b")
_FAR = 90  # letters; farther years belong to something else
_PER_SUM = 60  # a year beyond another sum is as good as this much farther
_BEFORE = 6  # a year after its figure is nearer than one before it: "65bn in 2025"
_WORDS = {"period.this_year": 0, "period.last_year": -1, "period.next_year": 1}


def find_period(
    scan: Scan, sentence: Sentence, group: Weighed, *, on: date | None
) -> Period | None:
    """The years that stand nearest to the sum in its own sentence; None where none does.

    "This year" counts from `on`, the day of publication; undated articles know no such year.
    """
    marks = [
        (_distance(sentence, group, start, end), years)
        for start, end, years in _marks(scan, sentence, on)
        if not (group.start <= start < group.end)
    ]
    near = min(marks, default=None, key=lambda mark: mark[0])
    return near[1] if near is not None and near[0] <= _FAR else None


def first_period(scan: Scan, sentence: Sentence, *, on: date | None) -> Period | None:
    """The first years that `sentence` names."""
    marks = sorted(_marks(scan, sentence, on), key=lambda mark: mark[0])
    return marks[0][2] if marks else None


def _marks(scan: Scan, sentence: Sentence, on: date | None) -> list[tuple[int, int, Period]]:
    text = scan.folded.text
    found = _spans_of_years(scan, sentence)
    for match in _SHORT_FISCAL.finditer(text, sentence.start, sentence.end):
        year = 2000 + int(match[1])
        found.append((match.start(), match.end(), Period(first_year=year, last_year=year)))
    if on is not None:
        named = {start for start, _, _ in found}
        for hit in sentence.having(*_WORDS):
            # "خلال العام 2025", "this year, 2026": the number says which year is meant.
            if any(hit.end <= start <= hit.end + 2 for start in named):
                continue
            year = on.year + _WORDS[hit.key]
            found.append((hit.start, hit.end, Period(first_year=year, last_year=year)))
    return found


def _spans_of_years(scan: Scan, sentence: Sentence) -> list[tuple[int, int, Period]]:
    """Years in numbers; two that a dash or a word for "until" joins are one span."""
    text = scan.folded.text
    found: list[tuple[int, int, Period]] = []
    for match in _YEAR.finditer(text, sentence.start, sentence.end):
        year = int(match[0])
        if any(one.start <= match.start() < one.end for one in sentence.sums):
            continue
        if found and _is_joined(text, sentence, found[-1][1], match.start()):
            start, _, before = found[-1]
            if before.first_year == before.last_year <= year:
                found[-1] = (start, match.end(), replace(before, last_year=year))
            continue
        found.append((match.start(), match.end(), Period(first_year=year, last_year=year)))
    return found


def _is_joined(text: str, sentence: Sentence, end: int, start: int) -> bool:
    """Whether nothing but a dash or a word for "until" stands between two years."""
    if _DASH.fullmatch(text, end, start):
        return True
    between = text[end:start].strip()
    return any(
        end <= hit.start < hit.end <= start and hit.end - hit.start == len(between)
        for hit in sentence.having("period.until")
    )


def _distance(sentence: Sentence, group: Weighed, start: int, end: int) -> int:
    if start >= group.end:
        low, high, away = group.end, start, start - group.end
    else:
        low, high, away = end, group.start, group.start - end + _BEFORE
    between = sum(low <= one.start < high and one is not group.sum for one in sentence.sums)
    return away + between * _PER_SUM
