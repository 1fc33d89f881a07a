"""Does a capital that every first word has count as none?"""

from __future__ import annotations

import pytest

from crawler.reading.capitals import begins_sentence, stands_inside, stands_small


@pytest.mark.parametrize(
    ("text", "word", "is_inside"),
    [
        ("Loupe raises $3m.", "Loupe", False),
        ("The firm Loupe raises $3m.", "Loupe", True),
        ("Money is in. Loupe has it.", "Loupe", False),
        ("Money: Loupe has it.", "Loupe", False),
        ("He said “ Loupe is ours”.", "Loupe", False),
        ("The firm Loupeworks raises.", "Loupe", False),  # another word
        ("Loupe. In Bath, Loupe is known. All of Loupe", "Loupe", True),
        ("стартап Лупа привлёк", "Лупа", True),
    ],
)
def test_a_word_stands_inside_its_sentence(text: str, word: str, is_inside: bool) -> None:
    assert stands_inside(text, word) is is_inside


@pytest.mark.parametrize(
    ("text", "word", "is_small"),
    [
        ("Proteins fold. The firm models proteins.", "Proteins", True),
        ("Loupe raises.", "Loupe", False),
        ("An antiprotein", "Protein", False),  # not where a word begins
        ("proteins", "Protein", True),  # one that goes on
        ("loupe", "loupe", False),  # it has no capital to lose
    ],
)
def test_a_word_stands_small(text: str, word: str, is_small: bool) -> None:
    assert stands_small(text, word) is is_small


def test_what_begins_a_sentence() -> None:
    text = 'One. "Two three'
    assert begins_sentence(text, 0)
    assert begins_sentence(text, text.index("Two"))
    assert not begins_sentence(text, text.index("three"))
