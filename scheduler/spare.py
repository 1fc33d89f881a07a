"""What do we know of an article whose page cannot be had?  What its list said of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.model import Source
from crawler.model import Article, Reading
from crawler.storage.listings import is_known
from scheduler.house import House
from scheduler.pipeline import TakenIn, take_in

if TYPE_CHECKING:
    from crawler.storage.database import Connection
    from crawler.storage.listings import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Spare:
    """An Article made of a list's own text, and what it says."""

    article: Article
    reading: Reading
    source: Source


async def read_feed_text(
    house: House, source: Source, waiting: Waiting, why: str
) -> tuple[Article, Reading] | None:
    """The list's own words on a page that cannot be had, read like any article.

    None where the page was read before, by any source, or the list says nothing.
    """
    assert house.workroom is not None
    if await asyncio.to_thread(_was_read, house, waiting):
        return None
    return await house.workroom.read_line(waiting.listing, source, now=house.clock(), why=why)


def take_in_spare(
    tx: Connection, spare: Spare, *, house: House, waiting: Waiting
) -> TakenIn | None:
    """Take in `spare`; None if the page itself came meanwhile: it never stands above that.

    The caller says afterwards whether the page is tried again: what it brings is then the next
    revision.
    """
    if is_known(tx, [spare.article.url]):
        return None
    return take_in(
        tx,
        spare.article,
        spare.reading,
        house=house,
        source=spare.source,
        first_look=waiting.first_look,
        listing_id=waiting.id,
        now=house.clock(),
    )


def _was_read(house: House, waiting: Waiting) -> bool:
    with house.database.read() as db:
        return bool(is_known(db, [waiting.listing.url]))
