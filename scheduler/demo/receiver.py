"""Where the demo's messages arrive: a real HTTP server that keeps what it is sent."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message as an Apprise `json://` target posts it."""

    path: str  # which target: /desk-ar
    title: str
    message: str
    raw: dict[str, Any]


class Receiver:
    """Keeps every message in `received`; paths in `refusing` get that status and are not kept."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.received: list[Received] = []
        self.refused: list[str] = []
        self.refusing: dict[str, int] = {}
        self.pace_s = 0.0  # how long it takes to answer what it has already taken
        self.busy = 0  # messages being answered now
        self.base = ""  # 127.0.0.1:PORT, known after `start`
        self._host = host
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Open the receiver on a free port."""
        app = web.Application(client_max_size=4 * 1024**2)
        app.router.add_post("/{rest:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, 0).start()
        self.base = f"{self._host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close the receiver."""
        if self._runner is not None:
            await self._runner.cleanup()

    def url(self, path: str) -> str:
        """The Apprise URL that posts to `path`."""
        return f"json://{self.base}/{path.lstrip('/')}"

    async def _take(self, request: web.Request) -> web.Response:
        path = request.path.rstrip("/")
        if path in self.refusing:
            self.refused.append(path)
            return web.Response(status=self.refusing[path])
        try:
            raw = json.loads(await request.text())
            title, message = str(raw["title"]), str(raw["message"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400, text="a JSON object with title and message, please")
        self.received.append(Received(path=path, title=title, message=message, raw=raw))
        self.busy += 1
        try:
            await asyncio.sleep(self.pace_s)
        finally:
            self.busy -= 1
        return web.Response(text="ok")
