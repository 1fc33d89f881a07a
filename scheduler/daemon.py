"""How is the house built, run and stopped?"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from config.model import Config
from crawler.spiders.crawl import Crawl
from crawler.storage.database import DATABASE_NAME, lock_state, open_database
from crawler.workroom import Workroom
from notifier.outbox.leases import free_leases
from scheduler.clock import Clock
from scheduler.digest import rules_without_digest
from scheduler.health import Pulse, serve_health, tell_systemd
from scheduler.house import House
from scheduler.own_rules import OwnRules
from scheduler.renewal import load_rates_of
from scheduler.second import SecondReader
from scheduler.shadow import Shadow
from scheduler.ticks import Ticks

log = logging.getLogger("rasid.daemon")


@asynccontextmanager
async def open_house(
    config: Config,
    *,
    folder: Path | None,
    state: Path,
    clock: Clock,
    workers: int | None = None,
    has_crawl: bool = True,
) -> AsyncIterator[House]:
    """Open database, workers and crawl, alone on this state folder; close them in order.

    `workers`: in place of the owner's setting. Without a crawl nothing can be asked of a network.

    Raises RasidError naming the other process where one runs on the same folder.
    """
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    with lock_state(state):
        database = open_database(
            state / DATABASE_NAME, busy_timeout_s=config.settings.busy_timeout_s
        )
        with database.write() as tx:
            freed = free_leases(tx)
        if freed:
            log.warning("%d deliveries were under way when the last run ended: due again", freed)
        house = House(
            config=config,
            state=state,
            rates=load_rates_of(config, state),
            database=database,
            clock=clock,
            random=Random(),  # noqa: S311  jitter, not a secret
        )
        shadow = Shadow(folder, state)
        crawl = Crawl(config.settings, now=clock)
        workroom = Workroom(
            config_folder=folder,
            workers=workers or config.settings.workers,
            page_timeout_s=config.settings.page_timeout_s,
        )
        second = None
        if config.settings.second_reader_url:
            second = SecondReader(config.settings, database)
        if has_crawl:
            await crawl.start()
        try:
            yield replace(
                house,
                crawl=crawl if has_crawl else None,
                workroom=workroom,
                second=second,
                shadow=shadow,
                own_rules=OwnRules(folder),
            )
        finally:
            await crawl.stop(timeout_s=5)
            await workroom.stop()
            database.close()


async def run_daemon(
    config: Config, *, folder: Path | None, state: Path, clock: Clock, tick_s: float = 1.0
) -> None:
    """Watch until SIGTERM or SIGINT, then stop within ten seconds."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with open_house(config, folder=folder, state=state, clock=clock) as house:
        pulse = Pulse(started_at=clock())
        runner = None
        if config.settings.listen:
            try:
                runner = await serve_health(pulse, config.settings.listen)
            except OSError as error:
                log.error("no health page on %s: %s", config.settings.listen, error.strerror)
        ticks = Ticks(house, pulse, tick_s=tick_s)
        ticks.start()
        tell_systemd("READY=1")
        for rule_id in rules_without_digest(config):
            log.warning("rule %s waits for a digest, and no target that it tells has one", rule_id)
        if not config.targets:
            log.warning("nobody is told: there is no target yet; write one into targets.yaml")
        log.info("watching %d sources; state in %s", len(house.sources), state)
        await stop.wait()
        log.info("stopping")
        tell_systemd("STOPPING=1")
        await ticks.stop()
        if runner is not None:
            await runner.cleanup()
