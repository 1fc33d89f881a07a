"""Who holds this database? Never two daemons at once."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from config.errors import RasidError

DATABASE_NAME = "rasid.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that holds a lock."""

    pid: int | None  # None: it has not written its number yet
    since: datetime  # aware, UTC


@contextmanager
def lock_state(folder: Path, *, name: str = DATABASE_NAME) -> Iterator[None]:
    """Hold the database in `folder` until the block ends; the kernel lets go if we die.

    Raises RasidError, with the holder's pid and since when, if another process has it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _lock_path(folder / name)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _take(handle):
            raise _held(folder, _read(handle))
        # The file stays when we go: whoever unlinks a lock file lets two processes lock two files.
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def load_holder(database: Path) -> Holder | None:
    """Who holds `database` now; None if nobody does."""
    with suppress(FileNotFoundError):
        handle = os.open(_lock_path(database), os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(handle)
        finally:
            os.close(handle)
    return None


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Hold `path` until the block ends, waiting for whoever has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    for _ in range(4):
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        sleep(0.05)  # `rasid status` may be looking: it holds the lock for an instant
    return False


def _lock_path(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


def _read(handle: int) -> Holder:
    text = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
    since = datetime.fromtimestamp(os.fstat(handle).st_mtime, UTC)
    return Holder(pid=int(text) if text.isdigit() else None, since=since)


def _held(folder: Path, holder: Holder) -> RasidError:
    who = f"process {holder.pid}" if holder.pid else "another process"
    return RasidError(
        f"Rasid already runs on {folder}: {who} holds it since {holder.since:%Y-%m-%d %H:%M} UTC. "
        "Stop that one first, or give this one another folder with --state.",
        subject=str(folder),
    )
