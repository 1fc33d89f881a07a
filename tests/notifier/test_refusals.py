"""What Slack, Telegram and Discord say, heard through the real Apprise."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import requests

from config.errors import DeliveryError
from notifier.deliver import deliver
from notifier.model import Message
from notifier.refusals import wait_of
from tests.notifier.services import discord, slack, telegram
from tests.notifier.services.http import Answer, Fault
from tests.notifier.services.street import (
    DISCORD,
    SLACK_BOT,
    SLACK_HOOK,
    TELEGRAM,
    TELEGRAM_GROUP,
    Street,
    open_street,
)
from tests.notifier.test_render import hostile_message, july

TITLE = "من 60 إلى 65 مليار دولار · ميتا"
TEXT = f"{TITLE}\n\nالمصدر: ⁨Reuters⁩ & <b> 5 > 4 _x* [y\n\nhttps://a.example/1"
MARKDOWN = f"**{TITLE}**\n\nReuters\n\n[alert 1042]"
MESSAGE = Message(title=TITLE, text=TEXT, markdown=MARKDOWN, key="alert 1042")
ALL = {
    "a Slack hook": SLACK_HOOK,
    "a Slack bot": SLACK_BOT,
    "a Telegram chat": TELEGRAM,
    "a Telegram group": TELEGRAM_GROUP,
    "a Discord hook": DISCORD,
}


@pytest.fixture
def street(monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    with open_street(monkeypatch) as street:
        yield street


def accepted(street: Street) -> int:
    return sum(len(service.accepted) for service in street.services)


def failure(tell: Any, url: str) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        deliver(MESSAGE, tell.target(url=url))
    assert "canary7" not in str(caught.value)
    return caught.value


def kind_of(error: DeliveryError) -> str:
    return "unsure" if error.unsure else "never" if error.permanent else "later"


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("url", ALL.values(), ids=ALL)
def test_a_message_arrives_once(tell: Any, street: Street, url: str, format: str) -> None:
    deliver(MESSAGE, tell.target(url=url, format=format))

    (text,) = [text for service in street.services for text in service.texts]
    assert TITLE in text
    assert ("https://a.example/1" if format == "text" else "alert 1042") in text


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("url", ALL.values(), ids=ALL)
def test_paragraphs_stay_apart(tell: Any, street: Street, url: str, format: str) -> None:
    """Apprise's way to Telegram's HTML loses one of two line breaks."""
    told = july(tell, tell.target(url=url))

    deliver(told, tell.target(url=url, format=format))

    (text,) = [text for service in street.services for text in service.texts]
    wanted = told.text if format == "text" else told.markdown
    lines = [bool(line.strip()) for line in text.replace("\r", "").split("\n")]
    assert lines == [bool(line) for line in wanted.split("\n")]


Act = Callable[[Street], object]
REFUSED: dict[str, tuple[str, Act, str, str]] = {
    "a Slack hook that was removed": (
        SLACK_HOOK, lambda s: s.slack.hooks.clear(), "never", "no_service",
    ),
    "a Slack hook that may not write": (
        SLACK_HOOK, lambda s: s.slack.hooks.update({slack.HOOK: "action_prohibited"}),
        "never", "closed to it (action_prohibited)",
    ),
    "an archived Slack channel": (
        SLACK_HOOK, lambda s: s.slack.hooks.update({slack.HOOK: "channel_is_archived"}),
        "never", "channel_is_archived",
    ),
    "a Slack fault": (
        SLACK_HOOK, lambda s: s.slack.hooks.update({slack.HOOK: "rollup_error"}),
        "later", "rollup_error",
    ),
    "a Slack bot that is in no such channel": (
        SLACK_BOT, lambda s: s.slack.channels.clear(), "never", "channel_not_found",
    ),
    "a Slack bot that was not invited": (
        SLACK_BOT, lambda s: s.slack.channels.update({slack.CHANNEL: "not_in_channel"}),
        "never", "not_in_channel",
    ),
    "a Slack bot whose token was taken back": (
        SLACK_BOT, lambda s: setattr(s.slack, "token_error", "token_revoked"),
        "never", "the token is refused (token_revoked)",
    ),
    "a Slack bot in a bad moment": (
        SLACK_BOT, lambda s: setattr(s.slack, "token_error", "service_unavailable"),
        "later", "service_unavailable",
    ),
    "a Slack bot that failed in the middle": (
        SLACK_BOT, lambda s: setattr(s.slack, "token_error", "fatal_error"),
        "unsure", "fatal_error",
    ),
    "a reader who blocked the bot": (
        TELEGRAM,
        lambda s: s.telegram.chats.update(
            {telegram.CHAT: "Forbidden: bot was blocked by the user"}
        ),
        "never", "the reader has blocked the bot",
    ),
    "a group that removed the bot": (
        TELEGRAM_GROUP,
        lambda s: s.telegram.chats.update(
            {telegram.GROUP: "Forbidden: bot was kicked from the supergroup chat"}
        ),
        "never", "removed from the group",
    ),
    "a group that grew": (
        TELEGRAM_GROUP,
        lambda s: s.telegram.chats.update(
            {
                telegram.GROUP: "Bad Request: group chat was upgraded to a supergroup chat"
            }
        ),
        "never", "new chat id",
    ),
    "no such chat": (
        TELEGRAM, lambda s: s.telegram.chats.clear(), "never", "there is no such chat",
    ),
    "a wrong Telegram token": (
        f"tgram://1:canary7/{telegram.CHAT}/", lambda s: None, "never", "token is refused",
    ),
    "a Discord hook that was removed": (
        DISCORD, lambda s: s.discord.hooks.clear(), "never", "HTTP 404: the hook is gone",
    ),
    "a wrong Discord token": (
        f"discord://{discord.ID}/canary7/", lambda s: None, "never", "token is refused",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("url", "act", "kind", "said"), REFUSED.values(), ids=REFUSED)
def test_each_refusal_is_told_apart(
    tell: Any, street: Street, url: str, act: Act, kind: str, said: str
) -> None:
    act(street)

    error = failure(tell, url)

    assert (kind_of(error), accepted(street)) == (kind, 0)
    assert said in str(error)
    assert sum(service.requests for service in street.services) == 1


BAD_ENTITIES = telegram.no(400, "Bad Request: can't parse entities: Unsupported start tag")
BAD_BLOCKS = Answer(200, {"ok": False, "error": "invalid_blocks"}, refusal="200 invalid_blocks")
MARKUP: dict[str, tuple[str, str, Answer]] = {
    "Telegram": (TELEGRAM, "telegram", BAD_ENTITIES),
    "Telegram in Markdown": (f"{TELEGRAM}?format=markdown", "telegram", BAD_ENTITIES),
    "a Slack hook": (f"{SLACK_HOOK}&blocks=yes", "slack", slack.no(400, "invalid_blocks")),
    "a Slack bot": (f"{SLACK_BOT}&blocks=yes", "slack", BAD_BLOCKS),
}


@pytest.mark.parametrize(("url", "name", "refusal"), MARKUP.values(), ids=MARKUP)
def test_what_is_refused_for_its_markup_is_sent_once_more_as_plain_text(
    tell: Any, street: Street, url: str, name: str, refusal: Answer
) -> None:
    service = getattr(street, name)
    service.planted.append(refusal)

    said = deliver(MESSAGE, tell.target(url=url, format="markdown"))

    (one,) = service.accepted
    assert "the markup of the message is refused" in (said or "")
    assert service.requests == 2
    assert (unescape(one.text) if name == "slack" else one.text).strip() == TEXT
    assert not {"parse_mode", "blocks", "mrkdwn"} & {key for key in one.payload if one.payload[key]}


@pytest.mark.parametrize(("url", "name", "refusal"), MARKUP.values(), ids=MARKUP)
def test_plain_text_that_is_refused_too_is_refused(
    tell: Any, street: Street, url: str, name: str, refusal: Answer
) -> None:
    service = getattr(street, name)
    service.planted.extend([refusal, refusal])

    error = failure(tell, url)

    assert (kind_of(error), accepted(street), service.requests) == ("never", 0, 2)


@pytest.mark.parametrize("url", ALL.values(), ids=ALL)
def test_too_many_says_for_how_long_and_is_not_sent_again(
    tell: Any, street: Street, url: str
) -> None:
    for service in street.services:
        service.limits = ((1, 27),)
    deliver(MESSAGE, tell.target(url=url))

    error = failure(tell, url)

    assert error.too_many
    assert error.wait_s == pytest.approx(26.5, abs=1)
    assert (kind_of(error), accepted(street)) == ("later", 1)
    assert sum(service.requests for service in street.services) == 2


FAULTS = {
    "its own fault": (Fault.BROKEN, "later", 0),
    "no answer in time": (Fault.SILENT, "unsure", 0),
    "taken, and the answer lost": (Fault.CUT, "unsure", 1),
}


@pytest.mark.parametrize(("fault", "kind", "count"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("url", ALL.values(), ids=ALL)
def test_a_fault_on_the_way(
    tell: Any, street: Street, url: str, fault: Fault, kind: str, count: int
) -> None:
    for service in street.services:
        service.faults.append(fault)

    error = failure(tell, f"{url}{'&' if '?' in url else '?'}rto=0.3")

    assert (kind_of(error), accepted(street)) == (kind, count)


LONG = {
    "Telegram": (TELEGRAM, lambda s: s.telegram, 4096),
    "Discord": (DISCORD, lambda s: s.discord, 2000),
    "Slack in blocks": (f"{SLACK_HOOK}&blocks=yes", lambda s: s.slack, 3000),
}


@pytest.mark.parametrize(("url", "service", "limit"), LONG.values(), ids=LONG)
def test_a_message_longer_than_the_service_takes_is_cut_before(
    tell: Any, street: Street, url: str, service: Callable[[Street], Any], limit: int
) -> None:
    long = Message(title=TITLE, text=f"{TEXT}\n" + "ميتا & < " * 900, markdown="x" * 9000, key="1")

    deliver(long, tell.target(url=url))

    (text,) = service(street).texts
    assert len(text) <= limit
    assert not service(street).refused


FORMS = [
    *[f"{TELEGRAM}?format={form}" for form in ("text", "html", "markdown", "markdown&mdv=v2")],
    *[f"{DISCORD}?format=markdown{more}" for more in ("", "&fields=yes")],
    *[f"{SLACK_HOOK}{more}" for more in ("&format=markdown", "&blocks=yes")],
    f"{SLACK_BOT}&blocks=yes&format=markdown",
]


def test_what_an_enemy_wrote_is_refused_by_no_service(tell: Any, street: Street) -> None:
    """Each in the markup that its URL asks for, under that markup's own law."""
    for seed, url in enumerate([*ALL.values(), *FORMS] * 6):
        told = hostile_message(tell, seed)
        for form in ("text", "markdown"):
            deliver(told, tell.target(url=url, format=form))

    assert [dict(service.refused) for service in street.services] == [{}, {}, {}]


