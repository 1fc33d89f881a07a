"""Whole stories: what an article says, from its text to its claims."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.model import Article, Claim, Reading, Role, Side, Stage
from crawler.reading.read import Reader, headline, read_article

STORIES = Path(__file__).parent / "stories"


def stories() -> list[Any]:
    return [
        pytest.param(story, path.stem.rsplit("_", 1)[1], id=f"{path.stem}: {story['id']}")
        for path in sorted(STORIES.glob("*.yaml"))
        for story in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    ]


def amount(text: str) -> Decimal | None:
    return None if text in ("null", "") else Decimal(text)


def name_of(claim: Claim, side: Side) -> list[str]:
    return [party.id or party.name for party in claim.parties if party.side is side]


def told(claim: Claim) -> dict[str, object]:
    figure = claim.figure
    return {
        "kind": claim.role.value,
        "stage": claim.stage.value,
        "low": figure.low if figure else None,
        "high": figure.high if figure else None,
        "currency": figure.currency if figure else None,
        "period": str(claim.period) if claim.period else None,
        "changed": claim.says_changed,
        "recipient": next(iter(name_of(claim, Side.RECIPIENT)), None),
        "investors": name_of(claim, Side.INVESTOR),
    }


def wanted(deal: dict[str, Any]) -> dict[str, object]:
    want: dict[str, object] = dict(deal)
    for side in ("low", "high"):
        if side in deal:
            want[side] = amount(deal[side])
    if "changed" in deal:
        want["changed"] = deal["changed"] == "true"
    if deal.get("recipient") == "null":
        want["recipient"] = None
    return want


def claims_of(reading: Reading, value: str) -> list[Claim]:
    number = Decimal(value)
    return [c for c in reading.claims if c.figure and number in (c.figure.low, c.figure.high)]


@pytest.mark.parametrize(("story", "language"), stories())
def test_story(
    story: dict[str, Any], language: str, reader: Reader, article: Callable[..., Article]
) -> None:
    told_at = story.get("date", "2025-06-01")
    page = article(story["title"], story.get("body", ""), language=language, on=told_at)

    reading = read_article(page, reader)
    claim = headline(reading)

    assert reading.ai_investment is (story["ai"] == "true")
    if "deal" not in story:
        assert claim is None
    else:
        assert claim is not None
        want = wanted(story["deal"])
        assert {key: told(claim)[key] for key in want} == want
    for value, place in story.get("parts", {}).items():
        parts = [c for c in claims_of(reading, value) if c.role is Role.PART_OF and c.main]
        assert [part.place for part in parts] == [place]
    for value, role in story.get("others", {}).items():
        others = claims_of(reading, value)
        assert not any(other.main for other in others)
        if role != "mentioned":
            assert len(others) == 1
            assert others[0].role.value in role.split("|")


def test_same_text_gives_same_reading(reader: Reader, article: Callable[..., Article]) -> None:
    page = article("Meta to spend $65bn on AI this year", "It said so on Friday.")

    assert read_article(page, reader) == read_article(page, reader)


def test_every_span_points_at_its_text(reader: Reader, article: Callable[..., Article]) -> None:
    page = article("ميتا تنفق ٦٥ مليار دولار", "على الذكاء الاصطناعي في 2025.", language="ar")

    reading = read_article(page, reader)

    assert reading.claims
    for claim in reading.claims:
        assert page.text[claim.start :].startswith(claim.sentence)
        if claim.figure is not None:
            assert page.text[claim.figure.start :].startswith(claim.figure.text)


def test_language_without_lexicon_gives_a_reason(
    reader: Reader, article: Callable[..., Article]
) -> None:
    reading = read_article(article("Chat", "…", language="sw"), reader)

    assert not reading.claims
    assert [reason.code for reason in reading.reasons] == ["no_lexicon"]


def test_language_is_seen_by_its_script(reader: Reader, article: Callable[..., Article]) -> None:
    page = article("«سحابة» للذكاء الاصطناعي تجمع 5 ملايين دولار", language=None)

    assert read_article(page, reader).language == "ar"


def test_denial_takes_the_deal_back(reader: Reader, article: Callable[..., Article]) -> None:
    page = article(
        "Samsung denies plan to buy AI firm Querion for $9 billion",
        "Samsung said it is not in talks to acquire Querion, an AI search company.",
    )

    reading = read_article(page, reader)

    assert not reading.ai_investment
    assert [(c.role, c.stage) for c in reading.claims if c.main] == [
        (Role.ACQUISITION, Stage.DENIED)
    ]


def test_no_deal_has_no_main_claim(reader: Reader, article: Callable[..., Article]) -> None:
    page = article("Bakery chain raises $40 million", "It will open 20 shops with the money.")

    assert not any(claim.main for claim in read_article(page, reader).claims)


def test_primary_source_marks_its_claims(reader: Reader, article: Callable[..., Article]) -> None:
    page = article("Novaris AI raises $40 million", "Novaris AI, a maker of AI agents, closed it.")

    reading = read_article(page, reader, primary=True)

    assert reading.claims
    assert all(claim.primary for claim in reading.claims)


HOSTILE = {
    "empty": "",
    "only marks": "؟!«»\u202e\u2066\u0000" * 500,
    "one endless word": "a" * 200_000,
    "a wall of digits": "9" * 100_000 + " billion dollars",
    "a thousand sums": "AI firm Foo raised $5 million. " * 1000,
    "quotes that never close": "«" * 5_000 + "ذكاء اصطناعي",
    "nested brackets": "(" * 20_000 + "$5bn" + ")" * 20_000,
    "half of a pair": "AI \ud800 raises $5m",
    "capitals only": "RAISES $5 BILLION AI " * 2_000,
    "harakat": "ذَ" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_never_raises(
    text: str, reader: Reader, article: Callable[..., Article]
) -> None:
    for language in ("ar", "en", "fr"):
        read_article(article(text[:300], text, language=language), reader)
