"""Which lines does a feed hold?  RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0.

A reader of our own with strict dates; feedparser, its author fields bounded, reads what lxml
cannot. One bad line never loses a feed, and a date is never invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import NamedTuple

import feedparser
from lxml import etree

from crawler.model import Evidence, Listing, Published, Reason
from crawler.pages.clean import from_markup, lines_from_markup
from crawler.pages.dates import parse_date, published_from
from crawler.pages.entries import PUBLISHED, SUMMARIES, TITLES, TOUCHED, Fields, find_entries
from crawler.pages.scrub import local_name
from crawler.pages.stamps import Stamp, parse_stamp
from crawler.pages.urls import absolute_url

MOST_LINES = 500
MOST_READ = 5000
SUMMARY_LIMIT = 4000  # characters of a list's text that are kept while the page waits
SUMMARY_LIMIT_UNKEPT = 300  # where the source's text must not be kept
_MOST_OF_BROKEN = 2 << 20  # characters: feedparser takes 2.7 s for 10,000 lines
_MOST_OF_TEXT = 5 * SUMMARY_LIMIT  # of its markup
_LONGEST_DATE = 80
# Markup is damage; and to take the 13 of 2025-13-01 for a day is a guess.
_NO_DATE = re.compile(r"[^<>\[\]{}]*[<>\[\]{}]|\d{4}[-/.](?:1[3-9]|[2-9]\d)[-/.]")
_NO_SCHEME = re.compile(r"www\.[\w-]{1,63}\.[\w.-]{2,200}(?:/|$)", re.IGNORECASE)
_HEAD = 40  # elements; what a feed says of itself stands before its entries
_MINUTES = re.compile(r"[1-9][0-9]{0,4}")
_ROOTS = {"rss", "rdf", "feed", "channel"}
_ADDRESSES = re.compile(r"(<(?:\w{1,20}:)?(?:author|creator|name|email)\b[^<]{200})[^<]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of a list must know of it."""

    base: str  # address of the list
    now: datetime  # when it was fetched: only to drop dates that have not come
    zone: tzinfo  # of dates that name none
    language: str | None = None
    country: str | None = None
    summary_limit: int = SUMMARY_LIMIT


class Line(NamedTuple):
    """One Listing, and why its date was refused."""

    listing: Listing
    reason: Reason | None = None


def is_feed(root: etree._Element) -> bool:
    """Whether `root` opens a feed of any dialect."""
    return local_name(root).rpartition(":")[2] in _ROOTS


def find_ttl(root: etree._Element) -> int | None:
    """Seconds for which an RSS feed asks not to be asked again, from its `<ttl>` in minutes.

    Not from sy:updatePeriod: WordPress writes "hourly" into every feed, whatever its site does.
    """
    for channel in (root, *root[:3]):
        for element in channel[:_HEAD]:
            if local_name(element) == "ttl":
                minutes = (element.text or "").strip()
                return int(minutes) * 60 if _MINUTES.fullmatch(minutes) else None
    return None


def find_lines(root: etree._Element, asked: Asked) -> tuple[Line, ...]:
    """The lines of a feed, in its order."""
    lines = (_line(fields, asked) for fields in find_entries(root))
    return tuple(line for line in lines if line is not None)


def find_lines_of_broken(text: str, asked: Asked) -> tuple[Line, ...]:
    """What feedparser makes of a feed that is no XML at all."""
    # kurtmckee/feedparser#562: an author of 64 kB takes it 22 seconds.
    text = text[:_MOST_OF_BROKEN]
    text = _ADDRESSES.sub(r"\1", text)
    try:
        # bytes only: feedparser would fetch a str that looks like an address
        told = feedparser.parse(text.encode("utf-8", "replace"), sanitize_html=False)
    except (ValueError, UnicodeError, RecursionError, AttributeError, TypeError, LookupError):
        return ()
    lines = []
    for entry in told.entries[:MOST_READ]:
        fields = {
            "title": entry.get("title", ""),
            "link": entry.get("link", ""),
            "published": entry.get("published", ""),
            "updated": entry.get("updated", ""),
            "description": entry.get("summary", ""),
        }
        line = _line({key: str(value) for key, value in fields.items() if value}, asked)
        if line is not None:
            lines.append(line)
    return tuple(lines)


Dated = tuple[Published | None, Reason | None]


def dated(raw: str | None, evidence: Evidence, asked: Asked) -> Dated | None:
    """The date that `raw` names, or why it is not used; None where it names no day."""
    stamp = _stamp(raw, asked) if raw else None
    if stamp is None or raw is None:
        return None
    return published_from(stamp, evidence, raw, now=asked.now)


def make_line(
    link: str | None,
    *,
    title: str | None,
    date: Dated | None,
    summary: str | None,
    asked: Asked,
) -> Line | None:
    """A Line of raw values; None without an address that people can open."""
    if link and "&amp;" in link:  # escaped twice
        link = link.replace("&amp;", "&")
    if link and _NO_SCHEME.match(link):
        link = f"//{link}"
    url = absolute_url(link, asked.base)
    if url is None:
        return None
    published, reason = date or (None, None)
    text = lines_from_markup(summary[:_MOST_OF_TEXT], asked.summary_limit) if summary else None
    return Line(Listing(url=url, title=title, published=published, summary=text), reason)


def _stamp(raw: str, asked: Asked) -> Stamp | None:
    strict = parse_stamp(raw, zone=asked.zone)
    # A longer text is a date field that swallowed its neighbors: any date in it may be theirs.
    if strict is not None or len(raw) > _LONGEST_DATE or _NO_DATE.match(raw):
        return strict
    if not any(map(str.isdigit, raw)):
        return None
    said = parse_date(
        raw, now=asked.now, zone=asked.zone, language=asked.language, country=asked.country
    )
    # "2 hours ago" in a feed was true when the feed was made, and nobody knows when that was.
    return said if said and not said.relative else None


def _line(fields: Fields, asked: Asked) -> Line | None:
    text = ""
    for name in SUMMARIES:
        if name in fields and len(fields[name]) > len(text):
            text = fields[name]
    return make_line(
        fields.get("link"),
        title=from_markup(_first(fields, TITLES)),
        date=_date_of(fields, asked),
        summary=text,
        asked=asked,
    )


def _first(fields: Fields, names: Sequence[str]) -> str | None:
    for name in names:  # no generator: this is asked three times an entry
        if name in fields:
            return fields[name]
    return None


def _date_of(fields: Fields, asked: Asked) -> Dated | None:
    """The first date of publication that can be read; one of a change only if there is no other."""
    names = TOUCHED if _first(fields, PUBLISHED) is None else PUBLISHED
    for name in names:
        said = dated(fields.get(name), Evidence.FEED, asked)
        if said is not None:
            return said
    return None
