"""What do all commands share: their options, and what an exit code says?"""

from __future__ import annotations

import click

EXIT_ERROR, EXIT_CONFIG, EXIT_SOME_FAILED = 1, 2, 3

json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document instead of words."
)
limit_option = click.option(
    "--limit",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    help="How many, newest first.",
)
