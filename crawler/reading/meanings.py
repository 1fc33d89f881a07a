"""What does each word of a lexicon's file mean to an amount?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crawler.reading.entries import Entries
from crawler.reading.keys import BOUND_KEYS, BOUNDS, ROLES
from crawler.reading.vocabulary import Vocabulary
from crawler.reading.word import Word
from crawler.text.fold import fold

_NUMBERS = {
    "numbers": "number",
    "scale": "scale",
    "dual": "dual",
    "dual_before_currency": "dual_near",
    "part": "part",
    "shift": "shift",
}
_FLAGS = {
    "filler": "filler",
    "not_money": "not_money",
    "year_before": "year",
    "carry_before": "carry_before",
    "carry_after": "carry_after",
    "tenth": "tenth",
    "point": "point",
    "vague": "vague",
    "light": "light",
    "leads": "leads",
}


def add_numbers(entries: Entries, to: Vocabulary) -> None:
    """Numbers, scales, fractions, and which of the scales stand alone or behind digits only."""
    for key, field in _NUMBERS.items():
        for value, words in entries.map_of(key).items():
            worth = entries.decimal(key, value)
            to.merge_forms(entries.forms(key, words), **{field: worth})
    for value, words in entries.map_of("part_more").items():
        part = entries.decimal("part_more", value)
        for word, _ in entries.forms("part_more", words):  # bir buçuk: nothing says "and"
            to.merge(word, part=part, lead="and")
    for word in entries.list_of("short_scale"):
        _change(entries, to, "short_scale", fold(word), short=True)
    for word in entries.list_of("bare"):
        for form, _ in entries.expand(word):
            _change(entries, to, "bare", form, bare=True)
    for word in entries.texts("implied.scales", entries.map_of("implied").get("scales") or []):
        _change(entries, to, "implied.scales", fold(word), implied=True)


def _change(entries: Entries, to: Vocabulary, key: str, word: str, **changes: object) -> None:
    if word not in to.words:
        raise entries.wrong(f"{key} names {word!r}, which is no scale word")
    to.merge(word, **changes)


def add_currencies(entries: Entries, to: Vocabulary) -> None:
    """Names, cents and abbreviations of currencies, and which stand before their number."""
    for key, minor in (("cldr", False), ("currency", False), ("subunit", True)):
        for name, words in entries.by_currency(key):
            forms = entries.forms(key, words)
            to.merge_forms(forms, currency=name, minor=minor, capitals=())
    for name, words in entries.by_currency("abbreviation"):
        for printed in entries.texts(f"abbreviation.{name}", words):
            weak = {"weak": True} if printed.endswith("?") else {}
            to.abbreviate(printed.rstrip("?"), currency=name, mark=True, **weak)
    _add_scaled_currencies(entries, to)
    for word in entries.list_of("sign"):
        sign = fold(word.rstrip("?"))
        if to.words.get(sign, Word()).currency is None:
            raise entries.wrong(f"sign names {word!r}, which is no currency")
        to.merge(sign, mark=True, weak_mark=word.endswith("?"))
    for name, words in entries.by_currency("short_subunit"):
        for short in entries.texts(f"short_subunit.{name}", words):
            to.abbreviate(short, currency=name, minor=True, short=True)


def _add_scaled_currencies(entries: Entries, to: Vocabulary) -> None:
    for value, names in entries.map_of("scaled_currency").items():
        key = f"scaled_currency.{value}"
        if not isinstance(names, Mapping):
            raise entries.wrong(f"{key} must be a map")
        scale = entries.decimal("scaled_currency", value)
        for name, words in names.items():
            entries.check_currency(key, name)
            for word, _ in entries.forms(f"{key}.{name}", words):
                to.merge(word, currency=name, scale=scale)


def add_places(entries: Entries, to: Vocabulary) -> None:
    """What names a country, whose money a dollar or a pound beside it is."""
    for country, words in entries.by_country("place"):
        nothing_else = Word(place=(country,))
        for word, _ in entries.forms("place", words):
            known = to.words.get(word)
            if known is None:
                to.words[word] = nothing_else
            else:
                to.merge(word, place=tuple(dict.fromkeys((*known.place, country))))


def add_joints(entries: Entries, to: Vocabulary) -> None:
    """What joins two sums, turns money into something else, or stands around a sum."""
    for role, words in entries.map_of("range", ROLES).items():
        for word, _ in entries.forms("range", words):
            to.merge_to(word, "joins", role)
    for key in ("not_this", "not_this_after"):
        for name, words in entries.by_currency(key):
            for word, _ in entries.forms(key, words):
                to.merge_to(word, key, name)
    for key, field in _FLAGS.items():
        for word, said in entries.forms(key, entries.list_of(key)):
            endings = {"inflects": True} if said.get("inflects") else {}
            to.merge(word, **{field: True}, **endings)


def add_bounds(entries: Entries, to: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """What leaves a side of a sum open; those in two parts are returned: bound, first, last."""
    for name, words in entries.map_of("bound", BOUND_KEYS).items():
        stem, _, case = name.partition("_after_")
        kind = BOUNDS[stem.removesuffix("_after")]
        for word, flags in entries.forms("bound", words):
            first, dots, last = word.partition("...")  # NFKC spells out …
            if dots:
                yield kind, first.strip(), last.strip()
                to.words.setdefault(last.strip(), Word())
            elif case:
                known = to.words.get(word, Word())
                to.merge(word, bound_cases=(*known.bound_cases, (case, kind)))
            elif stem.endswith("_after"):
                to.merge(word, bound_after=kind, **flags)
            else:
                to.merge(word, bound=kind)
