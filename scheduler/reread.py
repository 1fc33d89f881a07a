"""What would today's reader say of yesterday's articles, and what does that do to the deals?

Nothing here asks a rule: a reading made anew is no news. Who was told otherwise hears of it by
scheduler/correcting.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from config.model import Source
from crawler.deals.keys import keys_of, keys_of_step
from crawler.deals.rates import Rates
from crawler.deals.settle import settle
from crawler.model import Claim, Deal, Reading, Step
from crawler.reading.read import Reader, read_article
from crawler.reading.second import second_of
from crawler.storage.articles import StoredArticle, load_read_otherwise, save_reading
from crawler.storage.claims import forget_claims
from crawler.storage.database import Connection, Database
from crawler.storage.deals import load_deal, load_near_deals
from crawler.storage.steps import save_step
from scheduler.mending import Mended, fold_without, mend

_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """An article that was read anew."""

    stored: StoredArticle
    after: Reading

    @property
    def gone(self) -> tuple[Claim, ...]:
        """Claims that today's reader does not make."""
        return _only_in(self.stored.reading, self.after)

    @property
    def new(self) -> tuple[Claim, ...]:
        """Claims that the earlier reader did not make."""
        return _only_in(self.after, self.stored.reading)

    @property
    def differs(self) -> bool:
        before = self.stored.reading
        was = before is not None and before.ai_investment
        return bool(self.gone or self.new) or was is not self.after.ai_investment


def reread(database: Database, reader: Reader, sources: Mapping[str, Source]) -> Iterator[Reread]:
    """Every kept article that another reader or lexicon read, in the order of their ids."""
    last = 0
    while True:
        with database.read() as db:
            some = load_read_otherwise(
                db, reader.version, reader.lexicon_hash, after=last, limit=_AT_ONCE
            )
        if not some:
            return
        for stored in some:
            source = sources.get(stored.article.source_id or "")
            earlier = stored.reading
            yield Reread(
                stored=stored,
                after=read_article(
                    stored.article,
                    reader,
                    country=source.country if source else None,
                    primary=source.primary if source else False,
                    second=second_of(earlier, stored.article) if earlier else None,
                ),
            )
        last = some[-1].id


def keep(tx: Connection, one: Reread, *, rates: Rates, now: datetime) -> tuple[Mended, ...]:
    """Save a reading made anew; the deals that its claims were taken from or given to."""
    article, article_id = one.stored.article, one.stored.id
    save_reading(tx, article_id, one.after)
    if not one.differs:
        return ()
    lost = forget_claims(tx, article_id)
    before = {deal_id: deal for deal_id in lost if (deal := load_deal(tx, deal_id)) is not None}
    others = {i: fold_without(tx, deal, article_id, rates=rates) for i, deal in before.items()}
    published = article.published
    keys = keys_of(one.after.claims, rates=rates, published=published)
    near = {deal.id: deal for deal in load_near_deals(tx, keys)}
    near |= {i: deal for i, deal in others.items() if deal is not None}
    known = [deal for i, deal in near.items() if others.get(i, deal) is not None]
    # What only this article told keeps its number, however it is read now.
    orphans = [deal for i, deal in before.items() if others[i] is None]
    ids: dict[int, int] = {}
    steps = []
    for step in settle(article, one.after, known, rates=rates, now=article.fetched_at):
        if step.deal is not None and step.deal.id <= 0 and step.deal.id not in ids and orphans:
            ids[step.deal.id] = _take_like(orphans, step.deal).id
        is_new = step.deal is not None and step.deal.id <= 0 and step.deal.id not in ids
        kept = step if is_new else replace(step, change=None)
        keys = keys_of_step(step, rates=rates, published=published)
        steps.append(save_step(tx, kept, article_id=article_id, keys=keys, ids=ids))
    before |= {deal.id: deal for deal in known if _is_told(deal, steps) and deal.id not in before}
    why = f"{article.url} was read anew"
    return tuple(
        mend(tx, deal, why=why, rates=rates, now=now, lost=lost.get(deal.id))
        for deal in before.values()
    )


def _take_like(orphans: list[Deal], deal: Deal) -> Deal:
    """The orphan that `deal` goes on: a part a part, and of its kind if there is one."""
    best = max(
        orphans,
        key=lambda one: ((one.part_of is None) is (deal.part_of is None), one.kind is deal.kind),
    )
    orphans.remove(best)
    return best


def _is_told(deal: Deal, steps: list[Step]) -> bool:
    return any(step.deal is not None and step.deal.id == deal.id for step in steps)


def _only_in(one: Reading | None, other: Reading | None) -> tuple[Claim, ...]:
    known = {_said(claim) for claim in other.claims} if other else set()
    return tuple(claim for claim in (one.claims if one else ()) if _said(claim) not in known)


def _said(claim: Claim) -> tuple[object, ...]:
    """What a claim asserts, without how we came to it."""
    figure = claim.figure
    return (
        claim.role,
        claim.stage,
        claim.main,
        (figure.low, figure.high, figure.currency, figure.approximate) if figure else None,
        claim.period,
        frozenset((party.id or party.key or party.name, party.side) for party in claim.parties),
        claim.place,
    )
