"""How does a command ask strangers' servers without a database?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from config.model import Config
from crawler.spiders.crawl import Crawl
from crawler.workroom import Workroom
from scheduler.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The guarded crawl, the workers that read what it brings, and the clock."""

    crawl: Crawl
    workroom: Workroom
    clock: Clock


@asynccontextmanager
async def open_door(config: Config, *, folder: Path | None, clock: Clock) -> AsyncIterator[Door]:
    """Open crawl and workers as the daemon has them; nothing is stored. Close both in the end."""
    settings = config.settings
    crawl = Crawl(settings, now=clock)
    workroom = Workroom(
        config_folder=folder, workers=settings.workers, page_timeout_s=settings.page_timeout_s
    )
    await crawl.start()
    try:
        yield Door(crawl=crawl, workroom=workroom, clock=clock)
    finally:
        await crawl.stop(timeout_s=5)
        await workroom.stop()
