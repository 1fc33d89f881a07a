"""`rasid sources probe` says of each address what it is and what to write instead."""

from __future__ import annotations

import asyncio
import json
import signal
from typing import Any

import pytest

from tests.scheduler.commands import sites as world

PATHS = [f"/2026/11/2{n}/story-{n}" for n in range(5)]


BLOCK = {"name": "Quay", "kind": "feed", "private": True}


async def test_a_good_feed_is_told_in_figures(own_house: Any, site: Any) -> None:
    links = world.plant_articles(site, PATHS)
    site.serve("/feed", world.rss(links), kind="application/rss+xml")
    own_house.write(sources=[{"id": "quay", "url": site.url("/feed"), **BLOCK}])

    [said] = json.loads(await own_house.rasid("sources", "probe", "--json"))

    assert (said["status"], said["type"], said["lines"]) == (200, "RSS 2.0", 5)
    assert (said["share_dated"], said["zone"], said["robots"]) == (1.0, "+00:00", "allowed")
    assert said["page"]["title"] == world.TITLES[0]
    assert said["page"]["body_length"] > 500
    assert (said["ok"], said["change"]) == (True, [])


CHANGES = {
    "dates without a zone": ("naked", {}, True, "write `zone:`, e.g. Asia/Riyadh"),
    "a sitemap called a feed": ("sitemap", {}, True, "write `kind: sitemap`: it is a news sitemap"),
    "a page in place of a feed": (
        "page",
        {},
        False,
        "/declared.xml`: it gives a web page in place",
    ),
    "a page that offers links only": (
        "bare",
        {},
        False,
        r"link_pattern: '/20\d{2}/\d{1,2}/\d{1,2}/'",
    ),
    "a pattern that matches nothing": (
        "bare",
        {"kind": "section", "link_pattern": "/nothing/"},
        False,
        "of the 9 links of the page these look like articles: /2026/11/20/story-0",
    ),
    "dead for two years": ("dead", {}, False, "its newest line is 730 days old"),
    "empty": ("empty", {}, False, "the feed has no entry with an address"),
    "no feed at all": ("junk", {}, False, "the answer is neither a feed nor a sitemap"),
    "broken XML is still read": ("broken", {}, True, "its XML is broken and was read leniently"),
    "gone": ("gone", {}, False, "look for its new address with `rasid sources add"),
    "a wall": (
        "wall",
        {},
        False,
        "write `enabled: no`, or ask the publisher: 127.0.0.1 does not let",
    ),
    "moved for good": ("old", {}, True, "/naked`: it moved there for good"),
    "moved to a front page": ("ended", {}, False, "its address now leads to a front page"),
    "moved where we may not follow": (
        "left",
        {},
        False,
        "write `url: http://localhost:9/feed` if that is its new home",
    ),
    "a section page that names a feed": (
        "page",
        {"kind": "section"},
        True,
        "/declared.xml` and `kind: feed` if it holds the same",
    ),
    "undated, and so are its pages": ("undated", {}, False, "neither list nor page has a date"),
    "its page cannot be read": ("pageless", {}, False, "its page could not be read"),
}


def plant(site: Any) -> None:
    """Serve under the name of each case what it is about."""
    links = world.plant_articles(site, PATHS)
    site.serve("/undated-page", world.page(body=f"<h1>Words</h1><p>{world.BODY}</p>"))
    listing = world.section(PATHS, menu=["/markets/", "/people/", "/contact"])
    whole = world.rss(links)
    answers = {
        "naked": world.rss(links, zone=False),
        "sitemap": world.news_sitemap(links),
        "page": world.page(world.alternate("/declared.xml"), listing),
        "bare": world.page(body=listing),
        "dead": world.rss(links, hours=730 * 24 + 1),
        "empty": world.rss([]),
        "junk": "nothing here",
        "broken": whole[: whole.rindex("<pubDate>") - 5],
        "undated": world.rss([site.url("/undated-page")], dates=False),
        "pageless": world.rss([site.url("/no-such-page")]),
    }
    for name, body in answers.items():
        site.serve(f"/{name}", body)
    site.serve("/wall", "no", status=403)
    site.serve("/old", status=301, headers={"Location": "/naked"})
    site.serve("/left", status=301, headers={"Location": "http://localhost:9/feed"})
    site.serve("/ended", status=301, headers={"Location": "/"})
    site.serve("/", world.page(body=listing))


