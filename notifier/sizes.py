"""How long may a message be at a service, and what goes first when it is too long?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from config.model import Target


class Size(IntEnum):
    """The three sizes of a message, in characters."""

    FULL = 30_000  # mail, Slack, web hooks
    CHAT = 1_900  # Discord takes 2,000
    # Teams takes 1,000, Pushover 1,024. ntfy makes a file of what has more than 8,000 bytes as
    # JSON, where each Arabic letter has six.
    SHORT = 900


# By the scheme of the Apprise URL, from the limits that Apprise 2.3 states; else CHAT.
_FULL = """
    apprise apprises azure brevo form forms gotify gotifys json jsons mailersend mailgun mailto
    mailtos nctalk nctalks o365 postmark resend sendgrid sendpulse ses slack smtp2go sparkpost
    xml xmls
"""
_SHORT = """
    46elks aprs atalk awswhatsapp bluesky bsky bulksms bulkvs burstsms clickatell clicksend cm
    d7sms dapnet eight00com elks enigma2 enigma2s fcm freemobile groupme httpsms infobip instagram
    irc ircs join kakao kakaotalk kavenegar kudosity kumulos mastodon mastodons misskey misskeys
    msg91 msgbird nexmo notifico notificos notifyre ntfy ntfys octopush pagerduty plivo pover push
    pushed ringc rocket rockets ryver serwersms seven sfr sinch smsc smseagle smseagles smsmanager
    smsmgr smstunnel sns splunk strmlabs telesign telnyx toot toots trigv trigvs tweet twilio
    twist twitter victorops voipms vonage whatsapp workflow workflows x
"""
# Slack's Block Kit takes 3,000 in a section, where & counts as the five of &amp;.
_IN_BLOCKS = re.compile(r"[?&]blocks=(?!0|n|f|off)")
_SIZES = dict.fromkeys(_FULL.split(), Size.FULL) | dict.fromkeys(_SHORT.split(), Size.SHORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that stand or fall together, never cut in the middle."""

    text: str
    markdown: str
    goes: int = 0  # the highest goes first; 0 stays
    joins: bool = False  # follows the block before it without an empty line
    instead: Block | None = None  # a shorter form to try before it goes


def size_of(target: Target) -> Size:
    """How much `target`'s service takes, by the scheme of its URL."""
    scheme, _, rest = target.url.strip().lower().partition("://")
    if scheme == "slack" and _IN_BLOCKS.search(rest):
        return Size.CHAT
    return _SIZES.get(scheme, Size.CHAT)


def fit(blocks: Sequence[Block], limit: int) -> tuple[Block, ...]:
    """`blocks` within `limit` characters, as text and as Markdown, by leaving whole ones out."""
    kept = list(blocks)
    while _length(kept) > limit:
        last = max(kept, key=lambda block: block.goes)
        if not last.goes:
            break  # only title, key and link are left, and these are bounded
        place = kept.index(last)
        kept[place : place + 1] = [last.instead] if last.instead else []
    return tuple(kept)


def _length(blocks: Sequence[Block]) -> int:
    return max(len(as_text(blocks)), len(as_markdown(blocks)))


def as_text(blocks: Sequence[Block]) -> str:
    return _joined(blocks, [block.text for block in blocks])


def as_markdown(blocks: Sequence[Block]) -> str:
    return _joined(blocks, [block.markdown for block in blocks])


def _joined(blocks: Sequence[Block], parts: Sequence[str]) -> str:
    whole = ""
    for block, part in zip(blocks, parts, strict=True):
        gap = ("\n" if block.joins else "\n\n") if whole else ""
        whole += gap + part
    return whole
