"""How do the demo's outlets list their articles? RSS, Atom, JSON Feed, news sitemap, front page."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from scheduler.demo.pages import section_page, summary
from scheduler.demo.script import NewsArticle, Outlet

Listed = Sequence[tuple[NewsArticle, str]]  # with its address, newest first

PATHS = {
    "rss": "/feed.xml",
    "atom": "/atom.xml",
    "json_feed": "/feed.json",
    "sitemap": "/news-sitemap.xml",
    "section": "/",
}
CONTENT_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json_feed": "application/feed+json",
    "sitemap": "application/xml",
    "section": "text/html",
}


def list_page(outlet: Outlet, listed: Listed) -> str:
    """The list of `outlet`, in its own format."""
    return _WRITERS[outlet.list](outlet, listed)


def _local(outlet: Outlet, article: NewsArticle) -> datetime:
    return article.told_at.astimezone(ZoneInfo(outlet.zone))


def _rss(outlet: Outlet, listed: Listed) -> str:
    items = "".join(
        f"<item><title>{escape(article.title)}</title><link>{escape(url)}</link>"
        f'<guid isPermaLink="true">{escape(url)}</guid>'
        f"<pubDate>{format_datetime(_local(outlet, article))}</pubDate>"
        f"<description>{escape(summary(article))}</description></item>\n"
        for article, url in listed
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(outlet.name)}</title><language>{outlet.language}</language>\n"
        f"{items}</channel></rss>\n"
    )


def _atom(outlet: Outlet, listed: Listed) -> str:
    entries = "".join(
        f'<entry><title>{escape(article.title)}</title><link rel="alternate" href="{escape(url)}"/>'
        f"<id>{escape(url)}</id><published>{_local(outlet, article).isoformat()}</published>"
        f"<updated>{_local(outlet, article).isoformat()}</updated>"
        f"<summary>{escape(summary(article))}</summary></entry>\n"
        for article, url in listed
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(outlet.name)}</title><id>urn:demo:{outlet.id}</id>\n{entries}</feed>\n"
    )


def _json_feed(outlet: Outlet, listed: Listed) -> str:
    items = [
        {
            "id": url,
            "url": url,
            "title": article.title,
            "summary": summary(article),
            "date_published": _local(outlet, article).isoformat(),
        }
        for article, url in listed
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _sitemap(outlet: Outlet, listed: Listed) -> str:
    urls = "".join(
        f"<url><loc>{escape(url)}</loc><news:news><news:publication>"
        f"<news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{_local(outlet, article).isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.title)}</news:title></news:news></url>\n"
        for article, url in listed
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    )


_WRITERS: dict[str, Callable[[Outlet, Listed], str]] = {
    "rss": _rss,
    "atom": _atom,
    "json_feed": _json_feed,
    "sitemap": _sitemap,
    "section": section_page,
}
