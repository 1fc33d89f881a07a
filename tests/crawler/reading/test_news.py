"""Sentences as the papers of each country write them: each is read as it says.

They are the `examples` of each lexicon, which show its words, and `news/xx.yaml`, written beside
them in numbers. Each entry has a `text`, the `figures` it holds
("60..65 bn USD", "..500 m EUR", "1.. bn USD") and `from`: which press, which trap. One that the
reader gets wrong stands under `not_yet` (strict: it must move up when it passes).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.model import Figure
from crawler.reading.figures import find_figures
from crawler.reading.lexicon import Lexicon, build_lexicon

LEXICON_FOLDER = Path(__file__).parents[3] / "config" / "lexicon"
NEWS_FOLDER = Path(__file__).parent / "news"
LANGUAGES = sorted(path.stem for path in LEXICON_FOLDER.glob("*.yaml"))
SCALES = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}
# Each syllable or character of these scripts stands for a word: they are written without spaces.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def load(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    # BaseLoader keeps every scalar as text: a lexicon has words such as "no" and "on".
    data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    assert isinstance(data, dict)
    return data


WORDS = {language: load(LEXICON_FOLDER / f"{language}.yaml") for language in LANGUAGES}
NEWS = {language: load(NEWS_FOLDER / f"{language}.yaml") for language in LANGUAGES}


@cache
def lexicon(language: str) -> Lexicon:
    return build_lexicon(language, WORDS[language])


def sentences(language: str, *keys: str) -> list[dict[str, Any]]:
    """The labelled sentences under `keys` of a language, of its lexicon first."""
    both = (WORDS[language], NEWS[language])
    found = [entry for data in both for key in keys for entry in data.get(key) or []]
    return [entry for entry in found if "figures" in entry]


def entries(*keys: str) -> list[Any]:
    return [
        pytest.param(language, entry, id=f"{language}: {entry['text'][:60]}")
        for language in LANGUAGES
        for entry in sentences(language, *keys)
    ]


def parse(wanted: str) -> tuple[Decimal | None, Decimal | None, str]:
    """ "60..65 bn USD" as low, high, currency."""
    numbers, *scale, code = wanted.split()
    factor = SCALES[scale[0] if scale else ""]
    first, dots, second = numbers.partition("..")
    low, high = (Decimal(side) * factor if side else None for side in (first, second))
    return (low, high, code) if dots else (low, low, code)


def told(figure: Figure) -> tuple[Decimal | None, Decimal | None, str | None]:
    return figure.low, figure.high, figure.currency


def four_grams(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of four words, names and digits masked."""
    masked = re.sub(r"\d[\d.,٫٬]*", "0", _UNSPACED.sub(r" \g<0> ", text))
    first, *rest = masked.split()
    # A capital within a sentence is a name (in German also a noun, which masks more).
    words = [first.lower(), *("N" if word[:1].isupper() else word for word in rest)]
    return frozenset(zip(words, words[1:], words[2:], words[3:], strict=False))


def shared(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


@pytest.mark.parametrize(("language", "entry"), entries("examples", "news"))
def test_a_sentence_reads_as_it_says(language: str, entry: dict[str, Any]) -> None:
    found = find_figures(entry["text"], lexicon(language), country=entry.get("country"))

    assert [told(figure) for figure in found] == [parse(wanted) for wanted in entry["figures"]]
    assert all(entry["text"][f.start : f.end] == f.text for f in found)


@pytest.mark.xfail(strict=True, reason="a gap we know of: move it up when it passes")
@pytest.mark.parametrize(("language", "entry"), entries("not_yet"))
def test_not_yet(language: str, entry: dict[str, Any]) -> None:
    found = find_figures(entry["text"], lexicon(language), country=entry.get("country"))

    assert [told(figure) for figure in found] == [parse(wanted) for wanted in entry["figures"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_sentences_share_their_frame(language: str) -> None:
    """Names and digits masked, no two share more than half of their word 4-grams."""
    texts = [entry["text"] for entry in sentences(language, "examples", "news", "not_yet")]
    grams = {text: four_grams(text) for text in texts}

    pairs = [(shared(grams[a], grams[b]), a, b) for a, b in combinations(texts, 2)]
    share, one, other = max(pairs)

    print(f"{language}: {len(texts)} sentences, closest pair {share:.2f}\n  {one}\n  {other}")
    assert share <= 0.5
