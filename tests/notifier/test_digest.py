"""What a digest adds up: low ends of what is sure to come, nothing twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from crawler.model import Stage
from crawler.storage.period import Counts, Said
from notifier.digest import digest_of
from notifier.model import Digest

ADDENDS = {
    "a range by its low end": (("60bn", "65bn"), {}, "60bn"),
    "over": (("11bn", None), {}, "11bn"),
    "a point in another currency": (("36.725bn", "same", "AED"), {}, "10bn"),
    "up to, of which nothing is sure": ((None, "40bn"), {}, None),
    "talks": (("40bn",), {"stage": Stage.IN_TALKS}, None),
    "a rumour": (("40bn",), {"stage": Stage.RUMOURED}, None),
    "a part of a larger deal": (("10bn",), {"part_of": 116}, None),
    "a currency without a rate": (("5bn", "same", "XTS"), {}, None),
}


@pytest.mark.parametrize(("figure", "deal", "dollars"), ADDENDS.values(), ids=ADDENDS)
def test_what_a_deal_adds_to_the_total(
    tell: Any, figure: tuple[Any, ...], deal: dict[str, Any], dollars: str | None
) -> None:
    told, stage = tell.figure(*figure), deal.get("stage", Stage.ANNOUNCED)
    said = Said(
        rule_id="mega-ai",
        answer="fire",
        kind="alert",
        reasons=(),
        at=tell.now,
        deal=tell.deal(told, **deal),
        change=tell.change(after=told, stage_after=stage),
        published=None,
        source_id="alqiyady",
    )

    (entry,) = _of_a_day(tell, [said], currency="USD").new

    assert entry.dollars == (Decimal(tell.amount(dollars)) if dollars else None)


def _of_a_day(tell: Any, said: list[Said], *, currency: str) -> Digest:
    return digest_of(
        said,
        [],
        Counts(),
        [],
        listed_before=(),
        introduced={},
        since=tell.now - timedelta(days=1),
        until=tell.now,
        weekly=False,
        currency=currency,
        rates=tell.rates,
    )


# the reader's currency, what the totals are told in, and how much of it a dollar is
CURRENCIES = {
    "dollars": ("USD", "USD", "1"),
    "another": ("AED", "AED", "3.6725"),
    "one without a rate": ("XTS", "USD", "1"),
}


@pytest.mark.parametrize(("asked", "told", "per_dollar"), CURRENCIES.values(), ids=CURRENCIES)
def test_totals_are_told_in_the_currency_of_their_reader(
    tell: Any, asked: str, told: str, per_dollar: str
) -> None:
    digest = _of_a_day(tell, [], currency=asked)

    assert (digest.currency, digest.per_dollar) == (told, Decimal(per_dollar))
