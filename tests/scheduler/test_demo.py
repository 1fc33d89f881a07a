"""The test story and its neighbors, told to the real daemon: what arrived is what should."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from scheduler.demo.config import TARGETS
from scheduler.demo.script import Day, load_day
from scheduler.demo.shuffle import shuffle
from scheduler.demo.tell import Telling, count_test_story

AT_ONCE = 2  # one for each core


async def tell(day: Day, folder: Path) -> Telling:
    telling = Telling(day, folder)
    try:
        await telling.begin()
        await telling.tell_all(lambda _: None)
    finally:
        await telling.stop()
    return telling


def mistakes(telling: Telling) -> list[str]:
    return [
        f"{told.article.id}: {[(a.rule_id, str(a.kind)) for a in told.alerts]}, "
        f"{len(told.received)} messages, not {dict(told.article.expect)}; {told.lines[-3:]}"
        for told in telling.told
        if not told.as_expected
    ]


async def test_ten_articles_are_four_alerts_and_one_update(tmp_path: Path) -> None:
    telling = await tell(load_day(), tmp_path)

    assert mistakes(telling) == []
    assert str(count_test_story(telling.told)) == "10 articles, 4 alerts, 1 update"
    alerts = telling.receiver.received[len(TARGETS) :]  # after the one message of a first run
    numbers = [re.search(r"\[alert (\d+)\]", each.message) for each in alerts]
    assert len({match[1] for match in numbers if match}) * len(TARGETS) == len(numbers)


async def test_what_the_first_looks_found_is_one_message_to_each(tmp_path: Path) -> None:
    telling = Telling(load_day(), tmp_path)
    try:
        await telling.begin()
        database = telling.driver.database() if telling.driver else None

        received = telling.receiver.received
        outlets = len(telling.day.outlets)
        assert sorted(each.path for each in received) == [f"/{name}" for name in TARGETS]
        assert any(each.title.startswith(f"I watch {outlets} sources") for each in received)
        assert database is not None
        assert any(article.opening for article in telling.day.articles)
    finally:
        await telling.stop()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("count", [4, pytest.param(20, marks=pytest.mark.slow)])
async def test_other_days_are_told_as_their_scripts_say(tmp_path: Path, count: int) -> None:
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(seed: int) -> list[str]:
        async with slots:
            telling = await tell(shuffle(load_day(), seed), tmp_path / str(seed))
            return [f"seed {seed}, {mistake}" for mistake in mistakes(telling)]

    found = await asyncio.gather(*map(one, range(1, count + 1)))

    assert [mistake for some in found for mistake in some] == []
