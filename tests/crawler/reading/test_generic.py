"""Everyday words that are no part of a name: whole, by a part of them, and with particles."""

from __future__ import annotations

import pytest

from crawler.reading.generic import build_generic

GENERIC = build_generic(
    ["runde", "berlin*", "-hersteller", "~חברה", "עסק", "חוזים"], ["ה", "ל", "וה"]
)
WORDS = {
    "as it stands": ("runde", True),
    "a longer word": ("runden", False),
    "by how it begins": ("berliner", True),
    "by how it ends": ("chiphersteller", True),
    "its end alone": ("hersteller", True),
    "a name behind an everyday word": ("herstellerix", False),
    "bare": ("חברה", True),
    "with a particle": ("החברה", True),
    "with two": ("והחברה", True),
    "with letters that are no particle": ("בחברה", False),
    "a particle before a short word that carries none": ("העסק", False),
    "a particle before a long word": ("לחוזים", True),
}


@pytest.mark.parametrize(("word", "is_generic"), WORDS.values(), ids=WORDS)
def test_an_everyday_word(word: str, is_generic: bool) -> None:
    assert (word in GENERIC) is is_generic


def test_nothing_is_everyday_where_no_list_is() -> None:
    assert "runde" not in build_generic([], [])
