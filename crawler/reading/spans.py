"""Where does a name begin and end? Words beside it may be part of it, and words in it may not.

What stands out by its capitals, or because no lexicon knows it, is often a piece of a name (City,
of Rio AI City) or more than one (Einhorn Quantenstaub). Whether a word at the edge belongs to the
name is told by its letters, its capital, what the lexicon says of it, what parts the two, and
whether the text joins them again. Learned from the parties of our labelled stories
(tests/crawler/reading/fit_spans.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from zlib import crc32

from crawler.reading.letters import JOINS, PLACES, SIZES_OF_NAME, UNSPACED, runs_of_size
from crawler.reading.pieces import SIGNS
from crawler.reading.scan import Scan, Sentence
from crawler.reading.strangers import LOOKED_AT

Span = tuple[int, int]  # of the folded text
Belongs = Callable[[set[int], Span, bool], bool]

# Log odds. Of 14,739 places of a party 73 in 100 were whole names as they were found, and 85 are
# by what others taught; 169 whole ones became wrong (247 at half of this, which mends hardly more).
_SURE = 0.6
_REACH, _REACH_UNSPACED = 3, 6  # words, or letters where no space parts words
_AROUND = 60  # letters that hold them
_END = 4  # letters
_WORD = re.compile(rf"(?:[^\W_]|[\u0300-\u036f{SIGNS}])+")
_MOST_OVER = 8  # words of the lexicon over one another
_GLUED = {"he": "ובלמהשכ", "ar": "وبلفك"}  # letters that are words of their own before a name
_SHORTEST = 3  # letters of a name to which one is glued


def whole_name(scan: Scan, sentence: Sentence, start: int, end: int) -> Span:
    """The stretch of the name of which `start` to `end` of `sentence` is a piece, or holds."""
    if not scan.around.is_known:
        return start, end

    def belongs(signs: set[int], _: Span, is_within: bool) -> bool:
        return scan.around.odds(JOINS, signs) > (-_SURE if is_within else _SURE)

    first, last = find_edges(scan, sentence, start, end, belongs)
    return (first, last) if first < last else (start, end)


def find_edges(scan: Scan, sentence: Sentence, start: int, end: int, belongs: Belongs) -> Span:
    """Where the name that stands at `start` to `end` begins and ends.

    `belongs` is asked of words from the edges on, by the signs of each, its place, and whether the
    name as it stands holds it.
    """
    return (
        _find_edge(scan, sentence, start, end, belongs, is_left=True),
        _find_edge(scan, sentence, start, end, belongs, is_left=False),
    )


def _find_edge(
    scan: Scan, sentence: Sentence, start: int, end: int, belongs: Belongs, *, is_left: bool
) -> int:
    """Words are taken off from the outside; where none is, others are added."""
    edge = start if is_left else end
    within = _inner_words(scan, start, end, is_left=is_left)
    for word, rest in pairwise(within):
        inner = (rest[0], end) if is_left else (start, rest[1])
        if belongs(_signs(scan, word, inner, is_left=is_left, is_within=True), word, True):
            break
        edge = inner[0] if is_left else inner[1]
    if edge != (start if is_left else end):
        return edge
    whole = edge
    for word in _outer_words(scan, sentence, start, end, is_left=is_left):
        inner = (edge, end) if is_left else (start, edge)
        signs = _signs(scan, word, inner, is_left=is_left, is_within=False)
        if _is_glued(scan, word, inner) or not belongs(signs, word, False):
            break
        edge = word[0] if is_left else word[1]
        if not is_left or not _is_ai(scan, word):
            whole = edge
    return whole


def _is_ai(scan: Scan, word: Span) -> bool:
    """Whether a word only says that it is AI: no name that is found by another word begins so."""
    return "topic.strong" in _meanings(scan, word)


def _is_glued(scan: Scan, word: Span, inner: Span) -> bool:
    """Whether Chinese or Japanese goes on at a Latin name: 米国VisioLoom社."""
    text = scan.folded.text
    return (word[1] == inner[0] and text[inner[0]].isascii() and not text[word[0]].isascii()) or (
        word[0] == inner[1] and text[inner[1] - 1].isascii() and not text[word[0]].isascii()
    )


def _words(scan: Scan, start: int, end: int) -> list[Span]:
    found = [match.span() for match in _WORD.finditer(scan.folded.text, start, end)]
    if scan.language not in UNSPACED:
        return found
    return [
        part
        for a, b in found
        for part in (
            [(a, b)] if scan.folded.text[a:b].isascii() else [(at, at + 1) for at in range(a, b)]
        )
    ]


def _inner_words(scan: Scan, start: int, end: int, *, is_left: bool) -> Sequence[Span]:
    """The words of a name from its edge on, with what is glued to it as a word of its own."""
    words, text = _words(scan, start, end), scan.folded.text
    if not words:
        return ()
    if not is_left:
        first, last = words[-1]
        if scan.language == "ko" and last - first >= _SHORTEST and not text[first:last].isascii():
            words[-1:] = [(first, last - 1), (last - 1, last)]
        return words[::-1]
    first, last = words[0]
    if last - first > _SHORTEST and text[first] in _GLUED.get(scan.language or "", ""):
        words[:1] = [(first, first + 1), (first + 1, last)]
    return words


def _outer_words(
    scan: Scan, sentence: Sentence, start: int, end: int, *, is_left: bool
) -> Sequence[Span]:
    reach = _REACH_UNSPACED if scan.language in UNSPACED else _REACH
    if is_left:
        return _words(scan, max(sentence.start, start - _AROUND), start)[::-1][:reach]
    return _words(scan, end, min(sentence.end, end + _AROUND))[:reach]


def _signs(scan: Scan, word: Span, inner: Span, *, is_left: bool, is_within: bool) -> set[int]:
    """What tells whether `word`, beside the stretch `inner`, is part of its name."""
    text, language = scan.folded.text, scan.language
    spelled, name = text[slice(*word)], text[slice(*inner)]
    gap = text[word[1] : inner[0]] if is_left else text[inner[1] : word[0]]
    printed = _print_of(scan.printed(*word))
    words = name.split() or [name]
    joined = text[word[0] : inner[1]] if is_left else text[inner[0] : word[1]]
    told = text[:LOOKED_AT]
    together, apart = told.count(joined), told.count(name)
    if is_left:
        beyond = text[max(0, word[0] - _END) : word[0]]
        edge, pair = words[0][: _END - 1], f"{beyond[-1:]}{spelled}"
    else:
        beyond = text[word[1] : word[1] + _END]
        edge, pair = words[-1][1 - _END :], f"{spelled}{beyond[:1]}"
    found = [
        printed,
        f"|{gap}",
        f"{language}",
        f"{language} {printed}",
        f"{printed}|{gap}",
        f"={spelled}",
        f"{printed}~{edge}",
        f"{printed}{min(3, len(words))}",
        f"{min(3, together)}:{min(4, apart)}",
        f"{language}{together >= apart}{together > 1}",
        f"{language}:{len(spelled)}",
        f"^{beyond}",
        f"^{beyond}{spelled}",
        f"^{pair}",
        f"{language}<{spelled[:3]}",
        f"{language}>{spelled[-3:]}",
    ]
    found += [f"#{key}" for key in _meanings(scan, word)]
    seed = 4 + is_left + 2 * is_within
    signs = {crc32(one.encode(), seed) & (PLACES - 1) for one in found}
    return signs | runs_of_size([spelled], SIZES_OF_NAME, seed)


def _meanings(scan: Scan, word: Span) -> set[str]:
    """What the lexicon says of a word, or of one that holds it."""
    at = bisect_left(scan.hits, word[1], key=lambda hit: hit.start)
    near = scan.hits[max(0, at - _MOST_OVER) : at]
    return {".".join(hit.key.split(".")[:2]) for hit in near if hit.end > word[0]}


def _print_of(word: str) -> str:
    """How a word is printed: with a capital, in capitals alone, small, a number, otherwise."""
    if len(word) > 1 and word.isupper():
        return "A"
    if word[:1].isupper():
        return "C"
    if word[:1].isdigit():
        return "0"
    return "s" if word.islower() else "x"
