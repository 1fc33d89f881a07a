"""Which day does a line such as "الأحد، 26 كانون الثاني 2025" or "منذ يوم" name?

Machine-made dates first, then our own tables (Gregorian months of 20 languages, Hijri, Jalali,
relative phrases), then dateparser with the page's language only. None rather than a guess.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from hijridate import Hijri

from crawler.model import Evidence, Published, Reason
from crawler.pages.clean import visible
from crawler.pages.months import MONTHS, Calendar, month_pattern
from crawler.pages.relative import OWN_LANGUAGES, find_relative, names_a_day
from crawler.pages.stamps import Stamp, ascii_digits, build_stamp, parse_stamp, parse_zone
from crawler.text.fold import fold, fold_spans

_AHEAD = timedelta(days=1)
# A date after one of these words says when the page was touched, not when it was published.
_UPDATED = re.compile(
    r"(?:last\s+)?(?:updated|modified|edited)\b|اخر\s+تحديث|تم\s+(?:ال)?تحديث|تاريخ\s+التحديث|"
    r"حدث\s+في|عدل\s+في|mise?\s+a\s+jour|modifie\s+le|aktualisier|geandert|actualizad|modificad|"
    r"atualizad|aggiornat|guncelle|обновлен|изменен|به\s*روز\s*رساني|diperbarui|更新|수정"
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|created)\b|نشر|publie|veroffentlicht|publicad|pubblicat|"
    r"опубликован|公開|掲載|입력|发布|發布|發佈"
)
_BETWEEN = r"(?:\s|,|،|-|/|\.|\bde\b|\bdel\b|\bof\b|\bمن\b)*"
_YEAR = r"(?:\s|,|،|\.|-|/|\bde\b|\bdel\b|\bof\b|عام|سنه|لعام)*(?P<y>\d{4})(?!\d)"
_DAY = r"(?<!\d)(?P<d>\d{1,2})(?!\d)(?:st|nd|rd|th|er|e|\.|º|ª|-?го)?"
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
_LONGEST_LINE = 200
_LONGEST_SHORT = 80  # a text that names versions and fractions is longer than a by-line
_MONTH_FIRST = {"US", "PH"}


def parse_date(
    text: str | None,
    *,
    now: datetime,
    zone: tzinfo = UTC,
    language: str | None = None,
    country: str | None = None,
) -> Stamp | None:
    """The day or instant that `text` names, in any words; a relative one is counted from `now`.

    `zone` holds where the text says none; `country` tells 3/4/2025 apart in English. Hijri days
    are Umm al-Qura: a local sighting of the moon may be a day off.
    """
    line = ascii_digits(re.sub(r"\s+", " ", (text or "")[: 5 * _LONGEST_LINE])).strip()
    line = _without_updates(line)[:_LONGEST_LINE]
    if not line:
        return None
    return (
        parse_stamp(line, zone=zone)
        or _in_words(line, zone=zone, language=language, country=country)
        or _relative(line, now=now, zone=zone)
        or _by_dateparser(line, now=now, zone=zone, language=language)
    )


def is_date_line(line: str) -> bool:
    """Whether `line` is a by-line's date and little else: label, weekday, day, clock."""
    if len(line) > 80 or not re.search(r"\d", line):
        return False
    plain = ascii_digits(line)
    if (
        parse_stamp(plain) is None
        and _in_words(plain, zone=UTC, language="ar", country=None) is None
    ):
        return False
    return len(re.findall(r"[^\W\d_]{2,}", plain)) <= 8 and not line.rstrip().endswith((".", "。"))


def says_published(line: str) -> bool:
    """Whether `line` bears a label such as "Published" or "تاريخ النشر"."""
    return _PUBLISHED.search(fold(line)) is not None


def find_update(line: str, now: datetime) -> Stamp | None:
    """The day that `line` names behind "Updated" or its like."""
    folded = fold_spans(line)
    update = _UPDATED.search(folded.text)
    return parse_date(line[folded.offsets[update.end()] :], now=now) if update else None


def says_updated(line: str) -> bool:
    """Whether `line` bears a label such as "Updated" or "آخر تحديث"."""
    return _UPDATED.search(fold(line)) is not None


