"""How does the database stay sound, backed up and small?"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, func, or_, select

from config.errors import StorageError
from crawler.storage import faults
from crawler.storage.schema import articles, listings, texts
from crawler.storage.seal import Seal, load_seal, seal_path
from crawler.storage.sqlite import connect, load_damage, make_file

_MARK = ".backup-"
_COMPANIONS = ("-journal", "-wal", "-shm")  # SQLite leaves one where the disk was full


def check_integrity(path: Path, *, busy_timeout_s: float = 10) -> None:
    """Read the whole file and write nothing.

    A file that was closed well is compared with its seal, which no changed byte escapes; after a
    crash SQLite itself is asked, which sees what is wrong in its structure and not in a text.

    Raises StorageError if it is damaged, with the last good backup by name.
    """
    match load_seal(path):
        case Seal.WHOLE:
            return
        case Seal.BROKEN:
            finding: str | None = (
                "its bytes changed after Rasid had closed it; if that was you, delete "
                f"{seal_path(path).name} and start again"
            )
        case Seal.UNKNOWN:
            finding = load_damage(path, busy_timeout_s=busy_timeout_s)
    if finding is not None:
        raise faults.broken(path, finding, load_last_good_backup(path))


def save_backup(path: Path, *, now: datetime, keep: int = 7, why: str = "daily") -> Path:
    """Copy the database beside itself, under load too; its path. Keeps the newest `keep`.

    Raises StorageError if the disk is full or the copy is not sound.
    """
    copy = path.with_name(f"{path.name}{_MARK}{now:%Y%m%dT%H%M%S}-{why}")
    unfinished = copy.with_name(f".{copy.name}")
    _remove(unfinished)
    make_file(unfinished)
    try:
        with closing(connect(path, busy_timeout_s=60, mode="rw")) as connection:
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        finding = load_damage(unfinished, busy_timeout_s=60)
        if finding is not None:
            raise faults.broken(unfinished, finding)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.rename(copy)
    except sqlite3.Error as error:
        raise faults.told(error, copy, waited_s=60) or error from error
    finally:
        _remove(unfinished)
    for old in load_backups(path)[keep:]:
        _remove(old)
    return copy


def load_backups(path: Path) -> tuple[Path, ...]:
    """Backups of `path`, newest first."""
    found = path.parent.glob(f"{path.name}{_MARK}*")
    whole = (each for each in found if not each.name.endswith(_COMPANIONS))
    return tuple(sorted(whole, key=_made_at, reverse=True))


def load_last_good_backup(path: Path) -> Path | None:
    """The newest backup of `path` that is sound."""
    for backup in load_backups(path):
        try:
            if load_damage(backup, busy_timeout_s=1, mode="ro") is None:
                return backup
        except (StorageError, sqlite3.Error):
            continue
    return None


def forget(tx: Connection, what: str) -> int:
    """Delete the kept text of one URL, or of all articles of a source; how many were deleted.

    Title, sentences, figures and link stay.
    """
    tx.exec_driver_sql("PRAGMA secure_delete=ON")  # zeros over it, not only a free page
    by_listing = select(listings.c.article_id).where(listings.c.url == what)
    meant = select(articles.c.id).where(
        or_(articles.c.url == what, articles.c.source_id == what, articles.c.id.in_(by_listing))
    )
    return tx.execute(delete(texts).where(texts.c.article_id.in_(meant))).rowcount


def prune_texts(tx: Connection, *, now: datetime, keep_days: int) -> int:
    """Delete texts of articles that came in more than `keep_days` days ago; how many.

    What an archive fetched years ago came in when `rasid backfill` brought it.
    """
    came_at = func.coalesce(articles.c.archived_at, articles.c.fetched_at)
    old = select(articles.c.id).where(came_at < now - timedelta(days=keep_days))
    return tx.execute(delete(texts).where(texts.c.article_id.in_(old))).rowcount


def _remove(database: Path) -> None:
    for name in (database.name, *(f"{database.name}{end}" for end in _COMPANIONS)):
        database.with_name(name).unlink(missing_ok=True)


def _made_at(backup: Path) -> str:
    return backup.name.rpartition(_MARK)[2]
