"""Which small facts does this database keep about itself?"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Connection, delete, select

from crawler.storage.database import upsert
from crawler.storage.schema import meta


def load_meta(conn: Connection, name: str) -> str | None:
    """The fact called `name`."""
    return conn.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one_or_none()


def save_meta(tx: Connection, name: str, value: str | None) -> None:
    """Keep `value` as the fact called `name`; None forgets it."""
    if value is None:
        tx.execute(delete(meta).where(meta.c.name == name))
    else:
        upsert(tx, meta, [{"name": name, "value": value}], by=["name"])


def add_to_meta(tx: Connection, name: str, more: Decimal) -> None:
    """Add `more` to the number called `name`, which begins at nothing."""
    value = str(Decimal(load_meta(tx, name) or 0) + more)
    upsert(tx, meta, [{"name": name, "value": value}], by=["name"])
