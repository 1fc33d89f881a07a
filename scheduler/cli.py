"""Which commands are there? Each parses, calls one function, prints.

`rasid --help` stays under 150 ms because every command imports what it needs itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

EXIT_ERROR, EXIT_CONFIG, EXIT_SOME_FAILED = 1, 2, 3

_FOLDER = click.Path(file_okay=False, path_type=Path)
_json = click.option("--json", "as_json", is_flag=True, help="One JSON document instead of words.")


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
@click.option("--config", "folder", type=_FOLDER, help="Your own files. Else $RASID_CONFIG.")
@click.option("--state", type=_FOLDER, help="Where the database lives. Else $RASID_STATE.")
@click.option("-v", "--verbose", is_flag=True, help="Log every step.")
@click.version_option(package_name="rasid", prog_name="rasid")
@click.pass_context
def main(ctx: click.Context, folder: Path | None, state: Path | None, verbose: bool) -> None:
    """Rasid (راصد) watches business news for money that goes into artificial intelligence."""
    ctx.obj = {"folder": folder, "state": state, "verbose": verbose}


@main.command()
@click.pass_obj
def run(options: dict[str, Any]) -> None:
    """Watch until told to stop: the background service."""
    from scheduler.commands.watch import run_forever

    run_forever(options)


@main.command()
@click.argument("sources", nargs=-1)
@_json
@click.pass_obj
def once(options: dict[str, Any], sources: tuple[str, ...], as_json: bool) -> None:
    """Look at every source once (or at SOURCES), send what is owed, and end.

    Exit code 0: all answered; 3: some did not.
    """
    from scheduler.commands.watch import run_once

    sys.exit(EXIT_SOME_FAILED if run_once(options, sources, as_json=as_json) else 0)


@main.command()
@_json
@click.pass_obj
def status(options: dict[str, Any], as_json: bool) -> None:
    """Is it alive, what did it see, what waits, what is wrong?"""
    from scheduler.commands.show import show_status

    show_status(options, as_json=as_json)


@main.group(invoke_without_command=True)
@_json
@click.pass_context
def sources(ctx: click.Context, as_json: bool) -> None:
    """How every source is doing: state, newest story, rhythm, delay, the last 24 hours.

    Troubled ones first.
    """
    if ctx.invoked_subcommand is None:
        from scheduler.commands.sources import show_sources

        show_sources(ctx.obj, as_json=as_json)
    ctx.obj = {**ctx.obj, "json": as_json}


@sources.command("probe")
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="Also those that are not enabled.")
@_json
@click.pass_obj
def sources_probe(
    options: dict[str, Any], names: tuple[str, ...], every: bool, as_json: bool
) -> None:
    """Visit every source once (or those called ID), and say what to change in its block.

    Nothing is kept. Exit code 0: all answered well; 3: some did not.
    """
    from scheduler.commands.probe import probe_sources

    as_json = as_json or options["json"]
    troubled = probe_sources(options, names, every=every, as_json=as_json)
    sys.exit(EXIT_SOME_FAILED if troubled else 0)


@sources.command("add")
@click.argument("url")
@click.option("--write", is_flag=True, help="Append the block to your own files.")
@click.option("--id", "own_id", help="A short name of your own for it.")
@click.option("--private", is_flag=True, help="It stands on a private network of your own.")
@_json
@click.pass_obj
def sources_add(
    options: dict[str, Any],
    url: str,
    write: bool,
    own_id: str | None,
    private: bool,
    as_json: bool,
) -> None:
    """Find what to watch at URL, a site or a feed, and propose the block for it.

    A few polite requests: what the page declares, the sitemaps of robots.txt, the usual places,
    last the page's own links. Nothing is written without --write.
    """
    from scheduler.commands.add import add_source

    as_json = as_json or options["json"]
    add_source(options, url, write=write, own_id=own_id, private=private, as_json=as_json)


@sources.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Append the new ones to your own files.")
@_json
@click.pass_obj
def sources_import(options: dict[str, Any], file: Path, write: bool, as_json: bool) -> None:
    """Take in a reading list (OPML) of any feed reader. Nothing is written without --write."""
    from scheduler.commands.opml import import_opml

    import_opml(options, file, write=write, as_json=as_json or options["json"])


@sources.command("export")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="Also those that are not enabled.")
@_json
@click.pass_obj
def sources_export(options: dict[str, Any], file: Path | None, every: bool, as_json: bool) -> None:
    """Write the sources as OPML to FILE or to stdout."""
    from scheduler.commands.opml import export_opml

    export_opml(options, file, every=every, as_json=as_json or options["json"])


class _Deals(click.Group):
    """`rasid deals d12` shows a deal, beside the commands that mend one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])


