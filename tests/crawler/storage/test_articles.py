"""Articles with their revisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.model import Article, Reason
from crawler.storage.articles import count_articles, load_article, save_article, save_reading
from crawler.storage.database import Database
from tests.crawler.storage.told import ARTICLE, NOW, READING, line, look


def save(database: Database, article: Article = ARTICLE, **options: object) -> tuple[bool, bool]:
    with database.write() as tx:
        saved = save_article(tx, article, READING, now=NOW, keep_text=True, **options)  # type: ignore[arg-type]
    return saved.is_new, saved.is_revision


def bytes_on_disk(database: Database) -> bytes:
    """All its files: with a write-ahead log, what was just written stands beside the database."""
    return b"".join(each.read_bytes() for each in database.path.parent.iterdir())


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
    assert ARTICLE.body.encode() not in bytes_on_disk(database)


def test_a_page_that_asks_not_to_be_kept_is_not(database: Database) -> None:
    asks = replace(ARTICLE, reasons=(Reason(code="noarchive", text="asks"),))

    with database.write() as tx:
        save_article(tx, asks, READING, now=NOW, keep_text=True)

    assert ARTICLE.body.encode() not in bytes_on_disk(database)


def test_a_reading_can_be_made_again(database: Database) -> None:
    save(database)
    better = replace(READING, reader_version="2", ai_investment=False)

    with database.write() as tx:
        save_reading(tx, 1, better)
        stored = load_article(tx, 1)

    assert stored is not None
    assert stored.reading == better


def test_hostile_text_is_stored_and_stays_text(database: Database) -> None:
    hostile = replace(ARTICLE, title="'); DROP TABLE articles;-- \ud800\0", body="\x1b[31m\udfff")

    save(database, hostile)

    with database.read() as conn:
        stored = load_article(conn, ARTICLE.url)
    assert stored is not None
    assert stored.article.title == "'); DROP TABLE articles;-- \ufffd\ufffd"
    assert save(database, hostile) == (False, False)


def test_articles_are_counted(database: Database) -> None:
    save(database)
    save(database, replace(ARTICLE, url="u", fetched_at=NOW + timedelta(hours=1)))

    with database.read() as conn:
        counts = count_articles(conn), count_articles(conn, since=NOW + timedelta(minutes=1))

    assert counts == (2, 1)
