"""What was told of deals, in the order in which we heard it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Label,
    Select,
    SelectBase,
    Table,
    Text,
    func,
    select,
    type_coerce,
    union,
)

from crawler.model import Article, Change, Claim, Deal
from crawler.storage.articles import build_article
from crawler.storage.changes import build_change
from crawler.storage.codec import decode
from crawler.storage.deals import build_deal
from crawler.storage.schema import articles, changes, claims, deals, listings


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTelling:
    """One claim about a deal, with the change that it made."""

    deal_id: int
    claim: Claim
    article: Article  # without its text
    first_look: bool  # found by the first look at its source
    change: Change | None
    # As the change left it; as it is today where the change was made before revision 0006, or
    # when an archive told of the deal anew.
    deal: Deal | None
    heard_at: datetime


def load_past(conn: Connection, *, since: datetime | None = None) -> tuple[PastTelling, ...]:
    """Every claim about a deal, oldest first; what an archive brought, on its own day.

    With `since`, only about deals of which something was heard from then on, and all of these:
    what a rule says today hangs on what it told of the deal before.
    """
    wanted = _wanted(since)
    today = {row.id: build_deal(row) for row in conn.execute(_without_snapshot())}
    made = {
        (row.deal_id, row.number): (build_change(row), row.deal or today.get(row.deal_id), row.said)
        for row in conn.execute(
            select(changes, _text_of(changes)).where(changes.c.deal_id.in_(wanted))
        )
    }
    told_in = select(claims.c.article_id).where(claims.c.deal_id.in_(wanted))
    by_id = {
        row.id: build_article(row, body="")
        for row in conn.execute(select(articles).where(articles.c.id.in_(told_in)))
    }
    found = (
        select(listings.c.article_id, func.min(listings.c.first_look))
        .where(listings.c.article_id.in_(told_in))
        .group_by(listings.c.article_id)
    )
    first_look = {article_id: bool(is_first) for article_id, is_first in conn.execute(found)}
    asked = (
        select(
            claims.c.article_id,
            claims.c.deal_id,
            claims.c.change_number,
            _text_of(claims),
            articles.c.archived_at,
        )
        .join(articles, articles.c.id == claims.c.article_id)
        .where(claims.c.deal_id.in_(wanted))
        .order_by(claims.c.id)
    )
    tellings: list[PastTelling] = []
    heard_at = datetime.min.replace(tzinfo=UTC)
    for row in conn.execute(asked):
        article = by_id[row.article_id]
        change, deal, said = made.get((row.deal_id, row.change_number), (None, None, ""))
        # Nine claims of ten made the change beside them: to read them again would take a third
        # of the time.
        claim = change.claim if change and said == row.said else decode(Claim, row.said)
        told_at = change.at if change is not None else article.fetched_at
        if row.archived_at is None:
            heard_at = max(heard_at, told_at)
        elif change is None and article.published is not None:
            told_at = article.published.at
        tellings.append(
            PastTelling(
                deal_id=row.deal_id,
                claim=claim,
                article=article,
                first_look=first_look.get(row.article_id, False),
                change=change,
                deal=deal,
                # In the order in which looks heard it, whatever the clocks of two pages say.
                heard_at=told_at if row.archived_at is not None else heard_at,
            )
        )
    return tuple(sorted(tellings, key=lambda told: told.heard_at))


def _wanted(since: datetime | None) -> SelectBase:
    if since is None:
        return select(deals.c.id)
    heard = (
        select(claims.c.deal_id)
        .join(articles, articles.c.id == claims.c.article_id)
        .where(articles.c.fetched_at >= since, claims.c.deal_id.is_not(None))
    )
    changed = select(changes.c.deal_id).where(changes.c.at >= since)
    wholes = select(deals.c.part_of).where(deals.c.part_of.is_not(None))
    # A part may have been told of a deal that became another since.
    merged = select(deals.c.id).where(deals.c.merged_into.in_(wholes))
    return union(heard, changed, wholes, merged)


def _text_of(table: Table) -> Label[str]:
    return type_coerce(table.c.claim, Text).label("said")


def _without_snapshot() -> Select[Any]:
    """Deals with a change that was made before a change remembered its deal."""
    old = select(changes.c.deal_id).where(changes.c.deal.is_(None))
    return select(deals).where(deals.c.id.in_(old))
