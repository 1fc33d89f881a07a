"""What does a service's answer mean: never, later, or perhaps it has arrived?

HTTP statuses mean the same everywhere; what Slack, Telegram and Discord add in words or numbers of
their own stands in `_OWN`. Only causes from here reach people: an answer may hold the token.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Literal

from config.errors import DeliveryError

Meaning = Literal["never", "later", "unsure"]

DEFAULT_WAIT_S = 60.0  # where a service says "too many" and not until when
_AGAIN = {408, 409, 423, 425, 429}  # "not now"; every other 4xx is "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP request of a send, and what came back."""

    status: int | None  # None: no answer, or not the whole of it
    body: str = ""  # its beginning; may hold secrets
    wait_s: float | None = None  # for how long it asks us to wait
    left: bool = True  # the request may have reached the service
    is_tls: bool = False  # it failed on encryption


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a message did not get through, in words without the target's URL."""

    meaning: Meaning
    cause: str
    wait_s: float | None = None
    too_many: bool = False  # we were too fast, which says nothing against the message
    is_markup: bool = False  # of how the text is marked up, not of what it says


LOST = Refusal(
    meaning="unsure",
    cause="the service took the message but its answer was lost, so it may have arrived",
)


def refusal_of(exchange: Exchange, scheme: str) -> Refusal:
    """What the last `exchange` of a send means that its service did not count as a success.

    `scheme`: how the target's Apprise URL begins.
    """
    status = exchange.status
    if status is None:
        return _unanswered(exchange)
    wait_s = exchange.wait_s
    if status == 429:
        cause = "HTTP 429: too many messages; tried again when it allows"
        return Refusal(meaning="later", cause=cause, wait_s=wait_s or DEFAULT_WAIT_S, too_many=True)
    own = _own(exchange.body, scheme)
    if own is not None:
        meaning, said = own
        again = "; tried again later" if meaning == "later" else ""
        named = f"HTTP {status}: " if status >= 400 else ""
        is_markup = said.startswith(_MARKUP)
        cause = f"{named}{said}{again}"
        return Refusal(meaning=meaning, cause=cause, wait_s=wait_s, is_markup=is_markup)
    meaning, said = _on_status(status)
    return Refusal(meaning=meaning, cause=said, wait_s=wait_s)


def error_of(refusal: Refusal, target: str) -> DeliveryError:
    """`refusal` as the error of a send to `target`, an id."""
    return DeliveryError(
        f"{target}: {refusal.cause}",
        target=target,
        permanent=refusal.meaning == "never",
        unsure=refusal.meaning == "unsure",
        wait_s=refusal.wait_s,
        too_many=refusal.too_many,
    )


def wait_of(headers: Mapping[str, str], body: str) -> float | None:
    """Seconds for which a service asks us to wait; None: it does not.

    X-RateLimit-Reset-After goes first: Discord's unversioned address may give its other two
    values in milliseconds (discord-api-docs #4722). A date counts from the answer's own Date,
    so no clock of ours matters. `headers` has small letters. **Unit**: s.
    """
    told = (
        headers.get("x-ratelimit-reset-after"),
        headers.get("retry-after"),
        *_waits_in(body),
    )
    for value in told:
        seconds = _seconds(value, headers.get("date"))
        if seconds is not None:
            return seconds
    return None


def _waits_in(body: str) -> tuple[object, ...]:
    told = _json(body)
    parameters = told.get("parameters")  # Telegram's
    millis = told.get("retry_after_ms")  # Matrix's
    return (
        parameters.get("retry_after") if isinstance(parameters, dict) else None,
        told.get("retry_after"),
        millis / 1000 if isinstance(millis, int) else None,
    )


def _seconds(value: object, date: str | None) -> float | None:
    text = str(value).strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text):
        return float(text)
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(date or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, wait.total_seconds())


def _unanswered(exchange: Exchange) -> Refusal:
    if exchange.left:
        return LOST
    what = "its encryption failed" if exchange.is_tls else "nobody answers there"
    return Refusal(meaning="later", cause=f"{what}; tried again later")


def _on_status(code: int) -> tuple[Meaning, str]:
    if code in (401, 403):
        return "never", f"HTTP {code}: the token or password is refused, or may not write there"
    if code in (404, 410):
        return "never", f"HTTP {code}: the channel or hook does not exist"
    if code < 300:
        return "later", "it answered, but took no message; tried again later"
    if code < 400:
        return "never", f"HTTP {code}: it sends us elsewhere; write the final address"
    if code < 500 and code not in _AGAIN:
        return "never", f"HTTP {code}: the message is refused"
    return "later", f"HTTP {code}: the service has a fault; tried again later"


