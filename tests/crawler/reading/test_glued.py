"""Number words written as one word."""

import time
from decimal import Decimal

import pytest

from crawler.reading.glued import GluedNumbers, build_glued


def glued(pieces: dict[str, str | int]) -> GluedNumbers:
    return build_glued({piece: Decimal(worth) for piece, worth in pieces.items()})


ITALIAN = glued(
    {"uno": 1, "un": 1, "due": 2, "tre": 3, "cinque": 5, "sette": 7, "otto": 8, "dodici": 12}
    | {"venti": 20, "vent": 20, "trenta": 30, "cinquanta": 50, "settanta": 70, "ottanta": 80}
    | {"cento": 100, "cent": 100, "mille": 1000, "mila": 1000}
)
GERMAN = glued(
    {"ein": 1, "zwei": 2, "drei": 3, "funf": 5, "zwanzig": 20, "dreißig": 30}
    | {"hundert": 100, "tausend": 1000, "und": 0, "einhalb": "0.5", "zwolf": 12}
)
SAID = {
    "ventuno": 21,
    "centotto": 108,
    "centoottanta": 180,
    "duecentocinquantamila": 250_000,
    "ventunmila": 21_000,
    "millecinquecento": 1500,
    "duemilasettecentotrentadue": 2732,
}
NOT_SAID = [
    "euro",
    "duetto",
    "trecentina",
    "ventidodici",
    "duetre",
    "milamila",
    "cinquantacento",
    "",
]


@pytest.mark.parametrize(("word", "value"), SAID.items(), ids=SAID)
def test_italian_glues_hundreds_tens_and_thousands(word: str, value: int) -> None:
    assert ITALIAN.parse(word) == value


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("funfundzwanzig", "25"),
        ("zweihundertdreiundzwanzigtausend", "223000"),
        ("hundertfunf", "105"),
        ("zwolfeinhalb", "12.5"),
    ],
)
def test_german_says_units_first_and_halves(word: str, value: str) -> None:
    assert GERMAN.parse(word) == Decimal(value)


@pytest.mark.parametrize("word", NOT_SAID)
def test_other_words_say_no_number(word: str) -> None:
    assert ITALIAN.parse(word) is None


def test_a_hostile_word_costs_nothing() -> None:
    started = time.process_time()

    assert ITALIAN.parse("unouno" * 50_000 + "x") is None
    assert time.process_time() - started < 0.1


def test_turkish_glues_ones_to_ten() -> None:
    turkish = glued({"on": 10, "sekiz": 8, "bin": 1000, "yedi": 7, "yuz": 100, "elli": 50})

    assert turkish.parse("onsekizbinyediyuzelli") == 18_750
