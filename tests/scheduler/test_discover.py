"""What a site offers is found at the first run: twenty-eight sites of every kind, planted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from config.errors import FetchError, RasidError
from config.model import Settings
from crawler.spiders.crawl import Crawl
from crawler.workroom import Workroom
from scheduler.discover import Found, discover
from scheduler.door import Door
from tests.scheduler.commands import sites as world

Opener = Callable[[], Awaitable[Any]]
PATHS = [f"/2026/11/2{n}/story-{n}" for n in range(5)]
MENU = ["/markets/", "/people/", "/contact"]
XML = "application/xml"


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A site, what its owner types, and where the right list is."""

    plant: Callable[[Any], None]
    right: str
    kind: str = "feed"
    typed: str = "/"
    also: dict[str, str] = field(default_factory=dict)


def listing(paths: list[str] = PATHS, titles: tuple[str, ...] = world.TITLES) -> str:
    return world.section(paths, menu=MENU, titles=titles)


def whole(site: Any, paths: list[str] = PATHS) -> list[str]:
    return [site.url(path) for path in paths]


def front(site: Any, head: str = "", body: str | None = None, path: str = "/") -> None:
    site.serve(path, world.page(head, listing() if body is None else body))


def sitemap_line(site: Any, path: str) -> None:
    robots = f"User-agent: *\nDisallow: /admin/\n\nSitemap: {site.url(path)}\n"
    site.serve("/robots.txt", robots, kind="text/plain")


def wordpress(site: Any) -> None:
    comments = world.alternate("/comments/feed/", title="The Quay Gazette » Comments Feed")
    front(site, comments + world.alternate("/feed/", title="The Quay Gazette » Feed"))
    site.serve("/feed/", world.rss(whole(site)), kind=XML)
    site.serve("/comments/feed/", world.rss(whole(site), hours=0), kind=XML)


def only_robots(site: Any) -> None:
    front(site, body="<div id=app></div>")
    sitemap_line(site, "/maps/google-news.xml")
    site.serve("/maps/google-news.xml", world.news_sitemap(whole(site)), kind=XML)


def index_with_news(site: Any) -> None:
    front(site, body="<div id=app></div>")
    sitemap_line(site, "/sitemap.xml")
    children = ["/sitemap-tags.xml", "/sitemap-pages.xml", "/sitemap-news.xml"]
    site.serve("/sitemap.xml", world.index(whole(site, children)), kind=XML)
    site.serve("/sitemap-news.xml", world.news_sitemap(whole(site)), kind=XML)


def index_of_months(site: Any) -> None:
    front(site, body="<div id=app></div>")
    sitemap_line(site, "/sitemap.xml")
    site.serve("/sitemap.xml", world.index([site.url("/news-2026-11.xml")]), kind=XML)
    site.serve("/news-2026-11.xml", world.news_sitemap(whole(site)), kind=XML)


def arabic_section(site: Any) -> None:
    paths = [f"/economy/خبر-عن-الاستثمار-{340031 + n}.html" for n in range(6)]
    body = listing(paths, world.ARABIC)
    site.serve("/economy/", world.page(body=body, lang="ar", title="القيادة | اقتصاد"))
    site.serve("/", world.page(body="<div id=app></div>", lang="ar"))


def page_for_feed(site: Any) -> None:
    front(site, world.alternate("/real.xml"), path="/feed")
    site.serve("/real.xml", world.rss(whole(site)), kind=XML)


def moved(site: Any) -> None:
    site.serve("/old-feed", status=301, headers={"Location": "/new-feed"})
    site.serve("/new-feed", world.rss(whole(site)), kind=XML)


def common_place(site: Any) -> None:
    front(site)
    site.serve("/rss.xml", world.rss(whole(site)), kind=XML)


def posts_only(site: Any) -> None:
    front(site, body="<div id=app></div>")
    posts = ",".join(
        f'{{"id": {n}, "date_gmt": "{world.at(n + 1):%Y-%m-%dT%H:%M:%S}", "link": "{link}", '
        f'"title": {{"rendered": "{title}"}}, "excerpt": {{"rendered": "<p>Words.</p>"}}}}'
        for n, (link, title) in enumerate(zip(whole(site), world.TITLES, strict=False))
    )
    site.serve("/wp-json/wp/v2/posts", f"[{posts}]", kind="application/json")


