"""How is a language spoken whose words stand in one file?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from config.phrases import Wording, fill
from crawler.health.model import HealthState
from crawler.model import Bound, Figure, Role, Side, Stage
from crawler.text.safe import harmless_line
from notifier.money import Scaled, rounded_for_conversion, scaled
from notifier.words import Facts, Forms, Words, isolated, words_of

Name = TypeVar("Name")
Said = TypeVar("Said")

_SCALES = {Decimal(10) ** 12: "trillion", Decimal(10) ** 9: "billion", Decimal(10) ** 6: "million"}
_FACT = re.compile(r"\{([0-9])(?::(\w+))?(?:\|([^{}]*))?\}")
_BLANKS = re.compile(r"\s{2,}")
_FACT_LIMIT = 200


def words_in(language: str, wordings: Iterable[Wording]) -> Words:
    """The words of `language`, which stands in `wordings` or comes with Rasid."""
    own = next((each for each in wordings if each.language == language), None)
    return words_from(own, words_of("en")) if own else words_of(language)


def words_from(wording: Wording, english: Words) -> Words:
    """The table of `wording`; what it leaves out is said as `english` says it."""
    tongue = _Tongue(wording, english)
    return Words(
        language=wording.language,
        right_to_left=wording.right_to_left,
        kinds=_named(Role, wording.kinds, english.kinds),
        stages=_named(Stage, wording.stages, english.stages),
        sides=_named(Side, wording.sides, english.sides),
        sides_of_kind={
            **({} if wording.sides else english.sides_of_kind),
            **{
                (Role(kind), Side(side)): forms
                for kind, sides in wording.sides_of_kind.items()
                for side, forms in sides.items()
            },
        },
        states=_named(HealthState, wording.states, english.states),
        languages={**english.languages, **wording.languages},
        labels={**english.labels, **wording.labels},
        reasons={
            **english.reasons,
            **{code: tongue.reason(phrase) for code, phrase in wording.reasons.items()},
        },
        figure=tongue.figure,
        converted=tongue.converted,
        rate=tongue.rate,
        percent=tongue.moved,
        day=tongue.day,
        moment=tongue.moment,
        count=lambda count: tongue.number(f"{count:,}"),
        sources=lambda count: _counted(count, wording.sources),
        join=tongue.join,
    )


def _named(
    kind: Callable[[str], Name], own: Mapping[str, Said], below: Mapping[Name, Said]
) -> dict[Name, Said]:
    return {**below, **{kind(name): said for name, said in own.items()}}


def _counted(count: int, forms: Forms) -> str:
    """As `forms` say it of one, of two (where there are three forms), and of more."""
    form = forms[min(max(count, 1), len(forms)) - 1]
    return fill(form, {"count": str(count)})


@dataclass(frozen=True, slots=True)
class _Tongue:
    """What needs more than a phrase: numbers, days and reasons."""

    wording: Wording
    english: Words

    def number(self, digits: str) -> str:
        """Digits as English writes them, with this language's signs."""
        signs = {",": self.wording.thousands_sign, ".": self.wording.decimal_sign}
        return "".join(signs.get(sign, sign) for sign in digits)

    def money(self, amount: Decimal, currency: str | None) -> str:
        told = self._scaled(amount)
        return self._amount(self.number(told.digits), told, currency)

    def _scaled(self, amount: Decimal) -> Scaled:
        """`amount` in the largest scale word that this language has."""
        told = scaled(amount)
        if told.scale == 1 or _SCALES[told.scale] in self.wording.scales:
            return told
        smaller = max((each for each in _SCALES if each < told.scale), default=Decimal(1))
        return Scaled(told.number * (told.scale / smaller), smaller)

    def _amount(self, number: str, told: Scaled, currency: str | None) -> str:
        forms = self.wording.scales.get(_SCALES.get(told.scale, ""), ("",))
        parts = {
            "number": number,
            "scale": forms[0] if told.number < 2 else forms[-1],
            "currency": self._currency(currency),
        }
        # Below a million there is no scale word, and its blank is one too many.
        return _BLANKS.sub(lambda blanks: blanks[0][0], fill(self.wording.amount, parts)).strip()

    def _currency(self, code: str | None) -> str:
        if code is None:
            return ""
        return isolated(self.wording.currencies.get(code, code), self.wording.right_to_left)

    def span(self, low: Decimal, high: Decimal, currency: str | None) -> str:
        first, last = self._scaled(low), self._scaled(high)
        if first.scale == last.scale:
            ends = {"low": self.number(first.digits), "high": self.number(last.digits)}
            return self._amount(fill(self.wording.range, ends), last, currency)
        ends = {"low": self.money(low, currency), "high": self.money(high, currency)}
        return fill(self.wording.between, ends)

    def bounded(self, low: Decimal | None, high: Decimal | None, currency: str | None) -> str:
        if low is None:
            return fill(self.wording.up_to, {"amount": self.money(high or Decimal(0), currency)})
        if high is None:
            return fill(self.wording.over, {"amount": self.money(low, currency)})
        return self.money(low, currency) if low == high else self.span(low, high, currency)

    def figure(self, told: Figure) -> str:
        said = self.bounded(told.low, told.high, told.currency)
        if told.approximate and told.bound is Bound.POINT:
            said = fill(self.wording.about, {"amount": said})
        return said if told.currency else fill(self.wording.no_currency, {"amount": said})

    def converted(self, low: Decimal | None, high: Decimal | None, currency: str) -> str:
        ends = [None if side is None else rounded_for_conversion(side) for side in (low, high)]
        return fill(self.wording.converted, {"amount": self.bounded(ends[0], ends[1], currency)})

    def rate(self, one: str, other: str, how_many: Decimal, on: date | None, kind: str) -> str:
        parts = {
            "one": isolated(one, self.wording.right_to_left),
            "other": isolated(other, self.wording.right_to_left),
            "count": self.number(f"{how_many:f}"),
            "kind": fill(self.wording.rates.get(kind, kind), {"day": self.day(on) if on else "?"}),
        }
        return fill(self.wording.rate, parts)

    def share(self, share: Decimal) -> str:
        """A share without its sign, in whole per cent, or with one decimal below ten."""
        points = abs(share) * 100
        places = Decimal(1) if points >= Decimal("9.5") else Decimal("0.1")
        digits = f"{points.quantize(places):f}"
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return fill(self.wording.percent, {"number": self.number(digits)})

    def moved(self, share: Decimal) -> str:
        phrase = self.wording.fall if share < 0 else self.wording.rise
        return fill(phrase, {"share": self.share(share)})

    def day(self, on: date) -> str:
        month = self.wording.months[on.month - 1]
        parts = {"day": str(on.day), "month": month, "year": str(on.year)}
        return fill(self.wording.day, parts)

    def moment(self, at: datetime, day_only: bool, zone: str) -> str:
        if day_only:
            return self.day(at.date())
        name = zone.rsplit("/", 1)[-1]
        place = self.wording.places.get(name) or isolated(
            name.replace("_", " "), self.wording.right_to_left
        )
        parts = {
            "day": self.day(at.date()),
            "time": f"{at:%H:%M}",
            "zone": place if zone == "UTC" else fill(self.wording.zone, {"place": place}),
        }
        return fill(self.wording.moment, parts)

    def join(self, names: Sequence[str]) -> str:
        comma = self.wording.labels.get("comma", ", ")
        if len(names) < 2:
            return comma.join(names)
        return f"{comma.join(names[:-1])}{self.wording.last}{names[-1]}"

    def reason(self, phrase: str) -> Callable[[Facts], str]:
        """`phrase` with the facts of a reason in the places of {0}, {1:kind} …"""

        def said(facts: Facts) -> str:
            def put(field: re.Match[str]) -> str:
                number = int(field[1])
                given = facts[number] if number < len(facts) else ""
                return self._fact(given, facts, number, field[2]) if given else field[3] or ""

            return _FACT.sub(put, phrase)

        return said

    def _fact(self, fact: str, facts: Facts, number: int, verb: str | None) -> str:
        wording, english = self.wording, self.english
        if verb == "kind":
            return wording.kinds.get(fact) or english.kinds.get(Role(fact), fact)
        if verb == "stage":
            return wording.stages.get(fact) or english.stages[Stage(fact)]
        if verb == "language":
            return wording.languages.get(fact) or english.languages.get(fact, fact)
        if verb == "change":
            return wording.changes.get(fact, fact)
        if verb == "by_rate":
            return wording.by_rate.get(fact, "")
        if verb == "hours":
            return self._hours(int(fact))
        if verb == "sources":
            return _counted(int(fact), wording.sources)
        return self._sum(fact, facts, number, verb)

    def _sum(self, fact: str, facts: Facts, number: int, verb: str | None) -> str:
        if verb == "money":
            return self.money(Decimal(fact), facts[2])
        if verb in ("share", "moved_by", "limit"):
            phrases = {"moved_by": self.wording.moved_by, "limit": self.wording.limit}
            return fill(phrases.get(verb, "{share}"), {"share": self.share(Decimal(fact))})
        if verb == "figure":
            low, high, currency = facts[number : number + 3]
            return self.bounded(_amount(low), _amount(high), currency or None)
        return isolated(harmless_line(fact, _FACT_LIMIT), self.wording.right_to_left)

    def _hours(self, hours: int) -> str:
        if hours >= 72:
            return _counted(hours // 24, self.wording.days)
        return _counted(hours, self.wording.hours) if hours else self.wording.under_an_hour


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
