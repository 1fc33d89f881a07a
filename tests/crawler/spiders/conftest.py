"""A crawl for tests: no delay, short time-outs, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from config.model import Settings, Source
from crawler.spiders.crawl import Crawl


class Watch:
    """A clock that stands still until the test moves it."""

    def __init__(self) -> None:
        self.at = datetime(2025, 1, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def settings() -> Settings:
    return Settings(
        delay_s=Decimal(0), download_timeout_s=1, user_agent_contact="https://rasid.test/bot"
    )


@pytest.fixture
async def crawl(settings: Settings, watch: Watch) -> AsyncIterator[Crawl]:
    crawl = Crawl(settings, now=watch)
    await crawl.start()
    yield crawl
    await crawl.stop()


@pytest.fixture
def source_at() -> Callable[..., Source]:
    """A Source at an address; private unless said otherwise, since tests live on loopback."""

    def build(url: str, **fields: Any) -> Source:
        return Source.model_validate(
            {"id": "gazette", "name": "Gazette", "url": url, "kind": "feed", "private": True}
            | fields
        )

    return build
