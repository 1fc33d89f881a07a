"""Two daemons never run on one database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.errors import RasidError
from crawler.storage.lock import load_holder, lock_state

HOLDER = """
import sys, time
from pathlib import Path
from crawler.storage.database import lock_state
with lock_state(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_second_says_who_holds_it_and_since_when(
    other: subprocess.Popen[str], tmp_path: Path
) -> None:
    with pytest.raises(RasidError) as caught, lock_state(tmp_path):
        pass

    assert f"process {other.pid} holds it since {datetime.now(UTC):%Y-%m-%d}" in str(caught.value)


def test_a_killed_holder_lets_go_at_once(other: subprocess.Popen[str], tmp_path: Path) -> None:
    other.kill()
    other.wait()

    with lock_state(tmp_path):
        holder = load_holder(tmp_path / "rasid.db")

    assert holder is not None
    assert holder.pid == os.getpid()


def test_who_looks_does_not_disturb(other: subprocess.Popen[str], tmp_path: Path) -> None:
    for _ in range(3):
        holder = load_holder(tmp_path / "rasid.db")

        assert holder is not None
        assert holder.pid == other.pid
        assert datetime.now(UTC) - holder.since < timedelta(minutes=1)


def test_nobody_holds_it_before_and_after(tmp_path: Path) -> None:
    path = tmp_path / "new" / "rasid.db"

    assert load_holder(path) is None
    with lock_state(path.parent):
        pass
    assert load_holder(path) is None
    with lock_state(path.parent):
        pass


def test_one_process_cannot_hold_it_twice(tmp_path: Path) -> None:
    with lock_state(tmp_path), pytest.raises(RasidError), lock_state(tmp_path):
        pass
