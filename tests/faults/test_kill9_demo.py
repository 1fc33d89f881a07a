"""kill -9 at any moment of the demo's day: nothing lost, nothing twice but sends in flight."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from sqlite3 import DatabaseError
from typing import Any

import pytest

from config.errors import StorageError
from crawler.storage.database import DATABASE_NAME
from notifier.model import DeliveryState
from notifier.outbox.deliveries import load_deliveries
from scheduler.demo.config import TARGETS
from scheduler.demo.script import load_day
from scheduler.demo.shuffle import shuffle
from scheduler.demo.tell import Telling

PACE_S = 0.04  # each answer takes so long, that a kill can find it under way
LONGEST_LIFE_S = 1.5


@dataclass
class Kills:
    """What each kill found under way."""

    found: Counter[str] = field(default_factory=Counter)
    count: int = 0
    sends_under_way: int = 0


def leases(telling: Telling) -> int:
    database = telling.driver.database() if telling.driver else None
    if database is None:
        return 0
    with suppress(StorageError, DatabaseError), database.read() as db:
        return len(load_deliveries(db, states=[DeliveryState.LEASED]))
    return 0


async def kill_now(telling: Telling, kills: Kills) -> None:
    driver = telling.driver
    assert driver is not None
    hits = {"fetch": telling.world.busy > 0, "send": telling.receiver.busy > 0}
    if not driver.kill():
        return
    await driver.ended()
    journal = driver.state / f"{DATABASE_NAME}-journal"
    hits["write"] = journal.exists() and journal.stat().st_size > 0
    leased = leases(telling)
    hits["lease"] = leased > 0
    kills.count += 1
    kills.sends_under_way += leased
    kills.found.update(name for name, hit in hits.items() if hit)
    if not any(hits.values()):
        kills.found["nothing"] += 1


async def kill_at_random(telling: Telling, kills: Kills, random: Random, most: int) -> None:
    """Kill the daemon a random while after each of its starts."""
    while kills.count < most:
        assert telling.driver is not None
        await telling.driver.watching()
        await asyncio.sleep(random.uniform(0, LONGEST_LIFE_S))
        await kill_now(telling, kills)


async def day_under_fire(seed: int, folder: Path, most: int, kills: Kills) -> Telling:
    telling = Telling(shuffle(load_day(), seed) if seed else load_day(), folder)
    telling.world.pace_s = telling.receiver.pace_s = PACE_S
    try:
        await telling.begin()
        killer = asyncio.create_task(kill_at_random(telling, kills, Random(seed), most))
        await telling.tell_all(lambda _: None)
        killer.cancel()
        with suppress(asyncio.CancelledError):
            await killer
    finally:
        await telling.stop()
    return telling


def arrived(telling: Telling) -> Counter[tuple[str, str]]:
    """How often each alert arrived at each target."""
    return Counter(
        (each.path.strip("/"), match[1])
        for each in telling.receiver.received
        if (match := re.search(r"\[alert (\d+)\]", each.message))
    )


def check(telling: Telling) -> int:
    """Nothing lost and nothing made up; how many messages came once too often."""
    for told in telling.told:
        said = {alert.rule_id: alert.kind for alert in told.alerts}
        assert said == dict(told.article.expect), (told.article.id, said, told.lines)
    times = arrived(telling)
    owed = {
        (target, str(alert.id))
        for told in telling.told
        for alert in told.alerts
        for target in TARGETS
    }
    assert set(times) == owed
    return sum(times.values()) - len(times)


async def run(
    tmp_path: Path, most: int, *, until: frozenset[str] = frozenset(), at_most: int = 0
) -> dict[str, Any]:
    """Tell days under fire until there were `most` kills, and `until` has all been hit.

    A write lasts some milliseconds, so thirty kills may miss it: then there are more of them,
    up to `at_most`.
    """
    kills, twice, days = Kills(), 0, 0
    while kills.count < most or (until - set(kills.found) and kills.count < at_most):
        goal = most if kills.count < most else kills.count + 5
        twice += check(await day_under_fire(days, tmp_path / str(days), goal, kills))
        days += 1
    assert twice <= kills.sends_under_way
    return {"kills": kills.count, "found": dict(kills.found), "twice": twice, "days": days}


@pytest.mark.timeout(300)
async def test_a_few_kills(tmp_path: Path) -> None:
    assert (await run(tmp_path, 5))["kills"] == 5


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_thirty_kills_and_more_until_each_kind_was_hit(tmp_path: Path) -> None:
    kinds = frozenset({"fetch", "write", "lease", "send"})
    result = await run(tmp_path, 30, until=kinds, at_most=200)
    print(result)

    assert kinds <= set(result["found"])
