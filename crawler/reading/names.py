"""Which names stand in a text? Those we know, those in quotes and those with capitals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import ahocorasick

from config.model import Company
from crawler.reading.capitals import begins_sentence, stands_inside
from crawler.reading.gazetteer import Gazetteer
from crawler.reading.letters import OF_PLACE, Letters
from crawler.reading.likeness import Likeness
from crawler.reading.marks import Marks, find_marks
from crawler.reading.words import Hit, Words, build_automaton, find_hits
from crawler.text.fold import Folded, fold
from crawler.text.skeleton import skeleton

_QUOTED = re.compile(
    r"[«“„\"]([^«»“”„\"\n]{2,48})[»”“\"]"
    r"|[「『《【]([^「」『』《》【】\n]{2,24})[」』》】]"
    # Folded, ‘ and ’ are plain; only a script without capitals quotes its names in them.
    r"|(?<!\w)'(?=[^'\n]*[\u0590-\u1dff\u3040-\uffef])([^'\n]{2,24})'"
)
# Latin letters that go on; what Chinese and Japanese glue to them is no part: VisionLoom社.
_LETTER = r"[^\W\u3040-\u30ff\u3400-\u9fff]"
_WORD = rf"[A-ZÀ-ÖØ-ÞĀĞŁŚŞŠŽÇİА-ЯЁ](?:{_LETTER}|['’&.\-])*"
_JOINED = r"(?:(?:of|de|del|della|du|des|do|dos|das|für|&|di|da)[ \u00a0])?"
_CAPITALS = re.compile(
    rf"(?<!{_LETTER})(?<!@)(?:{_WORD}|\b[a-z]{{1,2}}[A-Z]{_LETTER}+)"
    rf"(?:[ \u00a0]{_JOINED}{_WORD}|[ \u00a0]\d{{1,3}}\b(?![.,%]))*"
)
# Meta's, and what Korean glues to Latin letters: AI에.
_GLUED = re.compile(
    r"(?:['’]s|['’]|(?<=[a-z0-9])(?:에|에서|에만|를|을|은|는|이|가|의|로|와|과|도|용|에게|측|만|및))$"
)
_GLUED_CASE = re.compile(r"['’][^\W\d_]{0,8}[.,]?$")  # Turkcell'den, Hansekai'nin
_ARABIC = re.compile("[\u0621-\u064a]")
_AMOUNT = re.compile(r"[a-z]{1,3}[$€£]?[\d.,]+[a-z]{0,3}")  # a sum that was not read: N5.3bn
_MOST_NAMES = 400
_NO_NAME = ""  # the id of a longer word that only contains an alias: 메타버스, 发展中国家


@dataclass(frozen=True, slots=True)
class Names:
    """Every alias of every company, in one automaton. Built once, never changed."""

    automaton: ahocorasick.Automaton
    companies: Mapping[str, Company]
    with_capital: frozenset[tuple[str, str]]  # (id, folded alias) found only with a capital
    places: Gazetteer
    likeness: Likeness
    around: Letters


@dataclass(frozen=True, slots=True)
class Name:
    """A name at its place in the folded text."""

    start: int
    end: int
    text: str  # as printed
    id: str | None = None
    kind: str | None = None  # of the company we know
    case: str | None = None  # what the ending behind its apostrophe says: from, to, of, other

    @property
    def key(self) -> str:
        return skeleton(self.text)

    @property
    def identity(self) -> str:
        """By what names are the same: the company's id, else how they sound."""
        return self.id or self.key or self.text


def build_names(
    companies: Sequence[Company],
    places: bytes = b"",
    likeness: Likeness | None = None,
    around: Letters | None = None,
) -> Names:
    """All aliases of `companies`, folded, and the names of `places` (gazetteer.py).

    `likeness` knows which words are in everyday use, `around` what stands around a party's name.
    """
    terms: dict[tuple[str, bool], list[str]] = {}
    small: set[tuple[str, str]] = set()
    large: set[tuple[str, str]] = set()
    for company in companies:
        for alias in dict.fromkeys((*company.aliases, *company.names.values())):
            if alias not in company.aliases and company.aliases:
                continue  # a shown name that is also a common word stands in `names` only
            word = fold(alias).strip(" ")
            if len(word) < 2:
                continue
            for form in (word, *_russian_forms(word)):
                terms.setdefault((form, False), []).append(company.id)
                (large if alias[:1].isupper() else small).add((company.id, form))
        for longer in company.not_in:
            terms.setdefault((fold(longer), True), []).append(_NO_NAME)
    return Names(
        build_automaton(terms),
        {c.id: c for c in companies},
        frozenset(large - small),
        Gazetteer(places),
        likeness or Likeness(),
        around or Letters(OF_PLACE),
    )


