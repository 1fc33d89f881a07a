"""How does the house ask a stranger's server for a list or a page?"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from scrapy.http import Response

from config.model import Settings, Source
from crawler.model import Fetched, Listing
from crawler.spiders.desk import Desk, slot_of
from crawler.spiders.guard.address import Endpoint, Passport, endpoint_of, find_refusal
from crawler.spiders.guard.body import BODY_CAP_BYTES, GZIP_TYPES, parse_content_type
from crawler.spiders.guard.gate import refused
from crawler.spiders.guard.manners import raise_if_resting
from crawler.spiders.guard.resolver import GuardedResolver
from crawler.spiders.keeper import Keeper
from crawler.spiders.outcome import error_of, judge, parse_max_age, parse_validator
from crawler.spiders.reactor import install_reactor
from crawler.spiders.settings import DNS_TIMEOUT_S, PLACES

LIST_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
LINK_CAP_BYTES = 8 * 1024
INNER_HINT = "; if it stands on a network of your own, write `private: true` at this source"


class Crawl:
    """The one door to strangers' servers: ask it for lists and pages.

    `now` gives aware UTC. `resolve_private`: further "host" or "host:port" that private
    Sources may reach beside their own, for an intranet with several servers.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        resolve_private: frozenset[str] = frozenset(),
    ) -> None:
        self._desk = Desk(now=now)
        self._beside = frozenset(_endpoints_of(resolve_private))
        self._keeper = Keeper(settings, self._desk)
        self._places = asyncio.Semaphore(PLACES)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def is_open(self) -> bool:
        """Whether asks are being answered now; False while the crawl is restarted."""
        return self._keeper.is_open

    async def start(self) -> None:
        """Open the crawl on the running loop."""
        logging.getLogger("scrapy").setLevel(logging.CRITICAL)  # its lines hold whole addresses
        reactor = install_reactor()
        reactor.installNameResolver(
            GuardedResolver(is_inner=self._desk.inner.__contains__, timeout_s=DNS_TIMEOUT_S)
        )
        await self._keeper.start()

    async def renew(self) -> None:
        """Open a new crawl in the place of the old, whose caches never shrink; no ask is lost."""
        await self._keeper.renew()

    async def stop(self, timeout_s: float = 10) -> None:
        """End the crawl in time, also while servers hang; whoever waits gets Unreachable."""
        await self._keeper.stop(timeout_s)

    async def fetch_list(
        self,
        source: Source,
        *,
        url: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        most_bytes: int = BODY_CAP_BYTES,
    ) -> Fetched:
        """Fetch the list of `source`, or a part of it at `url`; 304 with no body if unchanged.

        `most_bytes`: more is not read, packed or unpacked. **Raises** FetchError.
        """
        headers = {"Accept": LIST_ACCEPT}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return await self._fetch(source, url or source.url, headers, most_bytes=most_bytes)

    async def fetch_page(self, source: Source, listing: Listing) -> Fetched:
        """Fetch the page that `listing` names. **Raises** FetchError."""
        return await self._fetch(source, listing.url, {"Accept": PAGE_ACCEPT}, listing)

    async def _fetch(
        self,
        source: Source,
        url: str,
        headers: dict[str, str],
        listing: Listing | None = None,
        *,
        most_bytes: int = BODY_CAP_BYTES,
    ) -> Fetched:
        headers["Accept-Language"] = source.language or "*"
        passport = self._passport_of(source)
        refusal = find_refusal(url, passport, inner=frozenset(self._desk.inner))
        if refusal is not None:
            hint = "" if source.private or url != source.url else INNER_HINT
            raise refused(url, refusal + hint)
        slot = slot_of(url, passport)
        # One at a time for each host, and in order: behind an answer that asks for a rest no
        # other request of ours is on its way already.
        turn = self._turns.setdefault(slot, asyncio.Lock())
        async with turn, self._places:
            raise_if_resting(self._desk, slot)
            response = await self._keeper.ask(url, headers, passport, most_bytes=most_bytes)
        return self._fetched(source, response, listing, conditional=_is_conditional(headers))

    def _passport_of(self, source: Source) -> Passport:
        if not source.private:
            return Passport()
        own = endpoint_of(source.url)
        endpoints = frozenset({own} if own else ()) | self._beside
        self._desk.inner.update(endpoints)
        return Passport(own=endpoints)

    def _fetched(
        self, source: Source, response: Response, listing: Listing | None, *, conditional: bool
    ) -> Fetched:
        headers = {
            name.decode("latin-1").lower(): values[0].decode("latin-1")
            for name, values in response.headers.items()
            if values
        }
        now = self._desk.now()
        answer = judge(response.status, headers, response.body, conditional=conditional, now=now)
        host = urlsplit(response.url).hostname or ""
        error = error_of(answer, host, source.id)
        if error is not None:
            error.status = response.status
            raise error
        kind, charset = parse_content_type(headers.get("content-type"))
        return Fetched(
            source=source,
            url=response.url,
            status=response.status if response.status == 304 else 200,
            content_type="application/xml" if kind in GZIP_TYPES else kind,
            charset=charset,
            body=b"" if response.status == 304 else response.body,
            etag=parse_validator(headers.get("etag")),
            last_modified=parse_validator(headers.get("last-modified")),
            fetched_at=now,
            max_age_s=parse_max_age(headers.get("cache-control"), headers.get("age")),
            redirects=tuple(response.meta.get("redirect_reasons", ())),
            listing=listing,
            link=b", ".join(response.headers.getlist("Link"))[:LINK_CAP_BYTES].decode("latin-1")
            or None,
        )


def _is_conditional(headers: dict[str, str]) -> bool:
    return "If-None-Match" in headers or "If-Modified-Since" in headers


def _endpoints_of(places: frozenset[str]) -> list[Endpoint]:
    found = []
    for place in places:
        schemes = ("http",) if ":" in place else ("http", "https")
        found += [endpoint_of(f"{scheme}://{place}/") for scheme in schemes]
    return [endpoint for endpoint in found if endpoint]
