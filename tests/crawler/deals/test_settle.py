"""Articles in, deals and changes out: one YAML file for each story in timelines/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.model import Rate
from crawler.deals.fold import Told, fold
from crawler.deals.rates import build_rates
from crawler.deals.settle import settle
from crawler.deals.value import build_telling
from crawler.model import (
    Article,
    Claim,
    Deal,
    Evidence,
    Figure,
    Party,
    Period,
    Published,
    Reading,
    Reason,
    Role,
    Side,
    Stage,
    Step,
)
from crawler.text.skeleton import skeleton

TIMELINES = sorted((Path(__file__).parent / "timelines").glob("*.yaml"))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
# What companies.yaml would know; everybody else in the stories is a name and no more.
KNOWN = {"Meta": "meta", "Meta Platforms": "meta", "ميتا": "meta", "میتا": "meta"}
RATES = build_rates(
    [
        Rate.model_validate(
            {"currency": c, "per_usd": value, "on": "2025-02-01", "kind": kind, "source": "a test"}
        )
        for c, value, kind in (("AED", "3.6725", "peg"), ("EUR", "0.8", "ecb"))
    ]
)


def figure(words: str) -> Figure:
    """ "60-65", "over 60", "up to 65 @EUR", in billions."""
    amount, _, currency = words.partition(" @")
    low, _, high = amount.removeprefix("over ").removeprefix("up to ").partition("-")
    return Figure(
        low=None if amount.startswith("up to ") else Decimal(low) * 10**9,
        high=None if amount.startswith("over ") else Decimal(high or low) * 10**9,
        currency=currency or "USD",
        text=words,
        start=0,
    )


def claim(row: Mapping[str, str]) -> Claim:
    parties = [
        Party(name=name, side=side, id=KNOWN.get(name), key=skeleton(name))
        for side, field in ((Side.INVESTOR, "by"), (Side.RECIPIENT, "to"))
        for name in row.get(field, "").split(", ")
        if name
    ]
    first, _, last = row.get("period", "").partition("-")
    return Claim(
        role=Role(row["role"]),
        stage=Stage(row.get("stage", "planned")),
        main=row.get("main") == "true",
        figure=figure(row["says"]) if "says" in row else None,
        restated=tuple(figure(words) for words in row.get("restated", "").split(", ") if words),
        period=Period(first_year=int(first), last_year=int(last or first)) if first else None,
        parties=tuple(parties),
        place=row.get("place"),
        says_changed=row.get("changed") == "true",
        primary=row.get("primary") == "true",
        sentence="a sentence of the story",
        start=0,
        reasons=(Reason(code="correction", text=""),) if row.get("corrects") else (),
    )


def published_of(row: Mapping[str, Any]) -> Published | None:
    if "on" not in row:
        return None
    at = datetime.combine(date.fromisoformat(row["on"]), time(9), UTC)
    return Published(at=at, evidence=Evidence.FEED)


def take_in(number: int, row: Mapping[str, Any], deals: Sequence[Deal]) -> tuple[Step, ...]:
    article = Article(
        url=f"https://news.example/{number}",
        source_id="news",
        title="",
        body="",
        language="en",
        published=published_of(row),
        fetched_at=NOW,
    )
    reading = Reading(
        language="en",
        ai_investment=row.get("ai", "true") == "true",
        figures=(),
        claims=tuple(claim(one) for one in row["claims"]),
        reader_version="test",
        lexicon_hash="test",
    )
    return settle(article, reading, deals, rates=RATES, now=NOW)


class Book:
    """The deals of a story under the letters of its file, saved as storage would."""

    def __init__(self) -> None:
        self.deals: dict[int, Deal] = {}
        self.told: dict[int, list[Told]] = {}
        self.did: list[str] = []

    def take_in(self, number: int, row: Mapping[str, Any]) -> list[str]:
        steps = take_in(number, row, tuple(self.deals.values()))
        published = published_of(row)
        telling = build_telling(f"https://news.example/{number}", published, now=NOW)
        for step in steps:
            if step.deal is not None:
                self._save(step.deal)
                told = Told(claim=step.claim, telling=telling)
                self.told.setdefault(step.deal.id, []).append(told)
        return [self._said(step) for step in steps if step.change is not None]

    def _save(self, deal: Deal) -> None:
        self.deals[deal.id] = deal

    def letter(self, deal_id: int) -> str:
        return "ABCDEFGHIJ"[list(self.deals).index(deal_id)]

    def _said(self, step: Step) -> str:
        assert step.deal is not None
        assert step.change is not None
        said = f"{self.letter(step.deal.id)} {step.change.kind}"
        if step.change.kind == "opened" and step.deal.part_of is not None:
            said += f" part of {self.letter(step.deal.part_of)}"
        return said


def load(path: Path) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return loaded


@pytest.mark.parametrize("path", TIMELINES, ids=lambda path: path.stem)
def test_articles_change_deals_as_the_story_says(path: Path) -> None:
    story, book = load(path), Book()

    for number, row in enumerate(story["articles"], 1):
        did = book.take_in(number, row)

        assert did == row["does"], f"article {number} of {path.name}"
    for letter, wanted in story["deals"].items():
        deal = list(book.deals.values())["ABCDEFGHIJ".index(letter)]
        assert_is(deal, wanted, book)
    assert len(book.deals) == len(story["deals"])


def assert_is(deal: Deal, wanted: Mapping[str, Any], book: Book) -> None:
    shown = {
        "kind": deal.kind,
        "stage": deal.stage,
        "figure": deal.figure and deal.figure.text,
        "earlier": [one.text for one in deal.earlier],
        "actual": deal.actual and deal.actual.text,
        "part_of": deal.part_of and book.letter(deal.part_of),
        "place": deal.place,
        "parties": ", ".join(party.name for party in deal.parties),
        "changes": str(deal.change_count),
        "primary": str(deal.figure_primary).lower(),
    }
    assert {key: shown[key] for key in wanted} == dict(wanted)


@pytest.mark.parametrize("path", TIMELINES, ids=lambda path: path.stem)
def test_deal_can_be_made_again_from_what_was_told(path: Path) -> None:
    story, book = load(path), Book()
    for number, row in enumerate(story["articles"], 1):
        book.take_in(number, row)

    for deal_id, deal in book.deals.items():
        assert fold(deal, book.told[deal_id], rates=RATES) == deal


def orders() -> Iterator[Any]:
    for path in TIMELINES:
        for name, order in load(path).get("orders", {}).items():
            yield pytest.param(path, order, id=f"{path.stem}, {name}")


@pytest.mark.parametrize(("path", "order"), orders())
def test_order_of_arrival_changes_no_deal(path: Path, order: Sequence[str]) -> None:
    story, book = load(path), Book()

    for number in map(int, order):
        book.take_in(number, story["articles"][number - 1])

    ends = sorted(str(deal.figure and deal.figure.text) for deal in book.deals.values())
    assert ends == sorted(wanted["figure"] for wanted in story["deals"].values())
