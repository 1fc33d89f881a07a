"""Which addresses does a socket get to see behind a name?"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

from crawler.spiders.guard.address import Endpoint, is_public, parse_ip

LookUp = Callable[[str], Sequence[str]]  # a name -> its addresses; blocks, raises OSError
THREADS = 16


def look_up(host: str) -> tuple[str, ...]:
    """Ask the system for the addresses of `host`."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name
        self.task: asyncio.Task[None] | None = None

    def cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Drops every address that is not public, in the very look-up the socket uses.

    So there is no gap between check and use, and a name that changes its address gains
    nothing. Keeps no cache: Scrapy's has no end, and would never notice that a site moved.
    """

    def __init__(
        self,
        *,
        is_inner: Callable[[Endpoint], bool],
        timeout_s: float = 10,
        look_up: LookUp = look_up,
    ) -> None:
        self._is_inner = is_inner
        self._timeout_s = timeout_s
        self._look_up = look_up
        self._places = asyncio.Semaphore(THREADS)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> _Resolution:
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        resolution.task = asyncio.get_running_loop().create_task(
            self._answer(resolutionReceiver, Endpoint(hostName.lower().rstrip("."), portNumber))
        )
        return resolution

    async def _answer(self, receiver: Any, endpoint: Endpoint) -> None:
        try:
            for ip in await self.find_addresses(endpoint):
                kind = IPv6Address if ":" in ip else IPv4Address
                receiver.addressResolved(kind("TCP", ip, endpoint.port))
        finally:
            receiver.resolutionComplete()

    async def find_addresses(self, endpoint: Endpoint) -> tuple[str, ...]:
        """The addresses behind `endpoint` that may be reached; () where there is none."""
        ip = parse_ip(endpoint.host)
        found: Sequence[str] = ()
        if ip is not None:
            found = (ip,)
        else:
            with contextlib.suppress(TimeoutError, OSError, UnicodeError):
                found = await asyncio.wait_for(self._ask(endpoint.host), self._timeout_s)
        return tuple(ip for ip in found if self._is_inner(endpoint) or is_public(ip))

    async def _ask(self, host: str) -> Sequence[str]:
        """Look up in a daemon thread: a dead name server must not hold the end of the process."""
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[str]] = loop.create_future()

        def settle(result: Sequence[str] | Exception) -> None:
            self._places.release()  # only now: a hanging look-up keeps its place
            if answer.done():
                return
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)

        def work() -> None:
            result: Sequence[str] | Exception
            try:
                result = self._look_up(host)
            except (OSError, UnicodeError) as error:
                result = error
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle, result)

        threading.Thread(target=work, name="resolver", daemon=True).start()
        return await answer
