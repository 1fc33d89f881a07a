"""Full, read-only, locked, damaged: a clear sentence, nothing half-written (P4, P5)."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.errors import StorageBusy, StorageError
from crawler.model import Article, Reading
from crawler.storage.articles import count_articles, load_article, save_article
from crawler.storage.database import Database, open_database
from crawler.storage.seal import seal_path
from crawler.storage.upkeep import save_backup
from notifier.outbox.leases import take_due

HOUSE = Path(__file__).parents[2]
NOW = datetime(2025, 1, 24, tzinfo=UTC)
READING = Reading(
    language="en", ai_investment=True, figures=(), claims=(), reader_version="1", lexicon_hash="1"
)


def save(database: Database, number: int, *, size: int = 4000) -> None:
    article = Article(
        url=f"https://daily.example/{number}",
        source_id="daily",
        title=f"Story {number}",
        body="x" * size,
        language="en",
        published=None,
        fetched_at=NOW,
    )
    with database.write() as tx:
        save_article(tx, article, READING, now=NOW, keep_text=True)


def fill(database: Database) -> tuple[int, StorageError]:
    """Save until the disk says no: how many were saved, and what was said."""
    for number in range(100_000):
        try:
            save(database, number)
        except StorageError as error:
            return number, error
    raise AssertionError("the disk took everything")


def stuff(ballast: Path) -> None:
    """Write until not one more sector is free."""
    with ballast.open("ab", buffering=0) as file:
        while True:
            file.write(bytes(512))


def is_whole(database: Database) -> int:
    """How many articles there are; each with its text and reading."""
    with database.read() as conn:
        for table in ("texts", "readings", "revisions"):
            rows = conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            assert rows == count_articles(conn)
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        return count_articles(conn)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    mounted = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(tmp_path)]
    if subprocess.run(mounted, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_a_full_disk_says_so_and_work_goes_on_when_there_is_space(small_disk: Path) -> None:
    database = open_database(small_disk / "rasid.db")

    saved, error = fill(database)

    assert "disk is full" in str(error)
    assert is_whole(database) == saved > 10
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    save(database, saved)
    assert is_whole(database) == saved + 1
    database.close()


def test_a_backup_that_finds_no_space_leaves_nothing_behind(small_disk: Path) -> None:
    path = small_disk / "rasid.db"
    database = open_database(path)
    fill(database)

    with pytest.raises(StorageError, match="disk is full"):
        save_backup(path, now=NOW)

    assert list(small_disk.glob("*.backup*")) == []
    database.close()


def test_what_a_full_disk_cannot_record_is_not_sent(small_disk: Path) -> None:
    database = open_database(small_disk / "rasid.db")
    saved, _ = fill(database)
    with closing(sqlite3.connect(database.path)) as raw:  # knows no foreign keys
        raw.execute("DELETE FROM texts WHERE article_id = 1")
        raw.execute(
            "INSERT INTO deliveries (alert_id, target_id, state, due_at)"
            "VALUES (1, 'desk', 'due', '2025-01-24T00:00:00.000000+00:00')"
        )
        raw.commit()
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="space"):
        stuff(ballast)

    with pytest.raises(StorageError, match="disk is full"), database.write() as tx:
        take_due(tx, now=NOW, owner="me")

    ballast.unlink()
    with database.write() as tx:
        (delivery,) = take_due(tx, now=NOW, owner="me")
    assert delivery.attempts == 1
    assert saved > 10
    database.close()


def test_a_limit_on_the_size_of_files_is_no_end(tmp_path: Path) -> None:
    program = f"""
        import resource, signal, sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        import test_disk
        database = test_disk.open_database(Path({str(tmp_path / "rasid.db")!r}))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600 << 10, resource.RLIM_INFINITY))
        saved, error = test_disk.fill(database)
        assert test_disk.is_whole(database) == saved > 10
        assert "refused to read or write" in str(error) or "disk is full" in str(error), error
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        test_disk.save(database, saved)
        assert test_disk.is_whole(database) == saved + 1
        database.close()
    """

    run(program)


def test_without_memory_nothing_is_half_written(tmp_path: Path) -> None:
    program = f"""
        import resource, sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        import test_disk
        database = test_disk.open_database(Path({str(tmp_path / "rasid.db")!r}))
        test_disk.save(database, 1)
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + (120 << 20), resource.RLIM_INFINITY))
        try:
            test_disk.save(database, 2, size=60 << 20)
        except (MemoryError, test_disk.StorageError):
            pass
        else:
            sys.exit("it fitted")
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
        test_disk.save(database, 3)
        assert test_disk.is_whole(database) == 2
        database.close()
    """

    run(program)


def run(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_a_disk_that_became_read_only(tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], capture_output=True
    ).returncode
    if mounted:
        pytest.skip("mounting a file system needs root")
    try:
        database = open_database(tmp_path / "rasid.db")
        save(database, 1)
        database.close()
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path)], check=True)

        with pytest.raises(StorageError, match="cannot be opened for writing"):
            open_database(tmp_path / "rasid.db")
        shown = open_database(tmp_path / "rasid.db", read_only=True)
        with shown.read() as conn:
            assert count_articles(conn) == 1
        shown.close()

        subprocess.run(["mount", "-o", "remount,rw", str(tmp_path)], check=True)
        database = open_database(tmp_path / "rasid.db")
        save(database, 2)
        assert is_whole(database) == 2
        database.close()
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_a_database_that_another_program_holds(tmp_path: Path) -> None:
    database = open_database(tmp_path / "rasid.db", busy_timeout_s=0)

    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageBusy, match="writing to"):
            save(database, 1)
        other.execute("ROLLBACK")

    save(database, 1)
    assert is_whole(database) == 1
    database.close()


def test_a_write_in_flight_at_a_crash_is_undone_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "rasid.db"
    database = open_database(path)
    save(database, 1)
    pid = os.fork()
    if pid == 0:  # a large transaction spills into the file before it is committed
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("PRAGMA cache_size=10")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE texts SET body = hex(zeroblob(1000000))")
        raw.execute("DELETE FROM readings")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    database.close()

    again = open_database(path)

    assert is_whole(again) == 1
    again.close()


def test_damage_that_shows_while_running_ends_all_writing(tmp_path: Path) -> None:
    path = tmp_path / "rasid.db"
    database = open_database(path)
    for number in range(60):
        save(database, number)
    backup = save_backup(path, now=NOW)
    with path.open("r+b") as file:  # every page but the first
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    before = path.read_bytes()

    with pytest.raises(StorageError, match=backup.name), database.read() as conn:
        conn.exec_driver_sql("SELECT * FROM texts").all()
    with pytest.raises(StorageError, match=backup.name):
        save(database, 61)

    database.close()
    assert path.read_bytes() == before
    with pytest.raises(StorageError, match=backup.name):
        open_database(path)


def damaged(good: bytes, chance: random.Random) -> bytes:
    changed = bytearray(good)
    while bytes(changed) == good:
        for _ in range(chance.choice([1, 20, 2000])):
            changed[chance.randrange(100, len(changed))] = chance.randrange(256)
    cut = chance.randrange(1, len(changed)) if chance.random() < 0.2 else len(changed)
    return bytes(changed[:cut])


# After a crash there is no seal: SQLite sees damage in its structure, not one letter of a text.
CLOSED = {"closed well": (True, 1.0), "after a crash": (False, 0.6)}


@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("is_sealed", "share"), CLOSED.values(), ids=CLOSED)
def test_a_damaged_file_is_noticed_and_never_written_to(
    tmp_path: Path, is_sealed: bool, share: float, count: int
) -> None:
    path = tmp_path / "rasid.db"
    database = open_database(path)
    for number in range(160):  # most pages hold something: damage to an empty one means nothing
        save(database, number, size=500)
    database.close()
    good, seal = path.read_bytes(), seal_path(path).read_bytes()
    backup = save_backup(path, now=NOW)
    chance, seen = random.Random(count), Counter[str]()

    for _ in range(count):
        path.write_bytes(damaged(good, chance))
        seal_path(path).unlink(missing_ok=True)
        if is_sealed:
            seal_path(path).write_bytes(seal)
        seen[open_and_read(path, backup)] += 1

    print(f"{count} damaged files: {dict(seen)}")
    assert not [what for what in seen if what.startswith("wrong")]
    assert seen["refused"] >= count * share


def open_and_read(path: Path, backup: Path) -> str:
    """What the owner of the file at `path` sees; any other error is a failure of the test."""
    before = path.read_bytes()
    try:
        database = open_database(path)
    except StorageError as error:
        is_named = backup.name in str(error) or "another program" in str(error)
        return "refused" if is_named and path.read_bytes() == before else f"wrong: {error}"
    try:
        with database.read() as conn:
            for article_id in range(1, 61):
                load_article(conn, article_id)
    except StorageError:
        return "told when read"
    finally:
        database.close()
    return "a letter in a text, or a byte of no use"
