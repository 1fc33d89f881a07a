"""What was said of which deals in a span of time, and how much was read in it?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, distinct, func, or_, select, tuple_

from crawler.model import Change, Deal, ListingState, Published, Reason
from crawler.storage.changes import build_change
from crawler.storage.deals import build_deal
from crawler.storage.schema import (
    articles,
    changes,
    deals,
    listings,
    readings,
    source_hours,
    verdicts,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one rule said to one change, with all that a list of deals shows of it."""

    rule_id: str
    answer: str
    kind: str | None
    reasons: tuple[Reason, ...]
    at: datetime
    deal: Deal  # as it stands today
    change: Change
    published: Published | None  # of the article that made the change
    source_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A change that one rule did not want."""

    rule_id: str
    deal_id: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much was read in a span of time; archives left out."""

    sources: int = 0  # looked at; known of the last eight days
    articles: int = 0
    ai_articles: int = 0  # in which money goes into AI


def load_said(
    conn: Connection,
    *,
    since: datetime,
    until: datetime,
    rule_ids: Collection[str],
    answers: Collection[str],
) -> tuple[Said, ...]:
    """What these rules said from `since` to before `until`, oldest first.

    Deals that turned out to be another one, and the rules' silence, are not among them.
    """
    asked = (
        _joined()
        .where(
            verdicts.c.at >= since,
            verdicts.c.at < until,
            verdicts.c.rule_id.in_(rule_ids),
            verdicts.c.answer.in_(answers),
            deals.c.merged_into.is_(None),
        )
        .order_by(verdicts.c.at, verdicts.c.id)
    )
    return tuple(_said(conn, row) for row in conn.execute(asked).all())


def load_said_of(conn: Connection, asked: Collection[tuple[int, int, str]]) -> tuple[Said, ...]:
    """What was said to these changes: deal, number of the change, rule."""
    key = tuple_(verdicts.c.deal_id, verdicts.c.change_number, verdicts.c.rule_id)
    rows = conn.execute(_joined().where(key.in_(list(asked))).order_by(verdicts.c.id)).all()
    return tuple(_said(conn, row) for row in rows)


def load_passed(
    conn: Connection, *, since: datetime, until: datetime, rule_ids: Collection[str], answer: str
) -> tuple[Passed, ...]:
    """What these rules did not want in that span."""
    rows = conn.execute(
        select(verdicts.c.rule_id, verdicts.c.deal_id, verdicts.c.reasons).where(
            verdicts.c.at >= since,
            verdicts.c.at < until,
            verdicts.c.rule_id.in_(rule_ids),
            verdicts.c.answer == answer,
        )
    )
    return tuple(
        Passed(rule_id=row.rule_id, deal_id=row.deal_id, reasons=row.reasons) for row in rows
    )


def load_listed_before(
    conn: Connection, deal_ids: Collection[int], *, before: datetime, rule_ids: Collection[str]
) -> frozenset[int]:
    """Those of `deal_ids` that one of these rules told before then: by an alert, or a digest."""
    rows = conn.execute(
        select(verdicts.c.deal_id, verdicts.c.reasons).where(
            verdicts.c.deal_id.in_(deal_ids),
            verdicts.c.at < before,
            verdicts.c.rule_id.in_(rule_ids),
            verdicts.c.answer != "skip",
        )
    )
    # What is held for its age, or from a first look, has another word there.
    tells = {"fresh", "mended"}
    return frozenset(row.deal_id for row in rows if tells & {why.code for why in row.reasons})


def count_untried(conn: Connection, source_ids: Collection[str], *, since: datetime) -> int:
    """How many pages of these sources wait for their first try.

    Those that are known to be older than `since` are not counted.
    """
    return (
        conn.scalar(
            select(func.count()).where(
                listings.c.source_id.in_(source_ids),
                listings.c.state == ListingState.WAITING,
                listings.c.attempts == 0,
                listings.c.from_archive.is_(False),
                or_(listings.c.published_at.is_(None), listings.c.published_at >= since),
            )
        )
        or 0
    )


def load_counts(
    conn: Connection,
    *,
    since: datetime,
    until: datetime,
    source_ids: Collection[str] | None = None,
) -> Counts:
    """How much was read from `since` to before `until`; `source_ids`: by these sources only."""
    hour = since.replace(minute=0, second=0, microsecond=0)
    looked = select(func.count(distinct(source_hours.c.source_id))).where(
        source_hours.c.hour >= hour, source_hours.c.hour < until
    )
    read = select(func.count()).where(
        articles.c.fetched_at >= since,
        articles.c.fetched_at < until,
        articles.c.archived_at.is_(None),
    )
    if source_ids is not None:
        read = read.where(articles.c.source_id.in_(source_ids))
    about_ai = read.select_from(
        articles.join(readings, readings.c.article_id == articles.c.id)
    ).where(readings.c.ai_investment)
    return Counts(
        sources=conn.scalar(looked) or 0,
        articles=conn.scalar(read) or 0,
        ai_articles=conn.scalar(about_ai) or 0,
    )


def _joined() -> Select[Any]:
    return (
        select(
            verdicts.c.rule_id,
            verdicts.c.answer,
            verdicts.c.kind.label("told_as"),
            verdicts.c.reasons.label("why"),
            verdicts.c.at.label("said_at"),
            verdicts.c.deal_id.label("of_deal"),
            articles.c.published.label("published"),
            articles.c.source_id.label("source_id"),
            *(column for column in changes.c if column.name != "deal"),
        )
        .join(
            changes,
            (changes.c.deal_id == verdicts.c.deal_id)
            & (changes.c.number == verdicts.c.change_number),
        )
        .join(articles, articles.c.id == changes.c.article_id)
        .join(deals, deals.c.id == verdicts.c.deal_id)
    )


def _said(conn: Connection, row: Row[Any]) -> Said:
    deal = conn.execute(select(deals).where(deals.c.id == row.of_deal)).one()
    return Said(
        rule_id=row.rule_id,
        answer=row.answer,
        kind=row.told_as,
        reasons=row.why,
        at=row.said_at,
        deal=build_deal(deal),
        change=build_change(row),
        published=row.published,
        source_id=row.source_id,
    )
