"""One `decide` for all: backtest and preview say what was said live, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from config.model import Rule, Source, Target
from crawler.model import (
    Article,
    Claim,
    Evidence,
    Figure,
    Party,
    Published,
    Reading,
    Role,
    Side,
    Stage,
)
from crawler.storage.database import DATABASE_NAME, open_database
from crawler.storage.meta import save_meta
from crawler.storage.past import load_past
from notifier.model import Verdict
from notifier.outbox.verdicts import load_verdicts
from scheduler.asking import yardstick_of
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.pipeline import take_in
from scheduler.replay import replay
from scheduler.shadow import FILE_NAME, SINCE, Shadow

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OUTLETS = [
    Source(
        id=f"outlet-{n}",
        name="O",
        url="https://x.example/",
        kind="feed",
        owner=f"owner-{n // 2}",
        country=country,
    )
    for n, country in enumerate(("US", "GB", "AE", "FR"))
]
BILLION = {"value": 10**9, "currency": "USD", "text": "1bn USD"}
WISHES: list[dict[str, Any]] = [
    {"id": "any", "tell": ["desk"]},
    {"id": "mega", "at_least": BILLION, "tell": ["desk"]},
    {"id": "confirmed", "confirmed_by": 2, "tell": ["desk"]},
    {"id": "gulf", "countries": ["AE"], "unless": {"kinds": ["debt"]}, "tell": ["desk"]},
    {"id": "later", "urgency": "digest", "tell": ["desk"]},
    {"id": "first", "at_least": BILLION, "first_above": True, "tell": ["desk"]},
]  # fmt: skip
KINDS = [Role.FUNDING_ROUND, Role.CAPEX_PLAN, Role.DEBT]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    rules = tuple(Rule.model_validate(wish) for wish in WISHES)
    target = Target(id="desk", url="json://localhost/", tags=("desk",))
    config = load_own_config(None).model_copy(
        update={"rules": rules, "sources": tuple(OUTLETS), "targets": (target,)}
    )
    database = open_database(tmp_path / DATABASE_NAME)
    yield House(config=config, state=tmp_path, rates=load_own_rates(None), database=database)
    database.close()


def tell(house: House, chance: Random, number: int) -> None:
    """One article of a year in which forty companies raise, spend and borrow."""
    company = f"Company {chance.randrange(40)}"
    now = NOON + timedelta(hours=4 * number)
    amount = Decimal(chance.choice([50, 120, 300, 900, 1500, 4000])) * 10**6
    currency = chance.choice(["USD", "EUR"])
    figure = Figure(low=amount, high=amount, currency=currency, text="…", start=0)
    kind = chance.choice(KINDS)
    side = Side.INVESTOR if kind is Role.CAPEX_PLAN else Side.RECIPIENT
    claim = Claim(
        role=kind,
        stage=chance.choice([Stage.IN_TALKS, Stage.ANNOUNCED, Stage.CLOSED, Stage.DENIED]),
        main=chance.random() < 0.9,
        figure=chance.choice([figure, figure, None]),
        parties=(Party(name=company, side=side),),
        sentence=f"{company} said on day {chance.randrange(3)} that it has money for its AI work.",
        start=0,
        says_changed=chance.random() < 0.3,
    )
    published = Published(
        at=now - timedelta(hours=chance.choice([1, 5, 100])), evidence=Evidence.FEED
    )
    source = chance.choice(OUTLETS)
    language = chance.choice(["en", "ar"])
    dated = published if chance.random() < 0.9 else None
    hear(house, claim, number=number, source=source, language=language, published=dated, now=now)


def hear(
    house: House,
    claim: Claim,
    *,
    number: int,
    source: Source,
    language: str,
    published: Published | None,
    now: datetime,
) -> None:
    """Take in the article of that number, which makes this one claim."""
    article = Article(
        url=f"https://{source.id}.example/{number}",
        source_id=source.id,
        title=claim.parties[0].name,
        body="…",
        language=language,
        published=published,
        fetched_at=now,
    )
    reading = Reading(
        language="en", figures=(claim.figure,) if claim.figure else (), claims=(claim,),
        ai_investment=True, reader_version="1", lexicon_hash="x", reasons=(),
    )  # fmt: skip
    with house.database.write() as tx:
        take_in(tx, article, reading, house=house, source=source, first_look=False,
                listing_id=None, now=now)  # fmt: skip


def watching(house: House) -> House:
    """The same rules once more, as some that only watch."""
    rules = yaml.safe_dump({"rules": [wish | _as_written(wish) for wish in WISHES]})
    (house.state / FILE_NAME).write_text(rules, "utf-8")
    with house.database.write() as tx:
        save_meta(tx, SINCE, NOON.isoformat())
    return replace(house, shadow=Shadow(None, house.state))


def _as_written(wish: dict[str, Any]) -> dict[str, Any]:
    return {"at_least": BILLION["text"]} if "at_least" in wish else {}


def test_what_is_replayed_is_what_was_said(house: House) -> None:
    chance, house = Random(7), watching(house)
    for number in range(1000):
        tell(house, chance, number)

    with house.database.read() as db:
        live = {
            (each.rule_id, each.deal_id, each.change_number): each
            for each in load_verdicts(db, limit=100_000)
        }
        watched = load_verdicts(db, shadow=True, limit=100_000)
        again = {
            (said.verdict.rule_id, said.verdict.deal_id, said.verdict.change_number): said.verdict
            for said in replay(
                load_past(db),
                house.config.rules,
                sources=house.all_sources,
                yardstick=yardstick_of(house.config, house.rates),
            )
        }
    assert len({each.answer for each in live.values()}) == 3
    assert again == live
    assert {_codes(one) for one in watched} == {_codes(one) for one in live.values()}


def _codes(said: Verdict) -> tuple[Any, ...]:
    """A verdict but for the numbers of alerts in its reasons: what only watches has none."""
    codes = tuple(each.code for each in said.reasons)
    return said.rule_id, said.deal_id, said.change_number, said.answer, said.kind, codes, said.at


def test_a_change_of_yesterday_is_asked_of_the_deal_of_today(house: House) -> None:
    tell(house, Random(1), 0)
    with house.database.write() as tx:
        tx.exec_driver_sql("UPDATE changes SET deal = NULL")

    with house.database.read() as db:
        (told,) = load_past(db)

    assert told.deal is not None
    assert told.deal.id == told.deal_id
