"""How does a language say amounts? Its figure words, checked and ready for look-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crawler.reading.currency import FAMILIES
from crawler.reading.entries import Entries
from crawler.reading.everywhere import shared_words
from crawler.reading.glued import GluedNumbers, build_glued
from crawler.reading.implied import Implied, build_implied
from crawler.reading.lookup import heads_of, phrases_of, scanner_of, small_words
from crawler.reading.meanings import (
    add_bounds,
    add_currencies,
    add_joints,
    add_numbers,
    add_places,
)
from crawler.reading.vocabulary import Vocabulary
from crawler.reading.word import Word
from crawler.text.fold import fold


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The figure words of one language, folded. Built once, never changed."""

    language: str
    decimal_marks: tuple[str, ...]
    group_marks: tuple[str, ...]
    myriad: bool  # numerals in groups of ten thousand, words without spaces
    words: Mapping[str, Word]  # by folded word or phrase
    phrases: Mapping[str, tuple[str, ...]]  # by first word: the rests, longest first
    apart: tuple[tuple[str, str, str], ...]  # bound, first and last part: لا يزيد … عن
    defaults: Mapping[str, str] = field(default_factory=dict)  # family -> ISO code
    units_first: bool = False  # خمسة وستين: five and sixty
    closing_clitics: tuple[str, ...] = ()  # و "and", لل "for the": no counted noun begins so
    scanner: re.Pattern[str] | None = None  # for writing without spaces
    heads: Mapping[str, str] = field(default_factory=dict)  # 元大 -> 元, 百万富翁 -> 百
    spaced: bool = False  # Korean: numerals are glued, words are not
    particles: re.Pattern[str] | None = None  # 원을, 달러에: what may end a word of money
    marks_by_page: bool = False  # 1,489 groups or parts as the page's other numbers do
    case_endings: Mapping[str, str] = field(default_factory=dict)  # ending -> case: dan -> from
    percent_before: re.Pattern[str] | None = None  # stands before its number: yüzde 5, %5
    negation: re.Pattern[str] | None = None  # no pagará [más de]
    percent: re.Pattern[str] | None = None  # % and what is said for it
    step_first: bool = False  # right behind a verb of change stands by how much: 增加3亿至28亿
    sign_by_place: bool = False  # a bare $ beside 1.234,5 is the peso of a place the text names
    verbs_last: bool = False  # the verb of a move stands behind its sums
    implied: Implied | None = None
    number_endings: re.Pattern[str] | None = None  # 5-ти: a spoken ending behind digits
    lends_far: bool = False  # a count names what it counts: 5 млрд alone is of the next money
    places_first: bool = False  # 2 млрд долларов канадской фирме are no Canadian dollars
    to_arrives: bool = False  # "up to" behind a verb of change is how far it went: выросла до
    sign_groups: bool = False  # $67,500 groups, 11,245 рубля has decimals
    homes: tuple[tuple[str, tuple[str, ...]], ...] = ()  # country, words a text of it holds
    glued: GluedNumbers | None = None  # for number words written as one: ventunmila
    small: Mapping[str, Word] = field(default_factory=dict)  # da, where DA is a currency
    prefixes: str = ""  # letters that a hyphen may part from what they lead: ב-25


