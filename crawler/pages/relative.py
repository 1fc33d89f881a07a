"""Which day is "yesterday", "منذ يوم" or "3時間前"?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.pages.ago import TABLE, Ago
from crawler.text.fold import fold

OWN_LANGUAGES = frozenset(language for row in TABLE for language in row.languages)
_MINUTES = {"s": 0, "n": 1, "h": 60, "d": 1440, "w": 7 * 1440}  # months and years: by calendar
_LONGEST = {"s": 10**6, "n": 10**5, "h": 10**4, "d": 4000, "w": 600, "m": 150, "y": 50}
_CLOCK = r"[\s,،|–-]*(?:[^\W\d]{1,8}\s+){0,2}\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?[\s\w.]{0,12}"


@dataclass(frozen=True, slots=True)
class _Frames:
    ago: re.Pattern[str]
    days: re.Pattern[str]
    units: dict[str, str]
    ones: dict[str, str]
    twos: dict[str, str]
    numbers: dict[str, int]
    named: dict[str, int]


def _pairs(row: str) -> list[tuple[str, str]]:
    return [
        (fold(word.replace("_", " ")), key)
        for key, _, words in (entry.partition("=") for entry in row.split())
        for word in words.split("|")
    ]


def _any(words: list[str]) -> str:
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or r"(?!)"


def _build(ago: Ago) -> _Frames:
    units, ones, twos = (dict(_pairs(row)) for row in (ago.units, ago.ones, ago.twos))
    numbers = {fold(word): int(n) for word, n in (e.split("=") for e in ago.numbers.split())}
    named = {phrase: int(days) for phrase, days in _pairs(ago.days)}
    gap, border = (r"\s*", "") if ago.tight else (r"\s*", r"(?!\w)")
    count = (
        rf"(?P<n>\d{{1,7}}|(?:{_any(list(numbers))})(?=\s|$))"
        if not ago.tight
        else (rf"(?P<n>\d{{1,7}}|{_any(list(numbers))})")
    )
    amount = rf"(?:{count}{gap}(?P<u>{_any(list(units))}){border}"
    amount += rf"|(?P<one>{_any([*ones, *twos])})(?!\w)(?:\s+(?:واحد|واحده))?)"
    frames = [_numbered(part, amount, i) for i, part in enumerate(ago.frames)]
    left = "" if ago.tight else r"(?<!\w)"
    return _Frames(
        ago=re.compile("|".join(f"{left}(?:{frame})" for frame in frames)),
        # Alone, after a label or before a clock: "USA Today" and "اليوم السابع" are newspapers.
        days=re.compile(rf"(?:[^:]{{0,30}}:)?\s*(?P<day>{_any(list(named))})(?:{_CLOCK})?"),
        units=units,
        ones=ones,
        twos=twos,
        numbers=numbers,
        named=named,
    )


def _numbered(frame: str, amount: str, i: int) -> str:
    for name in ("n", "u", "one"):
        amount = amount.replace(f"(?P<{name}>", f"(?P<{name}{i}>")
    return fold_pattern(frame).replace("{}", amount)


def fold_pattern(pattern: str) -> str:
    r"""`pattern` with its words folded and its regex signs untouched (\s stays \s)."""
    return re.sub(r"[^\W\d_]{2,}", lambda word: fold(word[0]), pattern)


_FRAMES = tuple(map(_build, TABLE))


def find_relative(text: str, now: datetime) -> datetime | None:
    """The moment that the first relative phrase of `text` names, counted back from `now`.

    Good to the day only: whoever counts in hours has rounded. `text` is a line such as a
    by-line, not a whole article.
    >>> find_relative("منذ يومين", datetime(2025, 1, 26, 12))
    datetime.datetime(2025, 1, 24, 12, 0)
    """
    line = fold(text[:200])
    for frames in _FRAMES:
        match = frames.ago.search(line)
        if match:
            return _counted(match.groupdict(), frames, now)
    for frames in _FRAMES:
        match = frames.days.fullmatch(line.strip())
        if match:
            days = frames.named[re.sub(r"\s+", " ", match["day"])]
            return now - timedelta(days=days)
    return None


def names_a_day(text: str) -> bool:
    """Whether `text` is "yesterday" or its like, alone or with a clock: that clock is the day's."""
    line = fold(text[:200]).strip()
    return any(frames.days.fullmatch(line) for frames in _FRAMES)


def _counted(groups: dict[str, str | None], frames: _Frames, now: datetime) -> datetime | None:
    found = {key.rstrip("0123456789"): value for key, value in groups.items() if value}
    alone = found.get("one")
    if alone:
        alone = re.sub(r"\s+", " ", alone)
        unit, count = (frames.twos[alone], 2) if alone in frames.twos else (frames.ones[alone], 1)
    else:
        unit = frames.units[re.sub(r"\s+", " ", found["u"])]
        count = int(found["n"]) if found["n"].isdecimal() else frames.numbers[found["n"]]
    return count_back(now, unit, count)


def count_back(now: datetime, unit: str, count: int) -> datetime | None:
    """`now` less `count` units; None where nobody would say so ("900 months ago")."""
    if count > _LONGEST[unit]:
        return None
    if unit in _MINUTES:
        return now - timedelta(minutes=_MINUTES[unit] * count)
    months = now.year * 12 + now.month - 1 - count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    for day in (now.day, 30, 29, 28):
        try:
            return now.replace(year=year, month=month + 1, day=min(day, now.day))
        except ValueError:
            continue
    return None
