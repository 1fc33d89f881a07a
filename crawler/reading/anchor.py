"""Which sentence of a page is likest to tell the story of its title?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crawler.reading.pieces import UNSPACED_LETTERS
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import Signs, speaks_of_ai
from crawler.reading.told import Told, told_in
from crawler.reading.weigh import total
from crawler.text.script import is_unspaced

# Log odds that a sentence is of the title's story and not of other news; measured and printed by
# tests/crawler/reading/fit_anchor.py.
ANCHOR: Mapping[str, float] = {
    "ai": 4.0,
    "ai_weak": 1.5,
    "name": 0.24,
    "nothing": -0.28,
    "of_own": 4.9,
    "of_title": 1.46,
    "same_name": 3.81,
    "same_sum": 3.22,
    "sum": -0.36,
}
_FIRST, _SOON = 3, 0.5  # sentences at the top of a page, and what their place says
# A sentence that has this share of what the likest says is the story's, too, and its first one
# stands where the story begins.
_LIKE_ENOUGH = 0.7
_GRAM, _SHORT_GRAM = 4, 2  # letters; two where one is a syllable or a word
_FEW = 8  # runs of letters: what fewer share says little
_WORD = re.compile(rf"[{UNSPACED_LETTERS}]+|[^\W\d_{UNSPACED_LETTERS}]+")

_Runs = frozenset[str]


def find_anchor(scan: Scan, body: Sequence[Sentence]) -> int:
    """The place in `body` of the first sentence that belongs to the title like the likest."""
    said = [
        total(signs, ANCHOR) + (_SOON if at < _FIRST else 0.0)
        for at, signs in enumerate(anchor_signs(scan, body))
    ]
    most = max(said)
    enough = most * _LIKE_ENOUGH if most > 0 else most
    return next(at for at, one in enumerate(said) if one >= enough)


def anchor_signs(scan: Scan, body: Sequence[Sentence]) -> list[Signs]:
    """What each sentence of `body` says for itself, and what it has in common with the title."""
    told, letters = told_in(*scan.head), _runs(scan, *scan.head)
    return [_signs(one, _runs(scan, one), told, letters) for one in body]


def _runs(scan: Scan, *sentences: Sentence) -> _Runs:
    """The runs of letters in the words of `sentences`: they outlast what bends a word's end."""
    found: set[str] = set()
    for one in sentences:
        for word in _WORD.findall(scan.folded.text, one.start, one.end):
            size = _SHORT_GRAM if is_unspaced(word[0]) else _GRAM
            found.update(word[at : at + size] for at in range(len(word) - size + 1))
    return frozenset(found)


def _signs(one: Sentence, its: _Runs, told: Told, letters: _Runs) -> Signs:
    mine, both, has_ai = told_in(one), len(its & letters), speaks_of_ai(one)
    return {
        "ai": float(has_ai),
        "ai_weak": float(not has_ai and bool(one.having("topic.weak"))),
        "sum": float(bool(one.sums)),
        "name": float(bool(one.names)),
        "same_name": float(bool(mine.names & told.names)),
        "same_sum": float(bool(mine.sums & told.sums)),
        "of_title": both / max(_FEW, len(letters)),
        "of_own": both / max(_FEW, len(its)),
        "nothing": float(not both),
    }
