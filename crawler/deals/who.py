"""Are those whom a claim names the parties of a deal?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.deals.names import Likeness, like_parties, sound_of
from crawler.model import Claim, Deal, Party, Role, Side, Stage

Parties = tuple[Party, ...]
_SOUNDS_ALIKE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What the parties of a claim and of a deal have in common."""

    recipient: Likeness | None  # None: one of the two names none
    investor: Likeness | None
    shared_givers: int  # who give it in both
    are_givers_known: bool  # all who give it in both are companies, funds or states that we know
    is_shared: bool  # a party of the claim is, or may well be, one of the deal
    is_meant: bool  # one is named as who may be meant by the other, or stands on the other side
    may_be_shared: bool  # one sounds like it, or is meant by it
    may_be_recipient: bool  # the recipients sound alike, or stand elsewhere in the other
    are_others: bool  # a known company gets the money here, and another there; or gives it


def build_who(claim: Claim, deal: Deal) -> Who:
    """What `claim` and `deal` say of who gets the money and who gives it."""
    (gets, got), (gives, gave) = sides_of(claim, deal)
    shared = _likest(claim.parties, deal.parties) or 0
    is_crossed = _are_near(gets, gave) or _are_near(gives, got)
    is_meant = _are_near(gets, deal.perhaps) or _are_near(claim.perhaps, got)
    if claim.stage is Stage.DENIED:  # it names its parties anyhow
        is_meant |= _are_near(claim.perhaps, deal.parties)
    may_be_shared = shared >= Likeness.FAINT or is_meant
    is_meant |= is_crossed
    is_takeover = claim.role is deal.kind is Role.ACQUISITION and claim.stage is not Stage.DENIED
    both_give = [(p, q) for p in gives for q in gave if like_parties(p, q) >= Likeness.NEAR]
    other_givers = _are_others(gives, gave) and (is_takeover or not (gets and got))
    return Who(
        recipient=_likest(gets, got),
        investor=_likest(gives, gave),
        shared_givers=min(len({p for p, _ in both_give}), len({q for _, q in both_give})),
        are_givers_known=bool(both_give) and all(p.id or q.id for p, q in both_give),
        is_shared=shared >= Likeness.NEAR,
        is_meant=is_meant,
        may_be_shared=may_be_shared,
        may_be_recipient=is_meant
        or any(sound_of(p, q) >= _SOUNDS_ALIKE for p in gets for q in got),
        are_others=_are_others(gets, got) or other_givers,
    )


def sides_of(claim: Claim, deal: Deal) -> tuple[tuple[Parties, Parties], tuple[Parties, Parties]]:
    """Who gets the money, and who gives it: of the claim, and of the deal."""
    return (
        (parties_on(claim.parties, Side.RECIPIENT), parties_on(deal.parties, Side.RECIPIENT)),
        (parties_on(claim.parties, Side.INVESTOR), parties_on(deal.parties, Side.INVESTOR)),
    )


def parties_on(parties: Sequence[Party], side: Side) -> tuple[Party, ...]:
    """Those of `parties` that stand on `side`."""
    return tuple(party for party in parties if party.side is side)


def _likest(some: Sequence[Party], others: Sequence[Party]) -> Likeness | None:
    return max((like_parties(p, q) for p in some for q in others), default=None)


def _are_near(some: Sequence[Party], others: Sequence[Party]) -> bool:
    return (_likest(some, others) or 0) >= Likeness.NEAR


def _are_others(some: Sequence[Party], others: Sequence[Party]) -> bool:
    """Whether both sides are known, every one of them, and share none."""
    known, theirs = {one.id for one in some}, {one.id for one in others}
    return bool(known and theirs) and None not in known | theirs and not known & theirs
