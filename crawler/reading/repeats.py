"""What do brackets inside a sum say: the same in words, or the sum of the year before?"""

from __future__ import annotations

import re

from crawler.reading.lexicon import Lexicon
from crawler.reading.numbers import may_be_year
from crawler.reading.numerals import read_quantity
from crawler.reading.token import APART, SPACED, Token
from crawler.reading.word import Word

_LONGEST = 3  # tokens of the number before the bracket: 5 тыс.
_YEAR_BEFORE = re.compile(r" ?\([^()\d]{0,16}\Z")
_AGAINST = Word(joins=frozenset({"against"}))


def without_repeats(text: str, tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """`tokens` of folded `text` without the words of "500 (пятьсот) рублей", as contracts write."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _repeat_end(text, tokens, at, lexicon)
        if at < end < len(tokens):
            gap = text[tokens[end - 1].end : tokens[end].start]
            tokens[end].near = SPACED if gap in (") ", ")") else APART
        at = max(at, end)
        if (before := _compared_with(text, kept, tokens, at)) is not None:
            del kept[before + 1 :]
            start = kept[-1].end
            kept.append(Token(start, tokens[at].start, SPACED, "(", _AGAINST))
            tokens[at].near = tokens[at + 1].near = SPACED
        if at < len(tokens):
            kept.append(tokens[at])
        at += 1
    return kept


def _repeat_end(text: str, tokens: list[Token], at: int, lexicon: Lexicon) -> int:
    """Where the bracketed words at token `at` end, if they repeat the number before; else `at`."""
    token = tokens[at]
    if not at or token.near != APART or not token.may_count or token.digits is not None:
        return at
    if text[tokens[at - 1].end : token.start].strip() != "(":
        return at
    again = read_quantity(tokens, at, lexicon)
    if again is None or not text.startswith(")", tokens[again.end - 1].end):
        return at
    for start in range(at - 1, max(-1, at - 1 - _LONGEST), -1):
        if tokens[start].digits is None:
            continue
        first = read_quantity(tokens, start, lexicon)
        said = first is not None and first.end == at and first.value == again.value
        return again.end if said else at
    return at


def _compared_with(text: str, kept: list[Token], tokens: list[Token], at: int) -> int | None:
    """The number in `kept` whose sum of the year before token `at` says: 94,2 (88,1) Mio. Euro."""
    value = tokens[at].digits if at + 1 < len(tokens) and tokens[at].near == APART else None
    if value is None or may_be_year(value):
        return None
    following = tokens[at + 1]
    if text[tokens[at].end : following.start] not in (") ", ")"):
        return None
    if following.word.scale is None and following.word.currency is None:
        return None
    for k in range(len(kept) - 1, max(-1, len(kept) - 1 - _LONGEST), -1):
        if kept[k].digits is not None:
            is_bracket = _YEAR_BEFORE.fullmatch(text[kept[k].end : tokens[at].start])
            return k if is_bracket else None
    return None
