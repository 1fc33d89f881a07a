"""How do exchange rates stay young?"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from config.errors import FetchError
from config.model import Config, Rate, Settings, Source
from crawler.deals.ecb import parse_ecb
from crawler.deals.rates import Rates, build_rates
from scheduler.house import House

log = logging.getLogger("rasid.rates")

TABLE_NAME = "ecb.xml"  # the last good table, as the bank sent it
_YOUNG = timedelta(hours=20)  # a daily job that comes a little early still renews


def load_rates_of(config: Config, state: Path) -> Rates:
    """The configured rates, and those of the last good table in `state`."""
    return build_rates(config.rates, _load_table(state / TABLE_NAME))


async def renew_rates(house: House) -> Rates | None:
    """Fetch the table if ours is a day old; None: nothing new, and what was there stands."""
    url, path = house.config.settings.rates_url, house.state / TABLE_NAME
    if url is None or house.crawl is None or _is_young(path, house.clock()):
        return None
    try:
        fetched = await house.crawl.fetch_list(_source_at(url))
        rates = parse_ecb(fetched.body)
        await asyncio.to_thread(_save, path, fetched.body, house.clock())
    except (FetchError, ValueError, OSError) as error:
        newest = max((rate.on for rate in house.config.rates if rate.kind == "ecb"), default=None)
        log.warning("rates not renewed, the last good ones stand (shipped: %s): %s", newest, error)
        return None
    log.info("rates of %s from %s", rates[-1].on, url)
    return build_rates(house.config.rates, rates)


def _source_at(url: str) -> Source:
    """The table as one more Source, so that it goes through the one guarded door.

    Only an address that the owner wrote may be an inner one.
    """
    return Source(
        id="rates", name="rates", url=url, kind="feed", private=url != Settings().rates_url
    )


def _is_young(path: Path, now: datetime) -> bool:
    try:
        age = now.timestamp() - path.stat().st_mtime
    except OSError:
        return False
    return 0 <= age < _YOUNG.total_seconds()


def _load_table(path: Path) -> tuple[Rate, ...]:
    try:
        return parse_ecb(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        log.warning("%s is not read, the shipped rates stand: %s", path, error)
        return ()


def _save(path: Path, body: bytes, now: datetime) -> None:
    """Write whole or not at all, also when the power goes."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.utime(unfinished, (now.timestamp(), now.timestamp()))
        Path(unfinished).replace(path)
    finally:
        Path(unfinished).unlink(missing_ok=True)
