"""How does a message keep its paragraphs on Apprise's way to Telegram?

Its own Markdown refuses a message for one unescaped full stop; its HTML has three signs. But of
two breaks in a row, written as <br/> or meant by two paragraphs, Apprise's reducer (2.3) loses
one: it strips the blanks before a break, and takes the break before it for one of them.
"""

from __future__ import annotations

import re
from html import escape

from apprise import NotifyFormat
from apprise.conversion import markdown_to_html
from apprise.plugins import NotifyBase

from notifier.model import Message

_IN_QUOTE = re.compile(r"(?<=<blockquote>)\n<p>|</p>\n(?=</blockquote>)")
_BETWEEN_BLOCKS = re.compile(r"(</(?:p|ul|ol|blockquote)>)\n(?=<[a-z])")
# Breaks within a text are kept, and a text is also what stands in a tag that is dropped.
_EMPTY_LINE = "<span>\n\n</span>"


def url_for_html(url: str) -> str:
    """`url`, asking for HTML where it asks for nothing."""
    if not url.lower().startswith("tgram://") or "format=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}format=html"


def html_of(message: Message, *, is_markdown: bool) -> str:
    """`message` as HTML out of which Apprise makes Telegram's."""
    if not is_markdown:
        return escape(message.text, quote=False)
    html = _IN_QUOTE.sub("", markdown_to_html(message.markdown))
    return _BETWEEN_BLOCKS.sub(rf"\1{_EMPTY_LINE}", html)


def without_markup(service: NotifyBase) -> None:
    """Let `service` send its text as it stands: the plugin always names a markup, here none."""
    plain = {
        "notify_format": NotifyFormat.MARKDOWN,
        "markdown_ver": "",
        "dialect_convert": lambda body, *_, **__: body,
    }
    for name, value in plain.items():
        setattr(service, name, value)
