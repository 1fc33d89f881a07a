"""Which number do numerals in groups of ten thousand say: 25亿3000万, 九兆四千億, 9조4천억?"""

from __future__ import annotations

from decimal import Decimal

from crawler.reading.quantity import LIMIT, LONGEST, Quantity
from crawler.reading.scales import is_short_scale
from crawler.reading.token import GLUED, Token, is_near

_ONE = Decimal(1)
_MYRIAD = Decimal(10_000)


class Myriads:
    """25亿3000万, 九兆四千億, 9조4천억: groups of ten thousand."""

    def __init__(self, tokens: list[Token], start: int) -> None:
        self.tokens = tokens
        self.start = start
        self.total = self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.words: list[Decimal] = []  # the digit words of `digit`
        self.vague = False  # 七八亿: seven or eight
        self.place: Decimal | None = None  # of the next digit behind a spoken point
        self.last = LIMIT  # the scale of the group before
        self.first: Decimal | None = None  # what stands before the first big scale
        self.scale = _ONE

    def read(self) -> Quantity | None:
        at = self.start
        if self.goes_on(at):
            return None
        while at < len(self.tokens) and at - self.start < LONGEST:
            if (at > self.start and not is_near(self.tokens, at)) or not self.take(at):
                break
            at += 1
        if self.section and self.digit is None and _MYRIAD < self.last < LIMIT:
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
        """Close the group that the scale at `at` counts; False where it cannot go on so."""
        word = self.tokens[at].word
        if word.short and not (self.digit is not None and is_short_scale(self.tokens, at)):
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