# Declension of names that do not end in a consonant (Zaliznyak's first type and third): Мета,
# Меты; Германия, Германии; Китай, Китая; Казань, Казани. A consonant only adds: `party.tail`.
_RUSSIAN = (("ия", ("ии", "ию", "ией")), ("а", ("ы", "и", "е", "у", "ой")), ("я", ("и", "е", "ю")),
            ("й", ("я", "ю", "ем", "е")), ("ь", ("и", "я", "ю", "е", "ем", "ью")))  # fmt: skip


def _russian_forms(word: str) -> Iterator[str]:
    """The other cases of a Russian name that changes its last letter."""
    for end, others in _RUSSIAN if len(word) > 3 else ():
        if word.endswith(end):
            yield from (word[: -len(end)] + other for other in others)
            return


def find_names(
    folded: Folded,
    names: Names,
    words: Words | None,
    hits: Sequence[Hit],
    taken_spans: Sequence[tuple[int, int]] = (),
) -> list[Name]:
    """Names in text order, none over another; a known one wins over a guess.

    `taken_spans` are stretches that are no names, such as amounts: N5.3bn.
    """
    found = [*_known(folded, names, words.tails if words is not None else frozenset())]
    taken = _Taken(found)
    for start, end in taken_spans:
        taken.take(start, end)
    guesses = [*_quoted(folded, words), *_capitals(folded, words, hits)]
    for guess in guesses[:_MOST_NAMES]:
        guess = _before_taken(folded, guess, taken)
        if taken.is_free(guess.start, guess.end):
            taken.take(guess.start, guess.end)
            found.append(guess)
    found.sort(key=lambda name: name.start)
    places = {(hit.start, hit.end) for hit in hits if hit.key == "place.name"}
    found = _without_owners(folded.text, found, places)
    if words is None or not words.endings:
        return found
    return [replace(name, case=_case(folded.text, name.end, words)) for name in found]


def _before_taken(folded: Folded, guess: Name, taken: _Taken) -> Name:
    """`guess` up to a stretch that is none of it: Maplegrid in "lends Maplegrid C$900 million"."""
    text = folded.text
    first = next((at for at in range(guess.start, guess.end) if at in taken.places), guess.end)
    if first in (guess.start, guess.end) or text[first - 1] != " ":
        return guess
    return _name(folded, guess.start, guess.start + len(text[guess.start : first].rstrip()))


_ENDING = re.compile(r"'([^\W\d_]{1,8})")


def _case(text: str, at: int, words: Words) -> str | None:
    """The case of the name that ends at `at`, by what is glued to it: Turkcell'den."""
    glued = _ENDING.match(text, at)
    return words.endings.get(glued[1], "other") if glued is not None else None


_POSSESSED = re.compile(r"'s? ")
_MARKS_ONLY = re.compile(r"[\s\"'»”]{1,4}")


def _without_owners(text: str, names: list[Name], places: Container[tuple[int, int]]) -> list[Name]:
    """`names` without the place of another one: Chile's Andes IA, «صحابة» السعودية.

    Of words that nobody knows, one is a place more often than not, two are a house: Sahel Compute's
    hall in Kano.
    """
    kept: list[Name] = []
    for at, name in enumerate(names):
        after = names[at + 1] if at + 1 < len(names) else None
        span = name.start, name.end
        is_house = " " in text[slice(*span)] and span not in places
        if (name.kind == "state" or (name.kind is None and not is_house)) and after is not None:
            gap = text[name.end : after.start]
            if len(gap) <= 4 and _POSSESSED.match(gap):
                continue
        is_adjective = name.kind == "state" and text.startswith("ال", name.start)
        if is_adjective and kept and _MARKS_ONLY.fullmatch(text, kept[-1].end, name.start):
            continue
        kept.append(name)
    return kept


