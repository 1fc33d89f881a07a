"""Under which keys is a deal kept, and looked for?"""

from __future__ import annotations

from crawler.deals.names import claim_keys, party_keys
from crawler.model import Claim, Step


def keys_of(claims: tuple[Claim, ...]) -> frozenset[str]:
    """Everything under which a deal of these claims may be found."""
    return frozenset(key for claim in claims for key in claim_keys(claim))


def keys_of_step(step: Step) -> frozenset[str]:
    """Everything under which the step's deal is to be found later."""
    parties = step.deal.parties if step.deal else ()
    of_deal = {key for party in parties for key in party_keys(party)}
    return frozenset(of_deal | set(claim_keys(step.claim)))
