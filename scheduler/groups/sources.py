"""`rasid sources`: how they are doing, and which are added, tried, imported and exported?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from scheduler.options import EXIT_SOME_FAILED, json_option


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def sources(ctx: click.Context, as_json: bool) -> None:
    """How every source is doing, troubled ones first.

    State, last good look, newest story, rhythm, delay, and the last 24 hours.
    """
    if ctx.invoked_subcommand is None:
        from scheduler.commands.sources import show_sources

        show_sources(ctx.obj, as_json=as_json)
    ctx.obj = {**ctx.obj, "json": as_json}


@sources.command("probe")
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="Also those that are not enabled.")
@json_option
@click.pass_obj
def sources_probe(
    options: dict[str, Any], names: tuple[str, ...], every: bool, as_json: bool
) -> None:
    """Visit every source once, and say what to change in its block.

    Only those called ID, if one is named. Nothing is kept.
    Exit code 0: all answered well; 3: some did not.
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
@json_option
@click.pass_obj
def sources_add(
    options: dict[str, Any],
    url: str,
    write: bool,
    own_id: str | None,
    private: bool,
    as_json: bool,
) -> None:
    """Find what to watch at URL, and propose the block for it.

    URL is a site or a feed. A few polite requests: what the page declares, the sitemaps of
    robots.txt, the usual places, last the page's own links. Nothing is written without --write.
    """
    from scheduler.commands.add import add_source

    as_json = as_json or options["json"]
    add_source(options, url, write=write, own_id=own_id, private=private, as_json=as_json)


@sources.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Append the new ones to your own files.")
@json_option
@click.pass_obj
def sources_import(options: dict[str, Any], file: Path, write: bool, as_json: bool) -> None:
    """Take in a reading list (OPML) of any feed reader. Nothing is written without --write."""
    from scheduler.commands.opml import import_opml

    import_opml(options, file, write=write, as_json=as_json or options["json"])


@sources.command("export")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="Also those that are not enabled.")
@json_option
@click.pass_obj
def sources_export(options: dict[str, Any], file: Path | None, every: bool, as_json: bool) -> None:
    """Write the sources as OPML to FILE or to stdout."""
    from scheduler.commands.opml import export_opml

    export_opml(options, file, every=every, as_json=as_json or options["json"])
