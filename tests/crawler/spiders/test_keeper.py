"""A crawl that breaks off, is renewed, or must end while servers hang."""

from __future__ import annotations

import asyncio
import logging
import time
from decimal import Decimal
from typing import Any

import pytest

from config.errors import Unreachable
from config.model import Settings
from crawler.spiders.crawl import Crawl

FEED = "<rss><channel><title>Gazette</title></channel></rss>"


async def test_crawl_that_ends_is_started_again(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/feed", FEED)
    site.hang("/slow")
    source = source_at(site.url("/feed"))
    waiting = asyncio.ensure_future(crawl.fetch_list(source, url=site.url("/slow")))
    while site.count("/slow") == 0:
        await asyncio.sleep(0.01)

    assert crawl._keeper.run is not None
    crawl._keeper.run.task.cancel()

    with pytest.raises(Unreachable, match="started again"):
        await waiting
    assert (await crawl.fetch_list(source)).status == 200


async def test_engine_that_stops_by_itself_is_started_again(
    crawl: Crawl, site: Any, source_at: Any
) -> None:
    site.serve("/feed", FEED)

    assert crawl._keeper.run is not None
    await crawl._keeper.run.crawler.stop_async()

    assert (await crawl.fetch_list(source_at(site.url("/feed")))).status == 200
    assert crawl.is_open


async def test_renewal_loses_no_ask(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/feed", FEED, after_s=0.05)
    source = source_at(site.url("/feed"))
    asked = [asyncio.ensure_future(crawl.fetch_list(source)) for _ in range(6)]
    await asyncio.sleep(0.08)

    await crawl.renew()

    assert [fetched.status for fetched in await asyncio.gather(*asked)] == [200] * 6


async def test_renewal_reads_robots_again(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/feed", FEED)
    source = source_at(site.url("/feed"))

    await crawl.fetch_list(source)
    await crawl.renew()
    await crawl.fetch_list(source)

    assert site.count("/robots.txt") == 2


async def test_stop_does_not_wait_for_a_server_that_hangs(
    site: Any, open_site: Any, source_at: Any, watch: Any
) -> None:
    slow = await open_site()
    for place in (site, slow):
        place.hang("/feed")
    slow.serve("/robots.txt", "User-agent: *\nCrawl-delay: 50", kind="text/plain")
    crawl = Crawl(Settings(delay_s=Decimal(0), download_timeout_s=60), now=watch)
    await crawl.start()
    asked = [crawl.fetch_list(source_at(place.url("/feed"))) for place in (site, slow)]
    waiting = asyncio.gather(*asked, return_exceptions=True)
    while not (site.count("/feed") and slow.count("/robots.txt")):
        await asyncio.sleep(0.01)

    begun = time.perf_counter()
    await crawl.stop(timeout_s=8)

    assert time.perf_counter() - begun < 2
    assert [type(answer) for answer in await waiting] == [Unreachable, Unreachable]


async def test_ask_after_the_end_is_refused(site: Any, source_at: Any, watch: Any) -> None:
    crawl = Crawl(Settings(), now=watch)
    await crawl.start()
    await crawl.stop()

    with pytest.raises(Unreachable, match="stopping"):
        await crawl.fetch_list(source_at(site.url("/feed")))


async def test_root_logging_is_left_alone(site: Any, source_at: Any, watch: Any) -> None:
    before = list(logging.getLogger().handlers), logging.getLogger().level

    crawl = Crawl(Settings(delay_s=Decimal(0)), now=watch)
    await crawl.start()
    site.serve("/feed", FEED)
    await crawl.fetch_list(source_at(site.url("/feed")))
    await crawl.stop()

    assert (list(logging.getLogger().handlers), logging.getLogger().level) == before
