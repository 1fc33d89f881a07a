"""Discord: executing a webhook.

Sources: docs.discord.com "Webhook" (content of at most 2,000 characters, 10 embeds, a username of
80 without "discord"; 204, or 200 with `wait=true`), "Message", "Embed limits", "Opcodes and status
codes" (10015, 50006, 50027, 50035), "Rate limits" (429 with `retry_after` in seconds in the body,
Retry-After and X-RateLimit-* as headers).
"""

from __future__ import annotations

import math
import time
from typing import Any

from tests.notifier.services.http import Answer, Post, Service

ID = "112233445566778899"
TOKEN = "canary7canary7canary7canary7canary7canary7canary7canary7canary7-_123"


class Discord(Service):
    """Knows one webhook."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.hooks = {ID: TOKEN}

    @property
    def notify_url(self) -> str:
        """As Apprise begins it."""
        return f"{self.base}/api/webhooks"

    def judge(self, post: Post) -> Answer:
        hook, _, token = post.path.removeprefix("/api/webhooks/").partition("/")
        if hook not in self.hooks:
            return no(404, 10015, "Unknown Webhook")
        if self.hooks[hook] != token:
            return no(401, 50027, "Invalid Webhook Token")
        told = post.told
        if told is None:
            return no(400, 50109, "The request body contains invalid JSON.")
        content, embeds = str(told.get("content") or ""), told.get("embeds") or []
        wrong = _wrong_with(told, content, embeds)
        if wrong:
            return no(400, 50035, "Invalid Form Body", errors=wrong)
        texts = [content, *(text for each in embeds for _, text, _ in _texts_of(each))]
        if not any(text.strip() for text in texts):
            return no(400, 50006, "Cannot send an empty message")
        whole = "\n".join(text for text in texts if text)
        status = 200 if "wait=true" in post.query else 204
        return Answer(status, {"id": "1"}, accepted=(hook, whole))

    def too_many(self, wait_s: float) -> Answer:
        body = {
            "message": "You are being rate limited.",
            "retry_after": round(wait_s, 3),
            "global": False,
        }
        headers = {
            "Retry-After": str(math.ceil(wait_s)),
            "X-RateLimit-Limit": "5",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(int(time.time()) + math.ceil(wait_s)),
            "X-RateLimit-Reset-After": str(round(wait_s, 3)),
            "X-RateLimit-Scope": "user",
        }
        return Answer(429, body, headers, refusal="429")


def no(status: int, code: int, message: str, **more: Any) -> Answer:
    """Its refusal."""
    return Answer(status, {"message": message, "code": code, **more}, refusal=f"{status} {code}")


def _texts_of(embed: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Each text of an embed with its place and its limit."""
    fields = embed.get("fields") or []
    return [
        ("title", str(embed.get("title") or ""), 256),
        ("description", str(embed.get("description") or ""), 4096),
        *((f"fields.{n}.name", str(each.get("name") or ""), 256) for n, each in enumerate(fields)),
        *(
            (f"fields.{n}.value", str(each.get("value") or ""), 1024)
            for n, each in enumerate(fields)
        ),
        ("footer.text", str((embed.get("footer") or {}).get("text") or ""), 2048),
        ("author.name", str((embed.get("author") or {}).get("name") or ""), 256),
    ]


def _wrong_with(
    told: dict[str, Any], content: str, embeds: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """Where the form is not filled in as it asks, in its own words; None if it is."""
    username = str(told.get("username") or "Rasid")
    if len(username) > 80 or "discord" in username.lower() or "clyde" in username.lower():
        return _error("username", "USERNAME_INVALID_CONTAINS", "Username is not allowed")
    if len(content) > 2000:
        return _error("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    if len(embeds) > 10:
        return _error("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    for number, embed in enumerate(embeds):
        if len(embed.get("fields") or []) > 25:
            place = f"embeds.{number}.fields"
            return _error(place, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
        for where, text, limit in _texts_of(embed):
            place = f"embeds.{number}.{where}"
            if len(text) > limit:
                said = f"Must be {limit} or fewer in length."
                return _error(place, "BASE_TYPE_MAX_LENGTH", said)
            if where.startswith("fields.") and not text.strip():
                return _error(place, "BASE_TYPE_REQUIRED", "This field is required")
    if sum(len(text) for each in embeds for _, text, _ in _texts_of(each)) > 6000:
        said = "Embed size exceeds maximum size of 6000"
        return _error("embeds", "MAX_EMBED_SIZE_EXCEEDED", said)
    return None


def _error(place: str, code: str, message: str) -> dict[str, Any]:
    told: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for name in reversed(place.split(".")):
        told = {name: told}
    return told
