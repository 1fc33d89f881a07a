"""`rasid why-not` finds the story however its owner copied the address or wrote the name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.model import Listing
from crawler.reading.read import Reader
from crawler.storage.database import DATABASE_NAME
from crawler.storage.listings import save_listings
from notifier.funnel.stops import Stop
from scheduler.commands.whynot import tell_why_not
from scheduler.funnel import walk
from scheduler.house import House
from tests.scheduler.test_funnel import NOON, ROUND, URL, Cause, tell, with_cause
from tests.scheduler.test_funnel import house as house
from tests.scheduler.test_funnel import reader as reader

ARABIC = "https://wire.example/%D8%B0%D9%83%D8%A7%D8%A1"
COPIED = {
    "a last slash": (URL, f"{URL}/"),
    "no last slash": (f"{URL}/", URL),
    "a last slash before the query": (f"{URL}?id=7", f"{URL}/?id=7"),
    "a phone's host": (URL, "https://m.wire.example/story"),
    "a mobile host, stored with www": (
        "https://www.wire.example/story",
        "https://mobile.wire.example/story",
    ),
    "an AMP host": (URL, "https://amp.wire.example/story"),
    "AMP behind": (URL, f"{URL}/amp/?utm_source=mail"),
    "AMP before": (URL, "https://wire.example/amp/story"),
    "an AMP query": (URL, f"{URL}?outputType=amp"),
    "a host in capitals, with a place on the page": (URL, "HTTPS://WIRE.Example/story#top"),
    "a port and a last dot": (URL, "https://wire.example.:443/story"),
    "http, www and slash at once": (URL, "http://www.wire.example/story/"),
    "Arabic as it is read": (ARABIC, "https://wire.example/ذكاء"),
    "Arabic escaped in small letters": (ARABIC, ARABIC.lower()),
}


@pytest.mark.parametrize(("stored", "asked"), COPIED.values(), ids=COPIED)
def test_the_story_is_found_at_an_address_with(
    house: House, reader: Reader, stored: str, asked: str
) -> None:
    house = with_cause(house, Cause(stop=Stop.RULE_AMOUNT, rule={"at_least": "1bn USD"}))
    tell(house, reader, ROUND, url=stored, at=NOON)

    with house.database.read() as db:
        found = walk(db, asked, house.config)

    assert (found.halt.stop, found.url) == (Stop.RULE_AMOUNT, stored)


def test_a_page_that_waits_is_found_by_its_phone_address(house: House) -> None:
    house = with_cause(house, Cause(stop=Stop.PAGE_WAITING))
    with house.database.write() as tx:
        save_listings(tx, "wire", [Listing(url=URL)], now=NOON, first_look=False)

    with house.database.read() as db:
        found = walk(db, "https://m.wire.example/story/", house.config)

    assert found.halt.stop is Stop.PAGE_WAITING


def test_another_page_of_the_site_is_not_taken_for_it(house: House, reader: Reader) -> None:
    house = with_cause(house, Cause(stop=Stop.SOURCE_NEVER_LOOKED))
    tell(house, reader, ROUND, url=URL, at=NOON)

    with house.database.read() as db:
        found = [
            walk(db, other, house.config).halt.stop
            for other in (f"{URL}/2", f"{URL}?id=7", "https://uk.wire.example/story")
        ]

    assert found == [Stop.SOURCE_NEVER_LOOKED] * 3


ASKED = [f" {URL} ", f"<{URL}>", URL.replace("https", "HTTPS"), " Tessera Labs\n"]


@pytest.mark.parametrize("asked", ASKED)
def test_what_stands_around_a_question_is_left_out(
    house: House, reader: Reader, own_house: Any, capsys: Any, asked: str
) -> None:
    house = with_cause(house, Cause(stop=Stop.RULE_AMOUNT, rule={"at_least": "1bn USD"}))
    tell(house, reader, ROUND, url=URL, at=NOON)
    house.database.close()
    own_house.state.mkdir()
    (house.state / DATABASE_NAME).rename(own_house.state / DATABASE_NAME)

    options = {"folder": own_house.folder, "state": own_house.state}
    tell_why_not(options, asked, as_json=True)

    said = json.loads(capsys.readouterr().out)
    assert (said["stage"], said["what"]) == (Stop.RULE_AMOUNT, said["what"].strip(" <>\n"))
