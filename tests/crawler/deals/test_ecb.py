"""The table of the European Central Bank, whole and broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from config.model import Rate
from crawler.deals.ecb import parse_ecb
from crawler.deals.rates import build_rates

CODES = ["AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HKD", "HUF", "IDR", "ILS", "INR"]
CODES += ["ISK", "KRW"]


def table(*days: tuple[str, dict[str, str]]) -> bytes:
    """The bank's XML of these days, with fifteen currencies of 2 to the euro beside those given."""
    cubes = ""
    for time, rates in days:
        each = {**dict.fromkeys(CODES, "2"), **rates}
        rows = "".join(f"<Cube currency='{code}' rate='{rate}'/>" for code, rate in each.items())
        cubes += f"<Cube time='{time}'>{rows}</Cube>"
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<gesmes:Envelope xmlns:gesmes='http://www.gesmes.org/xml/2002-08-01' "
        "xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'>"
        f"<gesmes:subject>Reference rates</gesmes:subject><Cube>{cubes}</Cube></gesmes:Envelope>"
    ).encode()


def test_days_come_oldest_first_per_dollar() -> None:
    rates = parse_ecb(
        table(
            ("2026-11-24", {"USD": "1.25", "JPY": "180.5"}),
            ("2026-11-23", {"USD": "1.00", "JPY": "181"}),
        )
    )

    yen = [(rate.on, rate.per_usd, rate.kind) for rate in rates if rate.currency == "JPY"]
    assert yen == [
        (date(2026, 11, 23), Decimal("181"), "ecb"),
        (date(2026, 11, 24), Decimal("144.4"), "ecb"),
    ]
    assert {rate.currency for rate in rates} == {*CODES, "EUR", "JPY", "BGN", "XAF", "XOF"}


def test_francs_fixed_to_the_euro_move_with_it() -> None:
    rates = build_rates(parse_ecb(table(("2026-11-24", {"USD": "1.25"}))))

    got = rates.convert(Decimal("655957000"), "XOF", "EUR")

    assert got is not None
    assert round(got.amount, -2) == 1_000_000  # rates have six digits


BROKEN = {
    "nothing": (b"", "no XML"),
    "a page of theirs": (b"<html><p>We are moving</p></html>", "without a day"),
    "half a table": (table(("2026-11-24", {"USD": "1.25"}))[:-60], "no XML"),
    "no dollar": (table(("2026-11-24", {})), "only 15 currencies"),
    "few": (
        b"<Cube><Cube time='2026-11-24'><Cube currency='USD' rate='1'/></Cube></Cube>",
        "only 1 currencies",
    ),
    "no number": (table(("2026-11-24", {"USD": "1.25", "AUD": "n/a"})), "no number"),
    "a dollar of nothing": (table(("2026-11-24", {"USD": "0"})), "no number"),
    "less than nothing": (table(("2026-11-24", {"USD": "1", "AUD": "-2"})), "greater than 0"),
    "not finite": (table(("2026-11-24", {"USD": "1", "AUD": "NaN"})), "finite"),
    "no day": (table(("yesterday", {"USD": "1.25"})), "yesterday"),
    "no currency": (table(("2026-11-24", {"USD": "1", "<!--": "1"})), "no XML"),
    "an entity": (
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Cube>&a;</Cube>",
        "without a day",
    ),
}


@pytest.mark.parametrize(("body", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_table_is_told(body: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_ecb(body)


def test_what_was_written_by_hand_is_not_renewed() -> None:
    by_hand = Rate(
        currency="CNY", per_usd=Decimal(7), on=date(2025, 1, 1), kind="approximate", source="desk"
    )

    rates = build_rates([by_hand], parse_ecb(table(("2026-11-24", {"USD": "1"}))))

    assert rates.rows["CNY"] == (by_hand,)
    assert rates.rows["INR"][0].per_usd == 2
