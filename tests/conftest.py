"""What every test may use: real things on loopback, and a clock that the test moves."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Hit:
    """One request that a Site was sent."""

    path: str
    headers: dict[str, str]  # lower-case names
    at_s: float  # on the loop's clock


@dataclass
class Site:
    """A real web server on loopback that answers as it is told and counts what it is asked.

    Its robots.txt allows all until the test says otherwise; other unknown paths are 404.
    """

    base: str = ""
    answers: dict[str, Handler] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0  # the most requests at one time

    def url(self, path: str = "/") -> str:
        return self.base + path

    def count(self, path: str) -> int:
        return sum(hit.path == path for hit in self.hits)

    def serve(
        self,
        path: str,
        body: str | bytes = "",
        *,
        status: int = 200,
        kind: str | None = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
        after_s: float = 0,
    ) -> None:
        """Answer `path` with this."""
        content = body.encode() if isinstance(body, str) else body
        names = {**({"Content-Type": kind} if kind else {}), **(headers or {})}

        async def answer(_: web.Request) -> web.StreamResponse:
            await asyncio.sleep(after_s)
            return web.Response(body=content, status=status, headers=names)

        self.answers[path] = answer

    def serve_list(
        self, path: str, body: str, *, etag: str, kind: str = "application/rss+xml"
    ) -> None:
        """Answer `path` as an honest server of feeds does: 304 to whoever knows `etag`."""

        async def answer(request: web.Request) -> web.StreamResponse:
            if request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers={"ETag": etag})
            return web.Response(text=body, content_type=kind, headers={"ETag": etag})

        self.answers[path] = answer

    def hang(self, path: str) -> None:
        """Never answer `path`."""
        self.serve(path, after_s=3600)

    def cut_off(self, path: str) -> None:
        """Promise 10,000 bytes and close after a few."""

        async def answer(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Length": "10000"})
            await response.prepare(request)
            await response.write(b"<html><p>half")
            assert request.transport is not None
            request.transport.close()
            return response

        self.answers[path] = answer

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        names = {name.lower(): value for name, value in request.headers.items()}
        self.hits.append(Hit(request.path_qs, names, asyncio.get_running_loop().time()))
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            known = self.answers.get(request.path)
            if known is not None:
                return await known(request)
            if request.path == "/robots.txt":
                return web.Response(text="User-agent: *\nDisallow:\n")
            return web.Response(status=404, text="not here")
        finally:
            self.busy -= 1


@pytest.fixture
async def open_site() -> AsyncIterator[Callable[[], Awaitable[Site]]]:
    """A function that opens one more Site."""
    runners: list[web.AppRunner] = []

    async def open_one() -> Site:
        site = Site()
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", site._answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        site.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return site

    yield open_one
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def site(open_site: Callable[[], Awaitable[Site]]) -> Site:
    """A real web server on loopback."""
    return await open_site()


@pytest.fixture
def database_of() -> Callable[[Path, str, str], None]:
    """Makes a database file as an older revision of the schema left it, with rows in it."""

    def make(path: Path, revision: str, rows: str) -> None:
        alembic = Config()
        alembic.set_main_option("script_location", "crawler.storage:migrations")
        engine = create_engine(f"sqlite+pysqlite:///{path}")
        with engine.begin() as connection:
            alembic.attributes["connection"] = connection
            command.upgrade(alembic, revision)
        engine.dispose()
        with closing(sqlite3.connect(path)) as old:
            old.executescript(rows)
            old.commit()

    return make
