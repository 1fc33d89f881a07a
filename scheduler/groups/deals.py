"""`rasid deals`: which there are, and how is one mended?"""

from __future__ import annotations

from typing import Any

import click

from scheduler.options import json_option


class _Deals(click.Group):
    """`rasid deals d12` shows a deal, beside the commands that mend one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])


@click.group(cls=_Deals, invoke_without_command=True, subcommand_metavar="[DEAL | COMMAND ...]")
@click.option("--limit", default=50, show_default=True, help="How many, newest first.")
@json_option
@click.pass_context
def deals(ctx: click.Context, limit: int, as_json: bool) -> None:
    """The deals, or one DEAL (d12) with its changes and its evidence."""
    if ctx.invoked_subcommand is None:
        from scheduler.commands.show import show_deals

        show_deals(ctx.obj, limit=limit, as_json=as_json)
    ctx.obj = {**ctx.obj, "json": as_json}


@deals.command("show", hidden=True)
@click.argument("deal")
@json_option
@click.pass_obj
def deals_show(options: dict[str, Any], deal: str, as_json: bool) -> None:
    """One DEAL (d12) with its changes and its evidence."""
    from scheduler.commands.show import show_deal

    show_deal(options, deal, as_json=as_json or options["json"])


@deals.command("merge")
@click.argument("deal")
@click.argument("other")
@json_option
@click.pass_obj
def deals_merge(options: dict[str, Any], deal: str, other: str, as_json: bool) -> None:
    """Say that OTHER is told of the same deal as DEAL. Remembered; nobody is alerted."""
    from scheduler.commands.mend import merge

    merge(options, deal, other, as_json=as_json or options["json"])


@deals.command("split")
@click.argument("deal")
@click.argument("urls", nargs=-1, required=True)
@json_option
@click.pass_obj
def deals_split(options: dict[str, Any], deal: str, urls: tuple[str, ...], as_json: bool) -> None:
    """Make a deal of its own from what the articles at URLS tell of DEAL. Nobody is alerted."""
    from scheduler.commands.mend import split

    split(options, deal, urls, as_json=as_json or options["json"])
