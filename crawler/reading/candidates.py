"""Whom may an article mean? Every name near the deal that may be a party of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from crawler.reading.marks import find_marks
from crawler.reading.names import Name, find_capitals, find_quoted, place_in_folded
from crawler.reading.scan import Scan, Sentence
from crawler.reading.spans import whole_name
from crawler.reading.strangers import LOOKED_AT, find_strangers, is_inside_word
from crawler.text.script import is_unspaced

_MOST = 40  # candidates
_MOST_PLACES = 400  # of one sort; one name 10,000 times over took seconds
_MOST_OF_NAME = 7  # words
_NAMED_WITHIN = 25  # sentences of the body
_SHORTEST_BARE = 4  # letters of a name that a particle may be glued to
_SHORT_WORD = 3  # letters: an article, or a word that title case leaves small
_MOSTLY = 0.6
_NAMED_FOR = 50  # letters between a programme's first word and what it is for
_WORD = re.compile(r"(?<![^\s«\"'(])[^\s.,:;!?()«»\"'،؛؟।]+")
_OPENER = re.compile(r"[^\W\d_][^\W_]+")

Place = tuple[Sentence, int, int]  # of a name in the folded text


@dataclass(slots=True)
class Candidate:
    """A name with all its places in the title, the lead and the deal's own sentence."""

    name: Name
    places: list[Place] = field(default_factory=list)

    def is_meant(self, name: Name) -> bool:
        """Whether `name` is this one, or a piece of it."""
        return name.identity == self.name.identity or any(
            start < name.end and name.start < end for _, start, end in self.places
        )


def find_candidates(scan: Scan, sentences: Sequence[Sentence]) -> list[Candidate]:
    """Everything in `sentences` that may be a party of the deal, in text order.

    A name and its longer form are one: Meridian, Meridian Reasoning.
    """
    found: dict[str, Candidate] = {}
    for sentence in sentences:
        for told in sentence.names:
            name = _whole(scan, sentence, told)
            one = found.setdefault(_identity(scan, name, found), Candidate(name))
            one.places.append((sentence, name.start, name.end))
            if name.id is None and len(name.text) > len(one.name.text) and one.name.id is None:
                one.name = name
    _add(scan, found, _places(scan, sentences), kind="place")
    _add(scan, found, _programmes(scan, sentences), kind="programme")
    _add(scan, found, _about_ai(scan, sentences), kind="programme")
    _add(scan, found, _everyday(scan, sentences), kind="everyday")
    _add(scan, found, _quoted(scan, sentences), kind="everyday")
    _add(scan, found, _openers(scan, sentences), kind="stranger")
    _add(scan, found, _strangers(scan, sentences), kind="stranger")
    _add_named_later(scan, found, sentences)
    return list(found.values())


def _add(scan: Scan, found: dict[str, Candidate], places: Iterable[Place], *, kind: str) -> None:
    for sentence, first, last in islice(places, _MOST_PLACES):
        name = _whole(scan, sentence, Name(first, last, scan.printed(first, last), kind=kind))
        text = scan.folded.text[name.start : name.end]
        if text not in found and len(found) < _MOST:
            found[text] = Candidate(name)
        if text in found:
            found[text].places.append((sentence, name.start, name.end))


def _whole(scan: Scan, sentence: Sentence, name: Name) -> Name:
    """The whole name of which `name` is a piece; a known one is whole."""
    if name.id is not None or name.kind == "place":
        return name
    start, end = whole_name(scan, sentence, name.start, name.end)
    if (start, end) == (name.start, name.end):
        return name
    kind = None if name.kind == "everyday" else name.kind
    return Name(start, end, scan.printed(start, end), kind=kind, case=name.case)


