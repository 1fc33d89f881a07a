"""Are an article's words those that deals are told in, and which kind? By their runs of letters.

Each run of a few letters says a little; the article says the sum of the different ones, less for
each the more there are. What a run says was learned from our labelled stories alone, in all of
their languages at once (tests/crawler/reading/fit_letters.py), so that it finds a word's other
forms, and its kin in the next language, where no lexicon holds it. A run is kept by its checksum
alone: a few share a place, and to be told apart they are too many.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence, Set
from operator import itemgetter
from zlib import crc32

from crawler.model import Role
from crawler.reading.likeness import digest_of, without_dateline

PLACES = 2**18
UNIT = 8  # scores are eighths of log odds
MOST = 4.0  # log odds
_WORD = re.compile(r"[^\W\d_]+")
# Letters of a text that are looked at, and of a run, with the marks where its word begins and ends.
# Of unseen stories, runs of 3 to 5 in 1,800 letters gave F1 .889; these gave .894 in a third of the
# time.
_OPENING, _SIZES = 900, (5,)
_DENSE = frozenset({"zh", "ja", "ko"})  # where a letter says more
_OPENING_DENSE, _SIZES_DENSE = 450, (1, 2)
FEW = 130  # runs of a text; a title by itself has some forty
KINDS = tuple(role for role in Role if role.makes_deal and role is not Role.PART_OF)
DEAL = "deal"
OF_TEXT = (DEAL, *KINDS)  # asked of an article's title and opening
# Asked of what stands around a name, and of the name's own words: who gets the money, who gives it.
BESIDE = ("around.gets", "around.gives")
SPELLED = ("spelled.gets", "spelled.gives")
JOINS = "joins"  # asked of a word beside a name: is it part of it?
BESIDE_SUM = "around.sum"  # asked of what stands around a sum: is it the deal's?
OF_PLACE = (*BESIDE, *SPELLED, JOINS, BESIDE_SUM)
SIZES_OF_NAME = (2, 3, 4, 5)  # of the runs within a name, or a word beside it: it is short
UNSPACED = frozenset({"zh", "ja"})  # languages in which no space parts words


class Letters:
    """What each run of letters says of each of `questions`, in log odds.

    `data`: a signed byte for each of PLACES, for one question after the other. `digest` is that of
    the data that the weights were fitted with: any other says nothing. Fewer runs than `few` say
    less by as much.
    """

    def __init__(
        self,
        questions: Sequence[str],
        data: bytes = b"",
        *,
        digest: str | None = None,
        few: int = 1,
    ) -> None:
        self._few = few
        size = PLACES * len(questions)
        self.is_known = digest == digest_of(data) and len(data) in (0, size)
        known = data if self.is_known and data else bytes(size)
        tables = (memoryview(known)[at : at + PLACES] for at in range(0, len(known), PLACES))
        self._tables = {q: table.cast("b") for q, table in zip(questions, tables, strict=True)}

    def says(self, question: str, found: Set[int]) -> float:
        """How much the runs at the places `found` speak for a yes, as far as it is believed."""
        return within(self.odds(question, found))

    def odds(self, question: str, found: Set[int]) -> float:
        return self.odds_of((question,), found)[0]

    def odds_of(self, questions: Iterable[str], found: Set[int]) -> list[float]:
        """The odds of each of `questions`."""
        tables = [self._tables[question] for question in questions]
        if len(found) > 1:
            pick = itemgetter(*found)  # a third faster than one place after the other
            scores = [sum(pick(table)) for table in tables]
        else:
            scores = [sum(table[at] for at in found) for table in tables]
        count = max(1, len(found))
        return [score / UNIT / math.sqrt(count) * min(1, count / self._few) for score in scores]


def kind_signs_of(letters: Letters, found: Set[int]) -> dict[str, float]:
    """How much more than for the others the runs of a text speak for each kind of deal."""
    said = letters.odds_of(KINDS, found)
    mean = sum(said) / len(said)
    return {kind_sign(kind): within(one - mean) for kind, one in zip(KINDS, said, strict=True)}


def kind_sign(kind: Role) -> str:
    return f"words.{kind}"


def within(odds: float) -> float:
    """`odds`, as far as they are believed."""
    return max(-MOST, min(MOST, odds))


def runs(text: str, language: str | None) -> set[int]:
    """The places of all runs of letters in the opening of `text`."""
    longest = _OPENING_DENSE if language in _DENSE else _OPENING
    return runs_of(set(words_of(without_dateline(text, longest).lower())), language)


def words_of(text: str) -> list[str]:
    """The words of `text` in text order, as they are spelled."""
    return _WORD.findall(text)


def runs_of(words: Iterable[str], language: str | None, seed: int = 0) -> set[int]:
    """The places of all runs of letters in `words`; other ones for each `seed`."""
    return runs_of_size(words, _SIZES_DENSE if language in _DENSE else _SIZES, seed)


def runs_of_size(words: Iterable[str], sizes: tuple[int, ...], seed: int) -> set[int]:
    """The same of runs of `sizes` letters."""
    spelled = [f"<{word}>".encode("utf-16-le") for word in words]
    return {
        crc32(letters[at : at + width], seed) & (PLACES - 1)
        for width in (2 * size for size in sizes)
        for letters in spelled
        for at in range(0, max(1, len(letters) - width + 1), 2)  # a short word is one run
    }
