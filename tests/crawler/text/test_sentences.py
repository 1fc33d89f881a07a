"""Where sentences end, and where a point does not end one."""

import pytest

from crawler.text.sentences import split_sentences

WHOLE = {
    "a decimal": "It raised $1.5 bn from banks.",
    "a country": "The U.S. Treasury agreed.",
    "an Arabic currency": "دفعت الشركة 5 ملايين د.إ. نقداً أمس.",
    "a company": "Scale Inc. Wednesday said so.",
    "initials": "J. P. Morgan lent the money.",
    "a short form before a small letter": "Das sind 3 Mrd. euro.",
    "a German date": "Am 3. Juni wurde gezahlt.",
    "Russian short forms": "Сумма 5 млрд. Рублей хватит.",
}
APART = {
    "two sentences": ("One came. Two left.", ["One came.", "Two left."]),
    "a year ends one": ("It was 2025. The fund grew.", ["It was 2025.", "The fund grew."]),
    "Arabic question": ("هل تستثمر؟ نعم.", ["هل تستثمر؟", "نعم."]),
    "Japanese": ("増えた。減った。", ["増えた。", "減った。"]),
    "a title and a body": ("Title\n\nBody here.", ["Title", "Body here."]),
    "a closing quote": ('He said "yes." She left.', ['He said "yes."', "She left."]),
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_stays_whole(text: str) -> None:
    assert split_sentences(text) == ((0, len(text)),)


@pytest.mark.parametrize(("text", "parts"), APART.values(), ids=APART)
def test_is_split(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == parts


def test_nothing_has_no_sentences() -> None:
    assert split_sentences(" \n ") == ()
