"""The law of deals (README) as one table: what a told figure is beside the known one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from config.model import Rate
from crawler.deals.change import Comparison, compare, exactness, ratio, share_moved
from crawler.deals.rates import build_rates
from crawler.model import Figure

SAME, RAISED, LOWERED = Comparison.SAME, Comparison.RAISED, Comparison.LOWERED
NARROWED, WIDENED = Comparison.NARROWED, Comparison.WIDENED
MORE_EXACT, REPEATS = Comparison.MORE_EXACT, Comparison.REPEATS
NOT_COMPARABLE = Comparison.NOT_COMPARABLE


def rate(currency: str, per_usd: str, kind: str, on: str = "2025-01-24") -> Rate:
    return Rate.model_validate(
        {"currency": currency, "per_usd": per_usd, "on": on, "kind": kind, "source": "a test"}
    )


RATES = build_rates(
    [
        rate("AED", "3.6725", "peg"),
        rate("SAR", "3.75", "peg"),
        rate("EUR", "0.8", "ecb"),
        rate("EGP", "50", "approximate"),
    ]
)


def said(words: str) -> Figure:
    """A figure in billions: "60-65", "over 60", "up to 65", "65", "about 65", "240 AED"."""
    words, _, currency = words.partition(" @")
    approximate = words.startswith("about ")
    number = words.removeprefix("about ").removeprefix("over ").removeprefix("up to ")
    low, _, high = number.partition("-")
    ends = [Decimal(low) * 10**9, Decimal(high or low) * 10**9]
    return Figure(
        low=None if words.startswith("up to ") else ends[0],
        high=None if words.startswith("over ") else ends[1],
        currency=currency or "USD",
        text=words,
        start=0,
        approximate=approximate,
    )


# known, told, earlier figures of the deal, whether its sentence says that the plan was changed
LAW: dict[str, tuple[str, str, tuple[str, ...], bool, Comparison]] = {
    # The examples of the law's paragraph.
    "January plan, over 60": ("60-65", "over 60", (), False, SAME),
    "January plan, up to 65": ("60-65", "up to 65", (), False, SAME),
    "January plan, 65": ("60-65", "65", (), False, SAME),
    "January plan, 240 bn dirhams": ("60-65", "240 @AED", (), False, SAME),
    "January plan, 230 bn dirhams": ("60-65", "230 @AED", (), False, SAME),
    "January plan, 64 to 72": ("60-65", "64-72", (), False, RAISED),
    "January plan, 65 to 70": ("60-65", "65-70", (), False, RAISED),
    "January plan, 66 to 72": ("60-65", "66-72", (), False, RAISED),
    "July plan, 70 to 72": ("66-72", "70-72", ("60-65",), False, RAISED),
    "July plan, late copy of January's": ("66-72", "60-65", ("60-65",), False, REPEATS),
    "July plan, late copy: over 60": ("66-72", "over 60", ("60-65",), False, REPEATS),
    "July plan, late copy: up to 65": ("66-72", "up to 65", ("60-65",), False, REPEATS),
    "July plan, late copy: 65": ("66-72", "65", ("60-65",), False, REPEATS),
    "July plan, 50": ("66-72", "50", ("60-65",), False, LOWERED),
    "over 60, then 60 to 65": ("over 60", "60-65", (), False, MORE_EXACT),
    "over 60, then 66 to 72": ("over 60", "66-72", (), False, RAISED),
    # (a) range against range
    "ends within 1 %": ("60-65", "60.5-64.5", (), False, SAME),
    "one end 2 % higher": ("60-65", "60-66.3", (), False, RAISED),
    "high end lower": ("60-65", "60-63", (), False, LOWERED),
    "both ends lower": ("60-65", "55-60", (), False, LOWERED),
    "inside": ("60-70", "62-68", (), False, NARROWED),
    "outside": ("62-68", "60-70", (), False, WIDENED),
    "far above": ("60-65", "115-135", (), False, RAISED),
    # (b) a number against a range
    "low end itself": ("60-65", "60", (), False, SAME),
    "in the middle": ("60-65", "62", (), False, SAME),
    "high end and 1 %": ("60-65", "65.6", (), False, SAME),
    "above the high end": ("60-65", "70", (), False, RAISED),
    "over what is above": ("60-65", "over 70", (), False, RAISED),
    "up to what is above": ("60-65", "up to 70", (), False, RAISED),
    "below the low end": ("60-65", "55", (), False, LOWERED),
    "up to what is below": ("60-65", "up to 50", (), False, LOWERED),
    "in the range though changed": ("66-72", "72", ("60-65",), True, SAME),
    # (c) a range that holds the known number, and one that does not
    "65, then 60 to 65": ("65", "60-65", (), False, MORE_EXACT),
    "62, then 60 to 65": ("62", "60-65", (), False, MORE_EXACT),
    "65, then 66 to 72": ("65", "66-72", (), False, RAISED),
    "65, then 50 to 60": ("65", "50-60", (), False, LOWERED),
    "over 60, then 61 to 64": ("over 60", "61-64", (), False, MORE_EXACT),
    "over 60, then 61 to 64, changed": ("over 60", "61-64", (), True, RAISED),
    "over 60, then 40 to 50": ("over 60", "40-50", (), False, LOWERED),
    "over 60, a range across": ("over 60", "55-65", (), False, MORE_EXACT),
    "up to 65, then 60 to 65": ("up to 65", "60-65", (), False, MORE_EXACT),
    "up to 500, then 100 to 500": ("up to 500", "100-500", (), False, MORE_EXACT),
    "up to 65, then 66 to 72": ("up to 65", "66-72", (), False, RAISED),
    "up to 65, then 40 to 50": ("up to 65", "40-50", (), False, LOWERED),
    # point against point
    "65 again": ("65", "65", (), False, SAME),
    "65 and 65.5": ("65", "65.5", (), False, SAME),
    "65, then 66": ("65", "66", (), False, RAISED),
    "60, then 65": ("60", "65", (), False, RAISED),
    "65, then 60": ("65", "60", (), False, LOWERED),
    "14.3, rounded to 14": ("14.3", "14", (), False, SAME),
    "14, told whole as 14.3": ("14", "14.3", (), False, MORE_EXACT),
    "14.3 is not 15": ("14.3", "15", (), False, RAISED),
    "one digit rounds nothing": ("6.6", "7", (), False, RAISED),
    "about 100 and 104": ("about 100", "104", (), False, MORE_EXACT),
    "about 100 and 120": ("about 100", "120", (), False, RAISED),
    # open wordings of one number
    "72, over 70": ("72", "over 70", (), False, SAME),
    "72, over 50 holds it too": ("72", "over 50", (), False, SAME),
    "72, over 80": ("72", "over 80", (), False, RAISED),
    "72, cut to over 50": ("72", "over 50", (), True, LOWERED),
    "60, up to 65": ("60", "up to 65", (), False, SAME),
    "60, up to 80": ("60", "up to 80", (), False, RAISED),
    "65, up to 65": ("65", "up to 65", (), False, SAME),
    "65, up to 60": ("65", "up to 60", (), False, LOWERED),
    "over 60 again": ("over 60", "over 60", (), False, SAME),
    "over 60, over 50": ("over 60", "over 50", (), False, SAME),
    "over 60, over 80": ("over 60", "over 80", (), False, RAISED),
    "over 60, 60": ("over 60", "60", (), False, MORE_EXACT),
    "over 60, 65": ("over 60", "65", (), False, MORE_EXACT),
    "over 60, 66": ("over 60", "66", (), False, RAISED),
    "over 60, 55": ("over 60", "55", (), False, LOWERED),
    "over 60, up to 65": ("over 60", "up to 65", (), False, SAME),
    "over 60, up to 80": ("over 60", "up to 80", (), False, RAISED),
    "over 60, up to 50": ("over 60", "up to 50", (), False, LOWERED),
    "up to 65 again": ("up to 65", "up to 65", (), False, SAME),
    "up to 65, up to 70": ("up to 65", "up to 70", (), False, RAISED),
    "up to 65, up to 50": ("up to 65", "up to 50", (), False, LOWERED),
    "up to 65, 65": ("up to 65", "65", (), False, MORE_EXACT),
    "up to 65, 62": ("up to 65", "62", (), False, MORE_EXACT),
    "up to 65, 40": ("up to 65", "40", (), False, LOWERED),
    "up to 65, 70": ("up to 65", "70", (), False, RAISED),
    "up to 65, over 60": ("up to 65", "over 60", (), False, MORE_EXACT),
    "up to 65, over 10": ("up to 65", "over 10", (), False, SAME),
    "up to 65, over 70": ("up to 65", "over 70", (), False, RAISED),
    # (d) earlier figures
    "back to the old plan, and it says so": ("66-72", "60-65", ("60-65",), True, LOWERED),
    "third plan, copy of the first": ("80-90", "over 60", ("60-65", "66-72"), False, REPEATS),
    "third plan, copy of the second": ("80-90", "72", ("60-65", "66-72"), False, REPEATS),
    "cut plan, copy of the higher one": ("50", "65", ("60-65",), False, REPEATS),
    "current wins over earlier": ("60-72", "65", ("60-65",), False, SAME),
    "a new figure is no repeat": ("66-72", "80", ("60-65",), False, RAISED),
    # (e) other currencies
    "riyals by their peg": ("1.5 @USD", "5.625 @SAR", (), False, SAME),
    "riyals by their peg, 2 % more": ("1 @USD", "3.825 @SAR", (), False, RAISED),
    "dirhams and riyals": ("36.725 @AED", "37.5 @SAR", (), False, SAME),
    "euros, 2 % off": ("100", "81.6 @EUR", (), False, SAME),
    "euros, 4 % more": ("100", "83.2 @EUR", (), False, RAISED),
    "euros, 4 % less": ("100", "76.8 @EUR", (), False, LOWERED),
    "euros in a range": ("60-65", "48.8-52 @EUR", (), False, SAME),
    "pounds of Egypt, roughly": ("1", "55 @EGP", (), False, SAME),
    "pounds of Egypt, twice as many": ("1", "100 @EGP", (), False, RAISED),
    "a currency without a rate": ("1", "3 @XYZ", (), False, NOT_COMPARABLE),
    "old euros copied": ("90", "64 @EUR", ("80",), False, REPEATS),
}


@pytest.mark.parametrize(
    ("known", "told", "earlier", "says_changed", "answer"), LAW.values(), ids=LAW
)
def test_law_of_deals(
    known: str, told: str, earlier: tuple[str, ...], says_changed: bool, answer: Comparison
) -> None:
    past = tuple(said(words) for words in earlier)

    got = compare(said(known), said(told), rates=RATES, earlier=past, says_changed=says_changed)

    assert got is answer


def test_old_rate_proves_only_a_large_move() -> None:
    later = date(2026, 10, 1)

    assert compare(said("100"), said("88 @EUR"), rates=RATES, on=later) is SAME
    assert compare(said("100"), said("104 @EUR"), rates=RATES, on=later) is RAISED
    assert compare(said("100"), said("88 @EUR"), rates=RATES, on=date(2025, 2, 1)) is RAISED


def test_figure_without_currency_is_not_comparable() -> None:
    bare = Figure(low=Decimal(65), high=Decimal(65), currency=None, text="65", start=0)

    assert compare(said("65"), bare, rates=RATES) is NOT_COMPARABLE
    assert compare(bare, bare, rates=RATES) is SAME


MOVED = {
    "January to July": ("60-65", "66-72", "0.1077"),
    "one end only": ("66-72", "70-72", "0.0606"),
    "range to point": ("60-65", "72", "0.2000"),
    "floor to range": ("over 60", "66-72", "0.1000"),
    "floor to ceiling": ("over 60", "up to 90", "0.5000"),
    "down": ("100", "45", "0.5500"),
    "through a peg": ("10", "55.0875 @AED", "0.5000"),
    "nothing": ("65", "65", "0.0000"),
}


@pytest.mark.parametrize(("before", "after", "share"), MOVED.values(), ids=MOVED)
def test_share_moved(before: str, after: str, share: str) -> None:
    assert share_moved(said(before), said(after), rates=RATES) == Decimal(share)


def test_share_moved_is_unknown_without_a_rate() -> None:
    assert share_moved(said("1"), said("1 @XYZ"), rates=RATES) is None


def test_ratio_is_taken_between_the_nearest_ends() -> None:
    assert ratio(said("60-65"), said("130"), rates=RATES) == 2
    assert ratio(said("60-65"), said("62-130"), rates=RATES) == Decimal(62) / 60
    assert ratio(said("60"), said("1 @XYZ"), rates=RATES) is None


def test_exactness_orders_wordings() -> None:
    wordings = ["up to 65", "over 65", "about 65", "65", "60-65"]

    assert sorted(wordings, key=lambda words: exactness(said(words))) == wordings
