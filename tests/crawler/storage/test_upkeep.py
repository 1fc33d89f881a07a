"""Backups that are good, texts that go."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.errors import StorageError
from crawler.model import Article, Listing
from crawler.storage.articles import load_article, save_article
from crawler.storage.database import Database, insert_new, lock_state, open_database
from crawler.storage.listings import save_listings
from crawler.storage.schema import meta
from crawler.storage.seal import seal_path
from crawler.storage.upkeep import (
    forget,
    load_backups,
    load_last_good_backup,
    prune_texts,
    save_backup,
)

NOW = datetime(2025, 7, 1, 3, tzinfo=UTC)
ARTICLE = Article(
    url="https://daily.example/1",
    source_id="daily",
    title="Meta plans",
    body="SECRET-BODY " * 500,
    language="en",
    published=None,
    fetched_at=NOW,
)


def save(database: Database, article: Article, listing_id: int | None = None) -> None:
    with database.write() as tx:
        save_article(tx, article, None, now=NOW, keep_text=True, listing_id=listing_id)


def bodies(database: Database) -> list[str]:
    with database.read() as conn:
        rows = conn.exec_driver_sql("SELECT a.url FROM texts JOIN articles a ON a.id = article_id")
        return sorted(row[0][-1] for row in rows)


def test_a_backup_is_the_database(database: Database, path: Path) -> None:
    save(database, ARTICLE)

    copy = save_backup(path, now=NOW)

    assert copy.name == "rasid.db.backup-20250701T030000-daily"
    assert copy.stat().st_mode & 0o077 == 0
    opened = open_database(copy, read_only=True)
    assert bodies(opened) == ["1"]
    opened.close()


def test_the_newest_seven_are_kept(database: Database, path: Path) -> None:
    for day in range(9):
        save_backup(path, now=NOW + timedelta(days=day))

    kept = load_backups(path)

    assert [copy.name[22:24] for copy in kept] == ["09", "08", "07", "06", "05", "04", "03"]
    assert len([each for each in path.parent.iterdir() if "backup" in each.name]) == 7


@pytest.mark.parametrize(
    "count", [2, pytest.param(100, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]
)
def test_backups_under_load_are_good(database: Database, path: Path, count: int) -> None:
    done = threading.Event()

    def write() -> None:
        n = 0
        while not done.is_set():
            n += 1
            with database.write() as tx:
                pair = [{"name": f"{n}-{side}", "value": "x" * 500} for side in "ab"]
                insert_new(tx, meta, pair)

    writer = threading.Thread(target=write)
    writer.start()
    copies = [save_backup(path, now=NOW + timedelta(seconds=n), keep=500) for n in range(count)]
    done.set()
    writer.join()

    for copy in copies:
        with closing(sqlite3.connect(copy)) as opened:
            assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert opened.execute("SELECT count(*) FROM meta").fetchone()[0] % 2 == 0


def test_a_damaged_backup_is_not_called_good(database: Database, path: Path) -> None:
    good = save_backup(path, now=NOW)
    bad = save_backup(path, now=NOW + timedelta(days=1))
    bad.write_bytes(bad.read_bytes()[:5000])
    database.close()
    path.write_bytes(path.read_bytes()[:9000])

    with pytest.raises(StorageError, match=f"last good backup is .*{good.name}"):
        open_database(path)

    assert load_last_good_backup(path) == good


def test_without_a_backup_the_owner_is_told_so(database: Database, path: Path) -> None:
    database.close()
    path.write_bytes(b"no database at all" * 100)

    with pytest.raises(StorageError, match="No good backup was found"):
        open_database(path)


def test_one_letter_of_a_column_name_is_damage(database: Database, path: Path) -> None:
    save(database, ARTICLE)
    database.close()
    path.write_bytes(path.read_bytes().replace(b"image_url", b"imago_url"))
    seal_path(path).unlink()

    with pytest.raises(StorageError, match=r"column articles.image_url is gone"):
        open_database(path)


def test_a_schema_that_nobody_knows_is_backed_up_and_left(database: Database, path: Path) -> None:
    save(database, ARTICLE)
    database.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '0000'")
        other.commit()

    with pytest.raises(StorageError, match="not one that this Rasid knows"):
        open_database(path)

    (copy,) = load_backups(path)
    assert "before-" in copy.name
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
        assert other.execute("SELECT count(*) FROM texts").fetchone() == (1,)


def test_the_daemon_may_bring_its_own_database_up_to_date(tmp_path: Path) -> None:
    with lock_state(tmp_path):
        open_database(tmp_path / "rasid.db").close()


@pytest.mark.parametrize("what", [ARTICLE.url, "daily", "https://feed.example/link"])
def test_forgetting_leaves_the_fact_and_no_trace_of_the_text(
    database: Database, path: Path, what: str
) -> None:
    with database.write() as tx:
        line = Listing(url="https://feed.example/link")
        save_listings(tx, "feed", [line], now=NOW, first_look=False)
    save(database, ARTICLE, listing_id=1)
    other = replace(ARTICLE, url="https://other.example/2", source_id="other", body="kept")
    save(database, other)

    with database.write() as tx:
        count = forget(tx, what)

    assert count == 1
    assert bodies(database) == ["2"]
    assert b"SECRET-BODY" not in path.read_bytes()
    with database.read() as conn:
        stored = load_article(conn, ARTICLE.url)
    assert stored is not None
    assert stored.article == replace(ARTICLE, body="")


def test_nothing_is_forgotten_for_a_stranger(database: Database) -> None:
    save(database, ARTICLE)

    with database.write() as tx:
        assert forget(tx, "https://elsewhere.example/") == 0


def test_old_texts_go_and_articles_stay(database: Database) -> None:
    save(database, ARTICLE)
    old = replace(ARTICLE, url="https://daily.example/2", fetched_at=NOW - timedelta(days=181))
    save(database, old)

    with database.write() as tx:
        count = prune_texts(tx, now=NOW, keep_days=180)

    assert count == 1
    assert bodies(database) == ["1"]
    with database.read() as conn:
        assert load_article(conn, old.url) is not None
