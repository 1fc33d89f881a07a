"""Is an article worded as deals are, or as other news is?

Each piece of a word says a little; the article says the mean of what its title and lead say. What
a piece says was learned from Universal Sentence Encoder's vectors of 128,000 pieces of words in
sixteen languages, so that it is known also of words that no labelled story holds: those that are
used alike say alike (tests/crawler/reading/fit_likeness.py). Where AI is named, what is left to ask
is whether money moves; where it is not, also whether it is AI that is told of in other words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

_LETTERS = {"zh": 150, "ja": 150, "ko": 150}  # looked at; title and lead say what the news is
_LETTERS_ELSE = 350
_LONGEST_DATELINE = 100
_LONGEST = 16  # letters of a piece
_NUMBER = re.compile(r"\d[\d.,]*")
UNIT = 2  # scores are halves of log odds
# What an agency puts before its story, and what says nothing of it: "LONDON, Nov 24 (Reuters) - ",
# "الرياض - ", "(서울=연합뉴스) 홍길동 기자 = ", 【東京共同】.
_DATELINE = re.compile(
    r"(?<=\n\n)(?:(?:[^\n.]{0,40}\([^()\n]{2,40}\)[^\n.]{0,14}?[-–—=:]\s"
    r"|(?:(?:[^\W_a-zß-öø-ÿ\u0430-\u044f][\w'’/]*|\d+ [^\W\d_]{3,9}\.?)[,،]? ){1,4}[-–—]\s){1,2}"
    r"|【[^】\n]{2,12}】)"
)
_OPENS = "▁"  # a word begins
MOST = 2.5  # log odds
_FEW = 30  # pieces; of so many, what they say is worth half

Scores = tuple[int, int]  # of a piece, where AI is named and where it is not
_T = TypeVar("_T")


class Likeness:
    """What each piece of a word says, in log odds of a deal; the table is built at its first use.

    `data`, in UTF-8: a line "LANGUAGE TAB WITH TAB WITHOUT" for each language that the table knows,
    what it says before the first word, an empty line, then lines of "WITH WITHOUT TAB pieces
    between blanks": what these say where AI is named, and where it is not. `digest` is that of the
    data that the weights were fitted with: any other says nothing.
    """

    def __init__(self, data: bytes = b"", *, digest: str | None = None) -> None:
        self.is_known = digest == digest_of(data)
        self._data = data if self.is_known else b""

    def of(self, text: str, language: str | None, *, names_ai: bool = True) -> float:
        """How much the wording of `text` speaks for a deal; 0 in a language that is not known.

        `names_ai`: whether its title or lead does.
        """
        offsets = self._offsets.get(language or "")
        if offsets is None:
            return 0.0
        found = list(cut(opening(text, language), self._pieces))
        if not found:
            return 0.0
        column = 0 if names_ai else 1
        odds = offsets[column] + sum(said[column] for said in found) / len(found) / UNIT
        odds *= worth(len(found))
        return round(max(-MOST, min(MOST, odds)), 2)

    def everyday(self, name: str, language: str | None) -> float:
        """The share of the words of `name` that are in everyday use, or names known to all.

        Of 128,000 pieces such a word is one by itself; who has just raised a round is seldom one.
        """
        if language not in self._offsets:
            return 0.0
        words = unicodedata.normalize("NFKC", name).split()
        known = (_OPENS + word in self._pieces or word in self._pieces for word in words)
        return sum(known) / max(1, len(words))

    @cached_property
    def _offsets(self) -> dict[str, tuple[float, float]]:
        head, _, _ = self._data.partition(b"\n\n")
        lines = (line.split("\t") for line in head.decode().splitlines())
        return {language: (float(named), float(not_named)) for language, named, not_named in lines}

    @cached_property
    def _pieces(self) -> dict[str, Scores]:
        found: dict[str, Scores] = {}
        for line in self._data.partition(b"\n\n")[2].decode().split("\n")[:-1]:
            scores, _, pieces = line.partition("\t")
            named, _, not_named = scores.partition(" ")
            found |= dict.fromkeys(pieces.split(" "), (int(named), int(not_named)))
        return found


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def worth(count: int) -> float:
    """The share of what `count` pieces say that is believed: a short title has but a few."""
    return count / (count + _FEW)


def opening(text: str, language: str | None) -> str:
    """The letters that are looked at, without a dateline, and numbers, of which others tell."""
    longest = _LETTERS.get(language or "", _LETTERS_ELSE)
    first = without_dateline(text, longest + _LONGEST_DATELINE)
    return unicodedata.normalize("NFKC", _NUMBER.sub(" ", first)[:longest])


def without_dateline(text: str, longest: int) -> str:
    """The first `longest` letters of `text`, but for what an agency puts before its story."""
    return _DATELINE.sub("", text[:longest], count=1)


def cut(text: str, pieces: Mapping[str, _T]) -> Iterator[_T]:
    """What `pieces` holds for `text`, cut from the left into the longest pieces there are."""
    for word in text.split():
        rest = _OPENS + word
        while rest:
            size = min(len(rest), _LONGEST)
            while size and rest[:size] not in pieces:
                size -= 1
            if size:
                yield pieces[rest[:size]]
            rest = rest[size or 1 :]
