"""`rasid deals`: which there are, and how is one mended?"""

from __future__ import annotations

from typing import Any

import click

from scheduler.options import json_option, limit_option


class _Deals(click.Group):
    """`rasid deals d12` shows a deal, beside the commands that mend one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])


@click.group(cls=_Deals, invoke_without_command=True, subcommand_metavar="[DEAL | COMMAND ...]")
@limit_option
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


_quiet = click.option("--quiet", is_flag=True, help="Tell nobody, also whoever was told wrongly.")
_dry_run = click.option("--dry-run", is_flag=True, help="Write nothing; show who would be told.")


@deals.command("merge")
@click.argument("deal")
@click.argument("other")
@_quiet
@_dry_run
@json_option
@click.pass_obj
def deals_merge(
    options: dict[str, Any], deal: str, other: str, quiet: bool, dry_run: bool, as_json: bool
) -> None:
    """Say that OTHER is told of the same deal as DEAL. Remembered.

    Whoever was told of DEAL in the last 30 days hears of it where its amount is another now.
    """
    from scheduler.commands.mend import merge

    as_json = as_json or options["json"]
    merge(options, deal, other, quiet=quiet, dry_run=dry_run, as_json=as_json)


@deals.command("split")
@click.argument("deal")
@click.argument("urls", nargs=-1, required=True)
@_quiet
@_dry_run
@json_option
@click.pass_obj
def deals_split(
    options: dict[str, Any],
    deal: str,
    urls: tuple[str, ...],
    quiet: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a deal of its own from what the articles at URLS tell of DEAL.

    Whoever was told of DEAL in the last 30 days hears of it where its amount is another now.
    """
    from scheduler.commands.mend import split

    as_json = as_json or options["json"]
    split(options, deal, urls, quiet=quiet, dry_run=dry_run, as_json=as_json)
