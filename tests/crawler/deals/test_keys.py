"""A deal whose parties are written otherwise is found by its sum and its weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.deals.keys import keys_of
from crawler.model import Claim, Evidence, Published
from tests.crawler.deals.test_match import RATES, claim

TOLD = claim("debt", "8.4", "closed", to="Kencana Digital")


def keys(told: Claim, on: str) -> frozenset[str]:
    at = datetime.fromisoformat(on).replace(tzinfo=UTC)
    published = Published(at=at, evidence=Evidence.FEED)
    return keys_of([told], rates=RATES, published=published)


@pytest.mark.parametrize(
    ("says", "on", "is_found"),
    [
        ("8.4", "2026-02-11", True),
        ("6.72 EUR", "2026-02-11", True),  # 8.4bn dollars at the rate of the tests
        ("9.2", "2026-02-11", True),  # a tenth more
        ("7.7", "2026-01-20", True),  # and weeks earlier
        ("12", "2026-02-11", False),
        ("8.4 ZZZ", "2026-02-11", False),  # a currency without a rate
        ("8.4", "2026-09-11", True),  # by the sum as it is told
        ("6.72 EUR", "2026-09-11", False),
    ],
)
def test_a_like_sum_of_those_weeks_is_found(says: str, on: str, is_found: bool) -> None:
    other = claim("debt", says, "closed", to="केनचाना डिजिटल")

    assert bool(keys(TOLD, "2026-02-10") & keys(other, on)) is is_found


def test_a_mention_and_an_undated_story_are_found_by_what_they_say_alone() -> None:
    other = claim("debt", "6.72 EUR", "closed", to="केनचाना डिजिटल")

    assert not keys(TOLD, "2026-02-10") & keys(replace(other, main=False), "2026-02-10")
    assert not keys(TOLD, "2026-02-10") & keys_of([other], rates=RATES, published=None)
