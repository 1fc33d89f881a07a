"""Which number begins at a token, with its scale, fraction and smaller rest?

One grammar for all languages: number and scales, "two and a half", "2 billion 300 million",
half of a scale, duals; and groups of ten thousand for Chinese, Japanese and Korean.
"""

from __future__ import annotations

from crawler.reading.lexicon import Lexicon
from crawler.reading.myriads import Myriads
from crawler.reading.quantity import LIMIT, Quantity
from crawler.reading.terms import Terms
from crawler.reading.token import Token


def read_quantity(tokens: list[Token], at: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity that begins at token `at`; None if none does."""
    if at >= len(tokens) or not tokens[at].may_count:
        return None
    if lexicon.myriad:
        found = Myriads(tokens, at).read()
    else:
        found = Terms(tokens, units_first=lexicon.units_first).read(at)
    return found if found is not None and 0 < found.value < LIMIT else None
