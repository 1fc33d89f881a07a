"""What does an article of the past do to what we know, long after it was told?

It makes the deals and changes that it would have made on its own day, and asks no rule: nobody
is alerted to history. What today's articles told of a deal stands as they told it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.deals.fold import Told, retell
from crawler.deals.keys import keys_of, keys_of_step
from crawler.deals.rates import Rates
from crawler.deals.settle import settle
from crawler.deals.value import Telling, build_telling
from crawler.model import Article, Deal, ListingState, Published, Reading
from crawler.storage.articles import load_article, save_article
from crawler.storage.claims import DealClaim, load_claims_of
from crawler.storage.deals import load_deal, load_near_deals, save_deal
from crawler.storage.history import is_all_past, save_retold
from crawler.storage.listings import mark_listing
from crawler.storage.steps import save_step

if TYPE_CHECKING:
    from crawler.storage.database import Connection


def take_in_past(
    tx: Connection,
    article: Article,
    reading: Reading,
    *,
    rates: Rates,
    keep_text: bool,
    now: datetime,
    listing_id: int | None = None,
) -> bool:
    """Keep `article` and what it says, as told on its own day; False if it is there already.

    Runs in the caller's transaction. An archive's text of a known article is no revision: it
    may be older than the one that we have.
    """
    if load_article(tx, article.url) is not None:
        if listing_id is not None:
            mark_listing(tx, listing_id, ListingState.FETCHED, now=now)
        return False
    saved = save_article(
        tx,
        article,
        reading,
        now=now,
        keep_text=keep_text,
        listing_id=listing_id,
        archived_at=now,
    )
    telling = _telling(article.url, article.published, article.fetched_at)
    near = load_near_deals(tx, keys_of(reading.claims, rates=rates, published=article.published))
    later = {deal.id: deal for deal in near if deal.changed_at > telling.until}
    ids: dict[int, int] = {}
    touched: set[int] = set()
    for step in settle(article, reading, near, rates=rates, now=telling.now):
        keys = keys_of_step(step, rates=rates, published=article.published)
        known = later.get(step.deal.id) if step.deal else None
        if known is not None:  # what was told since is no older for being known first
            step = replace(step, deal=known, change=None)
            touched.add(known.id)
        save_step(tx, step, article_id=saved.id, keys=keys, ids=ids)
    for deal_id in sorted(touched):
        _tell_anew(tx, deal_id, rates=rates)
    return True


def _tell_anew(tx: Connection, deal_id: int, *, rates: Rates) -> None:
    """Put an earlier telling in its place in the life of a deal."""
    deal = load_deal(tx, deal_id)
    claims = sorted(load_claims_of(tx, deal_id), key=_told_order)
    told = [Told(claim=one.claim, telling=_telling_of(one)) for one in claims]
    found = retell(deal, told, rates=rates) if deal is not None else None
    if deal is None or found is None:
        return
    after, changes = found
    if is_all_past(tx, deal_id):
        save_retold(tx, after, list(zip(claims, changes, strict=True)))
    else:
        save_deal(tx, _with_past(deal, after))


def _with_past(deal: Deal, past: Deal) -> Deal:
    """`deal` as people were told of it, with the earlier figures that its `past` knows.

    Its figure and stage stay: were they set from an archive, an article of today that tells the
    same would be no news, though nobody had heard it. The earlier figures make silent whoever
    repeats an old one.
    """
    known = tuple(figure for figure in deal.earlier if figure not in past.earlier)
    earlier = tuple(figure for figure in past.earlier + known if figure != deal.figure)
    return replace(
        deal,
        earlier=earlier,
        actual=past.actual or deal.actual,
        undated=deal.undated and past.undated,
        opened_at=min(deal.opened_at, past.opened_at),
    )


def _told_order(told: DealClaim) -> tuple[datetime, datetime, int]:
    return _telling_of(told).told_at, told.fetched_at, told.id


def _telling_of(told: DealClaim) -> Telling:
    return _telling(told.url, told.published, told.fetched_at)


def _telling(url: str, published: Published | None, fetched_at: datetime) -> Telling:
    """How an article tells, as if it had been heard of on the day that it says."""
    telling = build_telling(url, published, now=fetched_at)
    return replace(telling, now=telling.told_at)
