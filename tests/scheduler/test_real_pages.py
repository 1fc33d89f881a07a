"""Ninety-nine real pages, served as three sites: none lost, none twice, nothing asked again."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.model import Evidence, Reading
from crawler.storage.articles import load_article
from crawler.storage.database import DATABASE_NAME, open_database
from scheduler.demo.drive import Driver
from scheduler.filters import reading_record

pytestmark = pytest.mark.timeout(300)

SHARED = Path(os.environ.get("RASID_SHARED") or Path(__file__).parents[3] / "shared")
PAGES = SHARED / "data" / "pages"

if not (PAGES / "manifest.jsonl").exists():
    pytest.skip("the real pages are not beside this checkout", allow_module_level=True)

Opener = Callable[[], Awaitable[Any]]
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{}</channel></rss>'
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
)


def manifest() -> list[dict[str, Any]]:
    lines = (PAGES / "manifest.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def list_of(kind: str, urls: list[str]) -> tuple[str, str]:
    """The list in its kind's own words, and its content type."""
    if kind == "feed":
        items = "".join(f"<item><link>{url}</link></item>" for url in urls)
        return FEED.format(items), "application/rss+xml"
    if kind == "sitemap":
        return SITEMAP.format("".join(f"<url><loc>{url}</loc></url>" for url in urls)), "text/xml"
    links = "".join(f'<li><a href="{url}">story</a></li>' for url in urls)
    return f"<html><body><ul>{links}</ul></body></html>", "text/html"


async def serve_pages(open_site: Opener) -> tuple[list[Any], list[dict[str, Any]], dict[str, str]]:
    """Three sites with a third of the pages each; their sources; page id by URL."""
    pages, sites, sources, ids = manifest(), [], [], {}
    for number, kind in enumerate(("feed", "sitemap", "section")):
        site = await open_site()
        urls = []
        for page in pages[number::3]:
            path = f"/news/{page['id']}.html"
            site.serve(path, gzip.decompress((PAGES / page["file"]).read_bytes()))
            urls.append(site.url(path))
            ids[site.url(path)] = page["id"]
        text, content_type = list_of(kind, urls)
        site.serve_list("/list", text, etag=f'"{kind}-1"', kind=content_type)
        sites.append(site)
        source = {"id": f"third-{kind}", "name": kind, "kind": kind, "url": site.url("/list")}
        if kind == "section":
            source["link_pattern"] = "/news/.*[.]html"
        sources.append(source | {"private": "true"})
    return sites, sources, ids


def hits(sites: list[Any], part: str) -> int:
    return sum(part in hit.path for site in sites for hit in site.hits)


async def test_all_pages_come_in_and_a_second_run_asks_for_none(
    open_site: Opener, own_house: Any
) -> None:
    sites, sources, ids = await serve_pages(open_site)
    own_house.write(sources=sources)

    first = json.loads(await own_house.rasid("once", "--json"))
    asked = hits(sites, "/news/")
    second = json.loads(await own_house.rasid("once", "--json"))

    assert [look["failed"] for look in first["looks"]] == [0, 0, 0]
    assert asked == len(ids) == 99  # each page was asked for once
    assert hits(sites, "/news/") == asked  # and none again
    assert [look["outcome"] for look in second["looks"]] == ["unchanged"] * 3


async def test_a_day_later_the_lists_are_unchanged_and_no_page_is_asked(
    open_site: Opener, own_house: Any
) -> None:
    sites, sources, _ids = await serve_pages(open_site)
    own_house.write(sources=sources)
    await own_house.rasid("once")
    asked, lists = hits(sites, "/news/"), hits(sites, "/list")
    driver = Driver(own_house.folder, own_house.state, [source["id"] for source in sources])

    await driver.begin(datetime.now(UTC) + timedelta(days=1))
    await driver.stop()
    status = json.loads(await own_house.rasid("status", "--json"))

    assert hits(sites, "/list") == lists + 3
    assert hits(sites, "/news/") == asked
    assert {source["outcome"] for source in status["sources"]} == {"unchanged"}


async def test_once_and_the_filters_read_alike(open_site: Opener, own_house: Any) -> None:
    _sites, sources, ids = await serve_pages(open_site)
    own_house.write(sources=sources)
    records = [
        {"id": page, "url": url, "file": str(PAGES / "html" / f"{page}.html.gz")}
        for url, page in ids.items()
    ]

    await own_house.rasid("once")
    lines = "\n".join(json.dumps(record) for record in records)
    articles = await own_house.rasid("extract", stdin=lines.encode())
    stories = [json.loads(line) for line in articles.splitlines()]
    again = [
        {
            "id": story["id"],
            "title": story["title"],
            "text": story["text"],
            "lang": story["language"],
            "date": story["published"],
        }
        for story in stories
    ]
    lines = "\n".join(json.dumps(record) for record in again)
    readings = await own_house.rasid("read", stdin=lines.encode())
    by_filter = {said["id"]: said for said in map(json.loads, readings.splitlines())}

    database = open_database(own_house.state / DATABASE_NAME, read_only=True)
    unlike = []
    with database.read() as db:
        for url, page in ids.items():
            stored = load_article(db, url)
            assert stored is not None, url
            assert isinstance(stored.reading, Reading)
            daemon = reading_record(stored.reading)
            if stored.article.published and stored.article.published.evidence is Evidence.RELATIVE:
                continue  # counted from two moments of fetching
            if daemon != {name: by_filter[page][name] for name in daemon}:
                unlike.append(page)
    database.close()
    assert unlike == []
