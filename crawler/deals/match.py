"""Which known deal is a claim about?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.deals.facts import Facts, build_facts
from crawler.deals.fit import judge
from crawler.deals.rates import Rates
from crawler.model import Claim, Deal, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The deal that a claim is about, or None, and why."""

    deal: Deal | None
    reasons: tuple[Reason, ...]
    margin: float = 0.0  # log odds above what is needed
    agrees: bool = False  # on the sum


def match_claim(
    claim: Claim, deals: Sequence[Deal], *, rates: Rates, published_on: date | None
) -> Match:
    """The deal among `deals` that `claim` is about. Does not ask what the claim changes."""
    weighed = [_weigh(claim, deal, rates=rates, published_on=published_on) for deal in deals]
    weighed.sort(key=lambda one: (one.margin, one.deal.changed_at), reverse=True)
    if weighed and weighed[0].margin > 0:
        best = weighed[0]
        return Match(
            deal=best.deal,
            reasons=(Reason(code="same_deal", text=best.why),),
            margin=best.margin,
            agrees=best.facts.agrees,
        )
    near = [one for one in weighed if one.facts.who.is_shared][:_REASONS]
    why = tuple(Reason(code="other_deal", text=f"deal {one.deal.id}: {one.why}") for one in near)
    return Match(
        deal=None, reasons=why or (Reason(code="no_deal", text="no known deal of these parties"),)
    )


_REASONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    deal: Deal
    margin: float  # log odds above what is needed
    why: str
    facts: Facts


def _weigh(claim: Claim, deal: Deal, *, rates: Rates, published_on: date | None) -> _Weighed:
    facts = build_facts(claim, deal, rates=rates, published_on=published_on)
    margin, why = judge(facts, claim, deal)
    return _Weighed(deal=deal, margin=margin, why=why, facts=facts)
