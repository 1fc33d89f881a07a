"""What do a claim and a deal have in common?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crawler.deals.change import MOVES, Comparison, compare, ratio
from crawler.deals.names import Likeness, like_places
from crawler.deals.rates import Rates
from crawler.deals.who import Who, build_who, parties_on
from crawler.model import Claim, Deal, Figure, Period, Role, Side, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a claim and a deal have in common."""

    who: Who
    place: Likeness | None
    period: str  # same, across, apart, untold
    figure: Comparison | None  # None: one of the two states none
    times: Decimal | None  # told figure over known one
    is_own_currency: bool  # compared without a dated rate
    days: int | None  # from the deal's last change to the claim; None: one of them has no date
    is_plan_of_year: bool  # an investor has one plan a period
    is_share: bool  # one investor's part of the round

    @property
    def agrees(self) -> bool:
        """Whether both state one value, or one of them a range round that of the other."""
        if self.figure is None or self.times is None:
            return False
        return self.figure not in MOVES | {Comparison.NOT_COMPARABLE} or (
            self.figure in {Comparison.NARROWED, Comparison.WIDENED} and self.is_within(2)
        )

    @property
    def is_stated(self) -> bool:
        """Whether the claim words the deal's value, now or once, and no dated rate is needed."""
        near = self.is_within(Decimal("1.25"))
        return self.figure in _STATED and near and self.is_own_currency

    def is_within(self, factor: int | Decimal) -> bool:
        """Whether the told sum is at most `factor` times the known one, or the reverse."""
        if self.times is None:
            return False
        return 1 / Decimal(factor) <= self.times <= factor


def build_facts(claim: Claim, deal: Deal, *, rates: Rates, published_on: date | None) -> Facts:
    """The Facts of a claim that was published on that day (None: undated) and a deal."""
    figure: Comparison | None = None
    times: Decimal | None = None
    told = told_figure(claim, deal.figure.currency if deal.figure else None)
    if deal.figure is not None and told is not None:
        figure = compare(
            deal.figure,
            told,
            rates=rates,
            earlier=deal.earlier,
            says_changed=claim.says_changed,
            on=published_on,
        )
        near = [deal.figure, *(deal.earlier if figure is Comparison.REPEATS else ())]
        all_times = [ratio(one, told, rates=rates, on=published_on) for one in near]
        times = min(
            (one for one in all_times if one), key=lambda one: max(one, 1 / one), default=None
        )
    who = build_who(claim, deal)
    is_told_again = who.recipient is Likeness.SAME and (figure is None or figure in _STATED)
    own_currency = (
        deal.figure is not None
        and told is not None
        and (
            told.currency == deal.figure.currency
            or _is_pegged(told.currency, deal.figure.currency, rates=rates)
        )
    )
    return Facts(
        who=who,
        place=like_places(claim.place, deal.place) if claim.place and deal.place else None,
        period=_periods(claim.period, deal.period),
        figure=figure,
        times=times,
        is_own_currency=own_currency,
        days=_days_since(deal, published_on, is_told_again=is_told_again),
        is_plan_of_year=claim.role is deal.kind is Role.CAPEX_PLAN
        and claim.period is not None
        and claim.period == deal.period
        and who.investor is Likeness.SAME
        and (times is None or 1 / _ONE_ORDER <= times <= _ONE_ORDER)
        and not (claim.place and not deal.place),
        is_share=is_share(claim, deal, rates=rates, published_on=published_on),
    )


def told_figure(claim: Claim, currency: str | None) -> Figure | None:
    """The claim's sum as the article itself states it in `currency`, else as its headline does."""
    told = () if claim.figure is None else (claim.figure, *claim.restated)
    return next((one for one in told if one.currency == currency), claim.figure)


def is_correction(claim: Claim) -> bool:
    """Whether the outlet takes back a figure of its own; the reader gives this reason."""
    return any(reason.code in {"correction", "corrected"} for reason in claim.reasons)


def is_slip(times: Decimal) -> bool:
    """Whether two sums are one nought or three apart, as 4.5bn and 450m are: one is an error."""
    factors = (Decimal(10), Decimal("0.1"), Decimal(1000), Decimal("0.001"))
    return any(abs(times / factor - 1) <= Decimal("0.01") for factor in factors)


def stage_group(stage: Stage) -> int:
    """1: talked about, 2: said in public, 3: done. A denied deal is behind all of them."""
    return _GROUPS[stage]


