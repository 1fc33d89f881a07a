"""How is one Scrapy crawl kept open, fed, renewed and ended in time?"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

from config.errors import Blocked, FetchError, Gone, Unreachable
from config.model import Settings, Source
from crawler.model import Fetched, Listing
from crawler.spiders.desk import Ask, Desk, slot_of
from crawler.spiders.guard.address import Endpoint, Passport, endpoint_of, find_refusal
from crawler.spiders.guard.body import GZIP_TYPES, parse_content_type
from crawler.spiders.guard.gate import refused
from crawler.spiders.guard.handler import stop_downloads
from crawler.spiders.guard.manners import raise_if_resting
from crawler.spiders.guard.resolver import GuardedResolver
from crawler.spiders.news import NewsSpider, settle
from crawler.spiders.outcome import Outcome, judge, parse_max_age, parse_validator
from crawler.spiders.reactor import install_reactor
from crawler.spiders.settings import DNS_TIMEOUT_S, PLACES, build_settings

log = logging.getLogger("rasid.crawl")

LIST_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
OPENING_S = 30
BACK_OFF_S = 0.5
BACK_OFF_CAP_S = 60
GOOD_LIFE_S = 60  # a crawl that lived longer than this is restarted at once


@dataclass(eq=False, slots=True, kw_only=True)
class _Run:
    """One crawl from its opening to its end, with the asks that it has not answered."""

    crawler: Crawler
    task: asyncio.Task[None]
    asks: asyncio.Queue[Ask]
    begun_s: float  # on the loop's clock
    waiting: set[Ask] = field(default_factory=set)
    retired: bool = False  # its end is wanted, so no fault


class Crawl:
    """The one door to strangers' servers: ask it for lists and pages.

    `now` gives aware UTC. `resolve_private`: further "host" or "host:port" that private
    Sources may reach beside their own, for an intranet with several servers.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        resolve_private: frozenset[str] = frozenset(),
    ) -> None:
        self._settings = settings
        self._desk = Desk(now=now)
        self._beside = frozenset(_endpoints_of(resolve_private))
        self._run: _Run | None = None
        self._runs: set[_Run] = set()
        self._keepers: set[asyncio.Task[None]] = set()
        self._ready = asyncio.Event()
        self._places = asyncio.Semaphore(PLACES)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._stopping = False
        # Two tries of 20 s, five redirects, a robots.txt, and waits of a minute for Crawl-delay.
        self._patience_s = 6 * settings.download_timeout_s + 180

    @property
    def is_open(self) -> bool:
        """Whether asks are being answered now; False while the crawl is restarted."""
        return self._run is not None and not self._run.task.done()

    async def start(self) -> None:
        """Open the crawl on the running loop. Its end, unless wanted, is a fault and repaired."""
        logging.getLogger("scrapy").setLevel(logging.CRITICAL)  # its lines hold whole addresses
        reactor = install_reactor()
        reactor.installNameResolver(
            GuardedResolver(is_inner=self._desk.inner.__contains__, timeout_s=DNS_TIMEOUT_S)
        )
        self._stopping = False
        await self._open()

    async def renew(self) -> None:
        """Put a new crawl in the place of the old one, whose caches never shrink.

        What the old one was asked it still answers; then it ends.
        """
        old = self._run
        await self._open()
        if old is None:
            return
        old.retired = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience_s):
                while old.waiting:
                    await asyncio.wait([ask.answer for ask in old.waiting])
        await self._close(old, "The crawl was renewed.", timeout_s=10)

    async def stop(self, timeout_s: float = 10) -> None:
        """End the crawl in time, also while servers hang; whoever waits gets Unreachable."""
        self._stopping = True
        self._ready.set()
        for keeper in self._keepers:
            keeper.cancel()
        runs, self._run = tuple(self._runs), None
        sentence = "Rasid is stopping."
        await asyncio.gather(*(self._close(run, sentence, timeout_s=timeout_s) for run in runs))

    async def fetch_list(
        self,
        source: Source,
        *,
        url: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched:
        """Fetch the list of `source`, or a part of it at `url`; 304 with no body if unchanged.

        **Raises** FetchError.
        """
        headers = {"Accept": LIST_ACCEPT}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return await self._fetch(source, url or source.url, headers)

    async def fetch_page(self, source: Source, listing: Listing) -> Fetched:
        """Fetch the page that `listing` names. **Raises** FetchError."""
        return await self._fetch(source, listing.url, {"Accept": PAGE_ACCEPT}, listing)

    async def _fetch(
        self, source: Source, url: str, headers: dict[str, str], listing: Listing | None = None
    ) -> Fetched:
        headers["Accept-Language"] = source.language or "*"
        passport = self._passport_of(source)
        refusal = find_refusal(url, passport, inner=frozenset(self._desk.inner))
        if refusal is not None:
            raise refused(url, refusal)
        slot = slot_of(url, passport)
        # One at a time for each host, and in order: behind an answer that asks for a rest no
        # other request of ours is on its way already.
        turn = self._turns.setdefault(slot, asyncio.Lock())
        async with turn, self._places:
            raise_if_resting(self._desk, slot)
            response = await self._ask(url, headers, passport)
        return self._fetched(source, response, listing, conditional=_is_conditional(headers))

    async def _ask(self, url: str, headers: dict[str, str], passport: Passport) -> Response:
        host = urlsplit(url).hostname
        late = Unreachable(f"{host} took too long to answer.", subject=url[:200])
        try:
            async with asyncio.timeout(self._patience_s):
                run = await self._current_run()
                answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
                ask = Ask(url=url, headers=headers, passport=passport, answer=answer)
                run.waiting.add(ask)
                run.asks.put_nowait(ask)
                try:
                    return await answer
                finally:
                    run.waiting.discard(ask)
        except TimeoutError:
            raise late from None

    async def _current_run(self) -> _Run:
        while True:
            await self._ready.wait()
            if self._run is None:
                raise Unreachable("Rasid is stopping.")
            if self._run.crawler.crawling:
                return self._run
            self._ready.clear()  # it has just ended: its keeper is about to open another

    def _passport_of(self, source: Source) -> Passport:
        if not source.private:
            return Passport()
        own = endpoint_of(source.url)
        endpoints = frozenset({own} if own else ()) | self._beside
        self._desk.inner.update(endpoints)
        return Passport(own=endpoints)

    def _fetched(
        self, source: Source, response: Response, listing: Listing | None, *, conditional: bool
    ) -> Fetched:
        headers = {
            name.decode("latin-1").lower(): values[0].decode("latin-1")
            for name, values in response.headers.items()
            if values
        }
        now = self._desk.now()
        answer = judge(response.status, headers, response.body, conditional=conditional, now=now)
        host = urlsplit(response.url).hostname
        _raise_for(answer.outcome, f"{host} {answer.sentence}.", source.id, answer.until)
        kind, charset = parse_content_type(headers.get("content-type"))
        return Fetched(
            source=source,
            url=response.url,
            status=response.status if response.status == 304 else 200,
            content_type="application/xml" if kind in GZIP_TYPES else kind,
            charset=charset,
            body=b"" if response.status == 304 else response.body,
            etag=parse_validator(headers.get("etag")),
            last_modified=parse_validator(headers.get("last-modified")),
            fetched_at=now,
            max_age_s=parse_max_age(headers.get("cache-control")),
            listing=listing,
        )

    async def _open(self) -> None:
        """Open a crawl and make it the one that is fed. **Raises** what hindered it."""
        loop = asyncio.get_running_loop()
        crawler = AsyncCrawlerRunner(build_settings(self._settings)).create_crawler(NewsSpider)
        asks: asyncio.Queue[Ask] = asyncio.Queue()
        opened = asyncio.Event()
        task = loop.create_task(crawler.crawl_async(asks=asks, desk=self._desk, opened=opened))
        waiter = loop.create_task(opened.wait())
        await asyncio.wait({task, waiter}, timeout=OPENING_S, return_when="FIRST_COMPLETED")
        waiter.cancel()
        if not opened.is_set():
            task.cancel()
            await task
            raise RuntimeError("Scrapy ended before it began")
        run = _Run(crawler=crawler, task=task, asks=asks, begun_s=loop.time())
        self._runs.add(run)
        self._run = run
        self._ready.set()
        keeper = loop.create_task(self._keep(run))
        self._keepers.add(keeper)
        keeper.add_done_callback(self._keepers.discard)

    async def _keep(self, run: _Run) -> None:
        """Wait for the end of `run`; if nobody wanted it, open another, with back-off."""
        await asyncio.wait({run.task})
        if run.retired or self._stopping:
            return
        self._run = None
        self._ready.clear()
        error = None if run.task.cancelled() else run.task.exception()
        log.error("the crawl ended unasked and is started again", exc_info=error)
        await self._close(run, "The crawl broke off and is started again.", timeout_s=5)
        loop = asyncio.get_running_loop()
        wait_s = 0.0 if loop.time() - run.begun_s > GOOD_LIFE_S else BACK_OFF_S
        while True:
            await asyncio.sleep(wait_s)
            try:
                return await self._open()
            except Exception:
                log.exception("the crawl could not be started; the next try follows")
            wait_s = min(max(2 * wait_s, BACK_OFF_S), BACK_OFF_CAP_S)

    async def _close(self, run: _Run, sentence: str, *, timeout_s: float) -> None:
        """End `run` in time; whoever still waits for it hears `sentence`."""
        run.retired = True
        for ask in tuple(run.waiting):
            settle(ask, Unreachable(sentence, subject=ask.url[:200]))
        _end_downloads(run.crawler)
        # A cancelled task leaves its engine running: it is stopped beside the task, not by it.
        ending = asyncio.get_running_loop().create_task(run.crawler.stop_async())
        done, late = await asyncio.wait({run.task, ending}, timeout=timeout_s)
        for task in late:
            log.warning("the crawl did not end within %g s and is cut off", timeout_s)
            task.cancel()
        if ending in done and not ending.cancelled() and ending.exception():
            log.warning("the crawl ended badly", exc_info=ending.exception())
        self._runs.discard(run)


def _end_downloads(crawler: Crawler) -> None:
    crawler.signals.send_catch_log(stop_downloads)
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:  # these wait for their delay, up to a minute
            _request, answer = slot.queue.popleft()
            answer.errback(DownloadCancelledError("stopping"))


def _raise_for(outcome: Outcome, sentence: str, subject: str, until: datetime | None) -> None:
    if outcome in (Outcome.FRESH, Outcome.UNCHANGED):
        return
    if outcome is Outcome.BLOCKED:
        raise Blocked(sentence, subject=subject, until=until)
    kinds: dict[Outcome, type[FetchError]] = {Outcome.GONE: Gone}
    raise kinds.get(outcome, Unreachable)(sentence, subject=subject)


def _is_conditional(headers: dict[str, Any]) -> bool:
    return "If-None-Match" in headers or "If-Modified-Since" in headers


def _endpoints_of(places: frozenset[str]) -> list[Endpoint]:
    found = []
    for place in places:
        schemes = ("http",) if ":" in place else ("http", "https")
        found += [endpoint_of(f"{scheme}://{place}/") for scheme in schemes]
    return [endpoint for endpoint in found if endpoint]
