"""What does one visit to each source say, and what should be changed?"""

from __future__ import annotations

import asyncio
import sys
from contextlib import aclosing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from config.model import Config, Source
from config.plural import counted
from crawler.pages.advice import Advice, PageCheck, Probed, advise, without_secrets
from crawler.pages.survey import Survey
from crawler.text.safe import harmless_line
from scheduler.clock import machine_clock
from scheduler.commands.show import Record, print_json
from scheduler.commands.watch import choose_sources
from scheduler.door import open_door
from scheduler.house import config_folder, load_own_config
from scheduler.logs import set_up_logging
from scheduler.probe import probe_all
from scheduler.zones import load_zones

EXIT_STOPPED = 130
_HEADS = ("SOURCE", "HTTP", "TYPE", "LINES", "DATED", "NEWEST", "ZONE", "TEXT", "ROBOTS", "PAGE")
_ROW = "{:24} {:4} {:16} {:>5} {:>5} {:>8} {:9} {:>5} {:11} {}"


def probe_sources(
    options: dict[str, Any], names: tuple[str, ...], *, every: bool, as_json: bool
) -> bool:
    """Visit the sources and print one line for each as it comes in; whether some have trouble.

    Ctrl-C leaves what has come in so far.
    """
    folder = config_folder(options["folder"])
    config = load_own_config(folder)
    set_up_logging("DEBUG" if options["verbose"] else "WARNING", secrets=[])
    chosen = choose_sources(config, names)
    if every and not names:
        chosen = list(config.sources)
    probes: list[tuple[Probed, tuple[Advice, ...]]] = []
    stopped = False
    if not as_json:
        click.echo(_ROW.format(*_HEADS))
    try:
        asyncio.run(_probe(config, folder, chosen, probes, as_json=as_json))
    except KeyboardInterrupt:
        stopped = True
    if as_json:
        print_json([_record(probed, advice) for probed, advice in probes])
    troubled = sum(_is_troubled(advice) for _, advice in probes)
    click.echo(
        f"{len(probes)} of {counted(len(chosen), 'source')} visited, "
        f"to be looked at by you: {troubled}",
        err=as_json,
    )
    if len(probes) > 2 and not any(_was_reached(probed) for probed, _ in probes):
        click.echo("Nobody could be reached: is this machine on the internet?", err=True)
    if stopped:
        raise SystemExit(EXIT_STOPPED)
    return troubled > 0


async def _probe(
    config: Config,
    folder: Path | None,
    chosen: list[Source],
    probes: list[tuple[Probed, tuple[Advice, ...]]],
    *,
    as_json: bool,
) -> None:
    zones = load_zones(machine_clock())
    async with (
        open_door(config, folder=folder, clock=machine_clock) as door,
        aclosing(probe_all(door, chosen)) as visits,
    ):
        async for probed in visits:
            advice = advise(probed, zones)
            probes.append((probed, advice))
            if sys.stderr.isatty():
                click.echo(f"\r\033[K{len(probes)} of {len(chosen)} visited\r", nl=False, err=True)
            if not as_json:
                _print(probed, advice)


def _was_reached(probed: Probed) -> bool:
    return probed.error is None or probed.error.status is not None


def _is_troubled(advice: tuple[Advice, ...]) -> bool:
    return any(each.trouble for each in advice)


def _print(probed: Probed, advice: tuple[Advice, ...]) -> None:
    survey = probed.survey
    status = probed.error.status if probed.error else 200
    cells = (probed.source.id[:24], status or "-", *_cells(survey, probed.at))
    robots, page = probed.robots or "-", page_words(probed.page)
    click.echo(_ROW.format(*cells, robots, page).rstrip())
    for each in advice:
        click.echo(f"  {'!' if each.trouble else '·'} {_harmless(each)}")


def _harmless(advice: Advice) -> str:
    """Advice for a terminal: it may quote addresses that strangers chose."""
    return "".join(sign for sign in advice.text if sign.isprintable())[:600]


def _cells(survey: Survey | None, now: datetime) -> tuple[object, ...]:
    if survey is None:
        return ("-",) * 6
    return (
        survey.head.words,
        survey.count,
        f"{survey.share_dated:.0%}",
        age_words(now - survey.newest) if survey.newest else "-",
        survey.zone or "-",
        survey.text_length,
    )


def age_words(age: timedelta) -> str:
    """How old something is, to one unit: `12 min`, `3 h`, `45 d`."""
    minutes = max(int(age.total_seconds() // 60), 0)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 72 * 60 else f"{minutes // 1440} d"


def page_words(page: PageCheck | None) -> str:
    """What could be read on one page of a list."""
    if page is None:
        return "-"
    if page.note is not None:
        return f"not read: {harmless_line(page.note, 80)}"
    date = f"{page.published:%Y-%m-%d}" if page.published else "no date"
    return f"title, {date}, {counted(page.body_length, 'character')}"


def _record(probed: Probed, advice: tuple[Advice, ...]) -> Record:
    survey, page, error = probed.survey, probed.page, probed.error
    return {
        "id": probed.source.id,
        "status": error.status if error else 200,
        "error": str(error) if error else None,
        "type": survey.head.words if survey else None,
        "lines": survey.count if survey else 0,
        "newest": survey.newest if survey else None,
        "share_dated": round(survey.share_dated, 3) if survey else None,
        "zone": survey.zone if survey else None,
        "text_length": survey.text_length if survey else None,
        "robots": probed.robots,
        "url": without_secrets(probed.url) if probed.url else None,
        "redirects": probed.redirects,
        "moved_to": without_secrets(probed.moved_to) if probed.moved_to else None,
        "page": _page_record(page) if page else None,
        "ok": not _is_troubled(advice),
        "change": [each.text for each in advice],
    }


def _page_record(page: PageCheck) -> Record:
    return {
        "url": page.url,
        "title": page.title,
        "published": page.published,
        "body_length": page.body_length,
        "note": page.note,
    }
