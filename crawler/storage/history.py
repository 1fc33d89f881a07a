"""How far has each backfill come, and which pages of the past wait?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from crawler.model import Change, Deal, Listing, ListingState
from crawler.storage.changes import replace_changes
from crawler.storage.claims import DealClaim
from crawler.storage.database import insert_new
from crawler.storage.deals import save_deal
from crawler.storage.listings import Waiting, build_waiting, is_known
from crawler.storage.schema import alerts, articles, backfills, claims, listings, sitemaps, verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """One backfill that was begun: through a span of a source's past, or through a file."""

    id: int
    until_at: datetime  # as it was when it began: the same command goes on with it
    position: int = 0  # where the next record of the file begins, in bytes
    inside: int = 0  # bytes of the gzip member there that were read already
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """A sitemap of a backfill. Its span is what its name, or those above it, tell of its lines."""

    url: str
    depth: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    id: int = 0
    note: str | None = None  # why it could not be read, or where we had it from


def load_backfill(conn: Connection, asked: str) -> Backfill | None:
    """The backfill that was begun for `asked`."""
    row = conn.execute(select(backfills).where(backfills.c.asked == asked)).one_or_none()
    if row is None:
        return None
    return Backfill(
        id=row.id,
        until_at=row.until_at,
        position=row.position,
        inside=row.inside,
        is_done=row.done_at is not None,
    )


def begin_backfill(tx: Connection, asked: str, *, until_at: datetime, now: datetime) -> Backfill:
    """Begin the backfill for `asked` anew; what an earlier one of it noted is forgotten."""
    tx.execute(delete(backfills).where(backfills.c.asked == asked))
    insert_new(tx, backfills, [{"asked": asked, "until_at": until_at, "begun_at": now}])
    begun = load_backfill(tx, asked)
    assert begun is not None
    return begun


def save_position(tx: Connection, backfill_id: int, position: int, inside: int) -> None:
    """Note how far a file is read: in the transaction that saves what stood there."""
    where = backfills.c.id == backfill_id
    tx.execute(update(backfills).where(where).values(position=position, inside=inside))


def mark_done(tx: Connection, backfill_id: int, *, now: datetime) -> None:
    """Note that nothing of the backfill is left."""
    tx.execute(update(backfills).where(backfills.c.id == backfill_id).values(done_at=now))


def save_sitemaps(tx: Connection, backfill_id: int, found: Sequence[Sitemap], *, most: int) -> int:
    """Let sitemaps wait that are not known yet, up to `most` in all; how many had no place."""
    asked = select(func.count()).select_from(sitemaps)
    known = tx.execute(asked.where(sitemaps.c.backfill_id == backfill_id)).scalar_one()
    rows = [
        {
            "backfill_id": backfill_id,
            "url": one.url,
            "depth": one.depth,
            "first_at": one.first_at,
            "last_at": one.last_at,
            "state": ListingState.WAITING,
            "note": one.note,
        }
        for one in found
    ]
    room = max(0, most - known)
    insert_new(tx, sitemaps, rows[:room])
    return len(rows[room:])


def load_sitemaps(
    conn: Connection, backfill_id: int, state: ListingState = ListingState.WAITING
) -> tuple[Sitemap, ...]:
    """The sitemaps of a backfill that are in `state`, in the order in which they were found."""
    rows = conn.execute(
        select(sitemaps)
        .where(sitemaps.c.backfill_id == backfill_id, sitemaps.c.state == state)
        .order_by(sitemaps.c.id)
    )
    return tuple(
        Sitemap(
            id=row.id,
            url=row.url,
            depth=row.depth,
            first_at=row.first_at,
            last_at=row.last_at,
            note=row.note,
        )
        for row in rows
    )


def mark_sitemap(
    tx: Connection, sitemap_id: int, state: ListingState, *, note: str | None = None
) -> None:
    """Put a sitemap into `state`."""
    where = sitemaps.c.id == sitemap_id
    tx.execute(update(sitemaps).where(where).values(state=state, note=note))


