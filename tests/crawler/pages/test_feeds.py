"""Hand-written lists in every dialect and state, against what a person reads in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.model import Listing
from crawler.pages.listing import read_listing

FEEDS = Path(__file__).parent / "feeds"
EXPECTED = json.loads((FEEDS / "expected.json").read_text("utf-8"))


def told(listing: Listing) -> list[str | None]:
    published = listing.published
    if published is None:
        return [listing.url, listing.title, None]
    at = published.at.date() if published.day_only else published.at
    return [listing.url, listing.title, at.isoformat()]


@pytest.mark.parametrize("name", EXPECTED)
def test_list(name, fetch):
    expected = EXPECTED[name]

    result = read_listing(fetch((FEEDS / name).read_bytes()))

    assert [told(listing) for listing in result.listings] == expected["lines"]
    assert result.outcome == expected["outcome"]
    assert list(result.more) == expected.get("more", [])
    assert {reason.code for reason in result.reasons} == set(expected.get("reasons", []))


def test_every_file_has_its_expectation():
    files = {path.name for path in FEEDS.iterdir()} - {"expected.json"}

    assert files == set(EXPECTED)
    assert len(files) >= 25
