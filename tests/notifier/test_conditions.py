"""Rules asked about the January plan (README, "The test story")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crawler.model import ChangeKind, Figure, Role, Side, Stage
from notifier.conditions import CONDITIONS, Asked, Held, ask_all, is_at_least, is_party
from notifier.model import Told


def bn(low: str | None, high: str | None) -> Figure:
    whole = [None if side is None else Decimal(side) * 10**9 for side in (low, high)]
    return Figure(low=whole[0], high=whole[1], currency="USD", text="…", start=0)


ASKED = {
    "60 to 65, certainly 60": (bn("60", "65"), "60", True, True),
    "60 to 65, certainly 62": (bn("60", "65"), "62", True, False),
    "60 to 65, possibly 65": (bn("60", "65"), "65", False, True),
    "60 to 65, possibly 66": (bn("60", "65"), "66", False, False),
    "60 to 65, certainly 70": (bn("60", "65"), "70", True, False),
    "60 to 65, possibly 400": (bn("60", "65"), "400", False, False),
    "over 60, certainly 60": (bn("60", None), "60", True, True),
    "over 60, possibly 70": (bn("60", None), "70", False, False),
    "up to 65, certainly 1": (bn(None, "65"), "1", True, False),
    "up to 65, possibly 65": (bn(None, "65"), "65", False, True),
}


@pytest.mark.parametrize(("told", "limit", "certain", "answer"), ASKED.values(), ids=ASKED)
def test_rule_asks(told: Figure, limit: str, certain: bool, answer: bool) -> None:
    assert is_at_least(told, Decimal(limit) * 10**9, certain=certain) is answer


def ask(tell: Any, wish: dict[str, Any], **facts: Any) -> Held:
    """What the one condition in `wish` says of the January plan with `facts` changed."""
    deal = {key: facts.pop(key) for key in ("kind", "parties", "part_of") if key in facts}
    change = {key: facts.pop(key) for key in ("stage_after", "claim") if key in facts}
    figure = facts.pop("figure", None)
    asked = Asked(
        deal=tell.deal(figure, **deal),
        change=tell.change(ChangeKind.OPENED, None, figure, **change),
        history=tell.history(**facts),
        rates=tell.rates,
        today=date(2025, 1, 24),
        companies=tell.companies,
    )
    (held,) = ask_all(tell.conditions(**wish), asked)
    return held


AMOUNTS = {
    "dirhams against dollars, above": ("220bn", "240bn", "AED", "59bn USD", True, "amount_certain"),
    "dirhams against dollars, below": (
        "220bn", "240bn", "AED", "60bn USD", False, "amount_certain_not",
    ),
    "riyals exactly at the limit": ("3.75bn", "same", "SAR", "1bn USD", True, "amount_certain"),
    "dollars against euros": ("10bn", "same", "USD", "9.6bn EUR", True, "amount_certain"),
    "a currency without rate": ("10bn", "same", "XTS", "1bn USD", False, "amount_no_rate"),
    "no currency named": ("10bn", "same", None, "1bn USD", False, "amount_no_currency"),
    "up to, asked for certain": (None, "65bn", "USD", "1bn USD", False, "amount_only_up_to"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "currency", "limit", "holds", "code"), AMOUNTS.values(), ids=AMOUNTS
)
def test_amount(
    tell: Any, low: str, high: str, currency: str, limit: str, holds: bool, code: str
) -> None:
    held = ask(tell, {"at_least": limit}, figure=tell.figure(low, high, currency))

    assert (held.holds, held.reason.code) == (holds, code)


def test_amount_by_an_approximate_rate_says_so(tell: Any) -> None:
    held = ask(tell, {"at_least": "1bn USD"}, figure=tell.figure("60bn", currency="EGP"))

    assert held.holds
    assert "by an approximate rate alone" in held.reason.text


def test_no_amount_is_never_at_least_something(tell: Any) -> None:
    asked = Asked(
        deal=replace(tell.deal(), figure=None),
        change=replace(tell.change(), after=None),
        history=tell.history(),
        rates=tell.rates,
        today=date(2025, 1, 24),
    )

    (held,) = ask_all(tell.conditions(at_least="1bn USD"), asked)

    assert (held.holds, held.reason.code) == (False, "amount_missing")


PLAN = "Meta says that it will spend between 60 and 65 billion dollars on AI in 2025."


def told(source: str, **more: Any) -> Told:
    values: dict[str, Any] = {
        "source_id": source,
        "owner": source,
        "language": None,
        "country": None,
    }
    return Told(**(values | more))


HOLDS = {
    "kind": ({"kinds": ("capex_plan", "debt")}, {}, True),
    "another kind": ({"kinds": ("debt",)}, {}, False),
    "a part asked for as such": (
        {"kinds": ("part_of",)}, {"kind": Role.CAPEX_PLAN, "part_of": 7}, True,
    ),
    "stage": ({"stages": ("announced",)}, {}, True),
    "an earlier stage": ({"stages": ("closed",)}, {"stage_after": Stage.RUMOURED}, False),
    "language": ({"languages": ("ar",)}, {}, True),
    "another language": ({"languages": ("en", "fr")}, {}, False),
    "company by id": ({"companies": ("meta",)}, {}, True),
    "company by name": ({"companies": ("Meta",)}, {}, True),
    "company in another script": ({"companies": ("ميتا",)}, {}, True),
    "another company": ({"companies": ("OpenAI", "metal")}, {}, False),
    "investor": ({"investors": ("meta",)}, {}, True),
    "the investor is no recipient": ({"recipients": ("meta",)}, {}, False),
    "a company of the country": ({"company_countries": ("US",)}, {}, True),
    "no company of the country": ({"company_countries": ("AE",)}, {}, False),
    "an article in one of the languages": (
        {"languages": ("fr",)}, {"told_by": (told("a"), told("b", language="fr"))}, True,
    ),
    "a source told before": ({"sources": ("a",)}, {"told_by": (told("a"), told("b"))}, True),
    "two owners": ({"confirmed_by": 2}, {"told_by": (told("a"), told("b"))}, True),
    "two outlets of one owner": (
        {"confirmed_by": 2}, {"told_by": (told("a", owner="x"), told("b", owner="x"))}, False,
    ),
    "a wire's copy": (
        {"confirmed_by": 2},
        {"told_by": (told("a", sentence=PLAN), told("b", sentence=PLAN.upper()))},
        False,
    ),
    "a short sentence is no copy": (
        {"confirmed_by": 2},
        {"told_by": (told("a", sentence="Meta raises"), told("b", sentence="Meta raises"))},
        True,
    ),
    "a copy joins two owners": (
        {"confirmed_by": 2},
        {"told_by": (told("a"), told("b"), told("a", sentence=PLAN), told("b", sentence=PLAN))},
        False,
    ),
    "own spending is no equity": ({"counting": "equity"}, {}, False),
    "a round is": ({"counting": "equity"}, {"kind": Role.FUNDING_ROUND}, True),
    "a loan is not": ({"counting": "equity"}, {"kind": Role.DEBT}, False),
    "a loan counts where debt does": ({"counting": "equity_and_debt"}, {"kind": Role.DEBT}, True),
    "source": ({"sources": ("alqiyady",)}, {}, True),
    "another source": ({"sources": ("reuters",)}, {}, False),
    "no source known": ({"sources": ("reuters",)}, {"source": None}, False),
    "country": ({"countries": ("AE", "SA")}, {}, True),
    "another country": ({"countries": ("US",)}, {}, False),
    "country of no source": ({"countries": ("US",)}, {"source": None}, False),
}  # fmt: skip


@pytest.mark.parametrize(("wish", "facts", "holds"), HOLDS.values(), ids=HOLDS)
def test_condition(tell: Any, wish: dict[str, Any], facts: dict[str, Any], holds: bool) -> None:
    held = ask(tell, wish, **facts)

    assert held.holds is holds
    assert held.reason.text


def test_every_condition_that_a_rule_may_write_has_a_row(tell: Any) -> None:
    written = set(tell.conditions().model_fields) - {"confidence"}

    assert set(CONDITIONS) == written


NAMES = {
    "long names across scripts": ("SoftBank", None, "سوفت بنك", True),
    "short names across scripts": ("ميتا", None, "Meta", True),
    "short names in one script": ("Meta", None, "Mota", False),
    "id with a hyphen": ("Scale AI", "scale-ai", "سكيل", True),
    "no letters to compare": ("AI", None, "IO", False),
}


@pytest.mark.parametrize(("wanted", "id", "name", "same"), NAMES.values(), ids=NAMES)
def test_names(tell: Any, wanted: str, id: str | None, name: str, same: bool) -> None:
    assert is_party(wanted, tell.party(id, name, Side.RECIPIENT)) is same


def test_a_reason_never_carries_markup_from_a_page(tell: Any) -> None:
    held = ask(tell, {"companies": ("x",)}, parties=(tell.party(None, "<!channel> @all"),))

    assert "<" not in held.reason.text
    assert "@all" not in held.reason.text


FIRST = {
    "no earlier deal": ((), True),
    "a smaller one": (("9bn",), True),
    "a larger one": (("3bn", "12bn"), False),
}


@pytest.mark.parametrize(("earlier", "holds"), FIRST.values(), ids=FIRST)
def test_first_time_above_the_amount(tell: Any, earlier: tuple[str, ...], holds: bool) -> None:
    deals = tuple(
        tell.deal(tell.figure(amount), id=number) for number, amount in enumerate(earlier)
    )
    asked = Asked(
        deal=tell.deal(),
        change=tell.change(),
        history=tell.history(earlier=deals),
        rates=tell.rates,
        today=date(2025, 1, 24),
    )

    *_, held = ask_all(tell.conditions("10bn USD", first_above=True), asked)

    assert held.holds is holds
