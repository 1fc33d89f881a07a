"""Learn which words beside a name are part of it (crawler/reading/spans.py). Run by fit_weights."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from crawler.reading.candidates import Candidate
from crawler.reading.letters import JOINS, OF_PLACE, PLACES, Letters
from crawler.reading.likeness import digest_of
from crawler.reading.spans import Span, find_edges
from crawler.text.fold import fold
from tests.crawler.reading.fit_letters import Fit, table_of, tables_of

if TYPE_CHECKING:
    from tests.crawler.reading.fit_weights import Case

Asked = tuple[set[int], bool]  # what tells of a word beside a name, and whether it is part of it


def fit_spans(
    cases: Sequence[Case],
    found: Sequence[Sequence[Candidate]],
    folds: int,
    fit_to: Callable[[Any, Any], Fit],
) -> tuple[list[Case], bytes]:
    """`cases`, each with its names as whole as others taught; and the table that all taught.

    `found`: the names of each case, not yet made whole.
    """
    asked = [
        (case, *one)
        for case, names in zip(cases, found, strict=True)
        for one in _asked(case, names)
    ]
    tables = tables_of(
        table_of([signs for _, signs, _ in asked]),
        np.array([case.fold % folds for case, *_ in asked]),
        np.array([case.is_plain for case, *_ in asked]),
        fit_to(
            np.array([is_part for *_, is_part in asked]),
            np.array([case.weight for case, *_ in asked]),
        ),
    )
    known = {fold: _letters(table) for fold, table in tables.items()}
    made = [
        replace(case, scan=replace(case.scan, around=known[case.fold % folds])) for case in cases
    ]
    return made, tables[None]


def _letters(table: bytes) -> Letters:
    """One that knows whether a word is part of a name, and nothing else."""
    data = b"".join(table if one == JOINS else bytes(PLACES) for one in OF_PLACE)
    return Letters(OF_PLACE, data, digest=digest_of(data))


def _asked(case: Case, names: Sequence[Candidate]) -> Iterator[Asked]:
    """The words beside each of `names` that is a party, or holds or belongs to one."""
    text = case.scan.folded.text
    told = {fold(name) for name in (case.gets, *case.gives) if name}
    parties = [m.span() for name in told for m in re.finditer(re.escape(name), text)]
    for one in names:
        if one.name.id is not None:
            continue
        for sentence, start, end in one.places:
            over = [(a, b) for a, b in parties if a < end and start < b]
            if not over:
                continue
            first, last = max(over, key=lambda party: party[1] - party[0])
            asked: list[Asked] = []

            def belongs(signs: set[int], word: Span, _: bool) -> bool:
                is_part = first <= word[0] and word[1] <= last  # noqa: B023
                asked.append((signs, is_part))  # noqa: B023
                return is_part

            find_edges(case.scan, sentence, start, end, belongs)
            yield from asked