def published_from(
    stamp: Stamp | None, evidence: Evidence, raw: str, *, now: datetime
) -> tuple[Published | None, Reason | None]:
    """`stamp` as a date of publication; a day that has not come yet is dropped with a Reason."""
    if stamp is None:
        return None, None
    if not raw.isprintable() or "  " in raw or len(raw) > 120:
        raw = " ".join(visible(raw).split())[:120]
    if stamp.at - now > _AHEAD:
        text = f"the {evidence.value} date {raw!r} lies more than a day ahead and is not used"
        return None, Reason(code="future_date", text=text)
    if stamp.relative:
        evidence = Evidence.RELATIVE
    return Published(at=stamp.at, evidence=evidence, day_only=stamp.day_only, raw=raw), None


def _without_updates(line: str) -> str:
    """`line` without the date of its last update."""
    folded = fold_spans(line)
    update = _UPDATED.search(folded.text)
    if update is None:
        return line
    told = _PUBLISHED.search(folded.text, update.end())
    rest = line[folded.offsets[told.start()] :] if told else ""
    return line[: folded.offsets[update.start()]] + rest


def _relative(line: str, *, now: datetime, zone: tzinfo) -> Stamp | None:
    at = find_relative(line, now.astimezone(zone))
    if at is None:
        return None
    match = _TIME.search(fold(line)) if names_a_day(line) else None
    clock = _clock(match.groupdict()) if match else None
    if clock is None:
        return Stamp(at=_midnight(at), day_only=True, relative=True)
    hour, minute, second = clock
    return Stamp(at=_midnight(at).replace(hour=hour, minute=minute, second=second), relative=True)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _in_words(
    line: str, *, zone: tzinfo, language: str | None, country: str | None
) -> Stamp | None:
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
            day = _numbered_day(match, language, order if shape is _DAY_FIRST else "day")
        if match and day:
            return _with_clock(day, folded, match.span(), zone, (country, language))
    match = _SHORT_YEAR.search(folded) if language and language in _YEAR_LAST.split() else None
    if match and len(folded) <= _LONGEST_SHORT:
        day = _day(2000 + int(match["y"]), int(match["m"]), int(match["d"]), Calendar.GREGORIAN)
        return _with_clock(day, folded, match.span(), zone, (country, language)) if day else None
    return None


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
    if month > 12 or (order == "month" and day <= 12):
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
        match = _TIME.search(part)
        clock = _clock(match.groupdict()) if match else None
        if match and clock:
            own = _zone_in(part[match.end() :], home) or _zone_in_words(line)
            stamp = build_stamp(day.year, day.month, day.day, clock, own or zone)
            return Stamp(at=stamp.at, has_zone=own is not None) if stamp else None
    return build_stamp(day.year, day.month, day.day, None, zone)


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


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int] | None:
    hour, minute = int(parts["h"] or 0), int(parts["mi"] or 0)
    half = (parts.get("pm") or parts.get("am") or "").lower()
    if half.startswith(_AFTERNOON) and hour < 12:
        hour += 12
    elif half.startswith(_MORNING) and hour == 12:
        hour = 0
    return (hour, minute, int(parts["s"] or 0)) if hour < 24 and minute < 60 else None


def _by_dateparser(line: str, *, now: datetime, zone: tzinfo, language: str | None) -> Stamp | None:
    """What dateparser reads in the page's language; it must name day, month and year itself."""
    if language is None or len(line) > 60 or not re.search(r"\d", line) or _DAY_FIRST.search(line):
        return None
    import dateparser  # slow to import, and most pages never need it

    has_year = re.search(r"\d{4}", line) is not None
    if not has_year and (language in OWN_LANGUAGES or len(line.split()) < 3):
        return None  # "7 hours" may be how long the reading takes
    settings = {
        "RELATIVE_BASE": now.astimezone(zone).replace(tzinfo=None),
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"] if has_year else ["relative-time"],
    }
    try:
        found = dateparser.parse(line, languages=[language], settings=settings)
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    if found is None or not 1970 <= found.year <= 2100:
        return None
    if not has_year:
        return Stamp(at=_midnight(found).replace(tzinfo=zone), day_only=True, relative=True)
    has_clock = re.search(r"\d\s?[:.h]\s?\d{2}(?!\d)(?![.])", line) is not None
    at = found if found.tzinfo else found.replace(tzinfo=zone)
    return Stamp(at=at if has_clock else _midnight(at), day_only=not has_clock)
