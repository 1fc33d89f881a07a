"""How is the past filled in from the command line?"""

from __future__ import annotations

import asyncio
import os
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from config.errors import RasidError
from config.model import Config, Source
from config.plural import counted
from crawler.storage.database import DATABASE_NAME
from crawler.storage.lock import load_holder
from crawler.text.safe import harmless_line
from scheduler.archive import read_archive
from scheduler.clock import machine_clock
from scheduler.commands.progress import Step, show_progress, stop_when_told
from scheduler.commands.show import print_json
from scheduler.daemon import open_house
from scheduler.house import config_folder, load_own_config, state_folder
from scheduler.logs import secrets_of, set_up_logging
from scheduler.sitemaps import SourceReport
from scheduler.span import Span
from scheduler.warcs import Asked, FileReport, read_warc

_MOST_WORKERS = 8  # beyond these the one writer is what they wait for


def run_backfill(
    options: dict[str, Any],
    what: tuple[str, ...],
    *,
    warc: bool,
    since: str | None,
    until: str | None,
    limit: int | None,
    takes_all: bool,
    sitemap: str | None,
    as_json: bool,
) -> bool:
    """Fill in the past from an archive or from files; whether something is left undone."""
    span = Span(since=_day(since, "--since"), until=_day(until, "--until", is_end=True))
    if span.since and span.until and span.since > span.until:
        raise RasidError("--since is after --until: nothing lies between them")
    folder = config_folder(options["folder"])
    config = load_own_config(folder)
    source = None if warc else _source(config, what, span, takes_all=takes_all)
    if warc and (not what or sitemap):
        raise RasidError("--warc wants the files to read, and no --sitemap: `--warc FILE...`")
    state = state_folder(options["state"])
    _refuse_beside_a_daemon(state)
    level = "DEBUG" if options["verbose"] else "WARNING"
    set_up_logging(level, secrets=secrets_of(config))
    os.umask(0o077)  # what we keep is for this user only

    async def run() -> tuple[list[FileReport], SourceReport | None, bool]:
        is_stopped = stop_when_told()
        workers = max(config.settings.workers, min(os.cpu_count() or 1, _MOST_WORKERS))
        async with open_house(
            config,
            folder=folder,
            state=state,
            clock=machine_clock,
            workers=workers if warc else None,
            has_crawl=not warc,
        ) as house:
            with show_progress() as step:
                if source is not None:
                    report = await read_archive(
                        house,
                        source,
                        span,
                        limit=limit,
                        sitemap=sitemap,
                        is_stopped=is_stopped,
                        progress=step,
                    )
                    return [], report, is_stopped()
                asked = Asked(span=span, takes_all=takes_all, limit=limit, is_stopped=is_stopped)
                files: list[FileReport] = []
                for name in what:
                    if not is_stopped():
                        files.append(await _one_file(house, Path(name), asked, files, step))
                return files, None, is_stopped()

    files, report, stopped = asyncio.run(run())
    if report is not None:
        _print_source(report, stopped=stopped, as_json=as_json)
        return not report.is_done
    _print_files(files, stopped=stopped, as_json=as_json)
    return len(files) < len(what) or not all(one.is_done for one in files)


async def _one_file(
    house: Any, path: Path, asked: Asked, before: list[FileReport], step: Step
) -> FileReport:
    taken = sum(one.articles for one in before)

    def progress(report: FileReport) -> None:
        step(path.name, report.position, report.size_bytes, taken + report.articles)

    try:
        return await read_warc(house, path, asked, taken=taken, progress=progress)
    except RasidError as error:
        if error.subject != str(path):
            raise
        # The other files are read all the same.
        failed = FileReport(file=str(path), size_bytes=0, is_warc=False)
        failed.note(str(error))
        return failed


def _source(config: Config, what: tuple[str, ...], span: Span, *, takes_all: bool) -> Source:
    if len(what) != 1:
        raise RasidError("name one source: `rasid backfill SOURCE --since 2025-01-01`")
    source = next((one for one in config.sources if one.id == what[0]), None)
    if source is None:
        is_file = Path(what[0]).exists()
        hint = "; files are read with --warc" if is_file else "; `rasid sources` lists them"
        raise RasidError(f"no source is called {what[0]}{hint}", subject=what[0])
    if not source.enabled:
        note = f": {source.note}" if source.note else ""
        raise RasidError(
            f"{source.id} is not enabled{note}; write `enabled: true` at it first",
            subject=source.id,
        )
    if takes_all:
        raise RasidError("--all is for WARC files: an archive is of one source")
    if span.since is None:
        raise RasidError(
            f"say how far back {source.id} is to be read: --since 2025-01-01", subject=source.id
        )
    return source


def _day(text: str | None, option: str, *, is_end: bool = False) -> datetime | None:
    """The first moment of a day, or its last; an instant with a clock stays what it is."""
    if text is None:
        return None
    try:
        if len(text) <= len("2025-01-01"):
            at = datetime.combine(date.fromisoformat(text), time(), UTC)
            return at + timedelta(days=1, microseconds=-1) if is_end else at
        at = datetime.fromisoformat(text)
    except ValueError:
        raise RasidError(f"{option} {text!r} is no day: write it as 2025-01-01") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _refuse_beside_a_daemon(state: Path) -> None:
    holder = load_holder(state / DATABASE_NAME)
    if holder is not None:
        raise RasidError(
            f"Rasid already runs on {state} (process {holder.pid}), and two cannot write to one "
            "database. Stop it (`systemctl stop rasid`), run this, and start it again: what the "
            "feeds list meanwhile is read then.",
            subject=str(state),
        )


def _print_files(files: list[FileReport], *, stopped: bool, as_json: bool) -> None:
    if as_json:
        print_json({"files": [asdict(one) for one in files], "stopped": stopped})
        return
    for one in files:
        for note in one.notes:
            click.echo(f"  {note}", err=True)
        if one.failed > len(one.notes):
            click.echo(f"  … and {one.failed - len(one.notes)} more", err=True)
        if one.is_warc:
            click.echo(f"{harmless_line(one.file, 200)}: {_told(one)}")
    if not all(one.is_done or not one.is_warc for one in files):
        click.echo("The same command goes on where this one stopped.")


def _told(one: FileReport) -> str:
    if one.was_read:
        return "an earlier run with the same options read it to its end"
    end = "read to its end" if one.is_done else f"read to byte {one.position:,}"
    return (
        f"{end}; {counted(one.articles, 'article')}, {one.ai_articles} on money in AI; "
        f"passed over: {one.known} known, {one.strangers} of no source of yours, "
        f"{one.outside} outside the span; {one.failed} could not be read"
    )


def _print_source(report: SourceReport, *, stopped: bool, as_json: bool) -> None:
    if as_json:
        print_json({**asdict(report), "stopped": stopped})
        return
    for note in report.notes:
        click.echo(f"  {note}", err=True)
    click.echo(
        f"{report.source_id}: {counted(report.sitemaps, 'sitemap')} read, "
        f"{counted(report.listed, 'new line')} in the span, "
        f"{counted(report.undated, 'line')} without a date passed over; "
        f"{counted(report.articles, 'article')}, "
        f"{report.ai_articles} on money in AI, {report.known} known, {report.outside} outside the "
        f"span, {report.failed} failed, {report.waiting} wait"
    )
    if not report.is_done:
        click.echo("The same command goes on where this one stopped.")
