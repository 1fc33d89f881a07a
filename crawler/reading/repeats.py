"""Which number words only say again, in brackets, what the digits before them said?"""

from __future__ import annotations

from crawler.reading.lexicon import Lexicon
from crawler.reading.quantity import read_quantity
from crawler.reading.tokens import APART, SPACED, Token

_LONGEST = 3  # tokens of the number before the bracket: 5 тыс.


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
