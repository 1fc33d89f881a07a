"""`rasid sources add` proposes a block, shows what it reads, and writes it only when told."""

from __future__ import annotations

import asyncio
import json
import subprocess
from typing import Any

import pytest
import yaml

from tests.scheduler.commands import sites as world

PATHS = [f"/2026/11/2{n}/story-{n}" for n in range(5)]


async def test_a_site_is_proposed_written_and_then_known(own_house: Any, site: Any) -> None:
    links = world.plant_articles(site, PATHS)
    head = world.alternate("/feed/") + '<meta property="og:site_name" content="The ${HOME} Quay">'
    site.serve("/", world.page(head, world.section(links, menu=["/markets/"])))
    site.serve("/feed/", world.rss(links, zone=False), kind="application/xml")
    own = own_house.folder / "sources" / "own.yaml"
    before = own.read_text("utf-8")

    told = await own_house.rasid("sources", "add", site.url("/"), "--private", "--id", "quay")
    untouched = own.read_text("utf-8")
    written = await own_house.rasid(
        "sources", "add", site.url("/"), "--private", "--id", "quay", "--write", "--json"
    )
    typed = site.base.removeprefix("http://")  # nobody speaks https there
    again = await own_house.rasid("sources", "add", typed, "--private")
    kept = own.read_text("utf-8")
    await own_house.rasid("sources", "add", typed, "--private", "--write", code=1)

    assert f"1. {site.url('/feed/')}" in told
    assert world.TITLES[0] in told
    assert "--write appends this" in told
    assert untouched == before
    record = json.loads(written)
    assert record["written_to"] == str(own)
    assert [line["title"] for line in record["reads"]] == list(world.TITLES[:5])
    assert record["page"]["body_length"] > 500
    assert yaml.safe_load(own.read_text("utf-8"))["sources"] == [
        {
            "id": "quay",
            "name": "The {HOME} Quay",
            "url": site.url("/feed/"),
            "kind": "feed",
            "language": "en",
            "private": True,
        }
    ]
    assert "quay reads this address already" in again
    assert own.read_text("utf-8") == kept
    probed = json.loads(await own_house.rasid("sources", "probe", "quay", "--json"))
    assert probed[0]["lines"] == 5


MISTAKES = {
    "a scheme that is not fetched": (("ftp://quay.example/"), "only http and https are fetched"),
    "no address": (("https://"), "is no web address: write e.g. https://example.org/"),
    "a private address": (
        ("http://127.0.0.1:9/"),
        "If it stands on a network of your own, say so with --private.",
    ),
    "a name of the house": (("http://localhost/"), "the host is a local name."),
    "an id that is taken": (("https://quay.example/", "--id", "mine"), "is called 'mine' already"),
}


@pytest.mark.parametrize(("words", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_sentence(own_house: Any, words: Any, sentence: str) -> None:
    block = {"id": "mine", "name": "M", "url": "https://mine.example/", "kind": "feed"}
    own_house.write(sources=[block])
    words = (words,) if isinstance(words, str) else words

    said = subprocess.run(
        own_house.command("sources", "add", *words), capture_output=True, text=True, check=False
    )

    assert said.returncode == 1
    assert sentence in said.stderr
    assert said.stderr.count("\n") == 1


async def test_a_site_with_nothing_to_watch_says_so(own_house: Any, site: Any) -> None:
    site.serve("/", world.page(body="<p>Words.</p>"))
    process = await asyncio.create_subprocess_exec(
        *own_house.command("sources", "add", site.url("/"), "--private"),
        stderr=asyncio.subprocess.PIPE,
    )

    _, said = await process.communicate()

    assert process.returncode == 1
    assert b"offers nothing to watch: no feed, no sitemap, and none of its 0 links" in said
