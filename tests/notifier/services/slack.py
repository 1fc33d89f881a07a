"""Slack: an incoming webhook, and a bot's chat.postMessage.

Sources: docs.slack.dev "Sending messages using incoming webhooks" (errors as a word in plain text,
`ok` on success), "chat.postMessage" (errors as HTTP 200 with `ok: false`; text of at most 40,000
characters, 100 attachments), "Blocks" (50; a section holds 1 to 3,000 characters, a header 150),
"Rate limits" (one message a second and hook or channel; 429 with Retry-After in seconds).
"""

from __future__ import annotations

import math
from typing import Any

from tests.notifier.services.http import Answer, Post, Service

HOOK = "T0CANARY7/B0CANARY7/xgaz5nmqcanary7fbwfqkbf1"
TOKEN = "xoxb-1234567890-1234567890123-canary7canary7canary7"
CHANNEL = "#desk"


class Slack(Service):
    """Knows one hook, and one bot that is in one channel."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.hooks = {HOOK: ""}  # the word of its refusal, or nothing
        self.channels = {CHANNEL: ""}
        self.token_error = ""

    @property
    def webhook_url(self) -> str:
        """Of hooks, as Apprise begins them."""
        return f"{self.base}/services"

    @property
    def api_url(self) -> str:
        """Of the web API, as Apprise fills it in."""
        return f"{self.base}/api/{{}}"

    def judge(self, post: Post) -> Answer:
        if post.path == "/api/chat.postMessage":
            return self._bot(post)
        return self._hook(post)

    def too_many(self, wait_s: float) -> Answer:
        body = {"ok": False, "error": "ratelimited"}
        headers = {"Retry-After": str(math.ceil(wait_s))}
        return Answer(429, body, headers, refusal="429")

    def _hook(self, post: Post) -> Answer:
        name = post.path.removeprefix("/services/")
        if name not in self.hooks:
            return no(404, "no_service")
        if self.hooks[name]:
            word = self.hooks[name]
            return no(_HOOK_STATUS[word], word)
        told = post.told
        if told is None or "json" not in str(post.headers.get("Content-Type")):
            return no(400, "invalid_payload")
        text, wrong = _text_of(told)
        if wrong:
            return no(400, wrong)
        return Answer(200, "ok", accepted=(name, text))

    def _bot(self, post: Post) -> Answer:
        told = post.told or {}
        channel = str(told.get("channel", ""))
        text, wrong = _text_of(told)
        word = self._wrong_with_bot(post) or self.channels.get(channel, "channel_not_found")
        word = word or wrong
        if not word and len(text) > 40_000:
            word = "msg_too_long"
        if word:
            return Answer(200, {"ok": False, "error": word}, refusal=f"200 {word}")
        body = {"ok": True, "channel": "C0DESK", "ts": "1.0", "message": {"text": text}}
        return Answer(200, body, accepted=(channel, text))

    def _wrong_with_bot(self, post: Post) -> str:
        if not post.headers.get("Authorization"):
            return "not_authed"
        if post.headers["Authorization"] != f"Bearer {TOKEN}":
            return "invalid_auth"
        return self.token_error


def no(status: int, word: str) -> Answer:
    """A hook's refusal."""
    return Answer(status, word, refusal=f"{status} {word}")


_HOOK_STATUS = {
    "action_prohibited": 403,
    "invalid_token": 403,
    "channel_not_found": 404,
    "channel_is_archived": 410,
    "rollup_error": 500,
}


def _text_of(told: dict[str, Any]) -> tuple[str, str]:
    """What people see, and the word of what is wrong with it."""
    attachments, blocks = told.get("attachments") or [], told.get("blocks") or []
    if len(attachments) > 100:
        return "", "too_many_attachments"
    texts = [str(told.get("text") or "")]
    for attachment in attachments:
        texts += [str(attachment.get("title") or ""), str(attachment.get("text") or "")]
        blocks = blocks + (attachment.get("blocks") or [])
    if len(blocks) > 50 or not all(_is_block(block) for block in blocks):
        return "", "invalid_blocks"
    texts += [_text_of_block(block) for block in blocks]
    whole = "\n".join(text for text in texts if text)
    return whole, "" if whole.strip() else "no_text"


def _text_of_block(block: dict[str, Any]) -> str:
    text = block.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def _is_block(block: dict[str, Any]) -> bool:
    kind, text = block.get("type"), block.get("text") or {}
    if kind == "context":
        return 0 < len(block.get("elements") or []) <= 10
    if kind == "divider":
        return True
    if kind == "header" and (text.get("type") != "plain_text" or len(str(text.get("text"))) > 150):
        return False
    is_text = (
        text.get("type") in ("plain_text", "mrkdwn") and 0 < len(str(text.get("text"))) <= 3000
    )
    return kind in ("section", "header") and is_text
