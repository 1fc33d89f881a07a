"""Fit crawler/deals/weights.py on labelled stories. Run by a person who has numpy and scipy:

    python -m tests.crawler.deals.fit_same STORIES.jsonl          cross-validates and prints
    python -m tests.crawler.deals.fit_same STORIES.jsonl --write  fits and writes the weights

Our own stories that belong to an event are always among them, but for those that are only counted.
Each story is told to the deals that the stories before it made, those of an event to one deal; a
pair is a story and a deal that shares a key with it. Each is learned from twice: as our reader
reads it, and as its label says. Run it before the reader has learned from new stories: it reads
what it has learned from too well. An author's events are told apart from those of others: two may
have told the same one. Events are kept whole in one of ten folds.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from config.load import load_companies
from crawler.deals import weights
from crawler.deals.facts import build_facts
from crawler.deals.fit import forbidden, judge
from crawler.deals.keys import keys_of, keys_of_deal
from crawler.deals.life import apply_claim, open_deal
from crawler.deals.rates import Rates
from crawler.deals.signs import Signs, same_signs
from crawler.deals.value import build_telling
from crawler.loading import load_reader
from crawler.model import Article, Claim, Deal, Figure, Party, Reading, Role, Side, Stage
from crawler.reading.read import Reader, headline, read_article
from crawler.text.fold import fold
from crawler.text.skeleton import skeleton
from scheduler.filters import article_of
from scheduler.house import load_own_rates
from tests.crawler.deals.test_match import DEALS, RATES, TOLD
from tests.crawler.reading.fit_weights import FOLDS, FREE, fit_yes, fold_of, rows_of, table
from tests.crawler.reading.labelled import load_stories

WEIGHTS = Path(weights.__file__)
_AUTHOR = re.compile(r"[a-z]*")
# A label is an ideal reading; the law's own examples (test_match.py) hold whatever the sample says.
_WEIGHT = {"reading": 1.0, "denial": 1.0, "label": 0.5, "law": 10.0}
_STRENGTH = 1.0  # of what draws a weight towards nothing
# What never speaks against.
_FOR = ("gets.same", "gives.same", "one_kind", "sum.equal", "sum.near", "sum.equal_digits",
        "sum.near_digits", "sum.equal_huge", "sum.equal_seldom",
        "days.few", "days.ten", "days.month")  # fmt: skip
Story = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A story's claim and a deal that it may be about."""

    signs: Signs
    is_one: bool
    is_judged_one: bool  # by the weights at hand
    source: str  # of the claim: reading, denial (read, too), label, law
    fold: int | None  # None: every fold learns from it


