"""What looks leave behind, and which source is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.storage.database import Database
from crawler.storage.looks import SourceState, due_sources, load_states, save_look

NOW = datetime(2025, 1, 24, 15, tzinfo=UTC)


def test_a_look_changes_only_what_it_names(database: Database) -> None:
    with database.write() as tx:
        save_look(tx, "daily", etag='"1"', last_modified="Fri", last_ok_at=NOW, failures=0)
        save_look(tx, "daily", failures=2, note="answered 503", next_look_at=NOW)

    with database.read() as conn:
        states = load_states(conn)

    assert states == {
        "daily": SourceState(
            source_id="daily",
            etag='"1"',
            last_modified="Fri",
            last_ok_at=NOW,
            failures=2,
            note="answered 503",
            next_look_at=NOW,
        )
    }


def test_a_validator_can_be_taken_back(database: Database) -> None:
    with database.write() as tx:
        save_look(tx, "daily", etag='"1"')
        save_look(tx, "daily", etag=None)

        assert load_states(tx)["daily"].etag is None


def test_a_look_at_a_new_source_may_say_nothing(database: Database) -> None:
    with database.write() as tx:
        save_look(tx, "daily")
        save_look(tx, "daily")

        assert load_states(tx) == {"daily": SourceState(source_id="daily")}


def test_a_field_that_does_not_exist_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="etagg"), database.write() as tx:
        save_look(tx, "daily", etagg="1")


DUE = {
    "never looked at": (None, True),
    "due now": (timedelta(0), True),
    "due long ago": (timedelta(days=-400), True),
    "later": (timedelta(seconds=1), False),
    "resting a day, as Retry-After asked": (timedelta(days=1), False),
    "the clock jumped back a year": (timedelta(days=365), True),
}


@pytest.mark.parametrize(("ahead", "is_due"), DUE.values(), ids=DUE)
def test_due(database: Database, ahead: timedelta | None, is_due: bool) -> None:
    with database.write() as tx:
        if ahead is not None:
            save_look(tx, "daily", next_look_at=NOW + ahead)

        assert due_sources(tx, ["daily"], NOW) == (("daily",) if is_due else ())


def test_the_longest_waiting_is_first_and_a_new_source_before_all(database: Database) -> None:
    with database.write() as tx:
        save_look(tx, "b", next_look_at=NOW - timedelta(hours=1))
        save_look(tx, "c", next_look_at=NOW - timedelta(hours=2))
        save_look(tx, "disabled", next_look_at=NOW - timedelta(hours=3))

        assert due_sources(tx, ["a", "b", "c"], NOW) == ("a", "c", "b")
