"""Where does a site list its past?"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from config.errors import FetchError
from config.model import Source
from crawler.spiders.crawl import Crawl
from crawler.spiders.guard.robots import PARSE_CAP_BYTES

_MOST_NAMED = 100
_SITEMAP_LINE = re.compile(
    rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE
)
# Where content systems put it that name it nowhere: WordPress, Yoast, Drupal, Ghost, Arc.
_COMMON = (
    "/sitemap_index.xml",
    "/sitemap.xml",
    "/wp-sitemap.xml",
    "/sitemap-index.xml",
    "/sitemap.xml.gz",
    "/sitemaps.xml",
)


async def find_named_sitemaps(crawl: Crawl, source: Source, site: str) -> tuple[str, ...]:
    """The Sitemap lines of the robots.txt of `site` (https://host); none if it has no such file.

    Source: sitemaps.org/protocol.html#submit_robots. They may name another host.
    """
    try:
        fetched = await crawl.fetch_list(source, url=f"{site}/robots.txt")
    except FetchError:
        return ()
    return find_sitemap_lines(fetched.body, base=fetched.url)


def find_sitemap_lines(robots: bytes, *, base: str) -> tuple[str, ...]:
    """The addresses that a robots.txt names as sitemaps, in its order."""
    named = _SITEMAP_LINE.findall(robots[:PARSE_CAP_BYTES])[:_MOST_NAMED]
    urls = (urljoin(base, name.decode("utf-8", "replace")) for name in named)
    return tuple(dict.fromkeys(url for url in urls if urlsplit(url).scheme in ("http", "https")))


def common_places(site: str) -> tuple[str, ...]:
    """Addresses at which many sites have their sitemap."""
    return tuple(site + path for path in _COMMON)
