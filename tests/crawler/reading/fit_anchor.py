"""Fit the table of crawler/reading/anchor.py. Run by a person who has numpy and scipy:

    python -m tests.crawler.reading.fit_anchor STORIES.jsonl      cross-validates and prints

Each story is put before, amid or behind other news of its language that say nothing of AI, drawn
anew for each; a sentence is the story's or another's.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from crawler.loading import load_reader
from crawler.reading import anchor
from crawler.reading.anchor import anchor_signs, find_anchor
from crawler.reading.read import Reader, read_article, scan_page
from crawler.reading.scan import Scan
from scheduler.filters import article_of
from tests.crawler.reading.fit_weights import FOLDS, FREE, fit_yes, fold_of, table
from tests.crawler.reading.labelled import Story, load_stories

LETTERS = (600, 1000, 2000, 3000, 4000)  # of other news
BREAKS = ("\n", "\n", " ")
EVERY = 4  # one story of so many is enough
# Other news than ours do speak of AI.
BOUNDS = {"ai": (0.0, 4.0), "ai_weak": (0.0, 1.5)}


def main() -> None:
    chosen, reader = random.Random(7), load_reader(None)
    ours = [story for folder in ("told", "unread", "fresh") for story in load_stories(folder)]
    others = _other_news(ours, reader)
    stories = [
        json.loads(line) for path in sys.argv[1:] for line in Path(path).read_text().splitlines()
    ]
    stories += ours[::EVERY]
    asked = [
        (fold_of(str(story["event"] or story["id"])), scan, is_own)
        for story in stories
        if story["title"] and story["labels"]["ai_investment"]
        for scan, is_own in [_amid(story, others[story["lang"]], chosen, reader)]
        if scan.title is not None
    ]
    right = 0
    for fold in (*range(FOLDS), None):
        weights = _fit([(scan, is_own) for its, scan, is_own in asked if its != fold])
        anchor.ANCHOR = weights
        for _, scan, is_own in (one for one in asked if one[0] == fold):
            right += is_own[find_anchor(scan, scan.sentences[len(scan.head) :])]
    print(f"{right / len(asked):.3f} of {len(asked)} are found")
    print({key: round(float(value), 2) for key, value in weights.items()})


def _fit(cases: Sequence[tuple[Scan, Sequence[bool]]]) -> dict[str, float]:
    rows = [
        {**signs, "bias": 1.0}
        for scan, _ in cases
        for signs in anchor_signs(scan, scan.sentences[len(scan.head) :])
    ]
    answers = np.array([own for _, is_own in cases for own in is_own])
    keys, matrix = table(rows)
    found = fit_yes(
        keys,
        matrix,
        answers,
        np.ones(len(rows)),
        bound=lambda key: BOUNDS.get(key, FREE),
        prior={},
        strength=1.0,
    )
    return {key: value for key, value in zip(keys, found, strict=True) if key != "bias"}


def _other_news(stories: Sequence[Story], reader: Reader) -> dict[str, list[str]]:
    """By language the texts that say nothing of AI."""
    found: dict[str, list[str]] = defaultdict(list)
    for story in stories:
        is_other = not story["labels"]["ai_investment"] and not story["labels"]["deal"]
        if is_other and read_article(article_of(story), reader).margin is None:
            found[story["lang"]].append(story["text"].strip())
    return found


def _amid(
    story: Story, others: Sequence[str], chosen: random.Random, reader: Reader
) -> tuple[Scan, list[bool]]:
    """The story amid some others', and of each sentence whether it is the story's."""
    least, gap = chosen.choice(LETTERS), chosen.choice(BREAKS)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < least:
        paragraphs += chosen.choice(others).split("\n")
    at = chosen.choice([0, len(paragraphs), chosen.randrange(len(paragraphs))])
    before = gap.join([*paragraphs[:at], ""])
    own = story["text"].strip()
    told = {**story, "text": before + own + gap.join(["", *paragraphs[at:]])}
    scan = scan_page(article_of(told), story["lang"], reader)
    first = len(scan.article.text) - len(scan.article.body) + len(before)
    starts = [scan.original(one.start) for one in scan.sentences[len(scan.head) :]]
    return scan, [first <= start < first + len(own) for start in starts]


if __name__ == "__main__":
    main()
