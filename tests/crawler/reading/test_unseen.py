"""Sentences by an author who saw no lexicon, and on whom nothing was tuned: how many are read?

They stayed unread until every lexicon was written, and are reported apart from the others. Run
this file with -s to see the table. F1 is over amounts, as value and currency; `top` is the share
of sentences whose largest amount is right; `clean` that of sentences without money left empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crawler.reading.figures import find_figures
from tests.crawler.reading.test_news import LANGUAGES, lexicon, load, parse, told

FOLDER = Path(__file__).parent / "unseen"
Amount = tuple[Decimal, Decimal, str | None]


def closed(low: Decimal | None, high: Decimal | None, currency: str | None) -> Amount:
    """As scores compare amounts: an open side counts as the other one."""
    either = low if low is not None else high
    assert either is not None
    return (low if low is not None else either, high if high is not None else either, currency)


def answers(language: str) -> Iterator[tuple[list[Amount], list[Amount]]]:
    """What each sentence says, and what was read, without being told the source's country."""
    for entry in load(FOLDER / f"{language}.yaml")["news"]:
        found: list[Any] = list(find_figures(entry["text"], lexicon(language)))
        yield (
            [closed(*parse(wanted)) for wanted in entry["figures"]],
            [closed(*told(figure)) for figure in found],
        )


def score(pairs: list[tuple[list[Amount], list[Amount]]]) -> tuple[float, float, float]:
    """F1, top and clean."""
    right = sum((Counter(a) & Counter(b)).total() for a, b in pairs)
    count = sum(len(a) + len(b) for a, b in pairs)
    stated = [(max(a), max(b, default=None)) for a, b in pairs if a]
    empty = [b for a, b in pairs if not a]
    top = sum(meant == read for meant, read in stated) / len(stated)
    return 2 * right / count, top, sum(not b for b in empty) / max(1, len(empty))


@pytest.fixture(scope="module")
def table() -> dict[str, list[tuple[list[Amount], list[Amount]]]]:
    known = [language for language in LANGUAGES if (FOLDER / f"{language}.yaml").exists()]
    return {language: list(answers(language)) for language in known}


def test_what_nobody_tuned_on_is_read(
    table: dict[str, list[tuple[list[Amount], list[Amount]]]],
) -> None:
    everything = [pair for pairs in table.values() for pair in pairs]
    rows = {**table, "all": everything}
    lines = [
        f"{name:4} {len(pairs):4} sentences  F1 {f1:.3f}  top {top:.3f}  clean {clean:.3f}"
        for name, pairs in rows.items()
        for f1, top, clean in [score(pairs)]
    ]
    print("\n" + "\n".join(lines))

    f1, top, clean = score(everything)

    assert len(table) >= 15
    assert (f1 >= 0.95, top >= 0.96, clean >= 0.99) == (True, True, True), "\n".join(lines)
