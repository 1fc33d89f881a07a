"""`rasid outbox`: what waits to be sent, and what frees what is stuck?"""

from __future__ import annotations

from typing import Any

import click

from scheduler.options import json_option, limit_option


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def outbox(ctx: click.Context, as_json: bool) -> None:
    """How many messages are in which state, and what is stuck.

    Each that is stuck with its error. May be used while `rasid run` runs.
    """
    if ctx.invoked_subcommand is None:
        from scheduler.commands.outbox import show_outbox

        show_outbox(ctx.obj, as_json=as_json)
    ctx.obj = {**ctx.obj, "json": as_json}


@outbox.command("list")
@click.option("--state", "states", multiple=True, help="Only these: due, parked, unsure, sent …")
@limit_option
@json_option
@click.pass_obj
def outbox_list(
    options: dict[str, Any], states: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Each message to each target, newest first."""
    from scheduler.commands.outbox import list_outbox

    list_outbox(options, states, limit=limit, as_json=as_json or options["json"])


@outbox.command("retry")
@click.argument("which", metavar="ID | all")
@json_option
@click.pass_obj
def outbox_retry(options: dict[str, Any], which: str, as_json: bool) -> None:
    """Send again what was parked, unsure or dropped.

    One by its ID, or all that are parked. One that is held is sent now, also in quiet hours.
    """
    from scheduler.commands.outbox import retry

    retry(options, which, as_json=as_json or options["json"])


@outbox.command("drop")
@click.argument("which", metavar="ID")
@click.option("--why", default="dropped by hand", show_default=True, help="Kept with it.")
@json_option
@click.pass_obj
def outbox_drop(options: dict[str, Any], which: str, why: str, as_json: bool) -> None:
    """Give up one message that has not left. It stays on record; `retry` takes it up again."""
    from scheduler.commands.outbox import give_up

    give_up(options, which, why=why, as_json=as_json or options["json"])
