"""What was read of a text so far, and how near is the next piece to it?"""

from __future__ import annotations

import re

from crawler.reading.lexicon import Lexicon
from crawler.reading.token import APART, GLUED, SPACED, Token
from crawler.reading.word import Word
from crawler.text.fold import Folded

_SPACES = re.compile(r"[ \t]*\n?[ \t]*\Z")


class Tape:
    """A folded text with the tokens that were read of it, left to right."""

    def __init__(self, folded: Folded, lexicon: Lexicon) -> None:
        self.folded = folded
        self.text = folded.text
        self.lexicon = lexicon
        self.words = lexicon.words
        self.endings = lexicon.case_endings
        self.tokens: list[Token] = []
        self.last_end = 0  # up to where the text is read

    def add(self, start: int, end: int, word: Word, text: str | None = None) -> Token:
        """Take the text up to `end` for read, and what stands from `start` on for `word`."""
        near = _near(self.text, self.last_end, start) if self.tokens else APART
        token = Token(start, end, near, text or self.text[start:end], word)
        self.tokens.append(token)
        self.last_end = end
        return token

    def printed(self, start: int, end: int) -> str:
        left, right = self.folded.span(start, end)
        return self.folded.original[left:right]

    def is_printed_so(self, start: int, end: int, word: Word) -> bool:
        """Whether the capitals from `start` to `end` are those that `word` must have, if any."""
        if not word.capitals:
            return True
        printed = self.printed(start, end).rstrip(".")
        return any(printed == each.rstrip(".") for each in word.capitals)


def _near(text: str, end: int, start: int) -> int:
    if start <= end:
        return GLUED
    if start - end == 1 and text[end] == " ":
        return SPACED
    return SPACED if start - end <= 8 and _SPACES.match(text[end:start]) else APART