def _add_named_later(
    scan: Scan, found: dict[str, Candidate], sentences: Sequence[Sentence]
) -> None:
    """Names that a later sentence gives: "The venture is called Selat Compute."."""
    text = scan.folded.text
    later = [
        one
        for one in scan.body[:_NAMED_WITHIN]
        if one not in sentences
        and any(text.find(word, one.start, one.end) >= 0 for word in scan.marks.naming)
    ]
    for sentence in later:
        for told in sentence.names:
            name = _whole(scan, sentence, told)
            if _is_named(scan, sentence, name.start, name.end):
                one = found.setdefault(_identity(scan, name, found), Candidate(name))
                one.places.append((sentence, name.start, name.end))
    places = [*_everyday(scan, later), *_strangers(scan, later)]
    named = (place for place in places if _is_named(scan, *place))
    _add(scan, found, named, kind="stranger")


def _is_named(scan: Scan, sentence: Sentence, start: int, end: int) -> bool:
    return "named" in marks_beside(scan, sentence, start, end)


def marks_beside(scan: Scan, sentence: Sentence, start: int, end: int) -> Iterator[str]:
    """What the words right before and behind a name say."""
    return find_marks(scan.folded.text, start, end, scan.marks, sentence.start, sentence.end)


def _everyday(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Place]:
    """Names of everyday words, by their capitals inside a sentence: la Ciudad del Saber.

    None where capitals say nothing: in a title that has them at every word, and in German.
    """
    if scan.language == "de":
        return
    for sentence in sentences:
        low, high = scan.folded.span(sentence.start, sentence.end)
        if sentence.is_title and _is_title_case(scan.folded.original[low:high]):
            continue
        taken = [(name.start, name.end) for name in sentence.names]
        taken += [(one.start, one.end) for one in sentence.sums]
        for start, end in _capitals(scan, sentence):
            words = scan.folded.text[start:end].split()
            opens = start == sentence.start and not sentence.is_title
            if opens and len(words) > 1 and len(words[0]) <= _SHORT_WORD:
                start += len(words.pop(0)) + 1  # an article, by the sentence's capital
            is_known = any(first < end and start < last for first, last in taken)
            # Unknown words before "AI" would be a name; known ones tell a country: Portuguese AI.
            is_about_ai = any(hit.end == end for hit in sentence.having("topic.strong"))
            is_long = 1 < len(words) <= _MOST_OF_NAME and not is_about_ai
            is_known |= any(h.start <= start and end <= h.end for h in sentence.having("deal."))
            if not is_known and (is_long or _is_named(scan, sentence, start, end)):
                yield sentence, start, end


