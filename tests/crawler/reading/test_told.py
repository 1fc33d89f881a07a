"""Whole stories by authors who saw no lexicon: how many are read as a careful person reads them?

Weights are fitted on `told/` and `unread/`, so that their figures flatter us; `held/` has no part:
nobody read it before its figures were taken, and nothing was learned from `late/`. Each story
is read as it stands, inside 3,000 letters of other text, and with invented names. Run this file
with -s to see the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from config.load import load_companies
from crawler.loading import load_reader
from crawler.model import Claim, Reading, Side
from crawler.reading.read import Reader, headline, read_article
from scheduler.filters import article_of
from tests.crawler.reading.labelled import is_sum_of, load_stories
from tests.crawler.reading.score_parties import is_right
from tests.crawler.reading.test_news import four_grams, shared
from tests.crawler.reading.variants import embedded, neutral_texts, renamed

Story = dict[str, Any]
Framed = tuple[str, frozenset[tuple[str, ...]]]  # a story's id and its 4-grams
FOLDERS = ("told", "unread", "held", "fresh", "late")


@dataclass(slots=True)
class Count:
    """How often each question was asked and answered rightly."""

    stories: int = 0
    positive: int = 0
    said: int = 0
    both: int = 0
    stated: int = 0
    amount: int = 0
    dealt: int = 0
    kind: int = 0
    named: int = 0
    recipient: int = 0
    investors: int = 0
    investors_found: int = 0
    investors_said: int = 0
    investors_right: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.both / max(1, self.said + self.positive)

    def __str__(self) -> str:
        shares = (
            ("F1", self.f1),
            ("amount", self.amount / max(1, self.stated)),
            ("kind", self.kind / max(1, self.dealt)),
            ("recipient", self.recipient / max(1, self.named)),
            ("investors found", self.investors_found / max(1, self.investors)),
            ("and right", self.investors_right / max(1, self.investors_said)),
        )
        return f"{self.stories:4} stories  " + "  ".join(f"{n} {v:.3f}" for n, v in shares)


def count(stories: Iterable[Story], reader: Reader) -> dict[str, Count]:
    """The counts of all `stories`, and of those of each language."""
    totals: dict[str, Count] = {"all": Count()}
    for story in stories:
        reading = read_article(article_of(story), reader)
        for name in ("all", story["lang"]):
            _add(totals.setdefault(name, Count()), story, reading, headline(reading))
    return totals


def _add(total: Count, story: Story, reading: Reading, claim: Claim | None) -> None:
    labels, deal = story["labels"], story["labels"]["deal"]
    total.stories += 1
    total.positive += labels["ai_investment"]
    total.said += reading.ai_investment
    total.both += labels["ai_investment"] and reading.ai_investment
    if deal is None:
        return
    total.dealt += 1
    total.kind += claim is not None and claim.role == deal["kind"]
    if deal["low"] is not None:
        total.stated += 1
        total.amount += claim is not None and any(
            figure is not None and is_sum_of(figure, deal)
            for figure in (claim.figure, *claim.restated)
        )
    if deal.get("recipient"):
        names = [p.name for p in claim.parties if p.side is Side.RECIPIENT] if claim else []
        total.named += 1
        total.recipient += is_right(names[0] if names else None, deal["recipient"])
    if claim is not None:  # of a deal that was read
        said = [p.name for p in claim.parties if p.side is Side.INVESTOR]
        total.investors += len(deal["investors"])
        total.investors_found += sum(any(is_right(n, i) for n in said) for i in deal["investors"])
        total.investors_said += len(said)
        total.investors_right += sum(any(is_right(n, i) for i in deal["investors"]) for n in said)


@cache
def reader() -> Reader:
    return load_reader(None)


_BEFORE = 1500  # letters of other text before the story, and as many behind it


@cache
def counts(folder: str, every: int = 1) -> dict[str, Count]:
    """The counts of a folder, of one story in `every` alone."""
    by_language = count(list(load_stories(folder))[::every], reader())
    made = {"as told": by_language.pop("all")} | dict(sorted(by_language.items()))
    _show(folder, made)
    return made


@cache
def counts_otherwise(every: int) -> dict[str, Count]:
    """The counts of one story of `held` in `every`, as told and told otherwise."""
    stories = list(load_stories("held"))[::every]
    companies = {company.id: company for company in load_companies(None)}
    around = neutral_texts(load_stories("told"), reader())
    told = {
        "as told": stories,
        "in a long text": embedded(stories, around),
        "amid a long text": embedded(stories, around, before=_BEFORE),
        "names invented": renamed(stories, companies),
    }
    made = {name: count(each, reader())["all"] for name, each in told.items()}
    _show(f"held, one in {every}", made)
    return made


def _show(title: str, made: Mapping[str, Count]) -> None:
    print(f"\n{title}")
    for name, total in made.items():
        print(f"  {name:16} {total}")


IN_FULL = (pytest.mark.slow, pytest.mark.timeout(900))  # in `make prove` alone
# Floors a little below what was measured: they fail when reading gets worse, not when a word moves.
FLOORS = {
    "told": (0.96, 0.91, 0.95, 0.87, 0.79, 0.83),
    "unread": (0.94, 0.89, 0.92, 0.86, 0.81, 0.86),
    "held": (0.91, 0.87, 0.80, 0.68, 0.68, 0.77),
    "fresh": (0.88, 0.82, 0.89, 0.77, 0.71, 0.71),
    "late": (0.89, 0.80, 0.85, 0.61, 0.72, 0.77),
}


def test_no_two_stories_share_their_frame() -> None:
    """Names and digits masked, no two of a language share half of their word 4-grams."""
    frames: dict[str, list[Framed]] = {}
    for folder in ("stories", *FOLDERS):
        for story in load_stories(folder):
            grams = four_grams(f"{story['title']}\n{story['text']}")
            frames.setdefault(story["lang"], []).append((story["id"], grams))
    for language, found in sorted(frames.items()):
        pairs = [(shared(a[1], b[1]), a[0], b[0]) for a, b in _alike(found)]
        share, one, other = max(pairs)
        print(f"{language}: {len(found)} stories, closest pair {share:.2f}: {one}, {other}")
        assert share <= 0.5, (one, other)


def _alike(found: Sequence[Framed]) -> Iterator[tuple[Framed, Framed]]:
    """The pairs that have any 4-gram in common."""
    holders: dict[tuple[str, ...], list[Framed]] = {}
    for one in found:
        near = {other[0]: other for gram in one[1] for other in holders.get(gram, ())}
        yield from ((other, one) for other in near.values())
        for gram in one[1]:
            holders.setdefault(gram, []).append(one)


@pytest.mark.parametrize(
    ("folder", "every"),
    [
        ("held", 1),
        ("late", 1),
        ("fresh", 2),
        ("told", 4),
        ("unread", 16),
        *(pytest.param(folder, 1, marks=IN_FULL) for folder in ("fresh", "told", "unread")),
    ],
)
def test_stories_are_read_as_a_careful_person_reads_them(folder: str, every: int) -> None:
    total = counts(folder, every)["as told"]

    found = (
        total.f1,
        total.amount / total.stated,
        total.kind / total.dealt,
        total.recipient / total.named,
        total.investors_found / total.investors,
        total.investors_right / total.investors_said,
    )

    assert all(a >= b for a, b in zip(found, FLOORS[folder], strict=True)), str(total)


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=IN_FULL)])
@pytest.mark.parametrize("name", ["in a long text", "amid a long text", "names invented"])
def test_told_otherwise_they_are_read_as_well(name: str, every: int) -> None:
    plain, other = counts_otherwise(every)["as told"], counts_otherwise(every)[name]

    assert other.f1 >= plain.f1 - 0.05, f"{plain}\n{other}"
    assert other.amount >= plain.amount - 0.1 * plain.stated, f"{plain}\n{other}"
