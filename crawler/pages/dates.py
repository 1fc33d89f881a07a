"""Which day does a line such as "الأحد، 26 كانون الثاني 2025" or "منذ يوم" name?

Machine-made dates first, then our own tables (Gregorian months of 20 languages, Hijri, Jalali,
relative phrases), then dateparser with the page's language only. None rather than a guess.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from crawler.model import Evidence, Published, Reason
from crawler.pages.clean import visible
from crawler.pages.days import find_day, is_numbered_day
from crawler.pages.hours import find_clock
from crawler.pages.relative import OWN_LANGUAGES, find_relative, names_a_day
from crawler.pages.stamps import Stamp, ascii_digits, parse_stamp
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
_LONGEST_LINE = 200


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
        or find_day(line, zone=zone, language=language, country=country)
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
        and find_day(plain, zone=UTC, language="ar", country=None) is None
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
    found = find_clock(fold(line)) if names_a_day(line) else None
    if found is None:
        return Stamp(at=_midnight(at), day_only=True, relative=True)
    hour, minute, second = found[0]
    return Stamp(at=_midnight(at).replace(hour=hour, minute=minute, second=second), relative=True)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _by_dateparser(line: str, *, now: datetime, zone: tzinfo, language: str | None) -> Stamp | None:
    """What dateparser reads in the page's language; it must name day, month and year itself."""
    if language is None or len(line) > 60 or not re.search(r"\d", line) or is_numbered_day(line):
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
