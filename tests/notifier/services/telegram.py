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
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)?([^<>]*)>?")
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
            return _no(401, "Unauthorized")
        told = post.told or {}
        chat, text = str(told.get("chat_id", "")), str(told.get("text", ""))
        if chat not in self.chats:
            return _no(400, "Bad Request: chat not found")
        if self.chats[chat]:
            said = self.chats[chat]
            return _no(403 if said.startswith("Forbidden") else 400, said)
        shown, wrong = _parsed(text, str(told.get("parse_mode", "")))
        if wrong:
            return _no(400, f"Bad Request: can't parse entities: {wrong}", "can't parse entities")
        if not shown.strip():
            return _no(400, "Bad Request: message text is empty")
        if len(shown.encode("utf-16-le")) // 2 > 4096:
            return _no(400, "Bad Request: message is too long")
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


def _no(code: int, description: str, name: str = "") -> Answer:
    body = {"ok": False, "error_code": code, "description": description}
    return Answer(code, body, refusal=f"{code} {name or description}")


def _parsed(text: str, mode: str) -> tuple[str, str]:
    """What people see, and what is wrong with the markup."""
    if mode == "HTML":
        return _html(text)
    if mode == "MarkdownV2":
        return _markdown_2(text)
    if mode == "Markdown":
        wrong = next((mark for mark in "*_`" if text.count(mark) % 2), None)
        said = f"Can't find end of the entity starting at byte offset {text.find(wrong or '')}"
        return text, said if wrong else ""
    return text, ""


def _html(text: str) -> tuple[str, str]:
    open_tags: list[str] = []
    for match in _TAG.finditer(text):
        at = len(text[: match.start()].encode())
        closing, name = match[1], (match[2] or "").lower()
        if not match[0].endswith(">") or name not in _TAGS:
            side = "end" if closing else "start"
            return text, f'Unsupported {side} tag "{name}" at byte offset {at}'
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return text, f"Unmatched end tag at byte offset {at}"
    if open_tags:
        return text, f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"'
    return html.unescape(_TAG.sub("", text)), ""


def _markdown_2(text: str) -> tuple[str, str]:
    bare = re.sub(r"\\.|\[[^\]]*\]\([^)]*\)|(\*|__|_|~|\|\||```|`)(?=\S)(.+?)\1", "", text)
    wrong = next((letter for letter in bare if letter in _RESERVED), None)
    said = f"Character '{wrong}' is reserved and must be escaped with the preceding '\\'"
    return re.sub(r"\\(.)", r"\1", text), said if wrong else ""
