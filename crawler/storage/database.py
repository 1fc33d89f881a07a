"""How is the database opened, read and written?

One writer at a time, on one connection; readers each on their own. Rows never leave this room:
the functions beside this file take a Connection and give frozen types.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from config.errors import StorageError
from crawler.storage import faults
from crawler.storage.lock import DATABASE_NAME, lock_state
from crawler.storage.schema import HEAD
from crawler.storage.seal import break_seal, save_seal
from crawler.storage.sqlite import connect, journal_mode_for, load_revision, make_file
from crawler.storage.upkeep import check_integrity, load_last_good_backup

__all__ = [
    "DATABASE_NAME",
    "Connection",  # others take one in hand without seeing SQLAlchemy
    "Database",
    "insert_if_new",
    "insert_new",
    "lock_state",
    "open_database",
    "upsert",
]


class Database:
    """An open database. Use `read()` and `write()`; close it when the house closes."""

    def __init__(self, path: Path, *, busy_timeout_s: float, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._busy_timeout_s = busy_timeout_s
        self._one_writer = Lock()
        self._damage: str | None = None
        self._readers = _build_engine(path, busy_timeout_s, writes=False, read_only=read_only)
        self._writer = _build_engine(path, busy_timeout_s, writes=True, read_only=read_only)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state and cannot write. Keep it short."""
        with self._told(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: all of it is kept when the block ends, nothing of it if it raises.

        Raises StorageBusy after busy_timeout_s, StorageError for a full, read-only or damaged
        disk. The next call works again as soon as the disk does.
        """
        if self._damage is not None:
            raise self._broken(self._damage)
        if not self._one_writer.acquire(timeout=self._busy_timeout_s):
            raise faults.busy(self.path, self._busy_timeout_s)
        try:
            with self._told(), self._writer.begin() as tx:
                yield tx
        finally:
            self._one_writer.release()

    def close(self) -> None:
        """Let go of the file. A write in progress is waited for."""
        with self._one_writer:
            self._writer.dispose()
            self._readers.dispose()
        if not self.read_only and self._damage is None:
            save_seal(self.path)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if faults.is_broken(error):
                self._damage = str(error.orig)
                raise self._broken(self._damage) from error
            sentence = faults.told(error, self.path, waited_s=self._busy_timeout_s)
            if sentence is None:
                raise
            raise sentence from error

    def _broken(self, finding: str) -> StorageError:
        return faults.broken(self.path, finding, load_last_good_backup(self.path))


def open_database(path: Path, *, busy_timeout_s: int = 10, read_only: bool = False) -> Database:
    """Open the database at `path`, made new or brought up to date where needed.

    It is checked as a whole before the first byte is written. `read_only` neither makes, checks
    nor migrates it.

    Raises StorageError if it is damaged (nothing is written; the last good backup is named), if it
    cannot be opened, or if it is read-only here and missing or behind; SchemaTooNew if a newer
    Rasid wrote it.
    """
    if read_only:
        revision = load_revision(path, busy_timeout_s=busy_timeout_s) if path.exists() else None
        if revision != HEAD:
            raise _not_ready(path, revision)
        return Database(path, busy_timeout_s=busy_timeout_s, read_only=True)

    make_file(path)
    check_integrity(path, busy_timeout_s=busy_timeout_s)
    break_seal(path)
    if load_revision(path, busy_timeout_s=busy_timeout_s) != HEAD:
        from crawler.storage.migrate import migrate  # Alembic costs 0.2 s: only when behind

        migrate(path, busy_timeout_s=busy_timeout_s)
    return Database(path, busy_timeout_s=busy_timeout_s, read_only=False)


def insert_if_new(tx: Connection, table: Table, **values: Any) -> int | None:
    """Insert one row; its id, or None if a unique key is taken already."""
    key = table.primary_key.columns.values()[0]
    statement = _insert(tx, table).values(**values).on_conflict_do_nothing().returning(key)
    found: int | None = tx.execute(statement).scalar_one_or_none()
    return found


def insert_new(tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert `rows` in one batch; how many were new. A taken unique key keeps its old row."""
    if not rows:
        return 0
    key = table.primary_key.columns.values()[0]
    statement = _insert(tx, table).on_conflict_do_nothing().returning(key)
    return len(tx.execute(statement, rows).all())


def upsert(
    tx: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    by: Collection[str],
) -> None:
    """Insert `rows`, or overwrite their columns where the key `by` is known. One set of columns."""
    if not rows:
        return
    statement = _insert(tx, table)
    statement = statement.on_conflict_do_update(
        index_elements=list(by),
        set_={name: statement.excluded[name] for name in rows[0] if name not in by},
    )
    tx.execute(statement, rows)


def _insert(tx: Connection, table: Table) -> Any:
    # Only here are two dialects known: their inserts have the same methods, but no common type.
    if tx.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def _build_engine(path: Path, busy_timeout_s: float, *, writes: bool, read_only: bool) -> Engine:
    def open_one() -> sqlite3.Connection:
        connection = connect(path, busy_timeout_s=busy_timeout_s, mode="ro" if read_only else "rw")
        if writes and not read_only:
            mode = journal_mode_for(sqlite3.sqlite_version_info)
            connection.execute(f"PRAGMA journal_mode={mode}")
        else:
            connection.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=open_one,
        poolclass=QueuePool,
        pool_size=1 if writes else 4,
        max_overflow=0 if writes else 12,
        pool_timeout=busy_timeout_s,
        pool_recycle=3600,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE: whoever reads before it writes must not learn too late that another was first.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _not_ready(path: Path, revision: str | None) -> StorageError:
    if revision is None:
        sentence = f"There is no database at {path} yet. Start `rasid run` or `rasid once` first."
    else:
        sentence = (
            f"The database {path} was written by an older Rasid (schema {revision}). "
            "Start `rasid run` or `rasid once`: it brings it up to date."
        )
    return StorageError(sentence, subject=str(path))
