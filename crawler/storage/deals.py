"""Which deals do we know, and what did each article do to them?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from crawler.model import Article, Change, ChangeKind, Claim, Deal, DealSource, Period, Reason, Step
from crawler.storage.articles import build_article
from crawler.storage.database import insert_new
from crawler.storage.schema import articles, changes, claims, deal_keys, deals


@dataclass(frozen=True, slots=True, kw_only=True)
class DealClaim(DealSource):
    """One claim about a deal, with the article that made it."""

    id: int  # of the claim
    article_id: int
    claim: Claim
    change_number: int | None  # of the deal, if this claim changed it
    reasons: tuple[Reason, ...] = ()


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
        deal = _save_deal(tx, deal, is_changed=change is not None, ids=ids)
        _with_keys(tx, deal, keys)
    if change is not None:
        if deal is None:
            raise ValueError(f"a change without its deal: {change}")
        change = replace(change, deal_id=deal.id, number=deal.change_count)
        _save_change(tx, change, article_id, deal)
    saved = replace(step, deal=deal, change=change)
    _save_claim(tx, saved, article_id)
    return saved


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


def load_changes(conn: Connection, deal_id: int) -> tuple[Change, ...]:
    """Every change of the deal, from number 1."""
    asked = select(changes).where(changes.c.deal_id == deal_id).order_by(changes.c.number)
    return tuple(build_change(row) for row in conn.execute(asked))


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


def load_last_change(conn: Connection, deal_id: int) -> Change | None:
    """The newest change of the deal."""
    row = conn.execute(
        select(changes)
        .where(changes.c.deal_id == deal_id)
        .order_by(changes.c.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else build_change(row)


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


def load_article_of(conn: Connection, deal_id: int, change_number: int) -> Article | None:
    """The article that caused a change, without its text."""
    row = conn.execute(
        select(articles)
        .join(changes, changes.c.article_id == articles.c.id)
        .where(changes.c.deal_id == deal_id, changes.c.number == change_number)
    ).one_or_none()
    return None if row is None else build_article(row, body="")


def save_mended(
    tx: Connection,
    deal: Deal,
    change: Change | None,
    *,
    article_id: int,
    keys: Collection[str] = (),
) -> Deal:
    """Save what a deal is after its claims were mended; the deal as saved."""
    deal = _with_keys(tx, _save_deal(tx, deal, is_changed=change is not None, ids={}), keys)
    if change is not None:
        numbered = replace(change, deal_id=deal.id, number=deal.change_count)
        _save_change(tx, numbered, article_id, deal)
    return deal


def save_deal(tx: Connection, deal: Deal) -> None:
    """Save what a deal is, its number of changes included."""
    tx.execute(update(deals).where(deals.c.id == deal.id).values(**_columns(deal)))


def replace_changes(
    tx: Connection, deal_id: int, made: Sequence[tuple[int, int, Change | None]]
) -> None:
    """Put changes in place of all that the deal had: each with its claim's and article's id.

    Only for a deal that no rule was asked about: a verdict names its change by number.
    """
    tx.execute(delete(changes).where(changes.c.deal_id == deal_id))
    for claim_id, article_id, change in made:
        if change is not None:
            _save_change(tx, change, article_id)
        number = change.number if change is not None else None
        tx.execute(update(claims).where(claims.c.id == claim_id).values(change_number=number))


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


def mark_merged(tx: Connection, deal_id: int, into: int) -> None:
    """From now on what fits deal `deal_id` is told of `into`; so do its parts and faces."""
    for column in (deals.c.merged_into, deals.c.part_of):
        tx.execute(update(deals).where(column == deal_id).values({column.name: into}))
    tx.execute(update(deals).where(deals.c.id == deal_id).values(merged_into=into))


def _with_keys(tx: Connection, deal: Deal, keys: Collection[str]) -> Deal:
    insert_new(tx, deal_keys, [{"key": key, "deal_id": deal.id} for key in sorted(set(keys))])
    return deal


def _save_deal(tx: Connection, deal: Deal, *, is_changed: bool, ids: dict[int, int]) -> Deal:
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
    return replace(deal, id=real_id)


def _save_change(tx: Connection, change: Change, article_id: int, deal: Deal | None = None) -> None:
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


def _save_claim(tx: Connection, step: Step, article_id: int) -> None:
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


def _columns(deal: Deal) -> dict[str, Any]:
    return {
        "kind": deal.kind,
        "stage": deal.stage,
        "parties": deal.parties,
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
    period = None
    if row.first_year is not None:
        period = Period(first_year=row.first_year, last_year=row.last_year)
    return Deal(
        id=row.id,
        kind=row.kind,
        stage=row.stage,
        parties=row.parties,
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


def build_change(row: Row[Any]) -> Change:
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
