"""Which way does a line run, and what in it runs the other way?"""

from __future__ import annotations

import unicodedata

RIGHT_TO_LEFT_MARK = "\u200f"
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


def isolated(text: str, right_to_left: bool) -> str:
    """`text` as it stands in a line of that direction: letters of the other one are isolated."""
    other = ("L",) if right_to_left else ("R", "AL")
    if text.isascii() and not right_to_left:
        return text
    if any(unicodedata.bidirectional(letter) in other for letter in text):
        return f"{ISOLATE}{text}{END_OF_ISOLATE}"
    return text


def without_isolates(text: str) -> str:
    """`text` for a terminal or a program, which see signs where people see none."""
    return text.replace(ISOLATE, "").replace(END_OF_ISOLATE, "")


def runs_from_the_right(text: str) -> bool:
    """Whether most letters of `text`, a sentence, do: an Arabic one may begin with a Latin name.

    >>> runs_from_the_right("MGX تستثمر في OpenAI أكثر من ملياري يورو")
    True
    """
    ways = [unicodedata.bidirectional(letter) for letter in text]
    return sum(way in ("R", "AL") for way in ways) > ways.count("L")


def begun_from_the_right(text: str) -> str:
    """`text` as a line that runs from right to left whatever it begins with.

    Readers' programs take the direction from the first letter, so an Arabic line that opens
    with a Latin name would be turned round.
    """
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return text
        if direction in ("L", "FSI"):
            break
    return RIGHT_TO_LEFT_MARK + text