class _Taken:
    """Stretches of the text that are a name already."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.places: set[int] = set()
        for name in names:
            self.take(name.start, name.end)

    def take(self, start: int, end: int) -> None:
        self.places.update(range(start, end))

    def is_free(self, start: int, end: int) -> bool:
        return self.places.isdisjoint(range(start, end))


def _known(folded: Folded, names: Names, tails: frozenset[str]) -> list[Name]:
    found: list[Name] = []
    last = 0
    for hit in find_hits(folded.text, names.automaton, tails):
        if hit.start < last or _is_part_of_word(folded.text, hit.start, hit.end):
            continue
        if hit.key == _NO_NAME:
            last = hit.end
            continue
        if (hit.key, hit.term) in names.with_capital and not _has_capital(folded, hit.start):
            continue
        start, end = folded.span(hit.start, hit.end)
        company = names.companies[hit.key]
        found.append(Name(hit.start, hit.end, folded.original[start:end], company.id, company.kind))
        last = hit.end
    return found


_KANA, _HANGUL = "\u30a1-\u30fa\u30fc", "\uac00-\ud7a3"
# Letters of a script, and what behind a short name of it belongs to another word. Behind Korean
# names stand particles.
_PARTICLE = (
    "은|는|이|가|을|를|의|에|에서|에게|와|과|도|만|로|으로|측|등|및|보다|까지|부터|코리아|이나|나"
)
_SCRIPTS = (
    (re.compile(rf"[{_KANA}]"), 3, re.compile(rf"[{_KANA}]")),
    (
        re.compile(rf"[{_HANGUL}]"),
        2,
        re.compile(rf"(?!(?:{_PARTICLE})(?![{_HANGUL}]))[{_HANGUL}]"),
    ),
)


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Whether a name in kana or Hangul only begins or ends another word: 메타버스, メタバース."""
    for letter, short, goes_on in _SCRIPTS:
        if start and letter.match(text, start) and letter.match(text, start - 1):
            return True
        if letter.match(text, end - 1) and end - start <= short and goes_on.match(text, end):
            return True
    return False


def _has_capital(folded: Folded, at: int) -> bool:
    letter = folded.original[folded.offsets[at]]
    return not letter.islower()


def _quoted(folded: Folded, words: Words | None) -> list[Name]:
    """Names in «», “” or straight quotes that are not everyday words alone."""
    return [
        _name(folded, start, end)
        for start, end in find_quoted(folded.text, 0, len(folded.text))
        if words is None
        or not all(word in words.generic for word in folded.text[start:end].split())
    ]


