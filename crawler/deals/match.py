"""Which known deal is a claim about?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.deals.facts import build_facts, stage_group
from crawler.deals.fit import judge
from crawler.deals.rates import Rates
from crawler.model import Claim, Deal, Reason, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The deal that a claim is about, or None, and why."""

    deal: Deal | None
    reasons: tuple[Reason, ...]


def match_claim(
    claim: Claim, deals: Sequence[Deal], *, rates: Rates, published_on: date | None
) -> Match:
    """The deal among `deals` that `claim` is about. Does not ask what the claim changes."""
    weighed = [_weigh(claim, deal, rates=rates, published_on=published_on) for deal in deals]
    fitting = [one for one in weighed if one.fits]
    if fitting:
        best = max(fitting, key=lambda one: one.rank)
        return Match(deal=best.deal, reasons=(Reason(code="same_deal", text=best.why),))
    near = [one for one in weighed if one.linked][:_REASONS]
    why = tuple(Reason(code="other_deal", text=f"deal {one.deal.id}: {one.why}") for one in near)
    return Match(
        deal=None, reasons=why or (Reason(code="no_deal", text="no known deal of these parties"),)
    )


_REASONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    deal: Deal
    fits: bool
    linked: bool
    why: str
    rank: tuple[int, int, int, int, float]


def _weigh(claim: Claim, deal: Deal, *, rates: Rates, published_on: date | None) -> _Weighed:
    facts = build_facts(claim, deal, rates=rates, published_on=published_on)
    fits, why = judge(facts, claim, deal, rates=rates, published_on=published_on)
    amount = 2 if facts.is_stated else 1 if facts.agrees else 0
    who = max(facts.recipient or 0, facts.links)
    where = (facts.place or 0) + (3 if facts.period == "same" else 0)
    stage = int(claim.stage is Stage.DENIED and stage_group(deal.stage) == 1)
    return _Weighed(
        deal=deal,
        fits=fits,
        linked=facts.links + facts.near_links > 0,
        why=why,
        rank=(stage, amount, who, where, deal.changed_at.timestamp()),
    )
