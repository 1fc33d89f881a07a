"""Slack, Telegram and Discord together on loopback, and Apprise's plugins led to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram

from tests.notifier.services import discord, slack, telegram
from tests.notifier.services.discord import Discord
from tests.notifier.services.http import Service, running
from tests.notifier.services.slack import Slack
from tests.notifier.services.telegram import Telegram

SLACK_HOOK = f"slack://{slack.HOOK}/?footer=no&image=no"
SLACK_BOT = f"slack://{slack.TOKEN}/{slack.CHANNEL.replace('#', '%23')}/?footer=no&image=no"
TELEGRAM = f"tgram://{telegram.TOKEN}/{telegram.CHAT}/"
TELEGRAM_GROUP = f"tgram://{telegram.TOKEN}/{telegram.GROUP}/"
DISCORD = f"discord://{discord.ID}/{discord.TOKEN}/"


@dataclass(frozen=True)
class Street:
    """The services at their real Apprise URLs, which are the constants above."""

    slack: Slack
    telegram: Telegram
    discord: Discord

    @property
    def services(self) -> tuple[Service, ...]:
        return (self.slack, self.telegram, self.discord)


@contextmanager
def open_street(
    patch: pytest.MonkeyPatch, clock: Callable[[], float] = time.monotonic
) -> Iterator[Street]:
    """The services, answering until the block ends; `clock`, in seconds, rules their limits.

    Only the addresses that Apprise's plugins hold as class attributes are changed.
    """
    with (
        running(Slack(clock=clock)) as on_slack,
        running(Telegram(clock=clock)) as on_telegram,
        running(Discord(clock=clock)) as on_discord,
    ):
        patch.setattr(NotifySlack, "webhook_url", on_slack.webhook_url)
        patch.setattr(NotifySlack, "api_url", on_slack.api_url)
        patch.setattr(NotifyTelegram, "notify_url", on_telegram.notify_url)
        patch.setattr(NotifyDiscord, "notify_url", on_discord.notify_url)
        yield Street(slack=on_slack, telegram=on_telegram, discord=on_discord)
