"""The seal fits the file that we closed, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from config.errors import StorageError
from crawler.storage.database import Database, insert_new, open_database
from crawler.storage.schema import meta
from crawler.storage.seal import Seal, load_seal, seal_path


@pytest.fixture
def closed(database: Database, path: Path) -> Path:
    with database.write() as tx:
        insert_new(tx, meta, [{"name": "fact", "value": "the quick brown fox"}])
    database.close()
    return path


def test_a_file_that_was_closed_well_is_whole(closed: Path) -> None:
    assert load_seal(closed) is Seal.WHOLE
    assert seal_path(closed).stat().st_mode & 0o077 == 0


def test_whoever_opens_it_for_writing_breaks_the_seal(closed: Path) -> None:
    database = open_database(closed)

    assert load_seal(closed) is Seal.UNKNOWN
    database.close()
    assert load_seal(closed) is Seal.WHOLE


def test_whoever_reads_leaves_it(closed: Path) -> None:
    shown = open_database(closed, read_only=True)
    with shown.read() as conn:
        conn.exec_driver_sql("SELECT * FROM meta").all()
    shown.close()

    assert load_seal(closed) is Seal.WHOLE


def test_one_letter_that_sqlite_would_not_miss_is_noticed(closed: Path) -> None:
    closed.write_bytes(closed.read_bytes().replace(b"brown fox", b"brawn fox"))

    with pytest.raises(StorageError, match=r"its bytes changed .* delete rasid.db.seal"):
        open_database(closed)
    with pytest.raises(StorageError):  # and again at the next start
        open_database(closed)
    seal_path(closed).unlink()
    open_database(closed).close()


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_program_may_write_by_way_of_sqlite(closed: Path, mode: str) -> None:
    with closing(sqlite3.connect(closed)) as other:
        other.execute(f"PRAGMA journal_mode={mode}")
        other.execute("UPDATE meta SET value = 'changed by hand'")
        other.commit()

    assert load_seal(closed) is Seal.UNKNOWN
    open_database(closed).close()


def test_nothing_is_sealed_while_another_process_writes(database: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        database.close()
        other.execute("ROLLBACK")

    assert not seal_path(path).exists()
