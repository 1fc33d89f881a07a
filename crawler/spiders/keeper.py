"""How does one Scrapy crawl stay open, follow another, and end in time?"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

from config.errors import Unreachable
from config.model import Settings
from crawler.spiders.desk import Ask, Desk
from crawler.spiders.failure import subject_of
from crawler.spiders.guard.address import Passport
from crawler.spiders.guard.handler import stop_downloads
from crawler.spiders.news import NewsSpider, settle
from crawler.spiders.settings import build_settings

log = logging.getLogger("rasid.crawl")

OPENING_S = 30
BACK_OFF_S = 0.5
BACK_OFF_CAP_S = 60
GOOD_LIFE_S = 60  # a crawl that lived longer than this is restarted at once
RENEWED_END_S = 10
STOPPING = "Rasid is stopping."


@dataclass(eq=False, slots=True, kw_only=True)
class Run:
    """One crawl from its opening to its end, with the asks that it has not answered."""

    crawler: Crawler
    task: asyncio.Task[None]
    asks: asyncio.Queue[Ask]
    begun_s: float  # on the loop's clock
    waiting: set[Ask] = field(default_factory=set)
    retired: bool = False  # its end is wanted, so no fault


class Keeper:
    """Keeps one crawl open on the running loop. Its end, unless wanted, is a fault and repaired."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self.run: Run | None = None  # the crawl that is fed; None while none is open
        self._settings = settings
        self._desk = desk
        self._runs: set[Run] = set()
        self._watches: set[asyncio.Task[None]] = set()
        self._ready = asyncio.Event()
        self._stopping = False
        # Two tries of 20 s, five redirects, a robots.txt, and waits of a minute for Crawl-delay.
        self._patience_s = 6 * settings.download_timeout_s + 180

    @property
    def is_open(self) -> bool:
        return self.run is not None and self.run.crawler.crawling

    async def start(self) -> None:
        """Open the first crawl. **Raises** what hindered it: without one nothing can be read."""
        self._stopping = False
        await self._open()

    async def renew(self) -> None:
        """Put a new crawl in the place of the old one, whose caches never shrink.

        What the old one was asked it still answers; then it ends.
        """
        old = self.run
        await self._open()
        if old is None:
            return
        old.retired = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience_s):
                while old.waiting:
                    await asyncio.wait([ask.answer for ask in old.waiting])
        await self._close(old, "The crawl was renewed.", timeout_s=RENEWED_END_S)

    async def stop(self, timeout_s: float) -> None:
        """End the crawl in time, also while servers hang; whoever waits gets Unreachable."""
        self._stopping = True
        self._ready.set()
        for watch in self._watches:
            watch.cancel()
        runs, self.run = tuple(self._runs), None
        await asyncio.gather(*(self._close(run, STOPPING, timeout_s=timeout_s) for run in runs))

    async def ask(
        self, url: str, headers: dict[str, str], passport: Passport, *, most_bytes: int
    ) -> Response:
        """Ask the crawl that is open for `url`. **Raises** FetchError."""
        host = urlsplit(url).hostname
        late = Unreachable(
            f"{host} took too long to answer.", subject=subject_of(url), passing=True
        )
        try:
            async with asyncio.timeout(self._patience_s):
                run = await self._current_run()
                answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
                ask = Ask(
                    url=url,
                    headers=headers,
                    passport=passport,
                    answer=answer,
                    most_bytes=most_bytes,
                )
                run.waiting.add(ask)
                run.asks.put_nowait(ask)
                try:
                    return await answer
                finally:
                    run.waiting.discard(ask)
        except TimeoutError:
            raise late from None

    async def _current_run(self) -> Run:
        while True:
            await self._ready.wait()
            if self.run is None:
                raise Unreachable(STOPPING, blame="us")
            if self.run.crawler.crawling:
                return self.run
            self._ready.clear()  # it has just ended, and another is about to be opened

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
            await asyncio.wait({task})
            error = None if task.cancelled() else task.exception()
            raise RuntimeError("Scrapy ended before it began") from error
        run = Run(crawler=crawler, task=task, asks=asks, begun_s=loop.time())
        self._runs.add(run)
        if self._stopping:  # while it opened
            return await self._close(run, STOPPING, timeout_s=RENEWED_END_S)
        self.run = run
        self._ready.set()
        watch = loop.create_task(self._watch(run))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)

    async def _watch(self, run: Run) -> None:
        """Wait for the end of `run`; if nobody wanted it, open another, with back-off."""
        await asyncio.wait({run.task})
        if run.retired or self._stopping:
            return
        self.run = None
        self._ready.clear()
        error = None if run.task.cancelled() else run.task.exception()
        log.error("the crawl ended unasked and is started again", exc_info=error)
        await self._close(run, "The crawl broke off and is started again.", timeout_s=5)
        loop = asyncio.get_running_loop()
        wait_s = 0.0 if loop.time() - run.begun_s > GOOD_LIFE_S else BACK_OFF_S
        while True:
            await asyncio.sleep(wait_s)
            opening = loop.create_task(self._open())
            await asyncio.wait({opening})
            if opening.exception() is None:
                return
            log.error("the crawl could not be started", exc_info=opening.exception())
            wait_s = min(max(2 * wait_s, BACK_OFF_S), BACK_OFF_CAP_S)

    async def _close(self, run: Run, sentence: str, *, timeout_s: float) -> None:
        """End `run` in time; whoever still waits for it hears `sentence`."""
        run.retired = True
        for ask in tuple(run.waiting):
            settle(ask, Unreachable(sentence, subject=subject_of(ask.url), blame="us"))
        _end_downloads(run.crawler)
        # A cancelled task leaves its engine running: it is stopped beside the task, not by it.
        ending = asyncio.get_running_loop().create_task(run.crawler.stop_async())
        done, late = await asyncio.wait({run.task, ending}, timeout=timeout_s)
        for task in late:
            log.warning("the crawl did not end within %g s and is cut off", timeout_s)
            task.cancel()
        for task in done:
            if not task.cancelled() and task.exception():
                log.warning("the crawl ended badly", exc_info=task.exception())
        self._runs.discard(run)


def _end_downloads(crawler: Crawler) -> None:
    crawler.signals.send_catch_log(stop_downloads)
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:  # these wait for their delay, up to a minute
            _request, answer = slot.queue.popleft()
            answer.errback(DownloadCancelledError("stopping"))
