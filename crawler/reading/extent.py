"""Which sentences of a page tell its story, and where does its lead begin?

Some pages put a box or another text before the story, or go on with other news behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import speaks_of_ai
from crawler.reading.words import is_unspaced

# Letters that have nothing in common with the story before they count as another text. Of 1,763
# whole articles all deals and sums were found as before; at 600 some lose their own end.
_ANOTHER_TEXT = 900
_LINE = 80  # letters: "By Jane Doe", "4 min read"
_STOPS = tuple(".!?…؟۔।:\"')")  # folded, of a sentence
_LETTERS_OF_SIGN = 2.2  # a Chinese or Japanese sign says what two letters say


def only_story(scan: Scan) -> Scan:
    """`scan` with the sentences of its story only, and with its lead found.

    What is left out shares no name and no sum with the title and the lead, speaks of no AI, and
    is long.
    """
    first = len(scan.head)
    parts = _parts(scan, _without_lines(scan, scan.sentences[first:]))
    if not parts:
        return scan
    start = _first_part(scan, parts)
    lead = max(_find_lead(scan), parts[start][0].number)
    begin = start or next((at for at, part in enumerate(parts) if part[-1].number >= lead), 0)
    last = _last_part(scan, parts, begin)
    body = [one for part in parts[start : last + 1] for one in part]
    lead = first + sum(one.number < lead for one in body)
    if len(body) == len(scan.sentences) - first:
        return replace(scan, lead=lead)
    return _keep(scan, (*scan.head, *body), lead)


def _without_lines(scan: Scan, body: Sequence[Sentence]) -> list[Sentence]:
    """`body` without the title told again and without lines above the story: who wrote it, when."""
    text = scan.folded.text
    title = "" if scan.title is None else text[scan.title.start : scan.title.end]
    kept = [one for one in body if text[one.start : one.end] != title]
    while len(kept) > 1 and _is_line(scan, kept[0]):
        kept.pop(0)
    return kept


def _is_line(scan: Scan, one: Sentence) -> bool:
    """Whether `one` is no sentence of a story: short, without an end, and of no deal."""
    text = scan.folded.text
    is_short = one.end - one.start <= _LINE
    is_open = text.startswith("\n", one.end) and not text.endswith(_STOPS, one.start, one.end)
    return is_short and is_open and not one.sums and not one.having("deal.", "topic.")


def _keep(scan: Scan, kept: Sequence[Sentence], lead: int) -> Scan:
    numbered = tuple(
        replace(one, number=number, sums=tuple(replace(s, sentence=number) for s in one.sums))
        for number, one in enumerate(kept)
    )
    starts = [one.start for one in kept]

    def is_kept(start: int) -> bool:
        at = bisect_right(starts, start) - 1
        return at >= 0 and start < kept[at].end

    return replace(
        scan,
        sentences=numbered,
        lead=lead,
        hits=tuple(hit for hit in scan.hits if is_kept(hit.start)),
        names=tuple(name for name in scan.names if is_kept(name.start)),
    )


_Part = Sequence[Sentence]


def _parts(scan: Scan, body: Sequence[Sentence]) -> list[_Part]:
    """The paragraphs of the body, or its sentences where it has no paragraphs."""
    found: list[list[Sentence]] = []
    for one in body:
        if not found or "\n" in scan.folded.text[found[-1][-1].end : one.start]:
            found.append([])
        found[-1].append(one)
    if len(found) == 1:
        return [(one,) for one in found[0]]
    return list(found)


def _first_part(scan: Scan, parts: Sequence[_Part]) -> int:
    """The part that begins the story: 0, or the first of the title's behind a long other text."""
    if scan.title is None:
        return 0
    title = _told(scan.title)
    strange = 0.0
    for at, part in enumerate(parts):
        if _belongs(part, title):
            return at if strange >= _ANOTHER_TEXT else 0
        strange += _letters(scan, part)
    return 0


def _last_part(scan: Scan, parts: Sequence[_Part], begin: int) -> int:
    """The part that ends the story which begins with part `begin`."""
    head = (*scan.head, *parts[begin])
    told = _told(*head)
    has_ai = any(map(speaks_of_ai, head))  # the story so far
    has_sum = any(one.sums for one in head)
    end, strange = begin, 0.0
    for at, part in enumerate(parts[begin + 1 :], begin + 1):
        if _belongs(part, told):
            more = [one for other in parts[end + 1 : at + 1] for one in other]
            has_ai |= any(map(speaks_of_ai, more))
            has_sum |= any(one.sums for one in more)
            end, strange = at, 0.0
            continue
        strange += _letters(scan, part)
        if strange >= _ANOTHER_TEXT and has_ai and has_sum:
            return end
    return len(parts) - 1


@dataclass(frozen=True, slots=True)
class _Told:
    names: frozenset[str]
    sums: frozenset[Decimal]


def _told(*sentences: Sentence) -> _Told:
    return _Told(
        frozenset(name.id or name.text for one in sentences for name in one.names),
        frozenset(side for one in sentences for side in _sides(one)),
    )


def _belongs(part: _Part, told: _Told) -> bool:
    if any(map(speaks_of_ai, part)):
        return True
    mine = _told(*part)
    return bool(mine.names & told.names or mine.sums & told.sums)


def _letters(scan: Scan, part: _Part) -> float:
    said = scan.folded.text[part[0].start : part[-1].end]  # nothing, of marks alone
    return len(said) * (_LETTERS_OF_SIGN if said and is_unspaced(said[0]) else 1)


def _sides(sentence: Sentence) -> Iterator[Decimal]:
    for one in sentence.sums:
        yield from (side for side in (one.figure.low, one.figure.high) if side is not None)


_WORD = re.compile(r"[^\W_]{4,}|\d+(?:[.,]\d+)*")
_LOOKED_AT = 80  # sentences
_FIRST = 3
_EARLY_ENOUGH = 0.55  # of the best sentence's score


def _find_lead(scan: Scan) -> int:
    """The first sentence, or a later one where the story of the title begins.

    The lead shares words, names and sums with the title, and speaks of money and AI.
    """
    title = scan.title
    if title is None:
        return 0
    words = set(_WORD.findall(scan.folded.text, title.start, title.end))
    told = _told(title)
    looked_at = scan.sentences[1 : _LOOKED_AT + 1]
    scores = [_likeness(scan.folded.text, told, words, one) for one in looked_at]
    best = max(scores, default=0.0)
    if not scores or max(scores[:_FIRST]) >= best * _EARLY_ENOUGH:
        return 1
    return 1 + next(at for at, score in enumerate(scores) if score >= best * _EARLY_ENOUGH)


def _likeness(text: str, title: _Told, words: set[str], one: Sentence) -> float:
    """How much a sentence looks like the lead of the title's story."""
    mine = _told(one)
    score = float(len(words.intersection(_WORD.findall(text, one.start, one.end))))
    score += 2 * bool(mine.sums & title.sums) + 2 * bool(mine.names & title.names)
    return score + bool(one.sums) + bool(one.having("topic.strong")) + bool(one.having("deal."))
