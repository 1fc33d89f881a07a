"""A flood of messages, and services that take only so many."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.health.model import HealthState, Trouble
from notifier.model import DeliveryState, Notice, NoticeKind
from notifier.outbox.alerts import save_alert
from notifier.outbox.by_hand import resend
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.notices import save_notice
from scheduler.clock import machine_clock
from scheduler.daemon import open_house
from scheduler.house import House, load_own_config
from scheduler.sending import send_due
from scheduler.targets import load_bad_targets
from tests.notifier.services import discord, telegram
from tests.notifier.services.hook import KEY, Hook
from tests.notifier.services.http import Fault, running
from tests.notifier.services.street import DISCORD, SLACK_HOOK, TELEGRAM_GROUP, open_street
from tests.notifier.test_outbox import ALERT, JANUARY, tell


class Hand:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()


@asynccontextmanager
async def watching(own_house: Any, clock: Hand, **urls: str) -> AsyncIterator[House]:
    targets = [{"id": name, "url": url, "tags": ["ops"]} for name, url in urls.items()]
    own_house.write(targets=targets)
    config = load_own_config(own_house.folder)
    async with open_house(config, folder=None, state=own_house.state, clock=clock) as house:
        yield house


def owe(house: House, count: int) -> None:
    now = house.clock()
    for number in range(count):
        trouble = Trouble(
            source_id="s", name=f"Source {number:02}", state=HealthState.GONE, since=now
        )
        notice = Notice(id=0, kind=NoticeKind.BAD, items=(trouble,), made_at=now)
        with house.database.write() as tx:
            save_notice(tx, notice, house.config.targets, now=now)


async def work(house: House, clock: Hand, seconds: float) -> None:
    """As the ticks do, once a second."""
    end = clock.now + timedelta(seconds=seconds)
    while clock.now <= end:
        while await send_due(house, owner="test"):
            pass
        clock.now += timedelta(seconds=1)


def states(house: House) -> set[DeliveryState]:
    with house.database.read() as db:
        return {delivery.state for delivery in load_deliveries(db)}


async def test_a_flood_keeps_to_every_limit_and_to_its_order(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    with open_street(monkeypatch, clock.seconds) as street:
        street.slack.limits = ((1, 1),)
        street.telegram.limits = ((1, 1), (20, 60))
        street.discord.limits = ((5, 2), (30, 60))
        urls = {"slack": SLACK_HOOK, "telegram": TELEGRAM_GROUP, "discord": DISCORD}
        async with watching(own_house, clock, **urls) as house:
            owe(house, 24)
            await work(house, clock, 90)

            for service in street.services:
                assert not service.refused
                numbers = [text[text.index("Source ") + 7 :][:2] for text in service.texts]
                assert numbers == [f"{number:02}" for number in range(24)]
            assert states(house) == {DeliveryState.SENT}


async def test_two_targets_in_one_channel_share_its_limit_and_its_rest(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    with open_street(monkeypatch, clock.seconds) as street:
        street.slack.limits = ((1, 1), (20, 60))  # the second one is not in our table
        urls = {"arabic": SLACK_HOOK, "english": f"{SLACK_HOOK}&x=y"}
        async with watching(own_house, clock, **urls) as house:
            owe(house, 12)
            await work(house, clock, 75)

            assert len(street.slack.accepted) == 24
            assert street.slack.refused == {"429": 1}
            assert states(house) == {DeliveryState.SENT}


async def test_a_bot_that_writes_to_many_chats_keeps_to_the_limit_of_all_together(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    with open_street(monkeypatch, clock.seconds) as street:
        street.telegram.limits, street.telegram.whole_limits = ((1, 1),), ((30, 1),)
        street.telegram.chats = {str(5000 + number): "" for number in range(36)}
        bot = f"tgram://{telegram.TOKEN}"
        urls = {f"chat-{chat}": f"{bot}/{chat}/" for chat in street.telegram.chats}
        async with watching(own_house, clock, **urls) as house:
            owe(house, 1)
            await work(house, clock, 1)

    assert not street.telegram.refused
    assert len(street.telegram.accepted) == 36


async def test_too_many_is_obeyed_for_the_whole_target(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    with open_street(monkeypatch, clock.seconds) as street:
        street.slack.limits = ((2, 600),)
        async with watching(own_house, clock, slack=SLACK_HOOK) as house:
            owe(house, 6)
            await work(house, clock, 1250)

            assert len(street.slack.accepted) == 6
            assert street.slack.refused == {"429": 2}
            assert states(house) == {DeliveryState.SENT}


async def test_a_lost_answer_is_sent_once_more_and_no_more(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    with open_street(monkeypatch, clock.seconds) as street:
        street.slack.faults.extend([Fault.CUT, Fault.CUT])
        async with watching(own_house, clock, slack=SLACK_HOOK) as house:
            owe(house, 1)
            await work(house, clock, 60)

            assert len(street.slack.accepted) == 2
            assert states(house) == {DeliveryState.UNSURE}


async def test_markup_that_is_refused_costs_nobody_a_message_and_is_counted(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    with open_street(monkeypatch, clock.seconds) as street:
        said = "Bad Request: can't parse entities: Unsupported start tag"
        street.telegram.planted.append(telegram.no(400, said))
        async with watching(own_house, clock, telegram=TELEGRAM_GROUP) as house:
            owe(house, 2)
            await work(house, clock, 5)
            with house.database.read() as db:
                sent = [(each.attempts, each.last_error) for each in load_deliveries(db)]
    shown = json.loads(await own_house.rasid("outbox", "--json"))
    words = await own_house.rasid("outbox")

    why = "sent as plain text; before, HTTP 400: the markup of the message is refused"
    assert sent == [(1, None), (1, why)]
    assert len(street.telegram.accepted) == 2
    assert (shown["counts"]["sent"], shown["sent_plain"], shown["stuck"]) == (2, 1, [])
    assert "1 went as plain text" in words


class Sleeper(Hand):
    """A machine that falls asleep when somebody has looked at its clock."""

    sleeps = timedelta(0)

    def __call__(self) -> datetime:
        looked, self.now, self.sleeps = self.now, self.now + self.sleeps, timedelta(0)
        return looked


async def test_what_was_leased_before_the_machine_slept_does_not_ring_at_night(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Sleeper()
    clock.now = datetime(2026, 3, 2, 22, 50, tzinfo=UTC)
    with open_street(monkeypatch, clock.seconds) as street:
        wishes = {"quiet": ["23:00-07:00"], "quiet_ops": True, "zone": "UTC", "tags": ["ops"]}
        own_house.write(targets=[{"id": "slack", "url": SLACK_HOOK, **wishes}])
        config = load_own_config(own_house.folder)
        async with open_house(config, folder=None, state=own_house.state, clock=clock) as house:
            owe(house, 1)
            clock.sleeps = timedelta(hours=4)
            await work(house, clock, 5)
            at_night = (len(street.slack.accepted), states(house))
            clock.now = datetime(2026, 3, 3, 7, tzinfo=UTC)
            await work(house, clock, 5)

    assert at_night == (0, {DeliveryState.HELD})
    assert len(street.slack.accepted) == 1


async def test_a_failing_target_is_told_once_through_another_and_once_when_it_recovers(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    with open_street(monkeypatch, clock.seconds) as street:
        street.discord.hooks.clear()
        async with watching(own_house, clock, slack=SLACK_HOOK, discord=DISCORD) as house:
            owe(house, 3)
            await work(house, clock, 30)
            assert [t for t in street.slack.texts if "discord takes no messages" in t] != []
            with house.database.read() as db:
                (bad,) = load_bad_targets(db, house.config, now=clock.now).items()

            street.discord.hooks[discord.ID] = discord.TOKEN
            owe(house, 2)
            await work(house, clock, 30)

            told = [text for text in street.slack.texts if "discord" in text]
            assert (bad[0], bad[1].why) == ("discord", "HTTP 404: the hook is gone")
            assert len(told) == 2
            assert "takes messages again" in told[1]
            assert not [text for text in street.discord.texts if "takes" in text]


async def test_a_target_that_fails_alone_stands_in_log_and_status(
    own_house: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Hand()
    with open_street(monkeypatch, clock.seconds) as street:
        street.slack.hooks.clear()
        async with watching(own_house, clock, slack=SLACK_HOOK) as house:
            owe(house, 1)
            await work(house, clock, 5)

    status = json.loads(await own_house.rasid("status", "--json"))
    assert status["failing_targets"]["slack"]["why"].startswith("HTTP 404: the channel or hook")
    assert "canary7" not in str(status)
    assert "no other target tagged ops can be told of it" in caplog.text


async def test_targets_that_are_away_together_are_told_nobody_and_stand_in_status(
    own_house: Any,
) -> None:
    clock = Hand()
    urls = {"desk": "json://127.0.0.1:1/a", "ops": "json://127.0.0.1:1/b"}
    async with watching(own_house, clock, **urls) as house:
        owe(house, 1)
        for _ in range(9):
            await send_due(house, owner="test")
            clock.now += timedelta(minutes=5)
        with house.database.read() as db:
            assert len(load_deliveries(db)) == 2  # no notice of it

    status = json.loads(await own_house.rasid("status", "--json"))
    whys = {name: bad["why"] for name, bad in status["failing_targets"].items()}
    assert whys == dict.fromkeys(urls, "nobody answers there; tried again later")


async def test_a_webhook_gets_the_fields_of_an_alert_and_a_resent_one_is_a_new_event(
    own_house: Any,
) -> None:
    with running(Hook()) as hook:
        block = {"kind": "webhook", "url": hook.url(), "signing_key": KEY, "tags": ["all"]}
        own_house.write(targets=[{"id": "tool", **block}])
        config = load_own_config(own_house.folder)
        async with open_house(
            config, folder=None, state=own_house.state, clock=machine_clock, has_crawl=False
        ) as house:
            with house.database.write() as tx:
                tell(tx, "https://daily.example/1", JANUARY, -1)
                saved = save_alert(tx, ALERT, house.config.targets, now=house.clock())
            assert saved is not None
            await send_due(house, owner="test")
            with house.database.write() as tx:
                resend(tx, saved.id, ["tool"], now=house.clock())
            await send_due(house, owner="test")

        first, second = hook.seen.values()
        assert first["data"]["amount"]["low"] == "60"
        assert (first["type"], first["data"]["rule"], first["data"]["copy"]) == ("alert", "big", 1)
        assert second["data"]["copy"] == 2
        assert first["id"] != second["id"]


async def test_a_webhook_gets_each_message_once_whatever_happens_on_the_way(own_house: Any) -> None:
    clock = Hand()
    clock.now = machine_clock()
    with running(Hook()) as hook:
        block = {"kind": "webhook", "url": hook.url(), "signing_key": KEY, "tags": ["ops"]}
        own_house.write(targets=[{"id": "tool", **block}])
        config = load_own_config(own_house.folder)
        async with open_house(config, folder=None, state=own_house.state, clock=clock) as house:
            owe(house, 4)
            hook.faults.extend([Fault.CUT, Fault.BROKEN])
            await work(house, clock, 60)

            assert states(house) == {DeliveryState.SENT}
            assert len(hook.accepted) == 4
            assert {told["type"] for told in hook.seen.values()} == {"notice"}
            out = await own_house.rasid("notify", "test", "ops")
            assert "tool: sent" in out
            assert len(hook.accepted) == 5
