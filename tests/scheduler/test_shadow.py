"""Rules that only watch: the same decisions, kept apart, and nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.errors import ConfigError, RasidError
from crawler.loading import load_reader
from crawler.reading.read import Reader
from crawler.storage.database import DATABASE_NAME, open_database
from notifier.funnel.stops import Stop
from notifier.outbox.alerts import load_alerts
from notifier.outbox.verdicts import load_verdicts
from scheduler.commands.shadow import promote, show, start, stop
from scheduler.funnel import walk
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.shadow import FILE_NAME, Shadow
from tests.scheduler.test_funnel import AGAIN, ROUND, tell

LOWER = "rules:\n  - id: all\n    at_least: 100m USD\n    tell: [desk]\n"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(None)


@pytest.fixture
def house(own_house: Any) -> Iterator[House]:
    """A house whose rule asks for a billion."""
    own_house.write(
        sources=[{"id": "wire", "name": "W", "url": "https://wire.example/", "kind": "feed"}],
        rules=[{"id": "all", "at_least": "1bn USD", "tell": ["desk"]}],
        targets=[{"id": "desk", "url": "json://localhost/", "tags": ["desk"]}],
    )
    own_house.state.mkdir()
    database = open_database(own_house.state / DATABASE_NAME)
    yield House(
        config=load_own_config(own_house.folder),
        state=own_house.state,
        rates=load_own_rates(None),
        database=database,
        shadow=Shadow(own_house.folder, own_house.state),
    )
    database.close()


@pytest.fixture
def options(house: House, own_house: Any) -> dict[str, Any]:
    return {"folder": own_house.folder, "state": own_house.state}


def written(folder: Path, text: str = LOWER) -> Path:
    file = folder.parent / "new.yaml"
    file.write_text(text, "utf-8")
    return file


def shown(options: Any, capsys: Any) -> Any:
    capsys.readouterr()
    show(options, as_json=True)
    return json.loads(capsys.readouterr().out)


def test_they_say_what_they_would_have_told_and_tell_nobody(
    house: House, reader: Reader, options: Any, capsys: Any
) -> None:
    start(options, written(options["folder"]), as_json=False)

    tell(house, reader, ROUND, url="https://wire.example/1", at=datetime.now(UTC))
    tell(
        house,
        reader,
        AGAIN,
        url="https://wire.example/2",
        at=datetime.now(UTC) + timedelta(hours=1),
    )

    with house.database.read() as db:
        assert load_alerts(db) == ()
        assert [one.fires for one in load_verdicts(db)] == [False]
        why = walk(db, "https://wire.example/1", house.config)
    assert (why.halt.stop, why.halt.rule_id) == (Stop.RULE_ONLY_WATCHES, "all")
    record = shown(options, capsys)
    assert (record["count"], record["new"], record["lost"]) == (1, 1, 0)
    assert record["alerts"][0]["title"] == ROUND.partition("\n")[0]


def test_what_they_would_not_have_told_is_counted(
    house: House, reader: Reader, options: Any, capsys: Any
) -> None:
    start(options, written(options["folder"], LOWER.replace("100m", "9bn")), as_json=False)
    story = ROUND.replace("$120 million", "$2 billion")

    tell(house, reader, story, url="https://wire.example/1", at=datetime.now(UTC))

    record = shown(options, capsys)
    assert (record["count"], record["new"], record["lost"]) == (0, 0, 1)


def test_promoted_they_stand_in_the_owners_file_and_the_old_one_beside(
    house: House, options: Any, capsys: Any
) -> None:
    folder = options["folder"]
    before = (folder / "rules.yaml").read_text("utf-8")
    start(options, written(folder), as_json=False)

    promote(options, as_json=False)

    (backup,) = folder.glob("rules.yaml.*")
    assert (folder / "rules.yaml").read_text("utf-8") == LOWER
    assert backup.read_text("utf-8") == before
    (rule,) = load_own_config(folder).rules
    assert rule.at_least is not None
    assert rule.at_least.value == 10**8
    with pytest.raises(RasidError, match="no rules watch"):
        stop(options, as_json=False)


def test_wrong_rules_do_not_begin_to_watch(house: House, options: Any) -> None:
    with pytest.raises(ConfigError, match="at_most"):
        start(
            options, written(options["folder"], LOWER.replace("at_least", "at_most")), as_json=False
        )

    assert not (options["state"] / FILE_NAME).exists()


def test_a_house_that_runs_sees_them_come_and_go(house: House, options: Any) -> None:
    shadow = house.shadow
    assert shadow is not None
    before = shadow.rules()
    start(options, written(options["folder"]), as_json=False)
    during = shadow.rules()
    stop(options, as_json=False)

    assert (before, [rule.id for rule in during], shadow.rules()) == ((), ["all"], ())
