"""`rasid rules`: what would other rules tell?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from scheduler.options import EXIT_ERROR, json_option

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def rules() -> None:
    """What would other rules tell, of the past and of what comes?"""


@rules.command("test")
@click.argument("file", type=_file)
@click.option("--since", default="90d", show_default=True, help="How far back: 90d, 12h, 4w.")
@click.option("--against", type=click.Choice(["current"]), help="Show only what would differ.")
@click.option("--expect", type=int, help="Fail unless so many alerts come out.")
@json_option
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


@rules.command("shadow")
@click.argument("file", type=_file, required=False)
@click.option("--show", is_flag=True, help="What would have been told since they watch.")
@click.option("--stop", is_flag=True, help="Let them watch no more.")
@json_option
@click.pass_obj
def rules_shadow(
    options: dict[str, Any], file: Path | None, show: bool, stop: bool, as_json: bool
) -> None:
    """Let the rules in FILE watch beside those that tell. They tell nobody."""
    from scheduler.commands import shadow

    if sum((file is not None, show, stop)) != 1:
        raise click.UsageError("name a FILE to watch, or --show, or --stop")
    if file is not None:
        shadow.start(options, file, as_json=as_json)
    elif show:
        shadow.show(options, as_json=as_json)
    else:
        shadow.stop(options, as_json=as_json)


@rules.command("promote")
@json_option
@click.pass_obj
def rules_promote(options: dict[str, Any], as_json: bool) -> None:
    """Put the rules that watch in the place of your rules.yaml.

    The old file is kept beside it.
    """
    from scheduler.commands import shadow

    shadow.promote(options, as_json=as_json)