def find_quoted(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks between `low` and `high`: few words, no sentence."""
    for match in _QUOTED.finditer(text[low:high].translate(_STRAIGHT)):
        group = match.lastindex or 1
        inner = match[group].strip()
        if len(inner.split()) > 4 or not any(c.isalpha() for c in inner):
            continue
        if any(c in inner for c in ",.!?؟;:،؛") and not re.search(r"\w\.\w", inner):
            continue
        start = low + match.start(group) + (len(match[group]) - len(match[group].lstrip()))
        yield start, start + len(inner)


_STRAIGHT = {ord(mark): '"' for mark in "«»“”„"}


def _name(folded: Folded, start: int, end: int) -> Name:
    first, last = folded.span(start, end)
    return Name(start, end, folded.original[first:last].strip())


def find_capitals(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Runs of words with capitals between `start` and `end`, as printed."""
    return _CAPITALS.finditer(text, start, end)


def _capitals(folded: Folded, words: Words | None, hits: Sequence[Hit]) -> list[Name]:
    """Runs of words with capitals, without generic words and verbs at their ends."""
    verbs = {
        hit.start: hit.end
        for hit in hits
        if hit.key.startswith(("deal.", "stage.", "veto.", "topic.strong"))
    }
    found: list[Name] = []
    glued = _GLUED_CASE if words is not None and words.endings else _GLUED
    for match in _CAPITALS.finditer(folded.original):
        start, end = place_in_folded(folded, match.start()), place_in_folded(folded, match.end())
        found.extend(_trimmed(folded, start, end, words, verbs, glued))
        if len(found) >= _MOST_NAMES:
            break
    return found


_JOINERS = frozenset({"of", "de", "and", "&", "the"})
# Everyday words that go on a name that has begun.
_INSIDE = _JOINERS | {"ai", "ia", "ki", "group", "capital", "labs", "lab", "robotics", "data",
                      "fund", "partners", "tech", "systems", "technologies", "cloud", "ventures",
                      "bank", "university"}  # fmt: skip
# Everyday words that begin a name before "of": University of Leeds.
_HEADS = frozenset({"university", "universite", "université", "universidad", "universidade",
                    "università", "institute", "institut", "instituto"})  # fmt: skip
_JOINED_NEXT = re.compile(" (?:of|de|di|da|du) ")
_EXPLAINED_IN = 40  # letters behind a name
_LONGEST_SHORTENED = 4  # letters of Corp., Bros.


def _ends_in_generic(bare: str, generic: Container[str]) -> bool:
    """Whether the parts behind a hyphen are an everyday word: Lyon-based, KI-Chip-Start-up."""
    _, *rest = bare.split("-")
    ends = ("-".join(rest[at:]) for at in range(len(rest)))
    return any(last in generic and last not in _INSIDE for last in ends)


def _trimmed(
    folded: Folded,
    start: int,
    end: int,
    words: Words | None,
    verbs: Mapping[int, int],
    glued: re.Pattern[str],
) -> list[Name]:
    generic: Container[str] = words.generic if words is not None else frozenset()
    marks = words.marks if words is not None else Marks()
    found: list[Name] = []
    run: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", folded.text[start:end]):
        at = start + word.start()
        bare = glued.sub("", word[0]).strip(".,")
        owned = bare != word[0].strip(".,")
        is_name = bare not in generic and verbs.get(at, 0) < at + len(bare)
        if bare in _JOINERS and not run:
            is_name = False
        if is_name and _ends_in_generic(bare, generic):
            is_name = False  # Lyon-based, KI-Start-up
        elif bare in _HEADS and _JOINED_NEXT.match(folded.text, at + len(bare)):
            is_name = True
        if is_name or (run and bare in _INSIDE):
            run.append((at, at + len(bare)))
        elif run:
            _close(folded, run, marks, found)
            run = []
        owned = owned or (word[0][-1] == "." and len(bare) > _LONGEST_SHORTENED)
        if owned and run:
            _close(folded, run, marks, found)
            run = []
    _close(folded, run, marks, found)
    return found


def _close(folded: Folded, run: list[tuple[int, int]], marks: Marks, found: list[Name]) -> None:
    while run and folded.text[run[-1][0] : run[-1][1]] in _JOINERS:
        run.pop()
    if not run:
        return
    start, end = run[0][0], run[-1][1]
    if end - start < 2 or folded.text[start:end].isdigit():
        return
    if _AMOUNT.fullmatch(folded.text, start, end):
        return
    first, last = folded.span(start, end)
    word = folded.original[first:last]
    if (
        len(run) == 1
        and begins_sentence(folded.original, first)
        and not _looks_made(folded, word)
        and not _is_explained(folded.text, start, end, marks)
    ):
        return
    found.append(_name(folded, start, end))


def _is_explained(text: str, start: int, end: int, marks: Marks) -> bool:
    """Whether what stands behind says what it is or does: "Loupe, a start-up", "Talvera raises"."""
    said = {*find_marks(text, start, end, marks, start, end + _EXPLAINED_IN)}
    return bool(said & {"gets", "investor"}) or ("apposed" in said and bool(said & {"kind", "art"}))


def _looks_made(folded: Folded, word: str) -> bool:
    """Whether the word is printed as only names are, or stands with a capital elsewhere too."""
    if any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word):
        return True
    return folded.original.startswith(word) or stands_inside(folded.original, word)


def place_in_folded(folded: Folded, at: int) -> int:
    """Where the letter at `at` of the original stands in the folded text."""
    if isinstance(folded.offsets, range):
        return at
    return bisect_left(folded.offsets, at)
