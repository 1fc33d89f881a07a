"""kill -9 at any moment: nothing lost, all or none, twice only what was in flight (P1, P2, P3)."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.storage.database import Database, open_database
from notifier.model import DeliveryState
from notifier.outbox.leases import free_leases, mark_sent, take_due

HOUSE = Path(__file__).parents[2]


@dataclass
class World:
    """What is outside and lives on: targets that count what reaches them."""

    got: Counter[tuple[int, str]] = field(default_factory=Counter)
    saved: set[int] = field(default_factory=set)  # alerts that a worker said were committed
    lost_answers: int = 0
    lines: int = 0
    heard: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, line: str) -> None:
        with self.heard:
            self.lines += 1
            self.heard.notify_all()
        match line.split():
            case ["alert", alert, target]:
                self.got[int(alert), target] += 1
            case ["saved", alert]:
                self.saved.add(int(alert))
            case ["lost", "answer"]:
                self.lost_answers += 1


@contextmanager
def listening(world: World) -> Iterator[int]:
    """The port on which `world` listens."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve(peer: socket.socket) -> None:
        with peer, peer.makefile("rwb") as lines:
            try:
                for line in lines:
                    world.hear(line.decode())
                    lines.write(b"ok\n")
                    lines.flush()
            except OSError:
                pass  # it was killed

    def accept() -> None:
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(peer,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1]
    server.close()


@contextmanager
def forking(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("outbox_worker.py")), str(folder), str(port)],
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    assert process.stdin is not None
    process.stdin.close()
    process.wait(10)
    assert process.stdout is not None
    process.stdout.close()


def live_and_die(
    forker: subprocess.Popen[str], world: World, seed: int, *, lines: int, after_s: float
) -> None:
    """Start a worker, wait until the world has heard so much from it, and kill it then."""
    assert forker.stdin is not None
    assert forker.stdout is not None
    forker.stdin.write(f"{seed}\n")
    forker.stdin.flush()
    pid = int(forker.stdout.readline())
    # Counted in what it did, not in seconds alone: a busy machine must not kill only the newborn.
    with world.heard:
        until = world.lines + lines
        world.heard.wait_for(lambda: world.lines >= until, timeout=10)
    time.sleep(after_s)
    os.kill(pid, signal.SIGKILL)
    assert forker.stdout.readline() == "dead\n"


# Each is a number of rows that must be zero whenever nobody writes.
ALL_OR_NONE = {
    "articles without their reading": "SELECT count(*) FROM articles a WHERE NOT EXISTS "
    "(SELECT 1 FROM readings r WHERE r.article_id = a.id)",
    "articles without their text": "SELECT count(*) FROM articles a WHERE NOT EXISTS "
    "(SELECT 1 FROM texts t WHERE t.article_id = a.id)",
    "articles whose line still waits": "SELECT count(*) FROM articles a JOIN listings l "
    "ON l.url = a.url WHERE l.state != 'fetched'",
    "fetched lines without their article": "SELECT count(*) FROM listings "
    "WHERE state = 'fetched' AND article_id IS NULL",
    "articles without their claim": "SELECT count(*) FROM articles a WHERE NOT EXISTS "
    "(SELECT 1 FROM claims c WHERE c.article_id = a.id)",
    "deals without change or verdict": "SELECT count(*) FROM deals d WHERE "
    "(SELECT count(*) FROM changes c JOIN verdicts v ON v.deal_id = c.deal_id "
    "WHERE c.deal_id = d.id) != d.change_count",
    "changes without their alert": "SELECT count(*) FROM changes c WHERE NOT EXISTS "
    "(SELECT 1 FROM alerts a WHERE a.deal_id = c.deal_id)",
    "alerts without three deliveries": "SELECT count(*) FROM alerts a WHERE 3 != "
    "(SELECT count(*) FROM deliveries d WHERE d.alert_id = a.id)",
    "lines lost after their validator": "SELECT coalesce(max(cast(etag AS integer)), 0) - "
    "(SELECT count(*) FROM listings) FROM sources",
}


def halves(database: Database) -> dict[str, int]:
    with database.read() as conn:
        counts = {name: conn.exec_driver_sql(sql).scalar_one() for name, sql in ALL_OR_NONE.items()}
    return {name: count for name, count in counts.items() if count}


def leased(database: Database) -> int:
    with database.read() as conn:
        sql = "SELECT count(*) FROM deliveries WHERE state = 'leased'"
        return int(conn.exec_driver_sql(sql).scalar_one())


def drain(database: Database, world: World) -> None:
    """Send what is left, without faults."""
    with database.write() as tx:
        free_leases(tx)
    while True:
        with database.write() as tx:
            due = take_due(tx, now=datetime.now(UTC), owner="drain", limit=500)
            for delivery in due:
                world.got[delivery.alert_id, delivery.target_id] += 1
                mark_sent(tx, delivery.id, now=datetime.now(UTC))
        if not due:
            return


def owed(database: Database) -> dict[tuple[int, str], DeliveryState]:
    with database.read() as conn:
        rows = conn.exec_driver_sql("SELECT alert_id, target_id, state FROM deliveries").all()
    return {(row[0], row[1]): DeliveryState(row[2]) for row in rows}


@pytest.mark.parametrize(
    "rounds", [15, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])]
)
def test_killed_at_any_moment(tmp_path: Path, rounds: int) -> None:
    world, chance = World(), random.Random(rounds)
    path = tmp_path / "rasid.db"
    open_database(path).close()
    in_flight = kills_in_flight = 0

    with listening(world) as port, forking(tmp_path, port) as forker:
        for seed in range(rounds):
            lines, after_s = chance.randint(0, 15), chance.uniform(0, 0.03)
            live_and_die(forker, world, seed, lines=lines, after_s=after_s)

            database = open_database(path)  # checks the whole file, and undoes a half write
            assert halves(database) == {}
            in_flight += (now_leased := leased(database))
            kills_in_flight += now_leased > 0
            database.close()

    database = open_database(path)
    drain(database, world)
    rows = owed(database)
    database.close()
    duplicates = world.got.total() - len(world.got)
    print(
        f"{rounds} kills, {kills_in_flight} with sends in flight ({in_flight} rows); "
        f"{len(rows)} deliveries, {duplicates} twice, {world.lost_answers} answers lost; "
        f"states {dict(Counter(rows.values()))}"
    )
    assert world.saved <= {alert for alert, _ in rows}  # what was called saved is there
    assert set(world.got) == set(rows)  # nothing lost, nothing sent that was not owed
    assert duplicates <= in_flight + world.lost_answers
    assert len(rows) > rounds
