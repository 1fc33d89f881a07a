"""Our reader of feeds beside feedparser and fastfeedparser, on the same bytes in one run.

Run it with -s to see the table. It asks more of ours than of the others: nothing wrong at all.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import feedparser
import pytest

from crawler.pages.clean import from_markup
from crawler.pages.listing import read_listing
from crawler.pages.scrub import unpack
from crawler.pages.urls import absolute_url

FEEDS = Path(__file__).parent / "feeds"
EXPECTED = json.loads((FEEDS / "expected.json").read_text("utf-8"))
BASE = "https://list.example/feed"
Told = tuple[str | None, str | None, str | None]  # link, title, date in ISO 8601
Parser = Callable[[bytes], list[Told]]


def is_for_all(name: str) -> bool:
    """Whether the others claim to read such a list: no sitemap, no posts, and something in it."""
    return not ("sitemap" in name or "wordpress" in name) and bool(EXPECTED[name]["lines"])


def by_feedparser(body: bytes) -> list[Told]:
    return [
        (
            entry.get("link"),
            entry.get("title"),
            _iso(entry.get("published_parsed") or entry.get("updated_parsed")),
        )
        for entry in feedparser.parse(body).entries
    ]


def _iso(parts: time.struct_time | None) -> str | None:
    return datetime(*parts[:6], tzinfo=UTC).isoformat() if parts else None


def by_fastfeedparser(body: bytes) -> list[Told]:
    import fastfeedparser

    # bytes only: it fetches a str that looks like an address
    found = fastfeedparser.parse(body).entries
    return [(one.get("link"), one.get("title"), one.get("published")) for one in found]


def grade(said: list[Told], lines: list[list[str | None]]) -> Counter[str]:
    """How many links, titles and dates of `lines` are right, missing, or wrong."""
    marks: Counter[str] = Counter()
    by_url = {absolute_url(link, BASE): (title, date) for link, title, date in said}
    by_title = {from_markup(title): (link, date) for link, title, date in said}
    for url, title, date in lines:
        if url in by_url:
            marks["link right"] += 1
            given, at = by_url[url]
        elif title in by_title:
            link, at = by_title[title]
            marks["link wrong" if link else "link missing"] += 1
            given = title
        else:
            marks.update(("link missing", "title missing", "date missing"))
            continue
        marks[f"title {_mark(from_markup(given), title)}"] += 1
        marks[f"date {_mark(_plain_date(at, date), _plain_date(date, date))}"] += 1
    return marks


def _mark(given: str | None, wanted: str | None) -> str:
    if given == wanted:
        return "right"
    return "wrong" if given else "missing"


def _plain_date(text: str | None, like: str | None) -> str | None:
    """The instant in UTC, or the day where a day is all that is wanted."""
    if not text:
        return None
    if like is not None and len(like) == 10:
        return text[:10]
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return at.astimezone(UTC).isoformat() if at.tzinfo else f"{at.isoformat()}+00:00"


def score(parser: Parser) -> Counter[str]:
    marks: Counter[str] = Counter()
    for name in filter(is_for_all, EXPECTED):
        lines = EXPECTED[name]["lines"]
        try:
            said = parser(unpack((FEEDS / name).read_bytes()))
        except Exception:  # what the others raise is their own affair: the feed is lost
            marks["feeds lost"] += 1
            said = []
        marks["feeds"] += 1
        marks += grade(said, lines)
    return marks


ENTRIES = {
    "RSS, HTML text": (
        "<item><title>Company {0} raises ${0}m for AI &amp; chips – the round’s size</title>"
        "<link>https://x.example/2025/01/story-{0}.html?utm_source=rss</link><guid isPermaLink="
        "'false'>{0}</guid><pubDate>Sun, 26 Jan 2025 10:{1}:00 +0300</pubDate>"
        "<category>AI</category><description><![CDATA[<p>The company said on Sunday that it had "
        "raised {0} million dollars from investors in a round led by a fund.</p><p>It will "
        "<a href='https://x.example/'>build</a> data centers&#8230;</p>]]></description></item>"
    ),
    "RSS, Arabic": (
        "<item><title>شركة {0} تجمع {0} مليون دولار لتطوير الذكاء الاصطناعي</title>"
        "<link>https://x.example/economy/{0}.html</link><guid>https://x.example/?p={0}</guid>"
        "<pubDate>Sun, 26 Jan 2025 10:{1}:00 GMT</pubDate><description>قالت الشركة يوم الأحد إنها "
        "جمعت {0} مليون دولار من مستثمرين في جولة قادها صندوق خليجي</description></item>"
    ),
    "Atom": (
        "<entry><title>Company {0} raises ${0}m</title><link rel='alternate' "
        "href='https://x.example/{0}'/><id>tag:x.example,2025:{0}</id>"
        "<published>2025-01-26T10:{1}:00Z</published><updated>2025-01-26T11:{1}:00Z</updated>"
        "<author><name>A. Writer</name></author><summary type='html'>&lt;p&gt;The company said on "
        "Sunday that it had raised {0} million dollars.&lt;/p&gt;</summary></entry>"
    ),
}


def made(entry: str) -> bytes:
    """A feed of a hundred entries."""
    entries = "".join(entry.format(n, f"{n % 60:02}") for n in range(100))
    if entry.startswith("<entry"):
        return f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode()
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{entries}</channel></rss>".encode()


def feeds_a_second(parse: Callable[[], object], *, rounds: int) -> float:
    """Best of `rounds`, in CPU time of one core."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        parse()
        times.append(time.process_time() - start)
    return 1 / min(times)


@pytest.fixture
def parsers(fetch) -> dict[str, Parser]:
    def by_rasid(body: bytes) -> list[Told]:
        found = read_listing(fetch(body, url=BASE)).listings
        return [
            (one.url, one.title, one.published.at.isoformat() if one.published else None)
            for one in found
        ]

    return {
        "rasid": by_rasid,
        "feedparser": by_feedparser,
        "fastfeedparser": by_fastfeedparser,
    }


def test_feeds_side_by_side(parsers):
    pytest.importorskip("fastfeedparser", reason="it is in the test group only")
    marks = {name: score(parser) for name, parser in parsers.items()}

    print(f"\n{marks['rasid']['feeds']} feeds by hand, right/wrong/missing:")
    for name, mark in marks.items():
        told = "  ".join(
            f"{what} {mark[f'{what} right']}/{mark[f'{what} wrong']}/{mark[f'{what} missing']}"
            for what in ("link", "title", "date")
        )
        print(f"  {name:15} {told}  feeds lost {mark['feeds lost']}")
    ours = {what: n for what, n in marks["rasid"].items() if n and not what.endswith("right")}
    assert ours == {"feeds": marks["rasid"]["feeds"]}


def test_speed_side_by_side(parsers, fetch):
    pytest.importorskip("fastfeedparser", reason="it is in the test group only")
    import fastfeedparser

    print("\nfeeds of 100 entries a second on one core:")
    for name, entry in ENTRIES.items():
        body = made(entry)
        fetched = fetch(body)
        assert len(read_listing(fetched).listings) == 100
        speeds = {
            "rasid": feeds_a_second(partial(read_listing, fetched), rounds=60),
            "feedparser": feeds_a_second(partial(feedparser.parse, body), rounds=3),
            "fastfeedparser": feeds_a_second(partial(fastfeedparser.parse, body), rounds=60),
        }
        print(f"  {name:15}", "  ".join(f"{who} {n:.0f}" for who, n in speeds.items()))
        # A busy machine is slow for both; the ratio holds.
        assert speeds["rasid"] > 5 * speeds["feedparser"]
