"""How is a database that is behind brought up to date? Imported only then: it loads Alembic."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from config.errors import StorageError
from crawler.storage import faults
from crawler.storage.lock import load_holder, lock_file
from crawler.storage.schema import HEAD
from crawler.storage.sqlite import connect, load_revision
from crawler.storage.upkeep import save_backup

_APPLICATION_ID = 0x52415344  # "RASD", in the header of the file


def migrate(path: Path, *, busy_timeout_s: float) -> None:
    """Bring the schema of `path` to HEAD in one transaction, after a backup beside it.

    Raises StorageError if another process runs on it, or the disk does not take it.
    """
    with lock_file(path.with_name(f"{path.name}.migration.lock")):
        revision = load_revision(path, busy_timeout_s=busy_timeout_s)
        if revision == HEAD:  # another process was faster
            return
        _refuse_under_a_running_daemon(path)
        if revision is not None:
            written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            save_backup(path, now=written_at, keep=1000, why=f"before-{HEAD}")
        _upgrade(path, busy_timeout_s)


def _refuse_under_a_running_daemon(path: Path) -> None:
    holder = load_holder(path)
    if holder is not None and holder.pid != os.getpid():
        raise StorageError(
            f"The database {path} must be brought up to date, and process {holder.pid} still runs "
            "on it. Stop that one first.",
            subject=str(path),
        )


def _upgrade(path: Path, busy_timeout_s: float) -> None:
    def open_one() -> sqlite3.Connection:
        connection = connect(path, busy_timeout_s=busy_timeout_s, mode="rw")
        # A table that a revision makes anew is dropped first: its children must survive that.
        connection.execute("PRAGMA foreign_keys=OFF")
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=open_one, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")

    alembic = Config()
    alembic.set_main_option("script_location", "crawler.storage:migrations")
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={_APPLICATION_ID}")
            alembic.attributes["connection"] = connection
            command.upgrade(alembic, HEAD)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StorageError(f"The update of {path} lost rows and was undone.")
    except CommandError as error:
        raise StorageError(
            f"The schema of {path} is not one that this Rasid knows ({error}). Install the version "
            "that wrote it, or move the file away to begin anew.",
            subject=str(path),
        ) from error
    except DBAPIError as error:
        raise faults.told(error, path, waited_s=busy_timeout_s) or error from error
    finally:
        engine.dispose()
