"""Renew the ECB rows of config/rates.yaml, run by a person: make_rates.py EUROFXREF.zip|csv

The European Central Bank publishes eurofxref-hist.zip, units per euro, newest day first. Only
that newest day is taken; pegs and approximate rows are written by hand and stay.
"""

from __future__ import annotations

import csv
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

RATES = Path(__file__).parents[3] / "config" / "rates.yaml"
BEGIN = "  # ECB: written by tests/crawler/deals/make_rates.py"
END = "  # ECB: end"
TO_THE_EURO = {"XOF": Decimal("655.957"), "XAF": Decimal("655.957"), "BGN": Decimal("1.95583")}


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
    dollar = Decimal(day["USD"])
    per_euro = {"EUR": Decimal(1), **TO_THE_EURO}
    for currency, value in day.items():
        if currency not in {"Date", "USD", ""} and value not in {"N/A", ""}:
            per_euro[currency] = Decimal(value)
    note = {c: f"fixed at {value} per euro; euro by ECB" for c, value in TO_THE_EURO.items()}
    return [
        f'  - {{currency: {currency}, per_usd: {_six_digits(value / dollar)}, on: "{day["Date"]}",'
        f' kind: ecb, source: "{note.get(currency, "ECB reference rate")}"}}'
        for currency, value in sorted(per_euro.items())
    ]


def _six_digits(value: Decimal) -> str:
    return format(Decimal(f"{value:.6g}").normalize(), "f")


def main() -> None:
    text = RATES.read_text("utf-8")
    head, rest = text.split(BEGIN + "\n", 1)
    tail = rest.split(END + "\n", 1)[1]
    rows = "\n".join(ecb_rows(newest_day(Path(sys.argv[1]))))
    RATES.write_text(f"{head}{BEGIN}\n{rows}\n{END}\n{tail}", "utf-8")


if __name__ == "__main__":
    main()
