"""`rasid outbox` and `rasid forget`: nothing is stuck unseen, nothing is deleted unasked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from config.errors import DeliveryError
from config.model import Rule, Source, Target
from crawler.loading import load_reader
from crawler.model import Article, Evidence, Published
from crawler.reading.read import read_article
from crawler.storage.database import DATABASE_NAME, open_database
from notifier.model import DeliveryState
from notifier.outbox.leases import mark_failed, mark_sent, take_due
from scheduler.cli import main
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.pipeline import take_in

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SOURCE = Source(id="wire", name="Wire", url="https://wire.example/feed", kind="feed")
ARTICLE = Article(
    url="https://wire.example/round",
    source_id="wire",
    title="Tessera Labs raises $120 million to build AI models",
    body="Tessera Labs, a start-up that trains large language models, said it has raised "
    "$120 million in a Series B led by Aster Capital.",
    language="en",
    published=Published(at=NOON, evidence=Evidence.FEED),
    fetched_at=NOON,
)
TARGETS = ("desk", "mail", "phone", "pager")
IDS = {target: str(number) for number, target in enumerate(TARGETS, 1)}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One alert: parked at the desk, sent by mail, on its way to the phone, due at the pager."""
    database = open_database(tmp_path / DATABASE_NAME)
    rule = Rule.model_validate({"id": "all", "tell": ["all"]})
    targets = tuple(Target(id=t, url="json://localhost/", tags=("all",)) for t in TARGETS)
    config = load_own_config(None).model_copy(update={"rules": (rule,), "targets": targets})
    house = House(config=config, state=tmp_path, rates=load_own_rates(None), database=database)
    reading = read_article(ARTICLE, load_reader(None))
    with database.write() as tx:
        taken = take_in(
            tx, ARTICLE, reading, house=house, source=SOURCE, first_look=False, listing_id=None,
            now=NOON,
        )  # fmt: skip
        assert len(taken.alerts) == 1
        desk, mail, _phone = take_due(tx, now=NOON, owner="me", limit=3)
        error = DeliveryError("401: wrong token", target="desk", permanent=True)
        mark_failed(tx, desk, error, now=NOON, jitter=1)
        mark_sent(tx, mail.id, now=NOON)
    yield house
    database.close()


def rasid(house: House, *words: str, code: int = 0) -> str:
    found = CliRunner().invoke(main, ["--state", str(house.state), *words])
    assert found.exit_code == code, found.output
    return found.output


def rasid_json(house: House, *words: str) -> Any:
    return json.loads(rasid(house, *words, "--json"))


def states(house: House) -> dict[str, str]:
    return {row["target"]: row["state"] for row in rasid_json(house, "outbox", "list")}


def test_what_is_stuck_is_shown_with_the_complaint(house: House) -> None:
    record = rasid_json(house, "outbox")
    words = rasid(house, "outbox")

    assert {name: size for name, size in record["counts"].items() if size} == {
        "parked": 1, "sent": 1, "leased": 1, "due": 1,
    }  # fmt: skip
    assert [row["target"] for row in record["stuck"]] == ["desk"]
    assert record["stuck"][0]["alert"] == "a1"
    assert "a1 of d1 to desk, 1 try: 401: wrong token" in words


def test_list_shows_the_states_that_are_asked_for(house: House) -> None:
    asked = rasid_json(house, "outbox", "list", "--state", "due", "--state", "sent")

    assert {row["target"] for row in asked} == {"mail", "pager"}
    assert "no state 'lost'; they are: due" in rasid(
        house, "outbox", "list", "--state", "lost", code=1
    )


@pytest.mark.parametrize("which", [IDS["desk"], "all"])
def test_parked_message_is_sent_again_when_asked(house: House, which: str) -> None:
    said = rasid_json(house, "outbox", "retry", which)

    assert said == {"retried": [int(IDS["desk"])]}
    assert states(house)["desk"] == DeliveryState.DUE
    with house.database.write() as tx:
        due = take_due(tx, now=datetime.now(UTC) + timedelta(seconds=1), owner="me")
    assert "desk" in {delivery.target_id for delivery in due}


def test_dropped_message_stays_with_both_reasons_and_can_come_back(house: House) -> None:
    row = rasid_json(house, "outbox", "drop", IDS["desk"], "--why", "told by phone")

    assert row["state"] == DeliveryState.DROPPED
    assert row["error"] == "told by phone (before: 401: wrong token)"
    assert rasid_json(house, "outbox")["stuck"] == []
    assert rasid_json(house, "outbox", "retry", "all") == {"retried": []}
    rasid(house, "outbox", "retry", IDS["desk"])
    assert states(house)["desk"] == DeliveryState.DUE


def test_dropped_message_never_leaves(house: House) -> None:
    rasid(house, "outbox", "drop", IDS["pager"])

    with house.database.write() as tx:
        due = take_due(tx, now=NOON + timedelta(hours=1), owner="me")
    assert "pager" not in {delivery.target_id for delivery in due}


REFUSED = {
    "drop what was sent": (("drop", IDS["mail"]), "`rasid feedback a1` corrects it"),
    "drop what is on its way": (
        ("drop", IDS["phone"]),
        "message 3 is leased: only what waits or is stuck can be",
    ),
    "retry what was sent": (("retry", IDS["mail"]), "`rasid alerts resend a1` sends a copy"),
    "retry what still waits": (("retry", IDS["pager"]), "it leaves while `rasid run` runs"),
    "no such message": (("drop", "99"), "no message '99'"),
    "not a number": (("retry", "a1"), "no message 'a1'"),
    "a number beyond any": (("retry", "9" * 30), "no message '999"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    house: House, words: tuple[str, ...], said: str
) -> None:
    before = states(house)

    assert said in rasid(house, "outbox", *words, code=1)
    assert states(house) == before


@pytest.mark.parametrize("what", ["wire", ARTICLE.url])
def test_forgotten_text_is_gone_and_the_deal_stays(house: House, what: str) -> None:
    assert rasid_json(house, "forget", what) == {"what": what, "texts_deleted": 1}
    assert f"no text of '{what}' is kept" in rasid(house, "forget", what, code=1)
    with house.database.read() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM texts").scalar() == 0
        assert db.exec_driver_sql("SELECT count(*) FROM deals").scalar() == 1
