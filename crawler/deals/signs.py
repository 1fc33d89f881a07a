"""What speaks for a claim and a deal being one, and what against it?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from crawler.deals.facts import (
    BY_RECIPIENT,
    EVERYBODYS,
    Facts,
    digits_of,
    is_alike,
    is_correction,
    is_slip,
    stage_group,
)
from crawler.deals.names import Likeness, like_parties, sound_of
from crawler.deals.who import sides_of
from crawler.model import Claim, Deal, Party, Role, Stage

Signs = Mapping[str, float]
_Sides = tuple[Sequence[Party], Sequence[Party]]  # of the claim, and of the deal
_EQUAL, _NEAR, _TWICE, _FARTHEST = 0.011, 0.08, math.log(2), 3.0  # logarithms of a ratio
_HUGE = 10**10
_MOST_DIGITS = 4
_LONGEST = 6.0  # logarithm of 400 days


def same_signs(facts: Facts, claim: Claim, deal: Deal) -> Signs:
    """Every sign by which `claim` is judged to be about `deal`, or not."""
    signs = {
        "1": 1.0,
        **_who(claim, deal),
        **_how_much(facts, deal),
        **_when(facts, claim, deal),
        **_what(claim, deal),
        f"place.{_name(facts.place)}": 1.0,
        f"period.{facts.period}": 1.0,
    }
    return {**signs, **_together(signs)}


def _who(claim: Claim, deal: Deal) -> dict[str, float]:
    told, known = claim.parties, deal.parties
    (gets, got), (gives, gave) = sides_of(claim, deal)
    shared = sum(any(like_parties(p, q) is Likeness.SAME for q in known) for p in told)
    return {
        **_closest("gets", [(gets, got)]),
        **_closest("gives", [(gives, gave)]),
        **_closest("crossed", [(gets, gave), (gives, got)]),
        **_closest("meant", [(gets, deal.perhaps), (claim.perhaps, got)]),
        # A denial names its parties anyhow, and often tells of little else.
        **_closest("denied", [(claim.perhaps, known)] if claim.stage is Stage.DENIED else []),
        "two_shared": float(shared >= 2),
        "three_shared": float(shared >= 3),
    }


def _closest(name: str, sides: Sequence[_Sides]) -> dict[str, float]:
    """How like the two likest parties are, of one side each."""
    pairs = [
        (like_parties(one, other), sound_of(one, other))
        for some, others in sides
        for one in some
        for other in others
    ]
    if not pairs:
        return {f"{name}.untold": 1.0}
    likeness, sound = max(pairs)
    if likeness is Likeness.OTHER and _are_known(sides):
        return {f"{name}.known_other": 1.0}
    is_unsure = likeness <= Likeness.FAINT
    return {f"{name}.{_name(likeness)}": 1.0, f"{name}.sound": sound if is_unsure else 0.0}


def _are_known(sides: Sequence[_Sides]) -> bool:
    """Whether every party is one that we know: that they are others is no slip of the letters."""
    return all(one.id is not None for side in sides for parties in side for one in parties)


def _how_much(facts: Facts, deal: Deal) -> dict[str, float]:
    if deal.figure is None or facts.figure is None:
        return {"sum.untold": 1.0}
    if facts.times is None:
        return {"sum.no_rate": 1.0}
    apart = abs(math.log(facts.times))
    equal = float(apart < _EQUAL or facts.is_stated)
    near = float(apart < _NEAR)
    digits = min(_MOST_DIGITS, digits_of(deal.figure))
    return {
        "sum.apart": min(apart, _FARTHEST),
        "sum.equal": equal,
        "sum.near": near,
        "sum.twice": float(apart < _TWICE),
        "sum.agrees": float(facts.agrees),
        "sum.slip": float(is_slip(facts.times)),
        "sum.equal_digits": equal * digits,
        "sum.near_digits": near * digits,
        "sum.equal_huge": equal * (deal.figure.least >= _HUGE),
        "sum.equal_seldom": equal * (deal.figure.currency not in EVERYBODYS),
        "sum.share": float(facts.is_share),
        f"sum.{facts.figure.name.lower()}": 1.0,
    }


def _when(facts: Facts, claim: Claim, deal: Deal) -> dict[str, float]:
    told, known = stage_group(claim.stage), stage_group(deal.stage)
    signs = {
        "goes_on": float(told > known),
        "goes_back": float(told < known),
        "talk": float(told == 1),
        "was_talk": float(known == 1),
        "was_closed": float(deal.stage is Stage.CLOSED),
        "back_from_closed": float(deal.stage is Stage.CLOSED and told < known),
        "denies": float(claim.stage is Stage.DENIED),
        "says_changed": float(claim.says_changed),
        "corrects": float(is_correction(claim)),
    }
    if facts.days is None:  # nobody tells news of years ago as new: it is taken to be of those days
        return {**signs, "days.untold": 1.0, "days.few": 1.0, "days.ten": 1.0, "days.month": 1.0}
    days = abs(facts.days)
    return {
        **signs,
        "days": math.log1p(days) / _LONGEST,
        "days.few": float(days <= 3),
        "days.ten": float(days <= 10),
        "days.month": float(days <= 30),
        "days.many": float(days > 180),
        "days.before": float(facts.days < 0),
    }


def _what(claim: Claim, deal: Deal) -> dict[str, float]:
    kinds = {claim.role, deal.kind}
    return {
        "one_kind": float(len(kinds) == 1),
        "like_kind": float(len(kinds) == 2 and is_alike(claim.role, deal.kind)),
        "by_recipient": float(bool(kinds & BY_RECIPIENT)),
        "capex": float(Role.CAPEX_PLAN in kinds),
        "acquisition": float(Role.ACQUISITION in kinds),
    }


# Signs that say more together than each by itself.
_PAIRS = {
    "acquisition": "gets.same gives.other",
    "capex": (
        "gives.other gives.same like_kind one_kind period.across period.same sum.agrees sum.twice"
    ),
    "corrects": "gets.same",
    "crossed.same": "gets.other sum.equal",
    "denied.near": "sum.equal",
    "denied.same": "gets.other sum.equal",
    "denies": "crossed.same days gets.other gets.same gives.same sum.apart sum.near",
    "gets.other": "gives.same sum.equal",
    "gets.same": (
        "by_recipient days gives.other gives.same goes_on soon sum.equal sum.twice sum.untold"
    ),
    "gets.sound": "soon sum.equal",
    "gives.same": "by_recipient soon sum.agrees sum.equal sum.near",
    "meant.same": "days sum.equal sum.equal_digits",
    "one_kind": "gets.same sum.equal",
    "place.other": "late sum.equal two_shared",
    "sum.apart": "gets.same gives.same goes_on",
    "sum.equal": "days days.few days.ten gets.untold gives.untold",
    "sum.equal_huge": "by_recipient days.ten",
    "sum.near": "days.few days.ten",
    "sum.share": "gets.same gives.same",
    "sum.slip": "days gets.same",
    "sum.untold": "days goes_back",
    "was_closed": "days goes_back sum.apart talk",
}


def _together(signs: Mapping[str, float]) -> dict[str, float]:
    all_signs = {**signs, "soon": signs["days.month"], "late": 1.0 - signs["days.few"]}
    return {
        f"{one}&{other}": all_signs.get(one, 0.0) * all_signs.get(other, 0.0)
        for one, others in _PAIRS.items()
        for other in others.split()
    }


def _name(likeness: Likeness | None) -> str:
    return "untold" if likeness is None else likeness.name.lower()
