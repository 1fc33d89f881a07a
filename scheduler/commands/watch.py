"""How do `rasid run` and `rasid once` watch?"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from config.errors import RasidError
from config.model import Config, Source
from config.plural import counted
from scheduler.clock import Clock, ToldClock, machine_clock
from scheduler.daemon import open_house, run_daemon
from scheduler.digest import tell_digests
from scheduler.heartbeat import Heartbeat
from scheduler.house import House, config_folder, load_own_config, state_folder
from scheduler.introductions import tell_away, tell_first_looks
from scheduler.logs import secrets_of, set_up_logging
from scheduler.look import look_at
from scheduler.renewal import renew_rates
from scheduler.report import LookReport
from scheduler.sending import send_due
from scheduler.wellbeing import tell_health


def run_forever(
    options: dict[str, Any], *, clock: Clock = machine_clock, tick_s: float = 1
) -> None:
    """Run the daemon in the foreground until SIGTERM or Ctrl-C."""
    folder, state, config = _open(options)
    asyncio.run(run_daemon(config, folder=folder, state=state, clock=clock, tick_s=tick_s))


def run_told(folder: Path, state: Path, clock_file: Path) -> None:
    """Run the daemon on the clock that stands in `clock_file`: the demo's way in."""
    options = {"folder": folder, "state": state, "verbose": False}
    run_forever(options, clock=ToldClock(clock_file), tick_s=0.05)


def run_once(options: dict[str, Any], names: tuple[str, ...], *, as_json: bool) -> bool:
    """Look at the sources once and send what is owed; whether any source failed."""
    folder, state, config = _open(options, quiet=sys.stderr.isatty())
    sources = choose_sources(config, names)
    reports = asyncio.run(_once(config, folder, state, sources, is_whole=not names))
    _print_reports(reports, as_json=as_json)
    return any(not report.is_good for report in reports)


def _open(options: dict[str, Any], *, quiet: bool = False) -> tuple[Path | None, Path, Config]:
    folder = config_folder(options["folder"])
    config = load_own_config(folder)
    level = "DEBUG" if options["verbose"] else "WARNING" if quiet else "INFO"
    secrets = [config.settings.heartbeat_url or "", *secrets_of(config)]
    set_up_logging(level, secrets=secrets)
    os.umask(0o077)  # what we keep is for this user only
    return folder, state_folder(options["state"]), config


def choose_sources(config: Config, names: tuple[str, ...]) -> list[Source]:
    """The sources called `names`, or all enabled ones. Raises RasidError for unknown names."""
    enabled = [source for source in config.sources if source.enabled]
    known = {source.id: source for source in config.sources}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise RasidError(
            f"no source is called {', '.join(unknown)}; `rasid sources` lists those that are there"
        )
    return [known[name] for name in names] if names else enabled


async def _once(
    config: Config, folder: Path | None, state: Path, sources: list[Source], *, is_whole: bool
) -> list[LookReport]:
    async with open_house(config, folder=folder, state=state, clock=machine_clock) as house:
        with _progress(len(sources)) as bar:
            house = replace(house, rates=await renew_rates(house) or house.rates)
            reports = await asyncio.gather(*(_look(house, source, bar) for source in sources))
        for tell in (tell_health, tell_first_looks, tell_digests):
            await asyncio.to_thread(tell, house)
        await _send_all(house)
        # A look at one source by hand is no sign that the others are watched.
        if is_whole and await Heartbeat(house).beat():
            await asyncio.to_thread(tell_away, house)
            await _send_all(house)
        return reports


async def _send_all(house: House) -> None:
    while await send_due(house, owner=f"{os.getpid()}"):
        pass


async def _look(house: House, source: Source, bar: Any) -> LookReport:
    report = await look_at(house, source)
    if bar is not None:
        bar.advance(bar.task_ids[0])
    return report


def _progress(count: int) -> AbstractContextManager[Any]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn(f"looking at {counted(count, 'source')}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("looks", total=count)
    return bar


def _print_reports(reports: list[LookReport], *, as_json: bool) -> None:
    if as_json:
        rows = []
        for report in reports:
            names = [name for name in report.__dataclass_fields__ if name not in ("taken", "pages")]
            row = {name: getattr(report, name) for name in names}
            row["alerts"] = sum(len(taken.alerts) for _, taken in report.taken)
            rows.append(row)
        click.echo(json.dumps({"looks": rows}, ensure_ascii=False, indent=2))
        return
    for report in reports:
        note = f"  {report.note}" if report.note else ""
        click.echo(
            f"{report.source_id:24} {report.outcome:12} {report.listed:4} new in the list, "
            f"{counted(report.articles, 'article'):>13}, {report.ai_articles:3} on money in AI, "
            f"{report.failed:3} failed{note}"
        )
    alerts = sum(len(taken.alerts) for report in reports for _, taken in report.taken)
    click.echo(
        f"{counted(len(reports), 'source')}, "
        f"{counted(sum(each.articles for each in reports), 'article')}, {counted(alerts, 'alert')}"
    )
