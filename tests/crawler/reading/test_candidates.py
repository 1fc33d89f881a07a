"""Whom may an article mean? Names that no capital and no list tells must be among those asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading.candidates import find_candidates
from crawler.reading.scan import Scan

# language, title, body, a name that must be found
FOUND = {
    "behind the title's colon": ("fr", "Lille : Quenouille souffle 8 millions", "", "Quenouille"),
    "opens a sentence": (
        "en",
        "Pilots for tugs",
        "Investors put in $9 million. Tugwright teaches boats to dock themselves.",
        "Tugwright",
    ),
    "owns what follows": ("tr", "Tarlada robot", "Ekinbilir'in robotları büyüyor.", "Ekinbilir"),
    "an everyday word in quotation marks": ("ru", "Стартап «Облако» привлёк 90 млн", "", "Облако"),
    "the same in Arabic": ("ar", "«حكاية» تجمع 9 ملايين دولار", "", "حكاية"),
    "a programme, by what it is for": (
        "en",
        "Cabinet backs national AI strategy with $90m",
        "",
        "AI strategy",
    ),
    "the same in Hindi": ("hi", "केरल में एआई मिशन को 90 करोड़", "", "एआई मिशन"),
    "the same, its head before": (
        "ar",
        "90 مليون دينار لبرنامج الذكاء الاصطناعي",
        "",
        "لبرنامج الذكاء الاصطناعي",
    ),
}
NOT_FOUND = {
    "a known word opens": (
        "en",
        "Robots learn",
        "Yesterday investors put in $9 million.",
        "Yester",
    ),
    "what the AI is for": ("en", "AI for farms gets $9m", "", "AI for"),
}


def _names(scan: Scan) -> list[str]:
    return [one.name.text for one in find_candidates(scan, scan.sentences)]


@pytest.mark.parametrize(("language", "title", "body", "name"), FOUND.values(), ids=FOUND)
def test_it_is_among_those_asked(
    scanned: Callable[..., Scan], language: str, title: str, body: str, name: str
) -> None:
    assert name in _names(scanned(title, language, body))


@pytest.mark.parametrize(("language", "title", "body", "start"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_it_is_not(
    scanned: Callable[..., Scan], language: str, title: str, body: str, start: str
) -> None:
    assert not [name for name in _names(scanned(title, language, body)) if name.startswith(start)]
