"""To which Source does an address belong?"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from config.model import Source

_FRONTS = ("www.", "m.", "mobile.", "amp.", "edition.")
_FEED_HOSTS = frozenset({"feed", "feeds", "rss", "rssfeeds", "newsrss", "api", "xml", "sitemap"})


class SourcesByHost:
    """The owner's sources under the hosts that their articles stand on."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_host: dict[str, list[Source]] = {}
        for source in sources:
            for host in _hosts_of(source):
                self._by_host.setdefault(host, []).append(source)

    def find(self, url: str) -> Source | None:
        """The source of the page at `url`: of its host, else of the site it is a subdomain of.

        Of several on one host, the one whose path shares most with the page's; else the first.
        """
        parts = urlsplit(url)
        labels = _bare(parts.hostname or "").split(".")
        for start in range(max(1, len(labels) - 1)):
            found = self._by_host.get(".".join(labels[start:]))
            if found:
                return max(found, key=lambda source: _shared(source, parts.path))
        return None


def _hosts_of(source: Source) -> set[str]:
    host = _bare(urlsplit(source.url).hostname or "")
    first, _, rest = host.partition(".")
    is_feed_host = first in _FEED_HOSTS and "." in rest
    return {host, rest} if is_feed_host else {host}


def _bare(host: str) -> str:
    host = host.lower().rstrip(".")
    for front in _FRONTS:
        host = host.removeprefix(front)
    return host


def _shared(source: Source, path: str) -> int:
    """How many first parts of its path a page has in common with the source's own."""
    count = 0
    for mine, other in zip(urlsplit(source.url).path.split("/"), path.split("/"), strict=False):
        if mine != other:
            break
        count += 1
    return count
