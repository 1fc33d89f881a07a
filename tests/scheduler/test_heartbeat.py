"""The heartbeat: after whole good cycles, and silent after a broken one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from config.errors import StorageError
from crawler.storage.database import DATABASE_NAME
from crawler.storage.looks import save_look
from crawler.storage.meta import load_meta
from scheduler.clock import machine_clock
from scheduler.daemon import open_house
from scheduler.health import STUCK_AFTER_S, Pulse
from scheduler.heartbeat import GOOD_CYCLE_AT, PINGED_AT, Heartbeat
from scheduler.house import House, load_own_config
from scheduler.ticks import Ticks

TOKEN = "5f0e-secret"


@asynccontextmanager
async def house_at(own_house: Any, url: str, **settings: Any) -> AsyncIterator[House]:
    own_house.write(settings={"heartbeat_url": url, "busy_timeout_s": 1, **settings})
    config = load_own_config(own_house.folder)
    async with open_house(
        config, folder=None, state=own_house.state, clock=machine_clock, has_crawl=False
    ) as house:
        yield house


def pulse_at(looks: float, sent: float) -> Pulse:
    return Pulse(started_at=machine_clock(), looks=looks, sent=sent)


def stored(house: House, name: str) -> str | None:
    with house.database.read() as db:
        return load_meta(db, name)


async def test_it_is_pinged_once_for_each_good_cycle(site: Any, own_house: Any) -> None:
    site.serve(f"/{TOKEN}", "OK")
    async with house_at(own_house, site.url(f"/{TOKEN}")) as house:
        heart = Heartbeat(house)
        pulse = pulse_at(monotonic(), monotonic())

        first = await heart.beat_after(pulse)
        idle = await heart.beat_after(pulse)
        pulse.looks = pulse.sent = monotonic()
        second = await heart.beat_after(pulse)

        assert (first, idle, second) == (True, False, True)
        assert site.count(f"/{TOKEN}") == 2
        assert stored(house, PINGED_AT)


BROKEN = {
    "no look came to its end": (-1.0, 0.0),
    "no delivery did": (0.0, -1.0),
    "looks are stuck": (-STUCK_AFTER_S - 1.0, 0.0),
}


@pytest.mark.parametrize(("looks", "sent"), BROKEN.values(), ids=BROKEN)
async def test_a_cycle_that_is_not_whole_is_not_pinged(
    site: Any, own_house: Any, looks: float, sent: float
) -> None:
    async with house_at(own_house, site.url("/")) as house:
        heart = Heartbeat(house)
        await heart.beat_after(pulse_at(monotonic(), monotonic()))
        now = monotonic()

        assert not await heart.beat_after(pulse_at(now + looks, now + sent))

    assert site.count("/") == 1


async def test_a_database_that_cannot_be_written_is_not_pinged(site: Any, own_house: Any) -> None:
    async with house_at(own_house, site.url("/")) as house:
        with contextlib.closing(sqlite3.connect(own_house.state / DATABASE_NAME)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError):
                await Heartbeat(house).beat()

    assert site.count("/") == 0


async def test_while_no_site_answers_it_is_not_pinged(site: Any, own_house: Any) -> None:
    hosts = [f"https://paper{n}.example/feed" for n in range(5)]
    sources = [{"id": f"p{n}", "name": "P", "kind": "feed", "url": u} for n, u in enumerate(hosts)]
    own_house.write(sources=sources, settings={"heartbeat_url": site.url("/")})
    config = load_own_config(own_house.folder)
    async with open_house(
        config, folder=None, state=own_house.state, clock=machine_clock, has_crawl=False
    ) as house:
        with house.database.write() as tx:
            for n in range(5):
                at = machine_clock() - timedelta(minutes=n)
                save_look(tx, f"p{n}", last_look_at=at, outcome="unreachable")

        assert not await Heartbeat(house).beat()
        assert stored(house, GOOD_CYCLE_AT) is None

    assert site.count("/") == 0


async def test_a_ping_that_fails_is_logged_once_without_its_address(
    site: Any, own_house: Any, caplog: Any
) -> None:
    site.serve(f"/{TOKEN}", "gone", status=404)
    async with house_at(own_house, site.url(f"/{TOKEN}")) as house:
        heart = Heartbeat(house)
        with caplog.at_level(logging.WARNING, logger="rasid.heartbeat"):
            for _ in range(3):
                assert await heart.beat()
            site.serve(f"/{TOKEN}", "OK")
            await heart.beat()

        said = [record.getMessage() for record in caplog.records]
    assert said == [
        "the heartbeat to 127.0.0.1 does not arrive: it answers 404",
        "the heartbeat to 127.0.0.1 arrives again",
    ]
    assert TOKEN not in caplog.text


async def test_nobody_at_the_other_end_is_no_exception(
    own_house: Any, unused_tcp_port: int, caplog: Any
) -> None:
    async with house_at(own_house, f"http://127.0.0.1:{unused_tcp_port}/{TOKEN}") as house:
        assert await Heartbeat(house).beat()

        assert datetime.fromisoformat(stored(house, GOOD_CYCLE_AT) or "") <= machine_clock()
        assert stored(house, PINGED_AT) is None
    assert TOKEN not in caplog.text


async def test_the_daemon_beats_by_itself(site: Any, own_house: Any) -> None:
    beaten = asyncio.Event()
    site.serve("/beat", "OK")
    answer = site.answers["/beat"]

    async def hear(request: Any) -> Any:
        beaten.set()
        return await answer(request)

    site.answers["/beat"] = hear
    async with house_at(own_house, site.url("/beat")) as house:
        ticks = Ticks(house, Pulse(started_at=machine_clock()), tick_s=0.02)
        ticks.start()
        try:
            await asyncio.wait_for(beaten.wait(), 20)
        finally:
            await ticks.stop()


async def test_once_beats_and_a_look_by_hand_does_not(site: Any, own_house: Any) -> None:
    site.serve("/beat", "OK")
    site.serve("/feed", "<rss version='2.0'><channel><title>T</title></channel></rss>")
    source = {"id": "wire", "name": "Wire", "kind": "feed", "url": site.url("/feed")}
    own_house.write(
        sources=[source | {"private": "true"}], settings={"heartbeat_url": site.url("/beat")}
    )

    await own_house.rasid("once", "wire", code=3)
    by_hand = site.count("/beat")
    await own_house.rasid("once", code=3)
    status = await own_house.rasid("status")

    assert (by_hand, site.count("/beat")) == (0, 1)
    assert "heartbeat arrived" in status
