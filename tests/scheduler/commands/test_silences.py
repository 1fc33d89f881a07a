"""`rasid silences`: who silenced what, until when, and how much it swallowed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from config.errors import RasidError
from crawler.storage.database import DATABASE_NAME, open_database
from scheduler.cli import main
from scheduler.commands.silences import parse_end

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ENDS = {
    "a span": ("2d", None, NOW + timedelta(days=2)),
    "a day": (None, "2026-11-30", datetime(2026, 11, 30, tzinfo=UTC)),
    "a moment of another zone": (
        None, "2026-11-30T18:00+03:00", datetime(2026, 11, 30, 15, tzinfo=UTC),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("span", "until", "end"), ENDS.values(), ids=ENDS)
def test_a_silence_has_an_end(span: str | None, until: str | None, end: datetime) -> None:
    assert parse_end(span, until, now=NOW) == end


NO_ENDS = {
    "none": (None, None, "say how long"),
    "two": ("2d", "2026-11-30", "say how long"),
    "no moment": (None, "tomorrow", "no moment"),
    "the past": (None, "2026-11-25", "over before it begins"),
    "no length": ("0d", None, "over before it begins"),
}


@pytest.mark.parametrize(("span", "until", "said"), NO_ENDS.values(), ids=NO_ENDS)
def test_what_has_no_end_is_refused(span: str | None, until: str | None, said: str) -> None:
    with pytest.raises(RasidError, match=said):
        parse_end(span, until, now=NOW)


@pytest.fixture
def rasid(own_house: Any) -> Any:
    own_house.state.mkdir()
    open_database(own_house.state / DATABASE_NAME).close()

    def run(*words: str) -> Any:
        places = ["--config", str(own_house.folder), "--state", str(own_house.state)]
        return CliRunner().invoke(main, [*places, "silences", *words])

    return run


def test_a_silence_is_added_listed_and_ended(rasid: Any) -> None:
    why = ("--comment", "told by phone", "--author", "Nour")
    added = json.loads(rasid("add", "--company", "ميتا", "--for", "2d", *why, "--json").output)
    listed = rasid("list").output
    ended = json.loads(rasid("end", "1", "--json").output)
    again = rasid("end", "1")

    assert (added["state"], added["companies"]) == ("active", ["meta"])
    assert "companies: meta" in listed
    assert "told by phone (Nour), 0 swallowed" in listed
    assert ended["state"] == "ended"
    assert (again.exit_code, "no silence 1 is active" in again.output) == (1, True)


REFUSED = {
    "everything": ((), "a silence of everything is a target's `quiet`"),
    "no such company": (("--company", "Antropic"), "did you mean 'anthropic'?"),
    "no such kind": (("--kind", "round"), "there is no kind 'round'"),
    "no such rule": (("--rule", "big"), "there is no rule 'big'"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_a_silence_of_nothing_there_is(rasid: Any, words: tuple[str, ...], said: str) -> None:
    done = rasid("add", "--for", "2d", "--comment", "x", *words)

    assert done.exit_code == 1
    assert said in done.output
