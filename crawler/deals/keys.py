"""Under which keys is a deal kept, and looked for?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import product

from crawler.deals.names import claim_keys, party_keys
from crawler.deals.rates import Rates
from crawler.model import Claim, Deal, Published, Step

# Sums and days are told apart in steps, twice and by half a step: what lies nearer than half a
# step shares a key for sure, and what lies a step apart none.
_SUM_STEP = 0.2  # logarithm of a ratio: half of it is a tenth of the sum
_DAYS_STEP = 60


def keys_of(
    claims: Iterable[Claim], *, rates: Rates, published: Published | None
) -> frozenset[str]:
    """Everything under which a deal of these claims, told at that time, may be found."""
    return frozenset(
        key
        for claim in claims
        for key in (*claim_keys(claim), *_near_keys(claim, rates, published))
    )


def keys_of_deal(deal: Deal) -> frozenset[str]:
    """Everything under which its parties are looked for."""
    return frozenset(key for party in deal.parties for key in party_keys(party))


def keys_of_step(step: Step, *, rates: Rates, published: Published | None) -> frozenset[str]:
    """Everything under which the step's deal is to be found later."""
    of_deal = keys_of_deal(step.deal) if step.deal else frozenset()
    return of_deal | keys_of([step.claim], rates=rates, published=published)


def _near_keys(claim: Claim, rates: Rates, published: Published | None) -> Iterator[str]:
    """The like sums of those weeks: a name of two scripts may share no letter, a rate is rounded.

    Only for what an article is about, and only where its day is known.
    """
    if published is None or claim.figure is None or not claim.main:
        return
    on = published.at.date()
    dollars = rates.convert(claim.figure.least, claim.figure.currency or "", on=on)
    if dollars is None or dollars.amount <= 0:
        return
    size, days = math.log(dollars.amount) / _SUM_STEP, on.toordinal() / _DAYS_STEP
    for one, other in product(_steps(size), _steps(days)):
        yield f"near:{one}:{other}"


def _steps(value: float) -> tuple[float, float]:
    return math.floor(value), math.floor(value + 0.5) + 0.5
