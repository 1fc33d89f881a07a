"""Names whose addresses change, lie, hang or do not exist."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from crawler.spiders.guard.address import Endpoint
from crawler.spiders.guard.resolver import GuardedResolver

BOOK = {
    "news.example": ("93.184.215.14", "2606:4700::1111"),
    "rebind.example": ("127.0.0.1",),
    "mixed.example": ("10.0.0.1", "93.184.215.14", "::1"),
    "wiki.corp.example": ("10.0.0.5",),
}
WIKI = Endpoint("wiki.corp.example", 80)


def look_up(host: str) -> Sequence[str]:
    if host not in BOOK:
        raise OSError("no such name")
    return BOOK[host]


NAMES = {
    "public": (Endpoint("news.example", 443), ("93.184.215.14", "2606:4700::1111")),
    "rebinding": (Endpoint("rebind.example", 80), ()),
    "one private address among public ones": (Endpoint("mixed.example", 80), ("93.184.215.14",)),
    "inner host of a private source": (WIKI, ("10.0.0.5",)),
    "the same host at another port": (Endpoint("wiki.corp.example", 22), ()),
    "unknown": (Endpoint("nowhere.example", 80), ()),
    "literal": (Endpoint("127.0.0.1", 80), ()),
    "decimal literal": (Endpoint("2130706433", 80), ()),
    "public literal": (Endpoint("8.8.8.8", 80), ("8.8.8.8",)),
}


@pytest.mark.parametrize(("endpoint", "addresses"), NAMES.values(), ids=NAMES)
async def test_socket_gets_to_see(endpoint: Endpoint, addresses: Sequence[str]) -> None:
    resolver = GuardedResolver(is_inner={WIKI}.__contains__, look_up=look_up)

    assert await resolver.find_addresses(endpoint) == addresses


async def test_name_server_that_hangs_is_given_up() -> None:
    def hang(_: str) -> Sequence[str]:
        time.sleep(0.3)
        return ("93.184.215.14",)

    resolver = GuardedResolver(is_inner=set().__contains__, timeout_s=0.05, look_up=hang)

    assert await resolver.find_addresses(Endpoint("news.example", 80)) == ()
