"""The digest by the clock: what it lists, what it says of nothing, and that it comes once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from crawler.storage.deals import load_deals
from crawler.storage.schema import deliveries
from notifier.model import Notice
from notifier.outbox.deliveries import load_deliveries
from scheduler.digest import tell_digests
from scheduler.heartbeat import Heartbeat
from scheduler.house import House
from scheduler.introductions import tell_first_looks
from tests.scheduler.test_introductions import COMPANIES, News, look, send

RULES = [
    {"id": "now", "at_least": "4bn USD", "companies": ["openai"], "tell": ["desk"]},
    {
        "id": "later",
        "at_least": "4bn USD",
        "unless": {"companies": ["openai"]},
        "urgency": "digest",
        "tell": ["desk"],
    },
]


@pytest.fixture
def news(site: Any, own_house: Any) -> News:
    return News(site, own_house, rules=RULES, digest="daily 08:00", zone="Asia/Dubai")


def to_next(news: News, hour: int) -> None:
    """Move the clock to the next time that it is `hour` in UTC."""
    now = news.clock()
    at = now.replace(hour=hour, minute=0, second=30, microsecond=0)
    news.clock.ahead += (at if at > now else at + timedelta(days=1)) - now


async def begin(news: News, house: House) -> None:
    """A first look and the morning after it, from which on a day is counted."""
    await look(house)
    tell_first_looks(house)
    tell_digests(house)
    to_next(news, 4)
    tell_digests(house)
    await send(house)
    news.heard.clear()


async def test_new_deals_of_a_day_are_one_message_at_eight_in_dubai(news: News) -> None:
    news.source("alpha")
    news.story("alpha", "Inflection", days_ago=40)
    async with news.house() as house:
        await begin(news, house)
        news.clock.ahead += timedelta(hours=3)
        for company in ("OpenAI", "Anthropic", "Cohere"):
            news.story("alpha", company, days_ago=0.1)
        news.story("alpha", "Perplexity", days_ago=9)
        await look(house)
        to_next(news, 3)
        too_early = tell_digests(house)
    news.clock.ahead += timedelta(hours=1)
    async with news.house() as house:
        assert len(tell_digests(house)) == 1
    async with news.house() as house:  # a restart before it was sent
        again = tell_digests(house)
        await send(house)

    assert (too_early, again) == ((), ())
    (alert, digest) = sorted(news.heard)
    assert alert[0].startswith("$5bn · OpenAI")
    assert digest[0].startswith("Daily digest ")
    assert digest[0].endswith(": 3 new")
    shown, held = digest[1].split("Held back")
    assert all(company in shown for company in ("OpenAI", "Anthropic", "Cohere"))
    assert "Perplexity" in held
    assert "older than the limit" in held


async def test_a_digest_of_nothing_says_why(news: News) -> None:
    news.source("alpha")
    news.story("alpha", "Inflection", days_ago=40)
    async with news.house() as house:
        await begin(news, house)
        news.clock.ahead += timedelta(hours=3)
        for company in COMPANIES[:2]:
            news.story("alpha", company, days_ago=0.1, amount=1)
        await look(house)
        to_next(news, 4)
        tell_digests(house)
        await send(house)

    ((title, text),) = news.heard
    assert title.endswith(": nothing")
    assert "1 source looked at, 2 articles, 2 on money in AI" in text
    assert "2 AI deals under your figure" in text


async def test_days_without_rasid_are_one_digest(news: News) -> None:
    news.source("alpha")
    news.story("alpha", "Inflection", days_ago=40)
    async with news.house() as house:
        await begin(news, house)
        to_next(news, 12)
        news.story("alpha", "Anthropic", days_ago=0.1)
        await look(house)
    news.clock.ahead += timedelta(days=4)
    async with news.house() as house:
        (notice,) = tell_digests(house)

        assert notice.digest is not None
        assert len(notice.digest.new) == 1
        assert notice.digest.until - notice.digest.since == timedelta(days=4)


async def test_what_was_listed_is_listed_again_only_when_it_moves(news: News) -> None:
    news.source("alpha")
    news.story("alpha", "Inflection", days_ago=40)
    async with news.house() as house:
        await begin(news, house)
        told: list[Notice] = []
        for amount in (5, 5, 9):
            to_next(news, 12)
            news.story("alpha", "Anthropic", days_ago=0.1, amount=amount)
            await look(house)
            to_next(news, 4)
            told += tell_digests(house)
        with house.database.read() as db:
            deals = load_deals(db)

    counts = [(len(one.digest.new), len(one.digest.changed)) for one in told if one.digest]
    assert counts[:2] == [(1, 0), (0, 0)], deals
    assert counts[2] in ((0, 1), (1, 0))  # raised, or another round: a figure of its own


async def test_a_target_without_an_hour_gets_none(site: Any, own_house: Any) -> None:
    news = News(site, own_house, rules=RULES)
    news.source("alpha")
    async with news.house() as house:
        tell_digests(house)
        news.clock.ahead = timedelta(days=3)

        assert tell_digests(house) == ()


async def test_a_rule_that_waits_for_no_digest_is_shown(site: Any, own_house: Any) -> None:
    news = News(site, own_house, rules=RULES)
    async with news.house():
        pass

    status = await own_house.rasid("status")

    assert "! rule later waits for a digest" in status
    assert "! rule now" not in status


async def test_the_preview_says_what_the_digest_says(news: News, own_house: Any) -> None:
    news.source("alpha")
    news.story("alpha", "Anthropic", days_ago=0.1)
    news.story("alpha", "Inflection", days_ago=40)
    async with news.house() as house:
        await look(house)
        tell_first_looks(house)
        news.story("alpha", "Cohere", days_ago=0.1)
        await look(house)
        await Heartbeat(house).beat()

    said = await own_house.rasid("digest", "--since", "24h", "--tag", "desk")
    french = await own_house.rasid("digest", "--language", "fr")
    page = await own_house.rasid("digest", "--language", "ar", "--html")
    wrong = [
        await own_house.rasid("digest", *asked, code=1)
        for asked in (("--tag", "nobody"), ("--language", "xx"))
    ]

    assert "1 new" in said.splitlines()[0]
    assert "Cohere" in said
    assert "1 nouvelle" in french.splitlines()[0]
    assert page.startswith('<!DOCTYPE html><html lang="ar" dir="rtl">')
    assert "الجديد" in page
    assert f'href="{news.site.url("/")}' in page
    assert "notice 0" not in french + page  # nobody owes a preview
    assert wrong == ["", ""]


async def test_what_was_held_for_it_is_told_in_it_and_not_once_more(news: News) -> None:
    news.source("alpha")
    news.story("alpha", "Inflection", days_ago=40)
    async with news.house() as house:
        await begin(news, house)
        news.clock.ahead += timedelta(hours=3)
        news.story("alpha", "OpenAI", days_ago=0.1)
        await look(house)
        with house.database.write() as tx:
            held = update(deliveries).where(deliveries.c.alert_id.is_not(None))
            tx.execute(held.values(state="held", held_for="budget", held_since=news.clock()))
        to_next(news, 4)
        (notice,) = tell_digests(house)
        await send(house)
        with house.database.read() as db:
            (delivery,) = load_deliveries(db, alert_ids=[1])

    ((title, text),) = news.heard
    assert title.endswith(": 1 new")
    assert "OpenAI" in text
    assert (delivery.state, delivery.told_in) == ("dropped", notice.id)
