"""Which word does a piece say with a case ending: dolardan, TL'ye, Japon yenine?"""

from __future__ import annotations

import re

from crawler.reading.tape import Tape
from crawler.reading.word import Word

_LONGEST_ENDING = 8
_LETTERS_ON = re.compile(r"[^\W\d_]+")


def inflected(tape: Tape, piece: str) -> tuple[Word, str] | None:
    """The word that `piece` says with an ending, and its case: dolardan, milyarlık."""
    for cut in range(len(piece) - 1, max(1, len(piece) - _LONGEST_ENDING - 1), -1):
        word = tape.words.get(piece[:cut])
        if word is not None and word.inflects and (case := tape.endings.get(piece[cut:])):
            return word, case
    return None


def inflected_phrase(tape: Tape, first: str, at: int, rests: tuple[str, ...]) -> tuple[str, int]:
    """The phrase that begins with `first` and has an ending, and its end: Japon yenine."""
    for rest in rests:
        known = tape.words.get(f"{first} {rest}")
        if known is None or not known.inflects or not tape.text.startswith(" " + rest, at):
            continue
        stem = at + 1 + len(rest)
        letters = _LETTERS_ON.match(tape.text, stem)
        if letters is not None and letters[0] in tape.endings:
            return f"{first} {rest}{letters[0]}", letters.end()
    return first, at


def add_case(tape: Tape, at: int) -> int:
    """Take in the ending behind the apostrophe at `at`: TL'ye, 60'tan, $'lık."""
    letters = _LETTERS_ON.match(tape.text, at + 1)
    if letters is None:
        return at
    if tape.tokens and tape.tokens[-1].end == at:
        token = tape.tokens[-1]
        case = tape.endings.get(letters[0], "other")
        token.case = None if case == "none" else case
        token.end = tape.last_end = letters.end()
    return letters.end()
