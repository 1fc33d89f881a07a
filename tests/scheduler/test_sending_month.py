"""Thirty days of messages to four targets, with all that goes wrong, and a restart a day.

Every message is accepted once by each target; twice only where an answer was lost or the process
died, which is counted; or it is parked with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from notifier.model import DeliveryState
from notifier.outbox.deliveries import load_deliveries, load_outbox_state
from notifier.outbox.leases import mark_sent, take_due
from scheduler.daemon import open_house
from scheduler.house import House, load_own_config
from scheduler.sending import send_due
from tests.notifier.services import discord, slack, telegram
from tests.notifier.services.http import Accepted, Fault
from tests.notifier.services.mailbox import Mailbox, serving
from tests.notifier.services.street import DISCORD, SLACK_BOT, TELEGRAM_GROUP, Street, open_street
from tests.scheduler.test_sending import Hand, owe

DAYS = 30
WAYS = [Fault.BROKEN] * 4 + [Fault.CUT] * 2 + [Fault.SILENT]
OVER = {DeliveryState.SENT, DeliveryState.PARKED, DeliveryState.UNSURE}
Break = Callable[[Street, Mailbox], object]
# On these days one target refuses for good; the next day it is repaired.
BAD_DAYS: dict[int, Break] = {
    4: lambda s, _: s.discord.hooks.clear(),
    8: lambda s, _: s.telegram.chats.update(
        {telegram.GROUP: "Forbidden: bot was kicked from the supergroup chat"}
    ),
    12: lambda s, _: s.slack.channels.update({slack.CHANNEL: "is_archived"}),
    16: lambda _, box: setattr(box, "says", "554 5.7.1 refused"),
    20: lambda s, _: setattr(s.slack, "token_error", "token_revoked"),
    24: lambda s, _: s.discord.hooks.update({discord.ID: "another"}),
}


async def empty(house: House, clock: Hand) -> None:
    """Send until nothing waits, with the clock going on to when the next one may go."""
    while True:
        while await send_due(house, owner="test"):
            pass
        with house.database.read() as db:
            due = load_deliveries(db, states=[DeliveryState.DUE])
        if not due:
            return
        clock.now = max(clock.now + timedelta(seconds=1), min(each.due_at for each in due))


def die(house: House, *, accepted: bool) -> None:
    """The process ends in the middle of a send, before or after it was written down."""
    with house.database.write() as tx:
        for delivery in take_due(tx, now=house.clock(), owner="dies", limit=1):
            if accepted:
                mark_sent(tx, delivery.id, now=house.clock())


def repair(street: Street, box: Mailbox) -> None:
    street.discord.hooks = {discord.ID: discord.TOKEN}
    street.telegram.chats = {telegram.GROUP: ""}
    street.slack.channels, street.slack.token_error = {slack.CHANNEL: ""}, ""
    box.says = ""


def numbers(accepted: Iterable[Accepted]) -> Counter[int]:
    """How often each notice was accepted."""
    return Counter(int(re.findall(r"\[notice (\d+)\]", each.text)[-1]) for each in accepted)


@pytest.mark.slow
async def test_a_month_of_messages(own_house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, random = Hand(), Random(7)
    with open_street(monkeypatch, clock.seconds) as street, serving(Mailbox()) as box:
        street.slack.limits = ((1, 1),)
        street.telegram.limits = ((1, 1), (20, 60))
        street.discord.limits = ((5, 2), (30, 60))
        urls = {
            "slack": f"{SLACK_BOT}&rto=0.5",
            "telegram": f"{TELEGRAM_GROUP}?rto=0.5",
            "discord": f"{DISCORD}?rto=0.5",
            "mail": f"{box.url}&cto=0.5",
        }
        own_house.write(
            targets=[{"id": name, "url": url, "tags": ["ops"]} for name, url in urls.items()]
        )
        config = load_own_config(own_house.folder)
        services = {
            "slack": street.slack,
            "telegram": street.telegram,
            "discord": street.discord,
            "mail": box,
        }
        for day in range(DAYS):
            clock.now += timedelta(days=1)
            repair(street, box)
            BAD_DAYS.get(day, lambda *_: None)(street, box)
            for service in services.values():
                service.faults.extend(random.choices(WAYS, k=random.choice((0, 0, 1, 2))))
            async with open_house(
                config, folder=None, state=own_house.state, clock=clock, has_crawl=False
            ) as house:
                owe(house, 28 if day == 15 else random.randint(1, 3))
                if day % 6 == 1:
                    die(house, accepted=False)
                else:
                    await empty(house, clock)
        async with open_house(
            config, folder=None, state=own_house.state, clock=clock, has_crawl=False
        ) as house:
            await empty(house, clock)
            with house.database.read() as db:
                deliveries = load_deliveries(db, limit=10_000)
                repeats = load_outbox_state(db).repeats

        assert {each.state for each in deliveries} <= OVER
        twice = 0
        for name, service in services.items():
            got = numbers(service.accepted)
            mine = {each.notice_id: each for each in deliveries if each.target_id == name}
            assert set(got) <= set(mine)
            assert max(got.values()) <= 2
            twice += sum(count - 1 for count in got.values())
            lost = [each for id, each in mine.items() if got[id or 0] == 0]
            assert all(each.state is not DeliveryState.SENT and each.last_error for each in lost)
        assert 0 < twice <= repeats
        seen = {name: set(service.refused) for name, service in services.items()}
        assert all({"broken", "silent", "cut"} <= kinds for kinds in seen.values())
        assert seen["discord"] >= {"404 10015", "401 50027"}
        assert seen["telegram"] >= {"403 Forbidden: bot was kicked from the supergroup chat"}
        assert seen["slack"] >= {"200 is_archived", "200 token_revoked"}
        assert seen["mail"] >= {"554"}
        told = [text for text in street.slack.texts if "takes no messages" in text]
        assert len(told) == len(set(told)) >= 4
