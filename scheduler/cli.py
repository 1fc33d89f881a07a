"""Which commands are there? Each parses, calls one function, prints.

`rasid --help` stays under 150 ms because every command imports what it needs itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from scheduler.groups.alerts import alerts
from scheduler.groups.deals import deals
from scheduler.groups.feedback import feedback
from scheduler.groups.outbox import outbox
from scheduler.groups.rules import rules
from scheduler.groups.silences import silences
from scheduler.groups.sources import sources
from scheduler.options import EXIT_CONFIG, EXIT_ERROR, EXIT_SOME_FAILED, json_option

_FOLDER = click.Path(file_okay=False, path_type=Path)


class _Commands(click.Group):
    """Turns the house's errors into one sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        from config.errors import ConfigError, RasidError

        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo(str(error), err=True)
            raise SystemExit(EXIT_CONFIG) from None
        except RasidError as error:
            click.echo(f"rasid: {error}", err=True)
            raise SystemExit(EXIT_ERROR) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "folder",
    type=_FOLDER,
    help="Your own files. Else $RASID_CONFIG, else ~/.config/rasid.",
)
@click.option(
    "--state",
    type=_FOLDER,
    help="Where the database lives. Else $RASID_STATE, else ~/.local/state/rasid.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log every step.")
@click.version_option(package_name="rasid", prog_name="rasid")
@click.pass_context
def main(ctx: click.Context, folder: Path | None, state: Path | None, verbose: bool) -> None:
    """Rasid (راصد) watches business news for money that goes into artificial intelligence."""
    ctx.obj = {"folder": folder, "state": state, "verbose": verbose}


for group in (sources, rules, deals, alerts, outbox, feedback, silences):
    main.add_command(group)


@main.command()
@click.pass_obj
def run(options: dict[str, Any]) -> None:
    """Watch until told to stop: the background service."""
    from scheduler.commands.watch import run_forever

    run_forever(options)


@main.command()
@click.argument("sources", nargs=-1)
@json_option
@click.pass_obj
def once(options: dict[str, Any], sources: tuple[str, ...], as_json: bool) -> None:
    """Look at every source once, send what is owed, and end.

    Only at SOURCES, if some are named. Exit code 0: all answered; 3: some did not.
    """
    from scheduler.commands.watch import run_once

    sys.exit(EXIT_SOME_FAILED if run_once(options, sources, as_json=as_json) else 0)


@main.command()
@click.option("--since", default="24h", show_default=True, help="How far back: 24h, 7d, 4w.")
@click.option("--tag", help="Of whoever would read it; else of all rules.")
@click.option("--language", metavar="CODE", help="Such as en, ar, fr; else the reader's.")
@click.option("--html", "as_page", is_flag=True, help="The page that a mail of it would be.")
@json_option
@click.pass_obj
def digest(options: dict[str, Any], /, since: str, **how: Any) -> None:
    """What is new, changed, held back, left out and in trouble. Sends nothing."""
    from scheduler.commands.digest import show_digest
    from scheduler.commands.rules import parse_since

    show_digest(options, since=parse_since(since), **how)


@main.command()
@json_option
@click.pass_obj
def status(options: dict[str, Any], as_json: bool) -> None:
    """Is it alive, what did it see, what waits, what is wrong?"""
    from scheduler.commands.show import show_status

    show_status(options, as_json=as_json)


@main.command()
@click.option("--write", is_flag=True, help="Keep the new readings, and what they make of deals.")
@click.option("--quiet", is_flag=True, help="Tell nobody, also whoever was told wrongly.")
@json_option
@click.pass_obj
def reread(options: dict[str, Any], write: bool, quiet: bool, as_json: bool) -> None:
    """What does today's reader say otherwise of the kept articles?

    Nothing is kept without --write. No alert is sent for the past; whoever got a wrong one in the
    last 30 days is told so.
    """
    from scheduler.commands.mend import reread_articles

    reread_articles(options, write=write, quiet=quiet, as_json=as_json)


