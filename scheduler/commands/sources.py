"""How is each source doing? The table of `rasid sources`, and the same as JSON."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import click

from config.model import Source
from crawler.health.habit import expected_gap
from crawler.storage.database import DATABASE_NAME
from crawler.storage.looks import HourCount, SourceState, load_hours, load_states
from crawler.text.safe import harmless_line
from scheduler.clock import machine_clock
from scheduler.commands.show import Record, open_stored, print_json
from scheduler.house import config_folder, load_own_config, state_folder

_DAYS = 7
_BLOCKS = "▁▂▃▄▅▆▇█"
_NO_LOOK, _NOTHING_NEW, _FAILED = " ", "·", "x"
_COLORS = {"fine": "green", "quiet": "cyan", "resting": "cyan", "off": "bright_black"}
_WORST_LAST = ("fine", "new", "resting", "quiet")
_OFF = "off"


def show_sources(options: dict[str, Any], *, as_json: bool) -> None:
    """Every source, troubled ones first; needs no database: before the first run none was seen."""
    config = load_own_config(config_folder(options["folder"]))
    now = machine_clock()
    states: dict[str, SourceState] = {}
    hours: dict[str, tuple[HourCount, ...]] = {}
    if (state_folder(options["state"]) / DATABASE_NAME).exists():
        with open_stored(options) as db:
            states = load_states(db)
            hours = load_hours(db, since=now - timedelta(days=_DAYS))
    rows = [
        record_of(source, states.get(source.id), hours.get(source.id, ()), now)
        for source in config.sources
    ]
    rows.sort(key=order)
    if as_json:
        print_json(rows)
        return
    for line in table(rows, now):
        click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def record_of(
    source: Source, state: SourceState | None, hours: Sequence[HourCount], now: datetime
) -> Record:
    """One source as plain data. **Units**: rhythm and delay in minutes."""
    health = state.health if state else None
    gap = expected_gap(health.habit) if health else None
    word, why = state_of(source, state)
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "enabled": source.enabled,
        "language": source.language,
        "url": source.url,
        "state": word,
        "since": health.since if health else None,
        "why": why,
        "told": health.told if health else None,
        "outcome": state.outcome if state else None,
        "note": state.note if state else None,
        "last_look_at": state.last_look_at if state else None,
        "last_ok_at": state.last_ok_at if state else None,
        "next_look_at": state.next_look_at if state else None,
        "newest_at": health.habit.at if health else None,
        "rhythm_min": round(gap / timedelta(minutes=1)) if gap else None,
        "articles_a_day": _a_day(hours, now),
        "median_delay_min": round(median(health.delays) / 60, 1)
        if health and health.delays
        else None,
        "strip": strip(hours, now),
    }


def state_of(source: Source, state: SourceState | None) -> tuple[str, str | None]:
    """The state in plain words, and why; `off`: not watched, `new`: not looked at yet."""
    health = state.health if state else None
    if not source.enabled:
        return _OFF, health.text if health else None
    if state is None or health is None:
        return "new", None
    fault = health.lists.fault
    # A failure is soon forgiven to what was well. What never answered well is not fine.
    if state.last_ok_at is None and fault is not None and health.lists.fails:
        return str(fault.state), fault.text
    return str(health.state), health.text


def strip(hours: Sequence[HourCount], now: datetime) -> str:
    """The last 24 hours, one sign each: new lines as blocks, a dot for looks without any.

    `x`: all looks of the hour failed. A blank: there was no look.
    """
    counts = {count.hour: count for count in hours}
    this = now.replace(minute=0, second=0, microsecond=0)
    day = [counts.get(this - timedelta(hours=back)) for back in range(23, -1, -1)]
    most = max((count.listed for count in day if count), default=0)
    return "".join(_sign(count, most) for count in day)


def table(rows: Sequence[Record], now: datetime) -> list[str]:
    """The table, a line a source; why it is in trouble stands below it."""
    width = max([len(row["id"]) for row in rows] + [6])
    lines = [
        f"{'STATE':13} {'SOURCE':{width}} {'GOOD LOOK':>9} {'NEWEST':>7} {'EVERY':>6} "
        f"{'A DAY':>6} {'DELAY':>6}  LAST 24 H"
    ]
    for row in rows:
        state = click.style(f"{row['state']:13}", fg=_COLORS.get(row["state"], "red"))
        if row["state"] == "new":
            state = f"{row['state']:13}"
        lines.append(
            f"{state} {row['id']:{width}} {_ago(row['last_ok_at'], now):>9} "
            f"{_ago(row['newest_at'], now):>7} {_minutes(row['rhythm_min']):>6} "
            f"{_number(row['articles_a_day']):>6} {_minutes(row['median_delay_min']):>6}  "
            f"{row['strip']}".rstrip()
        )
        if row["why"] and row["enabled"] and row["state"] not in _WORST_LAST:
            since = f"since {row['since']:%d %b %H:%M} UTC: " if row["since"] else ""
            lines.append(f"{'':13}   {since}{harmless_line(row['why'], 200)}")
    lines.append(
        f"{_BLOCKS[0]}{_BLOCKS[-1]} new lines of the hour  {_NOTHING_NEW} nothing new  "
        f"{_FAILED} failed"
    )
    return lines


def order(row: Record) -> tuple[int, str]:
    """Troubled ones first, then quiet ones, then well ones; those that are off last."""
    state = row["state"]
    if state == _OFF:
        return 9, row["id"]
    return -_WORST_LAST.index(state) if state in _WORST_LAST else -9, row["id"]


def _sign(count: HourCount | None, most: int) -> str:
    if count is None or not count.looks:
        return _NO_LOOK
    if count.listed:
        return _BLOCKS[min(len(_BLOCKS) - 1, (count.listed * len(_BLOCKS) - 1) // most)]
    return _FAILED if count.failed >= count.looks else _NOTHING_NEW


def _a_day(hours: Sequence[HourCount], now: datetime) -> float | None:
    if not hours:
        return None
    days = max(1.0, (now - hours[0].hour) / timedelta(days=1))
    return round(sum(count.articles for count in hours) / days, 1)


def _ago(at: datetime | None, now: datetime) -> str:
    return _minutes((now - at) / timedelta(minutes=1)) if at else "-"


def _minutes(minutes: float | None) -> str:
    if minutes is None:
        return "-"
    if minutes < 100:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 48 * 60 else f"{minutes / 1440:.0f} d"


def _number(number: float | None) -> str:
    return "-" if number is None else f"{number:g}"
