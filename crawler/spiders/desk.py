"""What do all parts of the crawl share, and keep when the crawl is renewed?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.spiders.guard.address import Endpoint, Passport
from crawler.spiders.guard.body import BODY_CAP_BYTES


@dataclass(eq=False, slots=True, kw_only=True)
class Ask:
    """One request that somebody waits for; `answer` gets the Response or a FetchError."""

    url: str
    headers: dict[str, str]
    passport: Passport
    answer: asyncio.Future[Response]
    most_bytes: int = BODY_CAP_BYTES  # as sent and as unpacked


@dataclass(eq=False, slots=True, kw_only=True)
class Desk:
    """Clock, rests and inner endpoints: all that must outlive one crawl."""

    now: Callable[[], datetime]
    inner: set[Endpoint] = field(default_factory=set)  # of private sources asked so far
    rests: dict[str, datetime] = field(default_factory=dict)  # host -> not before, UTC

    def rest_of(self, host: str) -> datetime | None:
        """Until when `host` asked to be left alone; None if it may be asked now."""
        until = self.rests.get(host)
        if until is not None and until <= self.now():
            del self.rests[host]
            return None
        return until

    def rest(self, host: str, until: datetime) -> None:
        """Leave `host` alone until then; the later of two wishes holds."""
        self.rests[host] = max(until, self.rests.get(host, until))


def desk_of(crawler: Crawler) -> Desk:
    """The desk that the spider of `crawler` was given."""
    return cast(Desk, cast(Any, crawler.spider).desk)


def slot_of(url: str, passport: Passport) -> str:
    """The name under which requests take turns: the host, on an inner network with its port."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    return f"{host}:{parts.port}" if passport.own and parts.port else host
