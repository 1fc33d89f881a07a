"""Which number begins at a token, with its scale, fraction and smaller rest?

One grammar for all languages: number and scales, "two and a half", "2 billion 300 million",
half of a scale, duals; and groups of ten thousand for Chinese, Japanese and Korean.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crawler.reading.lexicon import Lexicon
from crawler.reading.token import GLUED, Token, is_near, is_plus

_ONE = Decimal(1)
_TWO = Decimal(2)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_LAKH = Decimal(100_000)
_MYRIAD = Decimal(10_000)
_MILLION = Decimal(1_000_000)
_LIMIT = Decimal("1e24")
_LONGEST = 24  # tokens of one number; no honest one is longer, and reading stays linear


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


def read_quantity(tokens: list[Token], at: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity that begins at token `at`; None if none does."""
    if at >= len(tokens) or not tokens[at].may_count:
        return None
    if lexicon.myriad:
        found = _Myriads(tokens, at).read()
    else:
        found = _Terms(tokens, units_first=lexicon.units_first).read(at)
    return found if found is not None and 0 < found.value < _LIMIT else None


@dataclass(slots=True, frozen=True)
class _Terms:
    tokens: list[Token]
    units_first: bool

    def read(self, start: int) -> Quantity | None:
        """A term with what goes on after it: "and a half", smaller terms."""
        first = self.term(start)
        if first is None:
            return None
        half = self.half_after(first.end, first.scale)
        if half is not None:
            more, end = half
            return Quantity(start, end, first.value + more, first.coefficient, first.scale)
        total, end, last = first.value, first.end, first.scale
        while last > 1 and end - start < _LONGEST:
            more_term = self.smaller(end, last)
            if more_term is None:
                break
            total, end, last = total + more_term.value, more_term.end, more_term.scale
        if end == first.end:
            return first
        return Quantity(start, end, total, first.coefficient, first.scale)

    def smaller(self, at: int, scale: Decimal) -> Quantity | None:
        """The smaller term that goes on at `at`: 2 billion 300 million, 4 ملايين و300 ألف."""
        if not is_near(self.tokens, at) or self.tokens[at].word.currency:
            return None
        if self.tokens[at - 1].case is not None:
            return None
        k, said_and = self.skip_and(at)
        more = self.term(k)
        if more is None or more.weak or more.scale >= scale or more.value >= scale:
            return None
        # Digits without a scale complete thousands only: ألف و500, "15 mil 700 pesos", but not
        # "5 million, 300".
        is_digits = self.tokens[k].digits is not None
        may_complete = scale == _THOUSAND and (said_and or not self.tokens[k - 1].word.short)
        if more.scale == 1 and is_digits and not may_complete:
            return None
        if more.scale == 1 and said_and and scale > _THOUSAND and not self.is_money_after(more.end):
            return None  # C$18 millones y tres fincas
        return more

    def is_money_after(self, at: int) -> bool:
        k = at
        while k < at + 2 and is_near(self.tokens, k) and self.tokens[k].word.filler:
            k += 1
        return is_near(self.tokens, k) and self.tokens[k].word.currency is not None

    def half_after(self, at: int, scale: Decimal) -> tuple[Decimal, int] | None:
        """ "and a half" after a scale, which may be said again: مليون ونصف المليون."""
        k, said_and = self.skip_and(at)
        part = self.part_at(k) if said_and and scale > 1 else None
        if part is None or self.tokens[at - 1].case is not None:
            return None
        end = k + 1
        if is_near(self.tokens, end) and self.tokens[end].word.filler:
            end += 1
        if not is_near(self.tokens, end) or self.tokens[end].word.scale is None:
            return part * scale, k + 1
        return (part * scale, end + 1) if self.tokens[end].word.scale == scale else None

    def term(self, start: int) -> Quantity | None:
        """One number with its scales: 65 billion, half a billion, ملياري, مليار."""
        if start >= len(self.tokens):
            return None
        word = self.tokens[start].word
        if word.part is not None and word.number is None:
            return self.part_of(start, start + 1, word.part)
        if word.dual is not None:
            scale, end = self.scales(start + 1)
            value = word.dual * scale
            return Quantity(start, end, value, _TWO, value / 2)
        counted = self.count(start)
        if counted is None and word.leads and word.scale is not None:
            return self.led(start, word.scale)
        if counted is None:
            return self.bare_scale(start) if word.bare and word.scale is not None else None
        return self.scaled(start, *counted)

    def led(self, start: int, scale: Decimal) -> Quantity | None:
        """миллионов сорок: forty or so, unless a word before the scale makes it vague."""
        tokens = self.tokens
        if start and is_near(tokens, start):
            before = tokens[start - 1].word
            if before.vague or before.scale is not None:
                return None
        at = start + 1
        if is_near(tokens, at + 1) and tokens[at].word.light and tokens[at + 1].digits is None:
            at += 1  # миллионов на сорок
        counted = self.count(at) if is_near(tokens, at) else None
        if counted is None or counted[2] or counted[0] >= _THOUSAND:
            return None
        number, end, _ = counted
        if is_near(tokens, end) and tokens[end].word.scale is not None:
            return None  # из миллионов 300 тысяч
        return Quantity(start, end, number * scale, number, scale)

    def bare_scale(self, start: int) -> Quantity:
        """مليار دولار: a scale that alone says one, or two where a currency follows مليارا."""
        word = self.tokens[start].word
        counted = is_near(self.tokens, start + 1) and self.tokens[start + 1].word.currency
        if word.dual_near and counted:
            return Quantity(start, start + 1, word.dual_near, _TWO, word.dual_near / 2)
        if word.scale == _THOUSAND and (rest := self.rest_of_thousand(start + 1)):
            number = _THOUSAND + rest[0]  # mil doscientos millones
            scale, end = self.scales(rest[1])
            return Quantity(start, end, number * scale, number, scale)
        more, end = self.scales(start + 1)
        scale = (word.scale or _ONE) * more
        return Quantity(start, end, scale, _ONE, scale)

    def scaled(self, start: int, number: Decimal, at: int, weak: bool) -> Quantity | None:
        """`number` with the fraction and the scales that follow at `at`."""
        tokens = self.tokens
        if tokens[at - 1].case is not None:  # 60'tan, 2025'te: nothing more is counted with it
            return Quantity(start, at, number, number, _ONE, weak)
        part = self.part_at(at)
        if part is not None and tokens[at].is_vulgar:
            number, at, weak = number + part, at + 1, False
        elif part is not None and not tokens[at].lead_and:
            found = self.part_of(start, at + 1, number * part)  # three quarters of a billion
            if found is not None:
                return found
        k, said_and = self.skip_and(at)
        part = self.part_at(k) if said_and else None
        if part is not None and is_near(tokens, k + 1):
            following = tokens[k + 1].word
            if following.scale is not None or following.currency:
                number, at, weak = number + part, k + 1, False
        scale, end = self.scales(at)
        if scale >= _MILLION and (whole := tokens[start].grouped) and whole % _THOUSAND == 0:
            number = whole if at == start + 1 else number  # 2.000 مليون
        if end == at + 1 and (rest := self.rest_of(scale, end)):
            more, end = rest
            number, at = number * scale + more, end
            scale, end = self.scales(at)
        if weak and end == at and tokens[start].word.weak:
            return None
        grouped = tokens[start].grouped if end == start + 1 else None
        return Quantity(start, end, number * scale, number, scale, weak and end == at, grouped)

    def rest_of(self, scale: Decimal, at: int) -> tuple[Decimal, int] | None:
        """What completes a thousand or a lakh that counts a larger scale."""
        if scale == _THOUSAND:
            return self.rest_of_thousand(at)
        return self.rest_of_lakh(at) if scale == _LAKH else None

    def rest_of_lakh(self, at: int) -> tuple[Decimal, int] | None:
        """1 लाख 13 हज़ार 504 करोड़: thousands, and what completes them, before a larger scale."""
        tokens = self.tokens
        counted = self.count(at) if is_near(tokens, at) else None
        if counted is None or counted[0] >= 100 or not is_near(tokens, counted[1]):
            return None
        number, end, _ = counted
        if tokens[end].word.scale != _THOUSAND:
            return None
        end += 1
        rest = self.rest_of_thousand(end)
        if rest is not None:
            return number * _THOUSAND + rest[0], rest[1]
        larger = tokens[end].word.scale if is_near(tokens, end) else None
        is_counted = larger is not None and larger > _LAKH and not tokens[end].word.short
        return (number * _THOUSAND, end) if is_counted else None

    def rest_of_thousand(self, at: int) -> tuple[Decimal, int] | None:
        """19,400 billion, before a larger scale: ۱۹ هزار و ۴۰۰ میلیارد, 2 mil 500 millones."""
        k, _ = self.skip_and(at)
        counted = self.count(k) if is_near(self.tokens, k) else None
        if counted is None or counted[0] >= _THOUSAND or counted[0] != int(counted[0]):
            return None
        _, end = self.scales(counted[1])
        scale = self.tokens[counted[1]].word.scale if end > counted[1] else None
        # entre mil y cinco mil millones: the second thousand belongs to another number.
        return counted[:2] if scale is not None and scale > _THOUSAND else None

    def part_at(self, at: int) -> Decimal | None:
        return self.tokens[at].word.part if is_near(self.tokens, at) else None

    def part_of(self, start: int, at: int, part: Decimal) -> Quantity | None:
        """half [of] [a] billion; before another number it is only "half of"."""
        end = at
        while end < at + 3 and is_near(self.tokens, end) and self.tokens[end].fills_part:
            end += 1
        if not is_near(self.tokens, end):
            return None
        scale, after = self.scales(end)
        if after > end:
            return Quantity(start, after, part * scale, part, scale)
        unit = self.tokens[end].word
        # आधे पैसे साफ: half of the money is gone, and no half paisa.
        if unit.currency and not unit.minor and not self.tokens[at - 1].word.weak:
            return Quantity(start, end, part, part, _ONE)
        return None

    def scales(self, at: int) -> tuple[Decimal, int]:
        """The product of the scale words from `at`: million, mil millones, lakh crore."""
        tokens = self.tokens
        scale, end = _ONE, at
        if is_near(tokens, at) and is_near(tokens, at + 1) and tokens[at].is_dash:
            end = at + (tokens[at + 1].near == GLUED)  # 100-million
        if is_near(tokens, end + 1) and is_plus(tokens[end]):
            end += 1  # 60+ billion, 60-plus billion
        if (
            is_near(tokens, end + 1)
            and tokens[end].word.bounds_after
            and tokens[end + 1].word.scale
        ):
            end += 1  # 5 с лишним миллиардов
        first = end
        while is_near(tokens, end) and end - at < _LONGEST:
            word = tokens[end].word
            if word.scale is None or word.currency or word.lead:
                break  # חצי מיליון למיליון: a clitic leads the next number
            if word.short and not _is_short_scale(tokens, end):
                break
            if end > first and word.scale < _THOUSAND:
                break
            scale *= word.scale
            end += 1
            if tokens[end - 1].case is not None:
                break
        return (scale, end) if end > first else (_ONE, at)

    def count(self, start: int) -> tuple[Decimal, int, bool] | None:
        """Digits, or number words with their hundreds: three hundred and forty, خمسة وعشرين."""
        token = self.tokens[start]
        if token.digits is not None:
            return token.digits, start + 1, False
        end = start + 1
        if token.word.shift is not None:
            shifted = self.shifted(end, token.word.shift)
            if shifted is None:
                return None
            (total, end), weak = shifted, False
        elif token.word.number is not None:
            total, weak = token.word.number, token.word.weak
        elif token.word.scale == _HUNDRED and token.word.bare:
            total, weak = _HUNDRED, False
        else:
            return None
        while is_near(self.tokens, end) and end - start < _LONGEST:
            more = self.counts_on(total, end, weak)
            if more is None:
                break
            total, end = more
            weak = False
        return total, end, weak

    def shifted(self, at: int, shift: Decimal) -> tuple[Decimal, int] | None:
        """साढ़े तीन, three and a half; पौने दो, a quarter less than two; सवा लाख, 1.25 lakh."""
        if not is_near(self.tokens, at):
            return None
        token = self.tokens[at]
        number = token.word.number if token.digits is None else token.digits
        if number is not None:
            return number + shift, at + 1
        is_scale = token.word.scale is not None and not token.word.currency
        return (_ONE + shift, at) if is_scale else None

    def counts_on(self, total: Decimal, end: int, weak: bool) -> tuple[Decimal, int] | None:
        """`total` with the number word that goes on at `end`, and where that ends."""
        tokens = self.tokens
        if tokens[end].word.scale == _HUNDRED and total < 100:
            return total * 100, end + 1
        k, said_and = self.skip_and(end)
        if not said_and and tokens[k].is_dash and is_near(tokens, k + 1):
            k += tokens[k + 1].near == GLUED
        if not is_near(tokens, k):
            return None
        number = tokens[k].word.number
        if number is None or not _fits(total, number):
            return None
        if weak and not (said_and and number >= 20):  # واحد وعشرون: one and twenty
            return None
        if tokens[k].word.weak and not self.is_last_one(total, k, joined=said_and or k > end):
            return None
        if self.units_first and said_and and number < 10 and total % 100 >= 20:
            return None  # بين ستين وخمسة وستين: the five belongs to the second number
        if said_and and is_near(tokens, k + 1) and tokens[k + 1].word.scale == _HUNDRED:
            return None  # between five hundred and six hundred
        return total + number, k + 1

    def is_last_one(self, total: Decimal, at: int, *, joined: bool) -> bool:
        """A "one" that ends a number before money or a scale: treinta y un millones, forty-one.

        A hundred takes it before money alone: between one hundred and one thousand dollars.
        """
        if not (joined and is_near(self.tokens, at + 1)):
            return False
        following = self.tokens[at + 1].word
        is_tens = total >= 20 and total % 10 == 0 and total % 100 > 0
        is_round = total % 100 == 0 or is_tens
        return is_round and bool(following.currency or (is_tens and following.scale))

    def skip_and(self, at: int) -> tuple[int, bool]:
        """Past an "and" at `at`, said by a word or a clitic, and whether there was one."""
        tokens = self.tokens
        first = self.past_dash(at)
        if not is_near(tokens, first):
            return at, False
        word = tokens[first].word
        if "and" not in word.joins or tokens[first].may_count:
            return at, word.lead == "and"
        k = self.past_dash(first + 1)
        if not is_near(tokens, k):
            return at, False
        is_article = tokens[k].word.weak and tokens[k].word.number == 1
        half = self.past_dash(k + 1)
        if is_article and is_near(tokens, half) and tokens[half].word.part:
            k = half  # and a half, a-billion-and-a-half
        return k, True

    def past_dash(self, at: int) -> int:
        """`at`, or the token behind it where a hyphen glues two words there."""
        is_hyphen = is_near(self.tokens, at + 1) and self.tokens[at].is_dash
        glues = is_hyphen and self.tokens[at].near == self.tokens[at + 1].near == GLUED
        return at + 1 if glues else at


