"""Under which keys is a deal kept, and looked for?"""

from __future__ import annotations

from collections.abc import Iterable

from crawler.deals.names import claim_keys, party_keys
from crawler.model import Claim, Deal, Step


def keys_of(claims: Iterable[Claim]) -> frozenset[str]:
    """Everything under which a deal of these claims may be found."""
    return frozenset(key for claim in claims for key in claim_keys(claim))


def keys_of_deal(deal: Deal) -> frozenset[str]:
    """Everything under which its parties are looked for."""
    return frozenset(key for party in deal.parties for key in party_keys(party))


def keys_of_step(step: Step) -> frozenset[str]:
    """Everything under which the step's deal is to be found later."""
    of_deal = keys_of_deal(step.deal) if step.deal else frozenset()
    return of_deal | set(claim_keys(step.claim))
