"""How much is a sum in another currency, and how far is that figure to be trusted?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from config.model import Rate

Kind = Literal["peg", "ecb", "approximate"]
_TRUST: tuple[Kind, ...] = ("peg", "ecb", "approximate")  # best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A sum in another currency, with the rate it was made by."""

    amount: Decimal  # whole units of `currency`, unrounded
    currency: str
    rate: Decimal  # units of `currency` for one unit of the original
    on: date  # the day of the rate; the older one where two were crossed
    kind: Kind  # the less certain one where two were crossed


@dataclass(frozen=True, slots=True)
class Rates:
    """Every known rate to the dollar, by currency, oldest first."""

    rows: Mapping[str, tuple[Rate, ...]]

    def convert(
        self, amount: Decimal, currency: str, to: str = "USD", *, on: date | None = None
    ) -> Converted | None:
        """`amount` in `to`, by the rates nearest to the day `on`; None: a currency without rate.

        >>> row = {"currency": "AED", "per_usd": "3.6725", "on": "1997-11-01", "kind": "peg"}
        >>> rates = build_rates([Rate.model_validate({**row, "source": "its central bank"})])
        >>> rates.convert(Decimal("3672.5"), "AED").amount == 1000
        True
        """
        sold, bought = self._row(currency, on), self._row(to, on)
        if sold is None or bought is None:
            return None
        if currency == to:
            return Converted(
                amount=amount, currency=to, rate=Decimal(1), on=sold.on, kind=sold.kind
            )
        rate = bought.per_usd / sold.per_usd
        return Converted(
            # Not `amount * rate`: 240 bn dirhams would gain a tail of rounding.
            amount=amount * bought.per_usd / sold.per_usd,
            currency=to,
            rate=rate,
            on=_day_of(sold, bought),
            kind=max(sold.kind, bought.kind, key=_TRUST.index),
        )

    def _row(self, currency: str, on: date | None) -> Rate | None:
        """The last row that is not later than `on`, else the first one."""
        rows = self.rows.get(currency)
        if not rows:
            return None
        if on is None:
            return rows[-1]
        known = [row for row in rows if row.on <= on]
        return known[-1] if known else rows[0]


def build_rates(rates: Sequence[Rate], renewed: Sequence[Rate] = ()) -> Rates:
    """`rates` of the configuration, and those `renewed` since, ordered for looking up.

    A peg and a level that somebody wrote down stay as they are: only what the bank set, or
    what nobody set, is renewed. The dollar needs no row of its own.
    """
    rows: dict[str, list[Rate]] = {}
    dollar = Rate(currency="USD", per_usd=Decimal(1), on=date.min, kind="peg", source="itself")
    by_hand = {rate.currency for rate in rates if rate.kind != "ecb"}
    newer = [rate for rate in renewed if rate.currency not in by_hand]
    for rate in sorted((dollar, *rates, *newer), key=lambda rate: rate.on):
        rows.setdefault(rate.currency, []).append(rate)
    return Rates({currency: tuple(found) for currency, found in rows.items()})


def _day_of(*rows: Rate) -> date:
    """The day that a reader should be told: a peg has none worth telling beside a dated rate."""
    dated = [row.on for row in rows if row.kind != "peg"]
    return min(dated) if dated else max(row.on for row in rows)
