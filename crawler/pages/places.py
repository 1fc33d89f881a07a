"""Where does a site keep its lists, beside what its pages name?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import unquote, urlsplit

from crawler.pages.urls import absolute_url, unique

_SITEMAP_LINE = re.compile(r"^[^\S\n]*sitemap[^\S\n]*:[^\S\n]*(\S{1,2000})", re.I | re.M)
_PATHS = (
    "/feed/",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/sitemap_news.xml",
    "/news-sitemap.xml",
    "/sitemap.xml",
    "/wp-json/wp/v2/posts",
)
# Where WordPress, Yoast, Drupal and Ghost list a whole site, named in no robots.txt.
_ARCHIVES = (
    "/sitemap_index.xml",
    "/sitemap.xml",
    "/wp-sitemap.xml",
    "/sitemap-index.xml",
    "/sitemap.xml.gz",
    "/sitemaps.xml",
)
_MOST_NAMED = 100
_OF_NEWS = re.compile(r"news|google-?news|أخبار", re.IGNORECASE)
_OF_OTHERS = re.compile(r"image|video|categor|tag|author|page|product|static", re.IGNORECASE)
_CHANGES_NAME = re.compile(r"\d{4}|[-_/]\d+\.xml", re.IGNORECASE)


def find_sitemaps(robots: str, base: str) -> tuple[str, ...]:
    """Addresses on the first Sitemap lines of a robots.txt, those for news first.

    Source: sitemaps.org/protocol.html#submit_robots. They may name another host.
    """
    lines = islice(_SITEMAP_LINE.finditer(robots[:500_000]), _MOST_NAMED)
    found = (absolute_url(line[1], base) for line in lines)
    return order_sitemaps(unique(url for url in found if url is not None))


def order_sitemaps(urls: Iterable[str]) -> tuple[str, ...]:
    """`urls` with those whose name speaks of news first, of pictures or tags last."""

    def key(url: str) -> int:
        path = unquote(urlsplit(url).path)
        return 0 if _OF_NEWS.search(path) else 2 if _OF_OTHERS.search(path) else 1

    return tuple(sorted(urls, key=key))


def keeps_its_name(url: str) -> bool:
    """Whether a sitemap of an index may be watched itself: no month or number in its name."""
    parts = urlsplit(url)
    return _CHANGES_NAME.search(f"{parts.path}?{parts.query}") is None


def common_places(asked: str) -> tuple[str, ...]:
    """Where software puts lists unasked: below the address that was asked for, then at the root."""
    parts = urlsplit(asked)
    root = f"{parts.scheme}://{parts.netloc}"
    folder = parts.path.rstrip("/")
    own = (f"{root}{folder}/feed/",) if folder and "." not in folder.rpartition("/")[2] else ()
    return unique((*own, *(root + path for path in _PATHS)))


def archive_places(site: str) -> tuple[str, ...]:
    """Addresses at which many sites list all that they have; `site` is https://host."""
    return tuple(site + path for path in _ARCHIVES)
