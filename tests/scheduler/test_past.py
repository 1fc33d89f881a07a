"""What an article of the past does to what we know: its own day's work, and no alert."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from config.model import Rule, Source, Target
from crawler.loading import load_reader
from crawler.model import Article, ChangeKind, Evidence, Published
from crawler.reading.read import Reader, read_article
from crawler.storage.articles import load_article
from crawler.storage.changes import load_changes
from crawler.storage.claims import load_claims_of
from crawler.storage.database import DATABASE_NAME, Database, open_database
from crawler.storage.deals import load_deal, load_deals
from notifier.outbox.alerts import load_alerts
from notifier.outbox.verdicts import load_verdicts
from scheduler.commands.why import _explain_url
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.past import take_in_past
from scheduler.pipeline import TakenIn, take_in

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SOURCE = Source(id="wire", name="Wire", url="https://wire.example/feed", kind="feed")
RATES = load_own_rates(None)
BILLION = 10**9


def plan(amount: str) -> str:
    return (
        f"Meta plans to spend {amount} on AI data centers in 2025\n"
        f"Meta Platforms said it plans capital expenditures of {amount} in 2025 as it builds data "
        "centers for artificial intelligence."
    )


JANUARY = ("january", plan("$60 billion to $65 billion"), datetime(2025, 1, 24, 9, tzinfo=UTC))
JULY = ("july", plan("$66 billion to $72 billion"), datetime(2025, 7, 31, 9, tzinfo=UTC))
OCTOBER = ("october", plan("$72 billion"), datetime(2025, 10, 30, 9, tzinfo=UTC))
TODAY = NOW - timedelta(hours=1)

Told = tuple[str, str, datetime]


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
    rule = Rule.model_validate({"id": "all", "tell": ["desk"]})
    target = Target(id="desk", url="json://localhost/", tags=("desk",))
    config = load_own_config(None).model_copy(update={"rules": (rule,), "targets": (target,)})
    return House(config=config, state=tmp_path, rates=RATES, database=database)


def article(told: Told, *, fetched_at: datetime) -> Article:
    name, text, at = told
    title, _, body = text.partition("\n")
    return Article(
        url=f"https://wire.example/{name}",
        source_id="wire",
        title=title,
        body=body,
        language="en",
        published=Published(at=at, evidence=Evidence.META),
        fetched_at=fetched_at,
    )


def fill_in(house: House, reader: Reader, *told: Told) -> list[bool]:
    kept = []
    for one in told:
        past = article(one, fetched_at=NOW)
        reading = read_article(past, reader)
        with house.database.write() as tx:
            kept.append(take_in_past(tx, past, reading, rates=RATES, keep_text=True, now=NOW))
    return kept


def hear(house: House, reader: Reader, told: Told) -> TakenIn:
    live = article(told, fetched_at=told[2])
    with house.database.write() as tx:
        return take_in(
            tx,
            live,
            read_article(live, reader),
            house=house,
            source=SOURCE,
            first_look=False,
            listing_id=None,
            now=told[2] + timedelta(minutes=5),
        )


def life(house: House, deal_id: int = 1) -> list[tuple[ChangeKind, Decimal | None, datetime]]:
    with house.database.read() as db:
        return [
            (one.kind, one.after.high / BILLION if one.after and one.after.high else None, one.at)
            for one in load_changes(db, deal_id)
        ]


IN_ORDER = [
    (ChangeKind.OPENED, Decimal(65), JANUARY[2]),
    (ChangeKind.RAISED, Decimal(72), JULY[2]),
]


@pytest.mark.parametrize("told", [(JANUARY, JULY), (JULY, JANUARY)], ids=["in order", "backwards"])
def test_the_past_is_told_on_its_own_days(
    house: House, reader: Reader, told: tuple[Told, ...]
) -> None:
    fill_in(house, reader, *told)

    assert life(house) == IN_ORDER
    with house.database.read() as db:
        deal = load_deal(db, 1)
        numbers = {one.url[-4:]: one.change_number for one in load_claims_of(db, 1)}
        assert (load_alerts(db), load_verdicts(db, deal_id=1)) == ((), ())
    assert deal is not None
    assert (deal.opened_at, deal.changed_at, deal.change_count) == (JANUARY[2], JULY[2], 2)
    assert numbers["uary"] == 1
    assert numbers["july"] == 2


def test_it_is_kept_with_its_reading_and_its_text(house: House, reader: Reader) -> None:
    fill_in(house, reader, JANUARY)

    with house.database.read() as db:
        stored = load_article(db, "https://wire.example/january")
    assert stored is not None
    assert stored.article.body
    assert stored.reading is not None
    assert stored.reading.ai_investment
    assert stored.article.published is not None
    assert stored.article.published.at == JANUARY[2]


def test_the_same_article_is_not_taken_twice(house: House, reader: Reader) -> None:
    assert fill_in(house, reader, JANUARY, JANUARY) == [True, False]
    assert life(house) == IN_ORDER[:1]


def test_another_text_of_a_known_article_is_no_revision(house: House, reader: Reader) -> None:
    hear(house, reader, JANUARY)

    assert fill_in(house, reader, ("january", plan("$40 billion"), JANUARY[2])) == [False]
    with house.database.read() as db:
        stored = load_article(db, "https://wire.example/january")
    assert stored is not None
    assert stored.revision == 1


@pytest.mark.parametrize("past", [JANUARY, ("lower", plan("$40 billion"), JANUARY[2])])
def test_a_live_deal_stands_as_it_was_told(house: House, reader: Reader, past: Told) -> None:
    live = hear(house, reader, ("live", plan("$72 billion"), TODAY))
    assert len(live.alerts) == 1
    before = life(house)

    fill_in(house, reader, past)

    with house.database.read() as db:
        deal, alerts = load_deal(db, 1), load_alerts(db)
        told = {one.url: one.change_number for one in load_claims_of(db, 1)}
        assert len(load_deals(db)) == 1
    assert deal is not None
    assert deal.figure is not None
    assert deal.figure.high == 72 * BILLION
    assert deal.opened_at == past[2]
    assert deal.earlier
    assert life(house) == before
    assert len(alerts) == 1
    assert told[f"https://wire.example/{past[0]}"] is None


def test_what_the_past_told_is_no_news_when_an_outlet_repeats_it(
    house: House, reader: Reader
) -> None:
    fill_in(house, reader, JANUARY, OCTOBER)

    again = hear(house, reader, ("again", plan("$72 billion"), TODAY))

    assert again.alerts == ()
    assert [step.deal.id for step in again.steps if step.deal] == [1]


def test_what_goes_beyond_the_past_is_told(house: House, reader: Reader) -> None:
    fill_in(house, reader, JANUARY, JULY)

    more = hear(house, reader, ("more", plan("$90 billion"), TODAY))

    assert [alert.change_number for alert in more.alerts] == [3]


def test_an_old_figure_that_an_outlet_repeats_is_none_of_todays(
    house: House, reader: Reader
) -> None:
    hear(house, reader, ("live", plan("$72 billion"), TODAY - timedelta(hours=5)))
    fill_in(house, reader, JANUARY)

    again = hear(house, reader, ("again", plan("$60 billion to $65 billion"), TODAY))

    assert again.alerts == ()


def test_explain_says_that_it_came_from_an_archive(house: House, reader: Reader) -> None:
    fill_in(house, reader, JANUARY)

    with house.database.read() as db:
        told = _explain_url(db, "https://wire.example/january")["lines"]

    assert told[-1] == "=> silent: it came from an archive, and no rule is asked about the past"
