"""What a site offers is found at the first run: forty sites of every kind, planted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from config.errors import FetchError, RasidError
from config.model import Settings
from crawler.spiders.crawl import Crawl
from crawler.workroom import Workroom
from scheduler.discover import Found, discover
from scheduler.door import Door
from tests.scheduler.commands import sites as world
from tests.scheduler.planted import PLANTED, XML, whole, wordpress

Opener = Callable[[], Awaitable[Any]]


@pytest.fixture
async def door() -> AsyncIterator[Callable[[list[Any]], Awaitable[Door]]]:
    """A function that opens a door to sites on loopback, which may lead to each other."""
    opened: list[Door] = []

    async def build(planted: list[Any]) -> Door:
        settings = Settings(delay_s=Decimal(0), download_timeout_s=10)
        places = frozenset(site.base.removeprefix("http://") for site in planted)
        crawl = Crawl(settings, now=now, resolve_private=places)
        await crawl.start()
        workroom = Workroom(config_folder=None, workers=1, page_timeout_s=60)
        opened.append(Door(crawl=crawl, workroom=workroom, clock=now))
        return opened[-1]

    yield build
    for each in opened:
        await each.crawl.stop(5)
        await each.workroom.stop()


def now() -> datetime:
    return datetime.now(UTC)


async def test_the_right_list_is_found_at_the_first_run(open_site: Opener, door: Any) -> None:
    sites = [await open_site() for _ in PLANTED]
    for site, planted in zip(sites, PLANTED.values(), strict=True):
        planted.plant(site)
    opened = await door(sites)

    found: list[Found] = await asyncio.gather(
        *(
            discover(opened, site.url(planted.typed), private=True)
            for site, planted in zip(sites, PLANTED.values(), strict=True)
        )
    )

    wrong = {}
    for name, planted, site, each in zip(PLANTED, PLANTED.values(), sites, found, strict=True):
        best = each.candidates[0] if each.candidates else None
        told = (best.url, best.survey.form.kind) if best else None
        if told != (site.url(planted.right), planted.kind):
            wrong[name] = (told, each.notes)
        elif best is not None and best.link_pattern != planted.also.get("link_pattern"):
            wrong[name] = (best.link_pattern, each.notes)
    requests = [len(site.hits) for site in sites]
    print(f"{len(PLANTED) - len(wrong)} of {len(PLANTED)} sites, at most {max(requests)} requests")
    assert wrong == {}
    assert max(requests) <= 16


async def test_a_feed_that_only_the_headers_name_is_found(open_site: Opener, door: Any) -> None:
    site = await open_site()
    site.serve("/hidden/f7", world.rss(whole(site)), kind=XML)
    named = {"Link": '</hidden/f7>; rel="alternate"; type="application/rss+xml"'}
    site.serve("/", "<html><title>Quay</title><p>Welcome.</p></html>", headers=named)
    opened = await door([site])

    found = await discover(opened, site.url("/"), private=True)

    assert [each.url for each in found.candidates] == [site.url("/hidden/f7")]
    assert len(site.hits) <= 4


async def test_a_feed_that_moved_to_another_host_is_followed(open_site: Opener, door: Any) -> None:
    old, new = await open_site(), await open_site()
    old.serve("/feed", status=301, headers={"Location": new.url("/feed")})
    new.serve("/feed", world.rss(whole(new)), kind=XML)

    found = await discover(await door([old, new]), old.url("/feed"), private=True)

    assert found.candidates[0].url == new.url("/feed")


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "robots.txt refuses": (
        {"path": "/robots.txt", "body": "User-agent: *\nDisallow: /", "kind": "text/plain"},
        "forbids this page in its robots.txt",
    ),
    "robots.txt cannot be read": (
        {"path": "/robots.txt", "status": 503},
        r"its robots.txt could not be read \(503\)",
    ),
    "a wall": ({"path": "/", "status": 403}, r"does not let us in \(403\)"),
    "a test for humans": (
        {"path": "/", "body": "<html><title>Just a moment...</title></html>"},
        "shows a test for humans in place of the page",
    ),
    "nothing there": ({"path": "/", "status": 404}, "says that the page is gone"),
}


@pytest.mark.parametrize(("answer", "sentence"), REFUSALS.values(), ids=REFUSALS)
async def test_a_refusal_is_a_sentence_and_ends_the_search(
    site: Any, door: Any, answer: dict[str, Any], sentence: str
) -> None:
    wordpress(site)
    site.serve(**answer)

    with pytest.raises((FetchError, RasidError), match=sentence):
        await discover(await door([site]), site.url("/"), private=True)

    assert len(site.hits) <= 2
