"""How many messages may one target get, and in which time?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from config.model import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many messages in any span of so many seconds."""

    count: int
    seconds: float


# The one table. Services that are not in it are not slowed down, only their 429 is obeyed.
#
# Slack: "no more than one message per second" to a hook or channel: api.slack.com/docs/rate-limits.
# Telegram: in one chat "avoid sending more than one message per second", "not [...] more than 20
# messages per minute to the same group", and of one bot to all its chats "not [...] more than 30
# messages per second": core.telegram.org/bots/faq, "My bot is hitting limits". Channels are held to
# the same as groups, as its support told
# github.com/python-telegram-bot/python-telegram-bot/wiki/Avoiding-flood-limits.
# Discord: "should not be hard coded" (docs.discord.com, Rate Limits); 5 in 2 s of a webhook and 30
# a minute of its channel, as its people said: github.com/discord/discord-api-docs/issues/367.
# ntfy: "60 requests per visitor at once", then "one request per 5 seconds", of all topics together:
# docs.ntfy.sh/publish/#limitations.
# Teams: more than four requests in a second are throttled: learn.microsoft.com, "Create an Incoming
# Webhook". Of Workflows no number is published; theirs end in the same channels.
# Google Chat: 60 writes a minute in one space: developers.google.com/workspace/chat/limits.
# Mail: no standard. Exchange Online takes 30 a minute of one sender and refuses more:
# learn.microsoft.com, "Exchange Online limits", Sending limits.
_LIMITS: dict[str, tuple[Limit, ...]] = {
    "slack": (Limit(count=1, seconds=1),),
    "tgram": (Limit(count=1, seconds=1),),
    "tgram group": (Limit(count=1, seconds=1), Limit(count=20, seconds=60)),
    "tgram bot": (Limit(count=30, seconds=1),),
    "discord": (Limit(count=5, seconds=2), Limit(count=30, seconds=60)),
    "ntfy": (Limit(count=60, seconds=300),),
    "ntfys": (Limit(count=60, seconds=300),),
    "msteams": (Limit(count=4, seconds=1),),
    "workflows": (Limit(count=4, seconds=1),),
    "gchat": (Limit(count=60, seconds=60),),
    "mailto": (Limit(count=30, seconds=60),),
    "mailtos": (Limit(count=30, seconds=60),),
}
LONGEST = timedelta(seconds=300)  # of all spans above


def limits_of(target: Target) -> tuple[Limit, ...]:
    """The limits of the service of `target`."""
    if target.scheme == "tgram" and _is_group(target.url):
        return _LIMITS["tgram group"]
    return _LIMITS.get(target.scheme, ())


def place_of(target: Target) -> str:
    """What its service counts the messages to `target` by; equal for targets that share a limit.

    Holds secrets: for comparing only. Two languages in one channel are two targets, one place.
    """
    parts = urlsplit(target.url.strip())
    if target.scheme in ("ntfy", "ntfys"):
        return f"ntfy://{parts.hostname}"
    return f"{target.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def counters_of(target: Target) -> tuple[tuple[str, tuple[Limit, ...]], ...]:
    """What its service counts a message to `target` by, the place first, each with its limits.

    A bot of Telegram is counted apart from each of its chats, and so is what it sends to all.
    """
    place = (place_of(target), limits_of(target))
    if target.scheme != "tgram":
        return (place,)
    return place, (f"tgram://{urlsplit(target.url.strip()).netloc}", _LIMITS["tgram bot"])


def free_at(limits: Sequence[Limit], sent: Sequence[datetime], now: datetime) -> datetime:
    """When the next message may go: `now`, or later.

    `sent`: instants of the last sends, oldest first. Any span counts, not only full minutes, and
    nothing is saved up: a bucket that fills while nobody sends would allow twice the number at
    the turn of two spans.
    """
    waits = [now]
    for limit in limits:
        span = timedelta(seconds=limit.seconds)
        within = [at for at in sent if now - span < at <= now]
        if len(within) >= limit.count:
            waits.append(within[-limit.count] + span)
    return max(waits)


def _is_group(url: str) -> bool:
    """Groups and channels have negative numbers, or names."""
    chats = [unquote(part) for part in urlsplit(url).path.split("/") if part]
    return any(chat.startswith(("-", "@")) for chat in chats)
