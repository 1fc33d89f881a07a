"""Lines of archives wait for `rasid backfill` alone; how far it has come is a row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.model import Listing, ListingState
from crawler.storage.database import Database, open_database
from crawler.storage.history import (
    Sitemap,
    begin_backfill,
    load_backfill,
    load_past_waiting,
    load_sitemaps,
    mark_done,
    mark_sitemap,
    save_past_lines,
    save_position,
    save_sitemaps,
)
from crawler.storage.listings import count_waiting, load_waiting, mark_listing, save_listings
from crawler.storage.schema import HEAD

NOW = datetime(2026, 11, 25, tzinfo=UTC)
SINCE = datetime(2025, 1, 1, tzinfo=UTC)
URL = "https://gazette.example/{}"


def lines(*names: str) -> list[tuple[Listing, datetime]]:
    return [
        (Listing(url=URL.format(name)), SINCE + timedelta(days=10 - i))
        for i, name in enumerate(names)
    ]


def past(database: Database, *, untried_since: datetime = NOW) -> list[str]:
    with database.read() as db:
        found = load_past_waiting(
            db, "gazette", since=SINCE, until=NOW, untried_since=untried_since, limit=10
        )
    return [one.listing.url[-1] for one in found]


def live(database: Database) -> list[tuple[str, bool]]:
    with database.read() as db:
        found = load_waiting(db, "gazette", limit=10)
        assert count_waiting(db).get("gazette", 0) == len(found)
    return [(one.listing.url[-1], one.first_look) for one in found]


@pytest.fixture
def archived(database: Database) -> Database:
    with database.write() as tx:
        assert save_past_lines(tx, "gazette", lines("a", "b"), now=NOW) == 2
    return database


def test_no_look_takes_them_and_the_oldest_comes_first(archived: Database) -> None:
    assert live(archived) == []
    assert past(archived) == ["b", "a"]


def test_what_a_list_names_is_the_looks_from_then_on(archived: Database) -> None:
    listed = [Listing(url=URL.format("a"), title="Today")]

    with archived.write() as tx:
        assert save_listings(tx, "gazette", listed, now=NOW, first_look=False) == 1

    assert live(archived) == [("a", False)]
    assert past(archived) == ["b"]


def test_what_a_look_saved_stays_with_the_watch(database: Database) -> None:
    with database.write() as tx:
        save_listings(tx, "gazette", [Listing(url=URL.format("a"))], now=NOW, first_look=False)
        save_past_lines(tx, "gazette", lines("a"), now=NOW)

    assert live(database) == [("a", False)]
    assert past(database) == []


def test_what_was_tried_in_this_run_waits_for_the_next(archived: Database) -> None:
    with archived.write() as tx:
        mark_listing(tx, 2, ListingState.WAITING, now=NOW, note="time-out")

    assert past(archived) == ["a"]
    assert past(archived, untried_since=NOW + timedelta(minutes=1)) == ["b", "a"]


def test_a_backfill_goes_on_where_it_was(database: Database) -> None:
    with database.write() as tx:
        begun = begin_backfill(tx, "asked", until_at=NOW, now=NOW)
        save_position(tx, begun.id, 4711, 12)
    with database.read() as db:
        left = load_backfill(db, "asked")

    assert left is not None
    assert (left.id, left.position, left.inside, left.is_done) == (begun.id, 4711, 12, False)


def test_begun_anew_it_knows_no_sitemap(database: Database) -> None:
    with database.write() as tx:
        first = begin_backfill(tx, "asked", until_at=NOW, now=NOW)
        assert save_sitemaps(tx, first.id, [Sitemap(url="u"), Sitemap(url="v")], most=1) == 1
        mark_sitemap(tx, 1, ListingState.FETCHED)
        assert len(load_sitemaps(tx, first.id, ListingState.FETCHED)) == 1
        mark_done(tx, first.id, now=NOW)
        second = begin_backfill(tx, "asked", until_at=NOW, now=NOW)
        for state in ListingState:
            assert load_sitemaps(tx, second.id, state) == ()


YESTERDAY = """
INSERT INTO listings (source_id, url, state, first_look, found_at)
    VALUES ('gazette', 'https://gazette.example/a', 'waiting', 0, '2026-11-24T00:00:00Z');
"""


def test_yesterdays_database_is_brought_up_to_date(tmp_path: Path, database_of: Any) -> None:
    path = tmp_path / "rasid.db"
    database_of(path, "0004", YESTERDAY)

    database = open_database(path)

    assert live(database) == [("a", False)]
    assert past(database) == []
    database.close()
    assert list(tmp_path.glob(f"*before-{HEAD}*"))
