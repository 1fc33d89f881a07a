"""Sitemaps of the past: which lines and children lie in the span that is asked for."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from config.model import Source
from crawler.model import Fetched
from crawler.pages.archive import Wanted, may_hold, read_sitemap
from crawler.pages.result import ArchivePage
from crawler.pages.spans import find_stretch

SITE = "https://gazette.example"
SINCE, UNTIL = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 3, 31, 23, 59, tzinfo=UTC)
WANTED = Wanted(since=SINCE, until=UNTIL)
NAMES = {
    "/sitemap-2025-01.xml": ("2025-01-01", "2025-01-31"),
    "/sitemap-posttype-post.2025.02.xml": ("2025-02-01", "2025-02-28"),
    "/sitemap_202502.xml": ("2025-02-01", "2025-02-28"),
    "/2025/01/sitemap.xml": ("2025-01-01", "2025-01-31"),
    "/sitemap/2025-01-15.xml.gz": ("2025-01-15", "2025-01-15"),
    "/sitemap-2025.xml": ("2025-01-01", "2025-12-31"),
    "/sitemap-2025-1.xml": ("2025-01-01", "2025-12-31"),
    "/sitemap-january-2025.xml": ("2025-01-01", "2025-01-31"),
    "/archive/2025/mar.xml": ("2025-03-01", "2025-03-31"),
    "/sitemap.xml?yyyy=2025&mm=2&dd=3": ("2025-02-03", "2025-02-03"),
    "/post-sitemap12.xml": None,
    "/post-sitemap2093.xml": None,
    "/sitemap-market-3.xml": None,
    "/article-20250115123.xml": None,
}


@pytest.mark.parametrize(("name", "span"), NAMES.items(), ids=NAMES)
def test_what_a_name_tells(name: str, span: tuple[str, str] | None) -> None:
    stretch = find_stretch(SITE + name)

    days = (str(stretch.first_at.date()), str(stretch.last_at.date())) if stretch else None
    assert days == span


def instant(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


CHILDREN = {
    "the month": ("/sitemap-2025-02.xml", "2026-11-01", True),
    "a month before": ("/sitemap-2024-11.xml", "2026-11-01", False),
    "a month after": ("/sitemap-2025-05.xml", None, False),
    "touched before the span": ("/post-sitemap3.xml", "2024-12-01", False),
    "touched after the span": ("/post-sitemap3.xml", "2026-12-01", True),
    "never said": ("/post-sitemap3.xml", None, True),
    "of tags": ("/post_tag-sitemap.xml", None, False),
    "of categories": ("/wp-sitemap-taxonomies-category-1.xml", None, False),
    "of posts": ("/wp-sitemap-posts-post-1.xml", None, True),
    "of pictures": ("/image-sitemap.xml", None, False),
}


@pytest.mark.parametrize(("name", "touched", "holds"), CHILDREN.values(), ids=CHILDREN)
def test_which_children_are_read(name: str, touched: str | None, holds: bool) -> None:
    assert may_hold(SITE + name, instant(touched) if touched else None, WANTED) is holds


def page(body: str | bytes, *, wanted: Wanted = WANTED, pattern: str | None = None) -> ArchivePage:
    source = Source(id="g", name="G", url=f"{SITE}/feed", kind="feed", link_pattern=pattern)
    fetched = Fetched(
        source=source,
        url=f"{SITE}/sitemap.xml",
        status=200,
        content_type="text/xml",
        charset=None,
        body=body.encode() if isinstance(body, str) else body,
        etag=None,
        last_modified=None,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    return read_sitemap(fetched, wanted)


def urlset(*lines: str) -> str:
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f'<?xml version="1.0"?><urlset {spaces}>{"".join(lines)}</urlset>'


def line(path: str, *, lastmod: str = "", published: str = "") -> str:
    touched = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    news = f"<news:news><news:publication_date>{published}</news:publication_date></news:news>"
    return f"<url><loc>{SITE}{path}</loc>{touched}{news if published else ''}</url>"


LINES = {
    "published in it": (line("/a", published="2025-02-01T10:00:00Z"), "2025-02-01"),
    "published before": (line("/a", published="2024-02-01", lastmod="2025-02-01"), None),
    "its address says the day": (line("/2025/02/03/a", lastmod="2026-01-01"), "2025-02-03"),
    "its address says another": (line("/2024/02/03/a", lastmod="2025-02-03"), None),
    "touched in it": (line("/a", lastmod="2025-02-03T08:00:00+03:00"), "2025-02-03"),
    "touched after": (line("/a", lastmod="2025-07-03"), None),
    "no date": (line("/a"), None),
}


@pytest.mark.parametrize(("told", "day"), LINES.values(), ids=LINES)
def test_which_lines_are_read(told: str, day: str | None) -> None:
    found = page(urlset(told)).lines

    assert [str(one.at.date()) for one in found] == ([day] if day else [])


def test_the_name_of_a_sitemap_places_lines_that_were_touched_later() -> None:
    wanted = Wanted(since=SINCE, until=UNTIL, above=find_stretch(f"{SITE}/sitemap-2025-02.xml"))

    found = page(urlset(line("/a", lastmod="2026-05-01"), line("/b")), wanted=wanted)

    assert [str(one.at.date()) for one in found.lines] == ["2025-02-01", "2025-02-01"]


def test_lines_without_a_date_are_counted() -> None:
    assert page(urlset(line("/a"), line("/b"))).undated_count == 2


def test_all_lines_of_a_large_sitemap_in_gzip_are_read() -> None:
    lines = [line(f"/a{i}", lastmod="2025-02-01") for i in range(3000)]

    assert len(page(gzip.compress(urlset(*lines).encode())).lines) == 3000


def test_a_sitemap_may_be_as_large_as_the_protocol_has_it() -> None:
    picture = f"<image:caption>{'a' * 20_000}</image:caption>"
    lines = [
        line(f"/a{i}", lastmod="2025-02-01").replace("</url>", f"{picture}</url>")
        for i in range(1000)
    ]
    body = urlset(*lines)

    assert len(body) > 16 << 20
    assert len(page(gzip.compress(body.encode(), 1)).lines) == 1000
    assert len(page(f"{body} and rubbish").lines) == 1000


def test_the_owners_pattern_chooses_among_the_lines() -> None:
    lines = [line("/sport/a", lastmod="2025-02-01"), line("/business/b", lastmod="2025-02-01")]

    found = page(urlset(*lines), pattern="/business/").lines

    assert [one.listing.url for one in found] == [f"{SITE}/business/b"]


def test_a_text_sitemap() -> None:
    found = page(f"{SITE}/2025/01/02/a\n{SITE}/2024/01/02/b\n")

    assert [one.listing.url for one in found.lines] == [f"{SITE}/2025/01/02/a"]


def test_a_web_page_is_no_sitemap() -> None:
    told = page("<html><body>Not here</body></html>")

    assert told.reason is not None
    assert told.lines == ()
