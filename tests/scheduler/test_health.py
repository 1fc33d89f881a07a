"""The watchdog lives on work that ends, not on a timer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from config.model import Config
from scheduler.clock import machine_clock
from scheduler.daemon import open_house
from scheduler.health import STUCK_AFTER_S, Pulse
from scheduler.house import load_own_config
from scheduler.ticks import Ticks

NOON = datetime(2025, 1, 24, 12, tzinfo=UTC)


def test_a_part_that_has_not_moved_is_named() -> None:
    late = monotonic() - STUCK_AFTER_S - 1

    assert Pulse(started_at=NOON).stuck() is None
    assert "looks" in (Pulse(started_at=NOON, looks=late).stuck() or "")
    assert "deliveries" in (Pulse(started_at=NOON, sending=late).stuck() or "")


def config_of(own_house: Any, url: str) -> Config:
    source = {"id": "one", "name": "One", "kind": "feed", "url": url, "private": "true"}
    own_house.write(sources=[source])
    return load_own_config(own_house.folder)


async def looks_moved(
    config: Config, state: Path, begun: Callable[[], int], *, within_s: float
) -> bool:
    """Whether the pulse of the looks moves while ticks go on after the first request."""
    async with open_house(config, folder=None, state=state, clock=machine_clock) as house:
        pulse = Pulse(started_at=NOON)
        ticks = Ticks(house, pulse, tick_s=0.02)
        ticks.start()
        while not begun():
            await asyncio.sleep(0.01)
        before, end = pulse.looks, monotonic() + within_s
        while pulse.looks == before and monotonic() < end:
            await asyncio.sleep(0.01)
        await ticks.stop()
        return pulse.looks > before


@pytest.mark.parametrize("hangs", [True, False], ids=["a look hangs", "looks end"])
async def test_ticks_alone_do_not_feed_it(hangs: bool, site: Any, own_house: Any) -> None:
    site.serve("/feed", "<rss version='2.0'><channel/></rss>", kind="application/rss+xml")
    if hangs:
        site.hang("/feed")
    config = config_of(own_house, site.url("/feed"))

    moved = await looks_moved(
        config,
        own_house.state,
        lambda: site.count("/feed"),
        within_s=1 if hangs else 20,  # a worker takes a second to start
    )

    assert moved is not hangs
