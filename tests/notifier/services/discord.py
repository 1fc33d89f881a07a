"""Discord: executing a webhook.

Sources: docs.discord.com "Webhook" (content of at most 2,000 characters; 204, or 200 with
`wait=true`), "Opcodes and status codes" (10015, 50006, 50027, 50035), "Rate limits" (429 with
`retry_after` in seconds in the body, Retry-After and X-RateLimit-* as headers).
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
            return _no(404, 10015, "Unknown Webhook")
        if self.hooks[hook] != token:
            return _no(401, 50027, "Invalid Webhook Token")
        told = post.told
        if told is None:
            return _no(400, 50109, "The request body contains invalid JSON.")
        content, embeds = str(told.get("content") or ""), told.get("embeds") or []
        texts = [content, *(str(each.get("description") or "") for each in embeds)]
        if not any(text.strip() for text in texts):
            return _no(400, 50006, "Cannot send an empty message")
        if len(content) > 2000 or len(embeds) > 10 or any(len(text) > 4096 for text in texts):
            errors = [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer"}]
            return _no(400, 50035, "Invalid Form Body", errors={"content": {"_errors": errors}})
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


def _no(status: int, code: int, message: str, **more: Any) -> Answer:
    return Answer(status, {"message": message, "code": code, **more}, refusal=f"{status} {code}")
