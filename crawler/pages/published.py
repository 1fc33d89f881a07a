"""When was the article of a page published, and how do we know?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import chain
from urllib.parse import unquote, urlsplit

import htmldate
from selectolax.lexbor import LexborHTMLParser

from crawler.model import Evidence, Listing, Published, Reason
from crawler.pages.around import is_around, without_surroundings
from crawler.pages.body import text_of_node
from crawler.pages.clean import one_line
from crawler.pages.dates import (
    find_update,
    is_date_line,
    parse_date,
    published_from,
    says_published,
)
from crawler.pages.metadata import Facts
from crawler.pages.relative import find_relative
from crawler.pages.stamps import Stamp, build_stamp, parse_epoch, parse_stamp

_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d{2})[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>[0-3]\d)(?=[/_-]|$)"
)
_PLACES = (
    '[class*="publish" i], [class*="pubdate" i], [class*="post-date" i], [class*="entry-date" i], '
    '[class*="article-date" i], [class*="article__date" i], [class*="news-date" i], '
    '[class*="byline" i] time, time, [id*="publish" i], [class*="date" i], [class*="time" i], '
    '[class*="meta" i], [class*="tarikh" i]'
)
_MAY_BE_A_DATE = re.compile(r"\d|منذ|قبل|[اأ]مس|اليوم")
_MOST_PLACES, _LONGEST_PLACE, _UNDER = 40, 120, 12
_LONGEST_HEAD = 130  # of a line that is no text yet
_WHOLE = 2
_SAME_DAY = timedelta(days=1, minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a date in words is read against."""

    now: datetime  # when the page was fetched
    zone: tzinfo
    language: str | None
    country: str | None


def find_published(
    facts: Facts,
    tree: LexborHTMLParser,
    *,
    url: str,
    markup: str,
    title: str,
    moment: Moment,
    listing: Listing | None,
    ruled: str | None = None,
) -> tuple[Published | None, tuple[Reason, ...]]:
    """The date of publication by the best evidence there is; None rather than a guess.

    `ruled` is what the owner's page rule found. A list and a page that disagree by more than a
    day give the older date: an old story must never look new.
    """
    reasons: list[Reason] = []
    told = _first(_ruled(ruled, moment), moment, reasons)
    if told is not None:
        return told, tuple(reasons)
    listed = listing.published if listing else None
    declared = _first(_declared(facts, moment), moment, reasons)
    if listed is not None and declared is not None:
        return _of_two(listed, declared, reasons), tuple(reasons)
    if listed is not None or declared is not None:
        return declared or listed, tuple(reasons)
    lines = _lines(markup)
    found = (
        _first(_under_title(lines, title, moment), moment, reasons)
        or _first(_shown(tree, facts.headings, moment), moment, reasons)
        # The line above the title may tell the clock of the day that the address names.
        or _first(chain(_in_url(url, moment), _above_title(lines, title, moment)), moment, reasons)
        or _first(_searched(markup, lines, url, moment), moment, reasons)
    )
    return found, tuple(reasons)


_Candidate = tuple[Stamp | None, Evidence, str]


def _first(
    candidates: Iterator[_Candidate], moment: Moment, reasons: list[Reason]
) -> Published | None:
    """The first candidate that is a date, or the same day told better by a later one."""
    best: Published | None = None
    quality = 0
    for stamp, evidence, raw in candidates:
        published, reason = published_from(stamp, evidence, raw, now=moment.now)
        if reason is not None:
            reasons.append(reason)
        if stamp is None or published is None:
            continue
        better = _quality(stamp, moment)
        if best is None or (better > quality and _is_near(best, published)):
            best, quality = published, better
        if quality == _WHOLE:
            break
    return best


def _quality(stamp: Stamp, moment: Moment) -> int:
    """A day is less than a clock, and a clock without a zone less than one with it."""
    if stamp.day_only:
        return 0
    return _WHOLE if stamp.has_zone or moment.zone is not UTC else 1


def _is_near(one: Published, other: Published) -> bool:
    return abs(one.at - other.at) <= _SAME_DAY


def _of_two(listed: Published, declared: Published, reasons: list[Reason]) -> Published:
    """A page knows its zone better than its feed; neither may make an old story new."""
    if _is_near(listed, declared):
        return listed if declared.day_only and not listed.day_only else declared
    older = min(listed, declared, key=lambda one: one.at)
    text = f"list says {listed.at:%Y-%m-%d}, page says {declared.at:%Y-%m-%d}: the older counts"
    reasons.append(Reason(code="dates_differ", text=text))
    return older


def _ruled(raw: str | None, moment: Moment) -> Iterator[_Candidate]:
    if raw:
        yield _read(raw, moment), Evidence.PAGE_RULE, raw


