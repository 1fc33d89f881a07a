"""Thirty simulated days of alerts: what fired reaches each target once, or stands parked.

Three rules, four targets (a real SMTP server; Slack, Telegram and Discord as their documents say)
with faults of every class, quiet hours over two changes of the clocks, and a restart each day.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.model import Config, Source
from crawler.model import (
    Claim,
    Evidence,
    Figure,
    Party,
    Published,
    Role,
    Side,
    Stage,
)
from notifier.model import Alert, AlertKind, Delivery, DeliveryState
from notifier.outbox.alerts import load_alerts
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.verdicts import load_verdicts
from scheduler.daemon import open_house
from scheduler.house import House, load_own_config
from scheduler.sending import send_due
from tests.notifier.services import discord, slack, telegram
from tests.notifier.services.http import Answer, Fault
from tests.notifier.services.mailbox import Mailbox, serving
from tests.notifier.services.street import DISCORD, SLACK_HOOK, TELEGRAM, Street, open_street
from tests.scheduler.conftest import OwnHouse
from tests.scheduler.test_replay import hear
from tests.scheduler.test_sending import Hand

# New York puts its clocks on on the 8th, Berlin on the 29th.
START = datetime(2026, 3, 1, tzinfo=UTC)
STEP = timedelta(minutes=5)
ARTICLES_A_DAY = 10
RULES: list[dict[str, Any]] = [
    {"id": "mega", "at_least": "1bn USD", "tell": ["desk"]},
    {"id": "arabic", "languages": ["ar"], "tell": ["gulf"]},
    {"id": "all", "at_least": "100m USD", "tell": ["floor"]},
]
TARGETS: dict[str, dict[str, Any]] = {
    "mail": {"tags": ["desk"], "zone": "Europe/Berlin", "quiet": ["22:30-07:00"]},
    "slack": {"tags": ["desk"], "zone": "America/New_York", "quiet": ["01:30-06:00"]},
    "telegram": {"tags": ["gulf"], "zone": "Asia/Dubai", "language": "ar"},
    "discord": {"tags": ["floor"], "cooldown_min": 90, "group_wait_min": 10},
}
QUIET = {
    "mail": (time(22, 30), time(7)),
    "slack": (time(1, 30), time(6)),
}
OUTLET = Source(id="outlet", name="Outlet", url="https://outlet.example/", kind="feed")
UNTOLD = "the deal is denied, and nobody was told of it"
_NOT_ARRIVED = (DeliveryState.PARKED, DeliveryState.DROPPED)  # each says why, and is looked at
BACK = "moved back to what was told before, while it waited"
KEY = re.compile(r"\[alert (\d+)\]")


def configured(own: OwnHouse, mail: str) -> Config:
    urls = {"mail": mail, "slack": SLACK_HOOK, "telegram": TELEGRAM, "discord": DISCORD}
    targets = [{"id": key, "url": urls[key], **wishes} for key, wishes in TARGETS.items()]
    own.write(rules=RULES, targets=targets)
    config: Config = load_own_config(own.folder)
    return config


def tell(house: House, chance: Random, number: int) -> None:
    """One fresh article: forty companies announce, raise, close and deny."""
    company = f"Deep Forge {chance.randrange(40)}"
    amount = Decimal(chance.choice([50, 120, 300, 900, 1500, 4000])) * 10**6
    figure = Figure(low=amount, high=amount, currency="USD", text="…", start=0)
    claim = Claim(
        role=chance.choice([Role.FUNDING_ROUND, Role.CAPEX_PLAN]),
        stage=chance.choice([Stage.IN_TALKS, Stage.ANNOUNCED, Stage.CLOSED, Stage.DENIED]),
        main=True,
        figure=figure,
        parties=(Party(name=company, side=Side.RECIPIENT),),
        sentence=f"{company} told in week {number // 70} that it has money for its AI work.",
        start=0,
        says_changed=chance.random() < 0.4,
    )
    now = house.clock()
    language = chance.choice(["en", "ar"])
    dated = Published(at=now - timedelta(minutes=20), evidence=Evidence.FEED)
    hear(house, claim, number=number, source=OUTLET, language=language, published=dated, now=now)


# One a day, for one message: who refuses, in its own words, and why the message is parked; "" where
# it is tried again, or sent as plain text.
REFUSALS: list[tuple[str, Answer | str, str]] = [
    ("slack", slack.no(404, "no_service"), "no_service"),
    (
        "telegram",
        telegram.no(400, "Bad Request: can't parse entities: Unsupported start tag", "entities"),
        "",
    ),
    ("discord", discord.no(404, 10015, "Unknown Webhook"), "HTTP 404: the hook is gone"),
    ("mail", "550 5.1.1 no such user", "SMTP 550"),
    ("discord", discord.no(400, 50035, "Invalid Form Body"), "mostly because it is too long"),
    ("slack", slack.no(500, "rollup_error"), ""),
    ("slack", slack.no(400, "invalid_payload"), "invalid_payload"),
    ("telegram", telegram.no(403, "Forbidden: bot was blocked by the user"), "blocked the bot"),
    ("discord", discord.no(401, 50027, "Invalid Webhook Token"), "token is refused"),
    ("mail", "452 4.2.2 mailbox full", ""),
    ("slack", slack.no(403, "action_prohibited"), "action_prohibited"),
    ("telegram", telegram.no(401, "Unauthorized"), "the bot's token is refused"),
    ("slack", slack.no(410, "channel_is_archived"), "channel_is_archived"),
    ("telegram", telegram.no(400, "Bad Request: chat not found"), "there is no such chat"),
    ("discord", discord.no(400, 50006, "Cannot send an empty message"), "the message is empty"),
    ("mail", "554 5.7.1 refused", "SMTP 554"),
    ("slack", slack.no(400, "no_text"), "no_text"),
    ("telegram", telegram.no(400, "Bad Request: message is too long"), "message is too long"),
    ("slack", slack.no(404, "channel_not_found"), "channel_not_found"),
    ("slack", slack.no(403, "invalid_token"), "invalid_token"),
]


def go_wrong(street: Street, box: Mailbox, day: int | None, chance: Random) -> None:
    """What goes wrong on this day, for its next sends; nothing on None."""
    kind = None if day is None else day % 5
    service = chance.choice(street.services)
    if kind == 0:
        service.faults.extend([Fault.BROKEN] * chance.randrange(1, 4))
    elif kind == 1:
        service.faults.append(Fault.CUT)
    elif kind == 2:
        service.faults.append(Fault.SILENT)
    elif kind == 3:
        box.faults.extend([Fault.BROKEN, Fault.BROKEN])
    for each in street.services:
        each.limits = ((1, 6 * 3600),) if kind == 4 else ()
    if day is not None and day < len(REFUSALS):
        who, says, _ = REFUSALS[day]
        planted: Any = box.planted if who == "mail" else getattr(street, who).planted
        planted.append(says)


@dataclass(frozen=True, kw_only=True)
class Month:
    """What is left of a month: what the database says, and what people got."""

    days: int
    fired: int
    alerts: dict[int, Alert]
    deliveries: tuple[Delivery, ...]  # of alerts
    got: dict[str, list[tuple[int, datetime]]]  # by target: number of the alert, when
    refused: Counter[str]


@pytest.fixture(
    scope="module",
    params=[6, pytest.param(30, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])],
    ids=["some", "all"],
)
def month(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Month:
    folder = tmp_path_factory.mktemp("month")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("notifier.deliver.READ_S", 0.4)
        return asyncio.run(live(request.param, folder, patch))


async def live(days: int, folder: Path, patch: pytest.MonkeyPatch) -> Month:
    """Live through `days`, and two quiet ones in which what waits may leave."""
    clock, chance, own = Hand(), Random(11), OwnHouse(folder=folder / "c", state=folder / "s")
    clock.now = START
    box = Mailbox(clock.seconds)
    with open_street(patch, clock.seconds) as street, serving(box):
        config = configured(own, box.url)
        number = 0
        for day in range(days + 2):
            go_wrong(street, box, day if day < days else None, chance)
            minutes = {chance.randrange(288) for _ in range(ARTICLES_A_DAY if day < days else 0)}
            async with open_house(
                config, folder=None, state=own.state, clock=clock, has_crawl=False
            ) as house:
                for step in range(288):
                    clock.now = START + timedelta(days=day) + step * STEP
                    if step in minutes:
                        tell(house, chance, number)
                        number += 1
                    while await send_due(house, owner="test"):
                        pass
                left = remembered(house, street, box, days)
    return left


def remembered(house: House, street: Street, box: Mailbox, days: int) -> Month:
    with house.database.read() as db:
        alerts = {alert.id: alert for alert in load_alerts(db, limit=100_000)}
        deliveries = load_deliveries(db, limit=100_000)
        fired = [each for each in load_verdicts(db, limit=100_000) if each.fires]
    services = {
        "slack": street.slack,
        "telegram": street.telegram,
        "discord": street.discord,
        "mail": box,
    }
    got = {
        key: [
            (int(number), datetime.fromtimestamp(each.at_s, UTC))
            for each in service.accepted
            for number in KEY.findall(each.text)[-1:]
        ]
        for key, service in services.items()
    }
    refused: Counter[str] = Counter()
    for service in services.values():
        refused += service.refused
    return Month(
        days=days,
        fired=len(fired),
        alerts=alerts,
        deliveries=tuple(each for each in deliveries if each.alert_id is not None),
        got=got,
        refused=refused,
    )


def test_what_fired_is_an_alert_and_owed_to_each_target_of_its_rule(month: Month) -> None:
    asked = {rule["id"]: rule["tell"][0] for rule in RULES}
    owed = {
        (alert.id, key)
        for alert in month.alerts.values()
        for key, target in TARGETS.items()
        if asked[alert.rule_id] in target["tags"]
    }

    assert len(month.alerts) == month.fired > 30
    assert {alert.kind for alert in month.alerts.values()} == set(AlertKind)
    assert {(each.alert_id, each.target_id) for each in month.deliveries} == owed


def test_each_reaches_its_target_once_or_says_why_not(month: Month) -> None:
    got = {key: Counter(number for number, _ in told) for key, told in month.got.items()}
    states = {(each.alert_id or 0, each.target_id): each.state for each in month.deliveries}
    twice = plain = 0
    for each in month.deliveries:
        count = got[each.target_id][each.alert_id or 0]
        if each.state is DeliveryState.SENT:
            assert count in (1, 2)
            plain += each.last_error is not None
            twice += count - 1
        elif each.state is DeliveryState.UNSURE:
            assert count <= 2
            twice += max(0, count - 1)
        else:
            assert each.state in (DeliveryState.PARKED, DeliveryState.DROPPED)
            assert each.last_error
            assert count == 0
        if each.replaced_by is not None:  # a later message tells it too
            by = month.alerts[each.replaced_by]
            assert by.deal_id == month.alerts[each.alert_id or 0].deal_id
            assert got[each.target_id][by.id] or states[by.id, each.target_id] in _NOT_ARRIVED
        elif each.state is DeliveryState.DROPPED:  # it came to nothing while it waited
            assert each.last_error in (UNTOLD, BACK)
            one = month.alerts[each.alert_id or 0]
            earlier = [
                other.id
                for other in month.alerts.values()
                if (other.rule_id, other.deal_id) == (one.rule_id, one.deal_id)
                and other.id < one.id
            ]
            came = any(got[each.target_id][number] for number in earlier)
            assert came is (each.last_error == BACK)
    states = Counter(each.state for each in month.deliveries)
    assert states[DeliveryState.SENT] > 0.8 * len(month.deliveries) - states[DeliveryState.DROPPED]
    assert states[DeliveryState.PARKED] >= 1
    assert twice <= month.refused["cut"]
    assert plain == month.refused["400 entities"] == 1


def test_none_comes_in_quiet_hours(month: Month) -> None:
    for key, (start, end) in QUIET.items():
        zone = ZoneInfo(TARGETS[key]["zone"])
        for _, at in month.got[key]:
            wall = at.astimezone(zone).time()
            assert not (wall >= start or wall < end if start > end else start <= wall < end)


def test_every_class_of_refusal_was_seen_and_its_message_says_so(month: Month) -> None:
    assert {"429", "broken", "silent", "cut"} <= set(month.refused)
    ends = {DeliveryState.PARKED, DeliveryState.UNSURE}  # the latter after an answer that was lost
    parked = [each for each in month.deliveries if each.state in ends]
    for who, says, why in REFUSALS[: month.days]:
        assert month.refused[says[:3] if isinstance(says, str) else says.refusal or ""]
        if why:
            assert any(each.target_id == who and why in (each.last_error or "") for each in parked)