def build_lexicon(language: str, data: Mapping[str, object]) -> Lexicon:
    """The lexicon of `language` from its YAML `data`; keys of other readers are passed over.

    Raises ConfigError with a sentence that names file, key and word.
    """
    entries = Entries(language, data)
    vocabulary = Vocabulary(dict(shared_words()))
    add_numbers(entries, vocabulary)
    add_currencies(entries, vocabulary)
    add_places(entries, vocabulary)
    add_joints(entries, vocabulary)
    apart = tuple(add_bounds(entries, vocabulary))
    words = vocabulary.words
    myriad = entries.flag("myriad")
    return Lexicon(
        language=language,
        decimal_marks=tuple(entries.list_of("decimal_marks", ["."])),
        group_marks=tuple(entries.list_of("group_marks", [","])),
        myriad=myriad,
        units_first=entries.flag("units_first"),
        words=words,
        phrases=phrases_of(words),
        apart=apart,
        defaults=_defaults(entries),
        closing_clitics=tuple(_closing_clitics(entries)),
        scanner=scanner_of(words) if myriad else None,
        heads=heads_of(words) if myriad else {},
        spaced=entries.flag("spaced"),
        particles=_particles(entries.folded("particles")),
        marks_by_page=entries.flag("marks_by_page"),
        case_endings=entries.case_endings,
        percent_before=_percent_before(entries),
        negation=_negation(entries),
        percent=re.compile("|".join(["%", *map(_whole, entries.folded("percent"))])),
        step_first=entries.flag("step_first"),
        sign_by_place=entries.flag("sign_by_place"),
        verbs_last=entries.flag("verbs_last"),
        implied=build_implied(entries),
        number_endings=_number_endings(entries),
        lends_far=entries.flag("lends_far"),
        places_first=entries.flag("places_first"),
        to_arrives=entries.flag("to_arrives"),
        sign_groups=entries.flag("sign_groups"),
        homes=tuple(_homes(entries)),
        glued=_glued_numbers(entries),
        small=small_words(words),
        prefixes=fold(str(data.get("prefixes", ""))),
    )


def _defaults(entries: Entries) -> dict[str, str]:
    found: dict[str, str] = {}
    for family, code in entries.map_of("currency_default").items():
        if str(code) not in FAMILIES.get(family, ()):
            raise entries.wrong(f"currency_default.{family} is not {code}")
        found[family] = str(code)
    return found


def _closing_clitics(entries: Entries) -> Iterator[str]:
    """Those that are told by a lead, and those named, which only a known noun begins with."""
    for clitic, lead in entries.clitics:
        if len(clitic) == {"and": 1, "to": 2}.get(lead or ""):
            yield clitic
    yield from entries.folded("closing_clitics")


def _homes(entries: Entries) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A text that holds all words of "香港+億" is of that country, if nothing else says so."""
    for country, sets in entries.by_country("home"):
        for words in entries.texts(f"home.{country}", sets):
            yield country, tuple(fold(word) for word in words.split("+"))


def _glued_numbers(entries: Entries) -> GluedNumbers | None:
    pieces = {
        fold(word): entries.decimal("glued_numbers", value)
        for value, words in entries.map_of("glued_numbers").items()
        for word in entries.texts(f"glued_numbers.{value}", words)
    }
    return build_glued(pieces) if pieces else None


def _particles(words: Iterable[str]) -> re.Pattern[str] | None:
    forms = sorted(set(words), key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, forms))) if forms else None


def _number_endings(entries: Entries) -> re.Pattern[str] | None:
    """What numbers in digits carry of their spoken form: от 5-ти до 7-ми."""
    endings = "|".join(map(re.escape, entries.folded("number_endings")))
    return re.compile(rf"-(?:{endings})(?![^\W_])") if endings else None


def _percent_before(entries: Entries) -> re.Pattern[str] | None:
    """What says percent before its number; a % behind digits belongs to those."""
    words = "|".join(map(_whole, entries.folded("percent_before")))
    return re.compile(rf"(?:(?<!\d)(?<!\d )%|{words}) ?\Z") if words else None


def _negation(entries: Entries) -> re.Pattern[str] | None:
    """A "not" with one or two words behind it, up to the bound that it turns round."""
    words = "|".join(map(_whole, entries.folded("negation")))
    others = "|".join(map(_whole, entries.folded("not_negation"))) or "(?!)"
    one_or_two = r"(?:\s[^\W\d_]++){1,2}\s\Z"
    return re.compile(f"(?!{others})(?:{words}){one_or_two}") if words else None


def _whole(word: str) -> str:
    return rf"\b{re.escape(word)}\b"
