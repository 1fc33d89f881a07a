"""Learn what each run of letters says of a deal: config/letters.bin. Run by fit_weights.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Any

import numpy as np
from scipy import sparse

from crawler.reading.letters import PLACES, UNIT
from tests.crawler.reading.fit_likeness import Learned

Table = Any  # numpy.ndarray
Fit = Callable[[Table, Table], Table]  # rows and which of them to learn from: weights
_HOLDS = 127  # the largest score


def table_of(found: Sequence[Set[int]], few: int = 1) -> Table:
    """Which runs each text holds; they weigh as in letters.py, fewer than `few` less."""
    sizes = np.array([len(one) for one in found])
    of_each = np.minimum(1, sizes / few) / np.sqrt(np.maximum(1, sizes))
    weights = np.repeat(of_each, sizes)
    at = np.concatenate([np.array(sorted(one), np.int32) for one in found])
    return sparse.csr_matrix((weights, at, np.cumsum([0, *sizes])), shape=(len(found), PLACES))


def learn(rows: Table, folds: Table, taught: Table, fit: Fit) -> Learned:
    """What a story says is learned from other folds, and from those alone that are `taught`."""
    by_fold = _weights(rows, folds, taught, fit)
    said = np.zeros(rows.shape[0])
    for fold in set(folds):
        said[folds == fold] = rows[folds == fold] @ by_fold[fold]
    return Learned(said, as_kept(by_fold[None]))


def tables_of(rows: Table, folds: Table, taught: Table, fit: Fit) -> dict[int | None, bytes]:
    """The table that all folds but one teach, by that fold; and by None that of all."""
    return {fold: as_kept(one) for fold, one in _weights(rows, folds, taught, fit).items()}


def _weights(rows: Table, folds: Table, taught: Table, fit: Fit) -> dict[int | None, Table]:
    others = {fold: taught & (folds != fold) for fold in sorted(set(folds.tolist()))}
    return {fold: _fitted(rows, some, fit) for fold, some in {**others, None: taught}.items()}


def as_kept(weights: Table) -> bytes:
    """A signed byte for each place."""
    scores = np.clip(np.rint(weights * UNIT), -_HOLDS, _HOLDS)
    return scores.astype(np.int8).tobytes()


def _fitted(rows: Table, taught: Table, fit: Fit) -> Table:
    """A weight for each place; those that no story fills say nothing."""
    used = np.unique(rows[taught].indices)
    weights = np.zeros(PLACES)
    weights[used] = fit(rows[:, used], taught)
    return weights
