"""What did an article do to the deals that we know?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, select

from crawler.model import Change, Deal, Step
from crawler.storage.changes import load_changes, save_change
from crawler.storage.claims import save_claim
from crawler.storage.deals import load_deal, save_counted_deal
from crawler.storage.schema import claims


def save_step(
    tx: Connection,
    step: Step,
    *,
    article_id: int,
    keys: Collection[str],
    ids: dict[int, int],
) -> Step:
    """Save what one claim of `article_id` did; the step with its real deal id and change number.

    `ids` maps provisional deal ids (0 and below) to real ones: hand the same dict to all steps
    of one article. The change gets the deal's next number, whatever number it came with.
    """
    deal, change = step.deal, step.change
    if deal is not None:
        deal = save_counted_deal(tx, deal, keys, is_changed=change is not None, ids=ids)
    if change is not None:
        if deal is None:
            raise ValueError(f"a change without its deal: {change}")
        change = replace(change, deal_id=deal.id, number=deal.change_count)
        save_change(tx, change, article_id, deal)
    saved = replace(step, deal=deal, change=change)
    save_claim(tx, saved, article_id)
    return saved


def save_mended(
    tx: Connection,
    deal: Deal,
    change: Change | None,
    *,
    article_id: int,
    keys: Collection[str] = (),
) -> Deal:
    """Save what a deal is after its claims were mended; the deal as saved."""
    deal = save_counted_deal(tx, deal, keys, is_changed=change is not None, ids={})
    if change is not None:
        numbered = replace(change, deal_id=deal.id, number=deal.change_count)
        save_change(tx, numbered, article_id, deal)
    return deal


def load_steps(conn: Connection, article_id: int) -> tuple[Step, ...]:
    """What each claim of the article did, in its order; each deal as it stands today."""
    rows = conn.execute(
        select(claims).where(claims.c.article_id == article_id).order_by(claims.c.id)
    ).all()
    by_deal = {row.deal_id: load_deal(conn, row.deal_id) for row in rows if row.deal_id}
    by_number = {
        (change.deal_id, change.number): change
        for deal_id in by_deal
        for change in load_changes(conn, deal_id)
    }
    return tuple(
        Step(
            claim=row.claim,
            deal=by_deal.get(row.deal_id),
            change=by_number.get((row.deal_id, row.change_number)),
            reasons=row.reasons,
        )
        for row in rows
    )
