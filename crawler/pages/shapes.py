"""Which regular expression tells the articles of a section page from its navigation?

Learned from the page's own links alone: every link that reads like a headline proposes shapes of
its address, from the most telling (a date, a number) to the least (many words), and the shape
that takes most headlines and fewest others wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_DATES = (
    (re.compile(r"/20\d{2}/\d{1,2}/\d{1,2}/"), r"/20\d{2}/\d{1,2}/\d{1,2}/"),
    (re.compile(r"/20\d{2}/\d{1,2}/"), r"/20\d{2}/\d{1,2}/"),
    (re.compile(r"/20\d{2}-\d{1,2}-\d{1,2}(?=[/_-])"), r"/20\d{2}-\d{1,2}-\d{1,2}[/_-]"),
    (re.compile(r"/20\d{2}-\d{1,2}/"), r"/20\d{2}-\d{1,2}/"),
    (re.compile(r"/20\d{2}(?:0\d|1[0-2])[0-3]\d(?=[/_-])"), r"/20\d{2}[01]\d[0-3]\d[/_-]"),
    (re.compile(r"/20\d{2}(?:0\d|1[0-2])(?=/)"), r"/20\d{2}[01]\d/"),
)
_TAIL = re.compile(r"(?P<before>[-_.])(?P<digits>\d+)(?P<end>\.[a-z]{2,5})?/?$")
_WHOLE = re.compile(r"(?P<letters>[a-z]{0,3}[-_]?)(?P<digits>\d+)(?P<end>\.[a-z]{2,5})?/?$", re.I)
_FRONT = re.compile(r"(?P<digits>\d{4,})(?P<after>[-_])\D")
_MIXED = re.compile(r"(?=[^/]*\d)[0-9a-z]{8,40}$", re.I)  # a11c9f3e0d2b, cx2k5l9d0veo
_QUERY = re.compile(
    r"(?:^|&)(?P<name>\w{0,12}id|p|nid|no|article|news|story)=(?P<digits>\d+)", re.I
)
_LEAST = 3  # articles that prove a shape
_LEAST_PRECISION = 0.75
_LEAST_GAIN = 0.2  # share of the headlines that a second shape must add
_MOST_SHAPES = 400
_OF_A_DATE, _OF_A_NUMBER, _OF_WORDS, _OF_A_FOLDER = 1.0, 0.99, 0.85, 0.6  # how telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A link as it counts here."""

    url: str
    article: bool | None  # by its words and its place; None: it may be either
    own: bool = True  # on the site of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A pattern, and what it takes from the page."""

    pattern: str
    articles: frozenset[str]
    others: frozenset[str]

    @property
    def precision(self) -> float:
        return len(self.articles) / (len(self.articles) + len(self.others))


def infer_pattern(links: Iterable[Seen], host: str) -> str | None:
    """The regular expression for `link_pattern`; None where no shape tells three articles apart.

    It begins with the host where it would take links to other sites as well.
    """
    seen = list(links)
    wanted = [link for link in seen if link.own and link.article]
    best = _best(wanted, seen, missing=frozenset(link.url for link in wanted))
    if best is None:
        return None
    missing = frozenset(link.url for link in wanted) - best.articles
    second = _best(wanted, seen, missing=missing)
    pattern = best.pattern
    if second is not None and len(second.articles & missing) >= max(
        _LEAST, _LEAST_GAIN * len(wanted)
    ):
        pattern = f"(?:{best.pattern}|{second.pattern})"
    strangers = (link for link in seen if not link.own)
    if any(_takes(re.compile(pattern), link.url) for link in strangers):
        pattern = rf"^https?://(?:[^/]+\.)?{_plain(host.removeprefix('www.'))}(?=/).*{pattern}"
    return pattern


def _best(wanted: list[Seen], seen: list[Seen], *, missing: frozenset[str]) -> Shape | None:
    patterns: dict[str, float] = {}  # with how telling they are
    for link in wanted:
        if link.url in missing:
            for weight, pattern in _shapes_of(link.url):
                patterns.setdefault(pattern, weight)
    shapes = []
    for pattern in sorted(patterns, key=lambda one: -patterns[one])[:_MOST_SHAPES]:
        shape = _measure(pattern, seen)
        new = len(shape.articles & missing)
        if new >= _LEAST and shape.precision >= _LEAST_PRECISION:
            worth = new * patterns[pattern] - 2 * len(shape.others)
            shapes.append((worth, -len(pattern), shape))
    return max(shapes, key=lambda one: one[:2])[2] if shapes else None


