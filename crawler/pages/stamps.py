"""When does a machine-made date say?  RFC 2822, ISO 8601 and their common misspellings.

Strict: what does not say day, month and year is None. A date is never invented.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Stamp(NamedTuple):
    """An instant or a day, and how much of it was said."""

    at: datetime  # aware
    day_only: bool = False  # no clock was given: `at` is midnight
    has_zone: bool = False  # the text itself said the zone
    relative: bool = False  # counted from a moment: "yesterday"


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "0123456789" * 3)
_FIRST_YEAR, _LAST_YEAR = 1971, 2100  # 1 January 1970 is what programs print for no date
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
# Only names with one meaning: IST is three zones, AST and CST two.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60,
    "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "trt": 180, "gst": 240,
    "pkt": 300, "hkt": 480, "sgt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
    "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "brt": -180, "wib": 420,
}  # fmt: skip
_CLOCK = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?"
_ZONE = r"(?P<z>Z|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?|(?![AaPp]\.?[Mm]\b)[A-Za-z]{1,5})?"
_ISO = re.compile(
    rf"(?P<y>\d{{4}})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})"
    rf"(?:(?:\s*T\s*|[\s,]+){_CLOCK}\s*{_ZONE})?",
    re.IGNORECASE,
)
_ISO_BASIC = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:T?(?P<h>\d{2}):?(?P<mi>\d{2})(?::?(?P<s>\d{2}))?(?P<z>Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_MAIL = re.compile(
    rf"(?:[A-Za-z]{{2,9}}\.?,?\s*)?(?P<d>\d{{1,2}})[\s-](?P<mon>[A-Za-z]{{3,9}})\.?,?[\s-]"
    rf"(?P<y>\d{{4}}|\d{{2}})(?:,?\s+{_CLOCK}\s*{_ZONE})?",
    re.IGNORECASE,
)
_UNIX = re.compile(
    rf"[A-Za-z]{{3,9}},?\s+(?P<mon>[A-Za-z]{{3,9}})\s+(?P<d>\d{{1,2}})\s+{_CLOCK}"
    r"\s+(?:(?P<z>[A-Za-z]{1,5}|[+-]\d{4})\s+)?(?P<y>\d{4})",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(?:\([^()]{0,60}\)|\[[\w/+-]{1,40}\])\s*$")
_ENDS_IN_CLOCK = re.compile(r"(?<![+-]\d{2}):\d{2}$")
_NAMED_ZONE = re.compile(r"(.{8,60}?:\d{2})\s+([A-Z][A-Za-z]{2,15}/[A-Za-z_/-]{3,30})")
_LOST_PLUS = re.compile(r"(T\d{2}:\d{2}(?::\d{2})?) (\d{2}:?\d{2})$")  # read as part of a URL
_DOTTED = re.compile(r"(?<=\d{4} )(\d{1,2})\.(\d{2})\.(\d{2})(?![\d.])")


# The two shapes of nearly all dates, for which Python has a reader in C.
_QUICK_ISO = re.compile(
    r"((?:19[89][0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?"
    r"(Z|[+-](?:0[0-9]|1[0-3]):?[0-5][0-9])"
)
_QUICK_MAIL = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-9]{1,2}) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (19[89][0-9]|20[0-9]{2}) "
    r"([0-9]{2}:[0-9]{2}:[0-5][0-9]) (GMT|UTC|Z|[+-](?:0[0-9]|1[0-3])[0-5][0-9])"
)
_QUICK_MONTHS = {name: f"{n:02}" for n, name in enumerate(_MONTH_NAMES.title().split(), 1)}
_QUICK_ZONES = {"GMT": "+00:00", "UTC": "+00:00", "Z": "+00:00"}


def ascii_digits(text: str) -> str:
    """`text` with Arabic, Persian and Devanagari digits as 0-9."""
    return text.translate(_DIGITS)


def zone_of(name: str | None) -> tzinfo:
    """The IANA zone `name`; UTC where there is none."""
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def parse_stamp(text: str | None, *, zone: tzinfo = UTC) -> Stamp | None:
    """The day or instant that the whole of `text` says; `zone` holds where it says none.

    Source: RFC 2822 3.3 and 4.3 (two-digit years), ISO 8601, `date` of Unix.
    >>> parse_stamp("Sun, 26 Jan 2025 10:00:00 +0300").at.isoformat()
    '2025-01-26T10:00:00+03:00'
    >>> parse_stamp("2025-02-30") is None
    True
    """
    quick = _quick(text) if text else None
    if quick is not None:
        return Stamp(at=quick, has_zone=True)
    line = _tidied(ascii_digits((text or "")[:200]).replace("\u200f", "").strip())
    named = _NAMED_ZONE.fullmatch(line)
    if named is not None:
        stamp = parse_stamp(named[1], zone=zone_of(named[2]))
        return stamp and stamp._replace(has_zone=True)
    for shape in (_ISO, _MAIL, _UNIX, _ISO_BASIC):
        match = shape.fullmatch(line)
        if match:
            return _stamp(match.groupdict(), zone)
    return None


def _tidied(line: str) -> str:
    """`line` without the slips of the programs that write dates."""
    line = _LOST_PLUS.sub(r"\1+\2", _DOTTED.sub(r"\1:\2:\3", line))
    # "(GST)" repeats the offset before it, or is the only word on the zone.
    bare = _COMMENT.sub("", line)
    if bare == line or not _ENDS_IN_CLOCK.search(bare):
        return bare
    return f"{bare} {line[len(bare) :].strip(' ()[]')}"


def _quick(text: str) -> datetime | None:
    """`text` in one of the two usual shapes; None is no verdict: the slow way looks at all."""
    if text[:2].isdigit() and (told := _QUICK_ISO.fullmatch(text)) is not None:
        whole = f"{told[1]}{_QUICK_ZONES.get(told[2], told[2])}"
    else:
        told = _QUICK_MAIL.fullmatch(text)
        if told is None:
            return None
        day, month, year, clock, zone = told.groups()
        whole = f"{year}-{_QUICK_MONTHS[month]}-{day:0>2}T{clock}{_QUICK_ZONES.get(zone, zone)}"
    try:
        return datetime.fromisoformat(whole)
    except ValueError:
        return None


def parse_epoch(text: str | None) -> Stamp | None:
    """Seconds or milliseconds since 1970, as some meta tags write them."""
    line = (text or "").strip()
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", line):
        return None
    return Stamp(at=datetime.fromtimestamp(int(line[:10]), UTC), has_zone=True)


def build_stamp(
    year: int, month: int, day: int, clock: tuple[int, int, int] | None, zone: tzinfo
) -> Stamp | None:
    """A Stamp of numbers that may be no date at all."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        at = datetime(year, month, day, tzinfo=zone)
        if clock is None:
            return Stamp(at=at, day_only=True)
        hour, minute, second = clock
        late = hour == 24 and minute == second == 0  # ISO 8601: the end of the day
        at = at.replace(hour=0 if late else hour, minute=minute, second=min(second, 59))
        return Stamp(at=at + timedelta(days=late))
    except (ValueError, OverflowError):
        return None


def parse_zone(text: str | None) -> tzinfo | None:
    """`+03:00`, `GMT+3`, `CEST`; None where it names no zone or several."""
    word = (text or "").strip().lower()
    if word in _ZONES:
        return timezone(timedelta(minutes=_ZONES[word])) if _ZONES[word] else UTC
    match = re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d{1,2}):?(\d{2})?", word)
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60 or int(match[3] or 0) > 59:
        return None
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))


def _stamp(parts: dict[str, str | None], zone: tzinfo) -> Stamp | None:
    month = parts.get("m") or _MONTHS.get((parts.get("mon") or "")[:3].lower())
    if not month:
        return None
    year = int(parts["y"] or 0)
    if len(parts["y"] or "") == 2:
        year += 2000 if year < 50 else 1900
    own = parse_zone(parts.get("z"))
    clock = _clock(parts)
    stamp = build_stamp(year, int(month), int(parts["d"] or 0), clock, own or zone)
    if stamp is None or own is None:
        return stamp
    return Stamp(at=stamp.at, day_only=stamp.day_only, has_zone=True)


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int] | None:
    hour = parts.get("h")
    if hour is None:
        return None
    return int(hour), int(parts.get("mi") or 0), int(parts.get("s") or 0)
