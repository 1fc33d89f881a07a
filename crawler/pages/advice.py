"""What should the owner change in a source's block, after one visit to it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from config.errors import Blocked, FetchError, Gone
from config.model import Source
from config.plural import counted
from crawler.pages.forms import Form
from crawler.pages.ranking import STALE, order_offers
from crawler.pages.result import ListOutcome
from crawler.pages.survey import NO_ZONE, Survey
from crawler.pages.urls import canonical_url, is_same_site

NO_ZONES: Mapping[str, str] = MappingProxyType({})
PERMANENT = frozenset({301, 308})
_MAY_BE_A_KEY = re.compile(
    r"([?&](?:[^=&]{0,20}(?:key|token|auth|secret|sig|pass)[^=&]{0,20}=(?=.)|[^=&]{1,40}=(?=[^&]{20})))"
    r"[^&]+",
    re.IGNORECASE,
)
_FEW_DATED = 0.5
_SHORT_BODY = 200  # characters: less is a teaser
_LONGEST_LINK = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCheck:
    """Whether one article of the list could be read."""

    url: str
    title: str | None = None
    published: datetime | None = None  # aware
    body_length: int = 0  # code points
    note: str | None = None  # why there is no article


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """One visit to a Source: what its address answered, or why it did not."""

    source: Source
    at: datetime  # aware, UTC
    error: FetchError | None = None
    url: str | None = None  # after redirects
    redirects: tuple[int, ...] = ()  # the status of each
    survey: Survey | None = None
    page: PageCheck | None = None

    @property
    def robots(self) -> str | None:
        """What robots.txt says: allowed, refused, unreachable; None: nobody got that far."""
        if self.error is None or (self.error.status is not None and self.error.robots is None):
            return "allowed"
        return {"refused": "refused", "unreadable": "unreachable"}.get(self.error.robots or "")

    @property
    def moved_to(self) -> str | None:
        """Where the address has moved for good; None where it stands."""
        if self.url is None or not self.redirects or not set(self.redirects) <= PERMANENT:
            return None
        return self.url if self.url != canonical_url(self.source.url) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One sentence that ends in what to write. `trouble`: the source does not do its work."""

    text: str
    trouble: bool = True


def advise(probed: Probed, zones: Mapping[str, str] = NO_ZONES) -> tuple[Advice, ...]:
    """What to change, the weightiest first; nothing where all is well.

    `zones`: the one time zone of each country that has one.
    """
    if probed.error is not None:
        return (_about_error(probed.error, probed.source),)
    if probed.survey is None:
        return ()
    return (
        *_about_address(probed),
        *_about_list(probed.source, probed.survey),
        *_about_dates(probed, zones.get(probed.source.country or "")),
        *_about_page(probed),
    )


def _about_error(error: FetchError, source: Source) -> Advice:
    site = _site_of(source.url)
    if error.robots == "refused":
        return Advice(text="write `enabled: no`: its robots.txt refuses us this page")
    if error.robots == "unreadable":
        return Advice(
            text=f"nothing to change: {error} Try again tomorrow; else write `enabled: no`"
        )
    if isinstance(error, Blocked) and error.until is not None:
        return Advice(text=f"raise `rhythm_min:`: {error}")
    if isinstance(error, Blocked):
        return Advice(text=f"write `enabled: no`, or ask the publisher: {error}")
    if isinstance(error, Gone):
        return Advice(text=f"look for its new address with `rasid sources add {site}`: {error}")
    if error.retry == "never":
        target = error.subject or ""
        if target.startswith("http") and not is_same_site(target, source.url):
            text = f"write `url: {target}` if that is its new home: its address leads there, but "
            return Advice(text=text + str(error))
        return Advice(text=f"write another `url:`: {error}")
    return Advice(text=f"nothing to change yet: {error} Try again later")


def _about_address(probed: Probed) -> Iterator[Advice]:
    if not probed.redirects or probed.url is None:
        return
    other = "" if is_same_site(probed.source.url, probed.url) else " on another host"
    is_front = urlsplit(probed.url).path in ("", "/") and urlsplit(probed.source.url).path != "/"
    if is_front:
        site = _site_of(probed.source.url)
        text = (
            f"its address now leads to a front page: `rasid sources add {site}` finds what is left"
        )
        yield Advice(text=text)
    elif probed.moved_to:
        text = f"write `url: {without_secrets(probed.moved_to)}`: it moved there for good{other}"
        yield Advice(text=text, trouble=bool(other))
    elif other:
        text = f"look at {without_secrets(probed.url)}: it sends us there for now, on another host"
        yield Advice(text=text, trouble=False)