def _measure(pattern: str, seen: list[Seen]) -> Shape:
    shape = re.compile(pattern)
    taken = [link for link in seen if link.own and _takes(shape, link.url)]
    return Shape(
        pattern=pattern,
        articles=frozenset(link.url for link in taken if link.article),
        others=frozenset(link.url for link in taken if link.article is False),
    )


def _takes(shape: re.Pattern[str], url: str) -> bool:
    return shape.search(url) is not None or shape.search(unquote(url)) is not None


def _shapes_of(url: str) -> Iterator[tuple[float, str]]:
    """Patterns that fit `url`, each with how telling it is: 1 for a date."""
    parts = urlsplit(unquote(url))
    folders = parts.path.rstrip("/").split("/")[1:]
    for loss, (found, pattern) in enumerate(_DATES):
        if found.search(parts.path):
            yield _OF_A_DATE - loss / 1000, pattern
    for pattern in _numbered(folders):
        yield _OF_A_NUMBER, pattern
    query = _QUERY.search(parts.query)
    if query:
        yield _OF_A_NUMBER, rf"[?&]{query['name']}={_digits(query['digits'])}(?:&|$)"
    if folders:
        yield from _worded(folders, folders[-1])


def _numbered(folders: list[str]) -> Iterator[str]:
    for depth, folder in enumerate(folders):
        above = _plain(folders[depth - 1]) if depth else ""
        is_last = depth == len(folders) - 1
        tail, whole, front = _TAIL.search(folder), _WHOLE.fullmatch(folder), _FRONT.match(folder)
        number = digits = ""
        if whole and not _is_year(whole["digits"]):
            digits = whole["digits"]
            end = _plain(whole["end"] or "")
            number = rf"{_plain(whole['letters'])}{_digits(digits)}{end}(?:/|$)"
        elif tail and len(tail["digits"]) >= 3 and is_last:
            end = _plain(tail["end"]) if tail["end"] else "/?"
            yield rf"{_plain(tail['before'])}{_digits(tail['digits'])}{end}$"
        elif front:
            digits = front["digits"]
            number = rf"{_digits(digits)}[-_]"
        if number and above and not re.search(r"\d", above):
            yield f"/{above}/{number}"
        if number and len(digits) >= 5:  # four may be a year
            yield f"/{number}".replace("{4,}", "{5,}")
    if folders and len(folders) > 1 and _MIXED.match(folders[-1]):
        yield rf"/{_plain(folders[-2])}/[0-9A-Za-z]{{8,}}$"


def _worded(folders: list[str], last: str) -> Iterator[tuple[float, str]]:
    extension = re.search(r"\.[a-z]{2,5}$", last)
    end = rf"{_plain(extension[0])}$" if extension else r"/?$"
    words = [word for word in re.split(r"[-_\s]", last.removesuffix(end[1:-1])) if word]
    first = _plain(folders[0])
    # A sign is either between words or in one: what may be both takes exponential time.
    many = r"[^/?#_ -]+(?:[-_ ]+[^/?#_ -]+){3,}"
    named = len(folders) > 1 and not re.search(r"\d", first)  # a year will not come again
    if len(words) >= 4 and named:
        yield _OF_WORDS, rf"/{first}/(?:[^?#]+/)?{many}{end}"
    if len(words) >= 4:
        yield _OF_WORDS, rf"/{many}{end}"
    if named:
        yield _OF_A_FOLDER, rf"/{first}/(?:[^?#]+/)?[^/?#]+{end}"


def _plain(text: str) -> str:
    """`text` for a regular expression, as people write it: a hyphen needs no backslash."""
    return re.escape(text).replace(r"\-", "-")


def _digits(seen: str) -> str:
    return r"\d{4,}" if len(seen) >= 4 else rf"\d{{{len(seen)},}}"


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in {"19", "20"}