def _declared(facts: Facts, moment: Moment) -> Iterator[_Candidate]:
    for evidence, raw in facts.dates:
        yield _read(raw, moment), evidence, raw


def _read(raw: str, moment: Moment) -> Stamp | None:
    return (
        parse_stamp(raw, zone=moment.zone)
        or parse_epoch(raw)
        or parse_date(
            raw,
            now=moment.now,
            zone=moment.zone,
            language=moment.language,
            country=moment.country,
        )
    )


def _lines(markup: str) -> list[str]:
    """The lines that a reader of the page sees."""
    body = LexborHTMLParser(markup).body
    text = text_of_node(body, gap=" ") if body else ""  # <span>2025</span><span>04:46</span>
    lines = (one_line(line, 300) for line in text.splitlines())
    return [line for line in lines if line]


def _places(lines: list[str], title: str) -> list[int]:
    key = " ".join(title.split()).casefold()
    return [i for i, line in enumerate(lines) if line.casefold() == key][:3]


def _under_title(lines: list[str], title: str, moment: Moment) -> Iterator[_Candidate]:
    """Date lines between headline and text, then any line labelled as publication."""
    for i in _places(lines, title):
        for line in _until_text(lines[i + 1 : i + 1 + _UNDER]):
            if len(line) <= _LONGEST_PLACE and _is_about_publication(line, moment):
                yield _read(line, moment), Evidence.TEXT, line
    for line in lines:
        if len(line) <= _LONGEST_PLACE and says_published(line):
            stamp = _read(line, moment)
            if stamp and not stamp.relative:  # that may be the age of another article
                yield stamp, Evidence.TEXT, line


def _above_title(lines: list[str], title: str, moment: Moment) -> Iterator[_Candidate]:
    for i in _places(lines, title):
        for line in lines[max(0, i - 4) : i]:
            stamp = _read(line, moment) if is_date_line(line) else None
            # Many sites print today's date in their head: an old story must not get it.
            if stamp and not _is_today(stamp, moment):
                yield stamp, Evidence.TEXT, line


def _until_text(lines: list[str]) -> Iterator[str]:
    """Lines up to the second long one: the first may be a standfirst, behind the second comes
    what other articles are dated."""
    long_count = 0
    for line in lines:
        long_count += len(line) > _LONGEST_HEAD
        if long_count > 1:
            return
        yield line


def _is_about_publication(line: str, moment: Moment) -> bool:
    if is_date_line(line) or says_published(line):
        return True
    return len(line) <= 40 and find_relative(line, moment.now) is not None


def _is_today(stamp: Stamp, moment: Moment) -> bool:
    return stamp.at.date() == moment.now.astimezone(stamp.at.tzinfo).date()


def _shown(
    tree: LexborHTMLParser, headings: tuple[str, ...], moment: Moment
) -> Iterator[_Candidate]:
    """Short texts of elements under the headline that are named after dates, in page order."""
    is_under = False
    for node in tree.css(f"h1, {_PLACES}")[: 4 * _MOST_PLACES]:
        if node.tag == "h1":
            is_under = True
            continue
        raw = node.attributes.get("datetime") or one_line(node.text(deep=True, separator=" "), 400)
        if raw and is_under and len(raw) <= _LONGEST_PLACE and _MAY_BE_A_DATE.search(raw):
            stamp = _read(raw, moment)
            # "18 hours ago" away from the headline is the age of another article.
            if stamp and not stamp.relative and not is_around(node, headings):
                yield stamp, Evidence.TEXT, raw


def _in_url(url: str, moment: Moment) -> Iterator[_Candidate]:
    match = _IN_URL.search(unquote(urlsplit(url).path))
    if match:
        day = int(match["y"]), int(match["m"]), int(match["d"])
        yield build_stamp(*day, None, moment.zone), Evidence.URL, match[0].strip("/")


def _searched(markup: str, lines: list[str], url: str, moment: Moment) -> Iterator[_Candidate]:
    """htmldate, the last resort: on news it is right less often than what pages declare."""
    try:
        told = htmldate.find_date(
            without_surroundings(markup),
            url=url,
            original_date=True,
            extensive_search=False,
            max_date=moment.now.date().isoformat(),
        )
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return
    updated = (find_update(line, moment.now) for line in lines if len(line) <= _LONGEST_PLACE)
    if told and told not in {at.at.date().isoformat() for at in updated if at}:
        day = date.fromisoformat(told)
        stamp = build_stamp(day.year, day.month, day.day, None, moment.zone)
        if stamp and not _is_today(stamp, moment):
            yield stamp, Evidence.TEXT, told
