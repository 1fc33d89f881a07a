"""What would a file of rules have told?"""

from __future__ import annotations

import gc
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from config.errors import RasidError
from config.model import Config
from config.plural import counted
from crawler.storage.past import load_past
from crawler.text.safe import harmless_line
from notifier.words import amount_words
from scheduler.asking import yardstick_of
from scheduler.clock import machine_clock
from scheduler.commands.show import Names, Record, open_stored, print_json, who
from scheduler.house import config_folder, load_own_config, state_folder
from scheduler.renewal import load_rates_of
from scheduler.replay import Said, asks_earlier, replay


def try_rules(
    options: dict[str, Any],
    file: Path,
    *,
    since: timedelta,
    against: bool,
    expect: int | None,
    as_json: bool,
) -> bool:
    """Print what the rules of `file` would have told since then; False where `expect` is missed.

    With `against`, only what today's rules would not have told, or told and these would not.
    """
    folder, start = config_folder(options["folder"]), machine_clock() - since
    tried = load_own_config(folder, rules=file)
    today = load_own_config(folder) if against else None
    said, now = _fired(options, tried, today, start)
    names = {each.id: each.names["en"] for each in tried.companies if "en" in each.names}
    record = _record(said, now if against else None, names) | {"since": start}
    right = expect is None or len(said) == expect
    if as_json:
        print_json(record)
    else:
        _print(record, expect=expect)
    return right


def _fired(
    options: dict[str, Any], tried: Config, today: Config | None, start: datetime
) -> tuple[list[Said], list[Said]]:
    """What the rules of both fire on since `start`; none where there are none of today."""
    yardstick = yardstick_of(tried, load_rates_of(tried, state_folder(options["state"])))
    configs = [tried, *([today] if today else [])]
    asks_all = any(asks_earlier(config.rules) for config in configs)
    gc.disable()  # millions of values, none in a circle: to look through them took half the time
    try:
        with open_stored(options) as db:
            past = load_past(db, since=None if asks_all else start)
        sources = {source.id: source for source in tried.sources}
        fired = [
            [
                each
                for each in replay(past, config.rules, sources=sources, yardstick=yardstick)
                if each.verdict.fires and each.verdict.at >= start
            ]
            for config in configs
        ]
    finally:
        gc.enable()
    return fired[0], fired[1] if today else []


def _key(said: Said) -> tuple[int, int]:
    return said.verdict.deal_id, said.verdict.change_number


def _record(said: list[Said], now: list[Said] | None, names: Names) -> Record:
    record: Record = {"alerts": [_row(each, names) for each in said], "count": len(said)}
    if now is not None:
        mine, theirs = {_key(each) for each in said}, {_key(each) for each in now}
        record["new"] = [_row(each, names) for each in said if _key(each) not in theirs]
        record["lost"] = [_row(each, names) for each in now if _key(each) not in mine]
    return record


def _row(said: Said, names: Names) -> Record:
    verdict, deal = said.verdict, said.deal
    return {
        "at": verdict.at,
        "rule": verdict.rule_id,
        "kind": verdict.kind,
        "deal": f"d{deal.id}",
        "change": verdict.change_number,
        "amount": amount_words(deal.figure, "en") if deal.figure else "undisclosed",
        "who": who(deal, names),
        "title": harmless_line(said.article.title, 120),
        "url": said.article.url,
        "reasons": [reason.text for reason in verdict.reasons],
    }


def _print(record: Record, *, expect: int | None) -> None:
    if "new" in record:
        for name, sign in (("new", "+"), ("lost", "-")):
            for row in record[name]:
                click.echo(_line(sign, row))
        click.echo(
            f"{counted(record['count'], 'alert')} since {record['since']:%Y-%m-%d}: "
            f"{len(record['new'])} that today's rules do not tell, {len(record['lost'])} lost"
        )
    else:
        for row in record["alerts"]:
            click.echo(_line(" ", row))
        click.echo(f"{counted(record['count'], 'alert')} since {record['since']:%Y-%m-%d}")
    if expect is not None and record["count"] != expect:
        click.echo(f"expected {expect}", err=True)


def _line(sign: str, row: Record) -> str:
    return (
        f"{sign} {row['at']:%Y-%m-%d %H:%M}  {row['rule']:<12} {row['kind']:<10} {row['deal']:<6} "
        f"{row['amount']:<20} {row['who']}"
    )


def parse_since(text: str) -> timedelta:
    """The span that `90d`, `12h` or `4w` names. Raises RasidError saying how to write it."""
    units = {"h": "hours", "d": "days", "w": "weeks"}
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit() and unit in units and len(number) <= 5):
        raise RasidError(f"{text!r} is no span of time: write it as 90d, 12h or 4w")
    return timedelta(**{units[unit]: int(number)})