@pytest.mark.parametrize("url", [url for url in FORMS if "format=markdown" in url])
def test_a_url_that_asks_for_markdown_gets_ours_and_no_escaped_text(
    tell: Any, street: Street, url: str
) -> None:
    deliver(MESSAGE, tell.target(url=url, format="text"))

    (text,) = [text for service in street.services for text in service.texts]
    assert text.replace("*", "").startswith(f"{TITLE}\n\nReuters\n\n[alert 1042]")


STRICT = {
    "a tag that Telegram has not": ({"parse_mode": "HTML", "text": "<p>a</p>"}, "entities"),
    "a tag left open": ({"parse_mode": "HTML", "text": "<b>a"}, "entities"),
    "a bare sign of comparison": ({"parse_mode": "HTML", "text": "5 < 6"}, "entities"),
    "a full stop in new Markdown": ({"parse_mode": "MarkdownV2", "text": "a."}, "entities"),
    "a lonely mark in old Markdown": ({"parse_mode": "MARKDOWN", "text": "a_b"}, "entities"),
    "an open bracket in old Markdown": ({"parse_mode": "Markdown", "text": "[a"}, "entities"),
    "a markup of its own": ({"parse_mode": "BBCode", "text": "a"}, "parse_mode"),
    "nothing": ({"text": ""}, "empty"),
    "too much": ({"text": "é" * 4097}, "too long"),
    "too many embeds": ({"embeds": [{"title": "a"}] * 11}, "50035"),
    "a long title": ({"embeds": [{"title": "a" * 257}]}, "50035"),
    "a field without a name": ({"embeds": [{"fields": [{"value": "a"}]}]}, "50035"),
    "six thousand and one": ({"embeds": [{"description": "a" * 3001}] * 2}, "50035"),
    "its own name": ({"content": "a", "username": "Discord"}, "50035"),
    "no content": ({"content": " "}, "50006"),
    "an empty section": ({"blocks": [{"type": "section", "text": {}}]}, "invalid_blocks"),
    "an unknown block": ({"blocks": [{"type": "song"}]}, "invalid_blocks"),
    "attachments for a year": ({"attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
    "no text": ({"attachments": []}, "no_text"),
}


@pytest.mark.parametrize(("told", "said"), STRICT.values(), ids=STRICT)
def test_the_services_of_these_tests_refuse_what_the_real_ones_do(
    street: Street, told: dict[str, Any], said: str
) -> None:
    hook = f"{street.slack.webhook_url}/{slack.HOOK}"
    if said.isdigit():
        hook = f"{street.discord.notify_url}/{discord.ID}/{discord.TOKEN}"
    elif " " in said or "_" not in said or said == "parse_mode":
        hook = f"{street.telegram.notify_url}{telegram.TOKEN}/sendMessage"
        told = {"chat_id": telegram.CHAT, **told}

    answer = requests.post(hook, json=told, timeout=5)

    assert answer.status_code == 400
    assert said in answer.text
    assert accepted(street) == 0


@pytest.mark.parametrize("url", ALL.values(), ids=ALL)
def test_no_secret_is_told_at_any_level(
    tell: Any, street: Street, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    caplog.set_level(1)
    for name in ("apprise", "urllib3", "requests"):
        caplog.set_level(1, logger=name)
    for service in street.services:
        service.faults.extend([Fault.BROKEN, Fault.CUT])

    failure(tell, url), failure(tell, url)
    deliver(MESSAGE, tell.target(url=url))

    assert "canary7" not in caplog.text
    assert logging.getLogger("apprise").level == logging.DEBUG


WAITS = {
    "seconds": ({"retry-after": "30"}, "", 30),
    "a date": (
        {
            "retry-after": "Wed, 25 Nov 2026 10:01:00 GMT",
            "date": "Wed, 25 Nov 2026 10:00:00 GMT",
        },
        "",
        60,
    ),
    "a date, by nobody's clock": ({"retry-after": "Wed, 25 Nov 2026 10:01:00 GMT"}, "", None),
    "a date that is over": (
        {
            "retry-after": "Wed, 25 Nov 2026 09:00:00 GMT",
            "date": "Wed, 25 Nov 2026 10:00:00 GMT",
        },
        "",
        0,
    ),
    "Telegram": ({}, '{"parameters": {"retry_after": 7}}', 7),
    "Discord": ({}, '{"retry_after": 0.529, "global": true}', 0.529),
    "Discord in milliseconds": (
        {"x-ratelimit-reset-after": "1.25", "retry-after": "1250"},
        '{"retry_after": 1250}',
        1.25,
    ),
    "Matrix": ({}, '{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 2500}', 2.5),
    "nonsense": ({"retry-after": "soon"}, "[" * 99_999, None),
    "nothing": ({}, "", None),
}


@pytest.mark.parametrize(("headers", "body", "wait"), WAITS.values(), ids=WAITS)
def test_how_long_a_service_asks_us_to_wait(
    headers: dict[str, str], body: str, wait: float | None
) -> None:
    assert wait_of(headers, body) == wait
