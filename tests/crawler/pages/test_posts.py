"""WordPress's own list of posts: its clock is UTC though it does not say so."""

from __future__ import annotations

import json
from typing import Any

from crawler.pages.listing import read_listing

POST = {
    "id": 7,
    "date": "2025-02-01T11:00:00",
    "date_gmt": "2025-02-01T08:00:00",
    "link": "https://a.example/2025/02/quay/",
    "title": {"rendered": "Quay &amp; Co raises <em>40</em> million"},
    "excerpt": {"rendered": "<p>The company said so.</p>"},
}


def test_posts_are_lines(fetch: Any) -> None:
    result = read_listing(fetch(json.dumps([POST])))

    (line,) = result.listings
    assert (line.url, line.title) == (POST["link"], "Quay & Co raises 40 million")
    assert line.summary == "The company said so."
    assert line.published is not None
    assert line.published.at.isoformat() == "2025-02-01T08:00:00+00:00"


def test_other_lists_of_json_are_no_list(fetch: Any) -> None:
    result = read_listing(fetch('[{"a": 1}, 2]'))

    assert result.outcome == "broken"
    assert result.reasons[0].code == "not_a_feed"


def test_no_post_is_an_empty_list(fetch: Any) -> None:
    assert read_listing(fetch("[]")).outcome == "empty"