def stale_feed_live_sitemap(site: Any) -> None:
    front(site, world.alternate("/rss"))
    site.serve("/rss", world.rss(whole(site), hours=730 * 24), kind=XML)
    sitemap_line(site, "/news.xml")
    site.serve("/news.xml", world.news_sitemap(whole(site)), kind=XML)


def stale_feed_live_page(site: Any) -> None:
    front(site, world.alternate("/rss"))
    site.serve("/rss", world.rss(whole(site), hours=730 * 24), kind=XML)


def undated_feed(site: Any) -> None:
    front(site, world.alternate("/feed.xml"))
    site.serve("/feed.xml", world.rss(whole(site), dates=False), kind=XML)


def broken_feed(site: Any) -> None:
    front(site, world.alternate("/feed.xml"))
    text = world.rss(whole(site))
    site.serve("/feed.xml", text[: text.rindex("<link>")].replace("Harbor", "Harbor & Co"))


def atom_feed(site: Any) -> None:
    front(site, world.alternate("/atom", kind="application/atom+xml"))
    site.serve("/atom", world.atom(whole(site)), kind=XML)


def json_feed(site: Any) -> None:
    front(site, world.alternate("/feed.json", kind="application/feed+json"))
    items = ",".join(
        f'{{"url": "{link}", "title": "News", "date_published": "{world.at(n).isoformat()}"}}'
        for n, link in enumerate(whole(site))
    )
    text = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "Q", "items": [{items}]}}'
    site.serve("/feed.json", text, kind="application/feed+json")


def section_feed(site: Any) -> None:
    head = world.alternate("/feed/") + world.alternate("/economy/feed/", title="Economy")
    front(site, head, path="/economy/")
    site.serve("/feed/", world.rss(whole(site), hours=0), kind=XML)
    site.serve("/economy/feed/", world.rss(whole(site)), kind=XML)


def tag_feed_first(site: Any) -> None:
    front(site, world.alternate("/tag/chips/feed") + world.alternate("/index.xml"))
    site.serve("/tag/chips/feed", world.rss(whole(site), hours=0), kind=XML)
    site.serve("/index.xml", world.rss(whole(site)), kind=XML)


def page_of_feeds(site: Any) -> None:
    front(site, body=listing() + '<footer><a href="/rss/">RSS</a></footer>')
    front(site, body='<ul><li><a href="/rss/main.xml">All our news</a></ul>', path="/rss/")
    site.serve("/rss/main.xml", world.rss(whole(site)), kind=XML)


def feed_itself(site: Any) -> None:
    front(site, world.alternate("/other.xml"))
    site.serve("/other.xml", world.rss(whole(site), hours=0), kind=XML)
    site.serve("/mine.xml", world.rss(whole(site)), kind=XML)


def empty_feed(site: Any) -> None:
    front(site, world.alternate("/feed"))
    site.serve("/feed", world.rss([]), kind=XML)
    sitemap_line(site, "/news.xml")
    site.serve("/news.xml", world.news_sitemap(whole(site)), kind=XML)


def article_page(site: Any) -> None:
    head = world.alternate("/a-story/feed/", title="Comments on a story")
    site.serve("/a-story/", world.page(head + world.alternate("/feed/"), world.article()))
    site.serve("/a-story/feed/", world.rss(whole(site), hours=0), kind=XML)
    site.serve("/feed/", world.rss(whole(site)), kind=XML)


def feed_gone(site: Any) -> None:
    wordpress(site)


def front_declares(site: Any) -> None:
    front(site, world.alternate("/syndication/all.xml"))
    front(site, path="/markets/")
    site.serve("/syndication/all.xml", world.rss(whole(site)), kind=XML)


