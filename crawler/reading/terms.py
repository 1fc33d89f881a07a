"""Which number do words and digits say with their scales and fractions?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crawler.reading.counting import count, skip_and
from crawler.reading.quantity import LONGEST, Quantity
from crawler.reading.scales import read_scales
from crawler.reading.token import Token, is_near

_ONE = Decimal(1)
_TWO = Decimal(2)
_THOUSAND = Decimal(1000)
_LAKH = Decimal(100_000)
_MILLION = Decimal(1_000_000)


@dataclass(slots=True, frozen=True)
class Terms:
    """Reads the number that begins at a token, by the tokens behind it."""

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
        while last > 1 and end - start < LONGEST:
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
        k, said_and = skip_and(self.tokens, at)
        more = self.term(k)
        if more is None or more.weak or more.scale >= scale or more.value >= scale:
            return None
        # Digits without a scale complete thousands only: ألف و500, "15 mil 700 pesos", but not
        # "5 million, 300".
        is_digits = self.tokens[k].digits is not None
        may_complete = scale == _THOUSAND and (said_and or not self.tokens[k - 1].word.short)
        if more.scale == 1 and is_digits and not may_complete:
            return None
        if more.scale == 1 and scale > _THOUSAND and not self.is_money_after(more.end):
            return None  # C$18 millones y tres fincas, $12M ten years ago
        return more

    def is_money_after(self, at: int) -> bool:
        k = at
        while k < at + 2 and is_near(self.tokens, k) and self.tokens[k].word.filler:
            k += 1
        return is_near(self.tokens, k) and self.tokens[k].word.currency is not None

    def half_after(self, at: int, scale: Decimal) -> tuple[Decimal, int] | None:
        """ "and a half" after a scale, which may be said again: مليون ونصف المليون."""
        k, said_and = skip_and(self.tokens, at)
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
            scale, end = read_scales(self.tokens, start + 1)
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
            scale, end = read_scales(self.tokens, rest[1])
            return Quantity(start, end, number * scale, number, scale)
        more, end = read_scales(self.tokens, start + 1)
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
        k, said_and = skip_and(self.tokens, at)
        part = self.part_at(k) if said_and else None
        if part is not None and is_near(tokens, k + 1):
            following = tokens[k + 1].word
            if following.scale is not None or following.currency:
                number, at, weak = number + part, k + 1, False
        scale, end = read_scales(self.tokens, at)
        if scale >= _MILLION and (whole := tokens[start].grouped) and whole % _THOUSAND == 0:
            number = whole if at == start + 1 else number  # 2.000 مليون
        if end == at + 1 and (rest := self.rest_of(scale, end)):
            more, end = rest
            number, at = number * scale + more, end
            scale, end = read_scales(self.tokens, at)
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
        k, _ = skip_and(self.tokens, at)
        counted = self.count(k) if is_near(self.tokens, k) else None
        if counted is None or counted[0] >= _THOUSAND or counted[0] != int(counted[0]):
            return None
        _, end = read_scales(self.tokens, counted[1])
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
        scale, after = read_scales(self.tokens, end)
        if after > end:
            return Quantity(start, after, part * scale, part, scale)
        unit = self.tokens[end].word
        # आधे पैसे साफ: half of the money is gone, and no half paisa.
        if unit.currency and not unit.minor and not self.tokens[at - 1].word.weak:
            return Quantity(start, end, part, part, _ONE)
        return None

    def count(self, at: int) -> tuple[Decimal, int, bool] | None:
        return count(self.tokens, at, units_first=self.units_first)
