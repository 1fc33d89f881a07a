"""Which of the known deals a claim is about: one table of claims told beside seven deals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from config.model import Rate
from crawler.deals.match import match_claim
from crawler.deals.rates import build_rates
from crawler.model import Claim, Deal, Figure, Party, Period, Reason, Role, Side, Stage
from crawler.text.skeleton import skeleton

RATES = build_rates(
    [
        Rate.model_validate(
            {"currency": c, "per_usd": value, "on": "2026-03-01", "kind": kind, "source": "a test"}
        )
        for c, value, kind in (("AED", "3.6725", "peg"), ("EUR", "0.8", "ecb"))
    ]
)
KNOWN = {
    "Meta": "meta",
    "ميتا": "meta",
    "Nvidia": "nvidia",
    "إنفيديا": "nvidia",
    "IBM": "ibm",
    "آي بي إم": "ibm",
    "xAI": "xai",
    "Anthropic": "anthropic",
    "إكس إيه آي": "xai",
}


def bn(words: str | None) -> Figure | None:
    if words is None:
        return None
    number, _, currency = words.partition(" ")
    low, _, high = number.partition("-")
    return Figure(
        low=Decimal(low) * 10**9,
        high=Decimal(high or low) * 10**9,
        currency=currency or "USD",
        text=words,
        start=0,
    )


def parties(by: str = "", to: str = "") -> tuple[Party, ...]:
    return tuple(
        Party(name=name, side=side, id=KNOWN.get(name), key=skeleton(name))
        for side, names in ((Side.INVESTOR, by), (Side.RECIPIENT, to))
        for name in names.split(", ")
        if name
    )


def years(words: str | None) -> Period | None:
    first, _, last = (words or "").partition("-")
    return Period(first_year=int(first), last_year=int(last or first)) if first else None


def deal(number: int, kind: str, says: str | None, on: str, stage: str, **more: Any) -> Deal:
    at = datetime.fromisoformat(on).replace(tzinfo=UTC)
    return Deal(
        id=number,
        kind=Role(kind),
        stage=Stage(stage),
        parties=parties(more.get("by", ""), more.get("to", "")),
        perhaps=parties(to=more.get("perhaps", "")),
        period=years(more.get("period")),
        place=more.get("place"),
        figure=bn(says),
        part_of=more.get("part_of"),
        change_count=1,
        opened_at=at,
        changed_at=at,
    )


DEALS = (
    deal(1, "capex_plan", "115-135", "2026-01-29", "planned", by="Meta", period="2026"),
    deal(2, "funding_round", "20", "2026-01-06", "closed", by="Nvidia, Valor", to="xAI"),
    deal(3, "acquisition", "1.2", "2026-02-10", "rumoured", by="Pomelo", to="Vocalis"),
    deal(4, "investment_commitment", "3.67 AED", "2026-02-01", "announced", by="Noor Compute",
         place="abu dhabi"),
    deal(5, "part_of", "10", "2026-01-29", "planned", by="Meta", place="louisiana", part_of=1),
    deal(6, "funding_round", "0.5", "2026-02-20", "in_talks", to="Tessera Labs"),
    deal(7, "government_programme", "2.5 EGP", "2026-02-20", "announced", by="الحكومة المصرية"),
    deal(9, "acquisition", "1.2", "2026-02-12", "denied", by="Halden", to="Alpkern"),
    deal(10, "acquisition", "1.7", "2026-02-10", "in_talks", by="IBM", to="Runway"),
    deal(11, "investment_commitment", "109 EUR", "2026-02-10", "announced", by="IBM"),
    deal(12, "grant", "0.3", "2026-02-20", "announced", to="Patois", perhaps="Halle Lab"),
    deal(13, "investment_commitment", "1.3", "2026-02-20", "announced", by="Nvidia",
         to="Piombino Marittima"),
    deal(8, "debt", "2.3", "2026-02-20", "closed", by="Blackmoor, Ashdown", to="GridPeak"),
)  # fmt: skip


def claim(role: str, says: str | None, stage: str = "announced", **more: Any) -> Claim:
    return Claim(
        role=Role(role),
        stage=Stage(stage),
        main=more.get("main", True),
        figure=bn(says),
        restated=tuple(f for f in [bn(more.get("restated"))] if f),
        parties=parties(more.get("by", ""), more.get("to", "")),
        perhaps=parties(to=more.get("perhaps", "")),
        period=years(more.get("period")),
        place=more.get("place"),
        says_changed=more.get("changed", False),
        sentence="a sentence",
        start=0,
        reasons=(Reason(code="correction", text=""),) if more.get("corrects") else (),
    )


# the claim, the day of telling, the number of its deal (None: another one)
TOLD: dict[str, tuple[Claim, str, int | None]] = {
    # plans
    "the plan, its high end": (
        claim("capex_plan", "135", by="ميتا", period="2026"), "2026-02-04", 1),
    "the plan, raised": (
        claim("capex_plan", "145-150", by="Meta", period="2026"), "2026-07-30", 1),
    "the plan, called a commitment": (
        claim("investment_commitment", "135", by="Meta"), "2026-02-04", 1),
    "the plan, its year not named": (claim("capex_plan", "130-140", by="Meta"), "2026-04-29", 1),
    "last year's plan": (
        claim("capex_plan", "66-72", by="Meta", period="2025"), "2026-02-04", None),
    "next year's plan": (
        claim("capex_plan", "115-135", by="Meta", period="2027"), "2026-10-29", None),
    "next year's plan, its year not named": (
        claim("capex_plan", "170-180", by="Meta"), "2027-01-29", None),
    "a plan of many years": (
        claim("capex_plan", "600", by="Meta", period="2025-2028"), "2026-02-04", None),
    "a plan of another order": (
        claim("capex_plan", "3", by="Meta", period="2026"), "2026-02-04", None),
    "another company's plan with that sum": (
        claim("capex_plan", "115-135", by="Nvidia", period="2026"), "2026-02-04", None),
    # parts and places
    "the part, as the news": (
        claim("investment_commitment", "10", by="Meta", place="louisiana"), "2026-02-04", 5),
    "the part, in Arabic letters": (
        claim("part_of", "10", by="ميتا", place="لويزيانا"), "2026-02-04", 5),
    "a part at another place": (
        claim("part_of", "10", by="Meta", place="ohio"), "2026-02-04", None),
    "a site, in dollars": (
        claim("investment_commitment", "1", by="Noor Compute", place="abu dhabi"), "2026-02-02", 4),
    "a site, its place not named": (
        claim("investment_commitment", "3.67 AED", by="Noor Compute"), "2026-02-02", 4),
    "a second site with the same sum": (
        claim("investment_commitment", "3.67 AED", by="Noor Compute", place="al ain"),
        "2026-03-02", None),
    "another sum, its place not named": (
        claim("investment_commitment", "9 AED", by="Noor Compute"), "2026-02-02", None),
    # rounds
    "the round, in Arabic": (
        claim("funding_round", "20", "closed", to="إكس إيه آي"), "2026-01-07", 2),
    "one investor's part of it": (
        claim("investment_commitment", "2", "closed", by="Nvidia", to="xAI"), "2026-01-08", 2),
    "the talks before it, found late": (
        claim("funding_round", "15", "in_talks", to="xAI"), "2025-11-13", 2),
    "a new round": (claim("funding_round", "30", "in_talks", to="xAI"), "2026-06-01", None),
    "a new round of the same size": (
        claim("funding_round", "20", "in_talks", to="xAI"), "2026-06-01", None),
    "the same investors and sum elsewhere": (
        claim("funding_round", "20", "closed", by="Nvidia, Valor", to="Anthropic"),
        "2026-01-07", None),
    "a seldom sum of the same two lenders, a name misread": (
        claim("debt", "2.3", "closed", by="Ashdown, Blackmoor", to="Basispunkte"),
        "2026-02-22", 8),
    "a seldom sum of one of them, for somebody else": (
        claim("debt", "2.3", "closed", by="Ashdown", to="Rheinrechner"), "2026-02-22", None),
    "a smaller round of that company, the next day": (
        claim("funding_round", "8", "closed", to="xAI"), "2026-01-07", None),
    "a larger round of that company, the next day": (
        claim("funding_round", "50", "closed", by="Northgate, Temsi", to="xAI"),
        "2026-01-07", None),
    "a loan of that company": (claim("debt", "5", "closed", to="xAI"), "2026-01-07", None),
    "a small loan of who talks of a round": (
        claim("debt", "0.1", "closed", by="Ashdown", to="Tessera Labs"), "2026-03-10", None),
    "the round, called a loan": (claim("debt", "20", "closed", to="xAI"), "2026-01-07", 2),
    "talks, grown": (claim("funding_round", "0.75", "closed", to="Tessera Labs"), "2026-04-01", 6),
    "talks, in a shorter name": (
        claim("funding_round", "0.5", "in_talks", to="Tessera"), "2026-02-21", 6),
    "talks, no amount": (claim("funding_round", None, "rumoured", to="Tessera Labs"),
                         "2026-02-25", 6),
    "talks, a year later, no amount": (
        claim("funding_round", None, "rumoured", to="Tessera Labs"), "2027-02-25", None),
    "talks, a nought too many": (
        claim("funding_round", "5", "in_talks", to="Tessera Labs"), "2026-02-21", 6),
    "talks, ten times, months later": (
        claim("funding_round", "5", "in_talks", to="Tessera Labs"), "2026-09-21", None),
    "talks, corrected": (
        claim("funding_round", "0.1", "in_talks", to="Tessera Labs", corrects=True),
        "2026-02-25", 6),
    # takeovers
    "the takeover, dearer": (
        claim("acquisition", "1.5", by="بوميلو", to="فوكاليس"), "2026-03-01", 3),
    "the takeover by another buyer": (
        claim("acquisition", "1.5", by="Nvidia", to="Runway"), "2026-03-01", None),
    "the buyer buys another": (
        claim("acquisition", "1.2", by="Pomelo", to="Marrowbone"), "2026-03-01", None),
    "its denial, no sum": (
        claim("acquisition", None, "denied", by="Pomelo", to="Vocalis"), "2026-02-12", 3),
    "its denial by the target alone": (
        claim("funding_round", None, "denied", to="Vocalis"), "2026-02-12", 3),
    "its denial, the target named by two consonants": (
        claim("acquisition", None, "denied", by="آي بي إم", to="رانواي"), "2026-02-12", 10),
    "its denial, the target translated": (
        claim("acquisition", "1.7", "denied", by="IBM", to="مختبر الصوت"), "2026-02-12", 10),
    "its denial, both sides read wrongly": (
        claim("investment_commitment", "1.7", "denied", by="رانواي", to="آي بي إم"),
        "2026-02-12", 10),
    "its denial, the target and sum others": (
        claim("acquisition", "4", "denied", by="IBM", to="مختبر الصوت"), "2026-02-12", None),
    "a denial about another": (
        claim("acquisition", None, "denied", by="Pomelo", to="Marrowbone"), "2026-02-12", None),
    "its denial, with another sum": (
        claim("acquisition", "9", "denied", by="Pomelo", to="Vocalis"), "2026-02-12", 3),
    "a denial of talks long after the round": (
        claim("funding_round", None, "denied", to="xAI"), "2026-06-12", None),
    "told from the other side": (
        claim("funding_round", "0.5", "in_talks", by="Tessera Labs"), "2026-02-21", 6),
    # denied deals
    "the rumour again, after its denial": (
        claim("acquisition", "1.2", "rumoured", by="Halden", to="Alpkern"), "2026-02-20", 9),
    "new talks, long after the denial": (
        claim("acquisition", "1.2", "in_talks", by="Halden", to="Alpkern"), "2026-08-20", None),
    "made after all": (
        claim("acquisition", "1.2", "announced", by="Halden", to="Alpkern"), "2026-08-20", 9),
    # two scripts
    "a state, translated, a sum seldom met": (
        claim("government_programme", "2.5 EGP", by="Government of Egypt"), "2026-02-21", 7),
    "a state, translated, another sum": (
        claim("government_programme", "3.5 EGP", by="Government of Egypt"), "2026-02-21", None),
    "a loan, its lenders not named": (
        claim("debt", "2.3", "closed", to="غريدبيك"), "2026-02-22", 8),
    "lenders lend again": (
        claim("debt", "1.8", "closed", by="Blackmoor, Ashdown", to="Ferrous Cloud"),
        "2026-03-22", None),
    "nobody named, a sum seldom met": (
        claim("government_programme", "2.5 EGP"), "2026-02-21", 7),
    "nobody named, a seldom sum of the other kind of money": (
        claim("debt", "1.84 EUR", "closed"), "2026-02-21", None),
    "nobody named, that sum through a peg": (
        claim("debt", "8.447 AED", "closed"), "2026-02-21", 8),
    "a denial that names nobody, with that sum": (
        claim("government_programme", "2.5 EGP", "denied"), "2026-02-21", None),
    "nobody named, a sum often met": (
        claim("funding_round", "0.5", "in_talks"), "2026-02-21", None),
    "who gives to many, the same sum for a place in another script": (
        claim("investment_commitment", "1.3", by="إنفيديا", to="حقول عبري"), "2026-02-21", 13),
    "who gives to many, that sum a month later": (
        claim("investment_commitment", "1.3", by="إنفيديا", to="حقول عبري"), "2026-03-25", None),
    "who gives to many, another sum": (
        claim("investment_commitment", "1.1", by="إنفيديا", to="حقول عبري"), "2026-02-21", None),
    "who gives to many, no sum": (
        claim("investment_commitment", None, by="إنفيديا", to="حقول عبري"), "2026-02-21", None),
    "a plan, raised, its aim named otherwise": (
        claim("capex_plan", "125-145", by="ميتا", to="بروميثيوس", period="2026"), "2026-04-30", 1),
    "a denial that names only who may be meant, no sum": (
        claim("acquisition", None, "denied", perhaps="Runway"), "2026-02-12", 10),
    "a denial that names nobody but by sound, with that sum": (
        claim("investment_commitment", "3.67 AED", "denied", by="نور للحوسبة"),
        "2026-02-03", None),
    # the aim worded otherwise, and sums that everybody talks of
    "the site, for another outlet the country, two days later": (
        claim("investment_commitment", "3.67 AED", by="Noor Compute", place="uae"),
        "2026-02-03", 4),
    "a second site with the same sum, a week later": (
        claim("investment_commitment", "3.67 AED", by="Noor Compute", place="al ain"),
        "2026-02-08", None),
    "a huge sum, the giver named otherwise": (
        claim("investment_commitment", "109 EUR", by="Macron"), "2026-02-13", 11),
    "a huge sum, told of another kind of deal": (
        claim("government_programme", "109 EUR", by="Macron"), "2026-02-13", None),
    "a huge sum, nobody named, weeks later": (
        claim("government_programme", "109 EUR"), "2026-03-13", None),
    "a huge sum of another known giver": (
        claim("investment_commitment", "109 EUR", by="Nvidia"), "2026-02-13", None),
    "a huge sum for a company": (
        claim("funding_round", "109 EUR", to="Lumnéa"), "2026-02-13", None),
    # recipients that may be read wrongly
    "a product read as who raises, its maker named beside it": (
        claim("funding_round", "0.5", "closed", to="Lantern", perhaps="Tessera Labs"),
        "2026-02-22", 6),
    "the same, three months later": (
        claim("funding_round", "0.5", "closed", to="Lantern", perhaps="Tessera Labs"),
        "2026-05-26", None),
    "the same, with a sum of another order": (
        claim("funding_round", "0.04", "closed", to="Lantern", perhaps="Tessera Labs"),
        "2026-02-22", None),
    "who was only perhaps meant before": (
        claim("grant", "0.3", to="Halle Lab"), "2026-02-22", 12),
    "a sum seldom met, a week later": (
        claim("debt", "2.3", "closed", to="Lantern", perhaps="GridPeak"), "2026-02-27", 8),
    "nobody named, a sum seldom met, a week later": (
        claim("debt", "2.3", "closed"), "2026-02-27", None),
    "a name that sounds alike, and that sum": (
        claim("investment_commitment", "3.67 AED", by="نور للحوسبة"), "2026-02-03", 4),
    "a name that sounds alike, a sum alike through a rate": (
        claim("investment_commitment", "0.8 EUR", by="نور للحوسبة"), "2026-02-03", None),
    "a name that sounds alike, and that sum, a month later": (
        claim("investment_commitment", "3.67 AED", by="نور للحوسبة"), "2026-03-03", None),
    # mentioned
    "mentioned, with its sum": (
        claim("funding_round", "20", "closed", to="xAI", main=False), "2026-02-22", 2),
    "mentioned, with another sum": (
        claim("funding_round", "6", "closed", to="xAI", main=False), "2026-02-22", None),
    "nobody in common": (claim("funding_round", "0.5", to="Lumnéa"), "2026-02-22", None),
}  # fmt: skip


@pytest.mark.parametrize(("told", "on", "number"), TOLD.values(), ids=TOLD)
def test_claim_is_about(told: Claim, on: str, number: int | None) -> None:
    match = match_claim(told, DEALS, rates=RATES, published_on=date.fromisoformat(on))

    assert (match.deal.id if match.deal else None) == number, match.reasons
    assert match.reasons


def test_undated_claim_is_matched_without_time() -> None:
    told = claim("funding_round", "20", "closed", to="xAI")

    match = match_claim(told, DEALS, rates=RATES, published_on=None)

    assert match.deal is DEALS[1]


def test_refusal_names_the_deal_and_the_rule() -> None:
    told = claim("capex_plan", "115-135", by="Meta", period="2027")

    match = match_claim(told, DEALS, rates=RATES, published_on=date(2026, 10, 29))

    assert Reason(code="other_deal", text="deal 1: a plan for 2027, not for 2026") in match.reasons
