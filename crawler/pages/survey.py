"""What would a look at this address bring? A list in figures, a page by what it offers."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.model import Fetched, Listing, Reason
from crawler.pages.charset import decode
from crawler.pages.forms import Form, Head, find_head
from crawler.pages.language import resolve_language
from crawler.pages.link_header import find_header_feeds
from crawler.pages.listing import read_listing
from crawler.pages.offers import Offers, find_offers
from crawler.pages.result import ListOutcome
from crawler.pages.scrub import unpack
from crawler.pages.stamps import parse_stamp

_LIMIT = 4 << 20
_DAY_ONLY = "day only"
NO_ZONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A fetched list in figures. All of it is counted as a look would read it."""

    head: Head
    outcome: ListOutcome
    listings: tuple[Listing, ...] = ()
    more: tuple[str, ...] = ()  # further sitemaps of an index
    reasons: tuple[Reason, ...] = ()
    dated: int = 0
    newest: datetime | None = None  # aware
    zone: str | None = None  # of most dates: "+03:00", "none", "day only"; None: undated
    text_length: int = 0  # code points of the summaries: the median of the lines
    language: str | None = None  # ISO 639-1, of the titles
    offers: Offers | None = None  # where it is a web page

    @property
    def count(self) -> int:
        return len(self.listings)

    @property
    def form(self) -> Form:
        return self.head.form

    @property
    def share_dated(self) -> float:
        return self.dated / self.count if self.listings else 0.0


def survey_list(fetched: Fetched) -> Survey:
    """What a look would make of `fetched`; a section page without a pattern gets its own."""
    text = decode(unpack(fetched.body), fetched.charset)[:_LIMIT]
    head = find_head(text)
    offers = _offers(text, fetched) if head.form is Form.PAGE else None
    result = read_listing(fetched)
    measured = measure(result.listings)
    return replace(
        measured,
        head=head,
        outcome=result.outcome,
        more=result.more,
        reasons=result.reasons,
        offers=offers,
        language=resolve_language(_titles(result.listings), fetched.source.language, head.language)
        or (resolve_language("", offers.language) if offers else None),
    )


def _offers(markup: str, fetched: Fetched) -> Offers:
    """What the page offers; feeds that only the server's headers name stand behind its own."""
    offers = find_offers(markup, fetched.url)
    own = [feed for feed in offers.feeds if feed.declared]
    named = {feed.url for feed in own}
    more = [one for one in find_header_feeds(fetched.link, fetched.url) if one.url not in named]
    named |= {one.url for one in more}
    linked = (feed for feed in offers.feeds if not feed.declared and feed.url not in named)
    return replace(offers, feeds=(*own, *more, *linked))


def without_list(reason: Reason) -> Survey:
    """What is left where the bytes could not be read at all."""
    return Survey(head=Head(form=Form.UNKNOWN), outcome=ListOutcome.BROKEN, reasons=(reason,))


def measure(listings: Iterable[Listing]) -> Survey:
    """The figures of `listings`, whatever list they stood in."""
    lines = tuple(listings)
    dates = [line.published for line in lines if line.published]
    zones = Counter(_zone_of(date.raw, day_only=date.day_only) for date in dates)
    lengths = [len(line.summary or "") for line in lines]
    return Survey(
        head=Head(form=Form.UNKNOWN),
        outcome=ListOutcome.FRESH if lines else ListOutcome.EMPTY,
        listings=lines,
        dated=len(dates),
        newest=max((date.at for date in dates), default=None),
        zone=zones.most_common(1)[0][0] if zones else None,
        text_length=int(statistics.median(lengths)) if lengths else 0,
    )


def _zone_of(raw: str, *, day_only: bool) -> str:
    stamp = parse_stamp(raw)
    if day_only or stamp is None:
        return _DAY_ONLY if day_only else NO_ZONE
    return stamp.at.isoformat()[-6:] if stamp.has_zone else NO_ZONE


def _titles(listings: tuple[Listing, ...]) -> str:
    return "\n".join(line.title for line in listings[:40] if line.title)


def newest_first(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """`listings` by date, the newest first; undated ones after them, in their order."""
    lines = tuple(listings)
    dated = [line for line in lines if line.published]
    dated.sort(key=lambda line: -line.published.at.timestamp() if line.published else 0.0)
    return (*dated, *(line for line in lines if line.published is None))
