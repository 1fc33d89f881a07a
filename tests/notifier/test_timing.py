"""When may a message leave? Nothing inside its window, nothing lost, nothing for ever."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.model import Target
from config.quiet import is_quiet, parse_quiet
from crawler.model import Reason
from notifier.model import (
    Alert,
    AlertKind,
    Delivery,
    DeliveryState,
    HeldFor,
    NoticeKind,
    Silence,
)
from notifier.timing import plan
from notifier.waiting import Act, Decision, Left, Waiting
from notifier.words import reason

NOW = datetime(2026, 11, 26, 20, 10, tzinfo=UTC)  # a Thursday, 23:10 in Riyadh
MINUTE = timedelta(minutes=1)


def target(**wishes: Any) -> Target:
    return Target(id="desk", url="json://127.0.0.1/", tags=("desk",), **wishes)


def waiting(number: int, at: datetime = NOW, deal: int = 1, **more: Any) -> Waiting:
    kind = more.pop("kind", AlertKind.ALERT)
    delivery = Delivery(
        id=number,
        alert_id=number,
        target_id="desk",
        state=more.pop("state", DeliveryState.DUE),
        attempts=more.pop("attempts", 0),
        due_at=at,
        held_for=more.pop("held_for", None),
        held_since=more.pop("held_since", None),
    )
    alert = Alert(
        id=number,
        rule_id=more.pop("rule", "big"),
        deal_id=deal,
        change_number=number,
        kind=kind,
        reasons=more.pop("reasons", ()),
        made_at=at,
    )
    return Waiting(delivery=delivery, alert=alert, **more)


def notice(number: int, kind: NoticeKind) -> Waiting:
    due = DeliveryState.DUE
    delivery = Delivery(
        id=number, alert_id=None, notice_id=1, target_id="desk", state=due, attempts=0, due_at=NOW
    )
    return Waiting(delivery=delivery, notice=kind)


@dataclass
class Desk:
    """The outbox of one target, as its store would keep it."""

    target: Target
    rows: dict[int, Waiting] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    sent: dict[int, datetime] = field(default_factory=dict)  # by delivery
    told_by: dict[int, int] = field(default_factory=dict)  # replaced -> by which alert
    dropped: dict[int, int] = field(default_factory=dict)  # by silence
    needless: dict[int, str] = field(default_factory=dict)
    has_digest: bool = False
    silence: Silence | None = None

    def owe(self, *some: Waiting) -> None:
        self.rows |= {each.delivery.id: each for each in some}

    def tick(self, now: datetime) -> None:
        """Plan, and send all that is due then."""
        for decision in self.plan(now):
            self.apply(decision)
        for number, each in list(self.rows.items()):
            if each.delivery.state is DeliveryState.DUE:
                self.sent[number] = now
                if each.alert is not None:
                    key = {"rule_id": each.alert.rule_id, "deal_id": each.alert.deal_id}
                    self.left.append(Left(at=now, **key))
                del self.rows[number]

    def plan(self, now: datetime) -> tuple[Decision, ...]:
        return plan(
            self.rows.values(),
            self.left,
            self.target,
            now=now,
            has_digest=self.has_digest,
            silenced=lambda _: self.silence,
        )

    def apply(self, decision: Decision) -> None:
        number = decision.delivery_id
        each = self.rows[number]
        if decision.act is Act.DROP:
            assert decision.reason is not None
            self.needless[number] = decision.reason.code
            del self.rows[number]
            return
        if decision.act in (Act.REPLACE, Act.SILENCE):
            gone = self.told_by if decision.act is Act.REPLACE else self.dropped
            assert decision.by is not None
            gone[number] = decision.by
            del self.rows[number]
            if decision.act is Act.REPLACE and each.alert is not None:
                by = self.rows[decision.by]
                merged = (*each.merged, each.alert, *by.merged)
                self.rows[decision.by] = replace(by, merged=merged)
            return
        state = DeliveryState.HELD if decision.act is Act.HOLD else DeliveryState.DUE
        kept = {"held_for": decision.held_for, "held_since": decision.since}
        delivery = replace(each.delivery, state=state, held_why=decision.reason, **kept)
        self.rows[number] = replace(each, delivery=delivery)


RIYADH = {"zone": "Asia/Riyadh", "quiet": ("23:00-07:00",)}


def test_a_night_is_held_and_let_go_with_its_hour() -> None:
    desk = Desk(target(**RIYADH))
    desk.owe(waiting(1))

    desk.tick(NOW)
    held = desk.rows[1].delivery
    desk.tick(NOW + timedelta(hours=7, minutes=49))
    still = dict(desk.sent)
    (decision,) = desk.plan(NOW + timedelta(hours=7, minutes=50))

    assert (held.state, held.held_for) == (DeliveryState.HELD, HeldFor.QUIET)
    assert held.held_why is not None
    assert held.held_why.text == "quiet hours (23:00-07:00, Asia/Riyadh)"
    assert still == {}
    assert (decision.act, decision.since) == (Act.GO, NOW)


@pytest.mark.parametrize(("before_s", "leaves"), [(61, True), (60, False), (1, False)])
def test_nothing_begins_so_late_that_it_would_arrive_in_quiet_hours(
    before_s: int, leaves: bool
) -> None:
    at = NOW - 10 * MINUTE - timedelta(seconds=before_s)  # before 23:00
    desk = Desk(target(**RIYADH))
    desk.owe(waiting(1, at))

    desk.tick(at)

    assert bool(desk.sent) is leaves


NOTICES = {
    "a trouble breaks through": (NoticeKind.BAD, False, True),
    "unless its owner says not": (NoticeKind.BAD, True, False),
    "a recovery waits": (NoticeKind.BACK, False, False),
}


@pytest.mark.parametrize(("kind", "quiet_ops", "leaves"), NOTICES.values(), ids=NOTICES)
def test_notices_in_quiet_hours(kind: NoticeKind, quiet_ops: bool, leaves: bool) -> None:
    desk = Desk(target(quiet_ops=quiet_ops, group_wait_min=9, alerts_a_day=0, **RIYADH))
    desk.owe(notice(1, kind))

    desk.tick(NOW)

    assert bool(desk.sent) is leaves


def test_an_urgent_rule_waits_for_nothing() -> None:
    desk = Desk(target(group_wait_min=9, cooldown_min=60, alerts_a_day=0, **RIYADH))
    desk.owe(waiting(1, urgent=True), waiting(2, deal=2))

    desk.tick(NOW)

    assert list(desk.sent) == [1]


def test_the_first_minutes_of_a_deal_are_one_message() -> None:
    desk = Desk(target(group_wait_min=10))
    for minute in range(0, 12):
        if minute in (0, 3, 9):
            kind = AlertKind.ALERT if minute == 0 else AlertKind.UPDATE
            desk.owe(waiting(minute + 1, NOW + minute * MINUTE, kind=kind))
        desk.tick(NOW + minute * MINUTE)

    assert desk.sent == {10: NOW + 10 * MINUTE}
    assert desk.told_by == {1: 4, 4: 10}


def test_what_was_silenced_last_week_does_not_use_up_the_first_minutes() -> None:
    desk = Desk(target(group_wait_min=10))
    silenced = waiting(1, NOW - timedelta(days=7)).alert
    assert silenced is not None
    desk.owe(waiting(2, kind=AlertKind.UPDATE, merged=(silenced,)))

    desk.tick(NOW)

    assert desk.sent == {}
    assert desk.rows[2].delivery.held_for is HeldFor.GROUP


def test_nothing_waits_where_no_wait_is_asked_for() -> None:
    desk = Desk(target(cooldown_min=60))
    desk.owe(waiting(1, NOW + timedelta(seconds=1)))  # owed after the tick had looked at the clock

    desk.tick(NOW)

    assert list(desk.sent) == [1]


def test_updates_rest_after_a_message_and_corrections_do_not() -> None:
    desk = Desk(target(cooldown_min=60))
    desk.owe(waiting(1))
    desk.tick(NOW)
    desk.owe(waiting(2, NOW + 5 * MINUTE, kind=AlertKind.UPDATE), waiting(3, deal=2))
    desk.tick(NOW + 5 * MINUTE)
    early = dict(desk.sent)
    desk.owe(waiting(4, NOW + 9 * MINUTE, kind=AlertKind.CORRECTION))
    desk.tick(NOW + 9 * MINUTE)

    assert early == {1: NOW, 3: NOW + 5 * MINUTE}
    assert desk.sent[4] == NOW + 9 * MINUTE
    assert desk.told_by == {2: 4}


def test_a_cooldown_ends_and_tells_the_last_of_several() -> None:
    desk = Desk(target(cooldown_min=60))
    desk.owe(waiting(1))
    for minute in range(0, 66, 5):
        if minute in (5, 30):
            desk.owe(waiting(minute, NOW + minute * MINUTE, kind=AlertKind.UPDATE))
        desk.tick(NOW + minute * MINUTE)

    assert desk.sent == {1: NOW, 30: NOW + 60 * MINUTE}
    assert desk.told_by == {5: 30}


@pytest.mark.parametrize("has_digest", [True, False])
def test_beyond_the_days_number_the_rest_waits(has_digest: bool) -> None:
    desk = Desk(target(alerts_a_day=2, zone="Asia/Riyadh"), has_digest=has_digest)
    for number in range(1, 6):
        desk.owe(waiting(number, deal=number))
        desk.tick(NOW)
    held = {each.delivery.held_for for each in desk.rows.values()}
    desk.tick(NOW + 49 * MINUTE)  # 23:59
    same_day = len(desk.sent)
    desk.tick(NOW + 50 * MINUTE)

    assert (same_day, held) == (2, {HeldFor.BUDGET})
    assert sorted(desk.sent) == ([1, 2] if has_digest else [1, 2, 3, 4])


def test_of_what_may_leave_at_once_the_largest_have_the_days_number() -> None:
    desk = Desk(target(alerts_a_day=2, **RIYADH), has_digest=True)
    for number, dollars in enumerate((1, 50, 3, 20, 2), 1):
        desk.owe(waiting(number, deal=number, dollars=Decimal(dollars)))

    desk.tick(NOW)
    desk.tick(NOW + timedelta(hours=8))

    assert sorted(desk.sent) == [2, 4]
    assert {each.delivery.held_for for each in desk.rows.values()} == {HeldFor.BUDGET}


def test_a_larger_one_that_waits_for_more_of_its_deal_has_the_days_number() -> None:
    desk = Desk(target(alerts_a_day=1, group_wait_min=10), has_digest=True)
    comes = {0: (1, 5), 9: (2, 900), 10: (3, 1)}  # by minute: its number and its size
    for minute in range(30):
        at = NOW + minute * MINUTE
        if minute in comes:
            number, dollars = comes[minute]
            desk.owe(waiting(number, at, deal=number, dollars=Decimal(dollars)))
        desk.tick(at)

    assert desk.sent == {2: NOW + 19 * MINUTE}
    assert {each.delivery.held_for for each in desk.rows.values()} == {HeldFor.BUDGET}


NOT_TODAY = {
    "it leaves tomorrow": (target(alerts_a_day=1, group_wait_min=240), {}),
    "quiet hours begin": (target(alerts_a_day=1, group_wait_min=30, quiet=("20:30-22:30",)), {}),
    "it is smaller": (target(alerts_a_day=1, group_wait_min=10), {"dollars": Decimal(1)}),
}


@pytest.mark.parametrize(("wishes", "more"), NOT_TODAY.values(), ids=NOT_TODAY)
def test_the_days_number_is_left_for_nothing_that_does_not_take_it(
    wishes: Target, more: dict[str, Any]
) -> None:
    desk = Desk(wishes, has_digest=True)
    desk.owe(waiting(1, NOW - timedelta(hours=5), dollars=Decimal(5)))
    desk.owe(waiting(2, deal=2, **({"dollars": Decimal(900)} | more)))

    desk.tick(NOW)

    assert list(desk.sent) == [1]


@pytest.mark.parametrize(
    ("kind", "leaves"), [(AlertKind.CORRECTION, True), (AlertKind.UPDATE, False)]
)
def test_who_was_told_wrong_hears_of_it_when_the_days_number_is_used_up(
    kind: AlertKind, leaves: bool
) -> None:
    desk = Desk(target(alerts_a_day=1), has_digest=True)
    desk.owe(waiting(1))
    desk.tick(NOW)
    desk.owe(waiting(2, NOW + MINUTE, kind=kind))
    desk.tick(NOW + MINUTE)

    assert (2 in desk.sent) is leaves


def moved(was: str, now: str) -> tuple[Reason, ...]:
    return (reason("moved", was, was, "USD", now, now, "USD", "0.1", "0.05"),)


CAME_TO_NOTHING = {
    "a figure that flapped": ([AlertKind.UPDATE, AlertKind.UPDATE], "72", "moved_back"),
    "a figure that moved on": ([AlertKind.UPDATE, AlertKind.UPDATE], "80", None),
    "a deal denied before it was told": (
        [AlertKind.ALERT, AlertKind.CORRECTION], None, "denied_untold",
    ),
    "a deal that was told and is denied": ([AlertKind.UPDATE, AlertKind.CORRECTION], None, None),
}  # fmt: skip


@pytest.mark.parametrize(("kinds", "to", "code"), CAME_TO_NOTHING.values(), ids=CAME_TO_NOTHING)
def test_what_came_to_nothing_at_night_is_not_told(
    kinds: list[AlertKind], to: str | None, code: str | None
) -> None:
    desk = Desk(target(**RIYADH))
    last = moved("80", to) if to else (reason("denied", 1),)
    desk.owe(waiting(1, kind=kinds[0], reasons=moved("72", "80")))
    desk.tick(NOW)
    desk.owe(waiting(2, NOW + MINUTE, kind=kinds[1], reasons=last))
    desk.tick(NOW + MINUTE)
    desk.tick(NOW + timedelta(hours=8))

    assert list(desk.sent) == ([] if code else [2])
    assert desk.needless == (dict.fromkeys([1, 2], code) if code else {})


def test_a_part_is_folded_into_its_whole_only_where_asked() -> None:
    for fold_parts in (False, True):
        desk = Desk(target(group_wait_min=10, fold_parts=fold_parts))
        desk.owe(waiting(1, deal=7, whole=1))
        desk.tick(NOW)
        desk.owe(waiting(2, NOW + MINUTE, deal=1))
        for minute in range(1, 12):
            desk.tick(NOW + minute * MINUTE)

        assert sorted(desk.sent) == ([2] if fold_parts else [1, 2])
        assert desk.told_by == ({1: 2} if fold_parts else {})


def test_a_part_of_a_whole_told_before_rings_by_itself() -> None:
    desk = Desk(target(group_wait_min=10, fold_parts=True))
    desk.owe(waiting(1, deal=1))
    for minute in range(0, 11):
        desk.tick(NOW + minute * MINUTE)
    desk.owe(waiting(2, NOW + 11 * MINUTE, deal=7, whole=1))
    for minute in range(11, 22):
        desk.tick(NOW + minute * MINUTE)

    assert sorted(desk.sent) == [1, 2]


SILENCE = Silence(id=3, author="Nour", comment="known", made_at=NOW, until=NOW + timedelta(days=1))


def test_a_silence_takes_what_is_new_and_what_would_go() -> None:
    desk = Desk(target(**RIYADH))
    desk.owe(waiting(1))
    desk.tick(NOW)
    desk.silence = SILENCE
    desk.owe(waiting(2, deal=2), waiting(3, deal=3, attempts=1), notice(4, NoticeKind.BAD))
    desk.tick(NOW + MINUTE)
    at_night = (dict(desk.dropped), set(desk.rows))
    desk.tick(NOW + timedelta(hours=8))

    assert at_night == ({2: 3}, {1, 3})
    assert desk.dropped == {1: 3, 2: 3}
    assert set(desk.sent) == {3, 4}


HEARD = {
    "who has the alert": (None, [], [2]),
    "who never got it": (AlertKind.ALERT, [2], []),
    "who has an update of it still to come": (AlertKind.UPDATE, [], [2]),
}


@pytest.mark.parametrize(("before", "silenced", "sent"), HEARD.values(), ids=HEARD)
def test_a_silence_takes_no_correction_of_what_the_reader_has(
    before: AlertKind | None, silenced: list[int], sent: list[int]
) -> None:
    desk = Desk(target(**RIYADH))
    if before is not None:
        desk.owe(waiting(1, kind=before))
    desk.tick(NOW)
    desk.silence = SILENCE
    desk.owe(waiting(2, NOW + MINUTE, kind=AlertKind.CORRECTION))
    desk.tick(NOW + MINUTE)
    desk.tick(NOW + timedelta(hours=8))

    assert (list(desk.dropped), list(desk.sent)) == (silenced, sent)


def test_a_silence_takes_also_what_comes_when_a_first_alert_would_go() -> None:
    desk = Desk(target(**RIYADH))
    desk.owe(waiting(1))
    desk.tick(NOW)
    desk.silence = SILENCE
    morning = NOW + timedelta(hours=8)
    desk.owe(waiting(2, morning, kind=AlertKind.CORRECTION))
    desk.tick(morning)

    assert (list(desk.dropped), list(desk.sent)) == ([2], [])


def test_the_comment_of_a_silence_is_printed_as_one_harmless_line() -> None:
    desk = Desk(target(), silence=replace(SILENCE, comment="<b>@here\n\u202eknown"))
    desk.owe(waiting(1))

    (decision,) = desk.plan(NOW)

    assert decision.reason is not None
    assert "‹b›@ here known" in decision.reason.text


def test_a_retry_after_a_failure_keeps_to_quiet_hours_too() -> None:
    desk = Desk(target(group_wait_min=60, alerts_a_day=0, **RIYADH))
    desk.owe(waiting(1, attempts=3))

    desk.tick(NOW)
    at_night = dict(desk.sent)
    desk.tick(NOW + timedelta(hours=8))

    assert at_night == {}
    assert list(desk.sent) == [1]


def test_a_clock_that_jumps_back_holds_nothing_for_years() -> None:
    ahead = NOW + timedelta(days=900)
    desk = Desk(target(group_wait_min=10, cooldown_min=60, alerts_a_day=9))
    desk.left.append(Left(rule_id="big", deal_id=2, at=ahead))
    desk.owe(waiting(1, ahead), waiting(2, ahead, deal=2, kind=AlertKind.UPDATE))

    desk.tick(NOW)

    assert sorted(desk.sent) == [1, 2]


# Half an hour, three quarters, Lord Howe's half hour of summer time, a day that Samoa left out,
# changes at midnight, and the usual ones of both halves of the year.
ZONES = (
    "UTC", "Asia/Riyadh", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia",
    "Africa/Cairo", "Asia/Beirut", "Asia/Tehran", "America/New_York", "Europe/Berlin",
    "America/St_Johns", "Pacific/Chatham", "Africa/Casablanca", "America/Havana", "Asia/Gaza",
)  # fmt: skip
CHANGES = (
    "2026-03-08T06:30", "2026-03-29T00:30", "2026-04-04T14:30", "2026-10-03T15:00",
    "2026-10-25T00:30", "2026-11-01T05:30", "2011-12-30T09:00", "2026-04-23T21:00",
    "2026-10-29T20:30", "2026-03-28T21:30", "2021-09-21T20:00",
)  # fmt: skip
clock_times = st.integers(0, 24 * 60 - 1)
# A send takes up to a minute, and may not end inside: of a window that leaves one minute a day
# nothing ever comes out.
MOST_MIN = 24 * 60 - 2


@st.composite
def windows(draw: st.DrawFn) -> str:
    start, length = draw(clock_times), draw(st.integers(1, MOST_MIN))
    end = (start + length) % (24 * 60)
    days = draw(st.sampled_from(["", "fri-sat ", "sun-thu ", "sun "]))
    return f"{days}{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


@settings(deadline=None, max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    change=st.sampled_from(CHANGES),
    before_min=st.integers(0, 36 * 60),
    quiet=windows(),
    made=st.lists(st.integers(0, 30 * 60), min_size=1, max_size=6),
    step_min=st.sampled_from([7, 30, 60]),
    jumps=st.lists(st.integers(-300, 300), max_size=3),
    restart_at=st.integers(0, 40),
)
def test_nothing_leaves_in_its_window_and_nothing_is_lost(
    zone: str,
    change: str,
    before_min: int,
    quiet: str,
    made: list[int],
    step_min: int,
    jumps: list[int],
    restart_at: int,
) -> None:
    """Through any change of the clocks, jumps of our own, and a restart (only rows survive it)."""
    begin = datetime.fromisoformat(change).replace(tzinfo=UTC) - before_min * MINUTE
    desk = Desk(target(zone=zone, quiet=(quiet,)))
    window, owed = parse_quiet(quiet), dict(enumerate(sorted(made), 1))
    now = begin
    for step in range(3 * 24 * 60 // step_min):
        for number, minute in list(owed.items()):
            if begin + minute * MINUTE <= now:
                desk.owe(waiting(number, now, deal=number))
                del owed[number]
        if step == restart_at:
            desk = replace(desk, left=list(desk.left), rows=dict(desk.rows))
        desk.tick(now)
        now += step_min * MINUTE
        if jumps and step % 50 == 49:
            now += jumps.pop() * MINUTE
    while is_quiet([window], now.astimezone(ZoneInfo(zone))):  # as ticks of a minute would find
        now += MINUTE
    desk.tick(now)

    assert set(desk.sent) == set(range(1, len(made) + 1)) - set(owed)
    for at in desk.sent.values():
        assert not is_quiet([window], at.astimezone(ZoneInfo(zone)))


@settings(deadline=None, max_examples=60)
@given(
    wishes=st.fixed_dictionaries(
        {
            "group_wait_min": st.sampled_from([0, 5, 30]),
            "cooldown_min": st.sampled_from([0, 45]),
            "alerts_a_day": st.sampled_from([None, 1, 3]),
            "quiet": st.sampled_from([(), ("23:00-07:00",), ("fri-sat",)]),
            "zone": st.sampled_from(ZONES),
            "fold_parts": st.just(False),
        }
    ),
    told=st.lists(
        st.tuples(st.integers(0, 1000), st.integers(1, 3), st.sampled_from(AlertKind)),
        min_size=1,
        max_size=12,
    ),
)
def test_whatever_is_wished_each_alert_is_told_by_itself_or_by_a_later_one(
    wishes: dict[str, Any], told: list[tuple[int, int, AlertKind]]
) -> None:
    desk = Desk(target(**wishes))
    alerts = list(enumerate(sorted(told, key=lambda each: each[0]), 1))
    kinds = {number: kind for number, (_, _, kind) in alerts}
    for minute in range(0, 20 * 24 * 60, 10):
        now = NOW + minute * MINUTE
        while alerts and alerts[0][1][0] <= minute:
            number, (_, deal, kind) = alerts.pop(0)
            desk.owe(waiting(number, now, deal=deal, kind=kind))
        desk.tick(now)
        if not alerts and not desk.rows:
            break

    everything = range(1, len(told) + 1)
    assert all(desk.sent.get(_teller(desk, number)) is not None for number in everything)
    assert set(desk.sent).isdisjoint(desk.told_by)
    assert all(by > number for number, by in desk.told_by.items())
    days: dict[Any, int] = {}
    for number, at in desk.sent.items():
        day = at.astimezone(ZoneInfo(desk.target.zone)).date()
        days[day] = days.get(day, 0) + (kinds[number] is not AlertKind.CORRECTION)
    assert max(days.values()) <= (wishes["alerts_a_day"] or 12)


def _teller(desk: Desk, number: int) -> int:
    while number in desk.told_by:
        number = desk.told_by[number]
    return number


def test_what_is_known_to_be_wrong_is_not_told_first() -> None:
    desk = Desk(target())
    desk.owe(waiting(1), waiting(2, kind=AlertKind.CORRECTION))

    desk.tick(NOW)

    assert (list(desk.sent), desk.told_by) == ([2], {1: 2})
