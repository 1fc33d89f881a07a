"""Unknown words where letters have no capitals: runs between known ones, and what stands again."""

from __future__ import annotations

import pytest

from crawler.reading.strangers import find_strangers, is_inside_word
from crawler.text.fold import fold, fold_spans

TEXTS = {
    "Hebrew, told twice": (
        "מיסטרל הצרפתית קרובה לגייס",
        "מיסטרל תגייס הון.",
        {"קרובה", "לגייס"},
        ["מיסטרל הצרפתית", "מיסטרל"],
    ),
    "Chinese, up to a particle": (
        "云禾智能完成融资",
        "云禾智能的创始人说",
        {"完成", "融资"},
        ["云禾智能"],
    ),
    "Japanese, before its particle": ("コトハは資金を調達", "", {"資金", "調達"}, ["コトハ"]),
    "a made word of which a part is known": (
        "רפאל קונה את גשר־מודל",
        "",
        {"קונה", "את", "מודל"},
        ["רפאל", "גשר־מודל"],
    ),
    "both of whose parts are known": ("גשר־מודל", "", {"גשר", "מודל"}, []),
    "AI behind a Korean name": ("샘터AI 투자 유치", "", {"AI", "투자", "유치"}, ["샘터AI"]),
    "a number behind a Hindi name": ("गंगा7 में निवेश", "", {"में", "निवेश"}, ["गंगा7"]),
    "Latin letters have capitals": ("mistral raises money", "", {"raises"}, []),
    "nothing unknown": ("תגייס הון", "", {"תגייס", "הון"}, []),
}


@pytest.mark.parametrize(("title", "body", "known", "found"), TEXTS.values(), ids=TEXTS)
def test_strangers_are_runs_of_unknown_words(
    title: str, body: str, known: set[str], found: list[str]
) -> None:
    folded = fold_spans(f"{title}\n{body}")
    taken = [
        (at, at + len(fold(word)))
        for word in known
        if (at := folded.text.find(fold(word), 0, len(title))) >= 0
    ]

    runs = find_strangers(folded, [(0, len(title))], taken, frozenset())

    assert [folded.text[start:end] for start, end in runs] == [fold(name) for name in found]


def test_two_blanks_are_no_name() -> None:
    folded = fold_spans("창업자 양즈린은\u00a0 임직원에게 \u3000보낸 글")

    runs = find_strangers(folded, [(0, len(folded.text))], [], frozenset({"임직원", "보낸"}))

    assert all(folded.text[start:end].strip() for start, end in runs)
    assert "창업자 양즈린" in [folded.text[start:end] for start, end in runs]


INSIDE = {
    "an offer in a Japanese name": ("創薬AIのフロンテオファーマ、上場", "オファー", True),
    "the end of a Japanese name": ("文書AIのシオリネット、上場", "ネット", True),
    "a Japanese word by itself": ("このオファーは", "オファー", False),
    "a quiz in a Korean name": ("업체 스퀴즈비츠를 인수", "퀴즈", True),
    "a robot in a Korean name": ("클로봇이 발행", "로봇", True),
    "a Korean word with its particle": ("로봇이 간다", "로봇", False),
    "a Latin word": ("Axe-Neuf lève", "Neuf", False),
}


@pytest.mark.parametrize(("text", "word", "inside"), INSIDE.values(), ids=INSIDE)
def test_a_known_word_may_be_only_letters_of_another(text: str, word: str, inside: bool) -> None:
    start = text.index(word)

    assert is_inside_word(text, start, start + len(word)) == inside
