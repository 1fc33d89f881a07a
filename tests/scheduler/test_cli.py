"""The command line says what is wrong in a sentence, and costs nothing to ask for help."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from scheduler.cli import main

HEAVY = ("scrapy", "sqlalchemy", "apprise", "pydantic", "trafilatura", "yaml")


def rasid(*words: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scheduler", "--state", str(tmp_path / "state"), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, scheduler.cli\n"
        "try: scheduler.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )

    assert said.stderr.strip() == "[]"
    assert "watches business news" in said.stdout


def groups_below(group: click.Group) -> Iterator[click.Group]:
    yield group
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from groups_below(command)


@pytest.mark.parametrize("group", groups_below(main), ids=lambda group: group.name)
def test_a_list_of_commands_cuts_no_sentence_off(group: click.Group) -> None:
    said = group.get_help(click.Context(group, info_name="rasid", max_content_width=80))

    _, _, commands = said.partition("Commands:")
    assert commands
    assert "..." not in commands


MISTAKES = {
    "a source that is not there": (("once", "nowhere"), 1, "no source is called nowhere"),
    "a tag that nobody has": (("notify", "test", "nobody"), 1, "no target has the tag 'nobody'"),
    "a schema that is not there": (
        ("check", "--schema", "soup"),
        1,
        "there is no schema of 'soup'",
    ),
    "a list of nothing": (("alerts", "--limit", "0"), 2, "'--limit': 0 is not in the range x>=1"),
    "a word for an alert": (
        ("alerts", "resend", "my"),
        1,
        "there is no alert 'my'; they look like",
    ),
}


@pytest.mark.parametrize(("words", "code", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_sentence(
    words: tuple[str, ...], code: int, sentence: str, tmp_path: Path
) -> None:
    said = rasid(*words, tmp_path=tmp_path)

    assert said.returncode == code
    assert sentence in said.stderr
    assert "Traceback" not in said.stderr


def test_a_fresh_checkout_has_a_right_configuration(tmp_path: Path) -> None:
    said = rasid("check", tmp_path=tmp_path)

    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("All right")


SLIPS = {
    "a key of its figures": ("fillr: [of]", "no reader knows fillr; did you mean 'filler'?"),
    "a key of its deals": (
        "reading: {deal: {rase: [raised]}}",
        "no reader knows reading.deal.rase; did you mean 'deal.raise'?",
    ),
    "an entry of its deals": ("reading: {deal: {raise: [[raised]]}}", "reading.deal.raise needs"),
}


@pytest.mark.parametrize(("line", "sentence"), SLIPS.values(), ids=SLIPS)
def test_check_tells_a_slip_in_a_lexicon(line: str, sentence: str, tmp_path: Path) -> None:
    own = tmp_path / "config" / "lexicon"
    own.mkdir(parents=True)
    (own / "en.yaml").write_text(f"language: en\n{line}\n", "utf-8")

    said = rasid("--config", str(own.parent), "check", tmp_path=tmp_path)

    assert said.returncode == 2
    assert said.stderr.startswith(f"lexicon/en.yaml: {sentence}")


async def test_a_trial_that_reaches_nobody_says_what_to_look_at(own_house: Any) -> None:
    own_house.write(targets=[{"id": "desk", "url": "json://127.0.0.1:1/", "tags": ["desk"]}])

    told = await own_house.rasid("notify", "test", "desk", code=1)

    assert told == "desk: nobody answers there: are host and port right?\n"
