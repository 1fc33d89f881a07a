"""Listings that wait, and articles with their revisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.model import Article, Evidence, Listing, ListingState, Published, Reading, Reason
from crawler.storage.articles import (
    count_articles,
    count_attempt,
    count_waiting,
    is_known,
    load_article,
    load_lines_at,
    load_waiting,
    mark_listing,
    save_article,
    save_listings,
    save_reading,
)
from crawler.storage.database import Database, open_database

NOW = datetime(2025, 1, 24, 15, tzinfo=UTC)
ARTICLE = Article(
    url="https://daily.example/meta",
    source_id="daily",
    title="ميتا تنفق 60 إلى 65 مليار دولار",
    body="تعتزم ميتا استثمار ما بين 60 و65 مليار دولار هذا العام.",
    language="ar",
    published=Published(at=NOW, evidence=Evidence.JSON_LD, raw="2025-01-24T15:00Z"),
    fetched_at=NOW,
    site_name="Daily",
    image_url="https://daily.example/meta.jpg",
    reasons=(Reason(code="title_og", text="title from OpenGraph", facts=("og:title",)),),
)
READING = Reading(
    language="ar", ai_investment=True, figures=(), claims=(), reader_version="1", lexicon_hash="a"
)


def line(name: str, day: int | None = None) -> Listing:
    published = None
    if day is not None:
        published = Published(at=datetime(2025, 1, day, tzinfo=UTC), evidence=Evidence.FEED)
    return Listing(url=f"https://daily.example/{name}", title=name, published=published)


def look(database: Database, *lines: Listing, source: str = "daily", first: bool = False) -> int:
    with database.write() as tx:
        return save_listings(tx, source, lines, now=NOW, first_look=first)


def waiting(database: Database, source: str = "daily") -> list[str | None]:
    with database.read() as conn:
        return [each.listing.title for each in load_waiting(conn, source, limit=10)]


def save(database: Database, article: Article = ARTICLE, **options: object) -> tuple[bool, bool]:
    with database.write() as tx:
        saved = save_article(tx, article, READING, now=NOW, keep_text=True, **options)  # type: ignore[arg-type]
    return saved.is_new, saved.is_revision


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


def test_text_of_a_line_is_kept_only_while_its_page_waits(database: Database) -> None:
    look(database, replace(line("a"), summary="Meta plans"))
    with database.read() as conn:
        (one,) = load_waiting(conn, "daily", limit=10)

    save(database, replace(ARTICLE, url=one.listing.url), listing_id=one.id)

    with database.read() as conn:
        assert [each.listing.summary for each, _ in load_lines_at(conn, one.listing.url)] == [None]


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


def test_an_article_comes_back_equal(database: Database) -> None:
    save(database)

    with database.read() as conn:
        stored = load_article(conn, ARTICLE.url)

    assert stored is not None
    assert (stored.article, stored.reading) == (ARTICLE, READING)


def test_an_article_is_found_by_the_url_of_its_list_too(database: Database) -> None:
    look(database, line("feed-link"))
    save(database, listing_id=1)

    with database.read() as conn:
        found = [load_article(conn, key) for key in (line("feed-link").url, ARTICLE.url, 1, 2)]

    assert [each and each.id for each in found] == [1, 1, 1, None]


def test_the_line_that_led_to_an_article_is_fetched(database: Database) -> None:
    look(database, line("a"))

    save(database, listing_id=1)

    assert waiting(database) == []


REVISIONS = {
    "the same again": (ARTICLE, (False, False), 1),
    "fetched later": (replace(ARTICLE, fetched_at=NOW + timedelta(days=1)), (False, False), 1),
    "another body": (replace(ARTICLE, body="65 مليار"), (False, True), 2),
    "another title": (replace(ARTICLE, title="ميتا ترفع"), (False, True), 2),
    "another URL": (replace(ARTICLE, url="https://daily.example/2"), (True, False), 1),
}


@pytest.mark.parametrize(("then", "said", "revision"), REVISIONS.values(), ids=REVISIONS)
def test_what_is_new(
    database: Database, then: Article, said: tuple[bool, bool], revision: int
) -> None:
    save(database)

    assert save(database, then) == said
    with database.read() as conn:
        stored = load_article(conn, then.url)
    assert stored is not None
    assert (stored.revision, stored.article.body) == (revision, then.body)


def test_a_text_that_may_not_be_kept_is_not(database: Database) -> None:
    with database.write() as tx:
        save_article(tx, ARTICLE, READING, now=NOW, keep_text=False)
        again = save_article(tx, ARTICLE, READING, now=NOW, keep_text=False)
        stored = load_article(tx, ARTICLE.url)

    assert stored is not None
    assert stored.article == replace(ARTICLE, body="")
    assert not again.is_revision
    assert ARTICLE.body.encode() not in database.path.read_bytes()


def test_a_page_that_asks_not_to_be_kept_is_not(database: Database) -> None:
    asks = replace(ARTICLE, reasons=(Reason(code="noarchive", text="asks"),))

    with database.write() as tx:
        save_article(tx, asks, READING, now=NOW, keep_text=True)

    assert ARTICLE.body.encode() not in database.path.read_bytes()


def test_a_reading_can_be_made_again(database: Database) -> None:
    save(database)
    better = replace(READING, reader_version="2", ai_investment=False)

    with database.write() as tx:
        save_reading(tx, 1, better)
        stored = load_article(tx, 1)

    assert stored is not None
    assert stored.reading == better


def test_what_was_read_is_known_to_every_source(database: Database) -> None:
    look(database, line("a"), line("b"))
    save(database, listing_id=1)

    with database.read() as conn:
        known = is_known(conn, [ARTICLE.url, line("a").url, line("b").url, "https://else.example/"])
    look(database, line("a"), line("c"), source="other")

    assert known == {ARTICLE.url, line("a").url}
    assert waiting(database, "other") == ["c"]


def test_hostile_text_is_stored_and_stays_text(database: Database) -> None:
    hostile = replace(ARTICLE, title="'); DROP TABLE articles;-- \ud800\0", body="\x1b[31m\udfff")

    save(database, hostile)

    with database.read() as conn:
        stored = load_article(conn, ARTICLE.url)
    assert stored is not None
    assert stored.article.title == "'); DROP TABLE articles;-- \ufffd\ufffd"
    assert save(database, hostile) == (False, False)


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


def test_articles_are_counted(database: Database) -> None:
    save(database)
    save(database, replace(ARTICLE, url="u", fetched_at=NOW + timedelta(hours=1)))

    with database.read() as conn:
        counts = count_articles(conn), count_articles(conn, since=NOW + timedelta(minutes=1))

    assert counts == (2, 1)
