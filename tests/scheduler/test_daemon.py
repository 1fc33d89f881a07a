"""The daemon as its owner meets it: one at a time, and gone within ten seconds when asked."""

from __future__ import annotations

import asyncio
import re
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def running(own_house: Any) -> AsyncIterator[Process]:
    """`rasid run` in a process of its own, from the moment it watches."""
    process = await asyncio.create_subprocess_exec(
        *own_house.command("run"), stderr=PIPE, limit=1 << 20
    )
    await first_words(process)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def first_words(process: Process) -> list[str]:
    """What it logs until it watches."""
    assert process.stderr is not None
    said: list[str] = []
    while not said or "watching" not in said[-1]:
        line = await process.stderr.readline()
        assert line, "the daemon ended before it watched"
        said.append(line.decode())
    return said


async def test_its_first_words_are_that_nobody_is_told(own_house: Any) -> None:
    process = await asyncio.create_subprocess_exec(*own_house.command("run"), stderr=PIPE)
    try:
        said = await first_words(process)
    finally:
        process.kill()
        await process.wait()

    assert [line.split(" rasid.")[1].split(";")[0] for line in said] == [
        "daemon: nobody is told: there is no target yet",
        "daemon: watching 0 sources",
    ]


async def test_sigterm_ends_it_within_ten_seconds_though_a_server_hangs(
    site: Any, own_house: Any
) -> None:
    site.hang("/feed")
    source = {"id": "slow", "name": "Slow", "kind": "feed", "url": site.url("/feed")}
    own_house.write(sources=[source | {"private": "true"}])
    async with running(own_house) as process:
        while not site.count("/feed"):
            await asyncio.sleep(0.02)

        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 10)

        assert process.returncode == 0


async def test_a_second_daemon_is_told_who_is_there(own_house: Any) -> None:
    async with running(own_house) as process:
        second = await asyncio.create_subprocess_exec(*own_house.command("run"), stderr=PIPE)
        _, said = await second.communicate()

        assert second.returncode == 1
        assert re.search(rf"\b{process.pid}\b", said.decode())
        assert b"Traceback" not in said


async def test_it_says_that_it_is_alive(own_house: Any, unused_tcp_port: int) -> None:
    import aiohttp

    own_house.write(settings={"listen": f"127.0.0.1:{unused_tcp_port}"})
    async with running(own_house), aiohttp.ClientSession() as client:
        answer = await client.get(f"http://127.0.0.1:{unused_tcp_port}/healthz")

        assert (await answer.json())["ok"] is True


async def test_systemd_hears_ready_and_stopping(
    own_house: Any, tmp_path: Any, monkeypatch: Any
) -> None:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.bind(str(tmp_path / "notify"))
        wire.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        async with running(own_house) as process:
            ready = await asyncio.to_thread(wire.recv, 100)
            process.terminate()
            stopping = await asyncio.to_thread(wire.recv, 100)

    assert ready == b"READY=1"
    assert stopping == b"STOPPING=1"
