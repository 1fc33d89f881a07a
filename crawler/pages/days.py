"""Which day does a text spell out: with a month's name, or in numbers alone?"""

from __future__ import annotations

import re
from datetime import date, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from hijridate import Hijri

from crawler.pages.hours import find_clock, find_zone
from crawler.pages.months import MONTHS, Calendar, month_pattern
from crawler.pages.stamps import Stamp, build_stamp
from crawler.text.fold import fold

_BETWEEN = r"(?:\s|,|،|-|/|\.|\bde\b|\bdel\b|\bof\b|\bمن\b)*"
_YEAR = r"(?:\s|,|،|\.|-|/|\bde\b|\bdel\b|\bof\b|عام|سنه|لعام)*(?P<y>\d{4})(?!\d)"
_DAY = r"(?<!\d)(?P<d>\d{1,2})(?!\d)(?:st|nd|rd|th|er|e|\.|º|ª|-?го)?"
_CJK = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]?")
_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])(?P<y>\d{4})\s?([-/.])\s?(?P<m>\d{1,2})\s?\2\s?(?P<d>\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})\s?([-/.])\s?(?P<m>\d{1,2})\s?\2\s?(?P<y>\d{4})(?![\da-z%])"
)
# Two digits for the year: only where the day comes first beyond doubt.
_SHORT_YEAR = re.compile(
    r"(?<![\d/.:-])(?P<d>\d{1,2})([./-])(?P<m>\d{1,2})\2(?P<y>\d{2})(?![\d/:%-]|\.\d)"
)
_YEAR_LAST = "ar he de fr es pt it ru uk tr nl da no nb fi pl cs el ro id vi"
_LONGEST_SHORT = 80  # a text that names versions and fractions is longer than a by-line
_MONTH_FIRST = {"US", "PH"}


def find_day(line: str, *, zone: tzinfo, language: str | None, country: str | None) -> Stamp | None:
    """The whole date that `line` spells out, with its clock where there is one."""
    folded = fold(line)
    for calendar in (Calendar.GREGORIAN, Calendar.HIJRI, Calendar.JALALI):
        for shape in _shapes(calendar):
            match = shape.search(folded)
            day = _named_day(match.groupdict(), calendar) if match else None
            if match and day:
                return _with_clock(day, folded, match.span(), zone, (country, language))
    order = _order(language, country)
    for shape in (_CJK, _YEAR_FIRST, _DAY_FIRST):
        match = shape.search(folded)
        day = None
        if match:
            day = _numbered_day(match, language, order if shape is _DAY_FIRST else "year")
        if match and day:
            return _with_clock(day, folded, match.span(), zone, (country, language))
    match = _SHORT_YEAR.search(folded) if language and language in _YEAR_LAST.split() else None
    if match and len(folded) <= _LONGEST_SHORT:
        day = _day(2000 + int(match["y"]), int(match["m"]), int(match["d"]), Calendar.GREGORIAN)
        return _with_clock(day, folded, match.span(), zone, (country, language)) if day else None
    return None


def is_numbered_day(line: str) -> bool:
    """Whether `line` holds a day such as 3/4/2025, which another reader may take otherwise."""
    return (_DAY_FIRST.search(line) or _YEAR_FIRST.search(line)) is not None


def _order(language: str | None, country: str | None) -> str | None:
    """Whether day or month stands first in 3/4/2025; None: two readers would disagree."""
    if country in _MONTH_FIRST:
        return "month"
    return "day" if country or language not in {"en", None} else None


@lru_cache(maxsize=3)
def _shapes(calendar: Calendar) -> tuple[re.Pattern[str], ...]:
    names = month_pattern(calendar)
    month = rf"(?<!\w)(?P<mon>{names})(?!\w)\.?(?:\s?[/(]\s?(?:{names})(?!\w)\s?\)?)?"
    return (
        re.compile(_DAY + _BETWEEN + month + _YEAR),
        re.compile(month + r"\s?,?\s?" + _DAY + _YEAR),
        re.compile(rf"(?P<y>\d{{4}})[\s,،]+{month}\s?{_DAY}(?!\d)"),
    )


def _named_day(parts: dict[str, Any], calendar: Calendar) -> date | None:
    month = MONTHS[calendar].get(re.sub(r"\s+", " ", parts["mon"]))
    return _day(int(parts["y"]), month, int(parts["d"]), calendar) if month else None


def _numbered_day(match: re.Match[str], language: str | None, order: str | None) -> date | None:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if 1300 <= year < 1500:
        calendar = {"ar": Calendar.HIJRI, "fa": Calendar.JALALI}.get(language or "")
        return _day(year, month, day, calendar) if calendar else None
    if order is None and day <= 12 and month <= 12 and day != month:
        return None  # 3/4/2025 is one day in London and another in New York
    # Behind a year the month stands first: to take the 13 of 2025-13-01 for a day is a guess.
    if order != "year" and (month > 12 or (order == "month" and day <= 12)):
        day, month = month, day
    return _day(year, month, day, Calendar.GREGORIAN)


def _day(year: int, month: int, day: int, calendar: Calendar) -> date | None:
    try:
        if calendar is Calendar.HIJRI:
            told = Hijri(year, month, day).to_gregorian()
            return date(told.year, told.month, told.day)
        if calendar is Calendar.JALALI:
            return _from_jalali(year, month, day)
        return date(year, month, day) if 1970 <= year <= 2100 else None
    except (ValueError, OverflowError):
        return None


def _from_jalali(year: int, month: int, day: int) -> date | None:
    """Source: the arithmetic of the 33-year cycle, right for 1300 to 1470."""
    longest = 31 if month < 7 else 30
    if not (1300 <= year <= 1470 and 1 <= month <= 12 and 1 <= day <= longest):
        return None
    return date(2025, 3, 21) + timedelta(
        days=_jalali_days(year, month, day) - _jalali_days(1404, 1, 1)
    )


def _jalali_days(year: int, month: int, day: int) -> int:
    year += 1595
    days = 365 * year + year // 33 * 8 + (year % 33 + 3) // 4 + day
    return days + (31 * (month - 1) if month < 7 else 30 * (month - 7) + 186)


def _with_clock(
    day: date, line: str, span: tuple[int, int], zone: tzinfo, home: tuple[str | None, ...]
) -> Stamp | None:
    # Most clocks stand behind the day; what stands before it is looked at second.
    for part in (line[span[1] : span[1] + 60], line[max(0, span[0] - 40) : span[0]]):
        found = find_clock(part)
        if found:
            clock, end = found
            own = find_zone(part[end:], line, home)
            stamp = build_stamp(day.year, day.month, day.day, clock, own or zone)
            return Stamp(at=stamp.at, has_zone=own is not None) if stamp else None
    return build_stamp(day.year, day.month, day.day, None, zone)
