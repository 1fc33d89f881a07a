"""What must be known of SQLite itself: how a file is made, opened, and asked for its schema?"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.dialects.sqlite import dialect

from config.errors import SchemaTooNew, StorageError
from crawler.storage import faults
from crawler.storage.schema import HEAD, metadata


def connect(path: Path, *, busy_timeout_s: float, mode: str) -> sqlite3.Connection:
    """A plain connection with our pragmas. `mode`: ro, or rw (the file must be there)."""
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=busy_timeout_s,
        isolation_level=None,  # we say BEGIN ourselves: the driver's own begins too late
        check_same_thread=False,  # the pool hands it to one thread at a time
    )
    for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON"):
        connection.execute(f"PRAGMA {pragma}")
    # NORMAL may lose the last commits at power loss, and an alert may be among them.
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def journal_mode_for(version: tuple[int, int, int]) -> str:
    """`wal`, or `truncate` where SQLite has the WAL-reset bug.

    Several connections and a checkpoint can then damage the file: 3.7.0 to 3.51.2, cured also in
    3.50.7 and 3.44.6 (sqlite.org/wal.html#walresetbug). Debian 12 has 3.40.1.
    """
    cured = version >= (3, 51, 3) or any(
        fix <= version < (3, fix[1] + 1, 0) for fix in ((3, 50, 7), (3, 44, 6))
    )
    return "wal" if cured else "truncate"


def make_file(path: Path) -> None:
    """Make sure that a file for this user alone is at `path`.

    SQLite gives its journals the rights of the database. Raises StorageError.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A file that is there is not opened here: closing it would drop the locks that SQLite
        # holds on it elsewhere in this process (POSIX locks end with the first close).
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        elif not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "this user may not write it")
    except OSError as error:
        raise StorageError(
            f"The database {path} cannot be opened for writing ({error.strerror}). "
            "Look at the rights and the free space of its folder.",
            subject=str(path),
        ) from error


def load_revision(path: Path, *, busy_timeout_s: float) -> str | None:
    """The revision of the schema in `path`; None for an empty file.

    Raises SchemaTooNew, or StorageError if the file is no database of ours.
    """
    try:
        with closing(connect(path, busy_timeout_s=busy_timeout_s, mode="rw")) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
            if "alembic_version" not in tables:
                revision = None
            else:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                revision = None if row is None else str(row[0])
    except sqlite3.Error as error:
        raise faults.told(error, path, waited_s=busy_timeout_s) or error from error
    if revision is None and tables - {"alembic_version"}:
        raise StorageError(
            f"{path} is a database of another program. Move it away, or name another folder "
            "with --state.",
            subject=str(path),
        )
    if revision is not None and revision > HEAD:
        raise SchemaTooNew(
            f"A newer Rasid wrote {path} (its schema is {revision}, this one knows {HEAD}). "
            "Install the newer version again, or go back to the backup that it made.",
            subject=str(path),
        )
    return revision


def load_damage(path: Path, *, busy_timeout_s: float, mode: str = "rw") -> str | None:
    """What SQLite finds wrong in the whole file; None if it is sound. Writes nothing of ours.

    Opened `rw`, SQLite first undoes a transaction that a crash left half-written, as it must.
    """
    try:
        with closing(connect(path, busy_timeout_s=busy_timeout_s, mode=mode)) as connection:
            # quick_check would miss an index that disagrees with its table.
            finding = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if finding == "ok":
                lost = connection.execute("PRAGMA foreign_key_check").fetchone()
                finding = "ok" if lost is None else f"a row of {lost[0]} points nowhere"
            if finding == "ok":
                finding = _missing_column(connection) or "ok"
    except sqlite3.Error as error:
        if not faults.is_broken(error):
            raise faults.told(error, path, waited_s=busy_timeout_s) or error from error
        finding = str(error)
    except UnicodeDecodeError:
        finding = "text that is not UTF-8"
    return None if finding == "ok" else str(finding).replace("\n", " ")


def _missing_column(connection: sqlite3.Connection) -> str | None:
    # One changed letter in a CREATE TABLE is another table to SQLite, and sound (tried: 1 of 1,000
    # damaged files).
    found = set(connection.execute(_COLUMNS))
    if ("alembic_version", "version_num", "VARCHAR(32)") not in found:
        return None
    if connection.execute("SELECT version_num FROM alembic_version").fetchall() != [(HEAD,)]:
        return None  # of another version: what belongs into it is not for us to say
    sqlite = dialect()
    for table in metadata.sorted_tables:
        for column in table.columns:
            if (table.name, column.name, column.type.compile(sqlite)) not in found:
                return f"column {table.name}.{column.name} is gone"
    return None


_COLUMNS = (
    "SELECT tables.name, columns.name, columns.type "
    "FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns "
    "WHERE tables.type = 'table'"
)
