"""The demo's day: what is written holds by the law, also when names, amounts and order change."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import aiohttp
import pytest

from config.load import load_companies, load_config
from notifier.model import AlertKind
from scheduler.demo.config import write_config
from scheduler.demo.receiver import Receiver
from scheduler.demo.script import Day, expected, load_day
from scheduler.demo.shuffle import shuffle
from scheduler.demo.world import World

DAY = load_day()
SEEDS = range(60)
OPENS_THE_PLAN = {"test-01", "test-02"}


def kinds_of(day: Day, story: str) -> Counter[AlertKind]:
    stories = {article.id: article.story for article in day.articles}
    return Counter(one.kind for one in expected(day) if stories[one.article_id] == story)


def test_the_test_story_is_ten_articles_four_alerts_and_one_update() -> None:
    assert sum(article.story == "test" for article in DAY.articles) == 10
    assert kinds_of(DAY, "test") == {AlertKind.ALERT: 4, AlertKind.UPDATE: 1}


def test_the_whole_day_is_told_in_a_handful_of_messages() -> None:
    told = [(one.article_id, one.rule_id, str(one.kind)) for one in expected(DAY)]

    assert told == [
        ("test-01", "mega", "alert"),
        ("test-04", "mega", "alert"),
        ("test-05", "mega", "alert"),
        ("denied-01", "mega", "alert"),
        ("denied-02", "mega", "correction"),
        ("valuation-01", "big", "alert"),
        ("test-06", "mega", "update"),
        ("round-01", "big", "alert"),
        ("test-09", "mega", "alert"),
    ]


def test_every_article_says_by_which_law() -> None:
    assert [article.id for article in DAY.articles if not article.why and not article.opening] == []


def test_articles_are_whole() -> None:
    words = {
        article.id: sum(len(paragraph.text.split()) for paragraph in article.paragraphs)
        for article in DAY.articles
        if not article.opening
    }

    assert {name: count for name, count in words.items() if not 70 <= count <= 250} == {}


def test_the_outlets_are_of_every_kind() -> None:
    assert len(DAY.outlets) >= 6
    assert {outlet.list for outlet in DAY.outlets} == {
        "rss",
        "atom",
        "json_feed",
        "sitemap",
        "section",
    }
    assert {outlet.language for outlet in DAY.outlets} == {"ar", "en", "fr"}


def test_the_reference_article_has_its_decoys_and_no_day() -> None:
    article = next(article for article in DAY.articles if article.id == "test-01")
    text = "\n".join(paragraph.text for paragraph in article.paragraphs)

    assert all(said in text for said in ("60 و65 مليار", "38.4", "500", "1.3 مليون", "300 مليون"))
    assert sum(paragraph.is_link for paragraph in article.paragraphs) == 2
    assert next(o for o in DAY.outlets if o.id == article.outlet).page == "relative"


def test_the_last_article_is_written_in_persian_letters() -> None:
    article = DAY.articles[-1]

    assert article.id == "test-10"
    assert article.title.startswith("میتا ترصد ۱۳۵ ملیار")
    assert not re.search("[يك0-9]", "".join(p.text for p in article.paragraphs))


def test_nothing_is_left_open() -> None:
    for day in (DAY, *(shuffle(DAY, seed) for seed in SEEDS)):
        text = "".join(a.title + "".join(p.text for p in a.paragraphs) for a in day.articles)
        assert not re.search(r"[{}]", text)


def test_a_seed_tells_one_day() -> None:
    assert shuffle(DAY, 7) == shuffle(DAY, 7)
    assert len({tuple(a.title for a in shuffle(DAY, seed).articles) for seed in SEEDS}) > 50


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shuffled_day_keeps_the_law(seed: int) -> None:
    day = shuffle(DAY, seed)

    order = [article.id for article in day.articles]
    causes = {one.article_id: one.kind for one in expected(day)}
    assert kinds_of(day, "test") == kinds_of(DAY, "test")
    assert len(expected(day)) == len(expected(DAY))
    # The plan is opened by the first article that is certain of its low end.
    first = min(OPENS_THE_PLAN, key=order.index)
    assert causes[first] is AlertKind.ALERT
    assert order.index(first) < min(order.index(f"test-0{n}") for n in (3, 4))
    # The raise comes after every wording of January's plan that was told before it in truth.
    assert order.index("test-06") > max(order.index(f"test-0{n}") for n in (1, 2, 3, 4, 5))
    assert order.index("test-06") < min(order.index(name) for name in ("test-07", "test-08"))
    assert order.index("denied-01") < order.index("denied-02")
    assert order.index("round-01") < order.index("round-02")
    assert all(day.starts_at < a.told_at < day.ends_at for a in day.articles if not a.opening)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_article_moves_only_to_a_sound_outlet_of_its_language(seed: int) -> None:
    day = shuffle(DAY, seed)
    outlets = {outlet.id: outlet for outlet in day.outlets}
    broken = {one.outlet for one in day.breaks}

    assert all(outlets[a.outlet].language == a.language for a in day.articles)
    assert not [a.id for a in day.articles if a.outlet in broken and not a.opening]


def test_no_factor_carries_an_amount_over_a_limit() -> None:
    for draft in DAY.script.drafts:
        amounts = re.findall(r"\{([0-9.]+)\}", draft.title + draft.body)
        limit = 100 if draft.story == "small" else 10  # millions, billions
        for factor in DAY.script.scales[draft.scale]:
            for amount in map(Decimal, amounts):
                assert (amount >= limit) is (amount * factor >= limit), (draft.id, amount, factor)


def test_nobody_plays_twice() -> None:
    for seed in SEEDS:
        text = "\n".join(article.title for article in shuffle(DAY, seed).articles)
        names = {name.forms["en"] for names in DAY.script.roles.values() for name in names}
        assert len([name for name in names if name in text]) >= 6


def test_names_stand_as_in_companies_yaml() -> None:
    known = {(company.names["en"], company.names.get("ar")) for company in load_companies(None)}
    places = {name.forms["en"] for name in DAY.script.roles["place"]}

    for names in DAY.script.roles.values():
        for name in names:
            if name.forms["en"] not in places:
                assert (name.forms["en"], name.forms["ar"]) in known


@pytest.fixture
async def world() -> AsyncIterator[World]:
    world = World(DAY)
    await world.start()
    yield world
    await world.stop()


async def get(url: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers=named, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.text(), answer.headers


async def test_an_outlet_lists_what_it_told_so_far(world: World) -> None:
    ledger = next(source for source in world.sources if source.id == "ledger")
    _, before, _ = await get(ledger.url)

    article = next(article for article in DAY.articles if article.id == "test-05")
    url = world.publish(article.id, article.told_at)

    _, after, _ = await get(ledger.url)
    status, page, _ = await get(url)
    assert url not in before
    assert url in after
    assert status == 200
    assert "Meta invests $14.3 billion in Scale AI" in page
    assert article.told_at.astimezone().date().isoformat() in page
    assert world.url_of("test-05") == url
    assert world.url_of("test-06") is None


async def test_an_unchanged_list_says_so(world: World) -> None:
    for source in world.sources:
        _, _, headers = await get(source.url)
        by_etag, body, _ = await get(source.url, If_None_Match=headers["ETag"])
        by_date, _, _ = await get(source.url, If_Modified_Since=headers["Last-Modified"])
        assert (by_etag, body, by_date) == (304, "", 304), source.id

    article = next(article for article in DAY.articles if article.outlet == "cahier")
    cahier = next(source for source in world.sources if source.id == "cahier")
    _, _, headers = await get(cahier.url)
    world.publish("round-02", article.told_at + timedelta(days=200))

    assert (await get(cahier.url, If_None_Match=headers["ETag"]))[0] == 200
    assert (await get(cahier.url, If_Modified_Since=headers["Last-Modified"]))[0] == 200


async def test_the_broken_source_breaks_when_its_time_comes(world: World) -> None:
    ticker = next(source for source in world.sources if source.id == "ticker")
    answers = [await get(ticker.url)]
    for one in DAY.breaks:
        world.advance(one.at)
        answers.append(await get(ticker.url))

    assert [status for status, _, _ in answers] == [200, 200, 500]
    assert ["<rss" in text for _, text, _ in answers] == [True, False, False]
    assert "unavailable" in answers[1][1]


async def test_each_outlet_is_a_host_of_its_own_with_robots(world: World) -> None:
    bases = {source.url.split("/")[2] for source in world.sources}

    assert len(bases) == len(DAY.outlets)
    for base in bases:
        assert (await get(f"http://{base}/robots.txt"))[0] == 200
    assert {source.kind for source in world.sources} == {"feed", "sitemap", "section"}
    assert all(source.private for source in world.sources)


async def test_the_section_page_tells_no_day(world: World) -> None:
    url = world.publish("test-01", DAY.starts_at + timedelta(days=1))
    qimma = next(source for source in world.sources if source.id == "qimma")

    _, section, _ = await get(qimma.url)
    _, page, _ = await get(url)

    assert url in section
    assert qimma.link_pattern is not None
    assert re.search(qimma.link_pattern, url)
    assert "تاريخ النشر: منذ يوم" in page
    assert page.count("اقرأ أيضًا: ") == 2
    assert "على واتساب" in page
    assert not re.search(r"2025-01|01/2025", page)


async def test_the_log_says_what_was_asked_for(world: World) -> None:
    ledger = next(source for source in world.sources if source.id == "ledger")
    await get(ledger.url)
    await get(ledger.url)
    await get(ledger.url.replace("feed.xml", "nothing"))

    assert world.log == {("ledger", "/feed.xml", 200): 2, ("ledger", "/nothing", 404): 1}


async def test_the_receiver_keeps_what_arrives_and_can_refuse() -> None:
    receiver = Receiver()
    await receiver.start()
    receiver.refusing["/desk-en"] = 503
    sent = {"version": "1.0", "title": "عنوان", "message": "نص", "type": "info"}

    async with aiohttp.ClientSession() as session:
        statuses = [
            (await session.post(f"http://{receiver.base}/{path}", json=sent)).status
            for path in ("desk-ar", "desk-en")
        ]
    await receiver.stop()

    assert statuses == [200, 503]
    assert [(one.path, one.title, one.message) for one in receiver.received] == [
        ("/desk-ar", "عنوان", "نص")
    ]
    assert receiver.refused == ["/desk-en"]


async def test_the_demo_is_configured_by_files_like_any_owner(world: World, tmp_path: Path) -> None:
    receiver = Receiver()
    await receiver.start()
    urls = {name: receiver.url(name) for name in ("desk-ar", "desk-en")}
    amounts = {"10bn USD": Decimal(10**10), "100m USD": Decimal(10**8)}

    folder = write_config(tmp_path, sources=world.sources, urls=urls)
    config = load_config(
        folder,
        parse_amount=lambda text: (amounts[text], "USD"),
        environment=os.environ,
    )
    await receiver.stop()

    assert config.sources == world.sources
    assert [rule.id for rule in config.rules] == ["mega", "big"]
    assert [(target.id, target.language, target.url) for target in config.targets] == [
        ("desk-ar", "ar", urls["desk-ar"]),
        ("desk-en", "en", urls["desk-en"]),
    ]
    assert {one.rule_id for one in expected(DAY)} == {rule.id for rule in config.rules}
