"""How does a message look in mail? Plain HTML that runs in its language's direction.

Without `dir` a mail program lays Arabic out from left to right and turns lines with figures
round. Direction and language stand on every paragraph: some clients drop them further out.
"""

from __future__ import annotations

from html import escape

from notifier.model import Message
from notifier.words import words_of

_LINK = '<a href="{0}">{0}</a>'
_STYLE = "margin:0 0 1em;line-height:1.6;text-align:{side}"


def as_html(message: Message, language: str) -> str:
    """The text of `message` as HTML: one paragraph a block, its closing link a link."""
    direction, side = ("rtl", "right") if words_of(language).right_to_left else ("ltr", "left")
    opening = f'<p lang="{language}" dir="{direction}" style="{_STYLE.format(side=side)}">'
    blocks = [_lines(block) for block in message.text.split("\n\n")]
    blocks[0] = f"<b>{blocks[0]}</b>"
    return "\n".join(f"{opening}{block}</p>" for block in blocks)


def _lines(block: str) -> str:
    return "<br/>\n".join(_line(line) for line in block.split("\n"))


def _line(line: str) -> str:
    safe = escape(line)
    # Only our own link stands alone on a line: strangers' addresses are not live any more.
    return _LINK.format(safe) if line.startswith(("http://", "https://")) else safe
