"""The demo's web: some small news sites on loopback, which tell what they are told to."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from aiohttp import web

from config.model import Source
from scheduler.demo.lists import CONTENT_TYPES, PATHS, list_page
from scheduler.demo.pages import article_page, error_page
from scheduler.demo.script import Day, NewsArticle, Outlet

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LISTED = 20  # what a list shows
_RELATED = 3
_KINDS = {"sitemap": "sitemap", "section": "section"}  # all others are feeds
# As the reference outlet's sister sites: one slug, then a number.
LINK_PATTERN = r"-\d{3,}\.html$"
_ROBOTS = "User-agent: *\nDisallow: /admin/\nAllow: /\n"


@dataclass(slots=True)
class _Site:
    """One outlet on its own address, with what it has told so far."""

    outlet: Outlet
    base: str = ""
    articles: dict[str, NewsArticle] = field(default_factory=dict)  # by path, oldest first
    changed_at: datetime = datetime(2025, 1, 1, tzinfo=UTC)

    def listed(self) -> list[tuple[NewsArticle, str]]:
        newest = list(self.articles.items())[::-1][:_LISTED]
        return [(article, self.base + path) for path, article in newest]


_SITE: web.AppKey[_Site] = web.AppKey("site", _Site)


class World:
    """The web of `day`. `log` counts what was asked for: (outlet, path, status)."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.now = day.starts_at
        self.log: Counter[tuple[str, str, int]] = Counter()
        self.pace_s = 0.0  # how long every answer takes
        self.busy = 0  # requests being answered now
        self._numbers = {article.id: 340_031 + 17 * n for n, article in enumerate(day.articles)}
        self._sites = {outlet.id: _Site(outlet) for outlet in day.outlets}
        self._runners: list[web.AppRunner] = []

    @property
    def sources(self) -> tuple[Source, ...]:
        """The outlets as sources of a configuration; known after `start`."""
        return tuple(_source(site) for site in self._sites.values())

    async def start(self) -> None:
        """Open every site and put up what is told before the day begins."""
        for number, site in enumerate(self._sites.values()):
            await self._open(site, f"127.0.0.{11 + number}")
        for article in self.day.articles:
            if article.opening:
                self._put_up(article)
        self.now = self.day.starts_at

    async def stop(self) -> None:
        """Close every site."""
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()

    def publish(self, article_id: str, at: datetime) -> str:
        """Let it be `at`, and let the article's outlet tell it; its address."""
        article = next(each for each in self.day.articles if each.id == article_id)
        self.advance(at)
        return self._put_up(article)

    def advance(self, at: datetime) -> None:
        """Let it be `at`: what breaks by then is broken."""
        self.now = max(self.now, at)

    def url_of(self, article_id: str) -> str | None:
        """The address of an article; None while it is not told."""
        for site in self._sites.values():
            for path, article in site.articles.items():
                if article.id == article_id:
                    return site.base + path
        return None

    def _put_up(self, article: NewsArticle) -> str:
        site = self._sites[article.outlet]
        words = re.findall(r"\w+", article.title)[:6]
        path = f"/{quote('-'.join(words).lower())}-{self._numbers[article.id]}.html"
        site.articles.setdefault(path, article)
        site.changed_at = max(self.now, article.told_at)
        return site.base + path

    async def _open(self, site: _Site, host: str) -> None:
        app = web.Application(middlewares=[self._take_time])
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/{rest:.*}", self._answer)
        app[_SITE] = site
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        self._runners.append(runner)
        try:
            await web.TCPSite(runner, host, 0).start()
        except OSError:  # some systems have no loopback address but the first
            host = "127.0.0.1"
            await web.TCPSite(runner, host, 0).start()
        site.base = f"http://{host}:{runner.addresses[0][1]}"

    @web.middleware
    async def _take_time(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.busy += 1
        try:
            await asyncio.sleep(self.pace_s)
            return await handler(request)
        finally:
            self.busy -= 1

    async def _robots(self, request: web.Request) -> web.Response:
        return self._logged(request, web.Response(text=_ROBOTS))

    async def _answer(self, request: web.Request) -> web.Response:
        site: _Site = request.app[_SITE]
        if request.path == PATHS[site.outlet.list]:
            return self._logged(request, self._list(site, request))
        article = site.articles.get(request.rel_url.raw_path)
        if article is None:
            return self._logged(request, web.Response(status=404, text="not found"))
        others = [(each.title, url) for each, url in site.listed() if each.id != article.id]
        page = article_page(site.outlet, article, str(request.url), others[:_RELATED])
        return self._logged(request, _answer(request, page, "text/html", article.told_at))

    def _list(self, site: _Site, request: web.Request) -> web.Response:
        broken = [b for b in self.day.breaks if b.outlet == site.outlet.id and b.at <= self.now]
        if broken:
            if broken[-1].serves == "500":
                return web.Response(status=500, text="internal error")
            return web.Response(text=error_page(site.outlet), content_type="text/html")
        kind = site.outlet.list
        text = list_page(site.outlet, site.listed())
        return _answer(request, text, CONTENT_TYPES[kind], site.changed_at)

    def _logged(self, request: web.Request, response: web.Response) -> web.Response:
        site: _Site = request.app[_SITE]
        self.log[(site.outlet.id, request.rel_url.raw_path, response.status)] += 1
        return response


def _answer(request: web.Request, text: str, content_type: str, at: datetime) -> web.Response:
    """`text` with its validators, or 304 to whoever has it already."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Last-Modified": format_datetime(at.astimezone(UTC), usegmt=True)}
    if _has_it(request, etag, at):
        return web.Response(status=304, headers=headers)
    return web.Response(text=text, content_type=content_type, charset="utf-8", headers=headers)


def _has_it(request: web.Request, etag: str, at: datetime) -> bool:
    known = request.headers.get("If-None-Match")
    if known is not None:  # RFC 9110 13.1.3: it counts before the date
        return etag in (part.strip().removeprefix("W/") for part in known.split(","))
    since = request.headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        return at.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _source(site: _Site) -> Source:
    outlet = site.outlet
    kind = _KINDS.get(outlet.list, "feed")
    return Source.model_validate(
        {
            "id": outlet.id,
            "name": outlet.name,
            "url": site.base + PATHS[outlet.list],
            "kind": kind,
            "language": outlet.language,
            "country": outlet.country,
            "zone": outlet.zone,
            "private": True,
            "link_pattern": LINK_PATTERN if kind == "section" else None,
        }
    )
