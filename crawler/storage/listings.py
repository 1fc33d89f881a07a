"""Which pages wait?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, func, or_, select, union, update

from crawler.model import Listing, ListingState, PageFault
from crawler.storage.database import insert_new
from crawler.storage.schema import articles, listings


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A Listing whose page has not been read yet."""

    id: int
    source_id: str
    listing: Listing
    attempts: int
    first_look: bool  # found by the first look at its source: never alerts
    note: str | None = None  # why the last attempt failed
    fault: PageFault | None = None  # the same in one word


def save_listings(
    tx: Connection,
    source_id: str,
    lines: Sequence[Listing],
    *,
    now: datetime,
    first_look: bool,
) -> int:
    """Save the lines of one look; how many of them were new.

    A line whose page was read already, for whatever source, is kept as fetched. One that only
    an archive had named, and that waits for `rasid backfill`, is a look's from now on.
    """
    # Nearly every line of nearly every look is known: one question, not 30 inserts of nothing.
    taken_over = _take_over(tx, source_id, lines, now=now, first_look=first_look)
    listed = load_listed(tx, source_id, [line.url for line in lines])
    lines = [line for line in lines if line.url not in listed]
    known = is_known(tx, [line.url for line in lines])
    rows = [
        {
            "source_id": source_id,
            "url": line.url,
            "title": line.title,
            "published": line.published,
            "published_at": line.published.at if line.published else None,
            "summary": None if line.url in known else line.summary,
            "state": ListingState.FETCHED if line.url in known else ListingState.WAITING,
            "attempts": 0,
            "first_look": first_look,
            "found_at": now,
        }
        for line in lines
    ]
    return insert_new(tx, listings, rows) + taken_over


def load_listed(conn: Connection, source_id: str, urls: Sequence[str]) -> set[str]:
    """Those of `urls` that a list of this source has named before."""
    found: set[str] = set()
    for start in range(0, len(urls), 1000):
        some = urls[start : start + 1000]
        asked = select(listings.c.url).where(
            listings.c.source_id == source_id,
            listings.c.url.in_(some),
            or_(listings.c.from_archive.is_(False), listings.c.state != ListingState.WAITING),
        )
        found.update(conn.execute(asked).scalars())
    return found


def load_waiting(conn: Connection, source_id: str, *, limit: int) -> tuple[Waiting, ...]:
    """Listings of `source_id` that wait, in the order in which their stories were told.

    Those that failed come last, so that a broken page never stands before a fresh one.
    """
    told_at = func.coalesce(listings.c.published_at, listings.c.found_at)
    rows = conn.execute(
        select(listings)
        .where(
            listings.c.source_id == source_id,
            listings.c.state == ListingState.WAITING,
            listings.c.from_archive.is_(False),
        )
        # Lists stand newest first, so of two undated lines the later row is the older story.
        .order_by(listings.c.attempts, told_at, listings.c.id.desc())
        .limit(limit)
    )
    return tuple(build_waiting(row) for row in rows)


def count_waiting(conn: Connection) -> dict[str, int]:
    """How many listings wait for a look, by source."""
    rows = conn.execute(
        select(listings.c.source_id, func.count())
        .where(listings.c.state == ListingState.WAITING, listings.c.from_archive.is_(False))
        .group_by(listings.c.source_id)
    )
    return {row[0]: row[1] for row in rows}


def load_lines_at(conn: Connection, url: str) -> tuple[tuple[Waiting, ListingState], ...]:
    """The lines of lists that named `url`, in any state: why an article never came."""
    rows = conn.execute(select(listings).where(listings.c.url == url)).all()
    return tuple((build_waiting(row), ListingState(row.state)) for row in rows)


def mark_listing(
    tx: Connection,
    listing_id: int,
    state: ListingState,
    *,
    now: datetime,
    note: str | None = None,
    fault: PageFault | None = None,
) -> None:
    """Put a listing into `state`."""
    tx.execute(
        update(listings)
        .where(listings.c.id == listing_id)
        .values(state=state, tried_at=now, note=note, fault=fault)
    )


def mark_fetched(tx: Connection, listing_id: int, article_id: int, *, now: datetime) -> None:
    """Let a listing lead to the article that its page is."""
    tx.execute(
        update(listings)
        .where(listings.c.id == listing_id)
        .values(
            state=ListingState.FETCHED,
            tried_at=now,
            note=None,
            article_id=article_id,
            summary=None,  # it was kept for the case that the page cannot be had
        )
    )


def count_attempt(
    tx: Connection,
    listing_id: int,
    *,
    now: datetime,
    note: str,
    give_up_after: int,
    fault: PageFault | None = None,
) -> None:
    """Count one failed attempt; the listing is given up with the `give_up_after`th."""
    attempts = listings.c.attempts + 1
    tx.execute(
        update(listings)
        .where(listings.c.id == listing_id)
        .values(
            attempts=attempts,
            tried_at=now,
            note=note,
            fault=fault,
            state=case(
                (attempts >= give_up_after, ListingState.GIVEN_UP.value),
                else_=ListingState.WAITING.value,
            ),
        )
    )


def is_known(conn: Connection, urls: Collection[str]) -> frozenset[str]:
    """Those of `urls` whose page was read already."""
    wanted = sorted(set(urls))
    found: set[str] = set()
    for start in range(0, len(wanted), 1000):
        some = wanted[start : start + 1000]
        both = union(
            select(articles.c.url).where(articles.c.url.in_(some)),
            select(listings.c.url).where(
                listings.c.url.in_(some), listings.c.state == ListingState.FETCHED
            ),
        )
        found.update(conn.execute(both).scalars())
    return frozenset(found)


def _take_over(
    tx: Connection, source_id: str, lines: Sequence[Listing], *, now: datetime, first_look: bool
) -> int:
    """Give a look what an archive had named and nobody has read; how many there were."""
    at = [listings.c.source_id == source_id, listings.c.from_archive.is_(True)]
    at.append(listings.c.state == ListingState.WAITING)
    if tx.execute(select(listings.c.id).where(*at).limit(1)).first() is None:
        return 0
    count = 0
    for line in lines:
        count += tx.execute(
            update(listings)
            .where(*at, listings.c.url == line.url)
            .values(
                from_archive=False,
                title=line.title,
                published=line.published,
                published_at=line.published.at if line.published else None,
                summary=line.summary,
                first_look=first_look,
                found_at=now,
            )
        ).rowcount
    return count


def build_waiting(row: Row[Any]) -> Waiting:
    """The Waiting of a row of `listings`, for this room only."""
    return Waiting(
        id=row.id,
        source_id=row.source_id,
        listing=Listing(url=row.url, title=row.title, published=row.published, summary=row.summary),
        attempts=row.attempts,
        first_look=row.first_look,
        note=row.note,
        fault=row.fault,
    )
