"""Which pieces of a text may be a number, a word or a mark of money?"""

from __future__ import annotations

import re
from decimal import Decimal

from crawler.reading.currency import MARKS, MILLION_MARKS, MINOR_MARKS
from crawler.reading.word import Word

# Possessive: a megabyte of "1,1,1," must not be kept for stepping back.
_NUMBER = r"\d{1,3}(?: \d{3})++(?!\d)(?:[.,]\d++)?|\d++(?:[.,'ر・]\d++)*+"
_LETTER = r"[^\W\d_\u00b2\u00b3\u00b9\u2070-\u209f]"  # Euro² has a footnote
# Signs of Devanagari, which are no letters by themselves; of a class of letters.
SIGNS = "\u0900-\u0903\u093a-\u094f\u0962\u0963"
_RUN = rf"{_LETTER}++(?:[{SIGNS}]++{_LETTER}*+)*+"
_LETTERS = rf"{_RUN}(?:・(?=[\u30a1-\u30fa]){_RUN})*+"  # スイス・フラン is one word
# Scripts that put no space before US$; of a class of letters.
UNSPACED_LETTERS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"


def _any_mark(*, lettered: bool) -> str:
    known = [m for m in (*MARKS, *MILLION_MARKS, *MINOR_MARKS) if m[0].isalpha() is lettered]
    marks = sorted(known, key=len, reverse=True)
    return "|".join(re.escape(m) + (r"(?![^\W\d_])" if m[-1].isalpha() else "") for m in marks)


# A mark such as s$ must not begin inside a word: the possessive of "Meta's $65 billion".
PIECE = re.compile(
    rf"(?P<number>{_NUMBER}|(?<![\w.,])[.,]\d+)"
    r"|(?P<vulgar>[½¼¾⅓⅔⅛])"  # before words: ½ is a letter to a pattern
    rf"|(?P<mark>(?<![^\W\d_{UNSPACED_LETTERS}])(?<!')(?:{_any_mark(lettered=True)})|{_any_mark(lettered=False)})"
    r"|(?P<dotted>(?<![^\W\d_])[^\W\d_]{1,3}(?:\.[^\W\d_]{1,3}){1,3}\.?(?![^\W\d_]))"
    rf"|(?P<word>[\u05d0-\u05ea]++(?:\"|'')[\u05d0-\u05ea]++|{_LETTERS}(?:'(?=[^\W_]|[€$£]))?)"
    r"|(?P<dash>[-~+]|(?<=[〇一二三四五六七八九])・(?=[〇一二三四五六七八九]))"
)
MARK_WORDS = {mark: Word(currency=name, mark=True) for mark, name in MARKS.items()} | {
    mark: Word(currency=name, mark=True, scale=Decimal("1e6"))
    for mark, name in MILLION_MARKS.items()
}
MARK_WORDS |= {mark: Word(currency=name, minor=True) for mark, name in MINOR_MARKS.items()}
