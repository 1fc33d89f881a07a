"""Whatever the house may say comes back from JSON as it went in."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import (
    Claim,
    Evidence,
    Figure,
    Party,
    Period,
    Published,
    Reading,
    Reason,
    Role,
    Side,
    Stage,
)
from crawler.storage.codec import decode, encode, instant_text, writable

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
money = st.decimals(
    0, Decimal("9e30"), allow_nan=False, allow_infinity=False, places=2
) | st.builds(lambda n, e: Decimal(n).scaleb(e), st.integers(1, 99), st.integers(-3, 15))
zones = st.integers(-14 * 4, 14 * 4).map(lambda n: timezone(timedelta(minutes=15 * n)))
instants = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=zones)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    low, high = sorted([draw(money), draw(money)])
    side = draw(st.sampled_from(["range", "floor", "ceiling"]))
    return Figure(
        low=None if side == "ceiling" else low,
        high=None if side == "floor" else high,
        currency=draw(st.none() | st.sampled_from(["USD", "SAR"])),
        text=draw(words),
        start=draw(st.integers(0, 10**6)),
        approximate=draw(st.booleans()),
    )


def some(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=2).map(tuple)


places = st.none() | st.integers(0, 10**6)
reasons = some(st.builds(Reason, code=words, text=words, start=places, facts=some(words)))
parties = st.builds(Party, name=words, side=st.sampled_from(Side), id=st.none() | words, key=words)
periods = st.tuples(st.integers(1990, 2040), st.integers(0, 9)).map(
    lambda years: Period(first_year=years[0], last_year=sum(years))
)
claims = st.builds(
    Claim,
    role=st.sampled_from(Role),
    stage=st.sampled_from(Stage),
    main=st.booleans(),
    figure=st.none() | figures(),
    restated=some(figures()),
    period=st.none() | periods,
    parties=some(parties),
    place=st.none() | words,
    sentence=words,
    start=st.integers(0, 10**6),
    reasons=reasons,
)
readings = st.builds(
    Reading,
    language=st.none() | words,
    ai_investment=st.booleans(),
    figures=some(figures()),
    claims=some(claims),
    reader_version=words,
    lexicon_hash=words,
    reasons=reasons,
)
published = st.builds(
    Published, at=instants, evidence=st.sampled_from(Evidence), day_only=st.booleans(), raw=words
)

KINDS = {
    "a reading": (Reading, readings),
    "perhaps a figure": (Figure | None, st.none() | figures()),
    "parties": (tuple[Party, ...], some(parties)),
    "reasons": (tuple[Reason, ...], reasons),
    "a date of publication": (Published, published),
}


@pytest.mark.parametrize(("kind", "values"), KINDS.values(), ids=KINDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_comes_back_equal(kind: Any, values: st.SearchStrategy[Any], data: st.DataObject) -> None:
    value = data.draw(values)

    assert decode(kind, encode(value)) == value


def test_money_is_text_with_every_digit() -> None:
    figure = Figure(low=Decimal("0.1"), high=Decimal("6E+10"), currency="USD", text="x", start=0)

    stored = json.loads(encode(figure))

    assert (stored["low"], stored["high"]) == ("0.1", "6E+10")


def test_the_zone_that_the_page_gave_is_kept() -> None:
    riyadh = timezone(timedelta(hours=3))
    told = Published(at=datetime(2026, 1, 29, 1, tzinfo=riyadh), evidence=Evidence.META)

    back = decode(Published, encode(told))

    assert back.at.date() == date(2026, 1, 29)
    assert back.at.utcoffset() == timedelta(hours=3)


def test_a_row_from_before_a_field_existed_gets_its_default() -> None:
    stored = '{"code":"ai_word","text":"says AI","gone":1}'

    assert decode(Reason, stored) == Reason(code="ai_word", text="says AI")


def test_a_row_without_a_field_that_has_no_default_is_refused() -> None:
    with pytest.raises(KeyError):
        decode(Party, '{"name":"Meta"}')


def test_signs_that_no_database_takes_are_replaced_one_by_one() -> None:
    text = "Acme \ud800 raises \0 $120m"

    assert writable(text) == "Acme \ufffd raises \ufffd $120m"
    assert decode(Party, encode(Party(name=text, side=Side.OTHER))).name == writable(text)


def test_the_text_order_of_instants_is_their_order() -> None:
    cairo = timezone(timedelta(hours=2))
    early = datetime(2026, 1, 29, 1, 30, tzinfo=cairo)
    late = datetime(2026, 1, 29, 0, 0, 0, 1, tzinfo=UTC)

    assert instant_text(early) < instant_text(late)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        instant_text(datetime(2026, 1, 29))
