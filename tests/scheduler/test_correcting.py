"""After a mend whoever got a wrong alert is told, once; a dry run shows who would be."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.reading.read import Reader, read_article
from crawler.storage.database import DATABASE_NAME, open_database
from crawler.storage.deals import load_deal
from notifier.model import AlertKind
from notifier.outbox.alerts import load_alerts
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.leases import mark_sent, take_due
from scheduler.commands.feedback import say
from scheduler.commands.mend import merge, reread_articles, split
from scheduler.house import House
from tests.scheduler.test_mending import MILLION, NOON, article, read_by_an_old_reader, tell
from tests.scheduler.test_mending import database as database
from tests.scheduler.test_mending import house as house
from tests.scheduler.test_mending import reader as reader

NOW = datetime.now(UTC)
HOURS = int((NOW - NOON).total_seconds() // 3600) - 5  # so that the stories are of today


def told(house: House, reader: Reader, own_house: Any, *, low: int, name: str = "round") -> Any:
    """A house that told a round of `low`, which the desk got; its options for commands."""
    one = article(name, hours=HOURS)
    tell(house, one, read_by_an_old_reader(read_article(one, reader), low))
    with house.database.write() as tx:
        for due in take_due(tx, now=NOW + timedelta(days=400), owner="test"):
            mark_sent(tx, due.id, now=NOW)
    return moved(house, own_house)


def moved(house: House, own_house: Any) -> Any:
    own_house.write(
        rules=[{"id": "all", "tell": ["desk"]}],
        targets=[{"id": "desk", "url": "json://localhost/", "tags": ["desk"]}],
    )
    own_house.state.mkdir()
    house.database.close()
    (house.state / DATABASE_NAME).rename(own_house.state / DATABASE_NAME)
    return {"folder": own_house.folder, "state": own_house.state}


def corrections(options: Any) -> list[tuple[int | None, list[str]]]:
    database = open_database(options["state"] / DATABASE_NAME)
    with database.read() as db:
        found = [
            (one.replaces, [each.target_id for each in load_deliveries(db, alert_ids=[one.id])])
            for one in load_alerts(db)
            if one.kind is AlertKind.CORRECTION
        ]
    database.close()
    return found


def test_a_reread_tells_whoever_got_the_wrong_sum_once(
    house: House, reader: Reader, own_house: Any, capsys: Any
) -> None:
    options = told(house, reader, own_house, low=12 * MILLION)

    reread_articles(options, write=False, quiet=False, as_json=True)
    shown = json.loads(capsys.readouterr().out)
    before = corrections(options)
    reread_articles(options, write=True, quiet=False, as_json=False)
    said = capsys.readouterr().out
    reread_articles(options, write=True, quiet=False, as_json=False)

    assert shown["deals"][0]["corrections"][0]["targets"] == ["desk"]
    assert before == []
    assert "a2 corrects a1: desk will be told" in said
    assert corrections(options) == [(1, ["desk"])]


def test_a_reread_leaves_what_somebody_put_right(
    house: House, reader: Reader, own_house: Any
) -> None:
    options = told(house, reader, own_house, low=12 * MILLION)
    say(
        options, "a1", "wrong-amount", None,
        amount="500m USD", comment=None, author="Lina", as_json=False,
    )  # fmt: skip

    reread_articles(options, write=True, quiet=False, as_json=False)

    database = open_database(options["state"] / DATABASE_NAME)
    with database.read() as db:
        deal = load_deal(db, 1)
    database.close()
    assert deal is not None
    assert deal.figure is not None
    assert deal.figure.low == 500 * MILLION
    assert corrections(options) == [(1, ["desk"])]


def test_quiet_tells_nobody(house: House, reader: Reader, own_house: Any) -> None:
    options = told(house, reader, own_house, low=12 * MILLION)

    reread_articles(options, write=True, quiet=True, as_json=False)

    assert corrections(options) == []


def test_what_was_told_rightly_is_not_corrected(
    house: House, reader: Reader, own_house: Any
) -> None:
    options = told(house, reader, own_house, low=120 * MILLION)

    reread_articles(options, write=True, quiet=False, as_json=False)

    assert corrections(options) == []


def test_a_merge_and_a_split_by_hand_tell_who_was_told_otherwise(
    house: House, reader: Reader, own_house: Any, capsys: Any
) -> None:
    first = article("round", hours=HOURS)
    tell(house, first, read_by_an_old_reader(read_article(first, reader), 80 * MILLION))
    options = told(house, reader, own_house, low=120 * MILLION, name="renamed")

    merge(options, "d1", "d2", quiet=False, dry_run=True, as_json=True)
    tried = json.loads(capsys.readouterr().out)
    untouched = corrections(options)
    merge(options, "d1", "d2", quiet=False, dry_run=False, as_json=True)
    merged = json.loads(capsys.readouterr().out)
    split(options, "d1", (article("renamed").url,), quiet=False, dry_run=False, as_json=True)
    stays, _ = json.loads(capsys.readouterr().out)

    assert (tried["written"], untouched) == (False, [])
    assert merged["corrections"] == tried["corrections"]
    assert [one["targets"] for one in merged["corrections"]] == [["desk"]]
    assert [one["targets"] for one in stays["corrections"]] == [["desk"]]
    assert len(corrections(options)) == 2
