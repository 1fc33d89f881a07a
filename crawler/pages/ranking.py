"""Which of the addresses that a site offers is the one to watch?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from crawler.pages.forms import Form
from crawler.pages.offers import Offer, speaks_of_comments
from crawler.pages.survey import Survey

STALE = timedelta(days=30)  # a list whose newest line is older is not what to watch
_DATED = 0.5  # of the lines
_OF_A_PART = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|authors?|labels?|keywords?|sections?|وسم|تصنيف|كاتب)/|"
    r"[?&](?:cat|tag|author|sectionid|category)=|podcast|video|audio",
    re.IGNORECASE,
)
_WORTH = {  # of a form, where all else is equal
    Form.RSS: 5,
    Form.ATOM: 5,
    Form.RDF: 5,
    Form.JSON_FEED: 4,
    Form.WORDPRESS: 3,
    Form.NEWS_SITEMAP: 2,
    Form.PAGE: 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that could be watched, how we came to it, and what it gave."""

    url: str  # after permanent redirects
    found: str  # "declared by the page", "named in robots.txt" …
    survey: Survey
    title: str | None = None  # as whoever names it calls it
    link_pattern: str | None = None  # of a section page

    @property
    def is_of_comments(self) -> bool:
        return speaks_of_comments(self.url, self.title)


def rank(candidates: Iterable[Candidate], *, asked: str, now: datetime) -> tuple[Candidate, ...]:
    """Those that give any line, the best to watch first. `asked`: the address the owner gave."""
    useful = [each for each in candidates if each.survey.count]
    return tuple(sorted(useful, key=lambda each: _key(each, asked, now), reverse=True))


def order_offers(offers: Iterable[Offer], *, asked: str) -> list[Offer]:
    """`offers` in the order in which to ask for them: of the section asked for, of comments last.

    A site's own order decides where these say nothing: its main feed stands first.
    """

    def key(offer: Offer) -> tuple[bool, int]:
        return offer.is_of_comments, -_nearness(offer.url, asked)

    return sorted(offers, key=key)


def is_live(survey: Survey, now: datetime) -> bool:
    """Whether the newest line is not older than a month; an undated list may be."""
    return survey.newest is None or now - survey.newest <= STALE


def is_watchable(candidate: Candidate, now: datetime) -> bool:
    """Whether it gives articles, and may well give new ones."""
    survey = candidate.survey
    return survey.count > 0 and is_live(survey, now) and not candidate.is_of_comments


def is_good(candidate: Candidate, now: datetime) -> bool:
    """Whether looking further is not worth a request: live and dated, and of articles."""
    return is_watchable(candidate, now) and candidate.survey.share_dated >= _DATED


def _key(each: Candidate, asked: str, now: datetime) -> tuple[object, ...]:
    survey = each.survey
    return (
        not each.is_of_comments,
        is_live(survey, now),
        # A feed of the whole site is better to watch than the page of the very section.
        min(_nearness(each.url, asked), 1 if survey.form is Form.PAGE else 2),
        survey.count >= 2,
        _WORTH.get(survey.form, 0),
        survey.share_dated >= _DATED,
        survey.newest.timestamp() // 86_400 if survey.newest else 0.0,
        survey.count,
    )


def _nearness(url: str, asked: str) -> int:
    """2: of the very section that was asked for; 1: of the whole site; 0: of another part."""
    parts = urlsplit(unquote(url))
    wanted = unquote(urlsplit(asked).path).strip("/").casefold()
    path = parts.path.strip("/").casefold()
    if url == asked or (wanted and path.startswith(f"{wanted}/")):
        return 2
    name = re.escape(wanted.rpartition("/")[2])
    if wanted and re.search(rf"(?:^|[/_.-]){name}(?:[/_.-]|$)", path):
        return 2
    return 0 if _OF_A_PART.search(f"{parts.path}?{parts.query}") else 1
