"""How are the words of a lexicon found in a text?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from crawler.reading.everywhere import shared_words
from crawler.reading.word import Word


def phrases_of(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What goes on after each first word of a phrase, longest first."""
    found: dict[str, set[str]] = {}
    for word in words:
        if " " in word:
            first, _, rest = word.partition(" ")
            found.setdefault(first, set()).add(rest)
    return {
        first: tuple(sorted(rests, key=lambda rest: (-len(rest), rest)))
        for first, rests in found.items()
    }


def scanner_of(words: Iterable[str]) -> re.Pattern[str]:
    """Longest known word first, for writing that puts no space between words."""
    rests: dict[str, list[str]] = {}
    for word in sorted((w for w in words if not w[0].isascii()), key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    own = [f"{re.escape(first)}(?:{'|'.join(tails)})" for first, tails in rests.items()]
    mixed = [re.escape(w) for w in words if w[0].isascii() and not w.isascii()]
    # The class first: a branch for each of some hundred first letters is slow at every letter.
    firsts = "".join(map(re.escape, rests))
    # A Latin word may stand among the others: 规模RMB.
    return re.compile(f"(?=[{firsts}a-z])(?:{'|'.join([*own, *mixed, '[a-z]++'])})")


def heads_of(words: Mapping[str, Word]) -> dict[str, str]:
    """For each word that only hides another, the letter of a number or currency it begins with."""
    heads: dict[str, str] = {}
    hides = Word(not_money=True)
    for word, known in words.items():
        head = words.get(word[0])
        if head is None or head.weak or known != hides:
            continue
        if head.currency or head.scale or head.number is not None:
            heads[word] = word[0]
    return heads


def small_words(words: Mapping[str, Word]) -> dict[str, Word]:
    """What else the words mean that are a currency only in their capitals."""
    shared = shared_words()  # means nothing else until a lexicon says so
    lettered = {t: word for t, word in words.items() if word.capitals and word is not shared.get(t)}
    found = {
        text: replace(word, currency=None, mark=False, only_before=False, capitals=())
        for text, word in lettered.items()
    }
    return {text: word for text, word in found.items() if word not in (Word(), Word(weak=True))}
