"""What does the clause of a sum say about it? One sentence, one sum, one role."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from crawler.model import Article, Claim, Role
from crawler.reading.figures import find_figures
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
    "an earlier year ahead": ("en", f"{EN}. In 2023 it had raised $700 million.", Role.PAST),
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


def test_a_valuation_is_that_of_the_sum_behind_it(
    reader: Reader, article: Callable[..., Article]
) -> None:
    text = "Orvo, an AI start-up, raised $300 million at a valuation of $4 billion."

    roles = {c.role for c in read_article(article("", text), reader).claims if _says(c, 300)}

    assert Role.VALUATION not in roles


WORTH = {
    "en": ("AI start-up Orvo is valued at $4 billion", "Orvo, which builds language models, is "
           "valued at $4 billion, two people said."),
    "ar": ("شركة الذكاء الاصطناعي «أورفو» تبلغ قيمتها 4 مليارات دولار", "قدر مصرفيان قيمة «أورفو» "
           "المطورة لنماذج اللغة بأربعة مليارات دولار."),
    "fr": ("La start-up d'IA Orvo est valorisée 4 milliards d'euros", "Le concepteur de modèles de "
           "langage Orvo est désormais valorisé 4 milliards d'euros."),
    "de": ("KI-Firma Orvo wird mit vier Milliarden Euro bewertet", "Der Entwickler von "
           "Sprachmodellen ist nach Angaben von Händlern vier Milliarden Euro wert."),
}  # fmt: skip


@pytest.mark.parametrize("language", WORTH)
def test_what_a_company_is_worth_is_no_deal(
    language: str, reader: Reader, article: Callable[..., Article]
) -> None:
    assert headline(read_article(article(*WORTH[language], language=language), reader)) is None


def test_an_earlier_round_is_no_deal_of_today(
    reader: Reader, article: Callable[..., Article]
) -> None:
    page = article(
        "Orvo opens an AI lab in Lisbon",
        "Orvo, which builds language models, opened an AI lab in Lisbon on Wednesday. It had "
        "raised $120 million in 2021 from Oakmere Capital.",
    )

    assert headline(read_article(page, reader)) is None


# A title leaves the currency out, and the text does not say the sum again.
ELIDED = {
    "ru": ("«Орво» заняла у банка 6,5 млрд на нейросети", "Кредитная линия открыта на ускорители "
           "для искусственного интеллекта. В январе «Орво» заняла 2 млрд рублей.", 6_500, "RUB"),
    "pt": ("Orvo fecha ronda de 3,8 milhões para robôs com IA", "A empresa de inteligência "
           "artificial já tinha recebido 700 mil euros em apoios.", 3.8, "EUR"),
    "fr": ("IA : Orvo lève 40 millions auprès d'Eurazeo", "La jeune pousse d'intelligence "
           "artificielle réalise 2 millions d'euros de chiffre d'affaires.", 40, "EUR"),
    "de": ("KI-Start-up Orvo sammelt 40 Millionen ein", "Der Entwickler von Sprachmodellen machte "
           "zuletzt zwei Millionen Euro Umsatz.", 40, "EUR"),
}  # fmt: skip


@pytest.mark.parametrize("language", ELIDED)
def test_a_title_may_leave_the_currency_out(
    language: str, reader: Reader, article: Callable[..., Article]
) -> None:
    title, body, millions, currency = ELIDED[language]

    claim = headline(read_article(article(title, body, language=language), reader))

    assert claim is not None
    assert claim.figure is not None
    assert claim.figure.low == Decimal(str(millions)) * 10**6
    assert (claim.figure.currency, claim.figure.assumed) == (currency, True)


# Neither title nor text names the currency: it is that of the other sums, else the language's.
UNNAMED = {
    "es": ("El Estado entra en Faro Nueve con 40 millones", "La firma de inteligencia artificial "
           "cierra así su ronda.", 40, "EUR"),
    "it": ("Intelligenza artificiale, Orvo convince Azimut", "Nelle casse della società entrano "
           "subito 22 milioni, annuncia il round.", 22, "EUR"),
    "de": ("Neuer Topf für KI-Gründer", "UVC legt einen 150-Mio.-Fonds auf.", 150, "EUR"),
    "pt": ("MEO investe em fábrica de IA no Fundão", "O investimento em inteligência artificial "
           "sobe a 55 milhões, até 2028.", 55, "EUR"),
    "ru": ("«Орво» получила инвестиции на нейросети", "Фонд вложил 300 млн, раунд закрыт. "
           "Год назад оборот был 2 млн долларов.", 300, "USD"),
    "zh": ("AI研發院獲撥款", "立法會財務委員會通過撥款，人工智能研發院獲批十億。",
           1_000, "HKD"),
    "hi": ("एआई कंपनी ओर्वो में निवेश", "निवेशकों ने कृत्रिम बुद्धिमत्ता कंपनी में कुल लगाए 300 करोड़।",
           3_000, "INR"),
}  # fmt: skip


@pytest.mark.parametrize("language", UNNAMED)
def test_where_a_deal_is_told_what_ends_its_phrase_is_money(
    language: str, reader: Reader, article: Callable[..., Article]
) -> None:
    title, body, millions, currency = UNNAMED[language]

    figures = read_article(article(title, body, language=language), reader).figures

    assert figures[0].low == Decimal(millions) * 10**6
    assert (figures[0].currency, figures[0].assumed) == (currency, True)


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        ("es", "Orvo cierra su ronda", "La IA de Orvo suma 40 millones de usuarios."),
        ("de", "Orvo sammelt Geld ein", "Die KI von Orvo erreicht 40 Millionen Haushalte."),
        ("de", "Orvo sammelt Geld ein", "Die KI hilft in einer 5-Millionen-Stadt."),
        ("it", "Orvo chiude il round", "Gli utenti della sua IA sono saliti a 40 milioni."),
        ("en", "Orvo raises a round", "The AI of Orvo was opened 40 million times, up from 30m."),
    ],
)
def test_what_counts_things_is_no_money(
    language: str, title: str, body: str, reader: Reader, article: Callable[..., Article]
) -> None:
    assert not read_article(article(title, body, language=language), reader).figures


@pytest.mark.parametrize(
    ("language", "country", "text", "found"),
    [
        ("es", "MX", "Cerró una ronda de 40 millones. En 2024 levantó 15 millones.", "MXN MXN"),
        ("pt", None, "Captou R$ 55 milhões (US$ 10 milhões). Já são 90 milhões.", "BRL USD BRL"),
        ("es", None, "Suma un millón de usuarios. Cerró una ronda de 40 millones.", "EUR"),
        ("zh", None, "用户数突破3亿，完成融资2亿。", "CNY"),
        ("ja", None, "ユーザー数は3億。", ""),
        ("ko", None, "누적 다운로드 3억.", ""),
        ("ja", None, "同社のモデルは1兆2000億パラメータを持つ。", ""),
        ("es", None, "El modelo tiene 1 billón 200 millones de parámetros.", ""),
        ("de", None, "Der 5-Millionen-Planet und ein 90-Millionen-Topf.", "EUR"),
    ],
)
def test_whose_money_it_is_where_nobody_names_it(
    language: str, country: str | None, text: str, found: str, reader: Reader
) -> None:
    figures = find_figures(text, reader.lexicons[language], country=country, unnamed=True)

    assert [figure.currency for figure in figures] == found.split()


def test_where_no_deal_is_told_a_currency_must_be_named(
    reader: Reader, article: Callable[..., Article]
) -> None:
    page = article("Chi ha visto l'IA?", "Ne parlano tutti, sono già 40 milioni.", language="it")

    assert not read_article(page, reader).figures


def test_a_text_that_names_the_currency_is_believed_before_its_title(
    reader: Reader, article: Callable[..., Article]
) -> None:
    page = article(
        "KI-Start-up Orvo sammelt 40 Millionen ein",
        "Der Entwickler von Sprachmodellen hat 40 Millionen Dollar eingesammelt.",
        language="de",
    )

    claim = headline(read_article(page, reader))

    assert claim is not None
    assert claim.figure is not None
    assert (claim.figure.text, claim.figure.assumed) == ("40 Millionen Dollar", False)


@pytest.mark.parametrize(
    ("title", "country", "found"),
    [
        ("«Орво» привлекла 6,5 млрд", "RU", ["RUB"]),
        ("«Орво» привлекла 6,5 млрд", None, ["RUB"]),  # its language's
        ("«Орво» привлекла 6,5 млрд", "BY", ["BYN"]),
        ("«Орво» привлекла 6,5 млн клиентов", "RU", []),
        ("Наш сайт прочли 6,5 млн", "RU", []),
    ],
)
def test_a_title_of_no_money_at_all_takes_that_of_its_country_if_it_tells_a_deal(
    title: str,
    country: str | None,
    found: list[str],
    reader: Reader,
    article: Callable[..., Article],
) -> None:
    page = article(title, "Искусственный интеллект.", language="ru")

    figures = read_article(page, reader, country=country).figures

    assert [figure.currency for figure in figures] == found


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
    "in Japanese": ("メタは2026年から2028年までのAI設備投資を650億ドルとする。", "2026-2028"),
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
