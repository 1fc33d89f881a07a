"""Which lines does a feed hold?  RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed.

A reader of our own with strict dates; feedparser, its author fields bounded, reads what lxml
cannot. One bad line never loses a feed, and a date is never invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import feedparser
from lxml import etree

from crawler.model import Evidence, Listing, Reason
from crawler.pages.clean import from_markup, one_line
from crawler.pages.dates import parse_date, published_from
from crawler.pages.scrub import local_name
from crawler.pages.stamps import Stamp, parse_stamp
from crawler.pages.urls import absolute_url

MOST_LINES = 500
_MOST_READ = 5000  # lines looked at, so that the newest 500 are the newest also in a mixed order
_MOST_OF_BROKEN = 2 << 20  # characters: feedparser takes 2.7 s for 10,000 lines
_SUMMARY_LIMIT, _LONGEST_DATE = 2000, 80
_ROOTS = {"rss", "rdf", "feed", "channel"}
_CORE = {
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/net/rss1.1#",
}
_FAMILIES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://search.yahoo.com/mrss/": "media",
}
_TITLES = ("title", "dc:title", "media:title")
_SUMMARIES = ("description", "summary", "content:encoded", "content", "dc:description")
# `updated` last: an old article that was touched today must not look new where it can be helped.
_DATES = (
    "pubdate", "published", "dc:date", "dcterms:issued", "issued", "dcterms:created", "created",
    "date", "updated",
)  # fmt: skip
_NOT_THE_ARTICLE = {"self", "edit", "enclosure", "replies", "related", "via", "hub", "next"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of a list must know of it."""

    base: str  # address of the list
    now: datetime  # when it was fetched: only to drop dates that have not come
    zone: tzinfo  # of dates that name none
    language: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One Listing, and why its date was refused."""

    listing: Listing
    reason: Reason | None = None


def is_feed(root: etree._Element) -> bool:
    """Whether `root` opens a feed of any dialect."""
    return local_name(root).rpartition(":")[2] in _ROOTS


def find_lines(root: etree._Element, asked: Asked) -> tuple[Line, ...]:
    """The lines of a feed, in its order."""
    lines = []
    for element in _entries(root):
        line = _line(_fields(element), asked)
        if line is not None:
            lines.append(line)
    return tuple(lines)


def find_json_lines(told: object, asked: Asked) -> tuple[Line, ...] | None:
    """The lines of a JSON Feed; None if `told` is none.  Source: jsonfeed.org/version/1.1"""
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        return None
    lines = (_json_line(item, asked) for item in told["items"][:_MOST_READ])
    return tuple(line for line in lines if line is not None)


def find_lines_of_broken(text: str, asked: Asked) -> tuple[Line, ...]:
    """What feedparser makes of a feed that is no XML at all."""
    # kurtmckee/feedparser#562: an author of 64 kB takes it 22 seconds.
    text = text[:_MOST_OF_BROKEN]
    text = re.sub(r"(<(?:\w{1,20}:)?(?:author|creator|name|email)\b[^<]{200})[^<]*", r"\1", text)
    try:
        # bytes only: feedparser would fetch a str that looks like an address
        told = feedparser.parse(text.encode("utf-8", "replace"), sanitize_html=False)
    except (ValueError, UnicodeError, RecursionError, AttributeError, TypeError, LookupError):
        return ()
    lines = []
    for entry in told.entries[:_MOST_READ]:
        fields = {
            "title": entry.get("title", ""),
            "link": entry.get("link", ""),
            "pubdate": entry.get("published", "") or entry.get("updated", ""),
            "description": entry.get("summary", ""),
        }
        line = _line({key: str(value) for key, value in fields.items()}, asked)
        if line is not None:
            lines.append(line)
    return tuple(lines)


def make_line(
    link: str | None,
    *,
    title: str | None,
    date: tuple[str, Evidence] | None,
    summary: str | None,
    asked: Asked,
) -> Line | None:
    """A Line of raw values; None without an address that people can open."""
    url = absolute_url(link, asked.base)
    if url is None:
        return None
    published, reason = None, None
    if date is not None:
        stamp = _stamp(date[0], asked)
        published, reason = published_from(stamp, date[1], date[0], now=asked.now)
    return Line(
        listing=Listing(url=url, title=title, published=published, summary=summary), reason=reason
    )


def _stamp(raw: str, asked: Asked) -> Stamp | None:
    strict = parse_stamp(raw, zone=asked.zone)
    # A longer text is a date field that swallowed its neighbors: any date in it may be theirs.
    if strict is not None or len(raw) > _LONGEST_DATE or "<" in raw:
        return strict
    if not any(map(str.isdigit, raw)):
        return None
    said = parse_date(
        raw, now=asked.now, zone=asked.zone, language=asked.language, country=asked.country
    )
    # "2 hours ago" in a feed was true when the feed was made, and nobody knows when that was.
    return said if said and not said.relative else None


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    seen = 0
    for element in root.iter():
        if local_name(element) in {"item", "entry"} and seen < _MOST_READ:
            seen += 1
            yield element


def _fields(element: etree._Element) -> dict[str, str]:
    """First text of each kind of child; "link" is the address of the article."""
    fields: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    is_atom = local_name(element) == "entry"
    for child in element:
        name = _name(child, is_atom=is_atom)
        if name.rpartition(":")[2] == "link" and child.get("href"):
            links.append((child.get("rel") or "alternate", child.get("href") or ""))
            continue
        if name == "guid" and (child.get("isPermaLink") or "true").lower() == "false":
            continue
        text = _text(child)
        if text:
            fields.setdefault(name, text)
    fields.setdefault("link", _best_link(links, fields, element))
    return fields


def _name(child: etree._Element, *, is_atom: bool) -> str:
    tag = child.tag if isinstance(child.tag, str) else ""
    space, _, local = tag.rpartition("}")
    space, local = space.lstrip("{").lower(), local.lower()
    family = _FAMILIES.get(space, "" if space in _CORE else "other")
    # In an Atom entry Atom's own names are the plain ones; feeds of Google Blogger and others
    # also put atom:updated into RSS, where a plain name is as good.
    if family == "atom" and (is_atom or local in {"link", "published", "updated"}):
        family = ""
    if ":" in local and not family:  # an undeclared prefix, as broken feeds have it
        return local.removeprefix("atom:").removeprefix("rss:")
    return f"{family}:{local}" if family else local


def _text(child: etree._Element) -> str:
    try:
        return "".join(child.itertext()).strip()[:65_536]
    except (UnicodeError, ValueError):
        return ""


def _best_link(links: list[tuple[str, str]], fields: dict[str, str], element: Any) -> str:
    for rel, href in links:
        if rel.lower() == "alternate":
            return str(href)
    for rel, href in links:
        if rel.lower() not in _NOT_THE_ARTICLE:
            return str(href)
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    for said in (fields.get("guid"), fields.get("id"), about, fields.get("url")):
        if said and re.match(r"https?://", said, re.IGNORECASE):
            return str(said)
    return ""


def _line(fields: dict[str, str], asked: Asked) -> Line | None:
    title = next((fields[name] for name in _TITLES if fields.get(name)), None)
    summary = next((fields[name] for name in _SUMMARIES if fields.get(name)), None)
    raw = next((fields[name] for name in _DATES if fields.get(name)), None)
    return make_line(
        fields.get("link"),
        title=from_markup(title),
        date=(raw[:_SUMMARY_LIMIT], Evidence.FEED) if raw else None,
        summary=from_markup(summary, _SUMMARY_LIMIT),
        asked=asked,
    )


def _json_line(item: object, asked: Asked) -> Line | None:
    if not isinstance(item, dict):
        return None
    said = {key: value for key, value in item.items() if isinstance(value, str)}
    summary = said.get("summary") or said.get("content_text") or said.get("content_html")
    raw = said.get("date_published")
    return make_line(
        said.get("url") or said.get("external_url") or said.get("id"),
        title=one_line(from_markup(said.get("title"))),
        date=(raw, Evidence.FEED) if raw else None,
        summary=from_markup(summary, _SUMMARY_LIMIT),
        asked=asked,
    )
