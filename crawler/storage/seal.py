"""Is the file, byte for byte, the one that we closed?

Whoever closes the database well writes its hash beside it, and whoever opens it for writing takes
that away again. A hash that fits is also faster than asking SQLite to check the whole file.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing, suppress
from enum import Enum
from pathlib import Path

from crawler.storage.sqlite import connect

# A stop must take less than ten seconds, and a hash takes about one for each gigabyte.
_LARGEST = 3 * 2**30
_ROLLBACK_JOURNAL = b"\x01\x01"  # bytes 18 and 19 of the file; 2 is WAL


class Seal(Enum):
    """What the seal says of the file."""

    WHOLE = "whole"
    BROKEN = "broken"
    UNKNOWN = "unknown"  # none (a crash, a new file), or somebody wrote by way of SQLite


def seal_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.seal")


def save_seal(path: Path) -> None:
    """Seal the closed database, if that can be done soon and surely."""
    with (
        suppress(OSError, sqlite3.Error),
        closing(connect(path, busy_timeout_s=0, mode="ro")) as own,
    ):
        if path.stat().st_size > _LARGEST:
            return
        own.execute("BEGIN")
        own.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # now nobody else can write
        if any(path.with_name(f"{path.name}{end}").exists() for end in ("-wal", "-shm")):
            return  # another process has it open: the file alone is not all of it
        unfinished = seal_path(path).with_suffix(".seal.part")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(" ".join(_print_of(path)))
        unfinished.replace(seal_path(path))


def break_seal(path: Path) -> None:
    """Take the seal away, before the first write."""
    seal_path(path).unlink(missing_ok=True)


def load_seal(path: Path) -> Seal:
    """Compare the file with its seal."""
    try:
        sealed = seal_path(path).read_text("ascii").split()
        found = _print_of(path)
    except (OSError, ValueError):
        return Seal.UNKNOWN
    if sealed == found:
        return Seal.WHOLE
    # Whoever writes by way of SQLite counts it in the file's header, but in WAL mode not always.
    is_same_count = sealed[:1] == found[:1]
    with path.open("rb") as file:
        counts_each_write = file.read(20)[18:] == _ROLLBACK_JOURNAL
    return Seal.BROKEN if is_same_count and counts_each_write else Seal.UNKNOWN


def _print_of(path: Path) -> list[str]:
    with path.open("rb") as file:
        change_counter = file.read(28)[24:].hex()
        file.seek(0)
        return [change_counter, hashlib.file_digest(file, "sha256").hexdigest()]
