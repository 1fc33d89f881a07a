"""Sites of every kind, each with where its right list is: what test_discover.py plants."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.scheduler.commands import sites as world

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


def ids_in_queries(site: Any) -> None:
    menu = '<div id="topmenu"><a href="/sport.php">رياضة</a><a href="/eco.php?x=1">اقتصاد</a></div>'
    cards = "".join(
        f'<a href="/news.php?nid={12345 + n}"><img src="/i.jpg"></a>'
        f'<a class="t" href="/news.php?nid={12345 + n}">{title}</a>'
        for n, title in enumerate(world.ARABIC)
    )
    site.serve("/eco.php", world.page(body=menu + cards, lang="ar"))


def chinese_section(site: Any) -> None:
    menu = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/gs/">公司</a></li></ul>'
    cards = "".join(
        f'<li><a href="./202611/25/t20261125_{123456 + n}.html">{title}</a></li>'
        for n, title in enumerate(world.CHINESE)
    )
    site.serve("/cj/", world.page(body=f"{menu}<ul>{cards}</ul>", lang="zh-CN"))


def packed_sitemap(site: Any) -> None:
    front(site, body="<div id=app></div>")
    names = ("images.xml", "pages.xml", "latest-news.xml.gz")
    lines = "".join(f"Sitemap: {site.url(f'/maps/{name}')}\n" for name in names)
    site.serve("/robots.txt", f"User-Agent: *\nAllow: /\n{lines}", kind="text/plain")
    packed = gzip.compress(world.news_sitemap(whole(site)).encode())
    site.serve("/maps/latest-news.xml.gz", packed, kind="application/x-gzip")


def page_of_oddly_named_feeds(site: Any) -> None:
    front(site, body=listing() + '<footer><a href="/rss-feeds">RSS</a></footer>')
    body = '<a href="/business/rssfeed.xml">Business</a><a href="/world/rssfeed.xml">World</a>'
    front(site, body=body, path="/rss-feeds")
    site.serve("/business/rssfeed.xml", world.rss(whole(site)), kind=XML)
    site.serve("/world/rssfeed.xml", world.rss(whole(site)), kind=XML)


def declared_page(site: Any) -> None:
    front(site, world.alternate("/rss"))
    front(site, path="/rss")
    site.serve("/feed.xml", world.rss(whole(site)), kind=XML)


def only_comments_declared(site: Any) -> None:
    front(site, world.alternate("/economy/comments/feed/"), path="/economy/")
    site.serve("/economy/comments/feed/", world.rss(whole(site), hours=0), kind=XML)
    front(site)
    site.serve("/feed/", world.rss(whole(site)), kind=XML)


def press_room(site: Any) -> None:
    slugs = [
        "quay-opens-a-second-plant-in-the-north",
        "quay-and-falcon-sign-a-contract",
        "lumen-health-joins-our-board-today",
        "a-new-chief-for-our-bank-unit",
    ]
    paths = [f"/newsroom/press-releases/{slug}" for slug in slugs]
    body = world.section(paths, menu=["/newsroom/press-releases", "/newsroom/events/"])
    kit = '<a href="/newsroom/media-kit">Download our media kit here</a>'
    site.serve("/newsroom/", world.page(body=body + kit))


def json_as_json(site: Any) -> None:
    json_feed(site)
    front(site, world.alternate("/feed.json", kind="application/json"))


def unlisted_sitemap(site: Any) -> None:
    front(site, body="<div id=app></div>")
    children = ["/sitemap-authors.xml", "/sitemap-news.xml"]
    site.serve("/sitemap.xml", world.index(whole(site, children)), kind=XML)
    site.serve("/sitemap-news.xml", world.news_sitemap(whole(site)), kind=XML)


def windows_1256(site: Any) -> None:
    front(site, world.alternate("/feed.asp"))
    text = world.rss(whole(site), titles=world.ARABIC)
    text = text.replace('version="1.0"', 'version="1.0" encoding="windows-1256"', 1)
    site.serve("/feed.asp", f"\n {text}".encode("cp1256"))


def second_feed_lives(site: Any) -> None:
    front(site, world.alternate("/en/feed") + world.alternate("/ar/feed"))
    site.serve("/en/feed", world.rss(whole(site), hours=60 * 24), kind=XML)
    site.serve("/ar/feed", world.rss(whole(site)), kind=XML)


def numbered_archive(site: Any) -> None:
    menu = '<ul id="menu-main"><li><a href="/archives/12">About</a></li></ul>'
    cards = "".join(
        f'<h2><a href="/archives/{451 + n}">{title}</a></h2>'
        f'<a href="/archives/{451 + n}#comments">3 Comments</a>'
        '<a href="/archives/category/port">Port</a>'
        for n, title in enumerate(world.TITLES)
    )
    front(site, body=menu + cards)


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
    "ids in the query": Planted(
        plant=ids_in_queries,
        typed="/eco.php",
        right="/eco.php",
        kind="section",
        also={"link_pattern": r"[?&]nid=\d{4,}(?:&|$)"},
    ),
    "a Chinese section page": Planted(
        plant=chinese_section,
        typed="/cj/",
        right="/cj/",
        kind="section",
        also={"link_pattern": r"/20\d{2}[01]\d/"},
    ),
    "a packed sitemap of news among others": Planted(
        plant=packed_sitemap, right="/maps/latest-news.xml.gz", kind="sitemap"
    ),
    "a page that lists feeds with odd names": Planted(
        plant=page_of_oddly_named_feeds, right="/business/rssfeed.xml"
    ),
    "a page where a feed is declared": Planted(plant=declared_page, right="/feed.xml"),
    "only comments are declared": Planted(
        plant=only_comments_declared, typed="/economy/", right="/feed/"
    ),
    "a press room": Planted(
        plant=press_room,
        typed="/newsroom/",
        right="/newsroom/",
        kind="section",
        also={"link_pattern": "/[^/?#_ -]+(?:[-_ ]+[^/?#_ -]+){3,}/?$"},
    ),
    "JSON Feed declared as JSON": Planted(plant=json_as_json, right="/feed.json"),
    "a sitemap that nobody names": Planted(
        plant=unlisted_sitemap, right="/sitemap-news.xml", kind="sitemap"
    ),
    "windows-1256": Planted(plant=windows_1256, right="/feed.asp"),
    "the second feed lives": Planted(plant=second_feed_lives, right="/ar/feed"),
    "numbered archives": Planted(
        plant=numbered_archive,
        right="/",
        kind="section",
        also={"link_pattern": r"/archives/\d{3,}(?:/|$)"},
    ),
}
