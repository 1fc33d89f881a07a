"""P7, P8, P11: hostile servers cause no crash, no hang, no inner request, and no late tick."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from config.errors import Blocked, FetchError
from config.model import Settings, Source
from crawler.model import Fetched
from crawler.spiders.crawl import Crawl

SERVER = Path(__file__).with_name("hostile_server.py")
NOW = datetime(2025, 1, 24, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="each case stands at its own address in 127.0.0.0/8"
)


def load_catalogue() -> list[dict[str, str]]:
    run = subprocess.run([sys.executable, SERVER, "--list"], capture_output=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


CASES = load_catalogue()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port at which all cases are served, by a process of its own."""
    with subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.kill()


# What must not come in. All others are text: broken, large or rude, they are for the workers.
REFUSED = {
    *("gzip_bomb", "deflate_bomb", "raw_bomb", "br_bomb", "zstd_bomb", "gzip_gzip_bomb"),
    *("gzip_200_layers", "gzip_lie", "gzip_truncated", "encoding_unknown", "endless_fast"),
    *("endless_chunked", "slow_body", "length_5gb", "length_short", "length_negative"),
    *("length_twice", "chunk_huge", "chunk_line_endless", "empty", "slow_headers", "silent"),
    *("header_10mb", "headers_endless", "early_hints_endless", "not_http", "status_999"),
    *("cookies_5000", "pdf_as_html", "html_as_pdf", "video", "elf_as_html", "zip_as_feed"),
    *("charset_zlib", "attrs_100k", "attrs_2k", "attr_10mb", "text_node_12mb", "entities"),
    *("feed_1m_items", "feed_100k_items", "feed_item_50mb", "feed_attrs", "feed_not_xml"),
    *("feed_empty", "bare_304", "s429_short", "s429_long", "s429_date", "s429_bad", "s503"),
    *("s500", "s403", "s410", "s451", "flapping", "reset", "close_now", "robots_500"),
    *("robots_deny", "robots_slow", "robots_bomb"),
    *(case["name"] for case in CASES if case["name"].startswith("redir_")),
}
WAITS = "robots_delay"  # asks for a delay that we cap at a minute, and keep


class Watched:
    """How late our own work made the loop's ticks, and how large this process became.

    Late by our own work: what other processes took of the machine does not count.
    """

    def __init__(self) -> None:
        self.latest_s = 0.0
        self.first_mb = self.peak_mb = resident_mb()

    async def watch(self) -> None:
        while True:
            due, worked = time.perf_counter() + 0.02, time.process_time()
            await asyncio.sleep(0.02)
            late_s = min(time.perf_counter() - due, time.process_time() - worked)
            self.latest_s = max(self.latest_s, late_s)
            self.peak_mb = max(self.peak_mb, resident_mb())


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


async def ask_all(crawl: Crawl, port: int, *, skip: set[str]) -> dict[str, type]:
    """Ask for every case at once, each at its own address; what kind of answer each gave.

    Only the kind: bodies and tracebacks that a test holds would count as the crawl's memory.
    """
    answers: dict[str, type] = {}

    async def ask(number: int, name: str) -> None:
        url = f"http://127.0.{1 + number // 250}.{1 + number % 250}:{port}/c/{name}"
        source = Source(id="stranger", name=name, url=url, kind="feed", private=True)
        try:
            answers[name] = type(await crawl.fetch_list(source))
        except FetchError as error:
            answers[name] = type(error)

    names = [case["name"] for case in CASES]
    await asyncio.gather(*(ask(n, name) for n, name in enumerate(names) if name not in skip))
    return answers


def refused_of(answers: dict[str, type]) -> set[str]:
    return {name for name, answer in answers.items() if issubclass(answer, FetchError)}


def load_log(port: int) -> list[dict[str, str]]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/__log") as answer:
        return list(json.load(answer))


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    watched = Watched()
    task = asyncio.ensure_future(watched.watch())
    yield watched
    task.cancel()


async def open_crawl() -> Crawl:
    crawl = Crawl(Settings(delay_s=Decimal(0), download_timeout_s=4), now=lambda: NOW)
    await crawl.start()
    return crawl


async def test_hostile_web_does_no_harm(port: int, watched: Watched) -> None:
    crawl = await open_crawl()

    begun = time.perf_counter()
    answers = await ask_all(crawl, port, skip={WAITS})
    took_s = time.perf_counter() - begun
    await crawl.stop()

    assert refused_of(answers) == REFUSED
    assert len(answers) == len(CASES) - 1
    assert took_s < 25
    assert watched.latest_s < 1
    assert watched.peak_mb - watched.first_mb < 250
    assert not [hit for hit in load_log(port) if hit["path"].startswith("/canary")]


async def test_hosts_that_ask_for_a_rest_get_it(port: int) -> None:
    crawl = await open_crawl()
    rests = {name for name in REFUSED if name.startswith(("s429", "s503"))}
    others = {case["name"] for case in CASES} - rests

    asked_before = len(load_log(port))

    answers = [await ask_all(crawl, port, skip=others) for _ in range(3)]
    await crawl.stop()

    assert all(answer is Blocked for one in answers for answer in one.values())
    assert sum(hit["path"].startswith("/c/s") for hit in load_log(port)[asked_before:]) == len(
        rests
    )


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_hostile_web_does_no_harm_for_long(port: int, watched: Watched) -> None:
    crawl = await open_crawl()
    answers = await ask_all(crawl, port, skip=set())
    assert answers[WAITS] is Fetched

    after_mb = resident_mb()
    for _ in range(12):
        answers = await ask_all(crawl, port, skip={WAITS, "flapping"})
        await crawl.renew()
        assert refused_of(answers) == REFUSED - {"flapping"}
    await crawl.stop()

    assert watched.latest_s < 1
    assert resident_mb() - after_mb < 100
    assert not [hit for hit in load_log(port) if hit["path"].startswith("/canary")]
    print(f"peak {watched.peak_mb:.0f} MB, latest tick {watched.latest_s * 1000:.0f} ms")
