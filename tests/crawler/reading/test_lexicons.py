"""Every language file: it has examples, and its mistakes are told in a sentence.

The examples themselves are read in test_news.py.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.errors import ConfigError
from crawler.reading.currency import FAMILIES, UNITS
from crawler.reading.keys import IMPLIED, KEYS, ROLES
from crawler.reading.lexicon import build_lexicon

FOLDER = Path(__file__).parents[3] / "config" / "lexicon"
README = (FOLDER / "README.md").read_text("utf-8")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(language: str) -> dict[str, Any]:
    # BaseLoader keeps every scalar as text: a lexicon has words such as "no" and "on".
    with (FOLDER / f"{language}.yaml").open(encoding="utf-8") as file:
        data = yaml.load(file, Loader=yaml.BaseLoader)
    assert isinstance(data, dict)
    return data


def names_in(block: Any) -> Iterator[str]:
    """Every key of a block, at any depth."""
    if isinstance(block, dict):
        for name, inner in block.items():
            yield name
            yield from names_in(inner)


DATA = {language: load(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_ten_examples_of_its_own(language: str) -> None:
    own = [example for example in DATA[language].get("examples", []) if "figures" in example]

    assert len(own) >= 10


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
    "key that nobody knows": ({"fillr": ["of"]}, "no reader knows fillr; did you mean 'filler'?"),
    "key like no other": ({"xyzzy": ["of"]}, "xyzzy; config/lexicon/README.md lists all keys"),
    "slip in a bound": ({"bound": {"at_lest": ["min"]}}, "did you mean 'at_least'?"),
    "slip in a currency": ({"currency": {"dolar": ["buck"]}}, "did you mean 'dollar'?"),
    "slip in what a clitic says": ({"clitics": {"form": ["m"]}}, "did you mean 'from'?"),
    "slip in implied money": ({"implied": {"verb": ["paid"]}}, "did you mean 'verbs'?"),
    "nothing left after folding": ({"filler": ["ـ"]}, "folds to nothing"),
}


@pytest.mark.parametrize(("data", "complaint"), WRONG.values(), ids=WRONG)
def test_a_wrong_lexicon_says_what_is_wrong(data: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(complaint)):
        build_lexicon("en", data)


def test_the_readme_says_what_every_key_means() -> None:
    told = set(re.findall(r"^\| `((?:range\.|implied\.)?[a-z_]+)` \|", README, re.MULTILINE))

    parts = {f"range.{role}" for role in ROLES} | {f"implied.{name}" for name in IMPLIED}
    assert told == KEYS | parts


def test_the_readme_names_every_family_and_every_list_of_deals() -> None:
    words = set(re.findall(r"[a-z_]+", README))
    lists = {name for data in DATA.values() for name in names_in(data.get("reading"))}

    assert (FAMILIES.keys() | UNITS.keys() | lists) <= words
