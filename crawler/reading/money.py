"""Which tokens together say a sum of money: a point, a range, one wording of it?

Money is a quantity beside a currency. A range is two quantities with a joint; a bound is a
word before or after. No currency means no money, unless the sentence says it once for two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from crawler.reading.currency import UNITS
from crawler.reading.lexicon import Lexicon
from crawler.reading.quantity import Quantity, read_quantity
from crawler.reading.tokens import APART, GLUED, Token

_ONE = Decimal(1)
_SENTENCE_END = re.compile(r"[.!?؟。।]\s|\n\s*\n")
_LIST_COMMA = re.compile(r"\s?[,،]\s?\Z")
_CLOSED = re.compile(r"\s*(?:[.,،؛;:!?؟)\"'\]»]|$|\n)")
_CARRY_REACH = 160  # letters between a sum and the one that leans on its currency
_CHANGE_REACH = 90
_LIST_LIMIT = 6


@dataclass(slots=True, frozen=True)
class Sum:
    """A sum as tokens `start` to `end` say it; `currency` is a code, a family or a unit."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    country: str | None  # an adjective beside the currency: Canadian dollars
    minor: bool
    quantity: Quantity
    approximate: bool = False

    @property
    def scaled(self) -> bool:
        return self.quantity.scale >= 1000


