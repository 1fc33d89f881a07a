"""How does a language say amounts, shares, days and counts? As its wording lays down."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import cast

from config.phrases import Category, Scale, Wording, fill
from crawler.model import Bound, Figure
from notifier.direction import begun_from_the_right, isolated
from notifier.money import Scaled, rounded_for_conversion, scaled

_SCALES: dict[Decimal, Scale] = {
    Decimal(10) ** 12: "trillion",
    Decimal(10) ** 9: "billion",
    Decimal(10) ** 6: "million",
}
_BLANKS = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True)
class Tongue:
    """What needs more than a phrase: numbers and days."""

    wording: Wording

    @property
    def right_to_left(self) -> bool:
        return self.wording.right_to_left

    def isolated(self, text: str) -> str:
        """`text` so that letters of the other direction cannot reorder the line around it."""
        return isolated(text, self.right_to_left)

    def line(self, text: str) -> str:
        """`text` as a line that runs in this language's direction whatever it begins with."""
        return begun_from_the_right(text) if self.right_to_left else text

    def number(self, digits: str) -> str:
        """Digits as English writes them, with this language's signs."""
        wording = self.wording
        return digits.translate({ord(","): wording.thousands_sign, ord("."): wording.decimal_sign})

    def count(self, count: int) -> str:
        """3,120"""
        return self.number(f"{count:,}")

    def form(self, forms: Mapping[Category, str], number: Decimal | int) -> str:
        """The one of `forms` in which so many are counted, by the rules of CLDR."""
        if number == 0 and "zero" in forms:
            return forms["zero"]
        if len(forms) == 1:
            return forms["other"]
        return forms.get(_category_of(self.wording.language)(number), forms["other"])

    def hidden(self, forms: Mapping[Category, str]) -> list[int]:
        """Several numbers that one of `forms` stands for without saying which; below 200."""
        said: dict[str, list[int]] = {}
        if "{" in forms["other"]:
            for number in range(200):
                said.setdefault(self.form(forms, number), []).append(number)
        return next((told for form, told in said.items() if "{" not in form and told[1:]), [])

    def counted(self, forms: Mapping[Category, str], count: int) -> str:
        return fill(self.form(forms, count), {"count": self.count(count)})

    def sources(self, count: int) -> str:
        """3 sources"""
        return self.counted(self.wording.sources, count)

    def hours(self, hours: int) -> str:
        """A time in hours, in days from three on."""
        if hours >= 72:
            return self.counted(self.wording.days, hours // 24)
        return self.counted(self.wording.hours, hours) if hours else self.wording.under_an_hour

    def figure(self, told: Figure) -> str:
        """A figure as it was told: "$60–65bn"."""
        about = told.approximate and told.bound is Bound.POINT
        said = self.bounded(told.low, told.high, told.currency, after=about)
        if about:
            said = fill(self.wording.about, {"amount": said})
        return said if told.currency else fill(self.wording.no_currency, {"amount": said})

    def converted(self, low: Decimal | None, high: Decimal | None, currency: str) -> str:
        """The same sum in another currency, three digits."""
        ends = [None if side is None else rounded_for_conversion(side) for side in (low, high)]
        phrase = self.wording.converted_open if None in ends else ""
        said = self.bounded(ends[0], ends[1], currency, after=True)
        return fill(phrase or self.wording.converted, {"amount": said})

    def bounded(
        self, low: Decimal | None, high: Decimal | None, currency: str | None, *, after: bool
    ) -> str:
        """An amount with its open side in words; `after`: behind a word such as "about"."""
        if low is None:
            said = self.money(high or Decimal(0), currency, after=True)
            return fill(self.wording.up_to, {"amount": said})
        if high is None:
            return fill(self.wording.over, {"amount": self.money(low, currency, after=True)})
        if low == high:
            return self.money(low, currency, after=after)
        return self._span(low, high, currency, after=after)

    def money(self, amount: Decimal, currency: str | None, *, after: bool) -> str:
        told = self._scaled(amount)
        form = self.form(self._forms_of(told.scale, after=after), told.number)
        return self._amount(fill(form, {"number": self.number(told.digits)}), currency)

    def _span(self, low: Decimal, high: Decimal, currency: str | None, *, after: bool) -> str:
        wording, first, last = self.wording, self._scaled(low), self._scaled(high)
        if first.scale != last.scale:
            phrase = wording.between_after if after else ""
            ends = {
                "low": self.money(low, currency, after=True),
                "high": self.money(high, currency, after=True),
                "low_alone": self.money(low, None, after=True),
                "high_alone": self.money(high, None, after=True),
            }
            return fill(phrase or wording.between, ends)
        ends = {"low": self.number(first.digits), "high": self.number(last.digits)}
        both = fill((wording.range_after if after else "") or wording.range, ends)
        forms = self._forms_of(last.scale, after=True)
        form = self.form(forms, last.number)
        # A word that says "two milliards" by itself has no room for two numbers.
        form = form if "{number}" in form else forms["other"]
        return self._amount(fill(form, {"number": both}), currency)

    def _scaled(self, amount: Decimal) -> Scaled:
        """`amount` in the largest scale word that this language has."""
        told = scaled(amount)
        if told.scale == 1 or _SCALES[told.scale] in self.wording.scales:
            return told
        smaller = max((each for each in _SCALES if each < told.scale), default=Decimal(1))
        return Scaled(told.number * (told.scale / smaller), smaller)

    def _forms_of(self, scale: Decimal, *, after: bool) -> Mapping[Category, str]:
        name = _SCALES.get(scale)
        if name is None:
            return {"other": "{number}"}
        forms = self.wording.scales[name]
        return {**forms, **self.wording.scales_after.get(name, {})} if after else forms

    def _amount(self, number: str, currency: str | None) -> str:
        sign = self.wording.signs.get(currency or "", "")
        phrase = (self.wording.signed if sign else "") or self.wording.amount
        unit = self.isolated(sign) or self.currency(currency)
        said = fill(phrase, {"number": number, "currency": unit})
        # Without a currency its blank is one too many.
        return said if unit else _BLANKS.sub(lambda blanks: blanks[0][0], said).strip()

    def currency(self, code: str | None) -> str:
        """The name of a currency, else its code."""
        return self.isolated(self.wording.currencies.get(code, code)) if code else ""

    def rate(self, one: str, other: str, how_many: Decimal, on: date | None, kind: str) -> str:
        """The rate of a conversion: so many of `other` for one of `one`."""
        day = self.day(on) if on else self.wording.unknown_day
        parts = {
            "one": self.currency(one),
            "other": self.currency(other),
            "count": self.number(f"{how_many:f}"),
            "kind": fill(self.wording.rates.get(kind, kind), {"day": day}),
        }
        return fill(self.wording.rate, parts)

    def percent(self, share: Decimal) -> str:
        """A signed share: "+5.4%"."""
        phrase = self.wording.fall if share < 0 else self.wording.rise
        return fill(phrase, {"share": self.share(share)})

    def share(self, share: Decimal) -> str:
        """A share without its sign, in whole per cent, or with one decimal below ten."""
        points = abs(share) * 100
        places = Decimal(1) if points >= Decimal("9.5") else Decimal("0.1")
        digits = f"{points.quantize(places):f}"
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return fill(self.wording.percent, {"number": self.number(digits)})

    def day(self, on: date) -> str:
        """24 Jan 2025"""
        month = self.wording.months[on.month - 1]
        parts = {"day": str(on.day), "month": month, "year": str(on.year)}
        return fill(self.wording.day, parts)

    def moment(self, at: datetime, day_only: bool, zone: str) -> str:
        """A local time: "24 Jan 2025, 15:58 Dubai time"."""
        if day_only:
            return self.day(at.date())
        name = zone.rsplit("/", 1)[-1]
        place = self.wording.places.get(name) or self.isolated(name.replace("_", " "))
        parts = {
            "day": self.day(at.date()),
            "time": f"{at:%H:%M}",
            "zone": place if zone == "UTC" else fill(self.wording.zone, {"place": place}),
        }
        return fill(self.wording.moment, parts)


@cache
def _category_of(language: str) -> Callable[[Decimal | int], Category]:
    """CLDR's plural rule of `language`; "other" for all numbers where CLDR has none."""
    from babel import Locale, UnknownLocaleError  # 60 ms, and an English amount needs no rule

    try:
        rule = Locale(language).plural_form
    except UnknownLocaleError:
        return lambda _number: "other"
    return cast(Callable[[Decimal | int], Category], rule)
