"""Which number begins at a token, with its scale, fraction and smaller rest?

One grammar for all languages: number and scales, "two and a half", "2 billion 300 million",
half of a scale, duals; and groups of ten thousand for Chinese, Japanese and Korean.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crawler.reading.lexicon import Lexicon
from crawler.reading.tokens import APART, GLUED, Token

_ONE = Decimal(1)
_TWO = Decimal(2)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_MYRIAD = Decimal(10_000)
_LONGEST = 24  # tokens of one number; no honest one is longer
_LIMIT = Decimal("1e24")


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
    if at >= len(tokens):
        return None
    found = _read_myriads(tokens, at) if lexicon.myriad else _read_terms(tokens, at)
    return found if found is not None and 0 < found.value < _LIMIT else None


def _read_terms(tokens: list[Token], start: int) -> Quantity | None:
    first = _read_term(tokens, start)
    if first is None:
        return None
    total, last = first.value, first.scale
    at = _read_rest(tokens, first.end, last)
    if at is not None:
        total, end = total + at[0], at[1]
        return Quantity(start, end, total, first.coefficient, last)
    end = first.end
    # A smaller term goes on: "2 billion 300 million", "4 ملايين و300 ألف".
    while last > 1 and end - start < _LONGEST:
        k, said_and = _skip_and(tokens, end)
        more = _read_smaller(tokens, k, last) if _is_near(tokens, end) else None
        if more is None or tokens[end].word.currency:
            break
        # A number without a scale completes thousands only: ألف و500, two thousand fifty.
        is_digits = tokens[k].digits is not None
        if more.scale == 1 and is_digits and not (said_and and last == _THOUSAND):
            break
        total, end, last = total + more.value, more.end, more.scale
    if end == first.end:
        return first
    return Quantity(start, end, total, first.coefficient, first.scale)


def _read_smaller(tokens: list[Token], at: int, scale: Decimal) -> Quantity | None:
    more = _read_term(tokens, at) if at < len(tokens) else None
    if more is None or more.weak or more.scale >= scale or more.value >= scale:
        return None
    return more


def _read_rest(tokens: list[Token], at: int, scale: Decimal) -> tuple[Decimal, int] | None:
    """ "and a half" after a scale, with the scale said again or not: مليون ونصف المليون."""
    if scale == 1:
        return None
    k, said_and = _skip_and(tokens, at)
    if not said_and or k >= len(tokens) or tokens[k].word.part is None:
        return None
    part = tokens[k].word.part
    assert part is not None
    end = k + 1
    if end < len(tokens) and tokens[end].near < APART and tokens[end].word.filler:
        end += 1
    if end < len(tokens) and tokens[end].near < APART and tokens[end].word.scale is not None:
        if tokens[end].word.scale != scale:
            return None
        return part * scale, end + 1
    return part * scale, k + 1


def _read_term(tokens: list[Token], start: int) -> Quantity | None:
    """One number with its scales: 65 billion, half a billion, ملياري, مليار."""
    token = tokens[start]
    word = token.word
    if word.part is not None and not (word.weak and word.number is not None):
        return _read_part(tokens, start, start + 1, word.part)
    if word.dual is not None:
        scale, end = _read_scales(tokens, start + 1)
        value = word.dual * scale
        return Quantity(start, end, value, _TWO, value / 2)
    counted = _read_count(tokens, start)
    if counted is None:
        if word.scale is not None and word.bare:
            if word.dual_near is not None and _is_currency(tokens, start + 1):
                return Quantity(start, start + 1, word.dual_near, _TWO, word.dual_near / 2)
            more, end = _read_scales(tokens, start + 1)
            scale = word.scale * more
            return Quantity(start, end, scale, _ONE, scale)
        return None
    number, at, weak = counted
    if at < len(tokens) and tokens[at].near < APART and tokens[at].word.part is not None:
        part = tokens[at].word.part
        assert part is not None
        if tokens[at].text in "½¼¾⅓⅔⅛":
            number, at, weak = number + part, at + 1, False
        elif not tokens[at].lead_and:
            found = _read_part(tokens, start, at + 1, number * part)  # three quarters of a
            if found is not None:
                return found
    k, said_and = _skip_and(tokens, at)
    if said_and and k < len(tokens) and tokens[k].word.part is not None:
        after = k + 1
        part = tokens[k].word.part
        assert part is not None
        if after < len(tokens) and (_scale_at(tokens, after) or tokens[after].word.currency):
            number, at, weak = number + part, after, False
    scale, end = _read_scales(tokens, at)
    if end == at and weak:
        return (
            None
            if token.digits is None and word.weak
            else Quantity(start, end, number, number, _ONE, weak)
        )
    grouped = token.grouped if end == start + 1 else None
    return Quantity(start, end, number * scale, number, scale, weak and scale == 1, grouped)


def _read_part(tokens: list[Token], start: int, at: int, part: Decimal) -> Quantity | None:
    """half [of] [a] billion; before another number it is only "half of"."""
    end = at
    for _ in range(3):
        if (
            end < len(tokens)
            and tokens[end].near < APART
            and (
                tokens[end].word.filler
                or tokens[end].is_dash
                or (tokens[end].word.weak and tokens[end].word.number == 1)
            )
            and not tokens[end].word.scale
        ):
            end += 1
    if end < len(tokens) and tokens[end].near < APART:
        scale, after = _read_scales(tokens, end)
        if after > end:
            return Quantity(start, after, part * scale, part, scale)
        if tokens[end].word.currency:
            return Quantity(start, end, part, part, _ONE)
    return None


def _is_currency(tokens: list[Token], at: int) -> bool:
    return _is_near(tokens, at) and tokens[at].word.currency is not None


def _scale_at(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].near < APART and tokens[at].word.scale is not None


def _read_scales(tokens: list[Token], at: int) -> tuple[Decimal, int]:
    """The product of the scale words from `at`: mil millones, lakh crore."""
    scale = _ONE
    end = at
    while end < len(tokens) and end - at < _LONGEST:
        token = tokens[end]
        if (
            token.is_dash
            and end + 1 < len(tokens)
            and token.near <= 1
            and tokens[end + 1].near == token.near == GLUED
            and tokens[end + 1].word.scale is not None
            and end == at
        ):
            end += 1
            continue
        word = token.word
        if word.scale is None or token.near >= APART or word.currency or token.lead_and:
            break
        if word.short and not _is_short_scale(tokens, end):
            break
        if end > at and not tokens[end - 1].is_dash and word.scale < 1000:
            break
        scale *= word.scale
        end += 1
    if end > at and tokens[end - 1].is_dash:
        end -= 1
    return scale, end


def _is_short_scale(tokens: list[Token], at: int) -> bool:
    """k, m, bn: glued to digits, or one space off when it is longer than a letter or capital."""
    if at == 0 or (tokens[at - 1].digits is None and not tokens[at - 1].word.scale):
        return False
    token = tokens[at]
    if token.near == GLUED:
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    money = (at >= 2 and tokens[at - 2].word.mark) or (
        following is not None and following.near < APART and bool(following.word.currency)
    )
    return len(token.text) > 1 or money


def _read_count(tokens: list[Token], start: int) -> tuple[Decimal, int, bool] | None:
    """Digits, or number words with their hundreds: three hundred and forty, خمسة وعشرين."""
    token = tokens[start]
    if token.digits is not None:
        return token.digits, start + 1, False
    if token.word.number is None:
        return (
            (_HUNDRED, start + 1, False)
            if token.word.scale == _HUNDRED and token.word.bare
            else None
        )
    total, end = token.word.number, start + 1
    weak = token.word.weak
    while end < len(tokens) and end - start < _LONGEST:
        k, said_and = _skip_and(tokens, end)
        if k < len(tokens) and tokens[k].is_dash and tokens[k].near == GLUED and not said_and:
            k += 1
        if k >= len(tokens) or tokens[k].near >= APART or (k != end and tokens[end].near >= APART):
            break
        word = tokens[k].word
        if word.scale == _HUNDRED and k == end and total < 100:
            total, end, weak = total * 100, k + 1, False
            continue
        if weak or word.number is None or word.weak or not _fits(total, word.number):
            break
        if said_and and k + 1 < len(tokens) and tokens[k + 1].word.scale == _HUNDRED:
            break
        total, end, weak = total + word.number, k + 1, False
    return total, end, weak


def _fits(total: Decimal, more: Decimal) -> bool:
    """Whether no decimal place is said twice: 300 and 40 and 5; 60 and 15 is French."""
    if total >= 1000 or more >= 1000:
        return False
    if 10 <= more < 20 and total % 100 in (60, 80):
        return True
    a, b = int(total), int(more)
    while a and b:
        if a % 10 and b % 10:
            return False
        a, b = a // 10, b // 10
    return not (10 < more < 20 and total % 100) and not (10 < total < 20 and more < 100)


def _skip_and(tokens: list[Token], at: int) -> tuple[int, bool]:
    """Past an "and" at `at`, said by a word or a clitic, and whether there was one."""
    if at >= len(tokens) or tokens[at].near >= APART:
        return at, False
    word = tokens[at].word
    if "and" in word.joins and word.number is None and word.part is None and word.scale is None:
        if at + 1 < len(tokens) and tokens[at + 1].near < APART:
            k = at + 1
            if (
                tokens[k].word.weak
                and tokens[k].word.number == 1
                and k + 1 < len(tokens)
                and tokens[k + 1].word.part
            ):
                k += 1
            return k, True
        return at, False
    return at, word.lead == "and"


def _is_near(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].near < APART


def _read_myriads(tokens: list[Token], start: int) -> Quantity | None:
    """25亿3000万, 九兆四千億, 9조4천억: groups of ten thousand."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    last = _LIMIT
    first: Decimal | None = None
    scale = _ONE
    at = start
    while at < len(tokens) and at - start < _LONGEST:
        token = tokens[at]
        if at > start and token.near >= APART:
            break
        word = token.word
        if token.digits is not None:
            if digit is not None:
                break
            digit = token.digits
        elif word.number is not None and word.scale is None:
            digit = word.number if digit is None else digit * 10 + word.number
        elif word.part is not None and digit is None:
            digit = word.part
        elif word.scale is not None and not word.short and not word.currency:
            if at == start and not word.bare:
                return None
            if word.scale < _MYRIAD:
                section += (_ONE if digit is None else digit) * word.scale
            else:
                section += digit or Decimal(0)
                if word.scale >= last:
                    break
                coefficient = section or _ONE
                first = coefficient if first is None else first
                total += coefficient * word.scale
                scale = max(scale, word.scale)
                section, last = Decimal(0), word.scale
            digit = None
        elif (
            word.short
            and word.scale is not None
            and digit is not None
            and _is_short_scale(tokens, at)
        ):
            total += digit * word.scale
            scale, digit, first = word.scale, None, digit
        else:
            break
        at += 1
    total += section + (digit or Decimal(0))
    if at == start or total == 0:
        return None
    value_scale = scale if first is not None else _ONE
    return Quantity(start, at, total, first if first is not None else total, value_scale)
