"""Our own labelled stories, in the form of shared/data/stories: LABELS.md says what a label means.

`stories/` are each read as they say (test_read.py). The others are by authors who saw no lexicon:
lexicons were widened with `told/`, nobody who wrote them read `unread/`, and weights are fitted on
both; `held/` is only counted (test_told.py). `fresh/` is by authors who were told to be hard: two
of three are whole articles, half are near misses; those of `unread/` from `ninth_` on were told to
write as news is written, four of five deals at first, later three of five, from `thirteenth_` on
half; from `sixteenth_` on each author read twelve stories of shared/data/stories first. From
`twentyfirst_` on they told events, each in several languages and stages; those of `twentythird_`
and `twentyfourth_` were to tempt, and a third of them is in `late/`, by the hash of the event. That
is only counted, and so are those from `twentyfifth_` on, whose authors each read twenty stories of
shared/data/stories first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from crawler.model import Figure

HERE = Path(__file__).parent
Story = dict[str, Any]
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # in C where there is one: ten times faster


def load_stories(folder: str) -> Iterator[Story]:
    """The stories of a folder, by file and as they stand there; `xx.yaml` or `name_xx.yaml`."""
    for path in sorted((HERE / folder).glob("*.yaml")):
        language = path.stem.rsplit("_", 1)[-1]
        for story in yaml.load(path.read_text("utf-8"), _LOADER):
            name = f"{folder}/{path.stem}: {story['id']}"
            yield {
                "id": name,
                "lang": language,
                "title": story["title"],
                "text": story.get("body", ""),
                "date": story.get("date", ""),
                "event": story.get("event", name),
                "labels": {"ai_investment": story["ai"] == "true", "deal": _deal(story)},
            }


def _deal(story: Story) -> Story | None:
    deal = story.get("deal")
    if not deal or "kind" not in deal:
        return None
    low, high = _number(deal.get("low")), _number(deal.get("high"))
    return {
        "kind": deal["kind"],
        "stage": deal.get("stage"),
        "low": high if low is None else low,
        "high": low if high is None else high,
        "currency": deal.get("currency"),
        "recipient": None if deal.get("recipient") == "null" else deal.get("recipient"),
        "names_recipient": "recipient" in deal,
        "investors": deal.get("investors") or [],
        "alt": [],
    }


def _number(text: str | None) -> float | None:
    return None if text in (None, "null", "") else float(text)


def is_sum_of(figure: Figure, deal: Mapping[str, Any]) -> bool:
    """Whether `figure` is the deal's sum, both ends within a hundredth."""
    low = figure.low if figure.low is not None else figure.high
    high = figure.high if figure.high is not None else figure.low
    return any(
        way["low"] is not None
        and way["currency"] == figure.currency
        and abs(float(low or 0) - way["low"]) <= 0.01 * way["low"]
        and abs(float(high or 0) - way["high"]) <= 0.01 * way["high"]
        for way in (deal, *(deal.get("alt") or []))
    )
