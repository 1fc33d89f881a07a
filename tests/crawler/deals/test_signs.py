"""Every sign that counts is made by some claim and deal, and has words of its own."""

from __future__ import annotations

from datetime import date

from crawler.deals.facts import build_facts
from crawler.deals.signs import same_signs
from crawler.deals.weights import SAME
from crawler.deals.words import in_words, word_of
from tests.crawler.deals.test_match import DEALS, RATES, TOLD, claim


def test_every_sign_has_words() -> None:
    assert all(word_of(sign).strip() for sign in SAME)


def test_no_sign_of_a_claim_and_a_deal_is_unknown_to_the_words() -> None:
    for told, on, _ in TOLD.values():
        for deal in DEALS:
            facts = build_facts(told, deal, rates=RATES, published_on=date.fromisoformat(on))
            assert all(map(word_of, same_signs(facts, told, deal)))


def test_the_loudest_signs_of_the_answer_are_told_in_words() -> None:
    told = claim("funding_round", "20", "closed", to="xAI")
    facts = build_facts(told, DEALS[1], rates=RATES, published_on=date(2026, 1, 7))
    signs = same_signs(facts, told, DEALS[1])
    weights = {"gets.same": 2.0, "sum.equal&days.few": 1.5, "gives.untold": -3.0}

    assert in_words(signs, weights, is_one=True) == (
        "who gets the money is the same +2.0; the same amount and told within three days +1.5"
    )
    assert in_words(signs, weights, is_one=False) == "who gives it is not told by both -3.0"