def dead_feed_typed(site: Any) -> None:
    wordpress(site)
    site.serve("/old.xml", world.rss(whole(site), hours=900 * 24), kind=XML)


def front_refreshes(site: Any) -> None:
    site.serve("/", world.page('<meta http-equiv="refresh" content="0; url=/ar/">'))
    site.serve("/ar/", world.page(world.alternate("/ar/feed.xml", kind="text/xml"), lang="ar"))
    site.serve("/ar/feed.xml", world.rss(whole(site), titles=world.ARABIC), kind=XML)


def front_redirects(site: Any) -> None:
    site.serve("/", status=302, headers={"Location": "/en/home"})
    front(site, world.alternate("feed.xml"), path="/en/home")
    site.serve("/en/feed.xml", world.rss(whole(site)), kind=XML)


def podcast_first(site: Any) -> None:
    head = world.alternate("/podcast.xml", title="Our podcast") + world.alternate("/all.xml")
    front(site, head)
    site.serve("/podcast.xml", world.rss(whole(site), hours=0), kind=XML)
    site.serve("/all.xml", world.rss(whole(site)), kind=XML)


def declared_is_gone(site: Any) -> None:
    front(site, world.alternate("/feed") + world.alternate("/walled.xml"))
    site.serve("/walled.xml", "no", status=403)
    site.serve("/atom.xml", world.atom(whole(site)), kind=XML)


PLANTED = {
    "WordPress, the feed of comments first": Planted(plant=wordpress, right="/feed/"),
    "a news sitemap in robots.txt": Planted(
        plant=only_robots, right="/maps/google-news.xml", kind="sitemap"
    ),
    "an index with a sitemap of news": Planted(
        plant=index_with_news, right="/sitemap-news.xml", kind="sitemap"
    ),
    "an index whose sitemaps change their names": Planted(
        plant=index_of_months, right="/sitemap.xml", kind="sitemap"
    ),
    "an Arabic section page without anything": Planted(
        plant=arabic_section,
        typed="/economy/",
        right="/economy/",
        kind="section",
        also={"link_pattern": r"-\d{4,}\.html$"},
    ),
    "a page in place of the feed": Planted(plant=page_for_feed, typed="/feed", right="/real.xml"),
    "a feed that moved": Planted(plant=moved, typed="/old-feed", right="/new-feed"),
    "a feed at a common place": Planted(plant=common_place, right="/rss.xml"),
    "posts of WordPress only": Planted(plant=posts_only, right="/wp-json/wp/v2/posts"),
    "a dead feed and a live sitemap": Planted(
        plant=stale_feed_live_sitemap, right="/news.xml", kind="sitemap"
    ),
    "a dead feed and a live page": Planted(
        plant=stale_feed_live_page,
        right="/",
        kind="section",
        also={"link_pattern": r"/20\d{2}/\d{1,2}/\d{1,2}/"},
    ),
    "a feed without dates": Planted(plant=undated_feed, right="/feed.xml"),
    "a feed of broken XML": Planted(plant=broken_feed, right="/feed.xml"),
    "Atom": Planted(plant=atom_feed, right="/atom"),
    "JSON Feed": Planted(plant=json_feed, right="/feed.json"),
    "the feed of the section that was typed": Planted(
        plant=section_feed, typed="/economy/", right="/economy/feed/"
    ),
    "the feed of a tag before the main one": Planted(plant=tag_feed_first, right="/index.xml"),
    "a page that lists the feeds": Planted(plant=page_of_feeds, right="/rss/main.xml"),
    "the feed itself": Planted(plant=feed_itself, typed="/mine.xml", right="/mine.xml"),
    "an empty feed and a sitemap": Planted(plant=empty_feed, right="/news.xml", kind="sitemap"),
    "an article with a feed of its comments": Planted(
        plant=article_page, typed="/a-story/", right="/feed/"
    ),
    "a feed that is gone": Planted(plant=feed_gone, typed="/gone.xml", right="/feed/"),
    "the front page knows more than the section": Planted(
        plant=front_declares, typed="/markets/", right="/syndication/all.xml"
    ),
    "a front page that leads on": Planted(plant=front_refreshes, right="/ar/feed.xml"),
    "a front page that redirects": Planted(plant=front_redirects, right="/en/feed.xml"),
    "a podcast before the articles": Planted(plant=podcast_first, right="/all.xml"),
    "what is declared is gone or walled": Planted(plant=declared_is_gone, right="/atom.xml"),
    "a dead feed that was typed": Planted(plant=dead_feed_typed, typed="/old.xml", right="/feed/"),
}


