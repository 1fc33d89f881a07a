"""What is a number with its scale?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

LIMIT = Decimal("1e24")
LONGEST = 24  # tokens of one number; no honest one is longer, and reading stays linear


@dataclass(slots=True)
class Quantity:
    """A number as the tokens from `start` up to `end` say it."""

    start: int
    end: int
    value: Decimal
    coefficient: Decimal  # before its scale: 65 of 65 billion
    scale: Decimal  # 1 without one
    weak: bool = False  # "a", "one" without a scale
    grouped: Decimal | None = None  # the other reading of 12.345, for an unscaled number
