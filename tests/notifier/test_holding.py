"""What is held waits in the outbox, and nothing of it is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, update

from crawler.health.model import HealthState, Trouble
from crawler.storage.database import Database, open_database
from crawler.storage.schema import deliveries
from notifier.model import DeliveryState, HeldFor, Notice, NoticeKind
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.digested import held_for_digest, told_in_digest
from notifier.outbox.notices import save_notice
from notifier.words import reason

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)

YESTERDAY = """
INSERT INTO notices (id, kind, items, made_at)
    VALUES (1, 'bad', '[]', '2026-11-25T12:00:00.000000+00:00');
INSERT INTO deliveries (id, notice_id, target_id, state, due_at)
    VALUES (5, 1, 'me', 'due', '2026-11-25T12:00:00.000000+00:00');
"""


def test_a_database_of_yesterday_holds_nothing(tmp_path: Path, database_of: Any) -> None:
    path = tmp_path / "rasid.db"
    database_of(path, "0006", YESTERDAY)

    database = open_database(path)
    with database.read() as db:
        (delivery,) = load_deliveries(db)
        waiting = held_for_digest(db, "me")
    database.close()

    assert (delivery.id, delivery.notice_id, delivery.state) == (5, 1, DeliveryState.DUE)
    assert (delivery.held_for, delivery.held_since, waiting) == (None, None, ())


@pytest.fixture
def database(tmp_path: Path) -> Any:
    opened = open_database(tmp_path / "rasid.db")
    yield opened
    opened.close()


def owe(tx: Connection, tell: Any) -> Notice:
    trouble = Trouble(source_id="s", name="S", state=HealthState.GONE, since=NOON)
    notice = Notice(id=0, kind=NoticeKind.BAD, items=(trouble,), made_at=NOON)
    return save_notice(tx, notice, [tell.target()], now=NOON)


def hold(tx: Connection, id: int, held_for: HeldFor, hours: int) -> None:
    values = {"held_for": held_for, "held_since": NOON - timedelta(hours=hours)}
    tx.execute(
        update(deliveries)
        .where(deliveries.c.id == id)
        .values(state=DeliveryState.HELD, held_why=reason("for_digest"), **values)
    )


def test_a_digest_takes_what_waits_for_it_once(database: Database, tell: Any) -> None:
    with database.write() as tx:
        for _ in range(4):
            digest = owe(tx, tell)
        hold(tx, 1, HeldFor.BUDGET, hours=1)
        hold(tx, 2, HeldFor.QUIET, hours=2)
        hold(tx, 3, HeldFor.DIGEST, hours=3)

        waiting = [each.id for each in held_for_digest(tx, "desk")]
        taken = told_in_digest(tx, waiting, notice_id=digest.id, now=NOON)
        left = held_for_digest(tx, "desk")
        (told,) = load_deliveries(tx, ids=[3])

    assert (waiting, taken, left) == ([3, 1], 2, ())
    assert (told.state, told.told_in, told.held_for) == (DeliveryState.DROPPED, digest.id, None)
    assert told.last_error == f"told in the digest, notice {digest.id}"
