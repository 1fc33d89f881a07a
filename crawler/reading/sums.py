"""Is the number at a token money: a quantity beside a currency?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from crawler.reading.currency import CODES, THOUSANDTHS, THREE_PLACES, candidates
from crawler.reading.lexicon import Lexicon
from crawler.reading.numerals import read_quantity
from crawler.reading.quantity import Quantity
from crawler.reading.token import APART, GLUED, Token, is_near, is_plus_sign

_ONE = Decimal(1)
_SCREEN_LINES = frozenset({240, 360, 480, 720, 1080, 1440, 2160, 4320})
_FIRST_PERSIAN_YEAR = 1300  # ۱۴۰۴: they count from the Hijra by the sun
_SENSE_REACH = 40  # letters between a currency and the word that gives it another sense
_CLOSED = re.compile(r"\s*(?:[.,،؛।;:!?؟)\"'\]»]|$|\n)| - ")


@dataclass(slots=True, frozen=True)
class Sum:
    """A sum as tokens `start` to `end` say it; `currency` is a code, a family or a unit.

    Without a currency it is a number that a neighbour may yet make money.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    country: tuple[str, ...]  # an adjective beside the currency: Canadian dollars
    minor: bool  # cents
    quantity: Quantity
    approximate: bool = False
    lender: int | None = None  # where the sum begins that names the currency for this one

    @property
    def scaled(self) -> bool:
        return self.quantity.scale >= 1000


@dataclass(slots=True, frozen=True)
class _Named:
    """A currency found after a number."""

    name: str
    end: int
    country: tuple[str, ...]
    minor: bool
    factor: Decimal  # of a scale said after it: 75 USD million, 30 MUSD


