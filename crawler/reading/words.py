"""Which words of a lexicon stand in a text, and where?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import ahocorasick

from crawler.reading.entries import Entries
from crawler.reading.generic import Generic, build_generic
from crawler.reading.keys import READING
from crawler.reading.marks import Marks, build_marks
from crawler.reading.years import spell_years
from crawler.text.fold import Folded, fold, is_letter
from crawler.text.script import is_unspaced

# What may be written together with an Arabic word: و or ف, then ب ك ل or س, then the article.
_ARABIC_PREFIX = re.compile(r"[وف]?[بكلس]?(?:ال|ل)?")
_HEBREW_PREFIX = re.compile("[והבלמשכ]{0,3}")
_LONGEST_PREFIX = 5
_SHORTEST_WITH_TAIL = 4
_INNER_STEM = "* "
_LAST_PART = "-"
_ANY_WORD = re.compile(r"(?<!\w)\w*\Z")  # what stands before the last part of its word
_STEMS_REACH = 90
_BESIDE = ("party.before.", "party.after.", "party.glued.")
_HOLDS = "holds"
# Which families of words hide the shorter words of a family.
_OVER = {
    "deal": ("figure", "change", "deal"),
    "figure": ("figure", "money"),
    "money": ("figure", "money"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the lexicon at its place in the folded text."""

    start: int
    end: int
    key: str  # what the word tells, e.g. "deal.raise" or "figure.valuation.ahead"
    term: str  # folded


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language by what they tell. Built once, never changed."""

    language: str
    automaton: ahocorasick.Automaton
    generic: Generic  # words that are no part of a name
    printed: Mapping[str, str]  # by folded word, the only letters that count: AI, not ai
    endings: Mapping[str, str]  # by ending that stands behind the apostrophe of a name, its case
    verbs_last: bool = False  # what is bought stands before its verb
    marks: Marks = field(default_factory=Marks)
    tails: frozenset[str] = frozenset()  # what the cases put behind a name: Metas, Яндекса


def build_words(language: str, data: Mapping[str, object]) -> Words:
    """The words under `reading:` in one lexicon; none where the block is missing.

    Raises ConfigError for a key that nothing reads and for an entry that is not text.
    """
    entries = Entries(language, data)
    terms: dict[tuple[str, bool], list[str]] = {}
    generic: set[str] = set()
    printed: dict[str, str] = {}
    beside: list[tuple[str, str]] = []
    tails: set[str] = set()
    written = list(_entries(data.get("reading", {})))
    entries.check_names("reading", dict.fromkeys(key for key, _ in written), READING)
    for key, entry in written:
        if not isinstance(entry, str):
            raise entries.wrong(f"reading.{key} needs text, not {entry!r}")
        if key.startswith(_BESIDE):
            beside.append((key.removeprefix("party."), entry))
            continue
        if key == "party.generic":  # thousands: one text with commas is read ten times faster
            generic.update(fold(word.lstrip("=")).strip() for word in entry.split(","))
            continue
        word = fold(entry.lstrip("=")).strip()
        if entry.startswith("="):  # Italian "ai" is a preposition
            printed[word] = entry.lstrip("=")
        if key == "party.tail":
            tails.add(word)
            continue
        stem = word.endswith("*")
        word = word.rstrip("*").strip()
        if word:
            for spelt in spell_years(_without_article(word, entry.lstrip("="))):
                terms.setdefault((spelt, stem), []).append(key)
    return Words(
        language,
        build_automaton(terms),
        build_generic(generic, [form for form, _ in entries.clitics]),
        printed,
        entries.case_endings,
        entries.flag("verbs_last"),
        build_marks(beside),
        frozenset(tails),
    )


def build_automaton(
    terms: Mapping[tuple[str, bool], Iterable[str]],
) -> ahocorasick.Automaton:
    """One pass over a text finds every term; a term is a folded word and whether it is a stem.

    Stems inside a term stand before its last part: машинн* обучени* is found at обучени. A term
    may be the last part of any word: -runde is found in Kapitalrunde.
    """
    by_word: dict[str, list[tuple[str, bool, str | None, re.Pattern[str] | None]]] = {}
    for (word, stem), keys in terms.items():
        stems, star, last = word.rpartition(_INNER_STEM)
        ahead = _ahead_of(stems) if star else None
        if last.startswith(_LAST_PART):
            last, word, ahead = last[1:], word[1:], _ANY_WORD
        found = by_word.setdefault(last, [])
        whole = None if word == last else word
        found.extend((key, stem, whole, ahead) for key in dict.fromkeys(keys))
    automaton = ahocorasick.Automaton()
    shared: dict[object, object] = {}  # thousands of words tell one thing: 20 MB in all languages
    for word, found in by_word.items():
        told = tuple(found)
        automaton.add_word(word, (word, shared.setdefault(told, told)))
    automaton.make_automaton()
    return automaton


def find_hits(
    folded: str, automaton: ahocorasick.Automaton, tails: frozenset[str] = frozenset()
) -> list[Hit]:
    """All words in `folded` that stand whole, by place; an Arabic one may carry its particles.

    One of `tails` may stand behind a word; it is not in the hit.
    """
    if not automaton:
        return []
    hits = [
        Hit(start, last + 1, key, term or word)
        for last, (word, found) in automaton.iter(folded)
        for key, stem, term, ahead in found
        if (start := _start(folded, last + 1 - len(word), ahead)) is not None
        and (
            _stands_whole(folded, start, last + 1, stem)
            or (tails and _has_tail(folded, start, last + 1, tails))
        )
    ]
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    return hits


def _ahead_of(stems: str) -> re.Pattern[str]:
    """What a text must hold right before the last part of a term with `stems` inside."""
    words = r"\w* ".join(re.escape(stem) for stem in stems.split(_INNER_STEM))
    return re.compile(rf"(?<!\w){words}\w* \Z")


def _start(folded: str, at: int, ahead: re.Pattern[str] | None) -> int | None:
    """Where a term begins whose last part stands at `at`; None where its stems are missing."""
    if ahead is None:
        return at
    match = ahead.search(folded, max(0, at - _STEMS_REACH), at)
    return match.start() if match is not None else None


def printed_so(hits: list[Hit], words: Words, folded: Folded) -> list[Hit]:
    """`hits` without those whose word counts only in other letters than the text prints."""
    if not words.printed:
        return hits
    return [
        hit
        for hit in hits
        if hit.term not in words.printed
        or words.printed[hit.term] == folded.original[slice(*folded.span(hit.start, hit.end))]
    ]


def without_covered(hits: list[Hit]) -> list[Hit]:
    """`hits` without those that are only a part of a longer word: "raised" in "had raised".

    A longer word hides the shorter ones of its own family; words about a figure or a change of
    plan hide those about deals too; those that only hold others (コメント, "comment", holds コメ,
    "rice") hide all.
    """
    kept: list[Hit] = []
    longest: dict[str, Hit] = {}
    for hit in hits:
        family = hit.key.split(".", 1)[0]
        over = (*_OVER.get(family, (family,)), _HOLDS)
        if not any(_covers(longest.get(name), hit) for name in over):
            kept.append(hit)
        if family not in longest or hit.end > longest[family].end:
            longest[family] = hit
    return kept


def _covers(longer: Hit | None, hit: Hit) -> bool:
    if longer is None or not (longer.start <= hit.start and hit.end <= longer.end):
        return False
    if longer.end - longer.start == hit.end - hit.start:
        return False
    # "annual revenue" stands behind its sum, and yet the "revenue" in it may stand ahead of one.
    role = hit.key.rpartition(".")[0]
    return not (longer.key != hit.key and role.count(".") and longer.key.startswith(f"{role}."))


def _entries(block: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(block, Mapping):
        for name, inner in block.items():
            yield from _entries(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(block, list | tuple):
        for entry in block:
            yield path, entry
    elif isinstance(block, str):
        yield path, block


def _without_article(word: str, printed: str) -> str:
    """An Arabic word is kept bare: للذكاء has no ال, and _ARABIC_PREFIX takes it elsewhere.

    With a hamza it is no article: ألبان is dairy, and بان in it would be بأن, "that".
    """
    return word[2:] if printed.startswith("ال") and len(word) > 4 else word


def _stands_whole(folded: str, start: int, end: int, stem: bool) -> bool:
    first = folded[start]
    if is_unspaced(first):
        return True
    if not stem and end < len(folded) and _goes_on(folded[end - 1]):
        after = folded[end]
        if _goes_on(after) and not is_unspaced(after):
            return False
    if start == 0 or not first.isalnum():
        return True
    before = folded[start - 1]
    if not _goes_on(before) or is_unspaced(before):
        return True
    if "\u0621" <= first <= "\u06d3":
        return _ends_in_prefix(folded, start, _ARABIC_PREFIX)
    if "\u05d0" <= first <= "\u05ea":
        return _ends_in_prefix(folded, start, _HEBREW_PREFIX)
    return False


def _has_tail(folded: str, start: int, end: int, tails: frozenset[str]) -> bool:
    if end - start < _SHORTEST_WITH_TAIL or folded[end - 1] in tails:
        return False
    return any(
        folded.startswith(tail, end) and _stands_whole(folded, start, end + len(tail), stem=False)
        for tail in tails
    )


def _goes_on(letter: str) -> bool:
    return letter.isalnum() or is_letter(letter)


def _ends_in_prefix(folded: str, start: int, prefix: re.Pattern[str]) -> bool:
    at = start
    while at and start - at <= _LONGEST_PREFIX and folded[at - 1].isalpha():
        at -= 1
    return prefix.fullmatch(folded, at, start) is not None
