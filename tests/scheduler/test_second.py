"""A second reader behind a real endpoint: asked in doubt only, believed only with its sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from config.model import Settings
from crawler.loading import load_reader
from crawler.model import Article, Reading
from crawler.reading.read import Reader, headline, read_article
from crawler.reading.second import Second, is_grey, parse_answer, second_of
from crawler.storage.database import DATABASE_NAME, Database, open_database
from scheduler.second import SecondReader

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SENTENCE = "The lab was given 40 million euros by the region."
ARTICLE = Article(
    url="https://news.example/lab",
    source_id="news",
    title="A new lab for learning machines",
    body=f"{SENTENCE} It will open in May.",
    language="en",
    published=None,
    fetched_at=NOON,
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(None)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / DATABASE_NAME)
    yield database
    database.close()


def answer(said: object, *, tokens: int = 1000) -> str:
    content = said if isinstance(said, str) else json.dumps(said)
    choice = {"message": {"role": "assistant", "content": content}}
    return json.dumps({"choices": [choice], "usage": {"total_tokens": tokens}})


YES = {"ai_investment": True, "quote": SENTENCE}


def asked_at(site: Any, database: Database, **fields: Any) -> SecondReader:
    settings = Settings.model_validate(
        {
            "second_reader_url": site.url("/v1"),
            "second_reader_model": "tiny",
            "second_reader_key": "sesame",
            "second_reader_timeout_s": 1,
            **fields,
        }
    )
    return SecondReader(settings, database)


async def test_answer_with_its_sentence_counts(site: Any, database: Database) -> None:
    site.serve("/v1/chat/completions", answer(YES), kind="application/json")

    second = await asked_at(site, database).ask(ARTICLE, now=NOON)

    assert second == Second(
        ai_investment=True, quote=SENTENCE, start=ARTICLE.text.index(SENTENCE), by="tiny"
    )
    assert site.hits[-1].headers["authorization"] == "Bearer sesame"


NO_ANSWERS = {
    "an invented sentence": answer({**YES, "quote": "The lab received 40 million euros in May."}),
    "no sentence": answer({"ai_investment": True}),
    "a word": answer({**YES, "quote": "The lab"}),
    "no judgment": answer({**YES, "ai_investment": "perhaps"}),
    "talk": answer("I think so."),
    "a list": answer("[1]"),
    "no choice": '{"choices": []}',
    "no JSON": "<html>",
    "deep": answer('{"a":' * 50_000),
}


@pytest.mark.parametrize("body", NO_ANSWERS.values(), ids=NO_ANSWERS)
async def test_other_answers_are_dropped(site: Any, database: Database, body: str) -> None:
    site.serve("/v1/chat/completions", body, kind="application/json")

    assert await asked_at(site, database).ask(ARTICLE, now=NOON) is None


@pytest.mark.parametrize("how", ["error", "hangs", "cut off", "elsewhere", "endless"])
async def test_a_server_in_trouble_changes_nothing(site: Any, database: Database, how: str) -> None:
    path = "/v1/chat/completions"
    match how:
        case "error":
            site.serve(path, "no", status=500)
        case "hangs":
            site.hang(path)
        case "cut off":
            site.cut_off(path)
        case "elsewhere":
            site.serve(path, "", status=302, headers={"Location": site.url("/other")})
        case "endless":
            site.serve(path, " " * 1_000_000, kind="application/json")

    assert await asked_at(site, database).ask(ARTICLE, now=NOON) is None
    assert site.count("/other") == 0


async def test_no_day_costs_more_than_its_cap(site: Any, database: Database) -> None:
    site.serve("/v1/chat/completions", answer(YES, tokens=700), kind="application/json")
    reader = asked_at(
        site,
        database,
        second_reader_usd_per_day=Decimal("0.02"),
        second_reader_usd_per_million_tokens=Decimal(10),
    )

    today = [await reader.ask(ARTICLE, now=NOON) for _ in range(5)]
    tomorrow = await reader.ask(ARTICLE, now=NOON + timedelta(days=1))

    assert [second is not None for second in today] == [True, True, False, False, False]
    assert tomorrow is not None


def test_doubt_is_near_the_line() -> None:
    reading = Reading(
        language="en", ai_investment=True, figures=(), claims=(),
        reader_version="1", lexicon_hash="x", margin=Decimal("0.3"),
    )  # fmt: skip

    assert is_grey(reading)
    assert is_grey(replace(reading, margin=Decimal("-0.3")))
    assert not is_grey(replace(reading, margin=Decimal("2.1")))
    assert not is_grey(replace(reading, margin=None))


def test_its_judgment_holds_and_is_told(reader: Reader) -> None:
    title = "Results: what a quarter at the harbour brought"
    article = replace(ARTICLE, title=title, body=f"{SENTENCE} Its software uses AI.")
    second = parse_answer(json.dumps(YES), article, by="tiny")
    alone = read_article(article, reader)

    both = read_article(article, reader, second=second)

    assert not alone.ai_investment
    assert both.ai_investment
    claim = headline(both)
    assert claim is not None
    assert claim.figure is not None
    assert claim.figure.low == 40_000_000
    assert any("tiny read it too" in reason.text for reason in both.reasons)
    assert second_of(both, article) == second
    assert second_of(alone, article) is None
