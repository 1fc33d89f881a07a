"""Years as a lexicon writes them, and as a text of some day prints them."""

from datetime import date

import pytest

from crawler.reading.years import mark_years, spell_years

PRINTED = {
    "a past year": ("fr", "en 2024", "en <past>", True),
    "last year": ("fr", "en 2025", "en <past>", True),
    "this year is not past": ("fr", "en 2026", "en <past>", False),
    "this year": ("ru", "на 2026 год", "на <this> год", True),
    "next year": ("tr", "2027'de", "<next>'de", True),
    "next year is later": ("en", "by 2027", "by <later>", True),
    "a far year is later": ("en", "by 2035", "by <later>", True),
    "a far year is not the next": ("en", "by 2035", "by <next>", False),
    "of two digits, a business year": ("ja", "27年3月期", "<'next>年3月期", True),
    "ten years are no year": ("ja", "26年間", "<'this>年", False),
    "of the Iranian calendar": ("fa", "سال 1405", "سال <this>", True),
    "the same number elsewhere is no year": ("ar", "سال 1405", "سال <this>", False),
    "a share": ("en", "in 2026%", "in <this>", False),
    "a sum": ("en", "$2026", "$<this>", False),
}


@pytest.mark.parametrize(
    ("language", "text", "term", "is_it"), PRINTED.values(), ids=PRINTED.keys()
)
def test_a_year_is_found_by_its_distance(language: str, text: str, term: str, is_it: bool) -> None:
    marked = mark_years(text, date(2026, 11, 25), language=language)

    assert len(marked) == len(text)
    assert any(spelt in marked for spelt in spell_years(term)) is is_it


def test_the_iranian_year_begins_in_spring() -> None:
    (this,) = spell_years("<this>")

    assert mark_years("1404", date(2026, 3, 20), language="fa") == this
    assert mark_years("1405", date(2026, 3, 21), language="fa") == this