@dataclass(slots=True, frozen=True)
class Page:
    """One text as its readers share it."""

    text: str  # folded
    tokens: list[Token]
    lexicon: Lexicon

    def sum_at(self, at: int, floor: int) -> Sum | None:
        """The number at token `at` with its currency; tokens before `floor` are taken."""
        quantity = read_quantity(self.tokens, at, self.lexicon) or self.bare_one(at)
        if quantity is None or self.is_unit(quantity) or self.is_percent(at):
            return None
        if self.is_vague(quantity, floor):
            return None
        mark = self.mark_before(at, floor)
        name = self.tokens[mark].word.currency if mark is not None else None
        named = self.currency_after(quantity.end, name)
        end = quantity.end if named is None else named.end
        if named is not None and (name is None or _is_narrower(named.name, name)):
            name = named.name
        is_whole = named is None or self.with_minor(quantity.value, end)[1] == end
        if is_whole and self.is_everyday(quantity, at, end, mark):
            name, named, end = None, None, quantity.end
        if name is None and quantity.weak:
            return None
        factor = named.factor if named is not None else _ONE
        if mark is not None:
            factor *= self.tokens[mark].word.scale or _ONE
        value = quantity.value
        is_plain = name is not None and quantity.scale == factor == 1 and name not in THREE_PLACES
        if quantity.grouped is not None and is_plain and self.may_group(at, mark):
            value = quantity.grouped
        minor = named is not None and named.minor
        if factor > 1:
            quantity = replace(quantity, scale=quantity.scale * factor)
        value *= factor
        # एक हज़ार दो सौ यूरो पचास सेंट: the smaller term behind a scale counts single ones.
        is_mixed = quantity.value != quantity.coefficient * quantity.scale
        if name is not None and not minor and (quantity.scale == 1 or is_mixed):
            value, end = self.with_minor(value, end)
        elif named is not None and quantity.scale > 1:
            value, end = self.with_half(value, end, quantity.scale)
        country = named.country if named is not None else ()
        start = at if mark is None else mark
        return Sum(start, end, value, value, name, country, minor, quantity)

    def bare_one(self, at: int) -> Quantity | None:
        """The one of "un euro e 30 centesimi", "ein bis zwei Milliarden"; alone an article."""
        tokens = self.tokens
        if at >= len(tokens) or tokens[at].word.number != _ONE or not is_near(tokens, at + 1):
            return None
        following = tokens[at + 1].word
        if following.currency and not following.minor:
            # یک همت: a currency that is a scale as well
            whole = following.scale or self.with_minor(_ONE, at + 2)[1] > at + 2
            return Quantity(at, at + 1, _ONE, _ONE, _ONE, weak=True) if whole else None
        if not following.joins & {"to", "or", "and"} and not tokens[at + 1].is_dash:
            return None
        second = read_quantity(tokens, at + 2, self.lexicon) if is_near(tokens, at + 2) else None
        if second is None or second.scale < 1000:
            return None
        return Quantity(at, at + 1, _ONE, _ONE, _ONE)

    def may_group(self, at: int, mark: int | None) -> bool:
        """Whether the one mark of an unscaled number may part its thousands."""
        text = self.tokens[at].text
        has_decimals = "," in text and not text.endswith(",000")
        return mark is not None or not (has_decimals and self.lexicon.sign_groups)

    def mark_before(self, at: int, floor: int) -> int | None:
        """The token of the currency sign right before `at`."""
        before = at - 1
        if before < floor or self.tokens[at].near >= APART:
            return None
        word = self.tokens[before].word
        if self.lexicon.myriad and word.bound and not word.currency:  # 人民币约19.5亿元
            if before <= floor or self.tokens[before].near >= APART:
                return None
            before -= 1
            word = self.tokens[before].word
        return before if word.currency and word.mark and not word.minor else None

    def currency_after(self, at: int, name: str | None) -> _Named | None:
        """The currency after a number that ends at `at`; `name` is the sign before it."""
        tokens = self.tokens
        k = at
        while k < at + 3 and is_near(tokens, k) and self.fills(k):
            k += 1
        if tokens[at - 1].case is not None and (k == at or not tokens[at].word.bounds_after):
            return None  # 2025'te dolar; but: 200 milyonu aşkın dolar
        country = self.adjective(k)
        if country and is_near(tokens, k + 1):
            k += 1
        if not is_near(tokens, k):
            return None
        word = tokens[k].word
        if word.currency is None or word.only_before:
            return None
        if word.lead == "to" or self.opens_next(k, name):
            return None
        if word.minor and word.short and not self.is_glued_price(k):
            return None
        if name is not None and word.currency != name and not _refines(name, word.currency):
            return None
        end = k + 1
        # Without spaces no place stands behind its money: 3亿元香港… begins another phrase.
        places_first = self.lexicon.myriad or self.lexicon.places_first
        after = () if places_first else self.adjective(end)
        if after and not country and tokens[end].word.lead is None:
            country, end = after, end + 1
        factor = word.scale or _ONE
        if word.mark and word.scale is None and is_near(tokens, end):
            following = tokens[end].word
            is_sign = not tokens[k].text[0].isalpha()
            if following.scale and not following.short and (is_sign or not following.bare):
                factor, end = following.scale, end + 1
        return _Named(word.currency, end, country, word.minor, factor)

    def adjective(self, at: int) -> tuple[str, ...]:
        """The countries that the token at `at` may name: Canadian, كويتي."""
        if not is_near(self.tokens, at) or self.tokens[at].word.currency:
            return ()
        return self.tokens[at].word.place

    def fills(self, at: int) -> bool:
        """Whether a token may stand between number and currency: of, a glued hyphen, 5,000+."""
        token = self.tokens[at]
        if is_plus_sign(token):
            return True
        if not token.is_dash:
            word = token.word
            return word.currency is None and (word.filler or word.bounds_after)
        following = self.tokens[at + 1] if is_near(self.tokens, at + 1) else None
        return following is not None and following.near == GLUED and following.digits is None

    def is_glued_price(self, at: int) -> bool:
        """Whether the p at `at` is pence: 231.6p, 50p; no 1080p of a screen."""
        tokens = self.tokens
        digits = tokens[at - 1].digits
        return tokens[at].near == GLUED and digits is not None and digits not in _SCREEN_LINES

    def is_bounded(self, at: int) -> bool:
        return is_near(self.tokens, at) and self.tokens[at].word.bounds_after

    def is_percent(self, at: int) -> bool:
        """Whether what stands before the number at `at` makes it a share: yüzde 5, %5."""
        before, start = self.lexicon.percent_before, self.tokens[at].start
        return before is not None and bool(before.search(self.text[max(0, start - 8) : start]))

    def opens_next(self, at: int, name: str | None) -> bool:
        """Whether the sign at `at` opens the next number: 5 million, $3 million."""
        token = self.tokens[at]
        if not token.word.mark or not is_near(self.tokens, at + 1):
            return False
        following = self.tokens[at + 1]
        if following.digits is None:
            return False
        if name is not None:
            return token.word.currency != name or following.near == GLUED
        return token.near > following.near

    def is_everyday(self, quantity: Quantity, at: int, end: int, mark: int | None) -> bool:
        """Whether the currency is only a word: in 2020 won, a dollar fell, in 2025 dollars, Q3."""
        if mark is None and self.means_other(at, end):
            return True
        if quantity.scale > 1:
            return False
        if mark is None and self.is_rate(end):
            return True
        is_count = quantity.value < 1000 and quantity.value == int(quantity.value)
        if mark is not None:
            sign = self.tokens[mark].word
            if sign.name_below:
                return quantity.value < sign.name_below or self.is_year(quantity)
            if sign.weak_mark:
                return (is_count and quantity.value < 10) or self.is_year(quantity)
            return sign.weak and is_count
        word = self.tokens[end - 1].word
        if quantity.weak:
            return word.scale is None  # یک همت: a currency that is a scale as well
        if word.tenth and self.tenth_after(end) is not None:
            return False  # 9块9 is a price, 9块 may be pieces
        if self.is_year(quantity, first=_FIRST_PERSIAN_YEAR):
            dated = at > 0 and is_near(self.tokens, at) and self.tokens[at - 1].word.year
            if dated or (word.weak and self.is_year(quantity)):
                return True
        return word.weak and is_count

    def means_other(self, at: int, end: int) -> bool:
        """Whether a word beside the sum says that its currency is none: lifts 50 pounds."""
        tokens = self.tokens
        name = tokens[end - 1].word.currency
        left = tokens[at].start - _SENSE_REACH
        before = (each for each in tokens[max(0, at - 4) : at] if each.start >= left)
        if any(name in each.word.not_this for each in before):
            return True
        k = end + (is_near(tokens, end) and tokens[end].word.filler)
        return is_near(tokens, k) and name in tokens[k].word.not_this_after

    def is_rate(self, end: int) -> bool:
        """Whether the currency that ends at `end` is one of a pair: 2026 dolar/TL tahmini."""
        tokens = self.tokens
        return (
            0 < end < len(tokens)
            and tokens[end].word.currency is not None
            and self.text[tokens[end - 1].end : tokens[end].start] == "/"
        )

    def is_year(self, quantity: Quantity, *, first: int = 1900) -> bool:
        text = self.tokens[quantity.start].text
        is_one_token = quantity.end == quantity.start + 1
        return is_one_token and len(text) == 4 and first <= quantity.value <= 2100

    def with_minor(self, value: Decimal, end: int) -> tuple[Decimal, int]:
        """3 dollars and 50 cents, ٥٢٨ ديناراً و٣٢٠ مليماً: one sum."""
        tokens = self.tokens
        if (tenth := self.tenth_after(end)) is not None:
            return value + tenth / 10, end + 1
        if tokens[end - 1].case is not None:
            return value, end
        k = end
        if is_near(tokens, k) and (tokens[k].word.joins & {"and", "pair"} or tokens[k].word.filler):
            k += 1
        if k > end and (part := self.part_at(k)) is not None:
            return value + part, k + 1
        rest = read_quantity(tokens, k, self.lexicon) if is_near(tokens, k) else None
        if rest is not None and self.is_bare_cents(value, end, rest):
            return value + rest.value / 100, rest.end
        if rest is None or rest.scale != 1 or not is_near(tokens, rest.end):
            return value, end
        unit = tokens[rest.end].word
        if unit.tenth and not unit.currency and rest.value < 10:
            return value + rest.value / 10, rest.end + 1
        if not unit.minor or rest.value >= 1000:
            return value, end
        is_fine = unit.currency in THOUSANDTHS or tokens[end - 1].word.currency == "dinar"
        return value + rest.value / (1000 if is_fine else 100), rest.end + 1

    def part_at(self, at: int) -> Decimal | None:
        """The half of "due euro e mezzo", which no scale follows: y medio millón."""
        tokens = self.tokens
        if not is_near(tokens, at) or tokens[at].word.part is None:
            return None
        goes_on = is_near(tokens, at + 1) and not self.is_closed(at + 1)
        return None if goes_on else tokens[at].word.part

    def is_bare_cents(self, value: Decimal, end: int, rest: Quantity) -> bool:
        """4 Euro 60, thirteen dollars forty-five: two digits behind a currency close the phrase."""
        token, unit = self.tokens[rest.start], self.tokens[end - 1]
        is_word = token.digits is None and rest.scale == 1 and 10 <= rest.value < 100
        is_pair = len(token.text) == 2 and token.text.isdigit() and rest.end == rest.start + 1
        if not is_pair and not is_word:
            return False
        is_price = value < 1000 and value == int(value)
        is_spoken = len(unit.text) > 3 or unit.text.upper() in CODES
        is_glued = unit.near == token.near and not unit.text.isalpha()  # 12€50, 16 € 90
        if not is_price or not (is_glued or (is_spoken and unit.text.isalpha())):
            return False
        return not self.role_before(end - 2, "between") and self.is_closed(rest.end)

    def with_half(self, value: Decimal, end: int, scale: Decimal) -> tuple[Decimal, int]:
        """A fraction of the scale behind the currency: ستة ملايين دينار وربع المليون."""
        tokens = self.tokens
        k, said_and = end, is_near(tokens, end) and tokens[end].lead_and
        if is_near(tokens, k) and "and" in tokens[k].word.joins and not tokens[k].may_count:
            k, said_and = k + 1, True
            if is_near(tokens, k) and tokens[k].word.weak and tokens[k].word.number == 1:
                k += 1  # and a half
        part = tokens[k].word.part if said_and and is_near(tokens, k) else None
        if part is None:
            return value, end
        if is_near(tokens, k + 1) and tokens[k + 1].word.scale == scale:
            return value + part * scale, k + 2
        if not _CLOSED.match(self.text[tokens[k].end : tokens[k].end + 4]):
            return value, end  # and half of the shares
        return value + part * scale, k + 1

    def tenth_after(self, end: int) -> Decimal | None:
        """The one digit glued behind a currency that is so said: 9块9, 三块五."""
        tokens = self.tokens
        if not tokens[end - 1].word.tenth or end >= len(tokens) or tokens[end].near != GLUED:
            return None
        value = tokens[end].digits if tokens[end].digits is not None else tokens[end].word.number
        following = tokens[end + 1] if is_near(tokens, end + 1) else None
        if value is None or not 0 < value < 10:
            return None
        # 三块五百: the five belongs to another number.
        return None if following and (following.word.scale or following.may_count) else value

    def is_unit(self, quantity: Quantity) -> bool:
        """Whether scale words alone head a table: (百万円), 单位：万元."""
        tokens, start = self.tokens, quantity.start
        while start and tokens[start].near == GLUED and _is_scale(tokens[start - 1]):
            start -= 1
        if not all(_is_scale(token) for token in tokens[start : quantity.end]):
            return False
        left = self.text[max(0, tokens[start].start - 3) : tokens[start].start].rstrip()
        # הפרס: מיליון ש"ח tells a prize.
        return left.endswith(("(", "[", ":", "【") if self.lexicon.myriad else ("(", "["))

    def is_vague(self, quantity: Quantity, floor: int) -> bool:
        """Whether a word before the number leaves it open: कई सौ करोड़, چند ده میلیون."""
        tokens, k = self.tokens, quantity.start
        while k > max(floor, quantity.start - 4) and is_near(tokens, k):
            k -= 1
            if tokens[k].word.vague:
                return True
            if not (tokens[k].may_count or _is_scale(tokens[k])) or tokens[k].digits is not None:
                return False
        return False

    def role_before(self, start: int, role: str) -> bool:
        """Whether a joint of `role` stands before token `start`, past bounds and fillers."""
        if self.tokens[start].word.lead == role:
            return True
        k = start
        while k > max(0, start - 3) and is_near(self.tokens, k):
            k -= 1
            word = self.tokens[k].word
            if role in word.joins:
                return True
            if not (word.bound or word.filler or self.tokens[k].is_dash):
                return False
        return False

    def is_closed(self, at: int) -> bool:
        """Whether no noun follows token `at`: a stop, a preposition, an "and" glued to a word."""
        end = self.tokens[at - 1].end
        if self.tokens[at - 1].case not in (None, "like"):
            if not self.is_bounded(at):
                return True
            end = self.tokens[at].end  # 17 bini geçti.
        if _CLOSED.match(self.text[end : end + 4]):
            return True
        if is_near(self.tokens, at) and (self.closes(at) or self.tokens[at].word.not_money):
            return not self.tokens[at].word.not_money  # ألف وظيفة
        clitics = self.lexicon.closing_clitics
        return self.text.startswith(" ", end) and self.text.startswith(clitics, end + 1)

    def closes(self, at: int) -> bool:
        """Whether the token at `at` begins another phrase: in, for, of 2023."""
        word = self.tokens[at].word
        if word.carry_after:
            return True
        year = self.tokens[at + 1].digits if is_near(self.tokens, at + 1) else None
        return word.filler and year is not None and 1900 <= year <= 2100


def _is_scale(token: Token) -> bool:
    return token.word.scale is not None and token.digits is None and token.word.number is None


def agree(first: Sum, second: Sum) -> bool:
    """Whether two sums can be of one currency, which at least one of them names."""
    if first.currency is None or second.currency is None:
        return first.currency is not None or second.currency is not None
    if first.minor != second.minor:
        return False
    return first.currency == second.currency or _refines(first.currency, second.currency)


def _refines(name: str, named: str) -> bool:
    """Whether one currency word says another more exactly: $5m AUD, US$ 5 dollars."""
    return not set(candidates(name)).isdisjoint(candidates(named))


def _is_narrower(named: str, name: str) -> bool:
    """Whether `named` leaves fewer currencies than `name`: $ and pesos, kr and SEK."""
    return len(candidates(named)) < len(candidates(name))
