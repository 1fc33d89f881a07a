"""What does the daemon do again and again?"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from config.model import Source
from crawler.storage.listings import count_waiting
from crawler.storage.looks import due_sources, prune_hours
from crawler.storage.meta import load_meta, save_meta
from crawler.storage.upkeep import prune_texts, save_backup
from scheduler.clock import machine_clock
from scheduler.digest import tell_digests
from scheduler.health import Pulse, tell_systemd
from scheduler.heartbeat import Heartbeat
from scheduler.house import House
from scheduler.introductions import tell_away, tell_first_looks
from scheduler.look import look_at
from scheduler.renewal import renew_rates
from scheduler.sending import send_due
from scheduler.wellbeing import tell_health

log = logging.getLogger("rasid.ticks")

LOOKS_AT_ONCE = 32
_UPKEEP_EVERY = timedelta(days=1)
_UPKEEP_AT = "upkeep_at"


class Ticks:
    """The few APScheduler jobs. Each only starts work and returns.

    One job per source would not scale: 10,000 of them in APScheduler's own store did not
    finish loading in 100 s, and a Source's next look has to stand beside its validators.
    """

    def __init__(self, house: House, pulse: Pulse, *, tick_s: float = 1.0) -> None:
        self._house = house
        self._pulse = pulse
        self._heartbeat = Heartbeat(house)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._sending: asyncio.Task[None] | None = None
        self._slots = asyncio.Semaphore(LOOKS_AT_ONCE)
        self._owner = f"{os.getpid()}"
        self._is_first = True
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": 3600, "coalesce": True, "max_instances": 1},
        )
        for job, seconds in (
            (self._start_looks, tick_s),
            (self._start_sending, tick_s),
            (self._feed_watchdog, 10),
            (self._tell_health, 60 * tick_s),
            (self._beat, 60 * tick_s),
            (self._tell_many, 10 * tick_s),
            (self._take_up_rules, 10 * tick_s),
            (self._upkeep, 600),
        ):
            self._scheduler.add_job(_guarded(job), "interval", seconds=seconds)
        self._scheduler.add_job(
            _guarded(self._renew_rates), "interval", hours=6, next_run_time=machine_clock()
        )

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self) -> None:
        """Start nothing more; let sends finish, break off looks: their lines still wait."""
        self._scheduler.shutdown(wait=False)
        for task in self._busy.values():
            task.cancel()
        pending = [*self._busy.values()] + ([self._sending] if self._sending else [])
        if pending:
            await asyncio.wait(pending, timeout=6)

    async def _start_looks(self) -> None:
        sources = self._house.sources
        ids = await asyncio.to_thread(self._due, [i for i in sources if i not in self._busy])
        if not (ids or self._busy):  # nothing to do is as good as done
            self._moved()
        for source_id in ids:
            self._busy[source_id] = asyncio.create_task(self._look(sources[source_id]))

    def _due(self, ids: list[str]) -> list[str]:
        with self._house.database.read() as db:
            due = list(due_sources(db, ids, self._house.clock()))
            # Pages that an ended run left waiting do not wait for the source's rhythm as well.
            left = count_waiting(db) if self._is_first else {}
        self._is_first = False
        return due + [i for i in ids if left.get(i) and i not in due]

    async def _look(self, source: Source) -> None:
        try:
            async with self._slots:
                await look_at(self._house, source, progress=lambda _: self._moved())
            self._moved()
        # The border of the tick: one look that we cannot finish is not the end of the watch.
        except Exception:
            log.exception("look at %s", source.id)
        finally:
            self._busy.pop(source.id, None)

    def _moved(self) -> None:
        """A look or one of its pages came to its end: what the watchdog lives on."""
        self._pulse.looks = monotonic()

    async def _start_sending(self) -> None:
        if self._sending is None or self._sending.done():
            self._pulse.sending = monotonic()
            self._sending = asyncio.create_task(self._send())

    async def _send(self) -> None:
        while await send_due(self._house, owner=self._owner):
            self._pulse.sending = monotonic()
        self._pulse.sent = monotonic()

    async def _feed_watchdog(self) -> None:
        stuck = self._pulse.stuck()
        if stuck is None:
            tell_systemd("WATCHDOG=1")
        else:
            log.error("not feeding the watchdog: %s", stuck)

    async def _renew_rates(self) -> None:
        rates = await renew_rates(self._house)
        if rates is not None:
            self._house = replace(self._house, rates=rates)

    async def _tell_health(self) -> None:
        await asyncio.to_thread(tell_health, self._house)

    async def _take_up_rules(self) -> None:
        """A look that runs ends with the rules that it began with."""
        if self._house.own_rules is None:
            return
        config = await asyncio.to_thread(self._house.own_rules.load_changed, self._house)
        if config is not None:
            self._house = replace(self._house, config=config)

    async def _tell_many(self) -> None:
        """What is told of many deals together. The heartbeat before it notes a gap in the watch."""
        for tell in (tell_first_looks, tell_away, tell_digests):
            await asyncio.to_thread(tell, self._house)

    async def _beat(self) -> None:
        await self._heartbeat.beat_after(self._pulse)

    async def _upkeep(self) -> None:
        """Once a day by stored time: a daemon that is restarted every evening has backups too."""
        house = self._house
        if not await asyncio.to_thread(is_upkeep_due, house):
            return
        await asyncio.to_thread(keep_small_and_safe, house)
        if house.crawl is not None:
            await house.crawl.renew()


def is_upkeep_due(house: House) -> bool:
    """Whether the last upkeep was a day ago or more; a clock set back makes it due as well."""
    with house.database.read() as db:
        last = load_meta(db, _UPKEEP_AT)
    return last is None or not (
        timedelta(0) <= house.clock() - datetime.fromisoformat(last) < _UPKEEP_EVERY
    )


def keep_small_and_safe(house: House) -> None:
    """Throw away old texts and counts, then make a backup; written down when both are done."""
    now = house.clock()
    with house.database.write() as tx:
        prune_texts(tx, now=now, keep_days=house.config.settings.keep_text_days)
        prune_hours(tx, now=now)
    save_backup(house.database.path, now=now)
    with house.database.write() as tx:
        save_meta(tx, _UPKEEP_AT, now.isoformat())


def _guarded(job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await job()
        # The border of the tick: full disks and locked databases pass; the next tick tries again.
        except Exception:
            log.exception("tick %s", job.__name__)

    run.__name__ = job.__name__
    return run
