"""One visit to a source whose server is down: nothing that its list named is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.storage.database import DATABASE_NAME, Connection, open_database
from crawler.storage.listings import count_waiting, load_waiting
from crawler.storage.looks import load_states

TITLE = "Meta plans to spend 60 to 65 billion dollars on artificial intelligence"
PAGE = (
    f"<html lang='en'><title>{TITLE}</title><h1>{TITLE}</h1>"
    + "<p>Meta will build data centers for 60 to 65 billion dollars this year.</p>" * 8
)
PAGES = [f"/news/{number}" for number in range(6)]


def write(site: Any, own_house: Any, *, kind: str, url: str) -> None:
    source = {"id": "news", "name": "News", "kind": kind, "url": site.url(url)}
    own_house.write(sources=[source | {"private": "true", "language": "en"}])


def serve_feed(site: Any) -> None:
    at = datetime.now(UTC) - timedelta(hours=1)
    items = "".join(
        f"<item><title>{TITLE} {path}</title><link>{site.url(path)}</link>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for path in PAGES
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    site.serve("/feed", feed, kind="application/rss+xml")


def serve_pages_down(site: Any) -> None:
    for path in PAGES:
        site.serve(path, "down", status=503)


def stored(own_house: Any, ask: Callable[[Connection], Any]) -> Any:
    database = open_database(own_house.state / DATABASE_NAME)
    try:
        with database.read() as db:
            return ask(db)
    finally:
        database.close()


def tries(own_house: Any) -> list[int]:
    waiting = stored(own_house, lambda db: load_waiting(db, "news", limit=99))
    return sorted(one.attempts for one in waiting)


async def test_a_server_that_is_down_costs_three_pages_a_try_and_the_others_none(
    site: Any, own_house: Any
) -> None:
    write(site, own_house, kind="feed", url="/feed")
    serve_feed(site)
    serve_pages_down(site)

    await own_house.rasid("once")

    assert tries(own_house) == [0, 0, 0, 1, 1, 1]
    assert sum(site.count(path) for path in PAGES) == 3


async def test_while_nobody_answers_the_pages_keep_their_tries(site: Any, own_house: Any) -> None:
    write(site, own_house, kind="feed", url="/feed")
    serve_feed(site)
    serve_pages_down(site)
    await own_house.rasid("once")

    site.cut_off("/feed")
    await own_house.rasid("once", code=3)

    assert tries(own_house) == [0, 0, 0, 1, 1, 1]


async def test_an_index_whose_sitemaps_cannot_be_had_is_no_good_look(
    site: Any, own_house: Any
) -> None:
    write(site, own_house, kind="sitemap", url="/sitemap.xml")
    child = f"<sitemap><loc>{site.url('/news.xml')}</loc></sitemap>"
    site.serve("/sitemap.xml", f"<sitemapindex>{child}</sitemapindex>", kind="application/xml")
    site.serve("/news.xml", "down", status=503)

    await own_house.rasid("once", code=3)
    state = stored(own_house, load_states)["news"]

    # Were it good, the stories of its first list that comes would alert as if they were news.
    assert (state.outcome, state.first_look_done) == ("unreachable", False)
    assert stored(own_house, count_waiting) == {}


async def test_an_index_of_indexes_is_followed_down_to_its_stories(
    site: Any, own_house: Any
) -> None:
    write(site, own_house, kind="sitemap", url="/sitemap.xml")
    for path, child in (("/sitemap.xml", "/2026.xml"), ("/2026.xml", "/2026-11.xml")):
        index = f"<sitemapindex><sitemap><loc>{site.url(child)}</loc></sitemap></sitemapindex>"
        site.serve(path, index, kind="application/xml")
    line = f"<url><loc>{site.url(PAGES[0])}</loc><lastmod>2026-11-20</lastmod></url>"
    site.serve("/2026-11.xml", f"<urlset>{line}</urlset>", kind="application/xml")
    site.serve(PAGES[0], PAGE)

    await own_house.rasid("once")

    assert site.count(PAGES[0]) == 1
