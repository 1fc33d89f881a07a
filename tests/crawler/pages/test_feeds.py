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
    assert len(files) >= 60


WHOLE = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>"
    "<title>T</title><link>https://x.example/1</link><description>In short.</description>"
    "<content:encoded><![CDATA[<h2>Head</h2><p>The lab&#8217;s <b>first</b>\nround.</p>"
    "<script>x()</script><p>It raised $5bn.</p>]]></content:encoded></item></channel></rss>"
)
XHTML = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><link href='https://x.example/1'/>"
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><h2>Head</h2><p>The lab’s "
    "<b>first</b> round.</p><p>It raised $5bn.</p></div></content></entry></feed>"
)
POST = json.dumps(
    [
        {
            "link": "https://x.example/1",
            "title": {"rendered": "T"},
            "excerpt": {"rendered": "<p>In short.</p>"},
            "content": {
                "rendered": "<h2>Head</h2>\n<p>The lab’s first round.</p>\n<p>It raised $5bn.</p>"
            },
        }
    ]
)


@pytest.mark.parametrize("body", [WHOLE, XHTML, POST], ids=["RSS", "XHTML in Atom", "WordPress"])
def test_longest_text_of_an_entry_in_its_paragraphs(body, fetch):
    (line,) = read_listing(fetch(body)).listings

    assert line.summary == "Head\nThe lab’s first round.\nIt raised $5bn."


def test_text_is_bounded_and_short_where_it_must_not_be_kept(fetch):
    body = WHOLE.replace("It raised", "It raised " + "and raised " * 2000)

    kept, unkept = (
        len(read_listing(fetch(body, keep_text=keep)).listings[0].summary) for keep in (True, False)
    )

    assert 3900 < kept <= 4000
    assert 250 < unkept <= 300


TTLS = {
    "minutes": ("<ttl> 60 </ttl>", 3600),
    "none": ("", None),
    "no number": ("<ttl>hourly</ttl>", None),
    "nothing": ("<ttl>0</ttl>", None),
    "absurd": ("<ttl>999999999</ttl>", None),
    "hourly, as WordPress writes everywhere": (
        '<u:updatePeriod xmlns:u="http://purl.org/rss/1.0/modules/syndication/">hourly'
        "</u:updatePeriod>",
        None,
    ),
}


@pytest.mark.parametrize(("said", "seconds"), TTLS.values(), ids=TTLS)
def test_a_feed_asks_for_rest(said, seconds, fetch):
    item = "<item><title>A</title><link>https://a.example/1</link></item>"
    feed = f"<rss version='2.0'><channel><title>x</title>{said}{item}</channel></rss>"

    assert read_listing(fetch(feed.encode())).ttl_s == seconds
