"""`rasid explain`, `why-not` and `feedback`: what was meant is found, or said what to write."""

from __future__ import annotations

import pytest

from crawler.reading.read import Reader
from scheduler.house import House
from scheduler.mending import merge_deals
from tests.scheduler.commands.test_outbox import ARTICLE, NOON, rasid
from tests.scheduler.commands.test_outbox import house as house
from tests.scheduler.test_funnel import ROUND, reader, tell

__all__ = ["house", "reader"]  # fixtures

URL = ARTICLE.url
COPIED = [URL, f"<{URL}>", f" {URL}/ ", URL.removeprefix("https://"), URL.replace("//", "//m.")]


@pytest.mark.parametrize("asked", COPIED)
def test_a_story_is_explained_however_its_address_was_copied(house: House, asked: str) -> None:
    words = rasid(house, "explain", asked)

    assert words.startswith(ARTICLE.title)
    assert "=> people were told: rule all" in words


REFUSED = {
    "nothing": (("explain", " "), "a sentence to read"),
    "no such thing": (("explain", "x12"), "'x12' is none of these: the URL of a story, a deal"),
    "no such alert": (("explain", "a99"), "`rasid alerts` lists them"),
    "no such deal": (("explain", "d99"), "`rasid deals` lists them"),
    "a story of nobody": (
        ("explain", "https://other.example/?a=1&b=2"),
        "`rasid why-not 'https://other.example/?a=1&b=2'` says how its source is",
    ),
    "why not nothing": (("why-not", " "), "name the URL of a story, or a company"),
    "why not an alert": (("why-not", "a1"), "`rasid explain a1`"),
    "an amount of what is right": (
        ("feedback", "a1", "good", "--amount", "1bn USD"),
        "only wrong-amount does",
    ),
}


@pytest.mark.parametrize(("words", "complaint"), REFUSED.values(), ids=REFUSED)
def test_what_to_write_instead_is_said_for(
    house: House, words: tuple[str, ...], complaint: str
) -> None:
    assert complaint in rasid(house, *words, code=1)


def test_a_deal_that_was_merged_leads_to_the_one_that_it_is(house: House, reader: Reader) -> None:
    other = ROUND.replace("Tessera Labs", "Mosaik")
    tell(house, reader, other, url="https://wire.example/2", at=NOON)
    with house.database.write() as tx:
        merge_deals(tx, 1, 2, rates=house.rates, now=NOON)

    assert "d2 was merged into d1: `rasid explain d1`" in rasid(house, "explain", "d2", code=1)


def test_an_address_that_no_list_named_stays_an_address(house: House) -> None:
    assert rasid(house, "why-not", "https://other.example/x").startswith(
        "https://other.example/x\n"
    )
