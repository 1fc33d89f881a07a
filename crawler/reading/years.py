"""Which years of a text are past, which are to come, for whoever read it on its day?

A lexicon writes `in <past>`, never `in 2024`: that would be wrong a year later.
"""

from __future__ import annotations

import re
from datetime import date

# One private letter for each relation, so that a year keeps its length and its place.
_EARLIER, _LAST, _THIS, _NEXT, _LATER = "\ue000\ue001\ue002\ue003\ue004"
_LETTERS = {
    "past": _EARLIER + _LAST,
    "this": _THIS,
    "next": _NEXT,
    "later": _NEXT + _LATER,
}
_MARK = re.compile(r"<('?)(past|this|next|later)>")
# A year of four digits; in Japanese also one of two, before what makes it a business year; and
# one of the Iranian calendar.
_YEAR = re.compile(
    r"(?<![\d.,$\u20ac\xa3])(?:(20[0-4]\d)|(1[34]\d\d)|(\d\d)(?=\u5e74\u5ea6|\u5e74\d{1,2}\u6708\u671f))(?![\d%]|[.,]\d)"
)
_NOWRUZ = (3, 21)  # the Iranian year begins in spring


def spell_years(term: str) -> tuple[str, ...]:
    """`term` as it is looked for: with each year that a mark in it stands for.

    `<past>`, `<this>`, `<next>` and `<later>` (next or after it) are years of four digits,
    `<'this>` one of two.
    """
    mark = _MARK.search(term)
    if mark is None:
        return (term,)
    length = 2 if mark[1] else 4
    return tuple(
        spelt
        for letter in _LETTERS[mark[2]]
        for spelt in spell_years(term[: mark.start()] + letter * length + term[mark.end() :])
    )


def mark_years(text: str, on: date, *, language: str) -> str:
    """Folded `text` with its years as the words of a lexicon are looked for; of equal length."""

    def marked(match: re.Match[str]) -> str:
        if match[2]:
            if language != "fa":
                return match[0]
            away = int(match[2]) - _iranian_year(on)
        else:
            away = int(match[1] or 2000 + int(match[3])) - on.year
        letter = (_EARLIER, _LAST, _THIS, _NEXT, _LATER)[max(-2, min(2, away)) + 2]
        return letter * len(match[0])

    return _YEAR.sub(marked, text)


def _iranian_year(on: date) -> int:
    return on.year - 621 - ((on.month, on.day) < _NOWRUZ)
