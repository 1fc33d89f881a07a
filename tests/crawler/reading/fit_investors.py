"""How much does each sign say of who puts the money in? Part of fit_weights.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from crawler.model import Role
from crawler.reading import parties
from crawler.reading.candidates import Candidate, find_candidates
from crawler.reading.investors import group_of, investor_signs
from crawler.reading.roles import Weighed
from crawler.reading.signs import Signs
from crawler.reading.standing import standing_signs, with_sides
from tests.crawler.reading.score_parties import is_right

if TYPE_CHECKING:
    from tests.crawler.reading.fit_weights import Case

Table = Any  # numpy.ndarray
Fit = Callable[[Sequence[str], Table, Table, Table], Table]
FOLDS = 10
PRIOR = {
    "bias": -2.0, "gives": 2.0, "is.investor": 1.0, "is.from": 0.8, "kind.investor": 1.5,
    "kind.person": -1.5, "is_city": -1.5, "is_place": -1.0, "is.rival": -2.0, "is.product": -2.0,
    "is.source": -1.5, "is.person": -1.5, "gets:kind.state": -1.0, "programme:kind.state": 2.0,
}  # fmt: skip


def fit_investors(
    cases: Sequence[Case], own_of: Callable[[Case], Weighed | None], fit: Fit
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Weights of all deals, and what is added to them for the deals of each group."""
    rows: list[Signs] = []
    right: list[bool] = []
    of: list[Case] = []
    for case in cases:
        if case.deal is None:
            continue
        for signs, is_investor in _asked(case, own_of(case)):
            rows.append(signs)
            right.append(is_investor)
            of.append(case)
    keys = sorted({key for row in rows for key in row})
    at = {key: number for number, key in enumerate(keys)}
    # Most signs are 0: the whole table would be gigabytes.
    matrix = sparse.csr_matrix(
        (
            [value for row in rows for value in row.values()],
            [at[key] for row in rows for key in row],
            np.cumsum([0, *map(len, rows)]),
        ),
        shape=(len(rows), len(keys)),
    )
    answers, weights = np.array(right), np.array([case.weight for case in of])
    folds, unread = np.array([c.fold for c in of]), np.array([c.is_unread for c in of])
    said = np.zeros(len(rows))
    for fold in range(FOLDS):
        chosen = folds != fold
        learned = fit(keys, matrix[chosen], answers[chosen], weights[chosen])
        said[folds == fold] = matrix[folds == fold] @ learned
    for name, some in (("all", np.ones(len(rows), bool)), ("unread", unread)):
        hits = ((said > 0) & answers & some).sum()
        precision, recall = hits / ((said > 0) & some).sum(), hits / (answers & some).sum()
        print(f"investors {name}: precision {precision:.3f}, recall {recall:.3f} of those named")
    whole = dict(zip(keys, fit(keys, matrix, answers, weights), strict=True))
    by_group: dict[str, dict[str, float]] = {name: {} for name in map(group_of, Role)}
    for key, value in whole.items():
        group, colon, sign = key.partition(":")
        if colon:
            by_group[group][sign] = value
    return {key: value for key, value in whole.items() if ":" not in key}, by_group


def find_standing(case: Case, own: Weighed | None) -> tuple[list[Candidate], list[Signs]]:
    """The names near the deal, and how each stands for a deal of its kind.

    What the words around them say is what others taught.
    """
    deal: Mapping[str, Any] = case.deal or {}
    sentences = parties._sentences(case.scan, own)
    found = find_candidates(case.scan, sentences)
    asked = parties._asked(case.scan, sentences, found, Role(deal["kind"]))
    standing = standing_signs(case.scan, found, own.sum if own is not None else None)
    standing = [one | said for one, said in zip(standing, case.around, strict=True)]
    return found, with_sides(standing, found, asked.pointed, asked.givers)


def _asked(case: Case, own: Weighed | None) -> Sequence[tuple[Signs, bool]]:
    """The signs of each name near the deal, and whether it is one of its investors."""
    deal: Mapping[str, Any] = case.deal or {}
    found, standing = find_standing(case, own)
    signs = investor_signs(standing)
    group = group_of(Role(deal["kind"]))
    return [
        (
            said | {f"{group}:{key}": value for key, value in said.items()},
            any(is_right(one.name.text, str(name)) for name in deal["investors"]),
        )
        for one, said in zip(found, signs, strict=True)
    ]
