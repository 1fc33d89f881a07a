"""What sum of money does an owner's rule name?"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.model import Bound, Figure
from crawler.reading.figures import find_figures
from crawler.reading.lexicon import Lexicon


def parse_amount(text: str, lexicons: Mapping[str, Lexicon]) -> Figure | None:
    """The one sum that the whole of `text` says, in any language of `lexicons`.

    None for a range, a bound, a sum with anything around it, or no sum. English is asked
    first: "1 billion USD" is 10^9 in a rule, whatever a Spanish billion is.

    >>> parse_amount("1bn", {}) is None
    True
    """
    wanted = text.strip()
    order = sorted(lexicons, key=lambda language: (language != "en", language != "ar"))
    for language in order:
        figures = find_figures(wanted, lexicons[language])
        if len(figures) == 1 and _is_whole(figures[0], wanted):
            return figures[0]
    return None


def _is_whole(figure: Figure, text: str) -> bool:
    return figure.text == text and figure.bound is Bound.POINT and not figure.approximate
