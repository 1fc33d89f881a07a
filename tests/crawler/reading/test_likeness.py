"""Deals are worded otherwise than other news; what is not known of wording is not guessed."""

from __future__ import annotations

import pytest

from config.load import load_likeness
from crawler.reading.likeness import Likeness, cut, digest_of, opening, worth
from crawler.reading.read import build_reader, read_article
from crawler.reading.weights import LIKENESS

TABLE = "en\t-1.00\t2.00\n\n-2 6\tcar ▁s\n8 0\t▁fund ing\n".encode()
SMALL = Likeness(TABLE, digest=digest_of(TABLE))


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    return Likeness(load_likeness(), digest=LIKENESS)


def test_the_table_is_the_one_that_the_weights_were_fitted_with(likeness: Likeness) -> None:
    assert likeness.is_known


# No word of the lexicons of ours is needed: these are worded as such news is.
@pytest.mark.parametrize(
    ("language", "deal", "other"),
    [
        ("en", "Startup lands fresh capital from backers", "Shares slump as profit disappoints"),
        ("de", "Gründer holen frisches Kapital von Geldgebern", "Aktie fällt nach Quartalsverlust"),
        ("fr", "La jeune pousse boucle un tour de table", "L'action chute après les résultats"),
        ("es", "La firma emergente capta capital fresco", "La acción se hunde tras los resultados"),
        ("ru", "Стартап получил деньги инвесторов", "Акции упали после отчёта о прибыли"),
        ("zh", "初创公司获投资机构注资", "财报不及预期股价大跌"),
        ("ja", "新興企業が投資家から資金調達", "決算を受け株価が急落"),
        ("ko", "스타트업이 투자자로부터 투자 유치", "실적 부진에 주가 급락"),
    ],
)
def test_deals_are_worded_otherwise(
    likeness: Likeness, language: str, deal: str, other: str
) -> None:
    said, against = (
        sum(likeness.of(text, language, names_ai=names_ai) for names_ai in (True, False))
        for text in (deal, other)
    )

    assert said > against


def test_a_language_that_the_table_does_not_know_says_nothing(likeness: Likeness) -> None:
    assert [likeness.of("funding", name) for name in ("fa", "he", "hi", "xx", None)] == [0.0] * 5


def test_a_word_is_cut_into_the_longest_pieces() -> None:
    pieces = {"▁": 1, "▁a": 2, "▁ab": 3, "b": 4, "cd": 5}

    found = {text: list(cut(text, pieces)) for text in ("abcd", "abb  a", "b", "az?b", "")}

    assert found == {"abcd": [3, 5], "abb  a": [3, 4, 2], "b": [1, 4], "az?b": [2, 4], "": []}


def test_an_article_says_the_mean_of_its_pieces_the_more_the_more_there_are() -> None:
    assert worth(0) == 0 < worth(1) < worth(30) == 0.5 < worth(10_000) < 1

    assert SMALL.of("funding", "en") == round(3.0 * worth(2), 2)  # 4 and 4, and -1 before them
    assert SMALL.of("funding scar", "en") == round(0.5 * worth(4), 2)  # 4, 4, -1, -1
    assert SMALL.of("fund " * 9, "en") == round(3.0 * worth(9), 2)
    assert SMALL.of("…", "en") == 0.0


def test_a_piece_says_another_thing_where_ai_is_not_named() -> None:
    assert SMALL.of("scar", "en") == round(-2.0 * worth(2), 2)
    assert SMALL.of("scar", "en", names_ai=False) == round(5.0 * worth(2), 2)


@pytest.mark.parametrize(
    ("language", "name", "share"),
    [("en", "fund", 1.0), ("en", "ing fund", 1.0), ("en", "Zorvex fund", 0.5), ("en", "funding", 0),
     ("en", "", 0), ("he", "fund", 0), (None, "fund", 0)],
)  # fmt: skip
def test_a_word_that_is_one_piece_is_in_everyday_use(
    language: str | None, name: str, share: float
) -> None:
    assert SMALL.everyday(name, language) == share


def test_numbers_and_what_follows_the_lead_are_not_looked_at(likeness: Likeness) -> None:
    text = "Startup lands {} from backers. " + "More of the same follows here. " * 20
    ends = ["$4", "$65,000", "$1.25"]

    said = {likeness.of(text.format(end) + "Funding round! " * 5, "en") for end in ends}

    assert said == {likeness.of(text.format("$7"), "en")}


@pytest.mark.parametrize(
    "dateline",
    [
        "LONDON, Nov 24 (Reuters) - ",
        "SINGAPORE – ",
        "(ANSA) - ROMA, 24 NOV - ",
        "الرياض (رويترز) - ",
        "МОСКВА, 24 ноя - ",
        "(서울=연합뉴스) 홍길동 기자 = ",
        "【東京共同】",
    ],
)
def test_a_dateline_is_not_looked_at(dateline: str) -> None:
    assert opening(f"Title\n\n{dateline}Velmora", "en") == opening("Title\n\nVelmora", "en")


def test_a_sentence_with_a_dash_is_no_dateline() -> None:
    text = "Title\n\nVelmora's new fund - its third - is closed"

    assert opening(text, "en") == text


@pytest.mark.parametrize("data", [b"", b"broken", TABLE[:-3], TABLE + b"\n"])
def test_any_other_table_says_nothing(data: bytes) -> None:
    other = Likeness(data, digest=digest_of(TABLE))

    assert not other.is_known
    assert other.of("funding", "en") == 0.0


def test_the_reason_says_it_in_words(reader, article) -> None:
    story = article(
        "Office tower sold to an AI firm for $310 million",
        "The glass tower in the old docks was sold on Monday.",
    )
    plain = build_reader(reader.words, (), digest="test")

    said = [reason.text for reason in read_article(story, reader).reasons]

    assert any(text.startswith("its wording is unlike ") for text in said), said
    assert not plain.likeness.is_known
    assert plain.lexicon_hash != reader.lexicon_hash
