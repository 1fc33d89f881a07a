"""Deals and their kinds are told by the words' letters; any other table says nothing."""

from __future__ import annotations

import pytest

from config.load import load_letters
from crawler.model import Role
from crawler.reading.letters import (
    DEAL,
    OF_TEXT,
    PLACES,
    UNIT,
    Letters,
    kind_sign,
    kind_signs_of,
    runs,
)
from crawler.reading.likeness import digest_of
from crawler.reading.weights import LETTERS


def made_of(**scores: int) -> Letters:
    """Letters of which each run, under the name of what it speaks for, says `scores`."""
    tables = {name: bytearray(PLACES) for name in OF_TEXT}
    for name, score in scores.items():
        for at in runs(f"{name}word", "en"):
            tables[name][at] = score
    data = b"".join(tables.values())
    return Letters(OF_TEXT, data, digest=digest_of(data))


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters(OF_TEXT, load_letters(), digest=LETTERS)


def test_the_table_is_the_one_that_the_weights_were_fitted_with(letters: Letters) -> None:
    assert letters.is_known


# Most of these words stand in no lexicon of ours.
@pytest.mark.parametrize(
    ("language", "deal", "other"),
    [
        ("en", "Startup lands fresh capital from backers", "Shares slump as profit disappoints"),
        ("de", "Gründer holen frisches Kapital von Geldgebern", "Aktie fällt nach Quartalsverlust"),
        ("ar", "شركة ناشئة تجمع تمويلا من مستثمرين", "السهم يهبط بعد نتائج مخيبة"),
        ("fa", "استارتاپ جذب سرمایه کرد", "سهام پس از زیان فصلی افت کرد"),
        ("he", "הסטארט-אפ גייס הון ממשקיעים", "המניה צנחה אחרי דוחות מאכזבים"),
        ("hi", "स्टार्टअप ने निवेशकों से पूंजी जुटाई", "तिमाही घाटे के बाद शेयर लुढ़का"),
        ("zh", "初创公司获投资机构注资", "财报不及预期股价大跌"),
        ("ko", "스타트업이 투자자로부터 투자 유치", "실적 부진에 주가 급락"),
    ],
)
def test_deals_are_told_in_other_words(
    letters: Letters, language: str, deal: str, other: str
) -> None:
    assert letters.says(DEAL, runs(deal, language)) > letters.says(DEAL, runs(other, language))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Role.ACQUISITION, "The maker of pumps takes over a rival and swallows its sixty staff"),
        (Role.DEBT, "Bonds worth three billion were placed with lenders, repayable in ten years"),
        (Role.IPO, "The company filed its prospectus and will list its shares on the exchange"),
        (Role.GRANT, "Research council awards the university's laboratory a grant"),
    ],
)
def test_each_kind_of_deal_has_its_words(letters: Letters, kind: Role, text: str) -> None:
    said = kind_signs_of(letters, runs(text, "en"))

    assert max(said, key=lambda name: said[name]) == kind_sign(kind)


def test_a_text_says_the_sum_of_its_runs_the_more_the_more_there_are() -> None:
    letters, word = made_of(deal=UNIT), runs("dealword", "en")

    assert letters.says(DEAL, word) == pytest.approx(len(word) ** 0.5)
    assert 0 < letters.says(DEAL, word | runs("quixotic", "en")) < letters.says(DEAL, word)
    assert letters.says(DEAL, set()) == 0.0


def test_a_word_counts_once_in_whatever_letters_and_a_number_does_not() -> None:
    assert runs("Dealword, DEALWORD 12.5%", "en") == runs("dealword", "en")
    assert len(runs("ai", "en")) == len(runs("to", None)) == 1
    assert runs("", None) == set()


def test_what_all_kinds_share_speaks_for_none() -> None:
    said = kind_signs_of(made_of(grant=UNIT), runs("grantword", "en"))

    assert sum(said.values()) == pytest.approx(0)
    assert [name for name, one in said.items() if one > 0] == [kind_sign(Role.GRANT)]


def test_what_follows_the_opening_and_the_dateline_are_not_looked_at() -> None:
    text, dateline = "Velmora raises\n\n{}money", "LONDON, Nov 24 (Reuters) - "
    long = "and so on " * 100

    assert runs(text.format(dateline), "en") == runs(text.format(""), "en")
    assert runs(long + "grantword", "en") == runs(long, "en")


@pytest.mark.parametrize("data", [b"", b"broken", bytes(PLACES)])
def test_any_other_table_says_nothing(data: bytes) -> None:
    other = Letters(OF_TEXT, data, digest=LETTERS)

    assert not other.is_known
    assert other.says(DEAL, runs("funding", "en")) == 0.0
    assert set(kind_signs_of(other, runs("funding", "en")).values()) == {0.0}
