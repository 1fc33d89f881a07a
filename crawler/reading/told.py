"""Of whom and of which sums do some sentences tell?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crawler.reading.scan import Sentence


@dataclass(frozen=True, slots=True)
class Told:
    """The names and the sides of the sums in some sentences."""

    names: frozenset[str]
    sums: frozenset[Decimal]


def told_in(*sentences: Sentence) -> Told:
    """Whom and which sums `sentences` name."""
    figures = [money.figure for one in sentences for money in one.sums]
    return Told(
        frozenset(name.id or name.text for one in sentences for name in one.names),
        frozenset(side for one in figures for side in (one.low, one.high) if side is not None),
    )
