"""Which part of a page tells the story of its title?

Some pages put a box or another text before the story, or go on with other news behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.model import Article
from crawler.reading.anchor import find_anchor
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import speaks_of_ai
from crawler.reading.told import Told, told_in
from crawler.text.script import is_unspaced

# Letters that have nothing in common with the story before they count as another text. Of 4,928
# whole articles 59 lose an end by it, and three of those the deal's sum; at 600 more do.
_ANOTHER_TEXT = 900
_TOP = 3  # sentences
_LETTERS_OF_SIGN = 2.2  # a Chinese or Japanese sign says what two letters say

_Part = Sequence[Sentence]


def find_extent(scan: Scan) -> tuple[int, int] | None:
    """Where in `scan.article.text` the story of its title stands; None where all of it does.

    `scan` is without the lines above its story (lead.py).

    It stands round the sentence that is likest to the title. What is left out is long, speaks of no
    AI and shares no name and no sum with the title (what stands behind the story, also with that
    sentence), or stands beyond such a text.
    """
    body = scan.sentences[len(scan.head) :]
    parts = _parts(scan, body)
    if sum(_letters(scan, part) for part in parts) < _ANOTHER_TEXT:
        return None
    anchor = body[find_anchor(scan, body) if scan.title is not None else 0].number
    begin = next(at for at, part in enumerate(parts) if part[-1].number >= anchor)
    first, last = _first_part(scan, parts, begin), _last_part(scan, parts, begin)
    if first == 0 and last == len(parts) - 1:
        return None
    end = parts[last][-1]
    return scan.original(parts[first][0].start), scan.folded.span(end.start, end.end)[1]


def leave(article: Article, extent: tuple[int, int]) -> Article:
    """`article` with blanks for all of its body but `extent`, so that no place changes."""
    first, last = (max(0, at - len(article.text) + len(article.body)) for at in extent)
    body = article.body
    return replace(article, body=" " * first + body[first:last] + " " * (len(body) - last))


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


def _first_part(scan: Scan, parts: Sequence[_Part], begin: int) -> int:
    """The part that begins the story which is told in part `begin`.

    A top that tells of a sum, and of AI or somebody of the title, is no other news: the words of a
    teaser may come back at the story's end alone.
    """
    told = told_in(*scan.head)
    top = [one for part in parts[:begin] for one in part][:_TOP]
    if any(one.sums and (one.having("topic.weak") or _belongs((one,), told)) for one in top):
        return 0
    first, strange = begin, 0.0
    for at in reversed(range(begin)):
        if _belongs(parts[at], told):
            first, strange = at, 0.0
            continue
        strange += _letters(scan, parts[at])
        if strange >= _ANOTHER_TEXT:
            return first
    return 0


def _last_part(scan: Scan, parts: Sequence[_Part], begin: int) -> int:
    """The part that ends the story which is told in part `begin`."""
    head = (*scan.head, *parts[begin])
    told = told_in(*head)
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


def _belongs(part: _Part, told: Told) -> bool:
    if any(map(speaks_of_ai, part)):
        return True
    mine = told_in(*part)
    return bool(mine.names & told.names or mine.sums & told.sums)


def _letters(scan: Scan, part: _Part) -> float:
    said = scan.folded.text[part[0].start : part[-1].end]  # nothing, of marks alone
    return len(said) * (_LETTERS_OF_SIGN if said and is_unspaced(said[0]) else 1)
