"""Where does a sentence begin and end?"""

from __future__ import annotations

import re

# What may stand before a point without ending a sentence. Folded to lower case, no final point.
_SHORT_LINES = (
    "mr mrs ms dr prof sr jr st inc corp co ltd llc plc bros vs approx ca etc no nos fig dept gov",
    "sen rep gen col sgt jan feb aug sep sept oct nov dec e.g i.e a.m p.m u.s u.k u.n us hk rs",
    "mrd mio bio tsd bzw usw ggf inkl mind z.b d.h u.a",
    "mm mme mlle env cie sté nº núm aprox cía sra dra ee.uu uu sig dott mld mln",
    "млн млрд тыс трлн руб долл коп г гг им ул т.е т.д т.п др стр",
)
_SHORT = frozenset(word for line in _SHORT_LINES for word in line.split())
_END = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*(?=\s|$)|[。\uff01\uff1f\uff0e]+[」』”’\uff09)]*|\n+")
_BEFORE = re.compile(r"(?:[^\W\d_]+[.'\"״])*[^\W\d_]+$")
_WINDOW = 24
_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_NUMBER = re.compile(r"(?:^|[\s(])\d{1,2}$")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of `text`, left to right, without the white space around them.

    A line break always ends one; a point does not inside "$1.5 bn", "U.S.", "د.إ" or "Inc.".
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match[0][0] == "." and not _ends(text, start, match.start(), match.end()):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        spans.append((start + left, start + right))


def _ends(text: str, start: int, point: int, after: int) -> bool:
    """Whether the point at `point` ends the sentence that began at `start`."""
    rest = text[after : after + _WINDOW].lstrip()
    if not rest or text[after : after + 1] == "\n":
        return True
    if rest[0].islower():
        return False
    before = text[max(start, point - _WINDOW) : point]
    word = _BEFORE.search(before)
    if word is None:
        # "am 3. Juni", "1. FC": a German ordinal, where "in 2025. The" is an end.
        return not (_NUMBER.search(before) and rest[:3].casefold() in _MONTHS)
    if word[0].casefold() in _SHORT:
        return False
    # One letter is an initial (J. P. Morgan) or part of a short form (د.إ., ر.س., U.S.).
    return len(word[0].rsplit(".", 1)[-1]) > 1
