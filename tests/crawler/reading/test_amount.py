"""Amounts as owners write them in a rule."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from crawler.reading.amount import parse_amount
from crawler.reading.lexicon import build_lexicon

FOLDER = Path(__file__).parents[3] / "config" / "lexicon"
LEXICONS = {
    language: build_lexicon(
        language,
        yaml.load((FOLDER / f"{language}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader),
    )
    for language in ("en", "ar", "fr")
}
WRITTEN = {
    "1bn USD": (10**9, "USD"),
    "10 bn usd": (10**10, "USD"),
    "€500m": (5 * 10**8, "EUR"),
    "$1.5bn": (15 * 10**8, "USD"),
    "USD 1bn": (10**9, "USD"),
    "1,000,000 AED": (10**6, "AED"),
    "ten billion dollars": (10**10, "USD"),
    "مليار دولار": (10**9, "USD"),
    "٥ مليارات ريال سعودي": (5 * 10**9, "SAR"),
    "نصف مليار دولار": (5 * 10**8, "USD"),
    "2 milliards d'euros": (2 * 10**9, "EUR"),
}
NOT_ONE_SUM = [
    "1bn",
    "over 1bn USD",
    "1 to 2 bn USD",
    "",
    "lots",
    "1bn USD a year",
    "-5 USD",
    "1.2.3 USD",
]


@pytest.mark.parametrize(("text", "amount"), WRITTEN.items())
def test_a_rule_says(text: str, amount: tuple[int, str]) -> None:
    figure = parse_amount(text, LEXICONS)

    assert figure is not None
    assert (figure.low, figure.currency) == (Decimal(amount[0]), amount[1])
    assert "E" not in str(figure.low)


@pytest.mark.parametrize("text", NOT_ONE_SUM)
def test_a_rule_says_no_single_sum(text: str) -> None:
    assert parse_amount(text, LEXICONS) is None


def test_without_lexicons_there_is_no_amount() -> None:
    assert parse_amount("1bn USD", {}) is None
