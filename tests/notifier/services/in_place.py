"""Services where a message of a known id takes the place of the one before it.

home-assistant.io/integrations/persistent_notification: a notification of the same
`notification_id` is overwritten. bark.day.app: one of the same `id` is updated.
"""

from __future__ import annotations

from typing import Any

from tests.notifier.services.http import Answer, Post, Service


class InPlace(Service):
    """What stands on its screen, by id; a message without an id is a new one."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.shown: dict[str, str] = {}

    def judge(self, post: Post) -> Answer:
        told = post.told or {}
        key, text = ("notification_id", "message") if "api" in post.path else ("id", "body")
        id = told.get(key, f"new {len(self.shown)}")
        self.shown[id] = told[text]
        return Answer(200, {"code": 200}, accepted=(post.path, told[text]))
