"""What can be watched at an address that somebody typed?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from config.errors import Blocked, FetchError, Gone, RasidError
from config.model import Source
from crawler.model import Fetched
from crawler.pages.advice import PERMANENT
from crawler.pages.forms import Form
from crawler.pages.offers import Offer, Offers
from crawler.pages.places import common_places, find_sitemaps, keeps_its_name, order_sitemaps
from crawler.pages.ranking import Candidate, is_good, is_watchable, order_offers, rank
from crawler.pages.result import ListOutcome
from crawler.pages.survey import Survey
from scheduler.door import Door

MOST_REQUESTS = 20  # for one site
DECLARED, LINKED, SITEMAPS = 4, 3, 3  # of each, as many are asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is to watch, the best first, and what its page says of the site."""

    asked: str
    candidates: tuple[Candidate, ...]
    offers: Offers | None
    notes: tuple[str, ...]  # what did not answer


async def discover(
    door: Door, url: str, *, private: bool = False, asking: Callable[[str], None] | None = None
) -> Found:
    """Ask the site of `url` for its lists, a few polite requests, until a good one is found.

    `asking` hears each address before it is asked.

    **Raises** FetchError where the address itself cannot be had, RasidError for a wall.
    """
    host = urlsplit(url).hostname or ""
    source = Source(id="asked", name=host or "asked", url=url, kind="feed", private=private)
    search = _Search(door=door, source=source, now=door.clock(), base=url, asking=asking)
    await search.run()
    return Found(
        asked=url,
        candidates=rank(search.candidates, asked=url, now=search.now),
        offers=search.offers,
        notes=tuple(search.notes),
    )


@dataclass(slots=True, kw_only=True)
class _Search:
    door: Door
    source: Source
    now: datetime
    base: str  # the address itself, or where it led
    asking: Callable[[str], None] | None = None
    candidates: list[Candidate] = field(default_factory=list)
    offers: Offers | None = None
    notes: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        """Whether a good list is found, or enough was asked."""
        enough = len(self.asked) >= MOST_REQUESTS
        return enough or any(is_good(each, self.now) for each in self.candidates)

    async def run(self) -> None:
        page = await self._front()
        for step in (self._take_feeds, self._take_sitemaps, self._take_common_places):
            if not self.is_over:
                await step()
        if page is not None:
            await self._take_section(page)

    async def _front(self) -> Fetched | None:
        """The page to learn from: the address itself, else the site's front page."""
        url = self.source.url
        front = urljoin(url, "/")
        try:
            page = await self._take(url, "the address itself")
        except Gone as error:
            if url == front:
                raise
            self.notes.append(f"{url}: {error} What follows is of the site's front page.")
            page = None
        if page is None and not self.is_over and front not in self.asked:
            page = await self._try(front, "the front page")
        return page

    async def _take_feeds(self) -> None:
        feeds = self.offers.feeds if self.offers else ()
        await self._take_offers((feed for feed in feeds if feed.declared), DECLARED)
        if not self.is_over:
            await self._take_offers((feed for feed in feeds if not feed.declared), LINKED)
        front = urljoin(self.base, "/")
        if not feeds and front not in self.asked:
            await self._try(front, "the front page")

    async def _take_offers(self, offers: Iterable[Offer], most: int) -> None:
        for offer in order_offers(offers, asked=self.base)[:most]:
            if self.is_over:
                return
            found = "declared by the page" if offer.declared else "linked from the page"
            await self._try(offer.url, found, offer.title)

    async def _take_sitemaps(self) -> None:
        robots = urljoin(self.base, "/robots.txt")
        try:
            fetched = await self.door.crawl.fetch_list(self.source, url=robots)
        except FetchError:
            return  # most sites without one answer 404
        text = fetched.body.decode("utf-8", "replace")
        for url in find_sitemaps(text, robots)[:SITEMAPS]:
            if not self.is_over:
                await self._try(url, "named in robots.txt")

    async def _take_common_places(self) -> None:
        """Only where nothing that lives was declared."""
        if any(is_watchable(each, self.now) for each in self.candidates):
            return
        for url in common_places(self.base):
            if not self.is_over and url not in self.asked:
                await self._try(url, "a common place", quiet=True)

    async def _take_section(self, page: Fetched) -> None:
        """The page itself as a list, by the pattern that its own links show."""
        pattern = self.offers.pattern if self.offers else None
        if pattern is None:
            return
        section = self.source.model_copy(update={"kind": "section", "link_pattern": pattern})
        survey = await self.door.workroom.survey_list(replace(page, source=section))
        self.candidates.append(
            Candidate(
                url=_standing(page, page.url),
                found="the links of the page",
                survey=survey,
                link_pattern=pattern,
            )
        )

    async def _try(
        self, url: str, found: str, title: str | None = None, *, quiet: bool = False
    ) -> Fetched | None:
        try:
            return await self._take(url, found, title)
        except FetchError as error:
            if not quiet or isinstance(error, Blocked):
                self.notes.append(f"{url}: {error}")
            return None

    async def _take(self, url: str, found: str, title: str | None = None) -> Fetched | None:
        """Fetch `url` and note what it gives; it comes back where it is a web page."""
        if url in self.asked:
            return None
        self.asked.add(url)
        if self.asking is not None:
            self.asking(url)
        fetched = await self.door.crawl.fetch_list(self.source, url=url)
        if url == self.base:
            self.base = fetched.url  # https, www: what follows is asked there
            self.asked.add(fetched.url)
        survey = await self.door.workroom.survey_list(fetched)
        if survey.form is Form.PAGE:
            return await self._note_page(url, survey) or fetched
        address = _standing(fetched, url)
        self.candidates.append(Candidate(url=address, found=found, survey=survey, title=title))
        if survey.more and not survey.listings:
            await self._take_children(address, survey, found)
        return None

    async def _note_page(self, url: str, survey: Survey) -> Fetched | None:
        """Keep what the first page offers; the page that it sends its readers to, if any."""
        if self.offers is None:
            if survey.outcome is ListOutcome.BLOCKED:
                raise RasidError(f"{url} cannot be watched: {survey.reasons[0].text}")
            leads_to = survey.offers.leads_to if survey.offers else None
            if leads_to and leads_to not in self.asked:
                return await self._try(leads_to, "the page that it leads to")
            self.offers = survey.offers
        elif survey.offers is not None:
            # A page that lists a site's feeds, as it stands at /rss of many.
            known = {feed.url for feed in self.offers.feeds}
            fresh = (feed for feed in survey.offers.feeds if feed.url not in known)
            await self._take_offers(fresh, LINKED)
        return None

    async def _take_children(self, index: str, survey: Survey, found: str) -> None:
        """The sitemap of news in an index; where it changes its name, the index is watched."""
        child = order_sitemaps(survey.more)[0]
        self.candidates.pop()
        try:
            fetched = await self.door.crawl.fetch_list(self.source, url=child)
        except FetchError as error:
            self.notes.append(f"{child}: {error}")
            return
        below = await self.door.workroom.survey_list(fetched)
        url = child if keeps_its_name(child) else index
        self.candidates.append(Candidate(url=url, found=f"{found}, in an index", survey=below))


def _standing(fetched: Fetched, url: str) -> str:
    """Where to ask the next time: where it moved for good, else where it was asked."""
    return fetched.url if set(fetched.redirects) & PERMANENT else url
