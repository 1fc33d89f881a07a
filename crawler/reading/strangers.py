"""Which words may be names where letters have no capitals?

A name is what no lexicon knows: a run of unknown words between known ones, in the title or the
first sentences, and again where the title and the text both have it. Most such runs are no names;
who looks for a party weighs them by where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from crawler.text.fold import Folded
from crawler.text.script import script_of

_SPACED = frozenset({"Arab", "Hebr", "Deva", "Kore"})
_GLUED = frozenset({"Hani", "Jpan"})
_MOST_WORDS = 4
_LONGEST_GLUED = 12
_SHORTEST = 2
LOOKED_AT = 3000  # code points in which a name stands again
_MARKS = " \t\n।.,:;!?()[]{}<>«»“”„\"'‘’،؛؟…·–—|/。、，；：！？（）「」『』《》【】・"
_BREAK = re.compile(rf"[{re.escape(_MARKS)}]+")
_GLUED_BREAK = re.compile(r"[^\w]+|[\d.]+")
# What Japanese puts behind a name and Chinese before or behind one; one letter each.
_PARTICLES = re.compile("[はがをにでとものへやの的在将將拟擬已获獲由向对對与與和为為被把从從了]")
_WORD = re.compile(r"\S+")
# What Korean glues to a name; the weak ones are also last letters of names.
_KOREAN = re.compile(
    "(?<=..)(?:에서는|에서|에게|에는|등?으로부터|로부터|등으로|등이|등|으로|"
    "은|는|을|를|에|와|과|측|(이|가|의|도|로|만|인))$"
)
_NUMBERED = re.compile(r"\D{2,}\d{1,4}$")  # मेधा7, निदान360
_HYPHEN = re.compile(r"[^\W\d_][-־.][^\W\d_]")
_PART = re.compile("[^-־.]+")
_HEAD = re.compile("[\uac00-\ud7a3]{2,}[a-z]")  # 온글AI
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")


def find_strangers(
    folded: Folded,
    sentences: Sequence[tuple[int, int]],
    taken: Iterable[tuple[int, int]],
    generic: Container[str],
) -> list[tuple[int, int]]:
    """Runs of unknown words in `sentences`, with parts that stand elsewhere again.

    Stretches of the folded text; none over a stretch that is `taken`, and none where letters
    have capitals.
    """
    script = script_of(folded.original[:2000])
    if script not in _SPACED | _GLUED:
        return []
    covered = _covered(taken, max((end for _, end in sentences), default=0))
    find, cut = (_glued, _glued_parts) if script in _GLUED else (_spaced, _spaced_parts)
    told = folded.text[:LOOKED_AT]
    if script == "Kore":
        find = _korean
    return [
        part
        for start, end in sentences
        for run in find(folded.text, start, end, covered, generic)
        for part in _repeated(told, folded.text, [run, *cut(folded.text, *run)])
    ]


def _repeated(told: str, text: str, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The whole run, and of its parts the longest that stand in the text again."""
    whole, *rest = parts
    yield whole
    kept = [whole] if told.count(text[slice(*whole)]) > 1 else []
    for start, end in sorted(rest, key=lambda part: part[0] - part[1]):
        is_inside = any(a <= start and end <= b for a, b in kept)
        if not is_inside and told.count(text[start:end]) > 1:
            kept.append((start, end))
    yield from (part for part in kept if part != whole)


def _spaced_parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
    return [
        (words[i][0], words[j][1])
        for i in range(len(words))
        for j in range(i, len(words))
        if (i, j) != (0, len(words) - 1)
    ]


def _glued_parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i in range(start, end - 1)
        for j in range(i + _SHORTEST, end + 1)
        if (i, j) != (start, end) and not (_cuts_word(text, i) or _cuts_word(text, j))
    ]


def _cuts_word(text: str, at: int) -> bool:
    """Whether a word in katakana goes on across `at`."""
    return bool(at and _KATAKANA.match(text, at) and _KATAKANA.match(text, at - 1))


def is_inside_word(text: str, start: int, end: int) -> bool:
    """Whether a known word is only letters of another one.

    オファー in フロンテオファーマ, 퀴즈 in 스퀴즈비츠.
    """
    if _KATAKANA.match(text, start) and _KATAKANA.match(text, end - 1):
        return _cuts_word(text, start) or _cuts_word(text, end)
    if not _HANGUL.match(text, start):
        return False
    before = 2 if end - start == 1 else 1  # one letter behind one letter makes a word of its own
    return start >= before and _HANGUL.fullmatch(text, start - before, start) is not None


def _covered(taken: Iterable[tuple[int, int]], length: int) -> bytearray:
    covered = bytearray(length)
    for start, end in taken:
        if start < length:
            end = min(end, length)
            covered[start:end] = b"\1" * (end - start)
    return covered


def _spaced(
    text: str, start: int, end: int, covered: bytearray, generic: Container[str]
) -> Iterator[tuple[int, int]]:
    run: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        bare = word.strip(_MARKS)
        at = match.start() + (len(word) - len(word.lstrip(_MARKS)))
        is_known = (
            len(bare) < _SHORTEST
            or bare in generic
            or (not _NUMBERED.match(bare) and any(letter.isdigit() for letter in bare))
            or _is_covered(bare, covered[at : at + len(bare)])
        )
        if (is_known or word[0] in _MARKS or len(run) == _MOST_WORDS) and run:
            yield run[0][0], run[-1][1]
            run = []
        if is_known:
            continue
        run.append((at, at + len(bare)))
        if word[-1] in _MARKS:
            yield run[0][0], run[-1][1]
            run = []
    if run:
        yield run[0][0], run[-1][1]


def _is_covered(word: str, covered: bytearray) -> bool:
    """Whether what is known of `word` is the word, and no part of a made one.

    קרן־אור is no fund, and 온글AI no AI: behind its head only endings are glued to a known word.
    """
    if not any(covered):
        return False
    if _HYPHEN.search(word):
        return all(covered[m.start()] for m in _PART.finditer(word))
    return not (_HEAD.match(word) and not any(covered[:2]))


def _korean(
    text: str, start: int, end: int, covered: bytearray, generic: Container[str]
) -> Iterator[tuple[int, int]]:
    """Runs as in `_spaced`, each ended by the particle of its word, which is cut off."""
    told = text[:LOOKED_AT]
    for first, last in _spaced(text, start, end, covered, generic):
        begin, before = None, first  # of the run; and where the word before ends
        for match in _WORD.finditer(text, first, last):
            begin = match.start() if begin is None else begin
            stop, before = before, match.end()
            particle = _KOREAN.search(match[0])
            if particle is None:
                continue
            stem = match[0][: particle.start()]
            if particle[1] and told.count(stem) <= told.count(match[0]):
                continue
            if stem not in generic:
                yield begin, match.end() - len(particle[0])
            elif begin < match.start():
                yield begin, stop
            begin = None
        if begin is not None:
            yield begin, last


def _glued(
    text: str, start: int, end: int, covered: bytearray, generic: Container[str]
) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        if covered[at] or _GLUED_BREAK.match(text, at, end) or _PARTICLES.match(text, at, end):
            at += 1
            continue
        stop = at + 1
        while (
            stop < end
            and not covered[stop]
            and not _GLUED_BREAK.match(text, stop, end)
            and not _PARTICLES.match(text, stop, end)
        ):
            stop += 1
        if (
            _SHORTEST <= stop - at <= _LONGEST_GLUED
            and text[at:stop] not in generic
            and not (_cuts_word(text, at) or _cuts_word(text, stop))
        ):
            yield at, stop
        at = stop