@main.command()
@click.argument("what", nargs=-1, metavar="SOURCE | FILE...")
@click.option("--warc", is_flag=True, help="WHAT are WARC files, as CC-NEWS publishes them.")
@click.option("--since", help="The first day of the past that is wanted, e.g. 2025-01-01.")
@click.option("--until", help="The last day. Else all but what the watch itself alerts to.")
@click.option("--limit", type=click.IntRange(1), help="Articles in this run; the next goes on.")
@click.option("--all", "takes_all", is_flag=True, help="WARC: pages of no source of yours, too.")
@click.option("--sitemap", help="Where SOURCE's archive is listed, if it cannot be found.")
@json_option
@click.pass_obj
def backfill(options: dict[str, Any], /, what: tuple[str, ...], **wishes: Any) -> None:
    """Fill in the past: the archive of a SOURCE, or WARC files. Nobody is alerted to it.

    Stop it at any moment: the same command goes on where it was. Stop `rasid run` first, and
    start it again after: two cannot write to one database.
    Exit code 0: nothing is left; 3: something is, and is named.
    """
    from scheduler.commands.backfill import run_backfill

    sys.exit(EXIT_SOME_FAILED if run_backfill(options, what, **wishes) else 0)


@main.command()
@click.argument("what", metavar="URL | SOURCE")
@json_option
@click.pass_obj
def forget(options: dict[str, Any], what: str, as_json: bool) -> None:
    """Delete the kept text of one article, or of a whole source.

    Titles, figures, their sentences and links stay.
    """
    from scheduler.commands.mend import forget_texts

    forget_texts(options, what, as_json=as_json)


@main.command()
@click.argument("what")
@json_option
@click.pass_obj
def explain(options: dict[str, Any], what: str, as_json: bool) -> None:
    """Why did an alert come, or not?

    WHAT is a URL, a deal (d12), an alert (a7) or a text.
    """
    from scheduler.commands.why import explain_what

    explain_what(options, what, as_json=as_json)


@main.command("why-not")
@click.argument("what", metavar="URL | COMPANY")
@json_option
@click.pass_obj
def why_not(options: dict[str, Any], what: str, as_json: bool) -> None:
    """Why did no alert come of a story, or of a company?

    COMPANY is a name in any script. Walks the funnel: seen, fetched, dated, AI, claim, deal, rule,
    delivered. Names the place where it ended and what to do next.
    """
    from scheduler.commands.whynot import tell_why_not

    tell_why_not(options, what, as_json=as_json)


@main.command()
@json_option
@click.option("--schema", help="Print the JSON Schema of one kind of file: settings, sources …")
@click.pass_obj
def check(options: dict[str, Any], as_json: bool, schema: str | None) -> None:
    """Is the configuration right? Every mistake with its place."""
    from scheduler.commands.configuration import check_config, print_schema

    if schema:
        print_schema(schema)
    else:
        check_config(options, as_json=as_json)


@main.group()
def notify() -> None:
    """Messages to people."""


@notify.command("test")
@click.argument("tag")
@json_option
@click.pass_obj
def notify_test(options: dict[str, Any], tag: str, as_json: bool) -> None:
    """Send a test message to every target with TAG, and say how it went."""
    from scheduler.commands.configuration import test_targets

    sys.exit(EXIT_ERROR if test_targets(options, tag, as_json=as_json) else 0)


@main.command()
@click.option("--stay", is_flag=True, help="Keep the small news web and the daemon running.")
@click.option("--shuffle", "seed", type=int, help="Other names, amounts, order and outlets.")
@json_option
@click.pass_obj
def demo(options: dict[str, Any], stay: bool, seed: int | None, as_json: bool) -> None:
    """Thirteen months of news in a minute: no network, no account."""
    from scheduler.demo.show import run_demo

    sys.exit(run_demo(options, stay=stay, seed=seed, as_json=as_json))


@main.command()
@click.pass_obj
def read(options: dict[str, Any]) -> None:
    """What do stories say? JSON Lines in, JSON Lines out.

    \b
    In:  {"id", "text", "title"?, "lang"?, "url"?, "date"?, "country"?}
    Out: {"id", "language", "ai_investment", "figures", "claims", "deal", "event", "reasons"}
    """
    from scheduler.filters import run_read

    run_read(options["folder"], sys.stdin.buffer, sys.stdout.buffer)


@main.command()
@click.pass_obj
def extract(options: dict[str, Any]) -> None:
    """Which article is on an HTML page? JSON Lines in, JSON Lines out.

    \b
    In:  {"id", "url", "file", "fetched"?}; the file may be .gz
    Out: {"id", "title", "text", "published", "language", "reasons"}
    """
    from scheduler.filters import run_extract

    run_extract(options["folder"], sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
