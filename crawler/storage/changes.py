"""What happened to a deal, step by step?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from crawler.model import Article, Change, ChangeKind, Deal
from crawler.storage.articles import build_article
from crawler.storage.schema import articles, changes, claims, deals


def load_changes(conn: Connection, deal_id: int) -> tuple[Change, ...]:
    """Every change of the deal, from number 1."""
    asked = select(changes).where(changes.c.deal_id == deal_id).order_by(changes.c.number)
    return tuple(build_change(row) for row in conn.execute(asked))


def load_last_change(conn: Connection, deal_id: int) -> Change | None:
    """The newest change of the deal."""
    row = conn.execute(
        select(changes)
        .where(changes.c.deal_id == deal_id)
        .order_by(changes.c.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else build_change(row)


def load_said(conn: Connection, deal_id: int) -> tuple[Change, ...]:
    """What people said to be wrong of the deal, and of those merged into it, oldest first."""
    rows = conn.execute(
        select(changes)
        .join(deals, deals.c.id == changes.c.deal_id)
        .where(
            or_(deals.c.id == deal_id, deals.c.merged_into == deal_id),
            changes.c.kind == ChangeKind.CORRECTED.value,
        )
        .order_by(changes.c.at, changes.c.deal_id, changes.c.number)
    )
    made = (build_change(row) for row in rows)
    return tuple(one for one in made if _is_said(one, deal_id))


def _is_said(change: Change, deal_id: int) -> bool:
    # That a deal merged into this one is no deal in AI says nothing of this one.
    codes = ("wrong_amount", "not_ai") if change.deal_id == deal_id else ("wrong_amount",)
    return any(each.code in codes for each in change.reasons)


def load_article_of(conn: Connection, deal_id: int, change_number: int) -> Article | None:
    """The article that caused a change, without its text."""
    row = conn.execute(
        select(articles)
        .join(changes, changes.c.article_id == articles.c.id)
        .where(changes.c.deal_id == deal_id, changes.c.number == change_number)
    ).one_or_none()
    return None if row is None else build_article(row, body="")


def save_change(tx: Connection, change: Change, article_id: int, deal: Deal | None = None) -> None:
    """Save `change` with the article that made it; `deal`: as it stands after the change."""
    tx.execute(
        insert(changes).values(
            deal_id=change.deal_id,
            number=change.number,
            kind=change.kind,
            before=change.before,
            after=change.after,
            stage_before=change.stage_before,
            stage_after=change.stage_after,
            moved=change.moved,
            article_id=article_id,
            article_url=change.article_url,
            claim=change.claim,
            published_on=change.published_on,
            at=change.at,
            reasons=change.reasons,
            deal=deal,
        )
    )


def replace_changes(
    tx: Connection, deal_id: int, made: Sequence[tuple[int, int, Change | None]]
) -> None:
    """Put changes in place of all that the deal had: each with its claim's and article's id.

    Only for a deal that no rule was asked about: a verdict names its change by number.
    """
    tx.execute(delete(changes).where(changes.c.deal_id == deal_id))
    for claim_id, article_id, change in made:
        if change is not None:
            save_change(tx, change, article_id)
        number = change.number if change is not None else None
        tx.execute(update(claims).where(claims.c.id == claim_id).values(change_number=number))


def build_change(row: Row[Any]) -> Change:
    """The Change of a row of `changes`, for this room only."""
    return Change(
        deal_id=row.deal_id,
        number=row.number,
        kind=row.kind,
        before=row.before,
        after=row.after,
        stage_before=row.stage_before,
        stage_after=row.stage_after,
        moved=row.moved,
        article_url=row.article_url,
        claim=row.claim,
        published_on=row.published_on,
        at=row.at,
        reasons=row.reasons,
    )