def _is_short_scale(tokens: list[Token], at: int) -> bool:
    """k, m, bn count glued to digits, or a space off where money or a second letter speaks."""
    before = tokens[at - 1] if at else None
    if before is None or (before.digits is None and before.word.scale is None):
        return False
    if tokens[at].near == GLUED or len(tokens[at].text) > 1:
        return True
    if tokens[at].word.weak:
        return False  # $5 к 2030 году: the letter is a preposition
    if at >= 2 and tokens[at - 2].word.mark:
        return True
    after = at + 1
    if is_near(tokens, after) and tokens[after].word.filler:
        after += 1  # 25 M de euros
    return is_near(tokens, after) and tokens[after].word.currency is not None


def _fits(total: Decimal, more: Decimal) -> bool:
    """Whether no decimal place is said twice: 300 and 40 and 5; 60 and 15 is French."""
    if not (1 <= more < 1000 and 1 <= total < 1000):
        return False
    if 10 <= more < 20 and total % 100 in (60, 80):
        return True
    if (10 < more < 20 and total % 100) or (10 < total < 20 and more < 100):
        return False
    a, b = int(total), int(more)
    while a and b:
        if a % 10 and b % 10:
            return False
        a, b = a // 10, b // 10
    return True


class _Myriads:
    """25亿3000万, 九兆四千億, 9조4천억: groups of ten thousand."""

    def __init__(self, tokens: list[Token], start: int) -> None:
        self.tokens = tokens
        self.start = start
        self.total = self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.words: list[Decimal] = []  # the digit words of `digit`
        self.vague = False  # 七八亿: seven or eight
        self.place: Decimal | None = None  # of the next digit behind a spoken point
        self.last = _LIMIT  # the scale of the group before
        self.first: Decimal | None = None  # what stands before the first big scale
        self.scale = _ONE

    def read(self) -> Quantity | None:
        at = self.start
        if self.goes_on(at):
            return None
        while at < len(self.tokens) and at - self.start < _LONGEST:
            if (at > self.start and not is_near(self.tokens, at)) or not self.take(at):
                break
            at += 1
        if self.section and self.digit is None and _MYRIAD < self.last < _LIMIT:
            self.section *= self.last / _MYRIAD  # 1억4천 leaves out its 만
        total = self.total + self.section + (self.digit or Decimal(0))
        if at == self.start or total == 0 or self.vague:
            return None
        first = self.tokens[self.start]
        weak = at == self.start + 1 and first.word.weak and first.digits is None
        return Quantity(self.start, at, total, self.first or total, self.scale, weak)

    def goes_on(self, at: int) -> bool:
        """Whether a numeral in characters began before `at`: the 三十亿 of a vague 二三十亿."""
        token = self.tokens[at]
        if not at or not is_near(self.tokens, at):
            return False
        before = self.tokens[at - 1]
        if before.word.vague:
            return True
        if token.digits is not None or token.near != GLUED or before.digits is not None:
            return False
        # 수 천만원: the 만 behind a 천 that began no number.
        is_rest = before.word.scale is not None
        return before.word.number is not None or is_rest

    @property
    def is_vague(self) -> bool:
        """Whether the digit words before a scale name two numbers: 二三十, 七八亿; not 一五〇億."""
        if len(self.words) != 2:
            return False
        first, second = self.words
        return first > 0 and second == first + 1

    def take(self, at: int) -> bool:
        """Add the token at `at`; False where the number ends before it."""
        token = self.tokens[at]
        word = token.word
        if token.digits is not None:
            if self.digit is not None:
                return False
            self.digit = token.digits
        elif word.number is not None and word.scale is None:
            if self.tokens[at - 1].digits is not None and at > self.start:
                return False  # 23일엔: on the 23rd, no 231 yen
            self.take_digit(word.number)
        elif word.point and self.digit is not None and self.place is None:
            return self.take_point(at + 1)
        elif word.part is not None and self.digit is None:
            self.take_part(at + 1, word.part)
        elif word.filler and at > self.start and self.is_big_scale(at + 1):
            pass  # 30여 억
        elif word.scale is not None and not word.currency:
            return self.take_scale(at, word.scale)
        else:
            return False
        return True

    def take_part(self, at: int, part: Decimal) -> None:
        """半亿 is half of what follows, 3억 반 half more of what it counted."""
        if self.total and not self.section and not self.is_big_scale(at):
            self.total += part * self.last
        else:
            self.digit = part

    def is_big_scale(self, at: int) -> bool:
        return is_near(self.tokens, at) and (self.tokens[at].word.scale or _ONE) >= _MYRIAD

    def take_digit(self, number: Decimal) -> None:
        if self.place is not None:
            self.digit = (self.digit or Decimal(0)) + number * self.place
            self.place /= 10
        else:
            self.words.append(number)
            self.digit = number if self.digit is None else self.digit * 10 + number

    def take_point(self, at: int) -> bool:
        """九点八, 三・四: only a digit word right behind makes it a decimal point."""
        if not is_near(self.tokens, at) or self.tokens[at].word.number is None:
            return False
        self.place = Decimal("0.1")
        return True

    def take_scale(self, at: int, scale: Decimal) -> bool:
        word = self.tokens[at].word
        if word.short and not (self.digit is not None and _is_short_scale(self.tokens, at)):
            return False
        if at == self.start and not word.bare:
            return False
        self.vague = self.vague or self.is_vague
        self.words.clear()
        if scale < _MYRIAD and not word.short:
            self.section += (_ONE if self.digit is None else self.digit) * scale
        else:
            if scale >= self.last:
                return False
            group = (self.section + (self.digit or Decimal(0))) or _ONE
            self.first = self.first or group
            self.total += group * scale
            self.scale = max(self.scale, scale)
            self.section, self.last = Decimal(0), scale
        self.digit = self.place = None
        return True
