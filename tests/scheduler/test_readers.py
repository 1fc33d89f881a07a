"""Who may have read what was wrong? Each of them hears that it was, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from config.errors import DeliveryError
from crawler.reading.read import Reader
from crawler.storage.database import Connection
from crawler.storage.feedback import Label
from notifier.model import DeliveryState, Notice, NoticeKind
from notifier.outbox.by_hand import retry
from notifier.outbox.deliveries import load_deliveries, mark_replaced, settle
from notifier.outbox.digested import told_in_digest
from notifier.outbox.leases import mark_failed, mark_sent, take_due
from notifier.outbox.notices import save_notice
from scheduler.house import House
from tests.scheduler.test_feedback import LATER, corrections, heard, said
from tests.scheduler.test_feedback import reader as reader
from tests.scheduler.test_feedback import told as told
from tests.scheduler.test_funnel import NOON, ROUND, tell
from tests.scheduler.test_funnel import house as house


def lost_twice(tx: Connection) -> None:
    unanswered = DeliveryError("no answer came", target="second", unsure=True)
    for minutes in (0, 10):
        at = NOON + timedelta(minutes=minutes)
        (due,) = take_due(tx, now=at, owner="test")
        mark_failed(tx, due, unanswered, now=at, jitter=0)


def told_by_a_digest(tx: Connection) -> None:
    (due,) = load_deliveries(tx, states=[DeliveryState.DUE])
    digest = Notice(id=0, kind=NoticeKind.DIGEST, items=(), made_at=NOON)
    settle(tx, due.id, state=DeliveryState.HELD)
    told_in_digest(tx, [due.id], notice_id=save_notice(tx, digest, (), now=NOON).id, now=NOON)


@pytest.mark.parametrize("how", [lost_twice, told_by_a_digest], ids=lambda how: how.__name__)
def test_a_retry_that_is_refused_takes_back_nothing_that_was_read(
    told: House, how: Callable[[Connection], None]
) -> None:
    with told.database.write() as tx:
        how(tx)
        (second,) = (one for one in load_deliveries(tx) if one.target_id == "second")
        assert retry(tx, second.id, now=NOON)
        (due,) = take_due(tx, now=LATER, owner="test")
        refused = DeliveryError("HTTP 404: the hook is gone", target="second", permanent=True)
        mark_failed(tx, due, refused, now=LATER, jitter=0)

    heard(told, said(Label.NOT_AI))

    ((_, sent),) = corrections(told)
    assert set(sent) == {"first", "second"}


def test_a_part_that_its_whole_told_is_corrected_too(told: House, reader: Reader) -> None:
    whole = ROUND.replace("Tessera Labs", "Mosaik")
    tell(told, reader, whole, url="https://wire.example/2", at=NOON)
    with told.database.write() as tx:
        part = next(
            each for each in load_deliveries(tx, alert_ids=[1]) if each.target_id != "first"
        )
        mark_replaced(tx, part.id, by=2, now=NOON)
        for due in take_due(tx, now=LATER, owner="test"):
            mark_sent(tx, due.id, now=NOON)

    heard(told, said(Label.NOT_AI))

    ((_, sent),) = corrections(told)
    assert set(sent) == {"first", "second"}
