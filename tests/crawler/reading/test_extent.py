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


def test_other_news_lends_the_story_no_currency(
    reader: Reader, article: Callable[..., Article]
) -> None:
    """A bare dirham is the Emirates', unless the text speaks of Morocco."""
    title = "«نوران للحوسبة» تبني مجمعاً للذكاء الاصطناعي في أبوظبي بـ3.67 مليار درهم"
    story = "أعلنت «نوران للحوسبة» استثمار 3.67 مليار درهم في مركز بيانات للذكاء الاصطناعي بأبوظبي."
    other = [
        "قالت وزارة الفلاحة المغربية إن محصول الحبوب هذا العام سيكون أقل من المتوسط.",
        "وافتتح في الدار البيضاء معرض للكتاب يستمر أسبوعين ويشارك فيه ناشرون من عشرين بلداً.",
        "وأعيد فتح الطريق بين فاس ومكناس بعد أعمال صيانة كلفت 65 مليون درهم مغربي ودامت عاماً.",
    ] * 8

    reading = read_article(
        article(title, "\n".join([*other, story, *other]), language="ar"), reader
    )

    assert {claim.figure.currency for claim in reading.claims if claim.figure} == {"AED"}


def test_a_name_in_other_news_is_no_beginning(
    reader: Reader, article: Callable[..., Article]
) -> None:
    """It begins with the sentence that is likest to its title, not with the first like it."""
    chance = "Velmora is a village by the old harbour, too, and its road was closed for repairs."

    alone = _read(reader, article, STORY)
    amid = _read(reader, article, chance, *OTHER, STORY, *OTHER)

    assert amid.margin == alone.margin


PLAIN = "He walked along the rows of trees and told how the company had begun in a shed one winter."


@pytest.mark.parametrize(
    ("title", "lead", "end"),
    [
        pytest.param(
            "Velmora raises $40m to pick apples",
            "Velmora has raised $40m in a Series A round led by Ondrello Capital, it said.",
            "Velmora, which builds AI models for robots, says that $40m will last for two years.",
            id="only the end speaks of AI",
        ),
        pytest.param(
            "A quiet revolution in the orchard",
            "Velmora has raised $40m for its robots in a round led by Ondrello Capital, it said.",
            "For the growers, a quiet revolution in the orchard has begun with robots and a model.",
            id="a teaser",
        ),
    ],
)
def test_a_long_story_keeps_its_lead(
    title: str, lead: str, end: str, reader: Reader, article: Callable[..., Article]
) -> None:
    text = "\n".join([lead, *[f"{PLAIN} It was year {number}." for number in range(12)], end])

    reading = read_article(article(title, text), reader)

    assert not any(one.code == "left_out" for one in reading.reasons)
    assert _sums(reading) == {40_000_000}


def test_a_page_without_a_title_is_read_from_its_top(
    reader: Reader, article: Callable[..., Article]
) -> None:
    reading = read_article(article("", "\n\n".join([STORY, *OTHER])), reader)

    assert _sums(reading) == {140_000_000}


def test_a_body_that_repeats_the_title_is_a_body(
    reader: Reader, article: Callable[..., Article]
) -> None:
    reading = read_article(article(TITLE, TITLE), reader)

    assert not any(one.code == "left_out" for one in reading.reasons)


def test_a_sum_that_names_no_currency_is_read_amid_other_news(
    reader: Reader, article: Callable[..., Article]
) -> None:
    title = "Velmora, l'intelligenza artificiale che parla dialetto"
    story = (
        "Velmora, che sviluppa intelligenza artificiale, ha chiuso un round di finanziamento con "
        "40 milioni."
    )
    other = [
        "Il porto ha riaperto dopo una settimana di burrasca e i traghetti sono partiti in orario.",
        "Il ponte sul fiume sarà ricostruito entro il prossimo autunno, ha detto il sindaco ieri.",
    ] * 7

    reading = read_article(article(title, "\n".join([*other, story]), language="it"), reader)

    assert _sums(reading) == {40_000_000}


def test_every_figure_stands_where_the_article_prints_it(
    reader: Reader, article: Callable[..., Article]
) -> None:
    """Those of other news are figures of the page, too."""
    page = article(TITLE, "\n\n".join([*OTHER, STORY, *OTHER]))

    figures = read_article(page, reader).figures

    assert [page.text[one.start : one.end] for one in figures] == [one.text for one in figures]
    assert {140_000_000, 90_000_000, 65_000_000} <= {one.low for one in figures}
