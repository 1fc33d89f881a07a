"""Listings that wait for their pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.model import ListingState
from crawler.storage.articles import save_article
from crawler.storage.database import Database, open_database
from crawler.storage.listings import (
    count_attempt,
    count_waiting,
    is_known,
    load_lines_at,
    load_waiting,
    mark_listing,
)
from tests.crawler.storage.told import ARTICLE, NOW, READING, line, look


def waiting(database: Database, source: str = "daily") -> list[str | None]:
    with database.read() as conn:
        return [each.listing.title for each in load_waiting(conn, source, limit=10)]


def fetch(database: Database, listing_id: int, url: str = ARTICLE.url) -> None:
    with database.write() as tx:
        article = replace(ARTICLE, url=url)
        save_article(tx, article, READING, now=NOW, keep_text=True, listing_id=listing_id)


def test_a_line_is_new_once(database: Database) -> None:
    first = look(database, line("a"), line("b"), line("a"))
    second = look(database, line("b"), line("c"))
    elsewhere = look(database, line("a"), source="other")

    assert (first, second, elsewhere) == (2, 1, 1)


def test_lines_wait_across_a_restart(database: Database) -> None:
    told = line("a", 24)
    look(database, replace(told, summary="Meta plans"), first=True)
    database.close()

    again = open_database(database.path)
    with again.read() as conn:
        (one,) = load_waiting(conn, "daily", limit=10)
    again.close()

    assert one.listing == replace(told, summary="Meta plans")
    assert (one.source_id, one.attempts, one.first_look) == ("daily", 0, True)


def test_the_oldest_story_is_read_first(database: Database) -> None:
    look(database, line("third", 23), line("second", 22), line("first", 21))

    assert waiting(database) == ["first", "second", "third"]


def test_undated_lines_of_a_list_are_read_from_its_end(database: Database) -> None:
    look(database, line("newest"), line("older"), line("oldest"))

    assert waiting(database) == ["oldest", "older", "newest"]


def test_a_page_that_fails_goes_behind_the_others_and_is_given_up(database: Database) -> None:
    look(database, line("good", 23), line("bad", 21))
    with database.read() as conn:
        bad = load_waiting(conn, "daily", limit=1)[0]

    seen = []
    for _ in range(3):
        with database.write() as tx:
            count_attempt(tx, bad.id, now=NOW, note="time-out", give_up_after=3)
        seen.append(waiting(database))

    assert seen == [["good", "bad"], ["good", "bad"], ["good"]]


def test_one_source_waits_for_itself_only(database: Database) -> None:
    look(database, line("a"))
    look(database, line("b"), source="other")

    with database.read() as conn:
        counts = count_waiting(conn)

    assert waiting(database, "other") == ["b"]
    assert counts == {"daily": 1, "other": 1}


@pytest.mark.parametrize("state", [ListingState.FETCHED, ListingState.GIVEN_UP])
def test_a_marked_line_waits_no_longer(database: Database, state: ListingState) -> None:
    look(database, line("a"))

    with database.write() as tx:
        mark_listing(tx, 1, state, now=NOW, note="404")

    assert waiting(database) == []


def test_text_of_a_line_is_kept_only_while_its_page_waits(database: Database) -> None:
    look(database, replace(line("a"), summary="Meta plans"))
    with database.read() as conn:
        (one,) = load_waiting(conn, "daily", limit=10)

    fetch(database, one.id, one.listing.url)

    with database.read() as conn:
        assert [each.listing.summary for each, _ in load_lines_at(conn, one.listing.url)] == [None]


def test_the_line_that_led_to_an_article_is_fetched(database: Database) -> None:
    look(database, line("a"))

    fetch(database, 1)

    assert waiting(database) == []


def test_what_was_read_is_known_to_every_source(database: Database) -> None:
    look(database, line("a"), line("b"))
    fetch(database, 1)

    with database.read() as conn:
        known = is_known(conn, [ARTICLE.url, line("a").url, line("b").url, "https://else.example/"])
    look(database, line("a"), line("c"), source="other")

    assert known == {ARTICLE.url, line("a").url}
    assert waiting(database, "other") == ["c"]


def test_the_lines_that_named_a_url_say_why_no_article_came(database: Database) -> None:
    look(database, line("a"))
    look(database, line("a"), source="other")
    with database.write() as tx:
        mark_listing(tx, 1, ListingState.GIVEN_UP, now=NOW, note="answered 404")

        lines = load_lines_at(tx, line("a").url)

    assert [(each.source_id, each.note, state) for each, state in lines] == [
        ("daily", "answered 404", ListingState.GIVEN_UP),
        ("other", None, ListingState.WAITING),
    ]
