"""What may one word mean to an amount?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Word:
    """Everything one word or phrase may mean to an amount. A word may mean several things."""

    number: Decimal | None = None  # five, خمسة
    scale: Decimal | None = None  # million
    dual: Decimal | None = None  # ملياري: 2 × 10^9 in one word
    dual_near: Decimal | None = None  # مليارا: 2 × 10^9 only right before a currency
    absolute: bool = False  # ملياراً: printed so, it is one and needs no noun behind it
    part: Decimal | None = None  # half
    shift: Decimal | None = None  # moves the number behind it: साढ़े तीन, three and a half
    currency: str | None = None  # ISO code, family or unit of currency.py
    minor: bool = False  # the currency's cents
    tenth: bool = False  # counts tenths of the currency before it: 5元3角, 9块9
    mark: bool = False  # a currency that may stand before its number
    only_before: bool = False  # and nowhere else: PS8.1bn
    bound: str | None = None  # floor, ceiling, about
    bound_after: str | None = None
    bound_cases: tuple[tuple[str, str], ...] = ()  # case of the sum before it, bound: dolara kadar
    joins: frozenset[str] = frozenset()  # between, from, to, and, or, change
    filler: bool = False  # "of" between million and dollars
    light: bool = False  # between a bound and its sum: более чем на 5 млрд
    place: tuple[str, ...] = ()  # ISO 3166; عمان is Amman and Oman
    not_money: bool = False
    year: bool = False  # stands before a year: in, since, عام
    vague: bool = False  # makes a number vague: 수 천만, कई सौ करोड़, tens of
    point: bool = False  # the decimal point of number words: 九点八, 三・四
    weak: bool = False  # also an everyday word: won, a
    name_below: int = 0  # a code that is a name before a smaller number: COP30, AMD 7900
    not_this: frozenset[str] = frozenset()  # currencies that mean something else behind it: weighs
    not_this_after: frozenset[str] = frozenset()  # and right before it: pounds of copper
    weak_mark: bool = False  # a norm or a tournament before a small number or a year: Euro 6
    bare: bool = False  # a scale that alone says one: مليار
    leads: bool = False  # a scale that before its number says about: миллионов сорок
    implied: bool = False  # a scale that counts money of no name: 240 करोड़ जुटाए
    short: bool = False  # a scale only right after digits: k, m, bn
    capitals: tuple[str, ...] = ()  # must be printed so: USD, Rs; () is free
    lead: str | None = None  # a clitic said so before it: and, to, from, moves
    carry_before: bool = False
    carry_after: bool = False
    inflects: bool = False  # takes the case endings of the language

    @property
    def is_article(self) -> bool:
        """Whether it says one and is an everyday word: a, one, ein."""
        return self.weak and self.number == 1

    @property
    def bounds_after(self) -> bool:
        """Whether it may bound the number before it."""
        return self.bound_after is not None or bool(self.bound_cases)


def phrase_form(text: str) -> str:
    """Folded `text` as phrases are kept: one space between words, also after an elision."""
    return " ".join(text.replace("-", " ").replace("'", "' ").split())
