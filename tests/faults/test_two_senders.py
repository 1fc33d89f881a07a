"""Two processes send from one outbox: each message leaves once, by one of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select

from config.model import Target
from crawler.storage.database import Connection, open_database
from crawler.storage.schema import deliveries, metadata
from notifier.model import DeliveryState, Notice, NoticeKind
from notifier.outbox.leases import mark_sent, take_due
from notifier.outbox.notices import save_notice
from tests.faults.postgres import serving

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TARGETS = [
    Target(id=name, url=f"json://127.0.0.1/{name}", tags=("ops",)) for name in ("mail", "chat")
]
NOTICES = 150
AT_ONCE = 8

Write = Callable[[], AbstractContextManager[Connection]]
Opening = Callable[[], AbstractContextManager[Write]]


@contextmanager
def on_sqlite(path: Path) -> Iterator[Write]:
    database = open_database(path, busy_timeout_s=60)
    yield database.write
    database.close()


@contextmanager
def on_postgresql(url: str) -> Iterator[Write]:
    engine = create_engine(url)
    yield engine.begin
    engine.dispose()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opening]:
    """Opens the outbox; each process for itself."""
    if request.param == "SQLite":
        yield lambda: on_sqlite(tmp_path / "rasid.db")
        return
    with serving() as url:
        engine = create_engine(url)
        metadata.create_all(engine)
        engine.dispose()
        yield lambda: on_postgresql(url)


def drain(opening: Opening, owner: str, sink: Path, ready: Barrier) -> None:
    """Send until nothing is due; each message is a line of `sink`."""
    file = os.open(sink, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with opening() as write:
        ready.wait()
        for turn in count():
            with write() as tx:
                due = take_due(tx, now=NOW, owner=owner, limit=AT_ONCE)
            if turn == 0:
                ready.wait()  # both have some in hand now
            if not due:
                return
            os.write(file, "".join(f"{each.id} {owner} {len(due)}\n" for each in due).encode())
            with write() as tx:
                for each in due:
                    mark_sent(tx, each.id, now=NOW)


def test_two_processes_send_each_message_once(opening: Opening, tmp_path: Path) -> None:
    with opening() as write, write() as tx:
        for _ in range(NOTICES):
            notice = Notice(id=0, kind=NoticeKind.BAD, items=(), made_at=NOW)
            save_notice(tx, notice, TARGETS, now=NOW)
    context = get_context("fork")
    ready, sink = context.Barrier(2), tmp_path / "sent"
    both = [
        context.Process(target=drain, args=(opening, owner, sink, ready)) for owner in ("a", "b")
    ]
    for process in both:
        process.start()
    for process in both:
        process.join()
    with opening() as write, write() as tx:
        states = tx.execute(
            select(deliveries.c.state, deliveries.c.attempts, func.count()).group_by(
                deliveries.c.state, deliveries.c.attempts
            )
        ).all()

    sent = [line.split() for line in sink.read_text().splitlines()]
    assert [process.exitcode for process in both] == [0, 0]
    assert set(Counter(number for number, _, _ in sent).values()) == {1}
    assert {owner for _, owner, _ in sent} == {"a", "b"}
    assert max(int(size) for _, _, size in sent) == AT_ONCE
    assert [tuple(row) for row in states] == [(DeliveryState.SENT, 1, NOTICES * len(TARGETS))]
