"""`rasid sources` knows what is watched before anything was seen, and what came of it after."""

from __future__ import annotations

import json
from typing import Any

FEED = (
    '<rss version="2.0"><channel><title>Gazette</title><item><title>A first line of news</title>'
    "<link>{}</link></item></channel></rss>"
)


async def test_sources_are_listed_before_and_after_the_first_look(
    own_house: Any, site: Any
) -> None:
    site.serve("/feed", FEED.format(site.url("/one")), kind="application/rss+xml")
    block = {"name": "Gazette", "kind": "feed", "private": True, "url": site.url("/feed")}
    own_house.write(sources=[{"id": "off", "enabled": "no", **block}, {"id": "gazette", **block}])

    before = json.loads(await own_house.rasid("sources", "--json"))
    await own_house.rasid("once", "gazette")
    after = await own_house.rasid("sources")

    assert [(row["id"], row["outcome"]) for row in before] == [("gazette", None), ("off", None)]
    assert after.splitlines()[0].split() == ["gazette", "feed", "on", "-", "fresh"]
    assert after.splitlines()[1].endswith("never looked at")
