"""Two deals become one, one becomes two, and old articles are read anew: nobody is alerted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from config.errors import RasidError
from config.model import Rule, Source, Target
from crawler.loading import load_reader
from crawler.model import Article, ChangeKind, Evidence, Published, Reading, Stage
from crawler.reading.read import Reader, read_article
from crawler.storage.changes import load_changes
from crawler.storage.claims import load_sources_of
from crawler.storage.database import DATABASE_NAME, Database, open_database
from crawler.storage.deals import load_deal, load_deals
from notifier.outbox.alerts import load_alerts
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.mending import merge_deals, split_deal
from scheduler.pipeline import TakenIn, take_in
from scheduler.reread import keep, reread

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SOURCE = Source(id="wire", name="Wire", url="https://wire.example/feed", kind="feed")
RATES = load_own_rates(None)
MILLION = 10**6

STORIES = {
    "round": "Tessera Labs raises $120 million to build AI models\nTessera Labs, a start-up that "
    "trains large language models, said it has raised $120 million in a Series B led by Aster "
    "Capital.",
    "renamed": "Mosaik closes $120 million Series B for its AI models\nMosaik, which trains large "
    "language models, said it had raised $120 million in a funding round.",
    "renamed again": "AI start-up Mosaik gets $120 million\nMosaik, which develops artificial "
    "intelligence models, has raised $120 million from investors, the company said.",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(None)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / DATABASE_NAME)
    yield database
    database.close()


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    config = load_own_config(None)
    rule = Rule.model_validate({"id": "all", "tell": ["desk"]})
    target = Target(id="desk", url="json://localhost/", tags=("desk",))
    config = config.model_copy(update={"rules": (rule,), "targets": (target,)})
    return House(config=config, state=tmp_path, rates=RATES, database=database)


def article(name: str, *, hours: int = 0) -> Article:
    title, _, body = STORIES[name].partition("\n")
    at = NOON + timedelta(hours=hours)
    return Article(
        url=f"https://wire.example/{name.replace(' ', '-')}",
        source_id="wire",
        title=title,
        body=body,
        language="en",
        published=Published(at=at, evidence=Evidence.FEED),
        fetched_at=at,
    )


def tell(house: House, told: Article, reading: Reading) -> TakenIn:
    with house.database.write() as tx:
        return take_in(
            tx,
            told,
            reading,
            house=house,
            source=SOURCE,
            first_look=False,
            listing_id=None,
            now=told.fetched_at,
        )


@pytest.fixture
def two(house: House, reader: Reader) -> House:
    """One round, told under the start-up's old and new name: d1 and d2."""
    for hours, name in enumerate(("round", "renamed")):
        tell(house, article(name, hours=hours), read_article(article(name), reader))
    with house.database.read() as db:
        assert [deal.id for deal in load_deals(db)] == [2, 1]
    return house


def test_merged_deals_are_one_from_then_on(two: House, reader: Reader) -> None:
    with two.database.write() as tx:
        before = len(load_alerts(tx))
        merge_deals(tx, 1, 2, rates=RATES, now=NOON)
        assert len(load_alerts(tx)) == before

    later = article("renamed again", hours=9)
    taken = tell(two, later, read_article(later, reader))

    with two.database.read() as db:
        assert [deal.id for deal in load_deals(db)] == [1]
        assert len(load_sources_of(db, 1)) == 3
    assert [step.deal.id for step in taken.steps if step.deal] == [1]
    assert taken.alerts == ()


def test_merged_deal_has_the_claims_of_both(two: House) -> None:
    with two.database.write() as tx:
        merge_deals(tx, 2, 1, rates=RATES, now=NOON)
        kept = load_deal(tx, 2)

    assert kept is not None
    assert {party.name for party in kept.parties} >= {"Tessera Labs", "Aster Capital"}
    assert kept.figure is not None
    assert kept.figure.low == 120 * MILLION


@pytest.mark.parametrize(
    ("kept", "other", "said"), [(1, 1, "one deal already"), (1, 9, "no deal d9")]
)
def test_what_cannot_be_merged_is_said(two: House, kept: int, other: int, said: str) -> None:
    with pytest.raises(RasidError, match=said), two.database.write() as tx:
        merge_deals(tx, kept, other, rates=RATES, now=NOON)


def test_a_merged_deal_is_named_by_what_it_is_now(two: House) -> None:
    with two.database.write() as tx:
        merge_deals(tx, 1, 2, rates=RATES, now=NOON)

    with pytest.raises(RasidError, match="merged into d1"), two.database.write() as tx:
        merge_deals(tx, 2, 1, rates=RATES, now=NOON)


