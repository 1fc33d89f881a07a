"""What does a word's capital say: is it a name's, or one that every sentence begins with?"""

from __future__ import annotations

import re
from collections.abc import Iterator

_INSIDE = re.compile(r"[^\s.!?:…\"'“«(—–-] \Z")  # before a word that does not begin its sentence


def begins_sentence(text: str, at: int) -> bool:
    """Whether a capital at `at` tells nothing, because every sentence has one there."""
    before = text[:at].rstrip(" \"'“«(—-")
    return not before or before[-1] in ".!?\n:…"


def stands_inside(text: str, word: str) -> bool:
    """Whether `word` stands in `text` behind another word of its sentence."""
    return any(
        _INSIDE.search(text, max(0, at - 2), at) and not _goes_on(text[end : end + 1])
        for at, end in _places_of(text, word)
    )


def stands_small(text: str, word: str) -> bool:
    """Whether `word`, which has a capital, stands in `text` without it, or begins a word there."""
    small = word.lower()
    return small != word and any(
        not _goes_on(text[max(0, at - 1) : at]) for at, _ in _places_of(text, small)
    )


def _places_of(text: str, word: str) -> Iterator[tuple[int, int]]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def _goes_on(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