def load_pairs(paths: Sequence[Path], reader: Reader, rates: Rates) -> Iterator[Pair]:
    """All pairs of the stories of JSON Lines, and of our own that belong to an event."""
    stories: list[Story] = [*load_stories("unread")]
    stories = [one for one in stories if one["event"] != one["id"]]
    for path in paths:
        stories += [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    by_author: dict[str, list[tuple[Story, Article, Reading]]] = defaultdict(list)
    for story in stories:
        article = article_of(story)
        event = str(story.get("event") or "")
        author = event.partition("/")[0] if "/" in event else _AUTHOR.match(story["id"])[0]
        by_author[author].append((story, article, read_article(article, reader)))
    ids = {
        fold(name): company.id
        for company in load_companies(None)
        for name in (*company.names.values(), *company.aliases)
    }
    for told in by_author.values():
        yield from _pairs(told, rates)
        labelled = [(s, a, as_labelled(s, reading, ids)) for s, a, reading in told]
        yield from _pairs(labelled, rates, is_labelled=True)


def _pairs(
    told: Sequence[tuple[Story, Article, Reading]], rates: Rates, *, is_labelled: bool = False
) -> Iterator[Pair]:
    deals: dict[str, Deal] = {}
    by_key: dict[str, set[str]] = defaultdict(set)
    for story, article, reading in told:
        event = str(story.get("event") or story["id"])
        claim = main_claim(reading)
        if claim is None:
            continue
        is_denial = claim.stage is Stage.DENIED
        telling = build_telling(article.url, article.published, now=article.fetched_at)
        keys = keys_of([claim], rates=rates, published=article.published)
        near = {one for key in keys for one in by_key[key]}
        for one in sorted(near):
            facts = build_facts(claim, deals[one], rates=rates, published_on=telling.published_on)
            if forbidden(facts, claim, deals[one]):
                continue
            yield Pair(
                signs=same_signs(facts, claim, deals[one]),
                is_one=one == event,
                is_judged_one=judge(facts, claim, deals[one])[0] > 0,
                source="label" if is_labelled else "denial" if is_denial else "reading",
                fold=fold_of(event),
            )
        if event in deals:
            deals[event] = apply_claim(deals[event], claim, rates=rates, telling=telling)[0]
        elif is_denial:
            continue
        else:
            deals[event] = open_deal(claim, deal_id=len(deals) + 1, telling=telling)[0]
        for key in keys | keys_of_deal(deals[event]):
            by_key[key].add(event)


def law_pairs() -> Iterator[Pair]:
    """The law's own examples, each claim beside each deal."""
    for claim, on, number in TOLD.values():
        for deal in DEALS:
            facts = build_facts(claim, deal, rates=RATES, published_on=date.fromisoformat(on))
            is_part = claim.role is Role.PART_OF or deal.part_of is not None
            if claim.main and not is_part and not forbidden(facts, claim, deal):
                signs, is_one = same_signs(facts, claim, deal), deal.id == number
                yield Pair(
                    signs=signs, is_one=is_one, is_judged_one=is_one, source="law", fold=None
                )


def main_claim(reading: Reading) -> Claim | None:
    """The claim of the deal that the article is about, or takes back."""
    denied = (one for one in reading.claims if one.main and one.stage is Stage.DENIED)
    return headline(reading) or next(denied, None)


def as_labelled(story: Story, reading: Reading, ids: Mapping[str, str]) -> Reading:
    """`reading` with its main claim as the label tells it; `ids` of known companies by name."""
    deal, read = story["labels"]["deal"], main_claim(reading)
    if not deal:
        return reading
    parties = tuple(
        Party(name=name, side=side, id=ids.get(fold(name)), key=skeleton(name))
        for side, names in (
            (Side.RECIPIENT, [deal["recipient"]] if deal.get("recipient") else []),
            (Side.INVESTOR, deal["investors"]),
        )
        for name in names
    )
    base = read or Claim(
        role=Role.OTHER, stage=Stage.ANNOUNCED, main=True, figure=None, sentence="", start=0
    )
    claim = replace(
        base,
        role=Role(deal["kind"]),
        stage=Stage(deal.get("stage") or base.stage),
        main=True,
        figure=_figure(deal),
        parties=parties,
        perhaps=(),
    )
    others = tuple(one for one in reading.claims if one is not read and not one.main)
    return replace(reading, ai_investment=True, claims=(claim, *others))


def _figure(deal: Mapping[str, Any]) -> Figure | None:
    if deal["low"] is None:
        return None
    low, high = Decimal(str(deal["low"])), Decimal(str(deal["high"]))
    return Figure(low=low, high=high, currency=deal["currency"], text="", start=0)


# -- fitting -----------------------------------------------------------------------------------


def fit(keys: Sequence[str], rows: Any, answers: Any, counts: Any) -> Any:
    """Weights of a logistic regression."""
    return fit_yes(
        keys,
        rows,
        answers,
        counts,
        bound=lambda key: (0.0, None) if key in _FOR else FREE,
        prior={},
        strength=_STRENGTH,
    )


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:] if not name.startswith("--")]
    found = load_pairs(paths, load_reader(None), load_own_rates(None))
    pairs = [*found, *law_pairs()]
    keys, rows = table([pair.signs for pair in pairs])
    answers = np.array([pair.is_one for pair in pairs])
    counts = np.array([_WEIGHT[pair.source] for pair in pairs])
    folds = np.array([FOLDS if pair.fold is None else pair.fold for pair in pairs])
    said = np.zeros(len(pairs))
    for one in range(FOLDS):
        some = folds != one
        said[~some] = rows[~some] @ fit(keys, rows[some], answers[some], counts[some])
    judged = np.array([pair.is_judged_one for pair in pairs])
    sources = np.array([pair.source for pair in pairs])
    for source in ("reading", "label", "denial"):
        yes, no = (sources == source) & answers, (sources == source) & ~answers
        print(f"{source}: {yes.sum()} one, {no.sum()} other; so judged by the weights at hand "
              f"{(yes & judged).sum()}, wrongly {(no & judged).sum()}; fold by fold:")  # fmt: skip
        for least in (0.0, 0.5, 1.0, 1.5, 2.0):
            print(f"   over {least}: {(yes & (said > least)).sum()}, "
                  f"wrongly {(no & (said > least)).sum()}")  # fmt: skip
    if "--write" in sys.argv:
        fitted = zip(keys, fit(keys, rows, answers, counts), strict=True)
        head = WEIGHTS.read_text("utf-8").partition("SAME: ")[0]
        lines = rows_of(dict(fitted))
        WEIGHTS.write_text(f"{head}SAME: Mapping[str, float] = {{\n{lines}}}\n", "utf-8")


if __name__ == "__main__":
    main()