def _json(body: str) -> dict[str, object]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _own(body: str, scheme: str) -> tuple[Meaning, str] | None:
    table = _OWN.get(scheme)
    if table is None:
        return None
    told = _json(body)
    if scheme == "slack":  # one word, in JSON or alone
        return table.get(str(told.get("error") or body.strip()))
    if scheme == "discord":
        return table.get(str(told.get("code")))
    said = str(told.get("description", "")).lower()
    return next((meant for part, meant in table.items() if part in said), None)


_NO_ENTRY = "the token is refused"
_CLOSED = "the channel or hook is gone, or closed to it"
_MESSAGE = "the message is refused"
_MARKUP = "the markup of the message is refused"


def _slack(meaning: Meaning, said: str, words: str) -> dict[str, tuple[Meaning, str]]:
    return {word: (meaning, f"{said} ({word})") for word in words.split()}


# Slack: docs.slack.dev, errors of chat.postMessage (HTTP 200!) and of incoming webhooks. It says
# of fatal_error and internal_error that "some aspect of the operation" may have succeeded.
# Telegram: descriptions as telegram-bot-api has them. Discord: JSON error codes of its reference.
_OWN: dict[str, dict[str, tuple[Meaning, str]]] = {
    "slack": (
        _slack(
            "never",
            _NO_ENTRY,
            "invalid_auth not_authed account_inactive token_revoked token_expired invalid_token "
            "no_permission missing_scope not_allowed_token_type access_denied ekm_access_denied "
            "enterprise_is_restricted two_factor_setup_required org_login_required no_active_hooks",
        )
        | _slack(
            "never",
            _CLOSED,
            "channel_not_found not_in_channel is_archived channel_is_archived no_service no_team "
            "team_disabled team_not_found user_not_found action_prohibited restricted_action "
            "posting_to_general_channel_denied restricted_action_read_only_channel "
            "restricted_action_non_threadable_channel invalid_channel messages_tab_disabled",
        )
        | _slack(
            "never",
            _MESSAGE,
            "msg_too_long no_text invalid_payload invalid_attachments too_many_attachments "
            "invalid_arguments invalid_json json_not_object invalid_charset invalid_post_type",
        )
        | _slack("never", _MARKUP, "invalid_blocks invalid_blocks_format")
        | _slack(
            "later",
            "it cannot take messages now",
            "service_unavailable request_timeout rollup_error message_limit_exceeded "
            "ratelimited rate_limited accesslimited team_added_to_org",
        )
        | _slack("unsure", "it failed in the middle", "fatal_error internal_error")
    ),
    "tgram": {
        "bot was blocked by the user": ("never", "the reader has blocked the bot"),
        "user is deactivated": ("never", "the reader's account is gone"),
        "bot can't initiate conversation": ("never", "the reader must write to the bot first"),
        "bot was kicked": ("never", "the bot was removed from the group"),
        "bot is not a member": ("never", "the bot is no member of the channel"),
        "not enough rights": ("never", "the bot may not write in this chat"),
        "no rights to send": ("never", "the bot may not write in this chat"),
        "chat_write_forbidden": ("never", "the bot may not write in this chat"),
        "upgraded to a supergroup": ("never", "the group has a new chat id: write it into the URL"),
        "chat not found": ("never", "there is no such chat, or the bot has never met it"),
        "message thread not found": ("never", "the group has no such topic"),
        "can't parse entities": ("never", _MARKUP),
        "message is too long": ("never", "the message is too long"),
        "message text is empty": ("never", "the message is empty"),
        "unauthorized": ("never", "the bot's token is refused"),
        "not found": ("never", "the bot's token is refused"),
    },
    "discord": {
        "10003": ("never", "the channel is gone"),
        "10015": ("never", "the hook is gone"),
        "50027": ("never", "the hook's token is refused"),
        "50006": ("never", "the message is empty"),
        "50035": ("never", "the message is refused, mostly because it is too long"),
        "50109": ("never", _MESSAGE),
        "40005": ("never", "the message is too large"),
        "220001": ("never", "a forum channel needs ?thread= in the URL"),
        "220003": ("never", "only a forum channel takes ?thread= in the URL"),
    },
}