def _about_list(source: Source, survey: Survey) -> Iterator[Advice]:
    form = survey.form
    if form is Form.PAGE and source.kind != "section":
        yield _page_for_list(source, survey)
    elif source.kind == "section" and form is Form.PAGE and not survey.count:
        yield _no_links(source, survey)
    elif survey.outcome is not ListOutcome.FRESH and not survey.more:
        reason = survey.reasons[0].text if survey.reasons else "it holds no line"
        later = "if it stays so, write `enabled: no` or find another address with"
        yield Advice(text=f"{reason}; {later} `rasid sources add {_site_of(source.url)}`")
    elif source.kind == "section" and form is Form.PAGE:
        yield from _feed_for_page(source, survey)
    elif form is not Form.UNKNOWN and form.kind != source.kind:
        yield Advice(text=f"write `kind: {form.kind}`: it is a {form}", trouble=False)
    if any(reason.code in {"broken_xml", "cut_off"} for reason in survey.reasons):
        text = "nothing to change: its XML is broken and was read leniently; tell the publisher"
        yield Advice(text=text, trouble=False)


def _page_for_list(source: Source, survey: Survey) -> Advice:
    offers = survey.offers
    if survey.outcome is ListOutcome.BLOCKED:
        reason = survey.reasons[0].text if survey.reasons else "it shows a wall"
        return Advice(text=f"write `enabled: no`, or ask the publisher: {reason}")
    feeds = order_offers(offers.feeds, asked=source.url) if offers else []
    feed = next((each.url for each in feeds if each.url != source.url), None)
    said = f"it gives a web page in place of a {source.kind}"
    if feed:
        return Advice(text=f"write `url: {feed}`: {said}, and that page names this feed")
    if offers and offers.pattern:
        wanted = f"write `kind: section` and `link_pattern: '{offers.pattern}'`"
        return Advice(text=f"{wanted}: {said}, and the page names no feed")
    return Advice(
        text=f"find another address with `rasid sources add {_site_of(source.url)}`: {said}"
    )


def _feed_for_page(source: Source, survey: Survey) -> Iterator[Advice]:
    declared = (feed for feed in survey.offers.feeds if feed.declared) if survey.offers else ()
    best = next(iter(order_offers(declared, asked=source.url)), None)
    if best is not None and not best.is_of_comments:
        text = f"write `url: {best.url}` and `kind: feed` if it holds the same: the page names it"
        yield Advice(text=text, trouble=False)


def _no_links(source: Source, survey: Survey) -> Advice:
    offers = survey.offers
    if survey.outcome is ListOutcome.BLOCKED and survey.reasons:
        return Advice(text=f"write `enabled: no`, or ask the publisher: {survey.reasons[0].text}")
    links = counted(offers.link_count if offers else 0, "link")
    if offers is None or not offers.examples:
        text = f"find a feed with `rasid sources add {_site_of(source.url)}`: "
        return Advice(text=text + f"none of its {links} looks like an article")
    said = "link_pattern matches nothing" if source.link_pattern else "no link was taken"
    shown = ", ".join(unquote(urlsplit(url).path)[:_LONGEST_LINK] for url in offers.examples[:3])
    write = f"; write `link_pattern: '{offers.pattern}'`" if offers.pattern else ""
    return Advice(
        text=f"{said}; of the {links} of the page these look like articles: {shown}{write}"
    )


def _about_dates(probed: Probed, zone: str | None) -> Iterator[Advice]:
    source, survey, page = probed.source, probed.survey, probed.page
    if survey is None or not survey.count:
        return
    if survey.newest is not None and probed.at - survey.newest > STALE:
        days = (probed.at - survey.newest).days
        where = f"`rasid sources add {_site_of(source.url)}`"
        text = f"write `enabled: no`, or find a live address with {where}: "
        yield Advice(text=text + f"its newest line is {counted(days, 'day')} old")
    if survey.zone == NO_ZONE and source.zone is None:
        write = f"`zone: {zone}`" if zone else "`zone:`, e.g. Asia/Riyadh"
        yield Advice(text=f"write {write}: its dates carry none", trouble=False)
    page_undated = page is not None and page.note is None and page.published is None
    if survey.share_dated < _FEW_DATED and page_undated:
        text = "write a `page:` rule with `published:`: neither list nor page has a date we can "
        yield Advice(text=text + "read, and what is undated never alerts")


def _about_page(probed: Probed) -> Iterator[Advice]:
    page = probed.page
    if page is None:
        return
    if page.note is not None:
        text = f"look at {page.url}: its page could not be read ({page.note}); "
        yield Advice(text=text + "write a `page:` rule, or rely on the list's own text")
    elif page.body_length < _SHORT_BODY:
        text = f"look at {page.url}: only {counted(page.body_length, 'character')} of text found; "
        yield Advice(text=text + "write a `page:` rule with `body:`", trouble=False)


def without_secrets(url: str) -> str:
    """`url` for people: what may be a key in its query, from a `${NAME}` of the owner's, is "…"."""
    return _MAY_BE_A_KEY.sub(r"\1…", url)


def _site_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
