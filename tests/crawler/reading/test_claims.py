"""What does the clause of a sum say about it? One sentence, one sum, one role."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from crawler.model import Article, Claim, Role
from crawler.reading.read import Reader, headline, read_article

EN = "Orvo, an AI start-up, raised $30 million on Monday"
AR = "جمعت شركة «أورفو» للذكاء الاصطناعي 30 مليون دولار"
ROLES = {
    "at a valuation of": ("en", f"{EN} at a valuation of $700 million.", Role.VALUATION),
    "valuation behind": ("en", f"{EN}, which gives it a $700 million valuation.", Role.VALUATION),
    "valuing it at": ("en", f"{EN}, valuing it at $700 million.", Role.VALUATION),
    "total": ("en", f"{EN}, bringing its total funding to $700 million.", Role.TOTAL_TO_DATE),
    "to date": ("en", f"{EN}. It has taken $700 million to date.", Role.TOTAL_TO_DATE),
    "revenue": ("en", f"{EN}. Annual revenue has passed $700 million.", Role.REVENUE),
    "in sales": ("en", f"{EN}. It makes $700 million in sales.", Role.REVENUE),
    "before": ("en", f"{EN}, compared with $700 million last year.", Role.PAST),
    "an earlier year": ("en", f"{EN}. It raised $700 million in 2023.", Role.PAST),
    "spent": ("en", f"{EN}. It spent more than $700 million in 2025.", Role.ACTUAL),
    "a market": ("en", f"{EN}. The size of the market is $700 million.", Role.MARKET_SIZE),
    "a fine": ("en", f"{EN}, after a fine of $700 million.", Role.NOT_MONEY_IN_AI),
    "بتقييم": ("ar", f"{AR} بتقييم بلغ 700 مليون دولار.", Role.VALUATION),
    "قيمتها السوقية": ("ar", f"{AR}، ووصلت قيمتها السوقية إلى 700 مليون دولار.", Role.VALUATION),
    "إجمالي": ("ar", f"{AR}، ليصل إجمالي ما جمعته إلى 700 مليون دولار.", Role.TOTAL_TO_DATE),
    "إيرادات": ("ar", f"{AR}. وبلغت إيراداتها 700 مليون دولار.", Role.REVENUE),
    "مقارنة": ("ar", f"{AR}، مقارنة بـ700 مليون دولار العام الماضي.", Role.PAST),
    "بزيادة": ("ar", f"{AR}، بزيادة قدرها 700 مليون دولار عن العام الماضي.", Role.DELTA),
    "غرامة": ("ar", f"{AR} بعد غرامة بقيمة 700 مليون دولار.", Role.NOT_MONEY_IN_AI),
}


@pytest.mark.parametrize(("language", "text", "role"), ROLES.values(), ids=ROLES)
def test_role_of_the_other_sum(
    language: str, text: str, role: Role, reader: Reader, article: Callable[..., Article]
) -> None:
    reading = read_article(article("", text, language=language), reader)

    roles = {claim.role for claim in reading.claims if _says(claim, 700)}
    assert roles == {role}


def _says(claim: Claim, millions: int) -> bool:
    figure = claim.figure
    return figure is not None and Decimal(millions * 10**6) in (figure.low, figure.high)


def test_sum_in_two_currencies_is_one_claim(
    reader: Reader, article: Callable[..., Article]
) -> None:
    page = article(
        "Lughati AI raises $40 million", "It closed a SAR 150 million ($40 million) round."
    )

    claim = headline(read_article(page, reader))

    assert claim is not None
    assert claim.figure is not None
    assert claim.figure.currency == "SAR"
    assert [figure.currency for figure in claim.restated] == ["USD"]


PERIODS = {
    "this year": ("Meta will spend $65 billion this year on AI data centers.", "2025"),
    "next year": ("Meta will spend $65 billion next year on AI data centers.", "2026"),
    "a year": ("In 2027, Meta will spend $65 billion on AI data centers.", "2027"),
    "two years": ("Meta's AI capex will be $65 billion in 2026-2027.", "2026-2027"),
    "another sum's year": (
        "Meta will spend $65 billion on AI in 2025 after $38 billion in 2024.",
        "2025",
    ),
    "joined by a word": ("Meta will spend $65 billion on AI from 2026 to 2028.", "2026-2028"),
    "in Russian": ("Meta вложит 65 млрд долларов в ИИ с 2026 по 2028 год.", "2026-2028"),
    "in Japanese": ("メタは2026年から2028年までにAIに650億ドルを投資する。", "2026-2028"),
    "in Korean": ("메타는 2026년부터 2028년까지 AI에 650억 달러를 투자한다.", "2026-2028"),
    "in Arabic": ("تنفق ميتا 65 مليار دولار على الذكاء الاصطناعي بين 2026 و2028.", "2026-2028"),
    "two years, no span": ("Meta will spend $65 billion on AI in 2026, 2028 is open.", "2026"),
}


@pytest.mark.parametrize(("text", "period"), PERIODS.values(), ids=PERIODS)
def test_period_of_a_budget(
    text: str, period: str, reader: Reader, article: Callable[..., Article]
) -> None:
    claim = headline(read_article(article(text, text, language=None), reader))

    assert claim is not None
    assert str(claim.period) == period


CHANGES = {
    "now expects": ("Meta now expects AI capex of $65 billion in 2025.", True),
    "raised its plan": ("Meta raised its plan for AI capex to $65 billion in 2025.", True),
    "cut its plan": ("Meta cut its plan for AI capex to $65 billion in 2025.", True),
    "plans": ("Meta plans AI capex of $65 billion in 2025.", False),
}


@pytest.mark.parametrize(("text", "changed"), CHANGES.values(), ids=CHANGES)
def test_sentence_says_that_the_plan_changed(
    text: str, changed: bool, reader: Reader, article: Callable[..., Article]
) -> None:
    claim = headline(read_article(article("Meta and its AI bill", text), reader))

    assert claim is not None
    assert claim.says_changed is changed
