"""Feeds that a server names in its Link headers, as RFC 8288 has them and as people write them."""

from __future__ import annotations

import time

import pytest

from crawler.pages.link_header import find_header_feeds

BASE = "https://quay.example/economy/"
RSS = 'type="application/rss+xml"'

HEADERS: dict[str, tuple[str | None, list[str]]] = {
    "none": (None, []),
    "one": (f'</feed/>; rel="alternate"; {RSS}', ["https://quay.example/feed/"]),
    "without quotes": (
        "<a.xml>; rel=alternate; type=application/atom+xml",
        ["https://quay.example/economy/a.xml"],
    ),
    "among others": (
        '<https://quay.example/wp-json/>; rel="https://api.w.org/", </s.css>; rel=preload,'
        f' </feed/>; {RSS}; title="All, and more"; rel="alternate home"',
        ["https://quay.example/feed/"],
    ),
    "rel feed": ("</latest>; rel=feed", ["https://quay.example/latest"]),
    "a language is no feed": ('</ar/>; rel="alternate"; hreflang="ar"', []),
    "oEmbed is no feed": ('</o?url=x>; rel="alternate"; type="application/json+oembed"', []),
    "told twice": (
        f"</feed>; rel=alternate; {RSS}, </feed>; rel=feed",
        ["https://quay.example/feed"],
    ),
    "no address": (f"<javascript:x>; rel=alternate; {RSS}", []),
    "rubbish": ('<<>>;;=",\x00', []),
}


@pytest.mark.parametrize(("header", "feeds"), HEADERS.values(), ids=HEADERS)
def test_header_names(header: str | None, feeds: list[str]) -> None:
    assert [offer.url for offer in find_header_feeds(header, BASE)] == feeds


HOSTILE = {
    "blanks": "</a>;" + " " * 8000,
    "openings": "<a" * 4000,
    "parameters": "</a>" + "; a" * 2600,
    "quotes": "</a>; rel=" + '"' * 8000,
}


@pytest.mark.parametrize("header", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_header_takes_no_time(header: str) -> None:
    begun = time.process_time()

    find_header_feeds(header, BASE)

    assert time.process_time() - begun < 0.5
