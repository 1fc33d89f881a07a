"""How does one download end in time, whatever the server sends as headers?"""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Request, Response
from twisted.web._newclient import ParseError

HEADERS_CAP_BYTES = 256 * 1024
IDLE_CONNECTION_S = 30  # 3,000 sources would else hold 3,000 sockets for four minutes each

stop_downloads = object()  # the signal that ends every download at once


class BoundedParser(_LenientHTTPClientParser):
    """Counts header bytes: Twisted bounds one line, not their number or their sum.

    Endless headers cost 30 MB a second without it. Answers of the 1xx kind count too.
    """

    def lineReceived(self, line: bytes) -> None:
        self.header_bytes = getattr(self, "header_bytes", 0) + len(line) + 2
        if self.header_bytes > HEADERS_CAP_BYTES:
            raise ParseError("headers without end", line[:80])  # type: ignore[no-untyped-call]
        super().lineReceived(line)


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that reads with BoundedParser and hangs up on what it cannot read."""

    def request(self, request: Any) -> Any:
        answer = super().request(request)
        self._parser.__class__ = BoundedParser
        return answer

    def _giveUp(self, reason: object) -> None:
        # loseConnection waits for the other side, who may go on sending until the time-out.
        transport: Any = self.transport
        transport.abortConnection()
        super()._giveUp(reason)  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds BoundedProtocol."""

    noisy = False

    def buildProtocol(self, addr: object) -> BoundedProtocol:
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler with bounded headers, and with a way to end all downloads at once."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
        self._pool.cachedConnectionTimeout = IDLE_CONNECTION_S
        self._running: set[asyncio.Task[Response]] = set()
        self._stopped = False
        crawler.signals.connect(self.stop, signal=stop_downloads)

    async def download_request(self, request: Request) -> Response:
        if self._stopped:
            raise DownloadCancelledError("stopping")
        task = asyncio.get_running_loop().create_task(super().download_request(request))
        self._running.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if self._stopped:  # Scrapy's engine waits for an Exception, not for a cancellation
                raise DownloadCancelledError("stopping") from None
            raise
        finally:
            self._running.discard(task)

    def stop(self) -> None:
        """End what runs and refuse what comes: a server that hangs must not hold our end."""
        self._stopped = True
        for task in self._running:
            task.cancel()
