"""What do the European Central Bank's tables say of one dollar?

Source: ecb.europa.eu/stats/eurofxref, euro foreign exchange reference rates, set on working days
around 16:00 in Frankfurt: units of a currency for one euro. Free to use with the bank named.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from config.model import Rate

# Fixed to the euro by law, so the bank prints no rate.
# Source: BCEAO and BEAC, 655.957 since 1999; Council Regulation (EU) 2025/1409 for the lev.
TO_THE_EURO = {"XOF": Decimal("655.957"), "XAF": Decimal("655.957"), "BGN": Decimal("1.95583")}
_FEWEST = 15  # currencies on a day; the bank prints some thirty, half of them is no table of its
_MOST_DAYS = 400


def parse_ecb(body: bytes) -> tuple[Rate, ...]:
    """Every rate of the bank's daily or 90-day XML table, per dollar, oldest day first.

    Raises ValueError, saying what is wrong with it, where `body` is not such a table.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"no XML ({error.msg})") from error
    days = [cube for cube in root.iter("{*}Cube") if cube.get("time")][:_MOST_DAYS]
    if not days:
        raise ValueError("XML without a day of rates")
    rates = [rate for day in days for rate in _rates_of(day)]
    return tuple(sorted(rates, key=lambda rate: rate.on))


def rates_of_day(per_euro: Mapping[str, Decimal], on: date) -> tuple[Rate, ...]:
    """Units per dollar on the day `on`, six digits, from units per euro; "USD" is among them."""
    dollar = per_euro["USD"]
    known = {"EUR": Decimal(1), **TO_THE_EURO, **per_euro}
    return tuple(
        Rate(
            currency=currency,
            per_usd=Decimal(f"{value / dollar:.6g}"),
            on=on,
            kind="ecb",
            source=_source_of(currency),
        )
        for currency, value in sorted(known.items())
        if currency != "USD"
    )


def _rates_of(day: etree._Element) -> tuple[Rate, ...]:
    time = day.get("time", "")
    try:
        on = date.fromisoformat(time)
        per_euro = {str(cube.get("currency")): Decimal(cube.get("rate", "")) for cube in day}
        if len(per_euro) < _FEWEST or "USD" not in per_euro:
            raise ValueError(f"only {len(per_euro)} currencies on {time}")
        return rates_of_day(per_euro, on)
    except (InvalidOperation, ZeroDivisionError) as error:
        raise ValueError(f"a rate that is no number on {time}") from error


def _source_of(currency: str) -> str:
    fixed = TO_THE_EURO.get(currency)
    return f"fixed at {fixed} per euro; euro by ECB" if fixed else "ECB reference rate"
