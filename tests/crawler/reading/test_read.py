"""Whole stories: what an article says, from its text to its claims."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.model import Company
from crawler.model import Article, Claim, Evidence, Published, Reading, Role, Side
from crawler.reading.read import Reader, build_reader, headline, read_article

HOUSE = Path(__file__).parents[3]
STORIES = Path(__file__).parent / "stories"
LANGUAGES = ("ar", "en", "fr")


def load(path: Path) -> Any:
    """YAML as the house reads it: text stays text."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


@pytest.fixture(scope="session")
def reader() -> Reader:
    companies = load(HOUSE / "config/companies.yaml")["companies"]
    return build_reader(
        {name: load(HOUSE / f"config/lexicon/{name}.yaml") for name in LANGUAGES},
        [Company(**company) for company in companies],
    )


def stories() -> list[Any]:
    return [
        pytest.param(story, path.stem.rsplit("_", 1)[1], id=f"{path.stem}: {story['id']}")
        for path in sorted(STORIES.glob("*.yaml"))
        for story in load(path)
    ]


def article(story: dict[str, Any], language: str) -> Article:
    at = datetime.fromisoformat(story.get("date", "2025-06-01")).replace(tzinfo=UTC)
    return Article(
        url=f"https://news.example/{story['id']}",
        source_id=None,
        title=story["title"],
        body=story.get("body", ""),
        language=language,
        published=Published(at=at, evidence=Evidence.FEED),
        fetched_at=at,
    )


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
def test_story(story: dict[str, Any], language: str, reader: Reader) -> None:
    reading = read_article(article(story, language), reader)
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