class MoneyReader:
    """One pass over the tokens of one text."""

    def __init__(self, text: str, tokens: list[Token], lexicon: Lexicon) -> None:
        self.text = text
        self.tokens = tokens
        self.lexicon = lexicon
        self.found: list[Sum] = []
        self.floor = 0  # tokens before it belong to an earlier sum

    def read(self) -> list[Sum]:
        """The sums of the text, left to right."""
        at = 0
        while at < len(self.tokens):
            at = self.step(at)
        return self.found

    def step(self, at: int) -> int:
        """Read what begins at token `at`; where to go on."""
        money = self.money(at)
        if money is None:
            return at + 1
        for whole in (self.range_of(money), self.move_of(money)):
            if whole:
                return self.keep(*whole)
        if money.currency is None:
            money = self.carried(money)
        if money.currency is None:
            return max(money.end, at + 1)
        return self.keep(money)

    def keep(self, *sums: Sum) -> int:
        for money in sums:
            self.found.append(self.bounded(money))
        self.floor = sums[-1].end
        return self.floor

    # -- one sum ---------------------------------------------------------------------------

    def money(self, at: int, floor: int | None = None) -> Sum | None:
        """The quantity at token `at` with the currency before or after it, if any."""
        tokens = self.tokens
        quantity = read_quantity(tokens, at, self.lexicon)
        if quantity is None:
            return None
        start, end, value = at, quantity.end, quantity.value
        mark = self.mark_before(at, self.floor if floor is None else floor)
        name = country = None
        minor = False
        if mark is not None:
            start, name = mark, tokens[mark].word.currency
            if tokens[mark].word.scale is not None:
                value *= tokens[mark].word.scale or _ONE
        after = self.currency_after(end, name)
        if after is not None:
            named, end, country, minor, factor = after
            if name is None or len(named) == 3:
                name = named
            value *= factor
        if name is not None and self.is_everyday(quantity, start, end, mark is not None):
            name = None
            end = quantity.end
        if name is None and quantity.weak:
            return None
        if name in UNITS:
            value *= UNITS[name][1]
        if name and quantity.grouped is not None and quantity.scale == 1:
            value = quantity.grouped * (UNITS[name][1] if name in UNITS else 1)
        if name and not minor and quantity.scale == 1:
            value, end = self.with_minor(value, end)
        return Sum(start, end, value, value, name, country, minor, replace_scale(quantity, value))

    def mark_before(self, at: int, floor: int) -> int | None:
        before = at - 1
        if before < floor or self.tokens[at].near >= APART:
            return None
        word = self.tokens[before].word
        if word.currency and word.mark and not word.minor:
            return before
        return None

    def currency_after(
        self, at: int, name: str | None
    ) -> tuple[str, int, str | None, bool, Decimal] | None:
        """Currency, end, country, whether it is its cents, and a scale said after it."""
        tokens = self.tokens
        k = at
        for _ in range(3):
            if k < len(tokens) and tokens[k].near < APART and self.is_between(k):
                k += 1
        country = None
        if k + 1 < len(tokens) and tokens[k].near < APART and tokens[k].word.place:
            if not tokens[k].word.currency and tokens[k + 1].near < APART:
                country = tokens[k].word.place
                k += 1
        if k >= len(tokens) or tokens[k].near >= APART or not tokens[k].word.currency:
            return None
        token = tokens[k]
        named = token.word.currency
        assert named is not None
        if token.word.lead == "to" or self.belongs_to_next(k, name):
            return None
        if name is not None and named != name and not _refines(name, named):
            return None
        end = k + 1
        if (
            end < len(tokens)
            and tokens[end].near < APART
            and tokens[end].word.place
            and not tokens[end].word.currency
            and country is None
            and tokens[end].word.lead is None
        ):
            country, end = tokens[end].word.place, end + 1
        factor = _ONE
        if token.word.scale is not None:
            factor = token.word.scale
        elif (
            token.word.mark
            and end < len(tokens)
            and tokens[end].near < APART
            and tokens[end].word.scale
            and not tokens[end].word.short
            and not (tokens[end].word.bare)
        ):
            factor, end = tokens[end].word.scale or _ONE, end + 1
        return named, end, country, token.word.minor, factor

    def is_between(self, at: int) -> bool:
        """Whether a token may stand between a number and its currency: of, de, a glued hyphen."""
        token = self.tokens[at]
        if token.is_dash:
            following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            return following is not None and following.near == GLUED and following.digits is None
        return token.word.filler and not token.word.currency

    def belongs_to_next(self, at: int, name: str | None) -> bool:
        """Whether the sign at `at` opens the next number: 5 million, $3 million."""
        token = self.tokens[at]
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if not token.word.mark or following is None or following.digits is None:
            return False
        if following.near >= APART:
            return False
        if name is not None:
            return token.word.currency != name or following.near == GLUED
        return token.near > following.near

    def is_everyday(self, quantity: Quantity, start: int, end: int, marked: bool) -> bool:
        """Whether the currency is only a word here: in 2020 won, a dollar fell, 2025 dollars."""
        tokens = self.tokens
        plain = quantity.scale == 1
        currency = tokens[end - 1].word
        if plain and not marked and quantity.end == quantity.start + 1:
            text = tokens[quantity.start].text
            year = len(text) == 4 and text.isdigit() and 1900 <= quantity.value <= 2100
            before = tokens[start - 1] if start else None
            if year and (
                currency.weak
                or (before is not None and tokens[start].near < APART and before.word.year)
            ):
                return True
            if currency.weak and quantity.value < 1000:
                return True
        return quantity.weak and not marked and plain

    def with_minor(self, value: Decimal, end: int) -> tuple[Decimal, int]:
        """3 dollars and 50 cents, ٥٢٨ ديناراً و٣٢٠ مليماً: one sum."""
        tokens = self.tokens
        k = end
        if k < len(tokens) and tokens[k].near < APART and "and" in tokens[k].word.joins:
            k += 1
        if k >= len(tokens) or tokens[k].near >= APART:
            return value, end
        rest = read_quantity(tokens, k, self.lexicon)
        if rest is None or rest.scale != 1 or rest.end >= len(tokens):
            return value, end
        unit = tokens[rest.end]
        if unit.near < APART and unit.word.minor and rest.value < 1000:
            from_name = unit.word.currency or ""
            parts = 1000 if from_name in ("OMR", "TND") else 100
            return value + rest.value / parts, rest.end + 1
        return value, end

    # -- ranges ----------------------------------------------------------------------------

    def range_of(self, first: Sum) -> tuple[Sum, ...]:
        """The range that `first` begins, as one sum; () if it begins none."""
        between = self.role_before(first.start, "between")
        joint = self.joint_after(first.end, between)
        if joint is None:
            return ()
        role, k, is_dash = joint
        second = self.second(k)
        if second is None or not _agree(first, second):
            return ()
        if role == "to" and not between and not is_dash and self.is_move(first, second):
            return ()
        low = self.shared(first, second, named=bool(first.currency) or not is_dash)
        high = second.high
        if low is None or high is None or low >= high:
            return ()
        if role == "or" and (high > 2 * low or (first.currency and not second.currency)):
            return ()
        return (
            replace(
                second,
                start=first.start,
                low=low,
                currency=second.currency or first.currency,
                country=second.country or first.country,
            ),
        )

    def move_of(self, first: Sum) -> tuple[Sum, ...]:
        """From 38.4 to 60 billion dollars: two sums that share what is said once."""
        joint = self.joint_after(first.end, between=False)
        if joint is None or joint[0] != "to" or joint[2]:
            return ()
        second = self.second(joint[1])
        if second is None or not _agree(first, second) or not self.is_move(first, second):
            return ()
        if first.currency and second.currency:
            return ()
        low = self.shared(first, second, named=True)
        if low is None:
            return ()
        name = first.currency or second.currency
        country = first.country or second.country
        if second.quantity.scale == 1 and first.quantity.scale > 1:
            return ()
        return (
            replace(first, low=low, high=low, currency=name, country=country),
            replace(second, currency=name, country=country),
        )

    def joint_after(self, at: int, between: bool) -> tuple[str, int, bool] | None:
        """The joint at token `at`: its role, where the second number may begin, is it a dash."""
        tokens = self.tokens
        if at >= len(tokens) or tokens[at].near >= APART:
            return None
        token = tokens[at]
        if token.is_dash:
            if at + 1 < len(tokens) and tokens[at + 1].near < APART:
                return "to", at + 1, True
            return None
        roles = token.word.joins
        for role in ("to", "or", "and"):
            if role in roles and (role != "and" or between):
                return role, at + 1, False
        if token.word.lead == "to" or (token.word.lead == "and" and between):
            return token.word.lead, at, False
        return None

    def second(self, at: int) -> Sum | None:
        """The second sum of a range, past "as much as", "nearly" and its currency sign."""
        tokens = self.tokens
        k = at
        for _ in range(3):
            if k >= len(tokens) or tokens[k].near >= APART:
                return None
            word = tokens[k].word
            if (
                tokens[k].is_dash
                or word.bound
                or (word.filler and word.number is None)
                or (word.joins & {"to"} and word.number is None and k > at)
            ):
                k += 1
        if k >= len(tokens) or tokens[k].near >= APART:
            return None
        if (
            tokens[k].word.mark
            and tokens[k].digits is None
            and k + 1 < len(tokens)
            and tokens[k + 1].near < APART
        ):
            found = self.money(k + 1, floor=k)
            return found if found is not None and found.start == k else None
        return self.money(k, floor=k)

    def shared(self, first: Sum, second: Sum, *, named: bool) -> Decimal | None:
        """The low end of the range; the scale is shared only if the first is not larger."""
        low, scale = first.low, second.quantity.scale
        if low is None:
            return None
        if first.quantity.scale > 1 or scale == 1:
            return low
        if first.quantity.value <= second.quantity.coefficient:
            return first.quantity.value * scale
        return low if named and not (1900 <= low <= 2100 and not first.currency) else None

    def is_move(self, first: Sum, second: Sum) -> bool:
        """Whether a verb says that a sum rose or fell from the first to the second."""
        tokens = self.tokens
        came_from = self.role_before(first.start, "from")
        if not came_from and not (first.currency and second.currency):
            return False
        if self.role_before(first.start, "to"):
            return False
        reach = tokens[first.start].start - _CHANGE_REACH
        k = first.start - 1
        while k >= 0 and tokens[k].start >= reach and first.start - k <= 14:
            if "change" in tokens[k].word.joins:
                gap = self.text[tokens[k].end : tokens[first.start].start]
                return not _SENTENCE_END.search(gap)
            k -= 1
        return False

    def role_before(self, start: int, role: str) -> bool:
        """Whether a joint of `role` stands before token `start`, bounds and fillers between."""
        tokens = self.tokens
        k = start
        for _ in range(3):
            if k == 0 or tokens[k].near >= APART:
                return False
            k -= 1
            word = tokens[k].word
            if role in word.joins:
                return True
            if not (word.bound or word.filler):
                return False
        return False

    # -- a currency said once --------------------------------------------------------------

    def carried(self, money: Sum) -> Sum:
        """`money` with the currency of its neighbour: 14 billion and 16 billion dollars."""
        if not money.scaled:
            return money
        following = self.currency_ahead(money)
        if following is not None:
            return replace(money, currency=following.currency, country=following.country)
        last = self.found[-1] if self.found else None
        if last is None or not self.leans_back(money, last):
            return money
        return replace(money, currency=last.currency, country=last.country)

    def currency_ahead(self, money: Sum) -> Sum | None:
        tokens = self.tokens
        current = money
        for _ in range(_LIST_LIMIT):
            k = current.end
            if k >= len(tokens):
                return None
            comma = _LIST_COMMA.match(self.text[tokens[k - 1].end : tokens[k].start][:4])
            if tokens[k].near >= APART and not comma:
                return None
            word = tokens[k].word
            if (
                tokens[k].near < APART
                and (word.joins & {"and", "or", "to"} or word.filler)
                and word.number is None
                and word.scale is None
            ):
                k += 1
            elif not comma and word.lead is None:
                return None
            following = self.second(k) if k > current.end else self.money(k, floor=k)
            if following is None or following.start == current.start:
                return None
            if following.currency is not None:
                return following
            if not following.scaled:
                return None
            current = following
        return None

    def leans_back(self, money: Sum, last: Sum) -> bool:
        """Whether `money` ends a phrase that needs no noun, after a sum of the same sentence."""
        tokens = self.tokens
        gap = self.text[tokens[last.end - 1].end : tokens[money.start].start]
        if len(gap) > _CARRY_REACH or _SENTENCE_END.search(gap):
            return False
        start = tokens[money.start]
        before = tokens[money.start - 1]
        led = start.word.carry_before or (start.near < APART and before.word.carry_before)
        end = tokens[money.end - 1].end
        following = tokens[money.end] if money.end < len(tokens) else None
        closed = bool(_CLOSED.match(self.text[end : end + 4])) or (
            following is not None and following.near < APART and following.word.carry_after
        )
        if not closed and self.text.startswith(" ", end):
            closed = self.text.startswith(self.lexicon.and_clitics, end + 1)
        return led and closed

    # -- wording ---------------------------------------------------------------------------

    def bounded(self, money: Sum) -> Sum:
        """`money` with the side open that its words leave open."""
        kinds = self.bounds_of(money)
        approximate = "about" in kinds
        if money.low != money.high:
            return replace(money, approximate=approximate)
        if "floor" in kinds:
            return replace(money, high=None, approximate=approximate)
        if "ceiling" in kinds:
            return replace(money, low=None, approximate=approximate)
        return replace(money, approximate=approximate)

    def bounds_of(self, money: Sum) -> set[str]:
        tokens = self.tokens
        kinds: set[str] = set()
        k = money.start
        if tokens[k].word.bound:
            kinds.add(tokens[k].word.bound or "")
        for _ in range(4):
            if k == 0 or tokens[k].near >= APART:
                break
            k -= 1
            word = tokens[k].word
            if k < len(tokens) and word.bound and k >= self.floor:
                kinds.add(word.bound)
                if word.bound != "about":
                    break
            elif not word.filler and not (word.weak and word.number == 1) and word.bound is None:
                break
        if not kinds & {"floor", "ceiling"}:
            kinds |= self.apart_bound(money.start)
        if money.end < len(tokens) and tokens[money.end].near < APART:
            after = tokens[money.end]
            if after.word.bound_after:
                kinds.add(after.word.bound_after)
            elif after.text == "+" and after.near == GLUED:
                kinds.add("floor")
        return kinds

    def apart_bound(self, start: int) -> set[str]:
        """لا يزيد رأس المال على: a bound in two parts with its subject between them."""
        tokens = self.tokens
        if start == 0 or not self.lexicon.apart or tokens[start].near >= APART:
            return set()
        before = tokens[start - 1]
        for kind, first, last in self.lexicon.apart:
            if before.text != last:
                continue
            window = self.text[max(0, before.start - 90) : before.start]
            at = window.rfind(" ".join(first) + " ")
            if at >= 0 and not _SENTENCE_END.search(window[at:]):
                return {kind}
        return set()


def replace_scale(quantity: Quantity, value: Decimal) -> Quantity:
    """`quantity` after a currency mark such as MUSD multiplied it."""
    if value == quantity.value or quantity.value == 0 or quantity.scale > 1 or quantity.grouped:
        return quantity
    factor = value / quantity.value
    return replace(quantity, value=value, scale=factor) if factor >= 1000 else quantity


def _refines(name: str, named: str) -> bool:
    """Whether a second currency word says the first more exactly: $5m AUD, US$ 5 dollars."""
    from crawler.reading.currency import candidates

    return named in candidates(name) or name in candidates(named)


def _agree(first: Sum, second: Sum) -> bool:
    if not (first.currency or second.currency) or (
        first.minor != second.minor and first.currency and second.currency
    ):
        return False
    if first.currency and second.currency:
        return first.currency == second.currency or _refines(first.currency, second.currency)
    return True
