"""Names and places in several scripts, and the keys under which a deal is found again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crawler.deals.names import Likeness, claim_keys, like_parties, like_places, party_keys
from crawler.model import Claim, Figure, Party, Role, Side, Stage
from crawler.text.skeleton import skeleton

SAME, NEAR, FAINT = Likeness.SAME, Likeness.NEAR, Likeness.FAINT
UNKNOWN, OTHER = Likeness.UNKNOWN, Likeness.OTHER


def party(name: str, company_id: str | None = None) -> Party:
    return Party(name=name, side=Side.RECIPIENT, id=company_id, key=skeleton(name))


NAMES = {
    "one spelling": ("Kestrelmind", "Kestrelmind", SAME),
    "letters of another case": ("KestrelMind", "Kestrelmind", SAME),
    "without its tail": ("Tessera", "Tessera Labs", SAME),
    "a tail in another script": ("Lumière IA", "لوميير", NEAR),
    "two Arabic spellings": ("أنثروبك", "أنثروبيك", SAME),
    "Arabic and Latin": ("Kestrelmind", "كسترلمايند", SAME),
    "Cyrillic": ("Gökbilge", "Гёкбильге", SAME),
    "three letters in two scripts": ("Tessel", "تيسل", NEAR),
    "two letters in two scripts": ("Fahim", "فهيم", FAINT),
    "the first word alone by sound": ("Noor Compute", "نور للحوسبة", FAINT),
    "translated": ("Public Investment Fund", "صندوق الاستثمارات العامة", UNKNOWN),
    "no skeleton": ("Yunhe", "云禾智能", UNKNOWN),
    "a part of the name": ("Pacific Sovereign", "Pacific Sovereign Fund", NEAR),
    "one word in common, not the first": ("Deutsche Telekom", "Deutsche Bank", OTHER),
    "a Chinese short form": ("雲岫", "雲岫科技", NEAR),
    "Chinese as China and Taiwan print it": ("驰简智行", "馳簡智行", SAME),
    "a Chinese short form in Japanese": ("拾步", "拾歩ロボティクス", NEAR),
    "others": ("Halcyon", "Orchid", OTHER),
    "others in two scripts": ("Halcyon", "أوركيد", OTHER),
}


@pytest.mark.parametrize(("one", "other", "likeness"), NAMES.values(), ids=NAMES)
def test_two_names_are(one: str, other: str, likeness: Likeness) -> None:
    assert like_parties(party(one), party(other)) is likeness
    assert like_parties(party(other), party(one)) is likeness


def test_known_companies_are_told_apart_by_id() -> None:
    assert like_parties(party("Google", "google"), party("ألفابت", "google")) is SAME
    assert like_parties(party("Scale", "scaleai"), party("Scale", "scaleway")) is OTHER


PLACES = {
    "one place": ("louisiana", "louisiana", SAME),
    "two scripts": ("louisiana", "لويزيانا", SAME),
    "two languages": ("koln", "cologne", NEAR),
    "more words": ("tarneit", "tarneit ai site", SAME),
    "what both say tells nothing apart": ("مركز بيانات العين", "مركز بيانات أبوظبي", OTHER),
    "Chinese as China and Taiwan print it": ("临港", "臨港", SAME),
    "others": ("louisiana", "ohio", OTHER),
    "others in two scripts": ("morocco", "الدار البيضاء", UNKNOWN),
}


@pytest.mark.parametrize(("one", "other", "likeness"), PLACES.values(), ids=PLACES)
def test_two_places_are(one: str, other: str, likeness: Likeness) -> None:
    assert like_places(one, other) is likeness
    assert like_places(other, one) is likeness


SHARED = {
    "Arabic and Latin": ("Kestrelmind", "كسترلمايند"),
    "with and without tail": ("Tessera", "Tessera Labs"),
    "a longer name": ("Bozkır Yapay Zekâ", "بوزكير"),
    "a longer name in one script": ("Pacific Sovereign Fund", "Pacific Sovereign"),
    "a Chinese short form": ("雲岫", "雲岫科技"),
    "Chinese as China and Taiwan print it": ("启明创投", "啓明創投"),
}


@pytest.mark.parametrize(("one", "other"), SHARED.values(), ids=SHARED)
def test_like_names_share_a_key(one: str, other: str) -> None:
    assert set(party_keys(party(one))) & set(party_keys(party(other)))


def test_a_comma_before_its_tail_is_no_part_of_a_name() -> None:
    assert party_keys(party("Kestrel Systems, Inc.")) == party_keys(party("Kestrel Systems Inc"))


def test_every_party_has_a_key() -> None:
    assert party_keys(party("Oi")) == ("name:oi",)
    assert party_keys(party("云禾智能"))
    assert "id:meta" in party_keys(party("Meta", "meta"))


def test_sum_and_place_of_a_claim_are_keys() -> None:
    told = Claim(
        role=Role.FUNDING_ROUND,
        stage=Stage.CLOSED,
        main=True,
        figure=Figure(
            low=Decimal(75_000_000), high=Decimal(75_000_000), currency="SAR", text="", start=0
        ),
        restated=(Figure(low=Decimal(20_000_000), high=None, currency="USD", text="", start=0),),
        place="louisiana",
        sentence="",
        start=0,
    )

    assert claim_keys(told) == ("place:lsn", "sum:SAR:7.50e+7", "sum:USD:2.00e+7")
