"""Pages that cannot be had: what their list said of them is read in their place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.storage.articles import StoredArticle, load_article
from crawler.storage.database import DATABASE_NAME, open_database
from crawler.storage.listings import count_attempt, load_waiting

TITLE = "Meta plans to spend 60 to 65 billion dollars on artificial intelligence"
SUMMARY = "Meta will build data centers for 60 to 65 billion dollars this year, it said on Friday."
PAGE = (
    f"<html lang='en'><title>{TITLE}</title><h1>{TITLE}</h1>"
    + f"<p>{SUMMARY} More than before, and for artificial intelligence only.</p>" * 8
)
STUB = (
    f"<html lang='en'><title>{TITLE}</title><h1>{TITLE}</h1><article><p>Meta will build data "
    "centers.</p><p>Subscribe now to continue reading this story.</p></article>"
)
NAMES = ("refused", "gone", "paywall", "broken")


def feed_of(site: Any) -> str:
    at = datetime.now(UTC) - timedelta(hours=1)
    items = "".join(
        f"<item><title>{TITLE}</title><link>{site.url('/' + name)}</link>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>{SUMMARY}</description></item>"
        for name in NAMES
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


def write(site: Any, own_house: Any, **fields: str) -> None:
    site.serve("/feed", feed_of(site), kind="application/rss+xml")
    source = {"id": "news", "name": "News", "kind": "feed", "url": site.url("/feed")}
    own_house.write(sources=[source | {"private": "true", "language": "en"} | fields])


def stored(site: Any, own_house: Any) -> dict[str, StoredArticle | None]:
    database = open_database(own_house.state / DATABASE_NAME)
    try:
        with database.read() as db:
            return {name: load_article(db, site.url(f"/{name}")) for name in NAMES}
    finally:
        database.close()


def serve_walls(site: Any) -> None:
    site.serve("/refused", "no", status=403)
    site.serve("/gone", "no", status=410)
    site.serve("/paywall", STUB)
    site.serve("/broken", "no", status=503)


async def test_text_of_the_feed_stands_in_until_the_page_is_had(site: Any, own_house: Any) -> None:
    write(site, own_house)
    serve_walls(site)

    await own_house.rasid("once")
    told = stored(site, own_house)
    why = await own_house.rasid("explain", site.url("/refused"))
    site.serve("/refused", PAGE)
    await own_house.rasid("once")
    later = stored(site, own_house)

    assert {name for name, one in told.items() if one} == {"refused", "gone", "paywall"}
    assert all(one.reading and one.reading.ai_investment for one in told.values() if one)
    assert "could not be had (127.0.0.1 does not let us in (403)); read from the feed's text" in why
    assert (later["refused"].revision, later["refused"].article.reasons) == (2, ())
    assert (later["gone"].revision, later["paywall"].revision) == (1, 1)
    assert site.count("/gone") == 1
    assert site.count("/paywall") == 2


async def test_a_page_that_is_gone_is_told_by_the_feed_and_a_live_blog_by_nobody(
    site: Any, own_house: Any
) -> None:
    write(site, own_house)
    serve_walls(site)
    live = (
        '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "x"}</script>'
    )
    site.serve("/refused", PAGE.replace("<title>", f"{live}<title>", 1))
    missing = "<h1>Page not found</h1><p>The page you look for does not exist any more.</p>"
    site.serve("/paywall", f"<html><title>Page not found</title>{missing}")

    await own_house.rasid("once")
    told = stored(site, own_house)
    await own_house.rasid("once")

    assert {name for name, one in told.items() if one} == {"gone", "paywall"}
    assert (site.count("/refused"), site.count("/paywall")) == (1, 1)


async def test_page_that_failed_five_times_is_read_from_the_feed(site: Any, own_house: Any) -> None:
    write(site, own_house)
    serve_walls(site)
    await own_house.rasid("once")
    early = stored(site, own_house)["broken"]
    database = open_database(own_house.state / DATABASE_NAME)
    with database.write() as tx:
        line = next(
            w for w in load_waiting(tx, "news", limit=9) if w.listing.url.endswith("/broken")
        )
        for _ in range(3):
            count_attempt(tx, line.id, now=datetime.now(UTC), note="503", give_up_after=5)
    database.close()

    await own_house.rasid("once")

    assert early is None
    assert stored(site, own_house)["broken"] is not None


async def test_page_under_another_address_is_the_next_revision(site: Any, own_house: Any) -> None:
    write(site, own_house)
    serve_walls(site)
    await own_house.rasid("once")
    link = f"<link rel='canonical' href='{site.url('/whole/refused')}'><title>"
    site.serve("/refused", PAGE.replace("<title>", link, 1))

    await own_house.rasid("once")
    later = stored(site, own_house)["refused"]

    assert (later.article.url, later.revision) == (site.url("/whole/refused"), 2)


async def test_text_of_a_source_that_forbids_keeping_is_read_and_not_kept(
    site: Any, own_house: Any
) -> None:
    write(site, own_house, keep_text="no")
    serve_walls(site)

    await own_house.rasid("once")
    told = stored(site, own_house)["refused"]

    assert (told.article.title, told.article.body) == (TITLE, "")
    assert told.reading.figures