def give_up_sitemaps(tx: Connection, backfill_id: int, note: str) -> None:
    """Give up the sitemaps of a backfill that wait under `note`."""
    tx.execute(
        update(sitemaps)
        .where(
            sitemaps.c.backfill_id == backfill_id,
            sitemaps.c.state == ListingState.WAITING,
            sitemaps.c.note == note,
        )
        .values(state=ListingState.GIVEN_UP)
    )


def load_newest_urls(conn: Connection, source_id: str, *, limit: int) -> tuple[str, ...]:
    """The addresses that the lists of a source named last."""
    rows = conn.execute(
        select(listings.c.url)
        .where(listings.c.source_id == source_id, listings.c.from_archive.is_(False))
        .order_by(listings.c.id.desc())
        .limit(limit)
    )
    return tuple(rows.scalars())


def save_past_lines(
    tx: Connection, source_id: str, lines: Sequence[tuple[Listing, datetime]], *, now: datetime
) -> int:
    """Save lines of an archive, each with its moment, for `rasid backfill` alone; how many wait.

    A line that a look or an earlier backfill saved stays as it is.
    """
    known = is_known(tx, [line.url for line, _ in lines])
    rows = [
        {
            "source_id": source_id,
            "url": line.url,
            "title": line.title,
            "published": line.published,
            "published_at": at,
            "summary": None,
            "state": ListingState.WAITING,
            "attempts": 0,
            "first_look": True,
            "from_archive": True,
            "found_at": now,
        }
        for line, at in lines
        if line.url not in known
    ]
    return insert_new(tx, listings, rows)


def load_past_waiting(
    conn: Connection,
    source_id: str,
    *,
    since: datetime,
    until: datetime,
    untried_since: datetime,
    limit: int,
) -> tuple[Waiting, ...]:
    """Lines of the source's archive in the span that wait, oldest story first.

    Those that were tried after `untried_since` are left for another run.
    """
    rows = conn.execute(
        select(listings)
        .where(*_past(source_id, since, until, untried_since))
        .order_by(listings.c.published_at, listings.c.id)
        .limit(limit)
    )
    return tuple(build_waiting(row) for row in rows)


def count_past_waiting(
    conn: Connection, source_id: str, *, since: datetime, until: datetime, untried_since: datetime
) -> int:
    """How many lines `load_past_waiting` would give in all."""
    asked = select(func.count()).select_from(listings)
    return conn.execute(asked.where(*_past(source_id, since, until, untried_since))).scalar_one()


def mark_published(
    tx: Connection, listing_id: int, at: datetime, *, now: datetime, note: str
) -> None:
    """Put a line where its page says it belongs: a backfill of that time reads it."""
    where = listings.c.id == listing_id
    tx.execute(update(listings).where(where).values(published_at=at, tried_at=now, note=note))


def is_all_past(conn: Connection, deal_id: int) -> bool:
    """Whether only archives told of the deal, so that no rule was ever asked about it."""
    told_live = (
        select(claims.c.id)
        .join(articles, articles.c.id == claims.c.article_id)
        .where(claims.c.deal_id == deal_id, articles.c.archived_at.is_(None))
    )
    asked = (
        told_live,
        select(verdicts.c.id).where(verdicts.c.deal_id == deal_id),
        select(alerts.c.id).where(alerts.c.deal_id == deal_id),
    )
    return all(conn.execute(one.limit(1)).first() is None for one in asked)


def save_retold(
    tx: Connection, deal: Deal, steps: Sequence[tuple[DealClaim, Change | None]]
) -> None:
    """Save a deal that was told anew from its beginning, its changes in place of the old ones."""
    save_deal(tx, deal)
    replace_changes(tx, deal.id, [(told.id, told.article_id, change) for told, change in steps])


def _past(
    source_id: str, since: datetime, until: datetime, untried_since: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        listings.c.source_id == source_id,
        listings.c.state == ListingState.WAITING,
        listings.c.from_archive.is_(True),
        listings.c.published_at >= since,
        listings.c.published_at <= until,
        or_(listings.c.tried_at.is_(None), listings.c.tried_at < untried_since),
    )
