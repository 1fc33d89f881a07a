"""Which stretch of time do the names in an address tell of: /2025/01/, sitemap-2025-01.xml?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_YEAR = r"(?P<y>199\d|20[0-3]\d)"  # sitemap-2093.xml is the 2,093rd
_MONTH, _DAY = r"(?P<m>0[1-9]|1[0-2])", r"(?P<d>0[1-9]|[12]\d|3[01])"
_FIELDS = {
    "y": ("yyyy", "yy", "year", "y"),
    "m": ("mm", "month", "m"),
    "d": ("dd", "day", "d"),
}
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<!\d){_YEAR}[-_/.]?{_MONTH}[-_/.]?{_DAY}(?!\d)",
        # One digit alone is a part of that year and no month: sitemap-2025-1.xml.
        rf"(?<!\d){_YEAR}[-_/.]?{_MONTH}(?!\d)",
        rf"(?<!\d){_YEAR}[-_/.]?(?P<name>{_NAMED})(?![a-z])",
        rf"(?<![a-z])(?P<name>{_NAMED})[-_/.]?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}(?!\d)",
    )
)
# Sitemaps of what is no article, as the common content systems name them.
_OTHER_KINDS = re.compile(
    r"(?:^|[-_./])(?:categor(?:y|ies)|tags?|post_tag|taxonom(?:y|ies)|authors?|users?|images?|"
    r"videos?|products?|static|sections?|pages?)(?=[-_./]|\d*\.|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From its first moment to its last, UTC."""

    first_at: datetime
    last_at: datetime

    def meets(
        self, since: datetime, until: datetime, *, spare: timedelta = timedelta(days=1)
    ) -> bool:
        """Whether some of it may lie between the two, in whatever zone its days were counted."""
        return self.first_at - spare <= until and self.last_at + spare >= since


def find_stretch(url: str) -> Stretch | None:
    """The day, month or year that the address names; None where it names none.

    >>> find_stretch("https://x.example/sitemap-2025-01.xml").first_at.isoformat()
    '2025-01-01T00:00:00+00:00'
    """
    parts = urlsplit(url)
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}
    told = {
        key: next((asked[n] for n in names if n in asked), None) for key, names in _FIELDS.items()
    }
    if told["y"] and re.fullmatch(_YEAR, told["y"]):
        return _stretch(told["y"], told["m"], told["d"])
    text = unquote(f"{parts.path}?{parts.query}")
    for shape in _SHAPES:
        found = shape.search(text)
        if found:
            said = found.groupdict()
            month = said.get("m") or _number(said.get("name"))
            stretch = _stretch(said["y"], month, said.get("d"))
            if stretch is not None:
                return stretch
    return None


def is_of_articles(url: str) -> bool:
    """Whether a sitemap of this name may list articles: not one of tags, authors or pictures."""
    return find_stretch(url) is not None or not _OTHER_KINDS.search(urlsplit(url).path)


def _number(name: str | None) -> str | None:
    if not name:
        return None
    return str(1 + _MONTHS.index(name.lower()[:3]))


def _stretch(year: str, month: str | None, day: str | None) -> Stretch | None:
    try:
        first = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
        if month is None:
            after = first.replace(year=first.year + 1)
        elif day is None:
            after = (first + timedelta(days=32)).replace(day=1)
        else:
            after = first + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return Stretch(first_at=first, last_at=after - timedelta(microseconds=1))
