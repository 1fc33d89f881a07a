"""What do the words around a name say, and what its own: does it get the money, does it give it?

And around a sum: is it the deal's, or a worth, old money, another's?

By their runs of letters, as letters.py reads a whole text. Around it: two words before each place
of the name and two behind it, other names and sums told as one mark each, so that no company is
learned but what is said of one. Its own words tell what is a firm, a fund, a town, a person, and
what is no name at all: a noun in capitals, the word that opens a title.
"""

from __future__ import annotations

from collections.abc import Iterable

from crawler.reading.candidates import Candidate, Place
from crawler.reading.letters import (
    BESIDE,
    SIZES_OF_NAME,
    SPELLED,
    UNSPACED,
    runs_of,
    runs_of_size,
    words_of,
)
from crawler.reading.scan import Scan, Sentence

_NAME, _SUM = " N ", " S "  # folded text has no capitals
_REACH = 60  # letters of the sentence on either side
_WORDS = 2
_LETTERS = 10  # where no space parts words
_BEFORE, _BEHIND, _WITHIN = 1, 2, 3  # a run before a name is another one than behind it


def around_signs(scan: Scan, candidate: Candidate) -> dict[str, float]:
    """How much the words around a name, and its own, speak for getting and for giving."""
    found, within = runs_around(scan, candidate.places), runs_within(candidate)
    return {one: scan.around.says(one, found) for one in BESIDE} | {
        one: scan.around.says(one, within) for one in SPELLED
    }


def runs_within(candidate: Candidate) -> set[int]:
    """The places of all runs of letters in the name itself."""
    words = candidate.name.text.lower().split()
    return runs_of_size(words, SIZES_OF_NAME, _WITHIN)


def runs_around(scan: Scan, places: Iterable[Place]) -> set[int]:
    """The places of all runs of letters around `places` of a name, or of a sum."""
    found: set[int] = set()
    for sentence, start, end in places:
        before = _masked(scan, sentence, max(sentence.start, start - _REACH), start)
        behind = _masked(scan, sentence, end, min(sentence.end, end + _REACH))
        # Nearest first: what stands before is spelled backwards.
        found |= runs_of(_nearest(before[::-1], scan.language), scan.language, _BEFORE)
        found |= runs_of(_nearest(behind, scan.language), scan.language, _BEHIND)
    return found


def _nearest(text: str, language: str | None) -> list[str]:
    words = words_of(text)
    return ["".join(words)[:_LETTERS]] if language in UNSPACED else words[:_WORDS]


def _masked(scan: Scan, sentence: Sentence, start: int, end: int) -> str:
    """A stretch of `sentence`, each name and each sum in it told as one mark."""
    spans = [(name.start, name.end, _NAME) for name in sentence.names]
    spans += [(one.start, one.end, _SUM) for one in sentence.sums]
    parts: list[str] = []
    at = start
    for first, last, mark in sorted(spans):
        if at <= first and last <= end:
            parts += (scan.folded.text[at:first], mark)
            at = last
    return "".join((*parts, scan.folded.text[at:end]))
