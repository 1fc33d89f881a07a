"""Stories that tell of one deal, in several languages and stages: are they found to be one?

Those of `late/`, that nothing of ours was learned from. Each author's stories are read as one
stream, dates as they come; B-cubed as in shared/tools/score_stories.py. Run this file with -s to
see the figures and every merge of two different deals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from crawler.loading import load_reader
from scheduler.filters import KnownDeals, read_record
from scheduler.house import load_own_rates
from tests.crawler.reading.labelled import load_stories

Story = dict[str, Any]
Groups = Mapping[str, str]  # by story


def b_cubed(gold: Groups, said: Groups) -> tuple[float, float, float]:
    """Precision, recall and F1 of Bagga and Baldwin (1998)."""
    of_gold, of_said = _members(gold), _members(said)
    shared = {story: len(of_gold[gold[story]] & of_said[said[story]]) for story in gold}
    precision = sum(shared[one] / len(of_said[said[one]]) for one in gold) / len(gold)
    recall = sum(shared[one] / len(of_gold[gold[one]]) for one in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _members(groups: Groups) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for story, group in groups.items():
        found[group].add(story)
    return found


@cache
def grouped() -> tuple[Groups, Groups]:
    """The event of each story as its author says, and the deal as we find it."""
    streams: dict[str, list[Story]] = defaultdict(list)
    for story in load_stories("late"):
        if story["event"] != story["id"]:
            streams[story["event"].partition("/")[0]].append(story)
    return told_to(streams)


def told_to(streams: Mapping[str, Sequence[Story]]) -> tuple[Groups, Groups]:
    """The event of each story, and its deal in a house that was told its stream alone."""
    reader, rates = load_reader(None), load_own_rates(None)
    gold: dict[str, str] = {}
    said: dict[str, str] = {}
    for name, stories in streams.items():
        known = KnownDeals()
        for story in stories:
            event = read_record(story, reader, rates, known)["event"]
            gold[story["id"]] = story["event"]
            said[story["id"]] = f"{name} {event}" if event else story["id"]
    return gold, said


def test_tellings_of_a_deal_are_found_to_be_one() -> None:
    gold, said = grouped()

    ours, alone = b_cubed(gold, said), b_cubed(gold, {story: story for story in gold})
    print(
        f"\n{len(gold)} stories of {len(set(gold.values()))} events: B-cubed precision, recall, F1"
    )
    for name, found in (("ours", ours), ("every story alone", alone)):
        print(f"  {name:18}" + "  ".join(f"{one:.3f}" for one in found))

    assert ours[0] >= 0.97, ours
    assert ours[1] >= 0.75, ours


def test_hardly_two_deals_are_taken_for_one() -> None:
    gold, said = grouped()

    merged = {
        deal: sorted({gold[story] for story in stories})
        for deal, stories in _members(said).items()
        if len({gold[story] for story in stories}) > 1
    }
    for deal, events in merged.items():
        print(f"  {deal}: {', '.join(events)}")

    assert len(merged) <= 0.03 * len(set(gold.values())), merged


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_deals_of_a_busy_year_are_told_apart() -> None:
    """All stories that we learned from, as one stream: thousands of deals to take another for.

    Some of what counts as wrong is right: two authors told one real deal under two names.
    """
    everything = [story for folder in ("unread", "fresh", "told") for story in load_stories(folder)]

    gold, said = told_to({"all": everything})

    found = b_cubed(gold, said)
    print(f"\n{len(gold)} stories: " + "  ".join(f"{one:.3f}" for one in found))
    assert found[0] >= 0.87, found
    assert found[1] >= 0.96, found
