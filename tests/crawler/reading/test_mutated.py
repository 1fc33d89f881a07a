"""No text stops the reading: stories with signs lost or put in, or in a wrong language."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from crawler.reading.read import Reader, read_article
from scheduler.filters import article_of
from tests.crawler.reading.labelled import load_stories

SIGNS = (
    *" \n\t\u00a0\u200b\u200f\u3000\u0301\u00ad-—()«»\"'。.,،019٣$€%İßﬁ🙂",
    *("  ", "\n\n", "AI", " 10 ", "…"),
)


def _mutated(chance: random.Random, text: str) -> str:
    signs = list(text)
    for _ in range(chance.choice((0, 1, 3, 10, 40))):
        at = chance.randrange(len(signs) + 1)
        end = at + chance.randrange(30)
        what = chance.randrange(5)
        if what == 0:
            del signs[at : at + 1]
        elif what == 1:
            del signs[at:end]
        elif what == 2:
            signs[at:at] = signs[at:end]
        else:
            signs.insert(at, chance.choice(SIGNS))
    blank = chance.choice((" ", " ", " ", " ", "  ", "\n", "\u00a0", "\u3000", ""))
    return "".join(signs).replace(" ", blank)


def _story(chance: random.Random, stories: Sequence[dict[str, Any]]) -> dict[str, Any]:
    story = chance.choice(stories)
    behind = chance.choice(("", "", "", "\n\n" + chance.choice(stories)["text"]))
    return {
        **story,
        "lang": chance.choice((story["lang"], story["lang"], chance.choice(stories)["lang"])),
        "title": _mutated(chance, chance.choice((story["title"], story["title"], ""))),
        "text": _mutated(chance, chance.choice((story["text"], story["text"], "")) + behind),
    }


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 600), pytest.param(2, 30_000, marks=pytest.mark.slow)]
)
def test_no_text_stops_the_reading(seed: int, count: int, reader: Reader) -> None:
    chance = random.Random(seed)
    stories = list(load_stories("told"))
    for _ in range(count):
        article = article_of(_story(chance, stories))

        reading = read_article(article, reader)

        for claim in reading.claims:
            assert 0 <= claim.start < len(article.text)
            assert all(party.name.strip() for party in claim.parties), claim