def steps_back(claim: Claim, deal: Deal) -> bool:
    """Whether `claim` tells a stage that the deal has left behind.

    A plan or a commitment is never quite closed, so there only mere talk is behind.
    """
    told, known = stage_group(claim.stage), stage_group(deal.stage)
    return told < known and (told < 2 or deal.kind in BY_RECIPIENT)


def is_share(claim: Claim, deal: Deal, *, rates: Rates, published_on: date | None) -> bool:
    """Whether `claim` tells one investor's part of the round that `deal` is.

    "ASML puts 1.3bn into Mistral" beside a round of 1.7bn does not lower the round.
    """
    told = told_figure(claim, deal.figure.currency if deal.figure else None)
    investors = parties_on(claim.parties, Side.INVESTOR)
    if deal.figure is None or told is None or len(investors) != 1:
        return False
    if deal.kind is not Role.FUNDING_ROUND or claim.role not in _SHARED_AS:
        return False
    if claim.says_changed or is_correction(claim):
        return False
    if claim.role is Role.FUNDING_ROUND:
        known = parties_on(deal.parties, Side.INVESTOR)
        if stage_group(claim.stage) > stage_group(deal.stage) or len(known) == 1:
            return False
    times = ratio(deal.figure, told, rates=rates, on=published_on)
    return times is not None and _LEAST_SHARE <= times < _MOST_SHARE


def is_seldom(figure: Figure) -> bool:
    """Whether two deals of one week would hardly have it: 2.3bn, 40bn, or 900m in no dollars."""
    large = figure.least >= _LARGE
    return digits_of(figure) >= 2 or large or figure.currency not in EVERYBODYS


def digits_of(figure: Figure) -> int:
    """How many digits the sum has without the noughts at its end: 2 in 2.3bn."""
    return len(figure.least.normalize().as_tuple().digits)


def is_alike(told: Role, kind: Role) -> bool:
    """Whether one deal may be told as these two kinds."""
    return told is kind or Role.OTHER in {told, kind} or frozenset({told, kind}) in _ALIKE


_GROUPS = {
    Stage.DENIED: 0,
    Stage.RUMOURED: 1,
    Stage.IN_TALKS: 1,
    Stage.PLANNED: 2,
    Stage.ANNOUNCED: 2,
    Stage.CLOSED: 3,
}
# Their recipient tells two of them apart; the others are told apart by who spends, and where.
BY_RECIPIENT = frozenset({Role.FUNDING_ROUND, Role.ACQUISITION, Role.DEBT, Role.IPO, Role.GRANT})
# Two kinds that one deal is told as: a plan of a company's own is a commitment to some ears, and
# one investor's part of a round is a commitment to its recipient.
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        (Role.CAPEX_PLAN, Role.INVESTMENT_COMMITMENT),
        (Role.FUNDING_ROUND, Role.INVESTMENT_COMMITMENT),
        (Role.JOINT_VENTURE, Role.INVESTMENT_COMMITMENT),
        (Role.GOVERNMENT_PROGRAMME, Role.INVESTMENT_COMMITMENT),
        (Role.GOVERNMENT_PROGRAMME, Role.GRANT),
        (Role.GOVERNMENT_PROGRAMME, Role.FUND_LAUNCH),
        (Role.FUND_LAUNCH, Role.INVESTMENT_COMMITMENT),
    )
)
EVERYBODYS = frozenset({"USD", "EUR"})  # half of all sums are told in them
_LARGE = 10**10
_ONE_ORDER = Decimal(3)
_SHARED_AS = {Role.FUNDING_ROUND, Role.INVESTMENT_COMMITMENT}
_LEAST_SHARE = Decimal("0.05")
_MOST_SHARE = Decimal("0.97")
_STATED = frozenset({Comparison.SAME, Comparison.MORE_EXACT, Comparison.REPEATS})


def _days_since(deal: Deal, on: date | None, *, is_told_again: bool) -> int | None:
    """When we found a page without a date says little of when it was told."""
    if on is None or (deal.undated and is_told_again):
        return None
    return (on - deal.changed_at.date()).days


def _is_pegged(one: str | None, other: str | None, *, rates: Rates) -> bool:
    if one is None or other is None:
        return False
    converted = rates.convert(Decimal(1), one, other)
    return converted is not None and converted.kind == "peg"


def _periods(one: Period | None, other: Period | None) -> str:
    if one is None or other is None:
        return "untold"
    if one == other:
        return "same"
    apart = one.last_year < other.first_year or other.last_year < one.first_year
    return "apart" if apart else "across"
