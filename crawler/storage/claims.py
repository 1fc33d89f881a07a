"""Which article says what of a deal?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from crawler.model import Claim, DealSource, Reason, Step
from crawler.storage.schema import articles, claims


@dataclass(frozen=True, slots=True, kw_only=True)
class DealClaim(DealSource):
    """One claim about a deal, with the article that made it."""

    id: int  # of the claim
    article_id: int
    claim: Claim
    change_number: int | None  # of the deal, if this claim changed it
    reasons: tuple[Reason, ...] = ()


def load_sources_of(conn: Connection, deal_id: int) -> tuple[DealClaim, ...]:
    """Articles that tell of the deal, in the order in which we read them.

    Each once, with the claim that says most: a main one before a mentioned one.
    """
    best: dict[int, DealClaim] = {}
    for told in load_claims_of(conn, deal_id):
        known = best.setdefault(told.article_id, told)
        if told.claim.main and not known.claim.main:
            best[told.article_id] = told
    return tuple(best.values())


def load_claims_of(conn: Connection, deal_id: int) -> tuple[DealClaim, ...]:
    """Every claim about the deal, in the order in which we read them.

    Of an article that was revised, those of the newest revision that tells of the deal.
    """
    rows = conn.execute(
        select(
            articles,
            claims.c.id.label("claim_id"),
            claims.c.article_id,
            claims.c.revision.label("told_in"),
            claims.c.claim,
            claims.c.change_number,
            claims.c.reasons.label("why"),
        )
        .join(articles, articles.c.id == claims.c.article_id)
        .where(claims.c.deal_id == deal_id)
        .order_by(claims.c.id)
    ).all()
    newest: dict[int, int] = {}
    for row in rows:
        newest[row.article_id] = max(row.told_in, newest.get(row.article_id, 0))
    return tuple(_told(row) for row in rows if row.told_in == newest[row.article_id])


def save_claim(tx: Connection, step: Step, article_id: int) -> None:
    """Save the claim of a saved `step`, also where it did nothing."""
    revision = select(articles.c.revision).where(articles.c.id == article_id).scalar_subquery()
    tx.execute(
        insert(claims).values(
            article_id=article_id,
            revision=revision,
            deal_id=step.deal.id if step.deal else None,
            change_number=step.change.number if step.change else None,
            claim=step.claim,
            reasons=step.reasons,
        )
    )


def move_claims(tx: Connection, claim_ids: Collection[int], deal_id: int) -> None:
    """Give claims to another deal. The changes that they made stay with the old one."""
    tx.execute(
        update(claims)
        .where(claims.c.id.in_(sorted(claim_ids)))
        .values(deal_id=deal_id, change_number=None)
    )


def forget_claims(tx: Connection, article_id: int) -> dict[int, DealClaim]:
    """Delete the claims of an article; the last of them by the deal that it told of."""
    asked = select(claims.c.deal_id).where(claims.c.article_id == article_id).distinct()
    last = {
        deal_id: told
        for (deal_id,) in tx.execute(asked).all()
        if deal_id is not None
        for told in load_claims_of(tx, deal_id)
        if told.article_id == article_id
    }
    tx.execute(delete(claims).where(claims.c.article_id == article_id))
    return last


def _told(row: Row[Any]) -> DealClaim:
    return DealClaim(
        url=row.url,
        title=row.title,
        source_id=row.source_id,
        site_name=row.site_name,
        language=row.language,
        published=row.published,
        fetched_at=row.fetched_at,
        primary=row.claim.primary,
        id=row.claim_id,
        article_id=row.article_id,
        claim=row.claim,
        change_number=row.change_number,
        reasons=row.why,
    )
