"""Rules that their owner changes while the daemon runs tell from then on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.storage.database import DATABASE_NAME, Connection, open_database
from crawler.storage.looks import load_states, save_look
from notifier.outbox.alerts import load_alerts
from scheduler.clock import machine_clock
from scheduler.commands.shadow import promote, start
from scheduler.daemon import open_house
from scheduler.health import Pulse
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.own_rules import OwnRules
from scheduler.ticks import Ticks
from tests.scheduler.test_funnel import ROUND

LOWER = "rules:\n  - id: all\n    at_least: 100m USD\n    tell: [desk]\n"
DESK = {"id": "desk", "url": "json://127.0.0.1:9/", "tags": ["desk"]}


def write(own_house: Any, site: Any = None) -> None:
    source = {"id": "wire", "name": "Wire", "kind": "feed", "language": "en", "private": True}
    url = site.url("/feed") if site else "https://wire.example/feed"
    own_house.write(
        sources=[source | {"url": url}],
        rules=[{"id": "all", "at_least": "1bn USD", "tell": ["desk"]}],
        targets=[DESK],
    )


def serve(site: Any, *names: str) -> None:
    title, _, body = ROUND.partition("\n")
    at = datetime.now(UTC) - timedelta(hours=1)
    items = "".join(
        f"<item><title>{title}</title><link>{site.url(f'/{name}')}</link>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for name in names
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    site.serve("/feed", feed, kind="application/rss+xml")
    for name in names:
        told = body.replace("Tessera Labs", f"{name.title()} Labs")
        page = f"<title>{title}</title><h1>{title}</h1><article><p>{told}</p></article>"
        site.serve(f"/{name}", page.replace("Tessera", name.title()))


async def until(house: House, holds: Callable[[Connection], object]) -> None:
    while True:
        with house.database.read() as db:
            if holds(db):
                return
        await asyncio.sleep(0.02)


async def test_promoted_rules_tell_without_a_restart(
    site: Any, own_house: Any, caplog: pytest.LogCaptureFixture
) -> None:
    write(own_house, site)
    serve(site, "tessera")
    options = {"folder": own_house.folder, "state": own_house.state}
    watched = own_house.folder.parent / "new.yaml"
    watched.write_text(LOWER, "utf-8")
    caplog.set_level("INFO", logger="rasid.rules")
    async with open_house(
        load_own_config(own_house.folder),
        folder=own_house.folder,
        state=own_house.state,
        clock=machine_clock,
    ) as house:
        ticks = Ticks(house, Pulse(started_at=machine_clock()), tick_s=0.02)
        ticks.start()
        await until(
            house, lambda db: "wire" in load_states(db) and load_states(db)["wire"].last_ok_at
        )
        await asyncio.to_thread(start, options, watched, as_json=False)
        await asyncio.to_thread(promote, options, as_json=False)
        while "1 rule from now on" not in caplog.text:
            await asyncio.sleep(0.02)

        serve(site, "tessera", "mosaik")
        with house.database.write() as tx:
            save_look(tx, "wire", next_look_at=machine_clock())
        await until(house, load_alerts)
        await ticks.stop()

        with house.database.read() as db:
            (alert,) = load_alerts(db)
    assert "$100m" in " ".join(each.text for each in alert.reasons)


@pytest.fixture
def house(own_house: Any) -> Any:
    write(own_house)
    own_house.state.mkdir()
    database = open_database(own_house.state / DATABASE_NAME)
    yield House(
        config=load_own_config(own_house.folder),
        state=own_house.state,
        rates=load_own_rates(None),
        database=database,
    )
    database.close()


def rewrite(path: Path, text: str) -> None:
    """Write as if a second later: two changes in one tick of a clock of files are one."""
    before = path.stat().st_mtime_ns
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_wrong_rules_leave_those_before_in_place_until_they_are_mended(
    house: House, own_house: Any, caplog: pytest.LogCaptureFixture
) -> None:
    own = OwnRules(own_house.folder)
    file = own_house.folder / "rules.yaml"

    rewrite(file, LOWER.replace("at_least", "at_most"))
    wrong = own.load_changed(house)
    rewrite(file, LOWER)
    mended = own.load_changed(house)

    assert wrong is None
    assert "at_most" in caplog.text
    assert mended is not None
    assert mended.rules[0].at_least is not None
    assert mended.rules[0].at_least.text == "100m USD"
    assert own.load_changed(house) is None


def test_rules_for_a_target_that_does_not_run_yet_do_not_tell_nobody(
    house: House, own_house: Any, caplog: pytest.LogCaptureFixture
) -> None:
    own = OwnRules(own_house.folder)
    targets = own_house.folder / "targets.yaml"
    rewrite(targets, targets.read_text("utf-8").replace("- desk", "- desk\n  - new"))
    rewrite(own_house.folder / "rules.yaml", LOWER.replace("[desk]", "[new]"))

    assert own.load_changed(house) is None
    assert "start `rasid run` again" in caplog.text
