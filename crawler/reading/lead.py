"""With which sentence does a story begin, under its title?

Lines above it say who wrote it and when, and a box may stand before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from crawler.reading.scan import Scan, Sentence
from crawler.reading.told import Told, told_in

_LINE = 80  # letters: "By Jane Doe", "4 min read"
_STOPS = tuple(".!?…؟۔।:\"')")  # folded, of a sentence


def with_lead(scan: Scan) -> Scan:
    """`scan` without the lines above its story, and with its lead found."""
    body = scan.sentences[len(scan.head) :]
    kept = _without_lines(scan)
    found = _find_lead(scan)
    lead = len(scan.head) + sum(one.number < found for one in kept)
    if len(kept) == len(body):
        return replace(scan, lead=lead)
    return _keep(scan, (*scan.head, *kept), lead)


def _without_lines(scan: Scan) -> list[Sentence]:
    """The body without the title told again and without lines above it: who wrote it, when."""
    text, body = scan.folded.text, list(scan.sentences[len(scan.head) :])
    title = "" if scan.title is None else text[scan.title.start : scan.title.end]
    kept = [one for one in body if text[one.start : one.end] != title]
    while len(kept) > 1 and _is_line(scan, kept[0]):
        kept.pop(0)
    return kept or body


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
    told = told_in(title)
    looked_at = scan.sentences[1 : _LOOKED_AT + 1]
    scores = [_likeness(scan.folded.text, told, words, one) for one in looked_at]
    best = max(scores, default=0.0)
    if not scores or max(scores[:_FIRST]) >= best * _EARLY_ENOUGH:
        return 1
    return 1 + next(at for at, score in enumerate(scores) if score >= best * _EARLY_ENOUGH)


def _likeness(text: str, title: Told, words: set[str], one: Sentence) -> float:
    """How much a sentence looks like the lead of the title's story."""
    mine = told_in(one)
    score = float(len(words.intersection(_WORD.findall(text, one.start, one.end))))
    score += 2 * bool(mine.sums & title.sums) + 2 * bool(mine.names & title.names)
    return score + bool(one.sums) + bool(one.having("topic.strong")) + bool(one.having("deal."))
