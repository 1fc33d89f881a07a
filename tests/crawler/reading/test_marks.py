"""The words right beside a name, in each way of writing."""

from __future__ import annotations

import pytest

from crawler.reading.marks import build_marks, find_marks
from crawler.text.fold import fold

MARKS = build_marks(
    [
        ("before.in", "in"),
        ("before.kind", "start-up"),
        ("before.kind", "-firma"),
        ("before.of", "d'"),
        ("before.kind", "شركة"),
        ("before.in", "位于"),
        ("before.kind", "株式会社"),
        ("before.named", "called"),
        ("before.fund", "fund called"),
        ("after.named", "という"),
        ("after.obj", "を"),
        ("after.obj", "을"),
        ("after.subj", "이"),
        ("after.kind", "GmbH"),
        ("after.from", "की अगुवाई"),
        ("after.of", "'s"),
        ("glued.to", "ל"),
    ]
)
# text, name, what stands beside it says
TEXTS = {
    "a word before": ("AI start-up Tessaly raises", "Tessaly", ["kind"]),
    "a part of a word is no word": ("Berlin Tessaly raises", "Tessaly", []),
    "the last part of a word before": ("die Sprachfirma Elbquarz sammelt", "Elbquarz", ["kind"]),
    "an elision": ("le rachat d'Opaline par Nérac", "Opaline", ["of"]),
    "in quotes": ("جمعت شركة «تسالي» المال", "تسالي", ["kind"]),
    "in single quotes": ("شركة 'تسالي' المال", "تسالي", ["kind"]),
    "a Korean particle behind quotes": ("이름은 '가람소프트'을 인수", "가람소프트", ["obj"]),
    "a word behind": ("die Elbquarz GmbH sammelt", "Elbquarz", ["kind"]),
    "an owner": ("Oakmere's Tessaly unit", "Oakmere", ["of"]),
    "Chinese, unspaced": ("公司位于嘉兴的工厂", "嘉兴", ["in"]),
    "Japanese, both sides": ("株式会社ユメミチを買収", "ユメミチ", ["kind", "obj"]),
    "a Korean particle": ("가람소프트을 인수", "가람소프트", ["obj"]),
    "no particle but a word": ("가람소프트 이번 주", "가람소프트", []),
    "no particle but the name's end": ("가람이슬 대표", "가람", []),
    "two Hindi words": ("ओकमीर की अगुवाई में", "ओकमीर", ["from"]),
    "a Hebrew letter before": ("השקעה לטכנילב הושלמה", "טכנילב", ["to"]),
    "a Hebrew letter that may be the name's": ("השקעה לטכנילב", "לטכנילב", ["maybe_to"]),
    "a naming word": ("The venture is called Tessaly", "Tessaly", ["named"]),
    "a longer word that names": ("a fund called Tessaly", "Tessaly", ["fund", "named"]),
    "a naming word behind": ("社名は「ユメミチ」という", "ユメミチ", ["named"]),
    "an apposition": ("Tessaly, of Lyon", "Tessaly", ["apposed"]),
}


@pytest.mark.parametrize(("text", "name", "said"), TEXTS.values(), ids=TEXTS)
def test_words_beside_a_name(text: str, name: str, said: list[str]) -> None:
    folded, word = fold(text), fold(name)
    start = folded.index(word)

    assert [*find_marks(folded, start, start + len(word), MARKS, 0, len(folded))] == said


def test_marks_end_with_the_sentence() -> None:
    text = fold("start-up Tessaly")

    assert [*find_marks(text, 9, 16, MARKS, 9, 16)] == []
