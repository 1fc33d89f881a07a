"""How much does each sign say of whether a deal's sum is told at all? Part of fit_weights.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from crawler.reading.signs import Signs
from crawler.reading.stated import stated_signs
from crawler.reading.weigh import total
from tests.crawler.reading.labelled import is_sum_of

if TYPE_CHECKING:
    from tests.crawler.reading.fit_weights import Case

Table = Any  # numpy.ndarray
Fit = Callable[[Sequence[str], Table, Table, Table], Table]
FOLDS = 10


def fit_stated(cases: Sequence[Case], weights: Mapping[str, float], fit: Fit) -> dict[str, float]:
    """Weights of the signs; `weights`: by them the best sum is chosen, as the reader does.

    Stories whose best sum is another than the deal's teach nothing here.
    """
    rows: list[Signs] = []
    told: list[bool] = []
    of: list[Case] = []
    for case in cases:
        if case.deal is None or not case.sums:
            continue
        group, signs = max(case.sums, key=lambda one: total(one[1], weights))
        is_told = case.deal["low"] is not None
        figures = (group.sum.figure, *(one.figure for one in group.restated))
        if not is_told or any(is_sum_of(figure, case.deal) for figure in figures):
            rows.append(stated_signs(case.scan, group, signs, total(signs, weights)))
            told.append(is_told)
            of.append(case)
    keys = sorted(rows[0])
    matrix = np.array([[row[key] for key in keys] for row in rows])
    answers, folds = np.array(told), np.array([case.fold for case in of])
    counts = np.ones(len(rows))
    said = np.zeros(len(rows))
    for fold in range(FOLDS):
        some = folds != fold
        said[~some] = matrix[~some] @ fit(keys, matrix[some], answers[some], counts[some])
    for name, some in (("a told sum is kept", answers), ("an untold one is left out", ~answers)):
        print(f"{name}: {((said > 0) == answers)[some].mean():.3f} of {some.sum()}")
    return dict(zip(keys, fit(keys, matrix, answers, counts), strict=True))
