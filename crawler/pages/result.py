"""What does this room hand back, and what happened to the bytes?"""

from __future__ import annotations

from dataclasses import dataclass
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
