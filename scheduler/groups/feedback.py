"""`rasid feedback`: was an alert right?"""

from __future__ import annotations

from typing import Any

import click

from scheduler.options import json_option

_LABELS = ("good", "wrong-amount", "wrong-party", "not-ai", "duplicate-of")


class _Feedback(click.Group):
    """`rasid feedback a12 good` says something, beside the commands that show what was said."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["say", *args])


@click.group(cls=_Feedback, subcommand_metavar="ALERT LABEL [DEAL] | COMMAND ...")
def feedback() -> None:
    """Say of an ALERT (a12) whether it was right.

    LABEL is good, wrong-amount, wrong-party, not-ai or duplicate-of, which names a DEAL (d7). It is
    kept as a labelled example. Whoever got an alert that was not-ai or wrong-amount is sent a
    correction, once; duplicate-of merges the deals and tells nobody.

    \b
    --amount "1bn USD"  the right one, with wrong-amount
    --comment TEXT      kept with it
    --author TEXT       who says so; else whoever is logged in
    --json              one JSON document instead of words
    """


@feedback.command("say", hidden=True)
@click.argument("alert")
@click.argument("label", type=click.Choice(_LABELS), metavar="LABEL")
@click.argument("deal", required=False)
@click.option("--amount", help="The right one, as you would write it: 1bn USD.")
@click.option("--comment", help="Kept with it.")
@click.option("--author", help="Who says so; else whoever is logged in.")
@json_option
@click.pass_obj
def feedback_say(
    options: dict[str, Any], /, alert: str, label: str, deal: str | None, **said: Any
) -> None:
    """Say LABEL of ALERT."""
    from scheduler.commands.feedback import say

    say(options, alert, label, deal, **said)


@feedback.command("list")
@json_option
@click.pass_obj
def feedback_list(options: dict[str, Any], as_json: bool) -> None:
    """What was said of alerts, oldest first."""
    from scheduler.commands.feedback import list_feedback

    list_feedback(options, as_json=as_json)


@feedback.command("export")
@json_option
@click.pass_obj
def feedback_export(options: dict[str, Any], as_json: bool) -> None:
    """What was said, as labelled JSON Lines that `rasid read` takes.

    Without the text of a page that asks not to be archived, or whose source wants a licence.
    """
    from scheduler.commands.feedback import export_feedback

    export_feedback(options, as_json=as_json)
