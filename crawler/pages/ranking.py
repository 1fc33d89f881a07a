"""Which of the addresses that a site offers is the one to watch?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from crawler.pages.forms import Form
from crawler.pages.survey import Survey

STALE = timedelta(days=30)  # a list whose newest line is older is not what to watch
_OF_COMMENTS = re.compile(
    r"/comments?(?:/|$|\.)|comment|تعليق|kommentar|coment[aá]ri|commenti|комментари|コメント|"
    r"评论|評論|yorum|דיון|תגובות|댓글|टिप्पण|نظرات|דעות",
    re.IGNORECASE,
)
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
        path = unquote(urlsplit(self.url).path)
        return _OF_COMMENTS.search(f"{path} {self.title or ''}") is not None

    @property
    def is_of_a_part(self) -> bool:
        parts = urlsplit(unquote(self.url))
        return _OF_A_PART.search(f"{parts.path}?{parts.query}") is not None


def rank(candidates: Iterable[Candidate], *, asked: str, now: datetime) -> tuple[Candidate, ...]:
    """Those that give any line, the best to watch first. `asked`: the address the owner gave."""
    useful = [each for each in candidates if each.survey.count]
    return tuple(sorted(useful, key=lambda each: _key(each, asked, now), reverse=True))


def is_live(survey: Survey, now: datetime) -> bool:
    """Whether the newest line is not older than a month; an undated list may be."""
    return survey.newest is None or now - survey.newest <= STALE


def is_good(candidate: Candidate, now: datetime) -> bool:
    """Whether looking further is not worth a request: live, dated, and of articles."""
    survey = candidate.survey
    return survey.share_dated >= 0.5 and is_live(survey, now) and not candidate.is_of_comments


def _key(each: Candidate, asked: str, now: datetime) -> tuple[object, ...]:
    survey = each.survey
    return (
        not each.is_of_comments,
        is_live(survey, now),
        _nearness(each, asked),
        survey.count >= 2,
        _WORTH.get(survey.form, 0),
        survey.share_dated >= 0.5,
        survey.newest.timestamp() // 86_400 if survey.newest else 0.0,
        survey.count,
    )


def _nearness(each: Candidate, asked: str) -> int:
    """2: of the very section that was asked for; 1: of the whole site; 0: of another part."""
    wanted = unquote(urlsplit(asked).path).strip("/").casefold()
    path = unquote(urlsplit(each.url).path).strip("/").casefold()
    if wanted and (path == wanted or path.startswith(f"{wanted}/") or each.url == asked):
        return 2
    if wanted and re.search(
        rf"(?:^|[/_.-]){re.escape(wanted.rpartition('/')[2])}(?:[/_.-]|$)", path
    ):
        return 2
    return 0 if each.is_of_a_part else 1
