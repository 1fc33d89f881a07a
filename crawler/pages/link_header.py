"""Which feeds does a server name in the Link headers of its answer?  Source: RFC 8288."""

from __future__ import annotations

import re

from crawler.pages.clean import one_line
from crawler.pages.offers import Offer, is_feed_type
from crawler.pages.urls import absolute_url

_PARAMETER = r"\s*+;\s*+[\w-]{1,40}\*?+(?:\s*+=\s*+(?:\"[^\"]{0,500}+\"|[^\s,;\"]{1,500}+))?+"
_LINK = re.compile(rf"<([^<>]{{1,2048}})>((?:{_PARAMETER}){{0,20}}+)")
_SAID = re.compile(r";\s*+(rel|type|title)\s*+=\s*+(?:\"([^\"]*+)\"|([^\s,;\"]++))", re.IGNORECASE)


def find_header_feeds(header: str | None, base: str) -> tuple[Offer, ...]:
    """The feeds that `header`, all Link headers as one, names for the page at `base`."""
    found: dict[str, Offer] = {}
    for link in _LINK.finditer(header or ""):
        said: dict[str, str] = {}
        for name, quoted, plain in _SAID.findall(link[2]):
            said.setdefault(name.lower(), quoted or plain)  # the first counts
        relations = said.get("rel", "").lower().split()
        address = absolute_url(link[1].strip(), base)
        is_feed = "feed" in relations or (
            "alternate" in relations and is_feed_type(said.get("type", ""), link[1])
        )
        if address is not None and is_feed:
            found.setdefault(address, Offer(url=address, title=one_line(said.get("title"))))
    return tuple(found.values())
