"""By which scale do the words at a token multiply?"""

from __future__ import annotations

from decimal import Decimal

from crawler.reading.quantity import LONGEST
from crawler.reading.token import GLUED, Token, is_near, is_plus

_ONE = Decimal(1)
_THOUSAND = Decimal(1000)


def read_scales(tokens: list[Token], at: int) -> tuple[Decimal, int]:
    """The product of the scale words from `at`: million, mil millones, lakh crore."""
    scale, end = _ONE, at
    if is_near(tokens, at) and is_near(tokens, at + 1) and tokens[at].is_dash:
        end = at + (tokens[at + 1].near == GLUED)  # 100-million
    if is_near(tokens, end + 1) and is_plus(tokens[end]):
        end += 1  # 60+ billion, 60-plus billion
    if is_near(tokens, end + 1) and tokens[end].word.bounds_after and tokens[end + 1].word.scale:
        end += 1  # 5 с лишним миллиардов
    first = end
    while is_near(tokens, end) and end - at < LONGEST:
        word = tokens[end].word
        if word.scale is None or word.currency or word.lead:
            break  # חצי מיליון למיליון: a clitic leads the next number
        if word.short and not is_short_scale(tokens, end):
            break
        if end > first and word.scale < _THOUSAND:
            break
        scale *= word.scale
        end += 1
        if tokens[end - 1].case is not None:
            break
    return (scale, end) if end > first else (_ONE, at)


def is_short_scale(tokens: list[Token], at: int) -> bool:
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
