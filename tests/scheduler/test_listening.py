"""A rule that asks who tells a deal is asked again with every article that joins it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.model import Rule, Source, Target
from crawler.loading import load_reader
from crawler.model import Article, Evidence, Published
from crawler.reading.read import Reader, read_article
from crawler.storage.database import DATABASE_NAME, open_database
from notifier.outbox.alerts import load_alerts
from notifier.outbox.verdicts import load_verdicts
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.pipeline import take_in

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
OUTLETS = {
    "daily": ("en", "US", "daily"),
    "evening": ("en", "GB", "daily"),  # of the same publisher
    "wire": ("en", "FR", None),
}
TEXTS = (
    "Tessera Labs raises $120 million to build AI models\nTessera Labs, a start-up that trains "
    "large language models, said it has raised $120 million in a Series B led by Aster Capital.",
    "Tessera Labs gets $120 million for AI models\nInvestors led by Aster Capital put $120 million "
    "into Tessera Labs, which develops artificial intelligence, the company said on Wednesday.",
    "AI start-up Tessera Labs closes $120 million round\nThe Series B of Tessera Labs, a maker of "
    "large language models, brought it $120 million, according to a statement.",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(None)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    sources = tuple(
        Source(
            id=name, name=name, url="https://x.example/", kind="feed", country=country, owner=owner
        )
        for name, (_, country, owner) in OUTLETS.items()
    )
    target = Target(id="desk", url="json://localhost/", tags=("desk",))
    config = load_own_config(None).model_copy(update={"sources": sources, "targets": (target,)})
    database = open_database(tmp_path / DATABASE_NAME)
    yield House(config=config, state=tmp_path, rates=load_own_rates(None), database=database)
    database.close()


def fired(house: House, reader: Reader, wish: Mapping[str, Any], *outlets: str) -> list[bool]:
    """Whether the article of each of `outlets`, told one after the other, made the rule fire."""
    rule = Rule.model_validate({"id": "asks", "tell": ["desk"], **wish})
    house = replace(house, config=house.config.model_copy(update={"rules": (rule,)}))
    said = []
    for hours, (outlet, text) in enumerate(zip(outlets, TEXTS, strict=False)):
        title, _, body = text.partition("\n")
        at = NOON + timedelta(hours=hours)
        article = Article(
            url=f"https://{outlet}.example/{hours}",
            source_id=outlet,
            title=title,
            body=body,
            language=OUTLETS[outlet][0],
            published=Published(at=at, evidence=Evidence.FEED),
            fetched_at=at,
        )
        with house.database.write() as tx:
            taken = take_in(
                tx,
                article,
                read_article(article, reader),
                house=house,
                source=house.sources[outlet],
                first_look=False,
                listing_id=None,
                now=at,
            )
        said.append(bool(taken.alerts))
    return said


ASKED = {
    "two owners": ({"confirmed_by": 2}, ("daily", "evening", "wire"), [False, False, True]),
    "once only": ({"confirmed_by": 2}, ("daily", "wire", "evening"), [False, True, False]),
    "a source": ({"sources": ["wire"]}, ("daily", "wire", "evening"), [False, True, False]),
    "a country": ({"countries": ["GB"]}, ("daily", "evening", "wire"), [False, True, False]),
    "a rule that does not ask": ({}, ("daily", "wire", "evening"), [True, False, False]),
}


@pytest.mark.parametrize(("wish", "outlets", "says"), ASKED.values(), ids=ASKED)
def test_it_fires_with_the_article_that_makes_it_true(
    house: House, reader: Reader, wish: Any, outlets: tuple[str, ...], says: list[bool]
) -> None:
    assert fired(house, reader, wish, *outlets) == says


def test_a_rule_for_the_digest_holds_and_owes_nothing(house: House, reader: Reader) -> None:
    assert fired(house, reader, {"urgency": "digest"}, "daily", "wire") == [False, False]

    with house.database.read() as db:
        assert load_alerts(db) == ()
        (verdict,) = load_verdicts(db)
    assert verdict.answer == "hold"
    assert verdict.reasons[-1].code == "for_digest"
