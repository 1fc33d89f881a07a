"""Two spellings of one word fold to one form, and every letter keeps its place."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.text.fold import fold, fold_spans, is_letter

SAME = {
    "harakat": ("مِلْيَار", "مليار"),
    "tatweel": ("بـ", "ب"),
    "alef": ("أإآٱ", "اااا"),
    "ta marbuta and alef maqsura": ("جولةٌ على", "جوله علي"),
    "Persian letters": ("ملیارد کی", "مليارد كي"),
    "digits of every script": ("٦٥ ۶۵ ६५ ６５", "65 65 65 65"),
    "Latin accents": ("Épargné", "epargne"),
    "decomposed accents": ("e\u0301te\u0301", "ete"),
    "Turkish i": ("İstanbul ı", "istanbul i"),
    "sharp s": ("Straße", "strasse"),
    "dashes": ("60–65 — 70", "60-65 - 70"),
    "spaces": ("60\u00a0bn\u202f", "60 bn "),
    "zero width and bidi": ("a\u200b\u202eb\u2066", "ab"),
    "Korean tildes and middle dots": ("3∼5〜7ㆍ9·1", "3~5~7·9·1"),
    "niqqud": ("שָׁלוֹם", "שלום"),
    "Cyrillic keeps its short i": ("Йод", "йод"),
    "decomposed Hangul": ("\u1100\u1161", "가"),
    "decomposed kana": ("か\u3099", "が"),
    "a footnote is no digit": ("bn²", "bn²"),
    "a half is no fraction of digits": ("2½", "2½"),
}


@pytest.mark.parametrize(("text", "folded"), SAME.values(), ids=SAME)
def test_folds_to(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("\ufb2a")  # a Hebrew letter that is one code point with its dot
@example("a \u00a0 b  ")
def test_both_ways_of_folding_agree_and_offsets_grow(text: str) -> None:
    folded = fold_spans(text)

    assert folded.text == re.sub(" +", " ", fold(text))
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


def test_a_span_takes_the_marks_of_its_last_letter() -> None:
    text = "قال مِلْيَارٌ، ثم"

    folded = fold_spans(text)
    start = folded.text.index("مليار")

    left, right = folded.span(start, start + len("مليار"))
    assert text[left:right] == "مِلْيَارٌ"


def test_a_vowel_sign_is_part_of_its_word() -> None:
    assert [is_letter(each) for each in "की ा5।"] == [True, True, False, True, False, False]
