"""Which time of day, in which zone, does a line such as "12:09 م بتوقيت الرياض" name?"""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawler.pages.stamps import parse_zone

Clock = tuple[int, int, int]  # hour, minute, second

_TIME = re.compile(
    r"(?<![\d:])(?<!\d\.)(?P<am>午前|午後|오전|오후|上午|下午)?\s*(?P<h>\d{1,2})\s?(?::|h|時|시|点|\.(?=\d\d\b(?!\.)))"
    r"\s?(?P<mi>\d{2})(?!\d)(?::(?P<s>\d{2}))?[분分]?"
    r"\s*(?P<pm>[ap]\.?\s?m\b\.?|ص(?!\w)|م(?!\w)|صباحا|مساء?(?!\w)|ظهرا|عصرا|ليلا)?",
    re.IGNORECASE,
)
_AFTERNOON = ("p", "م", "ظهرا", "عصرا", "午後", "오후", "下午")
_MORNING = ("a", "ص", "午前", "오전", "上午")
_ZONE_AFTER = re.compile(
    r"\s*\(?((?:gmt|utc)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|[a-z]{2,4})(?!\w)"
)
_US_ZONES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
# Letters that several countries use: the country of the source says which, else the language.
_SHARED_ZONES: dict[str, dict[str | None, str]] = {
    "ist": {
        None: "Asia/Kolkata", "IL": "Asia/Jerusalem", "he": "Asia/Jerusalem", "IE": "Europe/Dublin",
    },
    "cst": {
        "US": "America/Chicago", "CN": "Asia/Shanghai", "TW": "Asia/Taipei", "zh": "Asia/Shanghai",
    },
    "ast": {"SA": "Asia/Riyadh", "KW": "Asia/Riyadh", "IQ": "Asia/Baghdad", "ar": "Asia/Riyadh"},
}  # fmt: skip
_ZONE_WORDS: dict[str, str | int] = {
    "غرينتش": 0, "جرينتش": 0, "غرينيتش": 0, "توقيت الرياض": 180, "توقيت السعوديه": 180,
    "توقيت مكه": 180, "توقيت الدوحه": 180, "توقيت الكويت": 180, "توقيت بغداد": 180,
    "توقيت ابوظبي": 240, "توقيت ابو ظبي": 240, "توقيت دبي": 240, "توقيت الامارات": 240,
    "توقيت القاهره": "Africa/Cairo", "توقيت بيروت": "Asia/Beirut", "توقيت عمان": "Asia/Amman",
    "توقيت تونس": 60, "توقيت الجزاير": 60, "eastern time": "America/New_York",
    "eastern standard time": -300, "eastern daylight time": -240, "heure de paris": "Europe/Paris",
    "по московскому": 180, "по москве": 180, "мск": 180, "horario de brasilia": -180,
    "hora de brasilia": -180, "hora peninsular": "Europe/Madrid", "wib": 420,
}  # fmt: skip


def find_clock(folded: str) -> tuple[Clock, int] | None:
    """The first time of day in `folded`, and where its text ends."""
    match = _TIME.search(folded)
    clock = _clock(match.groupdict()) if match else None
    return (clock, match.end()) if match and clock else None


def _clock(parts: dict[str, str | None]) -> Clock | None:
    hour, minute = int(parts["h"] or 0), int(parts["mi"] or 0)
    half = (parts.get("pm") or parts.get("am") or "").lower()
    if half.startswith(_AFTERNOON) and hour < 12:
        hour += 12
    elif half.startswith(_MORNING) and hour == 12:
        hour = 0
    return (hour, minute, int(parts["s"] or 0)) if hour < 24 and minute < 60 else None


def find_zone(behind: str, line: str, home: tuple[str | None, ...]) -> tzinfo | None:
    """The zone that stands right `behind` a clock, or that its `line` names in words.

    `home` is country and language of the source: they tell shared letters such as CST apart.
    """
    return _zone_in(behind, home) or _zone_in_words(line)


def _zone_in(behind: str, home: tuple[str | None, ...]) -> tzinfo | None:
    match = _ZONE_AFTER.match(behind)
    if match is None:
        return None
    shared = _SHARED_ZONES.get(match[1], {})
    name = _US_ZONES.get(match[1]) or next((shared[one] for one in home if one in shared), None)
    name = name or shared.get(None)
    return ZoneInfo(name) if name else parse_zone(match[1])


def _zone_in_words(line: str) -> tzinfo | None:
    zone = next((zone for words, zone in _ZONE_WORDS.items() if words in line), None)
    if zone is None:
        return None
    return ZoneInfo(zone) if isinstance(zone, str) else timezone(timedelta(minutes=zone))
