"""Rates are renewed once a day; whatever the bank's server does, the last good ones stand."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from config.load import load_config
from config.model import Config
from crawler.deals.rates import Rates
from scheduler.daemon import open_house
from scheduler.house import House, amount_parser
from scheduler.renewal import TABLE_NAME, load_rates_of, renew_rates
from tests.crawler.deals.test_ecb import table
from tests.scheduler.conftest import OwnHouse

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TODAY = table(("2026-11-25", {"USD": "1.60", "GBP": "0.80"}))


@dataclass
class Told:
    """A clock that the test moves."""

    at: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def config(own_house: OwnHouse, site: Any) -> Config:
    own_house.write(settings={"rates_url": site.url("/ecb.xml")})
    return load_config(own_house.folder, parse_amount=amount_parser(None), environment=os.environ)


@pytest.fixture
async def house(config: Config, own_house: OwnHouse, told: Told) -> AsyncIterator[House]:
    async with open_house(
        config, folder=own_house.folder, state=own_house.state, clock=told
    ) as house:
        yield house


def pound(rates: Rates | None) -> Decimal:
    assert rates is not None
    got = rates.convert(Decimal(1), "GBP")
    assert got is not None
    return got.amount


async def test_rates_are_fetched_once_a_day(house: House, site: Any, told: Told) -> None:
    site.serve("/ecb.xml", TODAY, kind="text/xml")

    first = await renew_rates(house)
    again = await renew_rates(house)
    told.at += timedelta(hours=24)
    next_day = await renew_rates(house)

    assert (pound(first), again, pound(next_day)) == (2, None, 2)
    assert site.count("/ecb.xml") == 2


async def test_rates_outlive_the_process(house: House, site: Any, config: Config) -> None:
    site.serve("/ecb.xml", TODAY, kind="text/xml")
    await renew_rates(house)

    assert pound(load_rates_of(config, house.state)) == 2
    assert [path.name for path in house.state.glob("*ecb*")] == [TABLE_NAME]


@pytest.mark.parametrize("how", ["gone", "not a table", "cut off", "refused"])
async def test_last_good_rates_stand(house: House, site: Any, told: Told, how: str) -> None:
    site.serve("/ecb.xml", TODAY, kind="text/xml")
    await renew_rates(house)
    told.at += timedelta(hours=30)
    match how:
        case "gone":
            site.serve("/ecb.xml", "gone", status=410)
        case "not a table":
            site.serve("/ecb.xml", TODAY[:-200], kind="text/xml")
        case "cut off":
            site.cut_off("/ecb.xml")
        case "refused":
            site.serve("/ecb.xml", "no", status=403)

    assert await renew_rates(house) is None
    assert (house.state / TABLE_NAME).read_bytes() == TODAY


async def test_broken_file_leaves_the_shipped_rates(
    config: Config, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / TABLE_NAME).write_bytes(b"<half")

    rates = load_rates_of(config, tmp_path)

    assert "GBP" in rates.rows
    assert "the shipped rates stand" in caplog.text
