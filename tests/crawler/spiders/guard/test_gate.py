"""Each hop of a public source's redirect, and the names that lie about where they lead."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from scrapy.http import Request, Response

from config.errors import Unreachable
from config.model import Source
from crawler.spiders.crawl import Crawl
from crawler.spiders.desk import Desk
from crawler.spiders.guard.address import Endpoint, Passport
from crawler.spiders.guard.gate import PASSPORT, AddressGate
from crawler.spiders.guard.resolver import GuardedResolver

HOPS = [
    *("http://127.0.0.1/", "http://127.1/", "http://0/", "http://2130706433/", "http://0x7f.1/"),
    *("http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost./"),
    *("http://10.0.0.1/", "http://169.254.169.254/", "http://100.64.0.1/", "http://router/"),
    *("http://1.2.3.4@127.0.0.1/", "http://news.example:22/", "ftp://news.example/"),
    "http://wiki.corp.example/",
]


@pytest.fixture
def gate(watch: Any) -> AddressGate:
    return AddressGate(Desk(now=watch, inner={Endpoint("wiki.corp.example", 80)}))


@pytest.mark.parametrize("url", HOPS)
def test_hop_of_a_public_source_is_refused(gate: AddressGate, url: str) -> None:
    request = Request(url, meta={PASSPORT: Passport(), "download_slot": "news.example"})

    with pytest.raises(Unreachable):
        gate.process_request(request)


def test_hop_waits_for_the_turn_of_its_own_host(gate: AddressGate) -> None:
    request = Request(
        "https://cdn.example/1", meta={PASSPORT: Passport(), "download_slot": "news.example"}
    )

    gate.process_request(request)

    assert request.meta["download_slot"] == "cdn.example"


def test_answer_from_a_private_address_is_dropped(gate: AddressGate) -> None:
    request = Request("http://news.example/", meta={PASSPORT: Passport()})

    with pytest.raises(Unreachable, match="not public"):
        gate.process_response(request, Response(request.url, ip_address="127.0.0.1"))


def lead_to_loopback(crawl: Crawl) -> None:
    """Make every name lead to 127.0.0.1, as a hostile name server would."""
    sys.modules["twisted.internet.reactor"].installNameResolver(  # type: ignore[attr-defined]
        GuardedResolver(
            is_inner=crawl._desk.inner.__contains__, look_up=lambda _host: ("127.0.0.1",)
        )
    )


async def test_public_name_that_leads_to_loopback_is_not_reached(
    crawl: Crawl, source_at: Any
) -> None:
    lead_to_loopback(crawl)

    with pytest.raises(Unreachable, match="no public address"):
        await crawl.fetch_list(source_at("http://rebind.example/feed", private=False))


async def test_private_source_may_live_behind_a_name(
    crawl: Crawl, site: Any, source_at: Any
) -> None:
    lead_to_loopback(crawl)
    site.serve("/feed", "<rss></rss>")
    source: Source = source_at(site.url("/feed").replace("127.0.0.1", "wiki.corp.example"))

    assert (await crawl.fetch_list(source)).status == 200
    with pytest.raises(Unreachable, match="private source"):
        await crawl.fetch_list(source.model_copy(update={"private": False}))