@main.group(cls=_Deals, invoke_without_command=True, subcommand_metavar="[DEAL | COMMAND ...]")
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@_json
@click.pass_context
def deals(ctx: click.Context, limit: int, as_json: bool) -> None:
    """The deals, or one DEAL (d12) with its changes and its evidence."""
    if ctx.invoked_subcommand is None:
        from scheduler.commands.show import show_deals

        show_deals(ctx.obj, limit=limit, as_json=as_json)
    ctx.obj = {**ctx.obj, "json": as_json}


@deals.command("show", hidden=True)
@click.argument("deal")
@_json
@click.pass_obj
def deals_show(options: dict[str, Any], deal: str, as_json: bool) -> None:
    """One DEAL (d12) with its changes and its evidence."""
    from scheduler.commands.show import show_deal

    show_deal(options, deal, as_json=as_json or options["json"])


@deals.command("merge")
@click.argument("deal")
@click.argument("other")
@_json
@click.pass_obj
def deals_merge(options: dict[str, Any], deal: str, other: str, as_json: bool) -> None:
    """Say that OTHER is told of the same deal as DEAL. Remembered; nobody is alerted."""
    from scheduler.commands.mend import merge

    merge(options, deal, other, as_json=as_json or options["json"])


@deals.command("split")
@click.argument("deal")
@click.argument("urls", nargs=-1, required=True)
@_json
@click.pass_obj
def deals_split(options: dict[str, Any], deal: str, urls: tuple[str, ...], as_json: bool) -> None:
    """Make a deal of its own from what the articles at URLS tell of DEAL. Nobody is alerted."""
    from scheduler.commands.mend import split

    split(options, deal, urls, as_json=as_json or options["json"])


@main.command()
@click.option("--write", is_flag=True, help="Keep the new readings, and what they make of deals.")
@_json
@click.pass_obj
def reread(options: dict[str, Any], write: bool, as_json: bool) -> None:
    """Read the kept articles with today's reader, and show what it would say otherwise.

    No alert is sent for the past.
    """
    from scheduler.commands.mend import reread_articles

    reread_articles(options, write=write, as_json=as_json)


@main.command()
@click.argument("what", nargs=-1, metavar="SOURCE | FILE...")
@click.option("--warc", is_flag=True, help="WHAT are WARC files, as CC-NEWS publishes them.")
@click.option("--since", help="The first day of the past that is wanted, e.g. 2025-01-01.")
@click.option("--until", help="The last day. Else all but what the watch itself alerts to.")
@click.option("--limit", type=click.IntRange(1), help="Articles in this run; the next goes on.")
@click.option("--all", "takes_all", is_flag=True, help="WARC: pages of no source of yours, too.")
@click.option("--sitemap", help="Where SOURCE's archive is listed, if it cannot be found.")
@_json
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
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@_json
@click.pass_obj
def alerts(options: dict[str, Any], limit: int, as_json: bool) -> None:
    """What was told, and how far each message has come."""
    from scheduler.commands.show import show_alerts

    show_alerts(options, limit=limit, as_json=as_json)


@main.group(invoke_without_command=True)
@_json
@click.pass_context
def outbox(ctx: click.Context, as_json: bool) -> None:
    """How many messages are in which state, and each that is stuck, with its error.

    May be used while `rasid run` runs.
    """
    if ctx.invoked_subcommand is None:
        from scheduler.commands.outbox import show_outbox

        show_outbox(ctx.obj, as_json=as_json)
    ctx.obj = {**ctx.obj, "json": as_json}


