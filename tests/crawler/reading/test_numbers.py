"""Digits with marks, by the habits of the language."""

from decimal import Decimal

import pytest

from crawler.reading.numbers import parse_number

POINT, COMMA, BOTH = ((".",), (",",)), ((",",), (" ", ".")), ((".", ","), (",", "."))
SAID = {
    "plain": ("65", POINT, "65"),
    "English groups": ("10,372", POINT, "10372"),
    "English decimals": ("38.4", POINT, "38.4"),
    "Indian groups": ("12,34,567.89", POINT, "1234567.89"),
    "French decimals": ("1,7", COMMA, "1.7"),
    "three French decimals": ("12,345", COMMA, "12.345"),
    "French spaces": ("1 250", COMMA, "1250"),
    "points that group": ("15.700", COMMA, "15700"),
    "a point for a decimal in French": ("3.5", COMMA, "3.5"),
    "both marks": ("1.234.567,89", COMMA, "1234567.89"),
    "millions set off": ("1'250.000", POINT, "1250000"),
    "Swiss apostrophes": ("1'000'000", POINT, "1000000"),
    "Arabic comma decimal": ("3,2", BOTH, "3.2"),
    "Arabic comma groups": ("13,482", BOTH, "13482"),
    "old Arabic type": ("7ر2", BOTH, "7.2"),
    "a raised point in Japanese columns": ("1・5", POINT, "1.5"),
    "nothing before the point": (".5", POINT, "0.5"),
    "zero before a mark is no group": ("0,125", POINT, "0.125"),
}
NOT_SAID = {
    "a date": "12.05.2024",
    "a version": "1.2.3",
    "groups of the wrong length": "1,23,4567",
    "an address": "192.168.10.1",
}


@pytest.mark.parametrize(("text", "habits", "value"), SAID.values(), ids=SAID)
def test_digits_say(text: str, habits: tuple[tuple[str, ...], tuple[str, ...]], value: str) -> None:
    found, _ = parse_number(text, *habits)

    assert found == Decimal(value)


@pytest.mark.parametrize("text", NOT_SAID.values(), ids=NOT_SAID)
def test_digits_say_no_number(text: str) -> None:
    assert parse_number(text, *POINT) == (None, None)


def test_one_mark_may_leave_two_readings() -> None:
    assert parse_number("1.250", *BOTH) == (Decimal("1.250"), Decimal("1250"))
