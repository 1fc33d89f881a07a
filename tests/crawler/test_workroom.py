"""Pages in worker processes: what a stranger sends costs its own page only."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path

import pytest
import pytest_asyncio

from config.model import Source
from crawler.model import Fetched
from crawler.pages.page import read_page
from crawler.worker import read_fetched_page
from crawler.workroom import Workroom

TITLE = "Meta plans to spend 60 to 65 billion dollars on artificial intelligence"
TEXT = (
    "Meta said on Friday that it plans to spend between 60 and 65 billion dollars this year on "
    "data centers and artificial intelligence. "
)
PAGE = (
    f"<html lang='en'><head><title>{TITLE}</title><meta property='article:published_time' "
    f"content='2025-01-24T15:05:00Z'></head><body><h1>{TITLE}</h1><p>{TEXT}</p><p>{TEXT}</p></body>"
)
FEED = (
    "<rss version='2.0'><channel><item><title>One</title><link>https://n.example/1</link></item>"
    "</channel></rss>"
)


def fetched(body: str, kind: str = "feed") -> Fetched:
    return Fetched(
        source=Source(id="s", name="S", url="https://n.example/", kind=kind),
        url="https://n.example/1",
        status=200,
        content_type=None,
        charset=None,
        body=body.encode(),
        etag=None,
        last_modified=None,
        fetched_at=datetime(2025, 1, 26, tzinfo=UTC),
    )


# It holds the parser for many seconds: lexbor is quadratic in depth, and <article> is not among
# the tags whose flood read_page refuses.
ENDLESS = f"<h1>{TITLE}</h1>" + "<article>" * 60_000


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workroom():
    """One room for all: a worker takes seconds to start."""
    room = Workroom(config_folder=None, workers=1, page_timeout_s=2)
    yield room
    await room.stop()


def workers() -> list[int]:
    """Process ids of the pools' workers."""
    return [child.pid for child in active_children()]


async def test_a_list_and_a_page_come_back_read(workroom):
    listed = await workroom.read_list(fetched(FEED))
    page, reading = await workroom.read_page(fetched(PAGE))

    assert [listing.title for listing in listed.listings] == ["One"]
    assert page.article.title == TITLE
    assert page == read_page(fetched(PAGE))
    assert reading.language == "en"
    assert reading.figures


async def test_a_late_page_costs_itself_only(workroom):
    late, after = await asyncio.gather(
        workroom.read_page(fetched(ENDLESS)), workroom.read_page(fetched(PAGE))
    )

    assert late[0].outcome == "broken"
    assert [reason.code for reason in late[0].reasons] == ["worker_late"]
    assert "2 s" in late[0].reasons[0].text
    assert after[0].article.title == TITLE


async def test_a_killed_worker_costs_its_page_only(workroom):
    await workroom.read_list(fetched(FEED))
    hung = asyncio.create_task(workroom.read_page(fetched(ENDLESS)))
    await asyncio.sleep(1)

    for pid in workers():
        os.kill(pid, signal.SIGKILL)
    page, reading = await hung

    assert (page.outcome, reading) == ("broken", None)
    assert [reason.code for reason in page.reasons] == ["worker_died"]
    assert (await workroom.read_list(fetched(FEED))).outcome == "fresh"


async def test_workers_leave_ctrl_c_to_the_daemon(workroom):
    await workroom.read_list(fetched(FEED))
    before = workers()

    for pid in before:
        os.kill(pid, signal.SIGINT)

    assert (await workroom.read_list(fetched(FEED))).outcome == "fresh"
    assert before
    assert workers() == before


async def test_memory_of_a_worker_is_bounded(workroom):
    await workroom.read_list(fetched(FEED))

    limits = [Path(f"/proc/{pid}/limits").read_text("ascii") for pid in workers()]

    assert limits
    for text in limits:
        bound = next(line.split()[3] for line in text.splitlines() if "address space" in line)
        assert int(bound) < 3 << 30


async def test_no_more_bodies_wait_than_two_a_worker(workroom):
    asked = [asyncio.create_task(workroom.read_list(fetched(FEED))) for _ in range(12)]
    await asyncio.sleep(0)

    waiting = workroom.waiting
    results = await asyncio.gather(*asked)

    assert waiting <= 2
    assert [result.outcome for result in results] == ["fresh"] * 12


async def test_stop_is_quick_while_a_page_hangs():
    room = Workroom(config_folder=None, workers=1, page_timeout_s=60)
    await room.read_list(fetched(FEED))
    hung = asyncio.create_task(room.read_page(fetched(ENDLESS)))
    await asyncio.sleep(0.5)
    start = time.monotonic()

    hung.cancel()
    await room.stop()

    assert time.monotonic() - start < 8


SCRIPT = """
import asyncio
from datetime import UTC, datetime
from multiprocessing import active_children
from config.model import Source
from crawler.model import Fetched
from crawler.workroom import Workroom
async def run():
    room = Workroom(config_folder=None, workers=1, page_timeout_s=5)
    source = Source(id="s", name="S", url="https://n.example/", kind="feed")
    result = await room.read_list(Fetched(source=source, url=source.url, status=200,
        content_type=None, charset=None, body=b"<rss><channel/></rss>", etag=None,
        last_modified=None, fetched_at=datetime(2025, 1, 26, tzinfo=UTC)))
    print(result.outcome)
    await room.stop()
"""
CALLERS = {
    "python -c": ["-c", SCRIPT + "asyncio.run(run())"],
    "a script": ["{folder}/script.py"],
}


@pytest.mark.parametrize("arguments", CALLERS.values(), ids=CALLERS)
async def test_callers_of_any_kind(arguments, tmp_path):
    guarded = SCRIPT + "if __name__ == '__main__':\n    asyncio.run(run())\n"
    (tmp_path / "script.py").write_text(guarded, "utf-8")
    arguments = [argument.replace("{folder}", str(tmp_path)) for argument in arguments]

    ended = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=60, check=False
    )

    assert (ended.stdout, ended.returncode) == ("empty\n", 0), ended.stderr


async def test_in_this_process_the_same_function_runs():
    from config.load import load_companies, load_lexicons
    from crawler.reading.read import build_reader

    reader = build_reader(load_lexicons(None), load_companies(None), digest="test")

    page, reading = read_fetched_page(fetched(PAGE), reader)
    wall, nothing = read_fetched_page(fetched("<title>Access Denied</title>"), reader)

    assert page.article.title == TITLE
    assert reading.language == "en"
    assert (wall.outcome, nothing) == ("blocked", None)