def _capitals(scan: Scan, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where in the folded text the runs of words with capitals stand in `sentence`."""
    low, high = scan.folded.span(sentence.start, sentence.end)
    for match in find_capitals(scan.folded.original, low, high):
        start, end = (place_in_folded(scan.folded, at) for at in match.span())
        yield start, end


def _is_title_case(printed: str) -> bool:
    words = [word for word in printed.split() if word[:1].isalpha() and len(word) > _SHORT_WORD]
    return sum(word[0].isupper() for word in words) > len(words) * _MOSTLY


def _places(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Place]:
    """Places that the lexicon knows and no name holds; none that is printed small."""
    for sentence in sentences:
        for hit in sentence.having("place.name"):
            is_small = scan.folded.original[scan.original(hit.start)].islower()
            is_owner = scan.folded.text.startswith(("'s ", "' "), hit.end)
            if not (is_small or is_owner) and _is_free(sentence, hit.start, hit.end):
                yield sentence, hit.start, hit.end


def _programmes(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Place]:
    """Long names that begin or end with a word for a programme: AI Opportunities Action Plan."""
    if not scan.marks.longest:
        return
    for sentence in sentences:
        for start, end in _capitals(scan, sentence):
            words = scan.folded.text[start:end].split()
            says = scan.marks.after.get(words[-1], ()), scan.marks.before.get(words[0], ())
            if _MOST_OF_NAME >= len(words) > 2 and any("project" in said for said in says):
                yield sentence, start, end


def _about_ai(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Place]:
    """Programmes that are named by what they are for: the national AI strategy, एआई मिशन."""
    text, marks = scan.folded.text, scan.marks
    for sentence in sentences:
        for hit in sentence.having("topic.strong"):
            low = max(sentence.start, hit.start - _NAMED_FOR)
            heads = (
                word.start()
                for word in _WORD.finditer(text, low, hit.start)
                if "project" in marks.before.get(word[0], ())
            )
            last = _WORD.match(text, min(hit.end + 1, sentence.end), sentence.end)
            start, end = next(heads, hit.start), hit.end
            if last is not None and "project" in marks.after.get(last[0], ()):
                end = last.end()
            if (start, end) != (hit.start, hit.end) and _is_free(sentence, start, end):
                yield sentence, start, end


def _quoted(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Place]:
    """Names of everyday words that only their quotation marks tell: «Лупа», «قانونيا»."""
    for sentence in sentences:
        found = find_quoted(scan.folded.text, sentence.start, sentence.end)
        for start, end in islice(found, _MOST_PLACES):
            if _is_free(sentence, start, end):
                yield sentence, start, end


def _openers(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Place]:
    """Words that nobody knows and that open a sentence, where each word has a capital."""
    for sentence in sentences:
        for start, stop in islice(_capitals(scan, sentence), _MOST_PLACES):
            word = _OPENER.match(scan.folded.text, start, stop)
            if word is None or word[0] in scan.generic or not _is_free(sentence, *word.span()):
                continue
            is_known = any(h.start < word.end() and start < h.end for h in sentence.hits)
            printed = scan.printed(*word.span())
            if not (is_known or scan.likeness.everyday(printed, scan.language)):
                yield sentence, start, word.end()


def _is_free(sentence: Sentence, start: int, end: int) -> bool:
    """Whether no name of `sentence` stands there."""
    return not any(name.start < end and start < name.end for name in sentence.names)


def _identity(scan: Scan, name: Name, found: Mapping[str, Candidate]) -> str:
    if name.id is not None:
        return name.id
    text = scan.folded.text[name.start : name.end]
    for known, one in found.items():
        is_longer = text.startswith(f"{known} ") or known.startswith(f"{text} ")
        if one.name.id is None and is_longer:
            return known
    return text


def _strangers(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Place]:
    text = scan.folded.text
    taken = chain(  # looked at only where letters have no capitals
        ((h.start, h.end) for h in scan.hits if not is_inside_word(text, h.start, h.end)),
        ((one.start, one.end) for one in scan.sums),
        ((name.start, name.end) for name in scan.names),
    )
    spans = [(sentence.start, sentence.end) for sentence in sentences]
    for start, end in find_strangers(scan.folded, spans, taken, scan.generic):
        sentence = next(s for s in sentences if s.start <= start < s.end)
        first = _after_kind(scan, start, end)
        first += _glued_before(scan, first, end)
        yield sentence, first, _with_last_word(scan, end, sentence.end)


def _glued_before(scan: Scan, start: int, end: int) -> int:
    """How many letters before the name are no part of it, as the text elsewhere shows: לטכניון."""
    text = scan.folded.text
    name, bare = text[start:end], text[start + 1 : end]
    if text[start] not in scan.marks.glued or len(bare.split(" ")[0]) < _SHORTEST_BARE:
        return 0
    told = text[:LOOKED_AT]
    return int(told.count(bare) > told.count(name))


def _after_kind(scan: Scan, start: int, end: int) -> int:
    """Where the name begins behind a word for its kind that nothing parts from it: 公司声境."""
    text, marks = scan.folded.text, scan.marks
    if not is_unspaced(text[start]):
        return start
    for length in range(min(marks.longest, end - start - 2), 1, -1):
        if "kind" in marks.before.get(text[start : start + length], ()):
            return start + length
    return start


def _with_last_word(scan: Scan, end: int, high: int) -> int:
    """Where the name ends if an everyday word behind it is its last: 声境智能, रागिनी लैब्स."""
    text, marks = scan.folded.text, scan.marks
    begin = end + text.startswith(" ", end)
    for length in range(min(marks.longest, high - begin), 1, -1):
        word = text[begin : begin + length]
        if "name" in marks.after.get(word, ()) and (
            is_unspaced(word[-1]) or not text[begin + length : begin + length + 1].isalnum()
        ):
            return begin + length
    return end
