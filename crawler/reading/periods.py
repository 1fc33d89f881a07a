"""For which years is the money?"""

from __future__ import annotations

import re
from datetime import date

from crawler.model import Period
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence

_YEARS = re.compile(
    r"(?<![\d.,$€£])(?:fy\s?|fiscal\s)?(20[0-4]\d)(?:\s?(?:-|to|through|and|الي|حتي|à|و)\s?(20[0-4]\d))?(?![\d%]|[.,]\d)"
)
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
    found: list[tuple[int, int, Period]] = []
    for match in _YEARS.finditer(text, sentence.start, sentence.end):
        if any(one.start <= match.start() < one.end for one in sentence.sums):
            continue
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if first <= last:
            found.append((match.start(), match.end(), Period(first_year=first, last_year=last)))
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


def _distance(sentence: Sentence, group: Weighed, start: int, end: int) -> int:
    if start >= group.end:
        low, high, away = group.end, start, start - group.end
    else:
        low, high, away = end, group.start, group.start - end + _BEFORE
    between = sum(low <= one.start < high and one is not group.sum for one in sentence.sums)
    return away + between * _PER_SUM