def test_split_makes_a_deal_of_what_some_articles_tell(two: House) -> None:
    with two.database.write() as tx:
        merge_deals(tx, 1, 2, rates=RATES, now=NOON)
        mended, made = split_deal(tx, 1, [article("renamed").url], rates=RATES, now=NOON)

    with two.database.read() as db:
        assert [told.url for told in load_sources_of(db, made.id)] == [article("renamed").url]
        assert [told.url for told in load_sources_of(db, 1)] == [article("round").url]
        assert [change.kind for change in load_changes(db, made.id)] == [ChangeKind.OPENED]
    assert mended.after.id == 1
    assert "Tessera Labs" not in {party.name for party in made.parties}


def test_what_cannot_be_split_is_said(two: House) -> None:
    for urls, said in ((["https://elsewhere.example"], "does not tell of d1"),
                       ([article("round").url], "all that tells of d1")):  # fmt: skip
        with pytest.raises(RasidError, match=said), two.database.write() as tx:
            split_deal(tx, 1, urls, rates=RATES, now=NOON)


def read_by_an_old_reader(reading: Reading, low: int | None) -> Reading:
    """A reading that took another sum for the deal's, or saw none."""

    def wrong(claim: Any) -> Any:
        if claim.figure is None:
            return claim
        return replace(claim, figure=replace(claim.figure, low=Decimal(low), high=Decimal(low)))

    claims = tuple(wrong(claim) for claim in reading.claims) if low else ()
    return replace(reading, claims=claims, ai_investment=bool(low), lexicon_hash="old")


@pytest.mark.parametrize("low", [12 * MILLION, None], ids=["a wrong sum", "nothing"])
def test_article_read_anew_corrects_its_deal(house: House, reader: Reader, low: int | None) -> None:
    told = article("round")
    tell(house, told, read_by_an_old_reader(read_article(told, reader), low))
    alerts = len(load_all_alerts(house))

    found = list(reread(house.database, reader, {}))
    with house.database.write() as tx:
        for one in found:
            keep(tx, one, rates=RATES, now=NOON)

    assert [one.differs for one in found] == [True]
    with house.database.read() as db:
        (deal,) = load_deals(db)
        kinds = [change.kind for change in load_changes(db, deal.id)]
    assert deal.figure is not None
    assert deal.figure.low == 120 * MILLION
    assert kinds == [ChangeKind.OPENED, ChangeKind.CORRECTED][: 2 if low else 1]
    assert len(load_all_alerts(house)) == alerts
    assert list(reread(house.database, reader, {})) == []


def test_deal_that_no_reader_sees_any_more_is_denied(house: House, reader: Reader) -> None:
    told = article("round")
    reading = read_article(told, reader)
    tell(house, told, reading)

    blind = replace(reader, words={}, lexicons={}, lexicon_hash="blind")
    with house.database.write() as tx:
        for one in list(reread(house.database, blind, {})):
            keep(tx, one, rates=RATES, now=NOON)

    with house.database.read() as db:
        (deal,) = load_deals(db)
        assert (deal.figure, deal.stage) == (None, Stage.DENIED)
        assert load_changes(db, deal.id)[-1].kind is ChangeKind.CORRECTED


def test_another_outlets_deal_keeps_what_that_outlet_told(house: House, reader: Reader) -> None:
    first, second = article("round"), replace(article("round", hours=2), url="https://b.example/1")
    tell(house, first, read_article(first, reader))
    tell(house, second, read_by_an_old_reader(read_article(second, reader), 150 * MILLION))

    for one in list(reread(house.database, reader, {})):
        with house.database.write() as tx:
            keep(tx, one, rates=RATES, now=NOON)

    with house.database.read() as db:
        deals = load_deals(db)
    assert {deal.figure.low for deal in deals if deal.figure} == {120 * MILLION}


def load_all_alerts(house: House) -> tuple[Any, ...]:
    with house.database.read() as db:
        return load_alerts(db)


async def test_commands_say_what_they_did(two: House, own_house: Any, reader: Reader) -> None:
    two.database.close()
    own_house.state.mkdir()
    (two.state / DATABASE_NAME).rename(own_house.state / DATABASE_NAME)

    merged = await own_house.rasid("deals", "merge", "d1", "d2")
    listed = json.loads(await own_house.rasid("deals", "--json"))
    split = await own_house.rasid("deals", "split", "d1", article("renamed").url)
    shown = json.loads(await own_house.rasid("deals", "d3", "--json"))
    anew = await own_house.rasid("reread")

    assert "d2 is d1 from now on: $120m" in merged
    assert [row["id"] for row in listed] == ["d1"]
    assert "d3 is a deal of its own" in split
    assert shown["told_by"][0]["url"] == article("renamed").url
    assert anew.startswith("0 articles read by another reader")
