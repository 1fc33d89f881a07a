"""Telegram: a bot's sendMessage.

Source: core.telegram.org/bots/api, "Making requests" (`ok`, `error_code`, `description`),
"ResponseParameters" (`retry_after`, in seconds), "Formatting options", and "sendMessage" (1 to
4,096 characters after entities parsing); descriptions as the open server telegram-bot-api has them.
"""

from __future__ import annotations

import html
import math
import re
from typing import Any

from tests.notifier.services.http import Answer, Post, Service

TOKEN = "123456789:AAcanary7canary7canary7canary7canar"
CHAT = "987654321"
GROUP = "-1001234567890"
_TAGS = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler"),
    *("a", "code", "pre", "blockquote", "tg-emoji"),
}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)?((?:\s[^<>]*)?)>?")
# "All numerical HTML entities are supported", and of the named ones these four.
_ENTITY = re.compile(r"&(#[0-9]+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")
_RESERVED = "_*[]()~`>#+-=|{}.!"


class Telegram(Service):
    """Knows one bot, one person and one group."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.chats = {CHAT: "", GROUP: ""}  # the description of its refusal, or nothing

    @property
    def notify_url(self) -> str:
        """As Apprise begins it."""
        return f"{self.base}/bot"

    def judge(self, post: Post) -> Answer:
        if post.path != f"/bot{TOKEN}/sendMessage":
            return no(401, "Unauthorized")
        told = post.told or {}
        chat, text = str(told.get("chat_id") or ""), str(told.get("text") or "")
        if not chat:
            return no(400, "Bad Request: chat_id is empty")
        if chat not in self.chats:
            return no(400, "Bad Request: chat not found")
        if self.chats[chat]:
            said = self.chats[chat]
            return no(403 if said.startswith("Forbidden") else 400, said)
        mode = str(told.get("parse_mode") or "").lower()  # it reads any case
        if mode not in _PARSERS:
            return no(400, "Bad Request: unsupported parse_mode")
        shown, wrong = _PARSERS[mode](text)
        if wrong:
            return no(400, f"Bad Request: can't parse entities: {wrong}", "can't parse entities")
        if not shown.strip():
            return no(400, "Bad Request: message text is empty")
        if len(shown.encode("utf-16-le")) // 2 > 4096:
            return no(400, "Bad Request: message is too long")
        return Answer(200, {"ok": True, "result": {"message_id": 1}}, accepted=(chat, shown))

    def too_many(self, wait_s: float) -> Answer:
        wait = math.ceil(wait_s)
        body = {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {wait}",
            "parameters": {"retry_after": wait},
        }
        return Answer(429, body, refusal="429")


def no(code: int, description: str, name: str = "") -> Answer:
    """Its refusal."""
    body = {"ok": False, "error_code": code, "description": description}
    return Answer(code, body, refusal=f"{code} {name or description}")


def _plain(text: str) -> tuple[str, str]:
    return text, ""


def _html(text: str) -> tuple[str, str]:
    """What people see, and what is wrong with the markup."""
    open_tags: list[str] = []
    for match in _TAG.finditer(text):
        at = len(text[: match.start()].encode())
        closing, name, more = match[1], (match[2] or "").lower(), match[3]
        is_known = name in _TAGS and (name != "span" or closing or 'class="tg-spoiler"' in more)
        if not match[0].endswith(">") or not is_known:
            side = "end" if closing else "start"
            return text, f'Unsupported {side} tag "{name}" at byte offset {at}'
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return text, f"Unmatched end tag at byte offset {at}"
    if open_tags:
        return text, f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"'
    return _ENTITY.sub(lambda match: html.unescape(match[0]), _TAG.sub("", text)), ""


def _markdown(text: str) -> tuple[str, str]:
    """The old one: no mark within another, and a backslash only before the four that open one."""
    shown, at = "", 0
    while at < len(text):
        letter, rest = text[at], text[at + 1 :]
        if letter == "\\" and rest[:1] in {"_", "*", "`", "["}:
            shown, at = shown + rest[0], at + 2
        elif letter not in "_*`[":
            shown, at = shown + letter, at + 1
        else:
            mark = "```" if text.startswith("```", at) else "]" if letter == "[" else letter
            begin = at + (len(mark) if mark != "]" else 1)
            end = text.find(mark, begin)
            if end < 0:
                offset = len(text[:at].encode())
                return text, f"Can't find end of the entity starting at byte offset {offset}"
            shown, at = shown + text[begin:end], end + len(mark)
            if mark == "]" and text.startswith("(", at) and ")" in text[at:]:
                at = text.index(")", at) + 1
    return shown, ""


def _markdown_2(text: str) -> tuple[str, str]:
    quoted = re.sub(r"(?m)^>", "", text)  # at the beginning of a line it is a quotation
    bare = re.sub(
        r"\\.|\[(?:\\.|[^\]\\])*\]\((?:\\.|[^)\\])*\)|(\*|__|_|~|\|\||```|`)(?=\S)(.+?)\1",
        "",
        quoted,
    )
    wrong = next((letter for letter in bare if letter in _RESERVED), None)
    said = f"Character '{wrong}' is reserved and must be escaped with the preceding '\\'"
    return re.sub(r"\\(.)", r"\1", text), said if wrong else ""


_PARSERS = {"": _plain, "html": _html, "markdown": _markdown, "markdownv2": _markdown_2}
