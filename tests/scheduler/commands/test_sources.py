"""`rasid sources` knows what is watched before anything was seen, and what came of it after."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from config.model import Source
from crawler.health.model import PASSING, Fault, Health, HealthState
from crawler.health.states import after_failure
from crawler.storage.looks import HourCount, SourceState
from scheduler.commands.sources import order, record_of, strip, table

FEED = (
    '<rss version="2.0"><channel><title>Gazette</title><item><title>A first line of news</title>'
    "<link>{}</link></item></channel></rss>"
)


async def test_sources_are_listed_before_and_after_the_first_look(
    own_house: Any, site: Any
) -> None:
    site.serve("/feed", FEED.format(site.url("/one")), kind="application/rss+xml")
    block = {"name": "Gazette", "kind": "feed", "private": True, "url": site.url("/feed")}
    own_house.write(sources=[{"id": "off", "enabled": "no", **block}, {"id": "gazette", **block}])

    before = json.loads(await own_house.rasid("sources", "--json"))
    await own_house.rasid("once", "gazette")
    after = await own_house.rasid("sources")

    assert [(row["id"], row["outcome"]) for row in before] == [("gazette", None), ("off", None)]
    assert [line.split()[:2] for line in after.splitlines()[1:3]] == [
        ["fine", "gazette"],
        ["off", "off"],
    ]
    assert "\x1b" not in after  # colors are for terminals


NOW = datetime(2025, 1, 24, 15, 20, tzinfo=UTC)


def hour(back: int, *, looks: int = 4, failed: int = 0, listed: int = 0) -> HourCount:
    at = NOW.replace(minute=0) - timedelta(hours=back)
    return HourCount(hour=at, looks=looks, failed=failed, listed=listed)


def test_a_strip_tells_the_last_day() -> None:
    told = strip([hour(30, listed=9), hour(3, failed=4), hour(2, listed=1), hour(1, listed=8),
                  hour(0)], NOW)  # fmt: skip

    assert told == " " * 20 + "x▁█·"


def test_what_never_answered_well_is_not_fine() -> None:
    source = Source(id="a", name="A", url="https://a.example/", kind="feed")
    fault = Fault(state=HealthState.UNREACHABLE, weight=PASSING, text="a.example has no address")
    health = after_failure(Health(url=source.url), fault, now=NOW)
    never = SourceState(source_id="a", failures=1, health=health)

    rows = [record_of(source, each, (), NOW) for each in (never, replace(never, last_ok_at=NOW))]

    assert [(row["state"], row["why"]) for row in rows] == [
        ("unreachable", "a.example has no address"),
        ("fine", None),
    ]


def test_the_troubled_stand_first_and_say_why() -> None:
    source = Source(id="a-well", name="Well", url="https://well.example/", kind="feed")
    bad = Health(url="", state=HealthState.BLOCKED, since=NOW, text="it does not let us in (403)")
    rows = sorted(
        (
            record_of(source, SourceState(source_id="a-well", health=Health(url="")), (), NOW),
            record_of(
                source.model_copy(update={"id": "z-bad"}),
                SourceState(source_id="z-bad", health=bad),
                (hour(1),),
                NOW,
            ),
        ),
        key=order,
    )

    lines = [click.unstyle(line) for line in table(rows, NOW)]

    assert lines[1].split()[:2] == ["blocked", "z-bad"]
    assert "does not let us in (403)" in lines[2]
    assert lines[3].split()[:2] == ["fine", "a-well"]
