"""Every language file: its own examples hold, and mistakes are told in a sentence."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.model import Figure
from crawler.reading.figures import find_figures
from crawler.reading.lexicon import Lexicon, build_lexicon

FOLDER = Path(__file__).parents[3] / "config" / "lexicon"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
SCALES = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}


def load(language: str) -> dict[str, Any]:
    # BaseLoader keeps every scalar as text: a lexicon has words such as "no" and "on".
    with (FOLDER / f"{language}.yaml").open(encoding="utf-8") as file:
        data = yaml.load(file, Loader=yaml.BaseLoader)
    assert isinstance(data, dict)
    return data


DATA = {language: load(language) for language in LANGUAGES}
LEXICONS: dict[str, Lexicon] = {}


def lexicon(language: str) -> Lexicon:
    if language not in LEXICONS:
        LEXICONS[language] = build_lexicon(language, DATA[language])
    return LEXICONS[language]


def examples(key: str) -> list[Any]:
    return [
        pytest.param(
            language, example["text"], example["figures"], id=f"{language}: {example['text'][:60]}"
        )
        for language in LANGUAGES
        for number, example in enumerate(DATA[language].get(key, []))
        if "figures" in example
    ]


def parse(wanted: str) -> tuple[Decimal | None, Decimal | None, str]:
    numbers, *scale, code = wanted.split()
    factor = SCALES[scale[0] if scale else ""]
    first, dots, second = numbers.partition("..")
    low, high = (Decimal(side) * factor if side else None for side in (first, second))
    return (low, high, code) if dots else (low, low, code)


def told(figure: Figure) -> tuple[Decimal | None, Decimal | None, str | None]:
    return figure.low, figure.high, figure.currency


@pytest.mark.parametrize(("language", "text", "figures"), examples("examples"))
def test_example_reads_as_it_says(language: str, text: str, figures: list[str]) -> None:
    found = find_figures(text, lexicon(language))

    assert [told(figure) for figure in found] == [parse(wanted) for wanted in figures]


@pytest.mark.parametrize(("language", "text", "figures"), examples("examples"))
def test_spans_point_into_the_original(language: str, text: str, figures: list[str]) -> None:
    for figure in find_figures(text, lexicon(language)):
        assert text[figure.start : figure.end] == figure.text


@pytest.mark.xfail(strict=True, reason="a gap we know of: move it to examples when it passes")
@pytest.mark.parametrize(("language", "text", "figures"), examples("not_yet"))
def test_not_yet(language: str, text: str, figures: list[str]) -> None:
    found = find_figures(text, lexicon(language))

    assert [told(figure) for figure in found] == [parse(wanted) for wanted in figures]


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_ten_examples_of_its_own(language: str) -> None:
    own = [example for example in DATA[language].get("examples", []) if "figures" in example]

    assert len(own) >= 10


def test_no_two_examples_share_their_frame() -> None:
    """Names and digits masked, no two examples of a language share half of their 4-grams."""
    for language in LANGUAGES:
        grams = [
            four_grams(e["text"]) for e in DATA[language].get("examples", []) if "figures" in e
        ]
        for i, one in enumerate(grams):
            for other in grams[:i]:
                assert len(one & other) <= max(len(one), len(other)) / 2


def four_grams(text: str) -> set[tuple[str, ...]]:
    words = re.sub(r"\d+", "0", text).split()
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


@pytest.mark.slow
def test_lexicons_load_quickly() -> None:
    started = time.process_time()

    for language in LANGUAGES:
        build_lexicon(language, DATA[language])

    assert (time.process_time() - started) / len(LANGUAGES) < 0.05


WRONG = {
    "unknown currency": ({"currency": {"XYZ": ["coins"]}}, "currency.XYZ"),
    "scale that is no number": ({"scale": {"many": ["lots"]}}, "scale.many"),
    "words that are no list": ({"filler": "of"}, "filler must be a list"),
    "another language": ({"language": "de"}, "language: de"),
    "unknown bound": ({"bound": {"roughly": ["so"]}}, "bound.roughly"),
    "unknown role of a joint": ({"range": {"until": ["till"]}}, "range.until"),
    "unknown country": ({"place": {"ZZ": ["nowhere"]}}, "place.ZZ"),
    "default outside its family": (
        {"currency_default": {"pound": "USD"}},
        "currency_default.pound",
    ),
    "nothing left after folding": ({"filler": ["ـ"]}, "folds to nothing"),
}


@pytest.mark.parametrize(("data", "complaint"), WRONG.values(), ids=WRONG)
def test_a_wrong_lexicon_says_what_is_wrong(data: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        build_lexicon("en", data)
