"""How does Scrapy get its requests, and who hears the answers?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter

from config.errors import FetchError
from crawler.spiders.desk import Ask, Desk
from crawler.spiders.failure import fetch_error_of, subject_of
from crawler.spiders.guard.address import endpoint_of
from crawler.spiders.guard.gate import PASSPORT, refused


class NewsSpider(Spider):
    """The one spider. Its start never ends: it turns each Ask from the queue into a request."""

    name = "news"

    def __init__(self, *, asks: asyncio.Queue[Ask], desk: Desk, opened: asyncio.Event) -> None:
        super().__init__()
        self.asks = asks
        self.desk = desk
        self.opened = opened

    async def start(self) -> AsyncIterator[Request]:
        self.opened.set()
        while True:
            ask = await self.asks.get()
            if ask.answer.done():
                continue
            try:
                request = self._request_for(ask)
            except ValueError:  # an exception here would end the whole crawl
                settle(ask, refused(ask.url, "the address is not valid"))
                continue
            yield request

    def _request_for(self, ask: Ask) -> Request:
        return Request(
            ask.url,
            headers=ask.headers,
            callback=self.answered,
            errback=self.failed,
            cb_kwargs={"ask": ask},
            meta={PASSPORT: ask.passport, "download_maxsize": ask.most_bytes},
        )

    def answered(self, response: Response, ask: Ask) -> None:
        settle(ask, response)

    def failed(self, failure: Any) -> None:
        ask: Ask = failure.request.cb_kwargs["ask"]
        endpoint = endpoint_of(failure.request.url)
        host = endpoint.host if endpoint else "The host"
        settle(ask, fetch_error_of(failure.value, host=host, subject=subject_of(ask.url)))


def settle(ask: Ask, result: Response | FetchError) -> None:
    """Give `ask` its answer, unless whoever asked has gone away."""
    if ask.answer.done():
        return
    if isinstance(result, FetchError):
        ask.answer.set_exception(result)
    else:
        ask.answer.set_result(result)


class Silent(LogFormatter):
    """Says nothing of single downloads: the daemon writes one line for each Look."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> Any:
        return None