@outbox.command("list")
@click.option("--state", "states", multiple=True, help="Only these: due, parked, unsure, sent …")
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@_json
@click.pass_obj
def outbox_list(
    options: dict[str, Any], states: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Each message to each target, newest first."""
    from scheduler.commands.outbox import list_outbox

    list_outbox(options, states, limit=limit, as_json=as_json or options["json"])


@outbox.command("retry")
@click.argument("which", metavar="ID | all")
@_json
@click.pass_obj
def outbox_retry(options: dict[str, Any], which: str, as_json: bool) -> None:
    """Send again what was parked, unsure or dropped: one by its ID, or all that are parked."""
    from scheduler.commands.outbox import retry

    retry(options, which, as_json=as_json or options["json"])


@outbox.command("drop")
@click.argument("which", metavar="ID")
@click.option("--why", default="dropped by hand", show_default=True, help="Kept with it.")
@_json
@click.pass_obj
def outbox_drop(options: dict[str, Any], which: str, why: str, as_json: bool) -> None:
    """Give up one message that has not left. It stays on record; `retry` takes it up again."""
    from scheduler.commands.outbox import give_up

    give_up(options, which, why=why, as_json=as_json or options["json"])


@main.command()
@click.argument("what", metavar="URL | SOURCE")
@_json
@click.pass_obj
def forget(options: dict[str, Any], what: str, as_json: bool) -> None:
    """Delete the kept text of one article, or of all of a source; titles and facts stay."""
    from scheduler.commands.mend import forget_texts

    forget_texts(options, what, as_json=as_json)


@main.command()
@click.argument("what")
@_json
@click.pass_obj
def explain(options: dict[str, Any], what: str, as_json: bool) -> None:
    """Why did an alert come, or not? WHAT is a URL, a deal (d12), an alert (a7) or a text."""
    from scheduler.commands.why import explain_what

    explain_what(options, what, as_json=as_json)


@main.command()
@_json
@click.option("--schema", help="Print the JSON Schema of one kind of file: settings, sources …")
@click.pass_obj
def check(options: dict[str, Any], as_json: bool, schema: str | None) -> None:
    """Check the configuration: every mistake with its file, line and column."""
    from scheduler.commands.configuration import check_config, print_schema

    if schema:
        print_schema(schema)
    else:
        check_config(options, as_json=as_json)


@main.group()
def rules() -> None:
    """What the rules would have told."""


@rules.command("test")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--since", default="90d", show_default=True, help="How far back: 90d, 12h, 4w.")
@click.option("--against", type=click.Choice(["current"]), help="Show only what would differ.")
@click.option("--expect", type=int, help="Fail unless so many alerts come out.")
@_json
@click.pass_obj
def rules_test(
    options: dict[str, Any],
    file: Path,
    since: str,
    against: str | None,
    expect: int | None,
    as_json: bool,
) -> None:
    """What the rules in FILE would have told, had they stood here. Tells nobody."""
    from scheduler.commands.rules import parse_since, try_rules

    right = try_rules(
        options,
        file,
        since=parse_since(since),
        against=against is not None,
        expect=expect,
        as_json=as_json,
    )
    sys.exit(0 if right else EXIT_ERROR)


@main.group()
def notify() -> None:
    """Messages to people."""


@notify.command("test")
@click.argument("tag")
@_json
@click.pass_obj
def notify_test(options: dict[str, Any], tag: str, as_json: bool) -> None:
    """Send a test message to every target with TAG, and say how it went."""
    from scheduler.commands.configuration import test_targets

    sys.exit(EXIT_ERROR if test_targets(options, tag, as_json=as_json) else 0)


@main.command()
@click.option("--stay", is_flag=True, help="Keep the small news web and the daemon running.")
@click.option("--shuffle", "seed", type=int, help="Other names, amounts, order and outlets.")
@_json
@click.pass_obj
def demo(options: dict[str, Any], stay: bool, seed: int | None, as_json: bool) -> None:
    """Thirteen months of news in under a minute: no network, no account."""
    from scheduler.demo.show import run_demo

    sys.exit(run_demo(options, stay=stay, seed=seed, as_json=as_json))


@main.command()
@click.pass_obj
def read(options: dict[str, Any]) -> None:
    """JSON Lines of stories on stdin to JSON Lines of readings on stdout."""
    from scheduler.filters import run_read

    run_read(options["folder"], sys.stdin.buffer, sys.stdout.buffer)


@main.command()
@click.pass_obj
def extract(options: dict[str, Any]) -> None:
    """JSON Lines that name HTML files on stdin to JSON Lines of articles on stdout."""
    from scheduler.filters import run_extract

    run_extract(options["folder"], sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
