"""First runs, new sources and weekends off: one message of many deals, and never a flood."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from crawler.storage.database import open_database
from crawler.storage.looks import load_states
from crawler.storage.meta import load_meta
from notifier.model import NoticeKind
from notifier.outbox.alerts import load_alerts
from notifier.outbox.notices import load_notices
from scheduler.clock import machine_clock
from scheduler.daemon import open_house
from scheduler.heartbeat import Heartbeat
from scheduler.house import House, load_own_config
from scheduler.introductions import AWAY, tell_away, tell_first_looks
from scheduler.look import look_at
from scheduler.sending import send_due

RULES = [{"id": "big", "at_least": "1bn USD", "tell": ["desk"]}]
COMPANIES = ("OpenAI", "Anthropic", "Mistral AI", "xAI", "Cohere", "Humain")


class Later:
    """The machine's clock, moved ahead by the test."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return machine_clock() + self.ahead


class News:
    """A small web of feeds, and the phone of whoever reads."""

    def __init__(
        self, site: Any, own_house: Any, *, rules: list[dict[str, Any]] = RULES, **reader: str
    ) -> None:
        self.rules, self.reader = rules, reader  # more fields of the target
        self.site, self.own_house, self.clock = site, own_house, Later()
        self.names: list[str] = []
        self.lines: dict[str, list[str]] = {}
        self.heard: list[tuple[str, str]] = []
        site.answers["/hook"] = self._hear

    async def _hear(self, request: web.Request) -> web.Response:
        told = await request.json()
        self.heard.append((told["title"], told["message"]))
        return web.Response()

    def source(self, name: str) -> None:
        self.names.append(name)
        self.lines[name] = []
        self._serve(name)

    def story(self, name: str, company: str, *, days_ago: float | None, amount: int = 5) -> None:
        """One more page in the feed of `name`; None: without a date anywhere."""
        title = f"{company} raises ${amount} billion for artificial intelligence"
        path = f"/{name}/{company.split()[0].lower()}-{len(self.lines[name])}.html"
        meta = date = ""
        if days_ago is not None:
            at = self.clock() - timedelta(days=days_ago)
            meta = f"<meta property='article:published_time' content='{at.isoformat()}'>"
            date = f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        text = (
            f"<p>{company} said it raised ${amount} billion in a funding round to build artificial "
            "intelligence models. The company will spend it on data centers and on research.</p>"
        )
        self.site.serve(
            path,
            f"<html lang='en'><head><title>{title}</title>{meta}</head>"
            f"<body><article><h1>{title}</h1>{text * 3}</article></body></html>",
        )
        link = self.site.url(path)
        self.lines[name].append(f"<item><title>{title}</title><link>{link}</link>{date}</item>")
        self._serve(name)

    def _serve(self, name: str) -> None:
        items = "".join(self.lines[name])
        feed = f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>"
        self.site.serve(f"/{name}", feed, kind="application/rss+xml")

    @asynccontextmanager
    async def house(self, *, with_ops: bool = False) -> AsyncIterator[House]:
        """The house, opened as a restart opens it."""
        phones = {"me": "desk", "boss": "ops"} if with_ops else {"me": "desk"}
        hook = self.site.url("/hook").replace("http://", "json://")
        self.own_house.write(
            sources=[
                {"id": name, "name": name.title(), "kind": "feed", "url": self.site.url(f"/{name}")}
                | {"private": "true", "language": "en"}
                for name in self.names
            ],
            rules=self.rules,
            targets=[
                {"id": name, "url": hook, "tags": [tag], **self.reader}
                for name, tag in phones.items()
            ],
        )
        config = load_own_config(self.own_house.folder)
        async with open_house(
            config, folder=None, state=self.own_house.state, clock=self.clock
        ) as house:
            yield house


@pytest.fixture
def news(site: Any, own_house: Any) -> News:
    return News(site, own_house)


async def look(house: House, *names: str) -> None:
    for name in names or house.sources:
        await look_at(house, house.sources[name])


async def send(house: House) -> None:
    while await send_due(house, owner="test"):
        pass


def first_run(news: News) -> None:
    for number, name in enumerate(("alpha", "beta", "gamma")):
        news.source(name)
        news.story(name, COMPANIES[number], days_ago=2 + number)
    news.story("alpha", COMPANIES[3], days_ago=30)
    news.story("beta", COMPANIES[4], days_ago=None)


async def test_a_first_run_stores_silently_and_sends_one_message(news: News) -> None:
    first_run(news)
    async with news.house() as house:
        await look(house, "alpha", "beta")
        too_early = tell_first_looks(house)
    async with news.house() as house:  # a restart in the middle
        await look(house, "gamma")
        tell_first_looks(house)
    async with news.house() as house:  # and one before it was sent
        again = tell_first_looks(house)
        await send(house)
        with house.database.read() as db:
            alerts = load_alerts(db)

    ((title, text),) = news.heard
    assert (too_early, again, alerts) == ((), (), ())
    assert title == "I watch 3 sources; these 3 deals of the last week would have been alerted"
    assert all(company in text for company in COMPANIES[:3])
    assert not any(company in text for company in COMPANIES[3:5])  # a month old, and undated


