"""What does a new statement change in a deal? The law of deals (README), rules (a) to (e)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from crawler.deals.rates import Rates
from crawler.model import Bound, Figure


class Comparison(StrEnum):
    """What a told figure is beside the known one."""

    SAME = "same"
    RAISED = "raised"
    LOWERED = "lowered"
    NARROWED = "narrowed"
    WIDENED = "widened"
    MORE_EXACT = "more_exact"
    REPEATS = "repeats"  # a wording of an earlier figure of the deal
    NOT_COMPARABLE = "not_comparable"


MOVES = frozenset({Comparison.RAISED, Comparison.LOWERED, Comparison.NARROWED, Comparison.WIDENED})

_SPARE = Decimal("0.01")  # within one currency, and through pegs
_DATED_SPARE = Decimal("0.03")
_ABOUT_SPARE = Decimal("0.05")  # "about 100m" and 105m are one sum
# A rate speaks for its month. Between January 2025 and October 2026 the euro went from 1.03 to
# 1.12 dollars, so an old rate proves a move only when the sums are far apart.
_RATE_DAYS = 31
_OLD_RATE_SPARE = Decimal("0.15")
_ROUGH_SPARE = Decimal("0.25")
# How far from the sum an open wording still stands for it: "over 70" for 72, "up to 65" for 60.
_SLACK = Decimal("0.10")


def compare(
    known: Figure,
    told: Figure,
    *,
    rates: Rates,
    earlier: Sequence[Figure] = (),
    says_changed: bool = False,
    on: date | None = None,
) -> Comparison:
    """What `told` is beside `known`, the deal's best figure, and the figures `earlier` than it.

    `on` is the day of telling: it chooses the rate and tells whether that is fresh. Does not
    ask who told it, when, or at which stage.
    """
    against = _against(known, told, rates=rates, says_changed=says_changed, on=on)
    if says_changed or against in {Comparison.SAME, Comparison.MORE_EXACT}:
        return against
    if any(is_wording(old, told, rates=rates, on=on) for old in earlier):
        return Comparison.REPEATS
    return against


def is_wording(known: Figure, told: Figure, *, rates: Rates, on: date | None = None) -> bool:
    """Whether `told` states the very value that `known` states, in whatever words."""
    against = _against(known, told, rates=rates, says_changed=False, on=on)
    return against in {Comparison.SAME, Comparison.MORE_EXACT}


def share_moved(
    before: Figure, after: Figure, *, rates: Rates, on: date | None = None
) -> Decimal | None:
    """The largest share by which an end moved: 0.10 is ten per cent; None: no common currency.

    An open end is compared with nothing, unless the figures have no closed end in common.
    """
    told = _told_in(before, after, rates=rates, on=on)
    if told is None:
        return None
    pairs = [(before.low, told.low), (before.high, told.high)]
    closed = [(old, new) for old, new in pairs if old is not None and new is not None]
    if not closed:
        closed = [(_number(before.low, before.high), _number(told.low, told.high))]
    shares = [abs(new - old) / old for old, new in closed if old]
    return max(shares, default=Decimal(1)).quantize(Decimal("0.0001"))


def ratio(known: Figure, told: Figure, *, rates: Rates, on: date | None = None) -> Decimal | None:
    """How many times `known` `told` is, taken between their nearest ends; None: cannot be told."""
    converted = _told_in(known, told, rates=rates, on=on)
    if converted is None:
        return None
    ratios = [
        new / old
        for old in (known.low, known.high)
        for new in (converted.low, converted.high)
        if old and new
    ]
    return min(ratios, key=lambda r: max(r, 1 / r), default=None)


def exactness(figure: Figure) -> tuple[int, bool]:
    """How exact a wording is: range, point, floor, ceiling; a plain one before "about".

    A floor stands before a ceiling because a rule may be certain of it.
    """
    order = [Bound.CEILING, Bound.FLOOR, Bound.POINT, Bound.RANGE]
    return order.index(figure.bound), not figure.approximate


@dataclass(frozen=True, slots=True)
class _Told:
    """The told figure in the currency of the known one, and how far they may differ."""

    low: Decimal | None
    high: Decimal | None
    spare: Decimal


def _against(
    known: Figure, told: Figure, *, rates: Rates, says_changed: bool, on: date | None
) -> Comparison:
    converted = _told_in(known, told, rates=rates, on=on)
    if converted is None:
        return Comparison.NOT_COMPARABLE
    if known.bound is Bound.RANGE:
        if told.bound is Bound.RANGE:
            return _range_against_range(known, converted)
        return _number_against_range(known, converted)
    if told.bound is Bound.RANGE:
        return _range_against_number(known, converted, says_changed=says_changed)
    return _number_against_number(known, told, converted, says_changed=says_changed)


def _range_against_range(known: Figure, told: _Told) -> Comparison:
    """Rule (a)."""
    low = _side(_number(told.low), _number(known.low), told.spare)
    high = _side(_number(told.high), _number(known.high), told.spare)
    if low == high == 0:
        return Comparison.SAME
    if low >= 0 and high >= 0:
        return Comparison.RAISED
    if low <= 0 and high <= 0:
        return Comparison.LOWERED
    return Comparison.NARROWED if low > 0 else Comparison.WIDENED


def _number_against_range(known: Figure, told: _Told) -> Comparison:
    """Rule (b)."""
    number = _number(told.low, told.high)
    if _side(number, _number(known.high), told.spare) > 0:
        return Comparison.RAISED
    if _side(number, _number(known.low), told.spare) < 0:
        return Comparison.LOWERED
    return Comparison.SAME


def _range_against_number(known: Figure, told: _Told, *, says_changed: bool) -> Comparison:
    """Rule (c), and what a range says that does not hold the known number."""
    number, low, high = _number(known.low, known.high), _number(told.low), _number(told.high)
    slack = Decimal(0) if says_changed else _SLACK
    if _side(low, number, told.spare) > 0:
        # "Over 60" and 61-64 are one plan; 66-72 is more than that.
        near = known.bound is Bound.FLOOR and high < number * (1 + slack)
        return Comparison.MORE_EXACT if near else Comparison.RAISED
    if _side(high, number, told.spare) < 0:
        near = known.bound is Bound.CEILING and low > number * (1 - slack)
        return Comparison.MORE_EXACT if near else Comparison.LOWERED
    return Comparison.MORE_EXACT


def _number_against_number(
    known: Figure, told: Figure, converted: _Told, *, says_changed: bool
) -> Comparison:
    number, new = _number(known.low, known.high), _number(converted.low, converted.high)
    more_exact = exactness(told) > exactness(known)
    if known.currency != told.currency:  # converted and rounded: not more exact for "about" alone
        more_exact = exactness(told)[0] > exactness(known)[0]
    same = Comparison.MORE_EXACT if more_exact else Comparison.SAME
    side = _side(new, number, converted.spare)
    if side == 0:
        return same
    if not says_changed:
        if known.bound is told.bound is Bound.POINT and known.currency == told.currency:
            if _is_rounded(new, number):
                return Comparison.SAME
            if _is_rounded(number, new):
                return Comparison.MORE_EXACT
        times = new / number if number else Decimal(0)
        if _holds(known.bound, told.bound, times):
            return same if times > 1 - _SLACK else Comparison.SAME
    return Comparison.RAISED if side > 0 else Comparison.LOWERED


def _holds(known: Bound, told: Bound, times: Decimal) -> bool:
    """Whether an open wording holds the other number and stands near enough to mean it.

    A floor below the known number never says that it fell, however far below it lies.
    """
    if told is Bound.FLOOR and times < 1:
        return True
    if told is Bound.CEILING and known is not Bound.CEILING:
        return 1 < times < 1 + _SLACK
    if told is Bound.POINT and known is Bound.FLOOR:
        return 1 < times < 1 + _SLACK
    if told is Bound.POINT and known is Bound.CEILING:
        return 1 - _SLACK < times < 1
    return False


def _is_rounded(coarse: Decimal, fine: Decimal) -> bool:
    """Whether `coarse` is `fine` with fewer digits: 14 for 14.3, and not 60 for 62.

    One digit alone (7 for 6.6, 60 for 64) may be any sum, so two at least.
    """
    shown = coarse.normalize().as_tuple()
    if len(shown.digits) < 2 or not isinstance(shown.exponent, int):
        return False
    if len(fine.normalize().as_tuple().digits) <= len(shown.digits):
        return False
    return fine.quantize(Decimal(1).scaleb(shown.exponent), ROUND_HALF_UP) == coarse


def _rounding_of(told: Figure) -> Decimal:
    """By how much a converted sum may be off by rounding alone: "$3.5bn" for 13bn dirhams.

    Half of its last digit, where it has two of them or more.
    """
    number = _number(told.low, told.high).normalize()
    shown = number.as_tuple()
    if len(shown.digits) < 2 or not isinstance(shown.exponent, int):
        return Decimal(0)
    return Decimal("0.5").scaleb(shown.exponent) / number


def _told_in(known: Figure, told: Figure, *, rates: Rates, on: date | None) -> _Told | None:
    """`told` in the currency of `known`: rule (e)."""
    spare = _ABOUT_SPARE if known.approximate or told.approximate else _SPARE
    if known.currency == told.currency:
        return _Told(told.low, told.high, spare)
    if known.currency is None or told.currency is None:
        return None
    one = rates.convert(Decimal(1), told.currency, known.currency, on=on)
    if one is None:
        return None
    if one.kind == "approximate":
        spare = max(spare, _ROUGH_SPARE)
    elif one.kind == "ecb":
        fresh = on is None or abs((on - one.on).days) <= _RATE_DAYS
        spare = max(spare, _DATED_SPARE if fresh else _OLD_RATE_SPARE)
    low, high = (None if side is None else side * one.rate for side in (told.low, told.high))
    return _Told(low, high, max(spare, _rounding_of(told)))


def _side(new: Decimal, old: Decimal, spare: Decimal) -> int:
    """1 above, -1 below, 0 within `spare` of the old end."""
    if abs(new - old) <= spare * abs(old):
        return 0
    return 1 if new > old else -1


def _number(*sides: Decimal | None) -> Decimal:
    """The closed side of a figure that has one."""
    return next(side for side in sides if side is not None)
