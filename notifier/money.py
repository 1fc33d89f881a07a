"""How many of what: the parts that any language needs to write an amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from crawler.deals.rates import Rates
from crawler.model import Figure

SCALES = tuple(Decimal(10) ** power for power in (12, 9, 6))
_PRINTED = Context(prec=7, rounding=ROUND_HALF_EVEN)
_CONVERTED = Context(prec=3, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Scaled:
    """An amount as a number of scale words: 14.3 of 10**9."""

    number: Decimal
    scale: Decimal  # 10**12, 10**9, 10**6, or 1 for amounts below a million

    @property
    def digits(self) -> str:
        """The number in figures: no exponent, no closing zeros, a comma at each thousand."""
        text = f"{self.number:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


def scaled(amount: Decimal) -> Scaled:
    """`amount` in the largest scale word that leaves at least one before the point.

    At most seven digits: an amount "1,234,567,890" is read as 1.234568 milliards.

    >>> scaled(Decimal(14_300_000_000))
    Scaled(number=Decimal('14.3'), scale=Decimal('1000000000'))
    """
    rounded = _PRINTED.plus(amount)
    scale = next((scale for scale in SCALES if rounded >= scale), Decimal(1))
    number = rounded / scale
    places = Decimal("0.001") if scale > 1 else Decimal("0.01")
    return Scaled(number.quantize(places, ROUND_HALF_EVEN).normalize(_PRINTED), scale)


def rounded_for_conversion(amount: Decimal) -> Decimal:
    """`amount` with three digits: a converted figure is never more exact than it looks."""
    return _CONVERTED.plus(amount)


def dollars_of(figure: Figure | None, rates: Rates) -> Decimal:
    """The certain end in dollars; nothing where none is stated or no rate is known."""
    if figure is None or figure.currency is None:
        return Decimal(0)
    side = figure.low if figure.low is not None else figure.high
    done = rates.convert(side, figure.currency) if side is not None else None
    return done.amount if done else Decimal(0)
