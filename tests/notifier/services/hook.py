"""The owner's own receiver of signed webhooks, as standardwebhooks.com asks it to behave.

It checks the signature and the time, answers 2xx once it has kept the message, drops doubles by
`webhook-id`, and says 410 when it wants no more.
"""

from __future__ import annotations

import base64
import hmac
import json
import time
from typing import Any

from tests.notifier.services.http import Answer, Post, Service

KEY = "whsec_" + base64.b64encode(b"canary7canary7canary7canary7").decode()


class Hook(Service):
    """Takes any path; `says` answers in place of the check."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.says: Answer | None = None
        self.seen: dict[str, dict[str, Any]] = {}  # by id
        self.posts: list[Post] = []

    def url(self, path: str = "/in/canary7path") -> str:
        return self.base + path

    def judge(self, post: Post) -> Answer:
        self.posts.append(post)
        if self.says is not None:
            return self.says
        id, at = post.headers["webhook-id"], post.headers["webhook-timestamp"]
        signed = f"{id}.{at}.".encode() + post.raw
        key = base64.b64decode(KEY.removeprefix("whsec_"))
        made = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
        if post.headers["webhook-signature"] != f"v1,{made}":
            return Answer(401, "signature", refusal="401")
        if abs(time.time() - int(at)) > 300:
            return Answer(400, "too old", refusal="400")
        if id in self.seen:
            return Answer(200, "had it")
        self.seen[id] = json.loads(post.raw)
        return Answer(200, accepted=(post.path, self.seen[id]["data"]["text"]))

    def too_many(self, wait_s: float) -> Answer:
        return Answer(429, "", {"Retry-After": str(int(wait_s) + 1)}, refusal="429")
