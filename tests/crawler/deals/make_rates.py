"""Renew the ECB rows of config/rates.yaml, run by a person: make_rates.py EUROFXREF.zip|csv

The European Central Bank publishes eurofxref-hist.zip, units per euro, newest day first. Only
that newest day is taken; pegs and approximate rows are written by hand and stay.
"""

from __future__ import annotations

import csv
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from crawler.deals.ecb import rates_of_day

RATES = Path(__file__).parents[3] / "config" / "rates.yaml"
BEGIN = "  # ECB: written by tests/crawler/deals/make_rates.py"
END = "  # ECB: end"


def newest_day(path: Path) -> dict[str, str]:
    """The first row of the bank's table, by column name."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            lines = packed.read(packed.namelist()[0]).decode("ascii").splitlines()
    else:
        lines = path.read_text("ascii").splitlines()
    return {name.strip(): value.strip() for name, value in next(csv.DictReader(lines)).items()}


def ecb_rows(day: dict[str, str]) -> list[str]:
    """One YAML line for each currency that has a rate on `day`."""
    on = date.fromisoformat(day["Date"])
    per_euro = {
        currency: Decimal(value)
        for currency, value in day.items()
        if currency not in {"Date", ""} and value not in {"N/A", ""}
    }
    return [
        f"  - {{currency: {rate.currency}, per_usd: {format(rate.per_usd.normalize(), 'f')},"
        f' on: "{on}", kind: ecb, source: "{rate.source}"}}'
        for rate in rates_of_day(per_euro, on)
    ]


def main() -> None:
    text = RATES.read_text("utf-8")
    head, rest = text.split(BEGIN + "\n", 1)
    tail = rest.split(END + "\n", 1)[1]
    rows = "\n".join(ecb_rows(newest_day(Path(sys.argv[1]))))
    RATES.write_text(f"{head}{BEGIN}\n{rows}\n{END}\n{tail}", "utf-8")


if __name__ == "__main__":
    main()
