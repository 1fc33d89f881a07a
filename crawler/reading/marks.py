"""What do the words right beside a name say about it: money to it, in it, the start-up X?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crawler.text.fold import fold
from crawler.text.script import is_unspaced

_OPENERS = ' \u00a0\n"«“„‘「『《‹-'
_CLOSERS = '"»”“’」』》›'
_GLUED_LENGTH = 2
_NAMED = "named"


@dataclass(frozen=True, slots=True)
class Marks:
    """Words that stand right before or behind a name, folded, with what they make of it."""

    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    glued: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # letters of the same word
    ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # last parts of words before
    longest: int = 0
    naming: tuple[str, ...] = ()  # words that say: here comes, or here was, its name


def build_marks(entries: Iterable[tuple[str, str]]) -> Marks:
    """Marks from ("before.to", "into") and the like; "-firma" before a name ends any word."""
    sides: dict[str, dict[str, tuple[str, ...]]] = {
        side: {} for side in ("before", "after", "glued", "ends")
    }
    for path, entry in entries:
        side, _, name = path.partition(".")
        word = fold(entry).strip()
        if side == "before" and word.startswith("-"):
            side, word = "ends", word[1:]
        if word:
            sides[side][word] = (*sides[side].get(word, ()), name)
    naming = {
        w for side in ("before", "after") for w, said in sides[side].items() if _NAMED in said
    }
    for word, said in sides["before"].items():
        if any(word.endswith(f" {last}") for last in naming) and _NAMED not in said:
            sides["before"][word] = (*said, _NAMED)  # a fund called
    longest = max((len(word) for side in sides.values() for word in side), default=0)
    return Marks(
        sides["before"],
        sides["after"],
        sides["glued"],
        sides["ends"],
        longest,
        tuple(sorted(naming)),
    )


def find_marks(text: str, start: int, end: int, marks: Marks, low: int, high: int) -> Iterator[str]:
    """What the words beside `text[start:end]` say, within the sentence from `low` to `high`."""
    if text[max(low, start - 1) : start] == "'" == text[end : min(high, end + 1)]:
        start, end = start - 1, end + 1  # 스타트업 '두꺼비집'에
    yield from _before(text, start, marks, low)
    yield from _after(text, end, marks, high)


def _before(text: str, start: int, marks: Marks, low: int) -> Iterator[str]:
    window = text[max(low, start - marks.longest - 3) : start].rstrip(_OPENERS)
    for length in range(min(len(window), marks.longest), 0, -1):
        word = window[-length:]
        if word in marks.before and _is_edge(window[-length - 1 : -length], word[0]):
            yield from marks.before[word]
            break
    else:
        yield from _said_by_end(window, marks.ends)
    if start > low and text[start - 1] in marks.glued:
        yield from marks.glued[text[start - 1]]
    elif text[start] in marks.glued and text[start : start + 2].isalpha():
        for name in marks.glued[text[start]]:
            yield f"maybe_{name}"  # the letter may be the name's own


_LAST_WORD = re.compile(r"[^\W_]+\Z")


def _said_by_end(window: str, ends: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What the last part of the word before a name says: die Sprachfirma X."""
    word = _LAST_WORD.search(window) if ends else None
    found = [end for end in ends if word is not None and word[0].endswith(end)]
    return ends[max(found, key=len)] if found else ()


def _after(text: str, end: int, marks: Marks, high: int) -> Iterator[str]:
    window = text[end : min(high, end + marks.longest + 3)].lstrip(_CLOSERS)
    rest = window.lstrip(" \u00a0,、，")
    is_apart = rest != window
    for length in range(min(len(rest), marks.longest), 0, -1):
        word = rest[:length]
        if word not in marks.after or not _is_edge(rest[length : length + 1], word[-1]):
            continue
        if is_apart and length < _GLUED_LENGTH and is_unspaced(word[0]):
            continue  # a particle stands at its name
        yield from marks.after[word]
        break
    if window[:1] in (",", "(", "（", "，"):
        yield "apposed"


def _is_edge(neighbor: str, letter: str) -> bool:
    """Whether a word may end where `neighbor` stands beside its `letter`."""
    if not neighbor or not neighbor.isalnum() or not letter.isalnum():
        return True
    if _is_hangul(letter):
        return not _is_hangul(neighbor)
    return is_unspaced(letter) or (not neighbor.isascii() and letter.isascii())


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7af"