@pytest.fixture
async def door() -> AsyncIterator[Callable[[list[Any]], Awaitable[Door]]]:
    """A function that opens a door to sites on loopback, which may lead to each other."""
    opened: list[Door] = []

    async def build(planted: list[Any]) -> Door:
        settings = Settings(delay_s=Decimal(0), download_timeout_s=10)
        places = frozenset(site.base.removeprefix("http://") for site in planted)
        crawl = Crawl(settings, now=now, resolve_private=places)
        await crawl.start()
        workroom = Workroom(config_folder=None, workers=1, page_timeout_s=60)
        opened.append(Door(crawl=crawl, workroom=workroom, clock=now))
        return opened[-1]

    yield build
    for each in opened:
        await each.crawl.stop(5)
        await each.workroom.stop()


def now() -> datetime:
    return datetime.now(UTC)


async def test_the_right_list_is_found_at_the_first_run(open_site: Opener, door: Any) -> None:
    sites = [await open_site() for _ in PLANTED]
    for site, planted in zip(sites, PLANTED.values(), strict=True):
        planted.plant(site)
    opened = await door(sites)

    found: list[Found] = await asyncio.gather(
        *(
            discover(opened, site.url(planted.typed), private=True)
            for site, planted in zip(sites, PLANTED.values(), strict=True)
        )
    )

    wrong = {}
    for name, planted, site, each in zip(PLANTED, PLANTED.values(), sites, found, strict=True):
        best = each.candidates[0] if each.candidates else None
        told = (best.url, best.survey.form.kind) if best else None
        if told != (site.url(planted.right), planted.kind):
            wrong[name] = (told, each.notes)
        elif best is not None and best.link_pattern != planted.also.get("link_pattern"):
            wrong[name] = (best.link_pattern, each.notes)
    requests = [len(site.hits) for site in sites]
    print(f"{len(PLANTED) - len(wrong)} of {len(PLANTED)} sites, at most {max(requests)} requests")
    assert wrong == {}
    assert max(requests) <= 16


async def test_a_feed_that_moved_to_another_host_is_followed(open_site: Opener, door: Any) -> None:
    old, new = await open_site(), await open_site()
    old.serve("/feed", status=301, headers={"Location": new.url("/feed")})
    new.serve("/feed", world.rss(whole(new)), kind=XML)

    found = await discover(await door([old, new]), old.url("/feed"), private=True)

    assert found.candidates[0].url == new.url("/feed")


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "robots.txt refuses": (
        {"path": "/robots.txt", "body": "User-agent: *\nDisallow: /", "kind": "text/plain"},
        "forbids this page in its robots.txt",
    ),
    "robots.txt cannot be read": (
        {"path": "/robots.txt", "status": 503},
        r"its robots.txt could not be read \(503\)",
    ),
    "a wall": ({"path": "/", "status": 403}, r"does not let us in \(403\)"),
    "a test for humans": (
        {"path": "/", "body": "<html><title>Just a moment...</title></html>"},
        "shows a test for humans in place of the page",
    ),
    "nothing there": ({"path": "/", "status": 404}, "says that the page is gone"),
}


@pytest.mark.parametrize(("answer", "sentence"), REFUSALS.values(), ids=REFUSALS)
async def test_a_refusal_is_a_sentence_and_ends_the_search(
    site: Any, door: Any, answer: dict[str, Any], sentence: str
) -> None:
    wordpress(site)
    site.serve(**answer)

    with pytest.raises((FetchError, RasidError), match=sentence):
        await discover(await door([site]), site.url("/"), private=True)

    assert len(site.hits) <= 2
