"""What is the figure of a deal after a claim about it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from crawler.deals.change import (
    MOVES,
    Comparison,
    compare,
    exactness,
    is_wording,
    ratio,
)
from crawler.deals.facts import is_correction, is_slip, stage_group, steps_back, told_figure
from crawler.deals.rates import Rates
from crawler.model import ChangeKind, Claim, Deal, Figure, Published, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """When and where a claim was told, and when we heard of it."""

    article_url: str
    published_on: date | None
    told_at: datetime  # UTC; `now` where the article has no date
    until: datetime  # UTC; the end of the day where only the day is known
    now: datetime


def build_telling(url: str, published: Published | None, *, now: datetime) -> Telling:
    """How the article at `url` tells, heard of at `now`."""
    if published is None:
        return Telling(article_url=url, published_on=None, told_at=now, until=now, now=now)
    told_at = min(published.at.astimezone(UTC), now)
    return Telling(
        article_url=url,
        published_on=published.at.date(),
        told_at=told_at,
        until=told_at + timedelta(days=1) if published.day_only else told_at,
        now=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The deal's figure after a claim."""

    figure: Figure | None
    primary: bool
    earlier: tuple[Figure, ...]
    kind: ChangeKind | None
    reason: Reason
    moved: Decimal | None = None  # set where it is not the distance between the figures


_KINDS = {
    Comparison.RAISED: ChangeKind.RAISED,
    Comparison.LOWERED: ChangeKind.LOWERED,
    Comparison.NARROWED: ChangeKind.NARROWED,
    Comparison.WIDENED: ChangeKind.WIDENED,
}


def value_after(deal: Deal, claim: Claim, *, rates: Rates, telling: Telling, late: bool) -> Value:
    """The figure of `deal` after a main `claim` about it, and the change that this is.

    `late`: told before the deal's last change, or without a date.
    """
    known, on = deal.figure, telling.published_on
    told = told_figure(claim, known.currency if known else None)
    if told is None:
        return _kept(deal, "no_figure", "states no amount")
    if steps_back(claim, deal) and not claim.says_changed:
        return _kept(deal, "earlier_stage", f"told as {claim.stage}, known as {deal.stage}")
    if known is None:
        # Somebody said that it is another one, and did not know which.
        if any(is_wording(old, told, rates=rates, on=on) for old in deal.earlier):
            return _kept(deal, "figure_repeats", f"{told.text}, which was said to be wrong")
        comparison = Comparison.MORE_EXACT
        reason = Reason(code="first_figure", text=f"the first amount told of it: {told.text}")
    else:
        comparison = compare(
            known,
            told,
            rates=rates,
            earlier=deal.earlier,
            says_changed=claim.says_changed or is_correction(claim),
            on=on,
        )
        beside = f"{told.text} beside {known.text}: {_WORDS[comparison]}"
        reason = Reason(code=f"figure_{comparison}", text=beside)
    if comparison is Comparison.SAME:
        return _same_value(deal, claim, told, late=late)
    if on is None:
        # It may be old, and it alerts nobody: who tells the same with a date shall be heard.
        return _kept(deal, "undated", f"{told.text}, told in an article without a date")
    if comparison is Comparison.MORE_EXACT:
        value = Value(
            figure=told,
            primary=claim.primary,
            earlier=deal.earlier,
            kind=ChangeKind.NARROWED,
            reason=reason,
        )
        return value if known is None else replace(value, moved=Decimal(0))
    if known is None or comparison not in MOVES:
        return _kept(deal, reason.code, reason.text)
    if late:
        return _told_late(deal, told, rates=rates, on=on)
    return Value(
        figure=told,
        primary=claim.primary,
        earlier=(*deal.earlier, known),
        kind=_kind_of(comparison, known, told, claim, rates=rates, on=on),
        reason=reason,
    )


def _kind_of(
    comparison: Comparison,
    known: Figure,
    told: Figure,
    claim: Claim,
    *,
    rates: Rates,
    on: date,
) -> ChangeKind:
    times = ratio(known, told, rates=rates, on=on)
    slipped = claim.says_changed and times is not None and is_slip(times)
    return ChangeKind.CORRECTED if slipped or is_correction(claim) else _KINDS[comparison]


def _told_late(deal: Deal, told: Figure, *, rates: Rates, on: date) -> Value:
    """An older value that is found late changes nothing, and its copies will repeat it."""
    kept = _kept(deal, "told_late", f"{told.text}, told before the deal's last change")
    if any(is_wording(old, told, rates=rates, on=on) for old in deal.earlier):
        return kept
    return replace(kept, earlier=(told, *deal.earlier))


_WORDS = {
    Comparison.SAME: "the same value",
    Comparison.RAISED: "raised",
    Comparison.LOWERED: "lowered",
    Comparison.NARROWED: "narrowed",
    Comparison.WIDENED: "widened",
    Comparison.MORE_EXACT: "the same value, worded more exactly",
    Comparison.REPEATS: "a wording of an earlier value",
    Comparison.NOT_COMPARABLE: "cannot be compared",
}


def _kept(deal: Deal, code: str, text: str) -> Value:
    return Value(
        figure=deal.figure,
        primary=deal.figure_primary,
        earlier=deal.earlier,
        kind=None,
        reason=Reason(code=code, text=text),
    )


def _same_value(deal: Deal, claim: Claim, told: Figure, *, late: bool) -> Value:
    """The same value: a party's own words, and the words of a later stage, replace others'."""
    kept = _kept(deal, "figure_same", f"{told.text} is a wording of it")
    known = deal.figure
    if known is None:
        return kept
    closes = stage_group(claim.stage) > stage_group(deal.stage) and not late
    if closes and told.low is not None and told.high is not None:
        is_new = (told.low, told.high) != (known.low, known.high)
        earlier = (*deal.earlier, known) if is_new else deal.earlier
        return replace(kept, figure=told, primary=claim.primary, earlier=earlier)
    own_words = claim.primary and not deal.figure_primary
    if own_words and exactness(told) >= exactness(known):
        return replace(kept, figure=told, primary=True)
    return kept
