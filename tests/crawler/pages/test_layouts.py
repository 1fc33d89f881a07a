"""Pages of invented publishers in the idioms of many systems and languages.

Each file in `layouts/` holds what is to be read on its first lines and the page behind `---`; the
stories stand once, in `texts.yaml`. What a page says was written before the page was first read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from crawler.pages.page import read_page

LAYOUTS = Path(__file__).parent / "layouts"
STORIES = yaml.safe_load((LAYOUTS / "texts.yaml").read_text("utf-8"))
NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
PAGES = sorted(path.stem for path in LAYOUTS.glob("*.html"))
ENOUGH = 0.97  # of four-letter runs: a standfirst more is no mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One page and what a person reads on it."""

    page: bytes
    url: str
    canonical: str
    language: str
    title: str
    body: list[str]
    published: str | None


def load_layout(name: str) -> Layout:
    head, _, page = (LAYOUTS / f"{name}.html").read_text("utf-8").partition("---\n")
    told = {key: value.strip('"') for key, value in re.findall(r"^(\w+): (.*)$", head, re.M)}
    story = STORIES[told["lang"]]
    body = list(story["body"])
    for number, text in enumerate(body, 1):
        page = page.replace(f"{{{{{number}}}}}", text)
    title = story["title"]
    page = page.replace("{{title}}", title)
    kept = [int(n) for n in told.get("body", "").split()] or range(1, len(body) + 1)
    lines = [body[number - 1] for number in kept]
    lines[0] = told.get("before", "") + lines[0]
    return Layout(
        page=page.encode(told.get("encoding", "utf-8"), "replace"),
        url=told["url"],
        canonical=told.get("canonical", told["url"]),
        language=told["lang"],
        title=title,
        body=lines,
        published=None if told["published"] == "null" else told["published"],
    )


def likeness(one: str, other: str) -> float:
    """F1 of the runs of four letters that both texts share."""
    first, second = (
        Counter(plain[i : i + 4] for i in range(len(plain) - 3))
        for plain in ("".join(re.findall(r"\w", text)) for text in (one, other))
    )
    shared = sum((first & second).values())
    return 2 * shared / max(1, first.total() + second.total())


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("name", PAGES)
def test_layout(fetch, name):
    layout = load_layout(name)

    article = read_page(fetch(layout.page, url=layout.url, at=NOW)).article

    assert article is not None
    told = article.published
    when = told and (told.at.date().isoformat() if told.day_only else told.at.isoformat())
    told_date = layout.published
    # A clock without a zone is read in the source's zone, here UTC.
    if told_date and len(told_date) == 16:
        told_date += ":00+00:00"
    assert (plain(article.title), article.language) == (plain(layout.title), layout.language)
    assert same_moment(when, told_date)
    assert likeness(article.body, "\n".join(layout.body)) >= ENOUGH, article.body


def same_moment(one: str | None, other: str | None) -> bool:
    if one is None or other is None or len(one) == 10 or len(other) == 10:
        return one == other
    gap = datetime.fromisoformat(one) - datetime.fromisoformat(other)
    return abs(gap.total_seconds()) < 60
