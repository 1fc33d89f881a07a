"""A name is found whole: no piece of it, and nothing that only stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.reading.candidates import find_candidates
from crawler.reading.letters import OF_PLACE, Letters
from crawler.reading.scan import Scan
from crawler.reading.spans import Span, find_edges, whole_name
from crawler.text.fold import fold

Scanned = Callable[..., Scan]


def place_of(scan: Scan, piece: str) -> Span:
    start = scan.folded.text.index(fold(piece))
    return start, start + len(fold(piece))


def edges(scan: Scan, piece: str, name: str) -> str:
    """What `piece` becomes where exactly the words of `name` belong to it."""
    first, last = place_of(scan, name)

    def belongs(_: set[int], word: Span, __: bool) -> bool:
        return first <= word[0] and word[1] <= last

    return scan.printed(*find_edges(scan, scan.sentences[0], *place_of(scan, piece), belongs))


@pytest.mark.parametrize(
    ("title", "language", "piece", "name"),
    [
        ("Brava puts $2bn into Porto AI City, it says", "en", "City", "Porto AI City"),
        ("Brava puts $2bn into Porto AI City, it says", "en", "Porto", "Porto AI City"),
        (
            "German unicorn Velmora Robotics raises $2bn",
            "en",
            "unicorn Velmora",
            "Velmora Robotics",
        ),
        ("200億円を調達したヒカリ・システムズ", "ja", "システムズ", "ヒカリ・システムズ"),
        ("투자를 받은 벨모라가 밝혔다", "ko", "벨모라가", "벨모라"),
        ("השקעה חדשה בעקבה השבוע", "he", "בעקבה", "עקבה"),
    ],
)
def test_a_piece_grows_and_what_is_none_of_it_is_taken_off(
    scanned: Scanned, title: str, language: str, piece: str, name: str
) -> None:
    assert edges(scanned(title, language), piece, name) == name


def test_a_name_ends_with_its_sentence(scanned: Scanned) -> None:
    scan = scanned("Brava puts $2bn into Porto", body="City fathers are glad.")
    asked: list[Span] = []

    find_edges(
        scan,
        scan.sentences[0],
        *place_of(scan, "Porto"),
        lambda _, word, __: not asked.append(word),
    )

    assert max(last for _, last in asked) <= scan.sentences[0].end


def test_something_is_left_where_no_word_seems_to_belong(
    scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = scanned("Brava puts $2bn into Porto AI City")
    place = place_of(scan, "Porto AI City")
    monkeypatch.setattr(Letters, "odds", lambda *_: -4.0)

    assert whole_name(scan, scan.sentences[0], *place) == place


def test_a_name_told_without_end_is_looked_at_a_few_hundred_times(scanned: Scanned) -> None:
    scan = scanned("声境智能" * 2000 + "获得5亿元人工智能", "zh", "声境智能云端" * 10_000)

    found = find_candidates(scan, scan.sentences)

    assert 0 < sum(len(one.places) for one in found) < 4_000


def test_without_its_table_every_name_stays_as_it_was_found(scanned: Scanned) -> None:
    scan = replace(scanned("Brava puts $2bn into Porto AI City"), around=Letters(OF_PLACE))
    place = place_of(scan, "City")

    assert whole_name(scan, scan.sentences[0], *place) == place
