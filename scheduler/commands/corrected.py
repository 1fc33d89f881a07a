"""How is a person shown who hears that an alert was wrong?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from crawler.storage.database import Connection, Database
from scheduler.commands.show import Record
from scheduler.correcting import Owed


class _NotKept(Exception):
    """Undoes a transaction that was only to be looked at."""


@contextmanager
def write_or_try(database: Database, *, keep: bool) -> Iterator[Connection]:
    """A transaction; without `keep` all of it is undone when the block ends."""
    try:
        with database.write() as tx:
            yield tx
            if not keep:
                raise _NotKept
    except _NotKept:
        pass


def owed_record(owed: Owed) -> Record:
    """The corrections that are owed, as plain data."""
    return {
        "corrections": [
            {
                "alert": f"a{one.alert.id}",
                "corrects": f"a{one.wrong.id}",
                "rule": one.alert.rule_id,
                "targets": list(one.target_ids),
            }
            for one in owed.corrections
        ],
        "digests": list(owed.digests),
    }


def print_owed(owed: Owed, *, kept: bool = True) -> None:
    """Say who hears that they were told wrong, or would."""
    for one in owed.corrections:
        whom = ", ".join(one.target_ids)
        if kept:
            click.echo(f"   a{one.alert.id} corrects a{one.wrong.id}: {whom} will be told")
        else:
            click.echo(f"   a{one.wrong.id} would be corrected: {whom} would be told")
    if owed.digests:
        will = "says" if kept else "would say"
        click.echo(f"   a digest told it: the next one {will} so to {', '.join(owed.digests)}")
