"""A source turns bad and well again: the owner's phone rings once for each."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from crawler.health.model import HealthState
from crawler.storage.database import open_database
from crawler.storage.looks import add_to_hour, load_states
from crawler.storage.upkeep import load_backups
from notifier.model import NoticeKind
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.notices import load_notices
from scheduler.clock import machine_clock
from scheduler.daemon import open_house
from scheduler.house import House, load_own_config
from scheduler.look import look_at
from scheduler.sending import send_due
from scheduler.ticks import is_upkeep_due, keep_small_and_safe
from scheduler.wellbeing import tell_health

FEED = (
    '<rss version="2.0"><channel><title>Gazette</title><item><title>A first line of news</title>'
    "<link>{}</link></item></channel></rss>"
)


class Later:
    """The machine's clock, moved ahead by the test."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return machine_clock() + self.ahead


def block(site: Any, name: str = "gazette") -> dict[str, Any]:
    url = site.url(f"/{name}")
    return {"id": name, "name": name.title(), "kind": "feed", "url": url, "private": "true"}


async def look(house: House, clock: Later, *, times: int = 1) -> None:
    for _ in range(times):
        clock.ahead += timedelta(minutes=30)
        for source in house.sources.values():
            await look_at(house, source)
        tell_health(house)


async def test_one_message_when_it_turns_bad_and_one_when_it_recovers(
    site: Any, own_house: Any
) -> None:
    heard: list[str] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append((await request.json())["title"])
        return web.Response()

    site.answers["/hook"] = hear
    site.serve("/gazette", FEED.format(site.url("/one")), kind="application/rss+xml")
    hook = site.url("/hook").replace("http://", "json://")
    own_house.write(sources=[block(site)], targets=[{"id": "me", "url": hook, "tags": ["ops"]}])
    config, clock = load_own_config(own_house.folder), Later()
    async with open_house(config, folder=None, state=own_house.state, clock=clock) as house:
        await look(house, clock)
        site.serve("/gazette", status=403)
        await look(house, clock, times=6)
        while await send_due(house, owner="test"):
            pass
        site.serve("/gazette", FEED.format(site.url("/one")), kind="application/rss+xml")
        await look(house, clock, times=6)
        while await send_due(house, owner="test"):
            pass

        with house.database.read() as db:
            state = load_states(db)["gazette"].health
    assert heard == ["Gazette is blocked", "Gazette is well again"]
    assert state is not None
    assert state.state is HealthState.FINE
    assert state.told is None


async def test_without_a_target_tagged_ops_it_stands_in_the_table_only(
    site: Any, own_house: Any
) -> None:
    site.serve("/gazette", status=410)
    own_house.write(sources=[block(site)])
    config, clock = load_own_config(own_house.folder), Later()
    async with open_house(config, folder=None, state=own_house.state, clock=clock) as house:
        await look(house, clock, times=4)

        with house.database.read() as db:
            assert [notice.kind for notice in load_notices(db)] == [NoticeKind.BAD]
            assert load_deliveries(db) == ()


async def test_a_network_of_our_own_that_is_down_is_one_notice(
    open_site: Any, own_house: Any, unused_tcp_port_factory: Any
) -> None:
    ports = [unused_tcp_port_factory() for _ in range(6)]
    sources = [
        block(await open_site(), f"paper{n}") | {"url": f"http://host{n}.localhost:{port}/"}
        for n, port in enumerate(ports)
    ]
    own_house.write(sources=sources)
    config, clock = load_own_config(own_house.folder), Later()
    async with open_house(config, folder=None, state=own_house.state, clock=clock) as house:
        await look(house, clock, times=6)

        with house.database.read() as db:
            notices = load_notices(db)
            states = {state.health.state for state in load_states(db).values() if state.health}
    assert [notice.kind for notice in notices] == [NoticeKind.CUT_OFF]
    assert states == {HealthState.FINE}


async def test_a_day_without_an_article_is_told_once_and_so_is_its_end(
    site: Any, own_house: Any
) -> None:
    own_house.write(sources=[block(site)])
    config, clock = load_own_config(own_house.folder), Later()
    async with open_house(config, folder=None, state=own_house.state, clock=clock) as house:
        for hour in range(40):
            clock.ahead = timedelta(hours=hour)
            with house.database.write() as tx:
                brought = 1 if hour in (0, 39) else 0
                add_to_hour(tx, "gazette", now=clock(), looks=4, articles=brought)
            tell_health(house)

        with house.database.read() as db:
            kinds = [notice.kind for notice in load_notices(db)]
    assert kinds == [NoticeKind.ARTICLES_AGAIN, NoticeKind.NO_ARTICLES]


@pytest.mark.parametrize(("hours", "due"), [(23, False), (24, True), (-1, True)])
async def test_upkeep_is_due_by_the_stored_time(own_house: Any, hours: int, due: bool) -> None:
    config, clock = load_own_config(own_house.folder), Later()
    async with open_house(config, folder=None, state=own_house.state, clock=clock) as house:
        assert is_upkeep_due(house)
        keep_small_and_safe(house)

        clock.ahead = timedelta(hours=hours)

        assert is_upkeep_due(house) is due
        assert len(load_backups(house.database.path)) == 1


YESTERDAY = """
INSERT INTO sources (id, failures) VALUES ('gazette', 2);
INSERT INTO articles (id, url, title, fetched_at, reasons, revision)
    VALUES (1, 'https://one.example/', 'One', '2025-01-24T12:00:00.000000+00:00', '[]', 1);
INSERT INTO deals (id, kind, stage, parties, figure_primary, earlier, change_count, opened_at,
        changed_at)
    VALUES (1, 'other', 'announced', '[]', 0, '[]', 1, '2025-01-24T12:00:00.000000+00:00',
        '2025-01-24T12:00:00.000000+00:00');
INSERT INTO changes (deal_id, number, kind, stage_after, article_id, article_url, claim, at,
        reasons)
    VALUES (1, 1, 'opened', 'announced', 1, 'https://one.example/', '{}',
        '2025-01-24T12:00:00.000000+00:00', '[]');
INSERT INTO alerts (id, rule_id, deal_id, change_number, kind, reasons, made_at)
    VALUES (1, 'mega', 1, 1, 'alert', '[]', '2025-01-24T12:00:00.000000+00:00');
INSERT INTO deliveries (id, alert_id, target_id, state, due_at)
    VALUES (5, 1, 'me', 'sent', '2025-01-24T12:00:00.000000+00:00');
"""


def test_a_database_of_yesterday_keeps_its_deliveries(tmp_path: Path, database_of: Any) -> None:
    path = tmp_path / "rasid.db"
    database_of(path, "0003", YESTERDAY)

    database = open_database(path)
    with database.read() as db:
        state = load_states(db)["gazette"]
        (delivery,) = load_deliveries(db)
    database.close()

    assert (state.failures, state.health) == (2, None)
    assert (delivery.alert_id, delivery.notice_id, delivery.target_id) == (1, None, "me")
