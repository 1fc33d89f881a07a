"""`rasid alerts`: what was told, and how is it told once more?"""

from __future__ import annotations

from typing import Any

import click

from scheduler.options import json_option, limit_option

_since = click.option("--since", help="Only those of so long: 12h, 7d, 4w.")


@click.group(invoke_without_command=True)
@limit_option
@_since
@json_option
@click.pass_context
def alerts(ctx: click.Context, limit: int, since: str | None, as_json: bool) -> None:
    """What was told, and how far each message has come."""
    if ctx.invoked_subcommand is None:
        from scheduler.commands.alerts import show_alerts

        show_alerts(ctx.obj, limit=limit, since=since, as_json=as_json)
    ctx.obj = {**ctx.obj, "json": as_json}


@alerts.command("list")
@limit_option
@_since
@json_option
@click.pass_obj
def alerts_list(options: dict[str, Any], limit: int, since: str | None, as_json: bool) -> None:
    """What was told, newest first, and how far each message has come."""
    from scheduler.commands.alerts import show_alerts

    show_alerts(options, limit=limit, since=since, as_json=as_json or options["json"])


@alerts.command("resend")
@click.argument("alert")
@click.option("--target", help="Only to this one; else to all that were owed it.")
@json_option
@click.pass_obj
def alerts_resend(options: dict[str, Any], alert: str, target: str | None, as_json: bool) -> None:
    """Send ALERT (a12) once more. The message says that it is sent again."""
    from scheduler.commands.alerts import send_again

    send_again(options, alert, target=target, as_json=as_json or options["json"])
