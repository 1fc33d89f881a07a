"""How is a deal mended by hand: two told as one, or one told as two?

The claims move, and what both deals are is made again from what is told of them. Who was told
otherwise hears of it by scheduler/correcting.py; to anybody else our own mistakes are no news.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from config.errors import RasidError
from config.plural import counted
from crawler.deals.fold import Told, correction, fold
from crawler.deals.keys import keys_of, keys_of_deal
from crawler.deals.life import open_deal
from crawler.deals.rates import Rates
from crawler.deals.value import Telling, build_telling
from crawler.model import Change, Deal, Reason, Role
from crawler.storage.changes import load_said
from crawler.storage.claims import DealClaim, load_claims_of, move_claims
from crawler.storage.database import Connection
from crawler.storage.deals import load_deal, mark_merged
from crawler.storage.steps import save_mended


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A deal before and after a hand was laid on it."""

    before: Deal
    after: Deal
    change: Change | None = None  # where its sum, stage or kind moved


def merge_deals(
    tx: Connection, kept_id: int, other_id: int, *, rates: Rates, now: datetime
) -> Mended:
    """Say that `other_id` is told of the same deal as `kept_id`; remembered for later articles.

    Raises RasidError where one of them is not there, or they are one already.
    """
    kept, other = _load(tx, kept_id), _load(tx, other_id)
    if kept.id == other.id:
        raise RasidError(f"d{kept.id} is one deal already: name the two that are to be one")
    if kept.part_of == other.id or other.part_of == kept.id:
        raise RasidError(
            f"d{other.id} and d{kept.id} are a whole and its part, which are told apart on purpose"
        )
    move_claims(tx, [told.id for told in load_claims_of(tx, other.id)], kept.id)
    mark_merged(tx, other.id, kept.id)
    why = f"deal d{other.id} was merged into this one by hand"
    return mend(tx, kept, why=why, rates=rates, now=now)


def split_deal(
    tx: Connection, deal_id: int, urls: Collection[str], *, rates: Rates, now: datetime
) -> tuple[Mended, Deal]:
    """Give what the articles at `urls` tell of a deal to a new one: the old deal and the new.

    Raises RasidError where an article does not tell of it, or none would be left.
    """
    deal = _load(tx, deal_id)
    told = load_claims_of(tx, deal.id)
    unknown = sorted(set(urls) - {one.url for one in told})
    if unknown:
        raise RasidError(
            f"{unknown[0]} does not tell of d{deal.id}; `rasid deals d{deal.id}` lists what does"
        )
    moved = [one for one in told if one.url in urls]
    first = next((one for one in moved if one.claim.role.makes_deal), None)
    if first is None:
        raise RasidError("these articles tell only what was really spent: that is no deal alone")
    if len(moved) == len(told):
        raise RasidError(
            f"that is all that tells of d{deal.id}: name some of its articles, and it splits"
        )
    why = f"{counted(len(moved), 'claim')} of deal d{deal.id} split off by hand"
    opened, change = open_deal(first.claim, deal_id=0, telling=_telling(first))
    made = fold(replace(opened, part_of=deal.part_of), _told(moved), rates=rates)
    change = replace(change, after=made.figure, at=now, reasons=(Reason(code="split", text=why),))
    keys = frozenset[str]().union(
        *(keys_of([one.claim], rates=rates, published=one.published) for one in moved)
    )
    made = save_mended(tx, made, change, article_id=first.article_id, keys=keys)
    move_claims(tx, [one.id for one in moved], made.id)
    return mend(tx, deal, why=f"{why} to d{made.id}", rates=rates, now=now), made


def mend(
    tx: Connection,
    before: Deal,
    *,
    why: str,
    rates: Rates,
    now: datetime,
    lost: DealClaim | None = None,
) -> Mended:
    """Make a deal again from the claims that it has now, with a change if that moved it.

    `lost`: a claim that was taken from it, to name where none is left.
    """
    told = load_claims_of(tx, before.id)
    after = _fold(tx, before, told, rates=rates)
    basis = _basis_of(after, told) or lost
    if basis is None:
        raise ValueError(f"deal {before.id} has no claims and lost none")
    after, change = correction(
        before, after, claim=basis.claim, telling=_telling(basis), why=why, now=now
    )
    saved = save_mended(tx, after, change, article_id=basis.article_id, keys=keys_of_deal(after))
    if change is not None:
        change = replace(change, deal_id=saved.id, number=saved.change_count)
    return Mended(before=before, after=saved, change=change)


def fold_without(tx: Connection, deal: Deal, article_id: int, *, rates: Rates) -> Deal | None:
    """`deal` as all other articles tell it; None where no other does."""
    others = [one for one in load_claims_of(tx, deal.id) if one.article_id != article_id]
    return _fold(tx, deal, others, rates=rates) if others else None


def _fold(tx: Connection, deal: Deal, told: Sequence[DealClaim], *, rates: Rates) -> Deal:
    return fold(deal, _told(told), rates=rates, said=load_said(tx, deal.id))


def _basis_of(deal: Deal, told: Sequence[DealClaim]) -> DealClaim | None:
    """The claim whose figure the deal has now; else the newest main one."""
    by_figure = [one for one in told if deal.figure in (one.claim.figure, *one.claim.restated)]
    main = [one for one in told if one.claim.main and one.claim.role is not Role.ACTUAL]
    return next(iter(reversed(by_figure or main or told)), None)


def _told(claims: Iterable[DealClaim]) -> list[Told]:
    """In the order of reading, which a claim that was moved or read anew has kept."""
    ordered = sorted(claims, key=lambda one: (one.fetched_at, one.id))
    return [Told(claim=one.claim, telling=_telling(one)) for one in ordered]


def _telling(told: DealClaim) -> Telling:
    return build_telling(told.url, told.published, now=told.fetched_at)


def _load(tx: Connection, deal_id: int) -> Deal:
    deal = load_deal(tx, deal_id)
    if deal is None:
        raise RasidError(f"there is no deal d{deal_id}; `rasid deals` lists them")
    if deal.merged_into is not None:
        raise RasidError(f"d{deal_id} was merged into d{deal.merged_into}: name that one")
    return deal
