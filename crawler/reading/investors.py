"""Who puts the money in? Every name near the deal, weighed by how it stands there."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Role
from crawler.reading.candidates import Candidate
from crawler.reading.names import Name
from crawler.reading.recipient import GROUP_OF, Asked
from crawler.reading.signs import Signs
from crawler.reading.standing import is_same, with_sides
from crawler.reading.weigh import total
from crawler.reading.weights import INVESTOR, INVESTOR_OF

# Log odds: of strangers' stories these gave the best mean of precision and recall.
_LIKELY = -0.5
_LESS = -1.5  # of the likeliest, of both in a venture, and of whom a list puts beside one of them
_JOINT = 5  # letters between two names of a list: ", ", " et "


def choose_investors(
    found: Sequence[Candidate], standing: Sequence[Signs], asked: Asked, *, but: Name | None
) -> list[Name]:
    """The names of `found` that likely put the money in, in text order.

    `standing`: how they stand; `but`: who gets the money and so gives none.
    """
    weights = INVESTOR_OF[group_of(asked.kind)]
    signs = investor_signs(with_sides(standing, found, asked.pointed, asked.givers))
    # A place gives nothing; its government has a name of its own.
    said = [
        (total(one, INVESTOR) + total(one, weights), candidate)
        for candidate, one in zip(found, signs, strict=True)
        if not (one.get("kind.place") or (but is not None and is_same(candidate.name, but)))
    ]
    said.sort(key=lambda one: -one[0])
    partners = 2 if asked.kind is Role.JOINT_VENTURE else 1
    chosen: list[Candidate] = []
    for at, (score, one) in enumerate(said):
        is_near = at < partners or any(_is_listed(one, other) for other in chosen)
        if score > (_LESS if is_near else _LIKELY):
            chosen.append(one)
    if not chosen:
        return [name for name in asked.givers if but is None or not is_same(name, but)][:1]
    return sorted((one.name for one in chosen), key=lambda name: name.start)


def _is_listed(one: Candidate, other: Candidate) -> bool:
    """Whether the two stand side by side in a list: Bpifrance, DST Global et Nvidia."""
    return any(
        1 < max(start, s) - min(end, e) <= _JOINT
        for _, start, end in one.places
        for _, s, e in other.places
    )


def investor_signs(standing: Sequence[Signs]) -> list[Signs]:
    """How candidates stand in the text, and that none need have paid."""
    return [{**signs, "bias": 1.0} for signs in standing]


def group_of(kind: Role) -> str:
    """Deals of one group name their investors alike."""
    return "own" if kind is Role.CAPEX_PLAN else GROUP_OF.get(kind, "gets")
