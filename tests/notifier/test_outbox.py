"""Alerts we owe: each reaches each target, or its owner sees why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from config.errors import DeliveryError
from config.model import Target
from crawler.model import (
    Article,
    Change,
    ChangeKind,
    Claim,
    Deal,
    Figure,
    Reason,
    Role,
    Stage,
    Step,
)
from crawler.storage.articles import save_article
from crawler.storage.database import Database, open_database
from crawler.storage.steps import save_step
from notifier.model import Alert, AlertKind, Answer, Delivery, DeliveryState, Verdict
from notifier.outbox.alerts import load_alert, load_alerts, load_told, save_alert
from notifier.outbox.by_hand import retry
from notifier.outbox.deliveries import load_deliveries, load_outbox_state
from notifier.outbox.leases import (
    TRIES,
    back_off,
    free_leases,
    mark_failed,
    mark_sent,
    put_back,
    take_due,
)
from notifier.outbox.verdicts import load_verdicts, save_verdict

NOW = datetime(2025, 1, 24, 15, tzinfo=UTC)
DESK = Target(id="desk", url="json://127.0.0.1/desk", tags=("all",))
MAIL = Target(id="mail", url="mailto://127.0.0.1", tags=("all",))
ALERT = Alert(
    id=0,
    rule_id="big",
    deal_id=1,
    change_number=1,
    kind=AlertKind.ALERT,
    reasons=(Reason(code="at_least", text="60bn is at least 10bn", facts=("60bn", "10bn")),),
    made_at=NOW,
)
JANUARY = Figure(low=Decimal(60), high=Decimal(65), currency="USD", text="60 to 65", start=0)
JULY = Figure(low=Decimal(66), high=Decimal(72), currency="USD", text="66 to 72", start=0)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database that knows one deal with two changes."""
    opened = open_database(tmp_path / "rasid.db")
    with opened.write() as tx:
        tell(tx, "https://daily.example/1", JANUARY, -1)
        tell(tx, "https://daily.example/2", JULY, 1)
    yield opened
    opened.close()


def tell(tx: Connection, url: str, figure: Figure, deal_id: int) -> None:
    claim = Claim(
        role=Role.CAPEX_PLAN, stage=Stage.PLANNED, main=True, figure=figure, sentence="…", start=0
    )
    deal = Deal(
        id=deal_id,
        kind=Role.CAPEX_PLAN,
        stage=Stage.PLANNED,
        parties=(),
        period=None,
        place=None,
        figure=figure,
        opened_at=NOW,
        changed_at=NOW,
    )
    change = Change(
        deal_id=deal_id,
        number=1,
        kind=ChangeKind.OPENED,
        before=None,
        after=figure,
        stage_before=None,
        stage_after=Stage.PLANNED,
        moved=None,
        article_url=url,
        claim=claim,
        published_on=date(2025, 1, 24),
        at=NOW,
    )
    article = Article(
        url=url,
        source_id="daily",
        title="t",
        body=url,
        language="en",
        published=None,
        fetched_at=NOW,
    )
    article_id = save_article(tx, article, None, now=NOW, keep_text=True).id
    step = Step(claim=claim, deal=deal, change=change)
    save_step(tx, step, article_id=article_id, keys=(), ids={})


def owe(database: Database, alert: Alert = ALERT, targets: tuple[Target, ...] = (DESK,)) -> Alert:
    with database.write() as tx:
        saved = save_alert(tx, alert, targets, now=alert.made_at)
    assert saved is not None
    return saved


def take(database: Database, at: datetime = NOW, **options: int) -> tuple[Delivery, ...]:
    with database.write() as tx:
        return take_due(tx, now=at, owner="me", **options)


def fail(
    database: Database,
    delivery: Delivery,
    *,
    at: datetime = NOW,
    jitter: float = 1,
    **how: Any,
) -> Delivery:
    error = DeliveryError("answered 503", target="all", **how)
    with database.write() as tx:
        return mark_failed(tx, delivery, error, now=at, jitter=jitter)


def rows(database: Database) -> list[tuple[str, DeliveryState, int]]:
    with database.read() as conn:
        found = sorted(load_deliveries(conn), key=lambda delivery: delivery.id)
    return [(each.target_id, each.state, each.attempts) for each in found]


