"""What one poll costs, and that thousands leave nothing behind."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from crawler.spiders.crawl import Crawl

SERVER = """
import asyncio
from aiohttp import web

async def answer(request):
    if request.path == "/robots.txt":
        return web.Response(text="User-agent: *")
    return web.Response(status=304)

async def main():
    app = web.Application()
    app.router.add_get("/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.sleep(3600)

asyncio.run(main())
"""


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_poll_of_an_unchanged_list_costs_under_3_ms(crawl: Crawl, source_at: Any) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        source = source_at(f"http://127.0.0.1:{int(server.stdout.readline())}/feed")
        for _ in range(300):
            await crawl.fetch_list(source, etag='"v1"')

        begun_mb, begun = resident_mb(), time.process_time()
        for _ in range(3_000):
            await crawl.fetch_list(source, etag='"v1"')
        cost_ms = (time.process_time() - begun) / 3_000 * 1_000
        server.kill()

    print(f"{cost_ms:.2f} ms CPU a poll, {resident_mb() - begun_mb:.1f} MB more after 3,000")
    assert cost_ms < 3
    assert resident_mb() - begun_mb < 10
    assert len(asyncio.all_tasks()) < 10
