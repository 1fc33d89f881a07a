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
# Slack: "1 per second" a webhook or channel, docs.slack.dev "Rate limits".
# Telegram: "avoid sending more than one message per second" in a chat, "not more than 20 messages
# per minute" in a group, core.telegram.org/bots/faq; channels are held to the same.
# Discord: "should not be hard coded", docs.discord.com "Rate limits"; 5 in 2 s and 30 a minute for
# one webhook is what its own people said (discord-api-docs #367).
# ntfy: 60 at once, then one in 5 s, docs.ntfy.sh "Limitations".
# Microsoft Teams: 4 a second for one hook, learn.microsoft.com "Rate limiting for connectors".
# Mail: no standard; a burst beyond this is what servers put on grey lists.
_LIMITS: dict[str, tuple[Limit, ...]] = {
    "slack": (Limit(count=1, seconds=1),),
    "tgram": (Limit(count=1, seconds=1),),
    "tgram group": (Limit(count=1, seconds=1), Limit(count=20, seconds=60)),
    "discord": (Limit(count=5, seconds=2), Limit(count=30, seconds=60)),
    "ntfy": (Limit(count=60, seconds=300),),
    "ntfys": (Limit(count=60, seconds=300),),
    "msteams": (Limit(count=4, seconds=1),),
    "workflows": (Limit(count=4, seconds=1),),
    "mailto": (Limit(count=30, seconds=60),),
    "mailtos": (Limit(count=30, seconds=60),),
}
LONGEST = timedelta(seconds=300)  # of all spans above


def limits_of(target: Target) -> tuple[Limit, ...]:
    """The limits of the service of `target`."""
    if target.scheme == "tgram" and _is_group(target.url):
        return _LIMITS["tgram group"]
    return _LIMITS.get(target.scheme, ())


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
