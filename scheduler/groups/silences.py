"""`rasid silences`: what does nobody want to hear of for a while?"""

from __future__ import annotations

from typing import Any

import click

from scheduler.options import json_option


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def silences(ctx: click.Context, as_json: bool) -> None:
    """What is silenced, by whom, until when and why. May be used while `rasid run` runs."""
    if ctx.invoked_subcommand is None:
        from scheduler.commands.silences import list_silences

        list_silences(ctx.obj, as_json=as_json)
    ctx.obj = {**ctx.obj, "json": as_json}


@silences.command("list")
@json_option
@click.pass_obj
def silences_list(options: dict[str, Any], as_json: bool) -> None:
    """All silences, newest first, also those that are over.

    Each with how much it swallowed.
    """
    from scheduler.commands.silences import list_silences

    list_silences(options, as_json=as_json or options["json"])


@silences.command("add")
@click.option("--rule", "rules", multiple=True, help="Id of a rule.")
@click.option("--company", "companies", multiple=True, help="Id or name.")
@click.option("--kind", "kinds", multiple=True, help="Of the deal: funding_round, debt …")
@click.option("--source", "sources", multiple=True, help="Id of the source whose article rings.")
@click.option("--country", "countries", multiple=True, help="ISO 3166, of that source: SA, US …")
@click.option("--for", "span", help="How long: 12h, 2d, 4w.")
@click.option("--until", help="Or until when, UTC: 2026-11-30, 2026-11-30T18:00.")
@click.option("--comment", required=True, help="Why; it is shown with all that it swallows.")
@click.option("--author", help="Who says so. Else the user of this machine.")
@json_option
@click.pass_obj
def silences_add(options: dict[str, Any], /, as_json: bool, **wishes: Any) -> None:
    """Silence alerts for a while. Each kind of option narrows it; of one kind, any will do.

    What is swallowed stands in `rasid outbox list` as dropped; `rasid outbox retry` brings it back.
    Who got an alert before hears all the same that it was wrong.
    """
    from scheduler.commands.silences import add_silence

    add_silence(options, as_json=as_json or options["json"], **wishes)


@silences.command("end")
@click.argument("silence", type=click.IntRange(1, 10**10))
@json_option
@click.pass_obj
def silences_end(options: dict[str, Any], silence: int, as_json: bool) -> None:
    """End one SILENCE now. What it swallowed stays swallowed."""
    from scheduler.commands.silences import end

    end(options, silence, as_json=as_json or options["json"])
