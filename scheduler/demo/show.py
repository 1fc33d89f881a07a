"""What does `rasid demo` show on the terminal?"""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import click

from config.plural import counted
from crawler.storage.database import DATABASE_NAME
from crawler.text.safe import harmless_line
from notifier.model import AlertKind
from scheduler.demo.receiver import Received
from scheduler.demo.script import load_day
from scheduler.demo.shuffle import shuffle
from scheduler.demo.tell import Count, Telling, Told, count, count_test_story

_COLORS = {AlertKind.ALERT: "green", AlertKind.UPDATE: "cyan", AlertKind.CORRECTION: "magenta"}
_TITLE = 88


def run_demo(options: dict[str, Any], *, stay: bool, seed: int | None, as_json: bool) -> int:
    """Tell the day and show what came of it; the exit code: 0 if all was as it should be.

    Everything stands in a folder of its own, taken away at the end unless --state names one.
    """
    day = load_day()
    if seed is not None:
        day = shuffle(day, seed)
    own: Path | None = options["state"]
    folder = own or Path(tempfile.mkdtemp(prefix="rasid-demo-"))
    if own is not None and (own / "state" / DATABASE_NAME).exists():
        raise click.UsageError(f"{own} holds a demo already: give --state an empty folder")
    telling = Telling(day, folder)
    try:
        took_s = asyncio.run(_tell(telling, stay=stay, quiet=as_json))
    finally:
        if own is None:
            shutil.rmtree(folder, ignore_errors=True)
    if as_json:
        click.echo(json.dumps(_record(telling, took_s), ensure_ascii=False, indent=2))
    return 0 if all(told.as_expected for told in telling.told) else 1


async def _tell(telling: Telling, *, stay: bool, quiet: bool) -> float:
    """Tell the day, with words for the terminal unless `quiet`; the seconds it took."""
    began = monotonic()
    if not quiet:
        _say_hello(telling)
    try:
        await telling.begin()
        if not quiet:
            click.echo(f"{'':12} {'FIRST LOOKS':>10}  {_in_english(telling.receiver.received)}\n")
        await telling.tell_all(_ignore if quiet else _show)
        took_s = monotonic() - began
        if not quiet:
            _say_goodbye(telling, took_s)
        if stay:
            await _stay(telling)
    finally:
        await telling.stop()
    return took_s


def _ignore(_: Told) -> None:
    """Say nothing while it is told: --json prints all at the end."""


def _say_hello(telling: Telling) -> None:
    outlets = telling.day.outlets
    languages = ", ".join(sorted({outlet.language for outlet in outlets}))
    click.echo(
        f"A small news web on this machine: {len(outlets)} outlets ({languages}); "
        f"{telling.day.starts_at:%d %b %Y} to {telling.day.ends_at:%d %b %Y}.\n"
        "Rules: mega is 10bn USD or more, for certain; big is 100m USD or more.\n"
        "The daemon looks at every outlet once, stores what it finds silently, and says so once …\n"
    )


def _show(told: Told) -> None:
    article = told.article
    outlet = harmless_line(article.outlet, 10)
    title = harmless_line(article.title, _TITLE)
    click.echo(f"{article.told_at:%d %b %Y}  {outlet:10} {title}")
    for alert in told.alerts:
        word = click.style(f"{alert.kind.upper():>10}", fg=_COLORS[alert.kind], bold=True)
        click.echo(f"{'':12} {word}  {_english(told)}  [rule {alert.rule_id}]")
    if not told.alerts:
        click.echo(click.style(f"{'':12} {'silent':>10}  {_why(told)}", dim=True))
    if not told.as_expected:
        wanted = ", ".join(f"{rule} {kind}" for rule, kind in article.expect.items()) or "silence"
        click.echo(click.style(f"{'':12} the day's script says: {wanted}", fg="red"))


def _english(told: Told) -> str:
    return _in_english(told.received)


def _in_english(received: Sequence[Received]) -> str:
    titles = [each.title or _first_line(each) for each in received if each.path == "/desk-en"]
    return titles[0] if titles else "not arrived"


def _first_line(received: Received) -> str:
    return received.message.splitlines()[0] if received.message else ""


def _why(told: Told) -> str:
    """The funnel's end, and the last step before it that says why."""
    end = told.lines[-1].removeprefix("=> silent: ").removeprefix("=> ")
    deals = [line for line in told.lines if line.startswith("deal: ")]
    rules = [line for line in told.lines if line.startswith("rule ")]
    before = rules or deals
    return harmless_line(f"{end}. {before[0]}" if before else end, 160)


def _say_goodbye(telling: Telling, took_s: float) -> None:
    everything = count(telling.told)
    click.echo()
    click.echo(f"test story: {count_test_story(telling.told)}")
    click.echo(f"all stories: {everything}; {counted(everything.deals, 'deal')}")
    for state in telling.broken_sources():
        click.echo(f"broken source: {state.source_id}: {state.outcome}, {state.note}")
    click.echo(
        f"{counted(len(telling.receiver.received), 'message')} arrived at two targets; "
        f"{took_s:.0f} seconds"
    )
    wrong = [told.article.id for told in telling.told if not told.as_expected]
    if wrong:
        click.echo(click.style(f"not as the day's script says: {', '.join(wrong)}", fg="red"))


async def _stay(telling: Telling) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    config, state = telling.folder / "config", telling.folder / "state"
    click.echo(
        "\nIt goes on until Ctrl-C. Look around in another terminal:\n"
        f"  rasid --config {config} --state {state} deals\n"
        f"  rasid --config {config} --state {state} explain {telling.told[0].url}"
    )
    await stop.wait()


def _record(telling: Telling, took_s: float) -> dict[str, Any]:
    return {
        "seconds": round(took_s, 1),
        "test_story": _count(count_test_story(telling.told)),
        "all": _count(count(telling.told)),
        "articles": [
            {
                "id": told.article.id,
                "story": told.article.story,
                "told_at": told.article.told_at.isoformat(),
                "outlet": told.article.outlet,
                "language": told.article.language,
                "title": told.article.title,
                "told": [{"rule": a.rule_id, "kind": a.kind, "alert": a.id} for a in told.alerts],
                "expected": [{"rule": r, "kind": k} for r, k in told.article.expect.items()],
                "as_expected": told.as_expected,
                "received": [
                    {"target": r.path.strip("/"), "title": r.title, "message": r.message}
                    for r in told.received
                ],
                "why": list(told.lines),
            }
            for told in telling.told
        ],
    }


def _count(counted: Count) -> dict[str, int]:
    return {name: getattr(counted, name) for name in Count.__dataclass_fields__}