async def test_sources_added_together_are_one_message_of_their_own(news: News) -> None:
    first_run(news)
    async with news.house() as house:
        await look(house)
        tell_first_looks(house)
        await send(house)
    for name in ("delta", "epsilon"):
        news.source(name)
    news.story("delta", COMPANIES[5], days_ago=1)
    async with news.house() as house:
        await look(house, "delta")
        too_early = tell_first_looks(house)
        await look(house, "epsilon", "alpha")
        tell_first_looks(house)
        await send(house)

    assert too_early == ()
    assert [title for title, _ in news.heard] == [
        "I watch 3 sources; these 3 deals of the last week would have been alerted",
        "I watch 2 new sources; this deal of the last week would have been alerted",
    ]
    assert "Humain" in news.heard[1][1]


async def test_one_more_source_without_a_deal_is_told_to_ops_only(news: News) -> None:
    news.source("alpha")
    async with news.house() as house:
        await look(house)
        tell_first_looks(house)
        await send(house)
    news.source("beta")
    async with news.house(with_ops=True) as house:
        await look(house)
        tell_first_looks(house)
        await send(house)

    assert [title for title, _ in news.heard] == [
        "I watch 1 source; no deal of the last week would have been alerted",
        "I watch 1 new source; no deal of the last week would have been alerted",
    ]


async def test_a_source_that_does_not_answer_is_waited_for_by_nobody(news: News) -> None:
    first_run(news)
    news.site.serve("/gamma", status=503)
    async with news.house() as house:
        await look(house)
        tell_first_looks(house)
        await send(house)
        with house.database.read() as db:
            introduced = [state.introduced_at for state in load_states(db).values()]

    ((title, text),) = news.heard
    assert title == "I watch 3 sources; these 2 deals of the last week would have been alerted"
    assert "1 of the sources has not answered yet" in text
    assert all(introduced)


async def test_what_grew_old_over_a_long_weekend_is_one_message(news: News) -> None:
    for name in ("alpha", "beta"):
        news.source(name)
        news.story(name, "Inflection", days_ago=40)
    async with news.house() as house:
        await look(house)
        tell_first_looks(house)
        await Heartbeat(house).beat()
        await send(house)
    news.clock.ahead = timedelta(days=6)
    for number, company in enumerate(COMPANIES):
        news.story(("alpha", "beta")[number % 2], company, days_ago=3.5 + number / 5)
    news.story("alpha", "Perplexity", days_ago=0.1)  # of today: an alert as ever
    news.story("beta", "Scale AI", days_ago=6.5)  # before we left
    async with news.house() as house:
        await look(house, "alpha")
        await Heartbeat(house).beat()
        too_early = tell_away(house)
    async with news.house() as house:
        await Heartbeat(house).beat()
        await look(house, "beta")
        told = tell_away(house)
        await send(house)
        with house.database.read() as db:
            left = load_meta(db, AWAY)

    assert too_early == ()
    assert [notice.kind for notice in told] == [NoticeKind.AWAY]
    assert left is None
    titles = sorted(title for title, _ in news.heard[1:])
    assert len(titles) == 2
    assert titles[0].startswith("$5bn · Perplexity")
    assert titles[1] == "While you were away: 6 deals"
    (text,) = (text for title, text in news.heard if title == titles[1])
    assert all(company in text for company in COMPANIES)
    assert "Scale AI" not in text


async def test_a_gap_in_which_nothing_grew_old_is_not_told(news: News) -> None:
    news.source("alpha")
    async with news.house() as house:
        await look(house)
        tell_first_looks(house)
        await Heartbeat(house).beat()
        news.clock.ahead = timedelta(hours=9)
        await Heartbeat(house).beat()
        await look(house)

        assert tell_away(house) == ()
        with house.database.read() as db:
            assert load_meta(db, AWAY) is None
            assert [notice.kind for notice in load_notices(db)] == [NoticeKind.FIRST_LOOKS]


def test_an_older_database_is_not_introduced_again(tmp_path: Path, database_of: Any) -> None:
    rows = """
    INSERT INTO sources (id, failures, first_look_done, last_look_at)
        VALUES ('alpha', 0, 1, '2026-11-24T12:00:00.000000+00:00');
    INSERT INTO sources (id, failures, first_look_done) VALUES ('beta', 3, 0);
    INSERT INTO notices (id, kind, items, made_at)
        VALUES (1, 'cut_off', '[]', '2026-11-24T12:00:00.000000+00:00');
    """
    path = tmp_path / "rasid.db"
    database_of(path, "0006", rows)

    database = open_database(path)
    with database.read() as db:
        states = load_states(db)
        (notice,) = load_notices(db)
    database.close()

    assert states["alpha"].introduced_at == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert states["beta"].introduced_at is None
    assert notice.digest is None
