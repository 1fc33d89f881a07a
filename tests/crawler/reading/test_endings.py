"""What do the endings of a language say that glues its cases to words and numbers?"""

from __future__ import annotations

import pytest

from config.errors import ConfigError
from crawler.reading.figures import find_figures
from crawler.reading.lexicon import build_lexicon

LEXICON = build_lexicon(
    "tr",
    {
        "decimal_marks": [","],
        "group_marks": ["."],
        "case_endings": {
            "from": ["dan", "tan"],
            "to": ["a", "e"],
            "other": ["ı", "i", "lık", "te"],
        },
        "scale": {"1000000": ["milyon~"]},
        "numbers": {"1": ["bir?"], "2": ["iki"]},
        "part_more": {"0.5": ["buçuk"]},
        "currency": {"dollar": ["dolar~"], "JPY": ["Japon yeni~", "yen?"]},
        "bound": {
            "at_least_after": ["aşkın"],
            "at_least_after_from": ["fazla"],
            "at_most_after_to": ["kadar"],
            "about_after": ["kadar"],
        },
        "range": {"pair": ["ile"], "between_after": ["arasında"], "change": ["çıktı"]},
        "percent_before": ["yüzde"],
    },
)
READ = {
    "an ending on the currency": ("5 milyon dolarlık", ["5000000..5000000"]),
    "an ending behind an apostrophe": ("5 milyon USD'lık", ["5000000..5000000"]),
    "an ending on a phrase": ("9 milyon Japon yenia", ["9000000..9000000"]),
    "no ending on a word that takes none": ("5 milyon yeni", []),
    "a floor only behind its case": ("5 dolardan fazla", ["5..None"]),
    "more by as much": ("5 dolar fazla", ["5..5"]),
    "a ceiling behind its case": ("5 dolara kadar", ["None..5"]),
    "about, without the case": ("5 dolar kadar", ["5..5"]),
    "a bound between scale and money": ("5 milyonı aşkın dolar", ["5000000..None"]),
    "a year with its ending counts nothing": ("2025'te dolar", []),
    "cases that make a move": (
        "5'tan 6 milyon dolara çıktı",
        ["5000000..5000000", "6000000..6000000"],
    ),
    "cases that make a range": ("5 dolardan 9 dolara kadar", ["5..9"]),
    "a move as far as its verb says": ("5 dolardan 9 dolara kadar çıktı", ["5..5", "9..9"]),
    "between stands behind": ("5 ile 6 milyon dolar arasında", ["5000000..6000000"]),
    "and without between": ("5 dolar ile 6 dolar", ["5..5", "6..6"]),
    "a half that nothing joins": ("iki buçuk milyon dolar", ["2500000..2500000"]),
    "percent before its number": ("yüzde 5 dolar, %5 dolar", []),
}


@pytest.mark.parametrize(("text", "wanted"), READ.values(), ids=READ)
def test_endings(text: str, wanted: list[str]) -> None:
    found = find_figures(text, LEXICON)

    assert [f"{figure.low}..{figure.high}" for figure in found] == wanted


def test_a_figure_is_printed_with_its_ending() -> None:
    (found,) = find_figures("Kasada 5 milyon USD'a yakın", LEXICON)

    assert found.text == "5 milyon USD'a"


def test_an_unknown_case_is_named() -> None:
    with pytest.raises(ConfigError, match=r"case_endings\.locative"):
        build_lexicon("tr", {"case_endings": {"locative": ["da"]}})


def test_a_move_may_lead_below_a_sum() -> None:
    lexicon = build_lexicon(
        "tr",
        {
            "case_endings": {"from": ["dan"], "of": ["ın"]},
            "scale": {"1000000": ["milyon~"]},
            "currency": {"dollar": ["dolar~"]},
            "bound": {"at_most_after_of": ["altına"]},
        },
    )

    found = find_figures("9 milyon dolardan 7 milyonın altına", lexicon)

    assert [(figure.low, figure.high) for figure in found] == [
        (9_000_000, 9_000_000),
        (None, 7_000_000),
    ]


def test_money_stands_behind_its_number_said_twice() -> None:
    figures = find_figures("2.500.000 (iki buçuk milyon) dolar", LEXICON)

    assert [figure.low for figure in figures] == [2_500_000]
