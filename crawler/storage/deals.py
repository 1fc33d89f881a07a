"""Which deals do we know?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from crawler.model import Deal, Period
from crawler.storage.database import insert_new
from crawler.storage.schema import deal_keys, deals


def load_near_deals(conn: Connection, keys: Collection[str]) -> tuple[Deal, ...]:
    """Deals that were saved under any of `keys`, and what they are merged into, oldest first."""
    wanted = sorted(set(keys))
    found: dict[int, Deal] = {}
    for start in range(0, len(wanted), 1000):
        ids = select(deal_keys.c.deal_id).where(deal_keys.c.key.in_(wanted[start : start + 1000]))
        for row in conn.execute(select(deals).where(deals.c.id.in_(ids))):
            found[row.id] = build_deal(row)
    wholes = {deal.merged_into for deal in found.values() if deal.merged_into is not None}
    for row in conn.execute(select(deals).where(deals.c.id.in_(wholes - found.keys()))):
        found[row.id] = build_deal(row)
    return tuple(found[deal_id] for deal_id in sorted(found))


def load_deal(conn: Connection, deal_id: int) -> Deal | None:
    """The deal with this id."""
    row = conn.execute(select(deals).where(deals.c.id == deal_id)).one_or_none()
    return None if row is None else build_deal(row)


def load_deals(
    conn: Connection, *, since: datetime | None = None, limit: int = 100
) -> tuple[Deal, ...]:
    """The deals that changed last, newest first; with `since`, those changed at or after it.

    Those merged into another are not among them.
    """
    asked = select(deals).where(deals.c.merged_into.is_(None))
    asked = asked.order_by(deals.c.changed_at.desc(), deals.c.id.desc()).limit(limit)
    if since is not None:
        asked = asked.where(deals.c.changed_at >= since)
    return tuple(build_deal(row) for row in conn.execute(asked))


def load_parts(conn: Connection, deal_id: int) -> tuple[Deal, ...]:
    """Deals that are a part of this one, oldest first."""
    asked = select(deals).where(deals.c.part_of == deal_id).order_by(deals.c.id)
    return tuple(build_deal(row) for row in conn.execute(asked))


def save_deal(tx: Connection, deal: Deal) -> None:
    """Save what a deal is, its number of changes included."""
    tx.execute(update(deals).where(deals.c.id == deal.id).values(**_columns(deal)))


def save_counted_deal(
    tx: Connection, deal: Deal, keys: Collection[str], *, is_changed: bool, ids: dict[int, int]
) -> Deal:
    """Save `deal`, with one change more if it `is_changed`, under real ids; the deal as saved.

    `keys`: names under which it can be found from now on, beside those that it had.
    """
    real_id = deal.id if deal.id > 0 else ids.get(deal.id)
    count = 0
    if real_id is not None:
        count = tx.execute(select(deals.c.change_count).where(deals.c.id == real_id)).scalar_one()
    part_of = deal.part_of
    if part_of is not None and part_of <= 0:
        part_of = ids[part_of]  # the whole comes first in an article's steps
    # The number is counted here, not where the change was thought of: only inside the
    # transaction does nobody else count the same deal.
    deal = replace(deal, part_of=part_of, change_count=count + is_changed)
    if real_id is None:
        real_id = tx.execute(
            insert(deals).values(**_columns(deal)).returning(deals.c.id)
        ).scalar_one()
        ids[deal.id] = real_id
    else:
        tx.execute(update(deals).where(deals.c.id == real_id).values(**_columns(deal)))
    rows = [{"key": key, "deal_id": real_id} for key in sorted(set(keys))]
    insert_new(tx, deal_keys, rows)
    return replace(deal, id=real_id)


def mark_merged(tx: Connection, deal_id: int, into: int) -> None:
    """From now on what fits deal `deal_id` is told of `into`; so do its parts and faces."""
    for column in (deals.c.merged_into, deals.c.part_of):
        tx.execute(update(deals).where(column == deal_id).values({column.name: into}))
    tx.execute(update(deals).where(deals.c.id == deal_id).values(merged_into=into))


def _columns(deal: Deal) -> dict[str, Any]:
    return {
        "kind": deal.kind,
        "stage": deal.stage,
        "parties": deal.parties,
        "perhaps": deal.perhaps,
        "first_year": deal.period.first_year if deal.period else None,
        "last_year": deal.period.last_year if deal.period else None,
        "place": deal.place,
        "figure": deal.figure,
        "figure_primary": deal.figure_primary,
        "earlier": deal.earlier,
        "actual": deal.actual,
        "part_of": deal.part_of,
        "merged_into": deal.merged_into,
        "undated": deal.undated,
        "change_count": deal.change_count,
        "opened_at": deal.opened_at,
        "changed_at": deal.changed_at,
    }


def build_deal(row: Row[Any]) -> Deal:
    """The Deal of a row of `deals`, for this room only."""
    period = None
    if row.first_year is not None:
        period = Period(first_year=row.first_year, last_year=row.last_year)
    return Deal(
        id=row.id,
        kind=row.kind,
        stage=row.stage,
        parties=row.parties,
        perhaps=row.perhaps,
        period=period,
        place=row.place,
        figure=row.figure,
        figure_primary=row.figure_primary,
        earlier=row.earlier,
        actual=row.actual,
        part_of=row.part_of,
        merged_into=row.merged_into,
        undated=row.undated,
        change_count=row.change_count,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
    )