async def test_what_to_change_is_said_of_each(own_house: Any, site: Any) -> None:
    plant(site)
    own_house.write(
        sources=[
            {"id": f"case-{number}", "url": site.url(f"/{path}"), **BLOCK, **fields}
            for number, (path, fields, _, _) in enumerate(CHANGES.values())
        ]
    )

    records = json.loads(await own_house.rasid("sources", "probe", "--json", code=3))

    said = {record["id"]: record for record in records}
    wrong = {
        name: said[f"case-{number}"]["change"]
        for number, (name, (_, _, ok, sentence)) in enumerate(CHANGES.items())
        if sentence not in " | ".join(said[f"case-{number}"]["change"])
        or said[f"case-{number}"]["ok"] is not ok
    }
    assert wrong == {}


async def test_robots_have_their_say(own_house: Any, site: Any, open_site: Any) -> None:
    shut = await open_site()
    site.serve("/robots.txt", "User-agent: *\nDisallow: /feed", kind="text/plain")
    shut.serve("/robots.txt", "", status=503)
    own_house.write(
        sources=[
            {"id": "refused", "url": site.url("/feed"), **BLOCK},
            {"id": "unreadable", "url": shut.url("/feed"), **BLOCK},
        ]
    )

    records = json.loads(await own_house.rasid("sources", "probe", "--json", code=3))

    said = {record["id"]: (record["robots"], record["change"][0]) for record in records}
    assert said["refused"][0] == "refused"
    assert said["refused"][1].startswith("write `enabled: no`: its robots.txt refuses")
    assert said["unreadable"][0] == "unreachable"
    assert "robots.txt could not be read (503)" in said["unreadable"][1]
    assert site.count("/feed") == shut.count("/feed") == 0


@pytest.fixture
async def slow_and_quick(own_house: Any, site: Any, open_site: Any) -> Any:
    """A house with a source that hangs, a good one and one that is not enabled."""
    slow = await open_site()
    slow.hang("/feed")
    site.serve("/feed", world.rss(world.plant_articles(site, PATHS)))
    sources = [
        {"id": "slow", "url": slow.url("/feed"), **BLOCK},
        {"id": "quick", "url": site.url("/feed"), **BLOCK},
        {"id": "off", "url": site.url("/feed"), "enabled": "no", **BLOCK},
    ]
    own_house.write(sources=sources, settings={"download_timeout_s": 2})
    return own_house, sources


async def test_one_that_hangs_does_not_hold_the_others(slow_and_quick: Any) -> None:
    own_house, _ = slow_and_quick

    lines = (await own_house.rasid("sources", "probe", code=3)).splitlines()
    every = await own_house.rasid("sources", "probe", "--all", "--json", code=3)

    first = {line.split()[0]: line.split()[1:4] for line in lines}
    assert next(iter(first)) == "SOURCE"
    assert first["quick"] == ["200", "RSS", "2.0"]
    assert "took too long to answer" in lines[1 + lines.index(next(filter(is_slow, lines)))]
    assert {record["id"] for record in json.loads(every)} == {"slow", "quick", "off"}


def is_slow(line: str) -> bool:
    return line.startswith("slow")


def _heed_ctrl_c() -> None:
    """As on a terminal: a shell has what it runs in the background ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


async def test_ctrl_c_prints_what_has_come_in(slow_and_quick: Any) -> None:
    own_house, sources = slow_and_quick
    own_house.write(sources=sources, settings={"download_timeout_s": 600})
    process = await asyncio.create_subprocess_exec(
        *own_house.command("sources", "probe"),
        stdout=asyncio.subprocess.PIPE,
        preexec_fn=_heed_ctrl_c,
    )
    assert process.stdout is not None

    heads, quick = await process.stdout.readline(), await process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, _ = await asyncio.wait_for(process.communicate(), 20)

    assert heads.startswith(b"SOURCE")
    assert quick.startswith(b"quick")
    assert b"1 of 2 sources visited" in rest
    assert process.returncode == 130
