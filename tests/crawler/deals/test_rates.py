"""Sums in other currencies: pegs, dated rates, approximate ones, and the shipped table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from config.model import Rate
from crawler.deals.rates import Rates, build_rates

SHIPPED = Path(__file__).parents[3] / "config" / "rates.yaml"


def row(currency: str, per_usd: str, on: str, kind: str) -> Rate:
    return Rate.model_validate(
        {"currency": currency, "per_usd": per_usd, "on": on, "kind": kind, "source": "a test"}
    )


RATES = build_rates(
    [
        row("AED", "3.6725", "1997-11-01", "peg"),
        row("SAR", "3.75", "1986-06-01", "peg"),
        row("EUR", "0.80", "2025-01-10", "ecb"),
        row("EUR", "0.90", "2024-01-10", "ecb"),
        row("EGP", "50", "2025-07-01", "approximate"),
    ]
)

CONVERTED = {
    "dirhams by their peg": ("3672500", "AED", "USD", None, "1000000", "peg", "1997-11-01"),
    "dirhams to riyals": ("36725", "AED", "SAR", None, "37500", "peg", "1997-11-01"),
    "euros by the newest rate": ("80", "EUR", "USD", None, "100", "ecb", "2025-01-10"),
    "euros of last spring": ("90", "EUR", "USD", "2024-05-01", "100", "ecb", "2024-01-10"),
    "euros before any rate": ("90", "EUR", "USD", "2020-05-01", "100", "ecb", "2024-01-10"),
    "dirhams to euros": ("3672.5", "AED", "EUR", None, "800", "ecb", "2025-01-10"),
    "euros to pounds of Egypt": ("8", "EUR", "EGP", None, "500", "approximate", "2025-01-10"),
    "dollars stay dollars": ("7", "USD", "USD", None, "7", "peg", "0001-01-01"),
}


@pytest.mark.parametrize(
    ("amount", "currency", "to", "on", "says", "kind", "day"), CONVERTED.values(), ids=CONVERTED
)
def test_sum_is_converted(
    amount: str, currency: str, to: str, on: str | None, says: str, kind: str, day: str
) -> None:
    told_on = date.fromisoformat(on) if on else None

    got = RATES.convert(Decimal(amount), currency, to, on=told_on)

    assert got is not None
    assert (got.amount, got.kind, got.on) == (Decimal(says), kind, date.fromisoformat(day))


@pytest.mark.parametrize(("currency", "to"), [("XXX", "USD"), ("USD", "XXX"), ("usd", "USD")])
def test_currency_without_a_rate_gives_none(currency: str, to: str) -> None:
    assert RATES.convert(Decimal(1), currency, to) is None


def shipped_rows() -> list[Rate]:
    # BaseLoader: plain YAML reads the key `on` as true; the house's loader does not.
    rows = yaml.load(SHIPPED.read_text("utf-8"), Loader=yaml.BaseLoader)["rates"]
    return [Rate.model_validate(row) for row in rows]


def shipped() -> Rates:
    return build_rates(shipped_rows())


# What one dollar bought at some time in 2025 or 2026, wide enough for years to pass.
SANE = {
    "EUR": (0.7, 1.1),
    "GBP": (0.6, 0.95),
    "JPY": (100, 200),
    "CNY": (5.5, 8),
    "KRW": (1000, 1700),
    "INR": (75, 110),
    "SAR": (3.75, 3.75),
    "AED": (3.6725, 3.6725),
    "KWD": (0.29, 0.32),
    "EGP": (30, 80),
    "TRY": (30, 90),
    "TWD": (25, 35),
    "BRL": (4, 7),
    "MAD": (8, 11),
    "IRR": (400_000, 2_000_000),
    "IRT": (40_000, 200_000),
    "XOF": (450, 700),
}


@pytest.mark.parametrize("currency", SANE)
def test_shipped_rate_is_sane(currency: str) -> None:
    low, high = SANE[currency]

    got = shipped().convert(Decimal(1), "USD", currency)

    assert got is not None
    assert Decimal(str(low)) <= got.amount <= Decimal(str(high))


def test_shipped_rows_say_where_they_come_from() -> None:
    rows = shipped_rows()

    assert len({row.currency for row in rows}) == len(rows) >= 50
    assert all(row.source for row in rows)
