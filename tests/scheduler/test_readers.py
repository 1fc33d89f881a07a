"""Who may have read what was wrong? Each of them hears that it was, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from config.errors import DeliveryError
from config.model import Amount
from crawler.reading.read import Reader
from crawler.storage.database import Connection
from crawler.storage.feedback import Label
from notifier.model import DeliveryState, HeldFor, Notice, NoticeKind, Silence
from notifier.outbox.alerts import load_alert
from notifier.outbox.by_hand import retry
from notifier.outbox.deliveries import load_deliveries, mark_replaced, settle
from notifier.outbox.digested import told_in_digest
from notifier.outbox.leases import mark_failed, mark_sent, take_due
from notifier.outbox.notices import save_notice
from notifier.outbox.silences import save_silence
from notifier.words import reason
from scheduler.commands.corrected import print_owed
from scheduler.correcting import Owed
from scheduler.holding import hold_and_release
from scheduler.house import House
from scheduler.sending import compose
from tests.scheduler.test_feedback import DESKS, LATER, corrections, heard, said, told_by_two_rules
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


@pytest.mark.parametrize("held", [False, True], ids=["about to leave", "held"])
def test_who_has_not_got_it_yet_gets_it_right(told: House, held: bool) -> None:
    if held:
        with told.database.write() as tx:
            (second,) = load_deliveries(tx, states=[DeliveryState.DUE])
            why = {
                "held_for": HeldFor.QUIET,
                "held_since": NOON,
                "held_why": reason("held_cooldown", 60),
            }
            settle(tx, second.id, state=DeliveryState.HELD, **why)
    done = heard(told, said(Label.WRONG_AMOUNT, amount="$12m"))

    with told.database.write() as tx:
        hold_and_release(tx, told, now=LATER)
        due = {each.target_id: each for each in take_due(tx, now=LATER, owner="test")}
    titles = {desk.id: compose(told, due[desk.id], desk).title for desk in DESKS}

    assert [one.target_ids for one in done.owed.corrections] == [("first", "second")]
    assert titles["first"].startswith("$12m, not $120m · CORRECTION")
    assert titles["second"].startswith("$12m · ")
    assert "CORRECTION" not in titles["second"]


def test_what_has_not_left_yet_and_is_too_small_for_its_rule_is_dropped(told: House) -> None:
    rules = tuple(
        rule.model_copy(update={"at_least": Amount(value=10**8, currency="USD", text="100m USD")})
        for rule in told.config.rules
    )
    told = replace(told, config=told.config.model_copy(update={"rules": rules}))

    done = heard(told, said(Label.WRONG_AMOUNT, amount="$12m"))

    with told.database.read() as db:
        first, second = sorted(load_deliveries(db, alert_ids=[1]), key=lambda one: one.target_id)
    assert [one.target_ids for one in done.owed.corrections] == [("first",)]
    assert (first.state, second.state) == (DeliveryState.SENT, DeliveryState.DROPPED)
    assert "the rule does not ask for what it really is" in (second.last_error or "")


@pytest.fixture
def told_twice(house: House, reader: Reader) -> House:
    """Two rules told the first desk of one round; the message of the second is on its way."""
    house = told_by_two_rules(house, reader)
    with house.database.write() as tx:
        one, _ = take_due(tx, now=NOON, owner="test")
        mark_sent(tx, one.id, now=NOON)
    return house


def rules_due(house: House) -> list[str]:
    with house.database.write() as tx:
        hold_and_release(tx, house, now=LATER)
        due = take_due(tx, now=LATER, owner="test")
        alerts = [load_alert(tx, each.alert_id) for each in due if each.alert_id is not None]
    return [alert.rule_id for alert in alerts if alert is not None]


def test_a_reader_of_two_rules_is_told_by_one_when_the_other_has_nothing_to_say(
    told_twice: House,
) -> None:
    done = heard(told_twice, said(Label.NOT_AI))
    with told_twice.database.write() as tx:
        second = load_deliveries(tx, alert_ids=[2])[0]
        refused = DeliveryError("HTTP 400: the message is refused", target="first", permanent=True)
        mark_failed(tx, second, refused, now=NOON, jitter=0)  # so nobody had it by that rule

    assert [one.wrong.id for one in done.owed.corrections] == [2]
    assert rules_due(told_twice) == ["all"]


def test_a_silence_of_one_rule_leaves_the_reader_the_correction(told_twice: House) -> None:
    with told_twice.database.write() as tx:
        mark_sent(tx, 2, now=NOON)
        silence = Silence(
            id=0, rules=("more",), author="Nour", comment="loud", made_at=NOON,
            until=NOON + timedelta(days=2),
        )  # fmt: skip
        save_silence(tx, silence)
    heard(told_twice, said(Label.NOT_AI))

    assert rules_due(told_twice) == ["more"]


@pytest.mark.parametrize(("kept", "says"), [(True, "says"), (False, "would say")])
def test_whose_next_digest_says_so_is_named(
    kept: bool, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_owed(Owed(digests=("weekly", "board")), kept=kept)

    said = capsys.readouterr().out.strip()
    assert said == f"a digest told it: the next one {says} so to weekly, board"


def test_two_rules_that_have_not_told_it_yet_tell_it_right(told_twice: House) -> None:
    with told_twice.database.write() as tx:
        for each in load_deliveries(tx):
            settle(tx, each.id, state=DeliveryState.DUE, attempts=0)
    heard(told_twice, said(Label.WRONG_AMOUNT, amount="$12m"))

    with told_twice.database.write() as tx:
        hold_and_release(tx, told_twice, now=LATER)
        due = take_due(tx, now=LATER, owner="test")
    titles = [compose(told_twice, each, DESKS[0]).title for each in due]

    assert len(titles) == 2
    assert all(title.startswith("$12m · ") for title in titles)
