"""When does a host want us to wait, and what does it not want us to read?"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from config.errors import Blocked, FetchError, Unreachable
from crawler.spiders.desk import Desk, desk_of
from crawler.spiders.failure import DOWNLOAD_FAILURES, describe_failure, subject_of
from crawler.spiders.guard.gate import PASSPORT, ROBOTS, header_of
from crawler.spiders.guard.robots import Robots, read_robots
from crawler.spiders.outcome import is_rest, parse_retry_after

KEEP_ROBOTS = timedelta(hours=24)
KEEP_REFUSAL = timedelta(minutes=10)  # of a robots.txt that could not be read
HOSTS_CAP = 10_000
FIRST = 1000  # priority: a robots.txt goes before the pages that wait for it


class Rest:
    """Keeps the rest that a host asked for by Retry-After: no request leaves until then."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(desk_of(crawler))

    def process_request(self, request: Request) -> None:
        raise_if_resting(self._desk, request.meta["download_slot"])

    def process_response(self, request: Request, response: Response) -> Response:
        wish = header_of(response.headers, "Retry-After")
        if is_rest(response.status, {"retry-after": wish} if wish is not None else {}):
            until = parse_retry_after(wish, now=self._desk.now())
            self._desk.rest(request.meta["download_slot"], until)
        return response


def raise_if_resting(desk: Desk, slot: str) -> None:
    """Raise Blocked if the host asked to be left alone and the time is not over."""
    until = desk.rest_of(slot)
    if until is not None:
        wish = f"{slot} asked us to wait until {until:%Y-%m-%d %H:%M} UTC."
        raise Blocked(wish, subject=slot, until=until)


class RobotsGate:
    """Asks each host for its robots.txt once a day and obeys it.

    Scrapy's own part allows everything when the file cannot be read, keeps it for ever and
    knows no Crawl-delay.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._desk = desk_of(crawler)
        self._delay_s: float = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._known: OrderedDict[str, tuple[Robots, datetime]] = OrderedDict()
        self._asked: dict[str, asyncio.Future[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(ROBOTS):
            return
        slot = request.meta["download_slot"]
        robots = await self._robots_of(request)
        raise_if_resting(self._desk, slot)  # its robots.txt may have asked for it
        host = urlsplit(request.url).hostname
        if robots.refusal is not None:
            error: FetchError = Unreachable(
                f"{host}: {robots.refusal}.", subject=subject_of(request.url)
            )
            error.robots = "unreadable"
            raise error
        if not robots.allows(request.url):
            error = Blocked(
                f"{host} forbids this page in its robots.txt.", subject=subject_of(request.url)
            )
            error.robots = "refused"
            raise error
        self._slow_down(slot, robots)

    async def _robots_of(self, request: Request) -> Robots:
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site in self._known:
            robots, until = self._known[site]
            if until > self._desk.now():
                self._known.move_to_end(site)
                return robots
        if site not in self._asked:
            task = asyncio.get_running_loop().create_task(self._fetch(site, request))
            self._asked[site] = task
            task.add_done_callback(lambda _: self._asked.pop(site, None))
        return await asyncio.shield(self._asked[site])

    async def _fetch(self, site: str, request: Request) -> Robots:
        question = Request(
            f"{site}/robots.txt",
            priority=FIRST,
            callback=NO_CALLBACK,
            meta={
                ROBOTS: True,
                PASSPORT: request.meta[PASSPORT],
                "download_maxsize": 0,  # the first 500 KiB are read, however long it is
                "max_retry_times": 1,
            },
        )
        try:
            response = await self._crawler.engine.download_async(question)
            robots = read_robots(response.status, response.body)
        except DOWNLOAD_FAILURES as error:
            host = urlsplit(site).hostname
            why = describe_failure(error).removeprefix(f"{host} ").rstrip(".")
            robots = Robots(
                refusal=f"its robots.txt could not be read (the host {why}), so nothing is fetched"
            )
        keep = KEEP_ROBOTS if robots.refusal is None else KEEP_REFUSAL
        self._known[site] = (robots, self._desk.now() + keep)
        while len(self._known) > HOSTS_CAP:
            self._known.popitem(last=False)
        return robots

    def _slow_down(self, slot: str, robots: Robots) -> None:
        if robots.delay_s is None or robots.delay_s <= self._delay_s:
            return
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings[slot] = {"delay": robots.delay_s}  # for the slots to come
        if slot in downloader.slots:
            downloader.slots[slot].delay = robots.delay_s
