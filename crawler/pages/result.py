"""What does this room hand back, and what happened to the bytes?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler.model import Article, Listing, Reason


class PageOutcome(StrEnum):
    """What a fetched page turned out to be."""

    FRESH = "fresh"
    BLOCKED = "blocked"  # paywall, consent, captcha or refusal: never stored as an article
    GONE = "gone"  # a 200 that says "page not found"
    NOT_ARTICLE = "not_article"  # a list of articles, a live blog, a gallery
    EMPTY = "empty"  # a 200 without a body
    BROKEN_LAYOUT = "broken_layout"  # no title or no text where we look for them
    BROKEN = "broken"  # the worker died or was too late: this page only


class ListOutcome(StrEnum):
    """What a fetched feed, sitemap or section page turned out to be."""

    FRESH = "fresh"
    BLOCKED = "blocked"
    EMPTY = "empty"  # read well, and no line in it: the source may have gone quiet
    BROKEN = "broken"  # not what the source promised


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """An Article, or why there is none."""

    article: Article | None
    outcome: PageOutcome
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListResult:
    """Listings, newest first where the list says so, and further lists to look at."""

    listings: tuple[Listing, ...]
    outcome: ListOutcome
    more: tuple[str, ...] = ()  # children of a sitemap index, newest first
    reasons: tuple[Reason, ...] = ()
    ttl_s: int | None = None  # for so long the list asks not to be asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class PastListing:
    """A line of an archive, and where in time the archive puts it."""

    listing: Listing
    at: datetime  # aware, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A sitemap that an index names; its span is what names tell of all its lines."""

    url: str
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage:
    """What one sitemap says of a span of the past; where it could not be read, why."""

    lines: tuple[PastListing, ...] = ()
    children: tuple[Child, ...] = ()
    undated_count: int = 0  # lines that no date places
    reason: Reason | None = None
