"""Who notices when Rasid itself is dead? Whoever waits for its heartbeat."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from crawler.storage.meta import load_meta, save_meta
from scheduler.checkup import load_cut_off_since
from scheduler.house import House
from scheduler.introductions import note_gap

if TYPE_CHECKING:
    from scheduler.health import Pulse

log = logging.getLogger("rasid.heartbeat")

GOOD_CYCLE_AT = "good_cycle_at"  # in meta: looks ran, deliveries ran, the database was written
PINGED_AT = "pinged_at"  # in meta: whoever waits for the heartbeat accepted it
GAP = timedelta(hours=1)  # without a good cycle: Rasid was off, or got nowhere
_TIMEOUT_S = 10


class Heartbeat:
    """Beats after each whole good cycle, and then only."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._url = house.config.settings.heartbeat_url
        self._at = 0.0  # monotonic: of the last good cycle
        self._failing = False

    async def beat_after(self, pulse: Pulse) -> bool:
        """Beat if a look and all that was due to be sent came to their ends since the last beat."""
        if min(pulse.looks, pulse.sent) <= self._at or pulse.stuck() is not None:
            return False
        at = monotonic()
        if not await self.beat():
            return False
        self._at = at
        return True

    async def beat(self) -> bool:
        """Write down that a cycle was good, then ping. False while no site answers at all.

        What goes wrong with the ping is logged once. Raises StorageError where nothing can be
        written: then nothing is pinged, either.
        """
        if not await asyncio.to_thread(self._note_cycle):
            return False
        if self._url is not None:
            await self._ping(self._url)
        return True

    def _note_cycle(self) -> bool:
        house = self._house
        with house.database.write() as tx:
            now = house.clock()
            if load_cut_off_since(tx, house, now) is not None:
                return False
            last = load_meta(tx, GOOD_CYCLE_AT)
            if last and now - (before := datetime.fromisoformat(last)) > GAP:
                note_gap(tx, before, now)
            save_meta(tx, GOOD_CYCLE_AT, now.isoformat())
        return True

    async def _ping(self, url: str) -> None:
        why = await _get(url)
        if why is None:
            await asyncio.to_thread(self._note_ping)
            if self._failing:
                log.warning("the heartbeat to %s arrives again", _host_of(url))
        elif not self._failing:
            log.error("the heartbeat to %s does not arrive: %s", _host_of(url), why)
        self._failing = why is not None

    def _note_ping(self) -> None:
        with self._house.database.write() as tx:
            save_meta(tx, PINGED_AT, self._house.clock().isoformat())


async def _get(url: str) -> str | None:
    """Why a GET of `url` failed, in words without the address; None: it was accepted."""
    timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, max_redirects=3) as response,
        ):
            return None if response.ok else f"it answers {response.status}"
    # Their texts name the whole address, which is a secret.
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return f"no answer ({type(error).__name__})"


def _host_of(url: str) -> str:
    return urlsplit(url).hostname or "its address"
