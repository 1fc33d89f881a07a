"""How is the demo's day told to a real daemon, and when has it heard all of it?"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from config.errors import RasidError, StorageError
from crawler.storage.database import DATABASE_NAME, Database, open_database
from crawler.storage.listings import count_waiting
from crawler.storage.looks import due_sources
from notifier.model import DeliveryState
from notifier.outbox.deliveries import load_deliveries
from scheduler.clock import ToldClock

_PATIENCE_S = 60
_NUDGE_AFTER_S = 4.0  # real seconds without rest, after which the demo's clock is put on
_NUDGE = timedelta(minutes=20)
_RHYTHM = timedelta(minutes=20)  # longer than the rhythm of the demo's sources, with its jitter
_UNDER_WAY = (DeliveryState.DUE, DeliveryState.LEASED)


class Driver:
    """The real daemon in a process of its own, on a clock that this one sets.

    It may be killed at any moment (`kill`) and is started again by the next `tell`.
    """

    def __init__(self, folder: Path, state: Path, source_ids: Collection[str]) -> None:
        self.folder = folder
        self.state = state
        self.log = state / "daemon.log"
        self.clock_file = state / "clock"
        self.clock = ToldClock(self.clock_file)
        self._source_ids = tuple(source_ids)
        self._process: Process | None = None
        self._database: Database | None = None
        self.starts = 0

    async def begin(self, moment: datetime) -> None:
        """Start the daemon at `moment` and wait until it has looked at every source once."""
        self.state.mkdir(parents=True, exist_ok=True)
        self.clock.set(moment)
        await self.heard_all()

    async def tell(self, moment: datetime) -> None:
        """Let it be `moment`, and wait until the daemon has heard and told everything.

        Never earlier than one rhythm after the last time, so that every source is due again.
        """
        self.clock.set(max(moment, self.clock() + _RHYTHM))
        await self.heard_all()

    async def heard_all(self) -> None:
        """Wait until no source is due, no page waits and no message is on its way.

        Raises RasidError with the end of the daemon's log if that takes too long.
        """
        began = nudged = monotonic()
        while True:
            await self._keep_alive()
            if self._is_at_rest():
                return
            if monotonic() - began > _PATIENCE_S:
                tail = self.log.read_text("utf-8", "replace")[-1500:]
                raise RasidError(f"the demo's daemon does not come to rest; its log ends:\n{tail}")
            if monotonic() - nudged > _NUDGE_AFTER_S:
                # What waits for a later try (a rest, a back-off) gets its time.
                nudged = monotonic()
                self.clock.set(self.clock() + _NUDGE)
            await asyncio.sleep(0.02)

    def kill(self) -> bool:
        """kill -9; whether there was a daemon to kill."""
        if self._process is None or self._process.returncode is not None:
            return False
        self._process.kill()
        return True

    async def ended(self) -> None:
        """Wait until the daemon is gone."""
        if self._process is not None:
            await self._process.wait()

    async def watching(self) -> None:
        """Wait until the daemon that was started last says that it watches."""
        while self.log.read_text("utf-8", "replace").count("watching") < self.starts:
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Stop the daemon as systemd would."""
        if self._database is not None:
            self._database.close()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 12)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    async def _keep_alive(self) -> None:
        if self._process is not None and self._process.returncode is None:
            return
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "scheduler.demo.daemon",
                str(self.folder),
                str(self.state),
                str(self.clock_file),
                stderr=log,
                stdout=log,
            )
        self.starts += 1

    def _is_at_rest(self) -> bool:
        database = self.database()
        if database is None:
            return False
        try:
            with database.read() as db:
                if due_sources(db, self._source_ids, self.clock()) or count_waiting(db):
                    return False
                return not load_deliveries(db, states=_UNDER_WAY, limit=1)
        except StorageError:
            return False  # a daemon died in a write: the next one rolls it back

    def database(self) -> Database | None:
        """The daemon's database, read-only; None until it has made it."""
        if self._database is None:
            try:
                self._database = open_database(self.state / DATABASE_NAME, read_only=True)
            except StorageError:
                return None
        return self._database
