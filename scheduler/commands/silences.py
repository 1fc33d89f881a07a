"""What does nobody want to hear of for a while, and who said so?"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, get_args

import click

from config.checks import company_names, fold_name
from config.codes import COUNTRIES
from config.errors import RasidError
from config.mistakes import did_you_mean
from config.model import Config, DealKind
from crawler.text.safe import harmless_line
from notifier.model import Silence
from notifier.outbox.silences import count_silenced, end_silence, load_silences, save_silence
from scheduler.clock import machine_clock
from scheduler.commands.mend import open_to_write
from scheduler.commands.rules import parse_since
from scheduler.commands.show import Record, open_stored, print_json
from scheduler.house import config_folder, load_own_config

_MATCHERS = ("rules", "companies", "kinds", "sources", "countries")
_LONGEST = 300  # letters of a comment


def add_silence(
    options: dict[str, Any],
    *,
    span: str | None,
    until: str | None,
    comment: str,
    author: str | None,
    as_json: bool,
    **matchers: Sequence[str],
) -> None:
    """Save a silence. Raises RasidError for what matches nothing there is, or has no end."""
    now = machine_clock()
    if not any(matchers.values()):
        raise RasidError(
            "a silence of everything is a target's `quiet`: name a --rule, --company, --kind, "
            "--source or --country"
        )
    config = load_own_config(config_folder(options["folder"]))
    checked = _checked(matchers, config)
    silence = Silence(
        id=0,
        rules=checked["rules"],
        companies=checked["companies"],
        kinds=checked["kinds"],
        sources=checked["sources"],
        countries=checked["countries"],
        author=harmless_line(author or _user(), 60),
        comment=harmless_line(comment, _LONGEST),
        made_at=now,
        until=parse_end(span, until, now=now),
    )
    with open_to_write(options) as database, database.write() as tx:
        silence = save_silence(tx, silence)
    row = _record(silence, 0, now)
    if as_json:
        print_json(row)
        return
    _print(row)


def list_silences(options: dict[str, Any], *, as_json: bool) -> None:
    """All silences, newest first, with how much each swallowed."""
    now = machine_clock()
    with open_stored(options) as db:
        counts = count_silenced(db)
        rows = [_record(each, counts.get(each.id, 0), now) for each in load_silences(db)]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("Nothing is silenced. `rasid silences add --help` says how.")
    for row in rows:
        _print(row)


def end(options: dict[str, Any], silence_id: int, *, as_json: bool) -> None:
    """End one silence now. Raises RasidError where there is none that is active."""
    now = machine_clock()
    with open_to_write(options) as database, database.write() as tx:
        if not end_silence(tx, silence_id, now=now):
            raise RasidError(
                f"no silence {silence_id} is active; `rasid silences list` shows their ids"
            )
        silence = next(each for each in load_silences(tx) if each.id == silence_id)
        row = _record(silence, count_silenced(tx).get(silence_id, 0), now)
    if as_json:
        print_json(row)
        return
    _print(row)


def parse_end(span: str | None, until: str | None, *, now: datetime) -> datetime:
    """When a silence ends, by its length or by its last moment (UTC where it names no zone)."""
    if (span is None) == (until is None):
        raise RasidError("say how long: --for 2d, or --until 2026-11-30T18:00")
    if span is not None:
        end = now + parse_since(span)
    else:
        try:
            end = datetime.fromisoformat(until or "")
        except ValueError:
            raise RasidError(
                f"{until!r} is no moment: write it as 2026-11-30 or 2026-11-30T18:00"
            ) from None
        end = end.astimezone(UTC) if end.tzinfo else end.replace(tzinfo=UTC)
    if end <= now:
        raise RasidError(f"a silence until {end:%Y-%m-%d %H:%M} UTC is over before it begins")
    return end


def _checked(matchers: dict[str, Sequence[str]], config: Config) -> dict[str, tuple[str, ...]]:
    """The matchers with ids in place of names. Raises RasidError for what there is not."""
    known = company_names(config.companies)
    companies = tuple(
        known[_known("company", fold_name(name), known)] for name in matchers["companies"]
    )
    choices = {
        "rules": [rule.id for rule in config.rules],
        "kinds": list(get_args(DealKind)),
        "sources": [source.id for source in config.sources],
    }
    checked = {
        key: tuple(_known(key.removesuffix("s"), name, choices[key]) for name in matchers[key])
        for key in choices
    }
    countries = tuple(_known("country", name.upper(), COUNTRIES) for name in matchers["countries"])
    return {**checked, "companies": companies, "countries": countries}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return "owner"


def _known(what: str, name: str, choice: Iterable[str]) -> str:
    if name not in choice:
        raise RasidError(f"there is no {what} {name!r}{did_you_mean(name, choice)}")
    return name


def _record(silence: Silence, swallowed: int, now: datetime) -> Record:
    over = "ended" if silence.ended_at else "expired"
    return {
        "id": silence.id,
        "state": "active" if silence.is_active(now) else over,
        **{name: getattr(silence, name) for name in _MATCHERS},
        "author": silence.author,
        "comment": silence.comment,
        "made_at": silence.made_at,
        "until": silence.until,
        "ended_at": silence.ended_at,
        "swallowed": swallowed,
    }


def _print(row: Record) -> None:
    matchers = "; ".join(
        f"{name}: {', '.join(harmless_line(each, 60) for each in row[name])}"
        for name in _MATCHERS
        if row[name]
    )
    click.echo(
        f"{row['id']:4} {row['state']:7} until {row['until']:%Y-%m-%d %H:%M} UTC, {matchers}\n"
        f"     {harmless_line(row['comment'], _LONGEST)} ({harmless_line(row['author'], 60)}), "
        f"{row['swallowed']} swallowed"
    )
