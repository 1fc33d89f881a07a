"""Does money go into AI? Each pair differs in what the law asks about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article
from crawler.reading.figures import find_figures
from crawler.reading.read import Reader, read_article
from crawler.reading.scan import scan_article
from crawler.reading.words import build_words, find_hits, without_covered
from crawler.text.fold import fold

ASKED = {
    "a round of an AI firm": (
        "AI firm Orvo raises $30 million",
        "Orvo builds language models.",
        True,
    ),
    "a round of another firm": ("Bike maker Orvo raises $30 million", "Orvo sells bikes.", False),
    "only the company tells": ("Anthropic raises $30 billion", "The money is for new sites.", True),
    "the body tells": (
        "Orvo raises $30 million",
        "The start-up, which trains language models for courts, closed a Series A.",
        True,
    ),
    "only words like model tell": (
        "Ferrule raises $2.3m from Acumen and Norrsken",
        "Farmers photograph a leaf and the start-up's model names the disease within seconds.",
        True,
    ),
    "the same, and no sum": (
        "Ferrule names Ivan Braiker chief strategy officer",
        "Its model names the disease of a leaf. The start-up's backers said that they were proud.",
        False,
    ),
    "denied": ("AI firm Orvo denies raising $30 million", "It called the report false.", False),
    "called off": (
        "Halford scraps $2bn purchase of AI firm Orvo",
        "The deal was called off after talks failed.",
        False,
    ),
    "a market": ("AI market to reach $900 billion by 2030, study says", "It grows fast.", False),
    "a share price": ("AI chip stock sheds $90 billion in market value", "Shares fell 8%.", False),
    "a fine": ("Court fines AI firm $30 million", "It broke privacy rules.", False),
    "a settlement": (
        "AI lab to pay $1.5 billion to settle piracy lawsuit",
        "Authors had sued the chatbot maker.",
        False,
    ),
    "jobs": ("Bank cuts 2,000 jobs as AI spreads", "It will cost $150 million.", False),
    "a price": ("New AI assistant costs $20 a month", "The chatbot is out today.", False),
    "a name that says AI": (
        "AI Gelato opens 12 shops",
        "The ice cream maker spent $3 million on them.",
        False,
    ),
}


@pytest.mark.parametrize(("title", "body", "answer"), ASKED.values(), ids=ASKED)
def test_money_goes_into_ai(
    title: str, body: str, answer: bool, reader: Reader, article: Callable[..., Article]
) -> None:
    assert read_article(article(title, body), reader).ai_investment is answer


def test_topic_gives_reasons_with_places(reader: Reader, article: Callable[..., Article]) -> None:
    page = article("AI firm Orvo raises $30 million", "Orvo builds language models.")

    reasons = read_article(page, reader).reasons

    words = [r for r in reasons if r.start is not None]
    assert words
    assert page.text[words[0].start : words[0].end] == "AI"


PRINTED = {
    "in capitals": ("Orvo raccoglie 30 milioni di euro per la sua piattaforma AI", True),
    "elided": ("Orvo raccoglie 30 milioni di euro per l'Ai nelle fabbriche", True),
    "a preposition": ("Orvo raccoglie 30 milioni di euro grazie ai risparmi dei soci", False),
}


@pytest.mark.parametrize(("title", "answer"), PRINTED.values(), ids=PRINTED)
def test_a_word_may_count_only_as_it_is_printed(
    title: str, answer: bool, reader: Reader, article: Callable[..., Article]
) -> None:
    assert read_article(article(title, language="it"), reader).ai_investment is answer


WITH_AI = {
    "it is what the firm does": (
        "Legaltech Lexora raccoglie 16 milioni",
        "Base10 guida la serie A della società milanese che redige pareri grazie "
        "all'intelligenza artificiale.",
        True,
    ),
    "it is an aside": (
        "La banca Ondrello chiude 12 filiali",
        "I clienti potranno scrivere a un assistente con l'intelligenza artificiale; le filiali "
        "costavano 3 milioni l'anno.",
        False,
    ),
}


@pytest.mark.parametrize(("title", "body", "answer"), WITH_AI.values(), ids=WITH_AI)
def test_what_is_done_with_ai_may_be_ai(
    title: str, body: str, answer: bool, reader: Reader, article: Callable[..., Article]
) -> None:
    assert read_article(article(title, body, language="it"), reader).ai_investment is answer


BOUGHT = {
    "an AI firm, bought by a hotel group": (
        "ホテル大手のミナト、AI新興のオルボを30億円で買収",
        True,
    ),
    "a publisher, bought by an AI firm": ("生成AIのオルボ、老舗出版社ミナトを30億円で買収", False),
    "Korean: an AI firm": ("호텔 체인 미나토, AI 스타트업 오르보를 300억원에 인수", True),
    "Korean: a hotel": ("AI 스타트업 오르보, 부산 호텔을 300억원에 인수", False),
}


@pytest.mark.parametrize(("title", "answer"), BOUGHT.values(), ids=BOUGHT)
def test_what_is_bought_may_stand_before_its_verb(
    title: str, answer: bool, reader: Reader, article: Callable[..., Article]
) -> None:
    language = "ko" if "원" in title else "ja"

    assert read_article(article(title, language=language), reader).ai_investment is answer


SOLD = {
    "a tower, sold to an AI firm": ("Office tower sold to an AI firm for $310 million", False),
    "an AI firm, sold to a hotel group": (
        "AI firm Orbo sold to Marlow Hotels for $31 million",
        True,
    ),
    "an AI firm, bought by one": ("AI firm Orbo bought by Marlow Hotels for $31 million", True),
}


@pytest.mark.parametrize(("title", "answer"), SOLD.values(), ids=SOLD)
def test_what_is_sold_stands_before_its_verb(
    title: str, answer: bool, reader: Reader, article: Callable[..., Article]
) -> None:
    assert read_article(article(title, language="en"), reader).ai_investment is answer


def test_nobody_won_in_a_sum_of_won(reader: Reader, article: Callable[..., Article]) -> None:
    scan = scan_article(
        article("Samsung's profit may reach 300 trillion won", language="en"),
        "en",
        find_figures("Samsung's profit may reach 300 trillion won", reader.lexicons["en"]),
        reader.names,
        reader.words["en"],
    )

    assert "won" not in {hit.term for hit in scan.hits}


@pytest.mark.parametrize(("before", "answer"), [(0, False), (12, True)])
def test_a_denial_far_below_is_of_another_story(
    before: int, answer: bool, reader: Reader, article: Callable[..., Article]
) -> None:
    other = "The team met twice in the hall by the river. " * before
    denial = "The company denied the report, calling it false. It denies any such talks."
    page = article(
        "Orvo in $30 million deal", f"Orvo, which builds language models, is named. {other}{denial}"
    )

    assert read_article(page, reader).ai_investment is answer


# Accents are folded away: of two words that only they tell apart the everyday one is meant.
FOLDED = {
    "maïs": ("fr", "mais elle attend encore", "topic.other"),
    "placé": ("fr", "la place du marché", "stage.closed"),
    "articuló": ("es", "un artículo de prensa", "deal.launch_fund"),
}


@pytest.mark.parametrize(("language", "text", "family"), FOLDED.values(), ids=FOLDED)
def test_an_everyday_word_is_none_with_an_accent(
    language: str, text: str, family: str, reader: Reader
) -> None:
    assert family not in {
        hit.key for hit in find_hits(fold(text), reader.words[language].automaton)
    }


HAMZA = {
    "with its article": ("سوق الألبان", True),
    "with particles": ("وبالألبان", True),
    "bare": ("تبيع ألبان", True),
    "that": ("نؤمن بأن اللغة", False),
}


@pytest.mark.parametrize(("text", "found"), HAMZA.values(), ids=HAMZA)
def test_a_first_letter_with_hamza_is_no_article(text: str, found: bool) -> None:
    words = build_words("ar", {"reading": {"topic": {"other": ["ألبان"]}}})

    assert bool(find_hits(fold(text), words.automaton)) is found


LAST_PARTS = {
    "a compound": ("die Kapitalrunde", [(4, 16)]),
    "behind a hyphen": ("eine Seed-Runde", [(10, 15)]),
    "alone": ("die Runde", [(4, 9)]),
    "in a word that goes on": ("Rundenzeit", []),
}


@pytest.mark.parametrize(("text", "spans"), LAST_PARTS.values(), ids=LAST_PARTS)
def test_a_term_may_be_the_last_part_of_a_word(text: str, spans: list[tuple[int, int]]) -> None:
    words = build_words("de", {"reading": {"deal": {"round": ["-runde"]}}})

    hits = find_hits(fold(text), words.automaton)

    assert [(hit.start, hit.end) for hit in hits] == spans


INNER_STEMS = {
    "one case": ("суммой на машинное обучение", ["машинное обучени"]),
    "another, in a line": ("о машинном\nи машинного обучения", ["машинного обучени"]),
    "only the last part": ("обучение врачей", []),
    "within a word": ("немашинное обучение", []),
    "three parts": ("рынок больших языковых моделей", ["больших языковых модел"]),
}


@pytest.mark.parametrize(("text", "found"), INNER_STEMS.values(), ids=INNER_STEMS)
def test_stems_inside_a_phrase(text: str, found: list[str]) -> None:
    strong = ["машинн* обучени*", "больш* языков* модел*"]
    words = build_words("ru", {"reading": {"topic": {"strong": strong}}})
    folded = fold(text)

    hits = find_hits(folded, words.automaton)

    assert [folded[hit.start : hit.end] for hit in hits] == found


@pytest.mark.parametrize(
    ("language", "text", "hidden"),
    [
        ("ja", "社長は契約についてコメントした", {"topic.other", "money.restates"}),
        ("ko", "비상장 기업이 AI 에이전트를 공개했다", {"deal.ipo", "figure.past.ahead"}),
        ("zh", "公园里的自由", {"deal.project", "party.by"}),
    ],
)
def test_a_word_that_holds_another_hides_it(
    reader: Reader, language: str, text: str, hidden: set[str]
) -> None:
    hits = without_covered(find_hits(fold(text), reader.words[language].automaton))
    assert not hidden & {hit.key for hit in hits}
