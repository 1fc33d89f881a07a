"""A deal whose sum is not told has none, whatever other sums its article names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article
from crawler.reading.read import Reader, headline, read_article

UNTOLD = {
    "terms are kept, a rival's price stands below": (
        "en",
        "Siemens acquires AI simulation start-up Navier for undisclosed sum",
        "The Munich group has bought Navier, whose neural networks predict air flow. "
        "Financial terms were not disclosed. Rival PhysicsX of London raised $135 million in June.",
    ),
    "an investor names no sum, last year's round does": (
        "fr",
        "Amadeus entre au capital de Parolia, spécialiste de l'IA vocale",
        "Le groupe espagnol investit dans la jeune pousse d'intelligence artificielle ; le montant "
        "n'a pas été communiqué. Parolia avait levé 12 millions d'euros en 2023.",
    ),
    "the price is not named, last year's sales are": (
        "de",
        "SAP übernimmt das KI-Start-up Navier",
        "Der Konzern kauft Navier, dessen Sprachmodelle Verträge lesen. Der Kaufpreis wurde nicht "
        "genannt. Navier hatte 2024 einen Umsatz von 14 Millionen Euro.",
    ),
}


@pytest.mark.parametrize(("language", "title", "text"), UNTOLD.values(), ids=UNTOLD)
def test_a_sum_of_others_is_no_figure_of_a_deal_without_one(
    reader: Reader, article: Callable[..., Article], language: str, title: str, text: str
) -> None:
    claim = headline(read_article(article(title, text, language=language), reader))

    assert claim is not None
    assert claim.figure is None
    assert "untold" in {reason.code for reason in claim.reasons}


def test_a_told_sum_is_kept_where_other_terms_are_not_told(
    reader: Reader, article: Callable[..., Article]
) -> None:
    read = read_article(
        article(
            "Siemens buys AI simulation start-up Navier for $310 million",
            "Siemens pays $310 million for Navier, whose neural networks predict air flow. "
            "Other terms were not disclosed.",
        ),
        reader,
    )

    claim = headline(read)
    assert claim is not None
    assert claim.figure is not None
    assert claim.figure.low == 310_000_000