def test_one_due_delivery_for_each_target(database: Database) -> None:
    saved = owe(database, targets=(DESK, MAIL, DESK))

    assert rows(database) == [("desk", DeliveryState.DUE, 0), ("mail", DeliveryState.DUE, 0)]
    with database.read() as conn:
        assert load_alert(conn, saved.id) == saved == replace(ALERT, id=1)


def test_the_same_rule_deal_and_change_is_owed_once(database: Database) -> None:
    owe(database)

    with database.write() as tx:
        again = save_alert(tx, replace(ALERT, made_at=NOW + timedelta(1)), (MAIL,), now=NOW)

    assert again is None
    assert rows(database) == [("desk", DeliveryState.DUE, 0)]


def test_an_alert_that_nobody_wants_is_kept(database: Database) -> None:
    owe(database, targets=())

    assert rows(database) == []
    assert take(database) == ()


def test_an_alert_of_a_change_that_does_not_exist_is_our_mistake(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as tx:
        save_alert(tx, replace(ALERT, change_number=9), (DESK,), now=NOW)


def test_what_a_rule_has_told(database: Database) -> None:
    first = owe(database)
    second = owe(database, replace(ALERT, change_number=2, kind=AlertKind.UPDATE, replaces=1))
    owe(database, replace(ALERT, rule_id="other"))

    with database.read() as conn:
        assert load_told(conn, "big", 1) == ((first, second), JULY)
        assert load_told(conn, "big", 2) == ((), None)
        assert load_told(conn, "silent", 1) == ((), None)


def test_a_lease_counts_the_try_before_the_send(database: Database) -> None:
    owe(database)

    (leased,) = take(database)

    assert (leased.state, leased.attempts) == (DeliveryState.LEASED, 1)
    assert take(database) == ()


def test_the_longest_waiting_leave_first_and_not_too_many(database: Database) -> None:
    for n in range(5):
        owe(database, replace(ALERT, rule_id=f"r{n}", made_at=NOW - timedelta(hours=n)))

    first, second = take(database, limit=3), take(database, limit=3)

    assert [delivery.alert_id for delivery in first] == [5, 4, 3]
    assert [delivery.alert_id for delivery in second] == [2, 1]


def test_what_was_sent_is_over(database: Database) -> None:
    owe(database)
    (leased,) = take(database)

    with database.write() as tx:
        mark_sent(tx, leased.id, now=NOW)

    assert take(database, NOW + timedelta(days=400)) == ()
    assert rows(database) == [("desk", DeliveryState.SENT, 1)]


def test_a_dead_target_waits_longer_and_longer_and_is_parked(database: Database) -> None:
    owe(database)
    at, waits = NOW, []

    for _ in range(TRIES):
        (leased,) = take(database, at)
        after = fail(database, leased, at=at)
        waits.append((after.due_at - at).total_seconds())
        at = max(at, after.due_at)

    assert waits[:4] == [4, 8, 16, 32]
    assert max(waits) == 3600
    assert rows(database) == [("desk", DeliveryState.PARKED, TRIES)]
    assert after.last_error == "answered 503"


def test_one_dead_target_does_not_hold_the_others(database: Database) -> None:
    owe(database, targets=(DESK, MAIL))
    desk, mail = take(database)

    fail(database, desk)
    with database.write() as tx:
        mark_sent(tx, mail.id, now=NOW)

    assert rows(database) == [("desk", DeliveryState.DUE, 1), ("mail", DeliveryState.SENT, 1)]


@pytest.mark.parametrize(("jitter", "wait_s"), [(0, 0), (0.5, 2), (1, 4)])
def test_the_jitter_is_the_share_that_is_waited(
    database: Database, jitter: float, wait_s: float
) -> None:
    owe(database)
    (leased,) = take(database)

    after = fail(database, leased, jitter=jitter)

    assert after.due_at == NOW + timedelta(seconds=wait_s)
    assert take(database, after.due_at - timedelta(milliseconds=1)) == ()
    assert len(take(database, after.due_at)) == 1


WAITED = {
    "so long": (7.0, 1.0, 7),
    "less than our own back-off": (1.0, 1.0, 4),
    "for ever": (9e9, 1.0, 3600),
}


@pytest.mark.parametrize(("asked", "jitter", "wait_s"), WAITED.values(), ids=WAITED)
def test_a_service_may_ask_to_wait(
    database: Database, asked: float, jitter: float, wait_s: float
) -> None:
    owe(database)
    (leased,) = take(database)

    after = fail(database, leased, jitter=jitter, wait_s=asked)

    assert after.due_at == NOW + timedelta(seconds=wait_s)
    assert after.attempts == 1


def test_too_many_messages_is_no_try(database: Database) -> None:
    owe(database)
    at = NOW

    for _ in range(TRIES + 2):
        (leased,) = take(database, at)
        after = fail(database, leased, at=at, too_many=True, wait_s=30)
        assert after.due_at == at + timedelta(seconds=30)
        at = after.due_at

    assert rows(database) == [("desk", DeliveryState.DUE, 0)]


def test_what_is_put_back_keeps_its_place_and_counts_no_try(database: Database) -> None:
    owe(database, targets=(DESK, MAIL))
    desk, _ = take(database)

    with database.write() as tx:
        put_back(tx, desk)

    assert take(database) == (replace(desk, state=DeliveryState.LEASED),)


@pytest.mark.parametrize("end", [DeliveryState.LEASED, DeliveryState.SENT])
def test_what_another_has_taken_cannot_be_given_back(
    database: Database, end: DeliveryState
) -> None:
    owe(database)
    (mine,) = take(database)
    (theirs,) = take(database, NOW + timedelta(seconds=60))

    with database.write() as tx:
        if end is DeliveryState.SENT:
            mark_sent(tx, theirs.id, now=NOW)
        put_back(tx, mine)

    assert rows(database) == [("desk", end, 2)]


def test_the_others_do_not_wait_for_a_target_that_rests(database: Database) -> None:
    owe(database, targets=(DESK, MAIL))

    with database.write() as tx:
        taken = take_due(tx, now=NOW, owner="me", but=("desk",))

    assert [each.target_id for each in taken] == ["mail"]


def test_no_back_off_is_longer_than_an_hour() -> None:
    assert back_off(10_000) == timedelta(hours=1)


ENDS = {
    "refused for good": ({"permanent": True}, 1, DeliveryState.PARKED),
    "an answer lost": ({"unsure": True}, 1, DeliveryState.DUE),
    "two answers lost": ({"unsure": True}, 2, DeliveryState.UNSURE),
    "lost and refused": ({"unsure": True, "permanent": True}, 1, DeliveryState.UNSURE),
    "failed twice": ({}, 2, DeliveryState.DUE),
}


@pytest.mark.parametrize(("how", "times", "end"), ENDS.values(), ids=ENDS)
def test_how_a_failure_ends(
    database: Database, how: dict[str, bool], times: int, end: DeliveryState
) -> None:
    owe(database)

    for _ in range(times):
        (leased,) = take(database, NOW)
        after = fail(database, leased, jitter=0, **how)

    assert after.state is end
    assert rows(database) == [("desk", end, times)]


def test_a_failure_between_two_lost_answers_forgives_none(database: Database) -> None:
    owe(database)
    states = []

    for unsure in (True, False, True):
        (leased,) = take(database)
        states.append(fail(database, leased, jitter=0, unsure=unsure).state)

    assert states == [DeliveryState.DUE, DeliveryState.DUE, DeliveryState.UNSURE]


def test_what_may_have_arrived_is_unsure_also_when_it_is_refused_later(database: Database) -> None:
    owe(database)

    for how in ({"unsure": True}, {"permanent": True}):
        (leased,) = take(database, NOW)
        after = fail(database, leased, jitter=0, **how)

    assert after.state is DeliveryState.UNSURE
    assert (after.last_error or "").endswith("; the answer to an earlier try was lost")


def test_what_was_in_flight_at_a_crash_is_due_again_and_counted(database: Database) -> None:
    owe(database, targets=(DESK, MAIL))
    take(database, limit=1)

    with database.write() as tx:
        freed = free_leases(tx)

    assert freed == 1
    assert rows(database) == [("desk", DeliveryState.DUE, 1), ("mail", DeliveryState.DUE, 0)]
    assert [each.attempts for each in take(database)] == [2, 1]
    with database.read() as conn:
        assert load_outbox_state(conn).repeats == 1


def test_a_message_that_always_ends_the_process_is_parked(database: Database) -> None:
    owe(database)

    for _ in range(TRIES):
        assert len(take(database)) == 1
        with database.write() as tx:
            free_leases(tx)

    assert take(database) == ()
    assert rows(database) == [("desk", DeliveryState.PARKED, TRIES)]


def test_a_lease_that_ran_out_goes_to_another(database: Database) -> None:
    owe(database)
    (mine,) = take(database, lease_s=60)

    assert take(database, NOW + timedelta(seconds=59)) == ()
    (theirs,) = take(database, NOW + timedelta(seconds=60))
    late = fail(database, mine)

    assert (theirs.attempts, late.state) == (2, DeliveryState.LEASED)
    assert rows(database) == [("desk", DeliveryState.LEASED, 2)]


CLOCKS = {
    "a year back": timedelta(days=-365),
    "a day back": timedelta(days=-1),
    "30 years ahead": timedelta(days=365 * 30),
}


@pytest.mark.parametrize("jump", CLOCKS.values(), ids=CLOCKS)
@pytest.mark.parametrize("state", ["due", "waiting", "leased"])
def test_a_clock_that_jumps_loses_nothing(database: Database, jump: timedelta, state: str) -> None:
    owe(database)
    if state != "due":
        (leased,) = take(database)
    if state == "waiting":
        fail(database, leased)

    again = take(database, NOW + jump)

    assert [delivery.alert_id for delivery in again] == [1]
    assert take(database, NOW + jump) == ()


def test_a_clock_corrected_by_a_minute_changes_nothing(database: Database) -> None:
    owe(database)
    (leased,) = take(database)
    fail(database, leased)

    assert take(database, NOW - timedelta(minutes=1)) == ()


def test_a_parked_message_can_be_tried_again(database: Database) -> None:
    owe(database, targets=(DESK, MAIL))
    desk, _ = take(database)
    fail(database, desk, permanent=True)

    with database.write() as tx:
        said = [retry(tx, n, now=NOW) for n in (1, 2, 3)]

    assert said == [True, False, False]
    assert rows(database)[0] == ("desk", DeliveryState.DUE, 0)


def test_the_state_of_the_outbox(database: Database) -> None:
    owe(database, targets=(DESK, MAIL))
    owe(database, replace(ALERT, change_number=2, made_at=NOW + timedelta(hours=1)))
    desk, mail = take(database)
    fail(database, desk, permanent=True)
    with database.write() as tx:
        mark_sent(tx, mail.id, now=NOW)

    with database.read() as conn:
        state = load_outbox_state(conn)

    assert state.counts == {
        DeliveryState.DUE: 1,
        DeliveryState.PARKED: 1,
        DeliveryState.SENT: 1,
    }
    assert (state.oldest_due_at, state.repeats) == (NOW + timedelta(hours=1), 0)


def test_an_empty_outbox_has_a_state_too(database: Database) -> None:
    with database.read() as conn:
        state = load_outbox_state(conn)

    assert (state.counts, state.oldest_due_at, state.repeats) == ({}, None, 0)


def test_alerts_and_deliveries_are_listed_newest_first(database: Database) -> None:
    first = owe(database)
    second = owe(database, replace(ALERT, change_number=2, made_at=NOW + timedelta(hours=1)))
    (leased, _) = take(database, NOW + timedelta(hours=1))
    fail(database, leased, permanent=True)

    with database.read() as conn:
        assert load_alerts(conn) == (second, first)
        assert load_alerts(conn, limit=1) == (second,)
        assert load_alerts(conn, since=NOW + timedelta(minutes=1)) == (second,)
        parked = load_deliveries(conn, states=[DeliveryState.PARKED])
        of_second = load_deliveries(conn, alert_ids=[second.id])

    assert [each.alert_id for each in parked] == [first.id]
    assert [each.alert_id for each in of_second] == [second.id]


def test_a_verdict_is_kept_also_when_it_skips(database: Database) -> None:
    skip = Verdict(
        rule_id="big",
        deal_id=1,
        change_number=1,
        answer=Answer.SKIP,
        kind=None,
        reasons=(Reason(code="too_small", text="60bn is less than 70bn"),),
        at=NOW,
    )
    fire = replace(skip, change_number=2, answer=Answer.FIRE, kind=AlertKind.UPDATE)
    later = replace(skip, answer=Answer.HOLD, kind=AlertKind.ALERT)

    with database.write() as tx:
        for verdict in (skip, fire, later):
            save_verdict(tx, verdict)

    with database.read() as conn:
        assert load_verdicts(conn, deal_id=1) == (fire, later)
        assert load_verdicts(conn, article_id=2) == (fire,)
        assert load_verdicts(conn, rule_id="other") == ()
