"""A page may hold more than its story."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article, Reading
from crawler.reading.read import Reader, read_article

TITLE = "Velmora raises $140 million to train robots"
STORY = (
    "Velmora, which builds AI models for robots, raised $140 million in a Series B round led by "
    "Ondrello Capital on Tuesday."
)
OTHER = [
    "The harbour of Quillmere opened again after a week of storms, and the ferries left on time.",
    "A bakery on Long Street was sold for $90 million, twice what it had cost five years ago.",
    "Farmers in the valley expect a poor harvest; the price of apples rose by a tenth in a month.",
    "The city will rebuild the bridge for $65 million, and the works shall last until next autumn.",
    "Sales at the shoe shop fell by four percent, its owner said, and he will close two branches.",
] * 3


def _read(reader: Reader, article: Callable[..., Article], *paragraphs: str) -> Reading:
    return read_article(article(TITLE, "\n\n".join(paragraphs)), reader)


def _sums(reading: Reading) -> set[object]:
    return {claim.figure.low for claim in reading.claims if claim.figure}


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((STORY, *OTHER), id="behind"),
        pytest.param((*OTHER, STORY), id="before"),
        pytest.param((*OTHER, STORY, *OTHER), id="around"),
        pytest.param((" ".join([STORY, *OTHER]),), id="in one paragraph"),
    ],
)
def test_a_story_is_read_alike_whatever_stands_round_it(
    paragraphs: tuple[str, ...], reader: Reader, article: Callable[..., Article]
) -> None:
    alone, amid = _read(reader, article, STORY), _read(reader, article, *paragraphs)

    assert alone.ai_investment
    assert amid.margin == alone.margin
    assert [one.code for one in amid.reasons if one not in alone.reasons] == ["left_out"]
    assert _sums(amid) == _sums(alone) == {140_000_000}


def test_the_story_goes_on_behind_a_digression(
    reader: Reader, article: Callable[..., Article]
) -> None:
    more = "Velmora was last valued at $900 million."

    reading = _read(reader, article, STORY, *OTHER[:4], more, *OTHER)

    assert 900_000_000 in _sums(reading)


def test_a_few_lines_are_no_other_text(reader: Reader, article: Callable[..., Article]) -> None:
    """A story's own end often names nobody either."""
    reading = _read(reader, article, STORY, "It will spend $20 million of that on a new plant.")

    assert 20_000_000 in _sums(reading)


@pytest.mark.parametrize(
    "above",
    [
        pytest.param((TITLE,), id="the title again"),
        pytest.param(("By Jane Doe", "24 November 2026", "4 min read"), id="who wrote it, when"),
    ],
)
def test_lines_above_the_story_are_no_lead(
    above: tuple[str, ...], reader: Reader, article: Callable[..., Article]
) -> None:
    alone, below = _read(reader, article, STORY), _read(reader, article, *above, STORY)

    assert below.reasons[-1].code == "left_out"
    assert _sums(below) == _sums(alone)
    assert abs((below.margin or 0) - (alone.margin or 0)) < 1


def test_a_body_of_marks_alone_is_read(reader: Reader, article: Callable[..., Article]) -> None:
    assert not read_article(article("9ي", "\n\u064b\u064b", language="ar"), reader).claims
