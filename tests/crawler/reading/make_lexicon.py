"""Which words for money do Babel and num2words know that a lexicon does not? Run by a person.

    python -m tests.crawler.reading.make_lexicon it ru            prints the gaps, by key
    python -m tests.crawler.reading.make_lexicon --write it ru    writes the safe ones as `cldr:`

Babel brings CLDR's currency names in every plural form, its symbols, and the scale words of long
compact numbers; num2words (`pip install num2words`, in no lock file of ours) says whole numbers in
words. Each is put in a sentence and read, and what comes back wrong is a gap. Only names of two
words or more are written: a lone lek, som or real is an everyday word somewhere, so a person
decides.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from babel import Locale

from config.load import load_lexicons
from crawler.model import Figure
from crawler.reading.currency import CODES, candidates
from crawler.reading.figures import find_figures
from crawler.reading.lexicon import Lexicon, build_lexicon
from crawler.reading.word import phrase_form
from crawler.text.fold import fold

LEXICONS = Path(__file__).parents[3] / "config" / "lexicon"
BEGIN = "# CLDR: names of currencies, written by tests/crawler/reading/make_lexicon.py\n"
END = "# CLDR: end\n"
DOLLARS = {"ar": "دولار", "es": "dólares", "fa": "دلار", "he": "דולר", "hi": "डॉलर", "zh": "美元",
           "it": "dollari", "ja": "ドル", "ko": "달러", "pt": "dólares", "ru": "долларов",
           "tr": "dolar"}  # fmt: skip
NUMBERS = [*range(2, 131), *range(200, 1000, 37), 1000, 1500, 2000, 2026, 12_345, 100_000, 250_000,
           10**6, 2 * 10**6, 25 * 10**5, 10**9, 3 * 10**9, 10**12]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A word of theirs in a text, and what the text says."""

    key: str  # of the lexicon
    word: str
    text: str
    value: Decimal
    currency: str


def currency_probes(language: str) -> Iterator[Probe]:
    """Five of each currency, by each of its names and by its symbol."""
    locale = Locale(language)
    plurals = locale._data["currency_names_plural"]
    five = Decimal(5)
    for code in sorted(CODES):
        names = {*plurals.get(code, {}).values(), locale.currencies.get(code, code)} - {code}
        if language == "ja":  # アルバニア レク: the space is CLDR's own
            names = {name.replace(" ", "") for name in names}
        for word in sorted(names):
            text = f"5 {word}."
            yield Probe(key=f"currency.{code}", word=word, text=text, value=five, currency=code)
        word = locale.currency_symbols.get(code, code).strip("\u200e\u200f")
        if word != code:
            text = f"{word} 5"
            yield Probe(key=f"abbreviation.{code}", word=word, text=text, value=five, currency=code)


def scale_probes(language: str) -> Iterator[Probe]:
    """Five dollars in each scale word of long compact numbers, in every plural form."""
    forms = Locale(language).compact_decimal_formats.get("long", {})
    for plural in forms:
        for worth, pattern in forms[plural].items():
            word = pattern.pattern.strip("0 \u00a0\u200e\u200f'")
            if word and pattern.pattern.count("0") == 1:
                text = f"5 {word} {_dollars(language)}."
                value = 5 * Decimal(worth)
                yield Probe(key=f"scale.{worth}", word=word, text=text, value=value, currency="USD")


def number_probes(language: str) -> Iterator[Probe]:
    """Dollars in whole numbers said in words."""
    from num2words import CONVERTER_CLASSES, num2words

    if language not in CONVERTER_CLASSES:
        return
    for number in NUMBERS:
        word = num2words(number, lang=language)
        text = f"{word} {_dollars(language)}."
        yield Probe(key="numbers", word=word, text=text, value=Decimal(number), currency="USD")


def gaps_of(language: str, lexicon: Lexicon, probes: Iterator[Probe]) -> Iterator[Probe]:
    """Where our reader does not find just that sum; a family counts for its members."""
    for probe in probes:
        found = find_figures(probe.text, lexicon)
        if not (len(found) == 1 and _says(found[0], probe)):
            yield probe


def cldr_block(gaps: Iterator[Probe], lexicon: Lexicon) -> str:
    """The safe gaps as a key of a lexicon file."""
    safe: dict[str, dict[str, str]] = {}
    for gap in gaps:
        folded = phrase_form(fold(gap.word))
        key, _, code = gap.key.partition(".")
        if key == "currency" and _is_safe(folded, lexicon) and folded not in lexicon.words:
            safe.setdefault(code, {}).setdefault(folded, gap.word)
    rows = (
        f"  {code}: {json.dumps(list(words.values()), ensure_ascii=False)}\n"
        for code, words in safe.items()
    )
    return f"{BEGIN}cldr:\n{''.join(rows)}{END}" if safe else ""


def _is_safe(folded: str, lexicon: Lexicon) -> bool:
    return len(folded) >= 4 if lexicon.myriad else " " in folded


def _says(figure: Figure, probe: Probe) -> bool:
    meant = figure.currency or ""
    return figure.low == probe.value and probe.currency in (meant, *candidates(meant))


def _dollars(language: str) -> str:
    return DOLLARS.get(language, "dollar")


def write(language: str) -> None:
    path = LEXICONS / f"{language}.yaml"
    before, _, rest = path.read_text("utf-8").partition(BEGIN)
    if rest:
        before += rest.partition(END)[2].lstrip("\n")
    head, key, tail = before.partition("\nexamples:\n")
    path.write_text(before, "utf-8")
    lexicon = build_lexicon(language, load_lexicons(None)[language])
    block = cldr_block(gaps_of(language, lexicon, currency_probes(language)), lexicon)
    path.write_text(f"{head}\n{block}{key}{tail}" if block else before, "utf-8")


def main() -> None:
    languages = [word for word in sys.argv[1:] if word != "--write"]
    for language in languages or sorted(load_lexicons(None)):
        if "--write" in sys.argv:
            write(language)
        lexicon = build_lexicon(language, load_lexicons(None)[language])
        for made in (currency_probes, scale_probes, number_probes):
            gaps = list(gaps_of(language, lexicon, made(language)))
            count = len(list(made(language)))
            print(f"# {language} {made.__name__}: {len(gaps)} of {count} not read")
            for gap in gaps:
                print(f"{gap.key}: {gap.word}")


if __name__ == "__main__":
    main()
