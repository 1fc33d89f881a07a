"""`rasid why-not` tells what a message waits for, and who silenced it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from config.model import Target
from crawler.loading import load_reader
from crawler.reading.read import Reader
from notifier.funnel.stops import Stop
from notifier.model import Silence
from notifier.outbox.by_hand import retry
from notifier.outbox.leases import mark_sent, take_due
from notifier.outbox.silences import save_silence
from scheduler.funnel import Walk, walk
from scheduler.holding import hold_and_release
from scheduler.house import House
from tests.scheduler.test_funnel import AGAIN, NOON, ROUND, URL, Cause, tell, with_cause
from tests.scheduler.test_funnel import house as house

EARLIER = ROUND.replace("Tessera Labs", "Mosaik").replace("$120 million", "$90 million")
PLAN = (
    "Meta to spend $60 billion on AI in 2026\nMeta Platforms will spend $60 billion on artificial "
    "intelligence in 2026, its chief executive said."
)
RAISED = (
    "Meta raises 2026 AI spending plan to $72 billion\nMeta Platforms raised its plan for spending "
    "on artificial intelligence in 2026 to $72 billion from $60 billion."
)
OF_IT = f"{PLAN} Of it, $10 billion goes to a data center in Louisiana."
TALKS = (
    "Tessera Labs in talks to raise $120 million for AI models\nTessera Labs, a start-up that "
    "trains large language models, is in talks to raise $120 million in a Series B."
)
CLOSED = ROUND
SOON = NOON + timedelta(minutes=1)
SILENCE = Silence(
    id=0,
    rules=("all",),
    author="Nour",
    comment="known",
    made_at=NOON,
    until=NOON + timedelta(days=1),
)
WAITS: dict[str, tuple[Stop, Mapping[str, Any], str | None]] = {
    "quiet hours": (Stop.QUIET_HOURS, {"quiet": ["11:00-13:00"]}, None),
    "the first minutes of a deal": (Stop.GROUPED, {"group_wait_min": 10}, None),
    "the rest after a message": (Stop.COOLDOWN, {"cooldown_min": 60}, PLAN),
    "the alerts of a day are used up": (Stop.BUDGET, {"alerts_a_day": 1}, EARLIER),
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(None)


def wishing(house: House, wishes: Mapping[str, Any]) -> House:
    house = with_cause(house, Cause(stop=Stop.TOLD))
    target = {"id": "desk", "url": "json://localhost/", "tags": ["desk"], **wishes}
    targets = (Target.model_validate(target),)
    return replace(house, config=house.config.model_copy(update={"targets": targets}))


def asked(house: House) -> Walk:
    with house.database.write() as tx:
        hold_and_release(tx, house, now=SOON)
    with house.database.read() as db:
        return walk(db, URL, house.config)


@pytest.mark.parametrize(("stop", "wishes", "before"), WAITS.values(), ids=WAITS)
def test_what_it_waits_for_is_named(
    house: House, reader: Reader, stop: Stop, wishes: Mapping[str, Any], before: str | None
) -> None:
    house = wishing(house, wishes)
    if before is not None:
        at = NOON - timedelta(minutes=20)
        tell(house, reader, before, url="https://wire.example/1", at=at)
        with house.database.write() as tx:
            (due,) = take_due(tx, now=at, owner="test")
            mark_sent(tx, due.id, now=at)
    tell(house, reader, RAISED if before == PLAN else ROUND, url=URL, at=NOON)

    found = asked(house)

    assert found.halt.stop is stop, found


@pytest.mark.parametrize("text", [AGAIN, CLOSED], ids=["told again", "a later stage"])
def test_what_was_silenced_before_is_not_said_to_be_told(
    house: House, reader: Reader, text: str
) -> None:
    house = wishing(house, {})
    tell(house, reader, TALKS if text == CLOSED else ROUND, url="https://wire.example/1", at=NOON)
    with house.database.write() as tx:
        save_silence(tx, SILENCE)
        hold_and_release(tx, house, now=SOON)
    after = SILENCE.until + timedelta(hours=1)

    tell(house, reader, text, url=URL, at=after)

    with house.database.read() as db:
        found = walk(db, URL, house.config)
    assert found.halt.stop is Stop.SILENCED, found
    assert "it tells of deal d1 again" in found.halt.text


def test_a_part_that_its_whole_tells_is_named(house: House, reader: Reader) -> None:
    house = wishing(house, {"fold_parts": True})
    tell(house, reader, OF_IT, url=URL, at=NOON)

    found = asked(house)

    assert found.halt.stop is Stop.QUEUED
    assert {halt.stop for halt in found.others} == {Stop.QUEUED, Stop.REPLACED}, found


def test_who_silenced_it_is_named(house: House, reader: Reader) -> None:
    house = wishing(house, {})
    tell(house, reader, ROUND, url=URL, at=NOON)
    with house.database.write() as tx:
        silence = save_silence(tx, SILENCE)

    found = asked(house)

    assert found.halt.stop is Stop.SILENCED, found
    assert f"silence {silence.id}" in found.halt.text


def test_what_its_owner_sent_in_spite_of_a_silence_was_told(house: House, reader: Reader) -> None:
    house = wishing(house, {})
    tell(house, reader, ROUND, url=URL, at=NOON)
    with house.database.write() as tx:
        save_silence(tx, SILENCE)
    asked(house)
    with house.database.write() as tx:
        assert retry(tx, 1, now=SOON)
        (due,) = take_due(tx, now=SOON, owner="test")
        mark_sent(tx, due.id, now=SOON)

    found = asked(house)

    assert found.halt.stop is Stop.TOLD, found
    assert "by silence" not in found.halt.text
