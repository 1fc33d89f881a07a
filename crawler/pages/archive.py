"""What does a sitemap say of a span of a site's past, and which sitemaps below it say more?

The daemon's look wants the newest 500 lines; here all 50,000 that a sitemap may hold are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lxml import etree

from crawler.model import Fetched, Listing, Reason
from crawler.pages.feeds import Asked, is_feed
from crawler.pages.listing import read_listing
from crawler.pages.result import ArchivePage, Child, PastListing
from crawler.pages.scrub import parse_sound, parse_xml, scrub, unpack
from crawler.pages.sitemap import MOST_BYTES, MOST_LINES, fields_of, is_sitemap, line_of, plain_name
from crawler.pages.spans import Stretch, find_stretch, is_of_articles
from crawler.pages.stamps import parse_stamp, zone_of
from crawler.pages.urls import absolute_url

_SPARE = timedelta(days=1)  # days are counted in some zone
_A_MONTH = timedelta(days=32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The span that is asked for, and what names above a sitemap tell of its lines."""

    since: datetime
    until: datetime
    above: Stretch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    listing: Listing
    touched_at: datetime | None = None  # at the end of the day where a day is told


def read_sitemap(fetched: Fetched, wanted: Wanted) -> ArchivePage:
    """The lines in the span that a sitemap, a text sitemap or a feed lists, and the children of
    an index that may list more.
    """
    asked = Asked(base=fetched.url, now=fetched.fetched_at, zone=zone_of(fetched.source.zone))
    body = unpack(fetched.body, limit=MOST_BYTES)
    sound = parse_sound(body, limit=MOST_BYTES)
    if sound is not None and is_sitemap(sound):
        return _read(sound, asked, wanted, fetched.source.link_pattern)
    try:
        text = scrub(body, fetched.charset, limit=MOST_BYTES)
    except ValueError as error:
        return _unread("hostile", f"the sitemap is not read: {error}")
    root, _ = parse_xml(text)
    if root is not None and is_sitemap(root):
        return _read(root, asked, wanted, fetched.source.link_pattern)
    if root is not None and is_feed(root):  # the protocol allows a feed as a sitemap
        told = [_Told(listing=one) for one in read_listing(fetched).listings]
    else:
        told = _find_plain(text, asked)
        if not told:
            return _unread("no_sitemap", "the answer is no sitemap")
    return _placed(told, (), wanted, fetched.source.link_pattern)


def may_hold(url: str, touched_at: datetime | None, wanted: Wanted) -> bool:
    """Whether the sitemap at `url` may list articles of the span, by its name and its date.

    One that was touched before the span lists nothing younger; one that was touched after it may
    list anything older.
    """
    if not is_of_articles(url) or (touched_at is not None and touched_at + _SPARE < wanted.since):
        return False
    stretch = find_stretch(url)
    return stretch is None or stretch.meets(wanted.since, wanted.until)


def moment_of(listing: Listing, touched_at: datetime | None, wanted: Wanted) -> datetime | None:
    """Where the archive puts a line in time; None where it says nothing of it.

    Its date of publication; else the day or month in its address, else what the names of the
    sitemaps above it tell; else when it was touched, which may be years later.
    """
    if listing.published is not None:
        return listing.published.at.astimezone(UTC)
    own = find_stretch(listing.url)
    is_close = own is not None and own.last_at - own.first_at < _A_MONTH
    stretch = own if is_close else wanted.above
    if stretch is None:
        return touched_at
    if not stretch.meets(wanted.since, wanted.until, spare=timedelta(0)):
        return stretch.first_at
    if touched_at is not None and stretch.first_at <= touched_at <= stretch.last_at:
        return touched_at
    return min(max(stretch.first_at, wanted.since), wanted.until)


def _read(root: etree._Element, asked: Asked, wanted: Wanted, pattern: str | None) -> ArchivePage:
    told: list[_Told] = []
    children: list[Child] = []
    for element in list(root)[:MOST_LINES]:
        name, fields = plain_name(element), fields_of(element)
        touched_at = _touched(fields.get("lastmod"), asked)
        if name == "sitemap":
            url = absolute_url(fields.get("loc"), asked.base)
            if url is not None and may_hold(url, touched_at, wanted):
                children.append(_child(url, wanted))
        elif name == "url":
            line = line_of(fields, asked)
            if line is not None:
                told.append(_Told(listing=line.listing, touched_at=touched_at))
    return _placed(told, tuple(children), wanted, pattern)


def _child(url: str, wanted: Wanted) -> Child:
    stretch = find_stretch(url) or wanted.above
    if stretch is None:
        return Child(url=url)
    return Child(url=url, first_at=stretch.first_at, last_at=stretch.last_at)


def _placed(
    told: list[_Told], children: tuple[Child, ...], wanted: Wanted, pattern: str | None
) -> ArchivePage:
    lines: dict[str, PastListing] = {}
    undated = 0
    for one in told:
        if pattern and not re.search(pattern, one.listing.url):
            continue
        at = moment_of(one.listing, one.touched_at, wanted)
        if at is None:
            undated += 1
        elif wanted.since <= at <= wanted.until:
            lines.setdefault(one.listing.url, PastListing(listing=one.listing, at=at))
    return ArchivePage(lines=tuple(lines.values()), children=children, undated_count=undated)


def _find_plain(text: str, asked: Asked) -> list[_Told]:
    """A text sitemap: one address a line.  Source: sitemaps.org/protocol.html#otherformats"""
    words = [line.strip() for line in text.splitlines()[:MOST_LINES] if line.strip()]
    if not all(word.startswith(("http://", "https://")) for word in words):
        return []
    urls = [url for word in words if (url := absolute_url(word, asked.base)) is not None]
    return [_Told(listing=Listing(url=url)) for url in urls]


def _touched(text: str | None, asked: Asked) -> datetime | None:
    stamp = parse_stamp(text, zone=asked.zone)
    if stamp is None:
        return None
    at = stamp.at.astimezone(UTC)
    return at + timedelta(days=1, microseconds=-1) if stamp.day_only else at


def _unread(code: str, sentence: str) -> ArchivePage:
    return ArchivePage(reason=Reason(code=code, text=sentence))
