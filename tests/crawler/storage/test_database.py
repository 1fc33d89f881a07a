"""Opening, reading and writing the one file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.schema import CreateTable

from config.errors import SchemaTooNew, StorageBusy, StorageError
from crawler.storage.columns import Instant
from crawler.storage.database import Database, insert_if_new, insert_new, open_database, upsert
from crawler.storage.schema import articles, meta, metadata, readings
from crawler.storage.sqlite import journal_mode_for


def names(conn: Connection) -> list[str]:
    return list(conn.execute(select(meta.c.name).order_by(meta.c.name)).scalars())


def test_what_a_failed_write_began_is_gone(database: Database) -> None:
    def fail() -> None:
        with database.write() as tx:
            insert_new(tx, meta, [{"name": "half", "value": "1"}])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with database.write() as tx:
        insert_new(tx, meta, [{"name": "whole", "value": "1"}])
    with database.read() as conn:
        assert names(conn) == ["whole"]


def test_a_reader_sees_one_state_while_others_write(database: Database, path: Path) -> None:
    with database.read() as conn:
        before = names(conn)
        saved = threading.Event()

        def write() -> None:
            with database.write() as tx:
                insert_new(tx, meta, [{"name": "new", "value": "1"}])
                saved.set()

        writer = threading.Thread(target=write)
        writer.start()
        saved.wait(5)
        after = names(conn)
    writer.join()

    assert before == after == []
    with database.read() as conn:
        assert names(conn) == ["new"]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StorageError, match="may not be written"), database.read() as conn:
        insert_new(conn, meta, [{"name": "x", "value": "1"}])


def test_a_mistake_of_our_own_stays_a_crash(database: Database) -> None:
    row = {"article_id": 1, "reader_version": "1", "lexicon_hash": "", "ai_investment": True}

    with pytest.raises(IntegrityError), database.write() as tx:
        insert_new(tx, readings, [{**row, "reading": None}])
    with pytest.raises(OperationalError), database.read() as conn:
        conn.exec_driver_sql("SELECT * FROM nowhere")


def test_another_process_that_writes_too_long_is_named_as_busy(path: Path) -> None:
    database = open_database(path, busy_timeout_s=1)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageBusy, match="more than 1 s"), database.write():
            pass
        other.execute("ROLLBACK")

    with database.write() as tx:
        insert_new(tx, meta, [{"name": "after", "value": "1"}])
    database.close()


def test_one_writer_at_a_time_in_one_process(path: Path) -> None:
    database = open_database(path, busy_timeout_s=0)

    with database.write(), pytest.raises(StorageBusy), database.write():
        pass

    database.close()


def test_many_threads_lose_nothing(database: Database) -> None:
    def write(thread: int) -> None:
        for n in range(10):
            with database.write() as tx:
                insert_new(tx, meta, [{"name": f"{thread}-{n}", "value": "1"}])
            with database.read() as conn:
                names(conn)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as conn:
        assert len(names(conn)) == 60


def test_the_pragmas_that_the_promises_rest_on(database: Database) -> None:
    asked = ["synchronous", "foreign_keys", "trusted_schema", "journal_mode"]

    with database.write() as tx:
        said = [tx.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked]

    assert said == [2, 1, 0, journal_mode_for(sqlite3.sqlite_version_info)]


VERSIONS = {
    "Debian 12": ((3, 40, 1), "truncate"),
    "last with the bug": ((3, 51, 2), "truncate"),
    "cured": ((3, 51, 3), "wal"),
    "later": ((3, 54, 1), "wal"),
    "cured in 3.50": ((3, 50, 7), "wal"),
    "not yet cured in 3.50": ((3, 50, 6), "truncate"),
    "first of 3.51": ((3, 51, 0), "truncate"),
    "cured in 3.44": ((3, 44, 6), "wal"),
    "3.45 has the bug": ((3, 45, 3), "truncate"),
}


@pytest.mark.parametrize(("version", "mode"), VERSIONS.values(), ids=VERSIONS)
def test_wal_only_where_its_bug_is_cured(version: tuple[int, int, int], mode: str) -> None:
    assert journal_mode_for(version) == mode


def test_only_its_owner_may_read_the_files(database: Database, path: Path) -> None:
    with database.write() as tx:
        insert_new(tx, meta, [{"name": "x", "value": "1"}])

    open_to_others = [each.name for each in path.parent.iterdir() if each.stat().st_mode & 0o077]

    assert path.parent.stat().st_mode & 0o077 == 0
    assert open_to_others == []


def test_a_read_only_house_reads_and_never_writes(database: Database, path: Path) -> None:
    shown = open_database(path, read_only=True)

    with pytest.raises(StorageError), shown.write() as tx:
        insert_new(tx, meta, [{"name": "x", "value": "1"}])
    with shown.read() as conn:
        assert names(conn) == []
    shown.close()


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"no database at .* yet"):
        open_database(tmp_path / "rasid.db", read_only=True)

    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_newer_rasid_is_left_alone(database: Database, path: Path) -> None:
    database.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    before = path.read_bytes()

    with pytest.raises(SchemaTooNew, match="9999"):
        open_database(path)

    assert path.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE cookies (name)")
        other.commit()

    with pytest.raises(StorageError, match="another program"):
        open_database(path)


def test_alembic_is_not_loaded_for_a_database_that_is_up_to_date(path: Path) -> None:
    open_database(path).close()
    program = (
        "import sys; from pathlib import Path; from crawler.storage.database import open_database;"
        f"open_database(Path({str(path)!r})).close(); print('alembic' in sys.modules)"
    )

    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "False\n"


def test_the_migrations_make_what_the_schema_says(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.read() as conn:
        # Types are told apart by their affinity: our own are text to SQLite.
        context = MigrationContext.configure(conn, opts={"compare_type": False})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_every_column_is_migrated_with_the_type_of_the_schema(database: Database) -> None:
    with database.read() as conn:
        for table in metadata.sorted_tables:
            made = conn.exec_driver_sql(f"PRAGMA table_info({table.name})").all()
            said = {column.name: str(column.type.compile(conn.dialect)) for column in table.columns}

            assert {row[1]: row[2] for row in made} == said


ROW = {"url": "u", "title": "t", "revision": 1, "reasons": ()}


def test_insert_if_new_gives_the_id_once(database: Database) -> None:
    now = datetime(2026, 1, 29, tzinfo=UTC)

    with database.write() as tx:
        first = insert_if_new(tx, articles, **ROW, fetched_at=now)
        second = insert_if_new(tx, articles, **ROW, fetched_at=now)

    assert (first, second) == (1, None)


def test_a_row_with_a_hole_is_a_mistake_and_not_known(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as tx:
        insert_if_new(tx, articles, **ROW, fetched_at=None)


def test_upsert_overwrites_by_its_key(database: Database) -> None:
    with database.write() as tx:
        upsert(tx, meta, [{"name": "a", "value": "1"}, {"name": "b", "value": "1"}], by=["name"])
        upsert(tx, meta, [{"name": "b", "value": "2"}, {"name": "c", "value": "2"}], by=["name"])

        said = {row.name: row.value for row in tx.execute(select(meta))}

    assert said == {"a": "1", "b": "2", "c": "2"}


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_postgresql_understands_the_schema(table: Table) -> None:
    made = str(CreateTable(table).compile(dialect=postgresql.dialect()))

    instants = [column.name for column in table.columns if isinstance(column.type, Instant)]
    assert made.count("TIMESTAMP WITH TIME ZONE") == len(instants)
