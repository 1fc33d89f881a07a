"""Names we know stand whole, and a longer word that only contains one is none."""

from __future__ import annotations

import pytest

from config.load import load_companies
from crawler.reading.names import build_names, find_names
from crawler.reading.read import Reader
from crawler.reading.words import build_words
from crawler.text.fold import fold, fold_spans

COMPANIES = load_companies(None)
NAMES = build_names(COMPANIES)
FOUND = {
    "Hangul with its particle": ("메타는 올해 100억달러를 쓴다", ["meta"]),
    "metaverse in Korean": ("메타버스 시장이 줄었다", []),
    "application in Korean": ("새 애플리케이션을 냈다", []),
    "expectation is no Taiwan": ("기대만 컸다", []),
    "katakana between others": ("インドはAIに投資する", ["india"]),
    "mind is no India": ("マインドが変わる", []),
    "metaverse in Japanese": ("メタバースの市場", []),
    "developing countries are no China": ("发展中国家需要资金", []),
    "a Chinese firm is not China": ("中国AI公司智谱融资", ["zhipu"]),
    "the largest in China is not China": ("중국 최대 기업 알리바바", ["alibaba"]),
    "India's Reliance is not India": ("भारत की रिलायंस निवेश करेगी", ["reliance"]),
    "China itself": ("中国拟投入巨资", ["china"]),
    "Hindi name": ("सॉफ्टबैंक निवेश करेगा", ["softbank"]),
    "Hebrew name with its preposition": ("ההשקעה באנבידיה", ["nvidia"]),
    "Russian name in a case": ("вложит в акции Яндекса", ["yandex"]),
    "Persian name with a space": ("سافت بانک سرمایه می‌گذارد", ["softbank"]),
    "machines are no company": ("اشترى المصنع الات جديدة", []),
    "residential is no Kenya": ("تطلق برجاً سكنياً جديداً", []),
    "a Syrian authority is not Syria": ("هيئة الاستثمار السورية", []),
    "two in Persian is no company": ("دو شرکت بزرگ", []),
    "Abd al- is no ABD": ("Abd al-Rahman spoke", []),
}


@pytest.mark.parametrize(("text", "ids"), FOUND.values(), ids=FOUND)
def test_known_names_in(text: str, ids: list[str]) -> None:
    found = find_names(fold_spans(text), NAMES, None, ())

    assert [name.id for name in found if name.id is not None] == ids


def test_a_name_ends_before_a_sum_and_a_known_name() -> None:
    text = "Ontario lends Toronto's Maplegrid C$900 million; Kaveri India is next"
    start = text.index("C$900")

    found = find_names(fold_spans(text), NAMES, None, (), [(start, start + 13)])

    assert [name.text for name in found if name.id is None] == ["Maplegrid", "Kaveri"]


GLUED = {
    "Japanese behind it": ("米国VisioLoom社の全株式", ["VisioLoom"]),
    "Chinese on both sides": ("收购人工智能公司Lumora全部股权", ["Lumora"]),
    "two words": ("米Lemma Snowが調達", ["Lemma Snow"]),
}


@pytest.mark.parametrize(("text", "names"), GLUED.values(), ids=GLUED)
def test_a_latin_name_ends_where_its_letters_end(text: str, names: list[str]) -> None:
    found = find_names(fold_spans(text), NAMES, None, ())

    assert [name.text for name in found if name.id is None] == names


QUOTED = {
    "Korean": ("손 스타트업 '다섯손가락'에 돈을", ["다섯손가락"]),
    "Korean, printed curly": ("부산의 ‘동백기술펀드’ 결성식", ["동백기술펀드"]),
    "Korean with Latin letters first": ("이름은 'AI 캠퍼스'다", ["AI 캠퍼스"]),
    "Hindi": ("टीम 'वाणी फंड' शुरू करेगी", ["वाणी फंड"]),
    "an apostrophe opens nothing": ("Meta's new 한국 lab's", []),
    "Latin words in them are no name": ("he said 'we are in' and left", []),
}


@pytest.mark.parametrize(("text", "names"), QUOTED.values(), ids=QUOTED)
def test_single_quotes_hold_names_where_letters_have_no_capitals(
    text: str, names: list[str]
) -> None:
    found = find_names(fold_spans(text), build_names([]), None, ())

    assert [name.text for name in found if not name.text.startswith("Meta")] == names


EXPLAINED = {
    "what it is, told behind it": ("Loupe, a start-up that lets teams talk, grew", ["Loupe"]),
    "whose": ("Loupe, whose software talks, grew", ["Loupe"]),
    "a word that only opens a sentence": ("Slowly, it grew", []),
}


@pytest.mark.parametrize(("text", "names"), EXPLAINED.values(), ids=EXPLAINED)
def test_the_first_word_of_a_sentence_is_a_name_where_it_is_explained(
    text: str, names: list[str], reader: Reader
) -> None:
    found = find_names(fold_spans(f"It was so.\n{text}."), NAMES, reader.words["en"], ())

    assert [name.text for name in found] == names


def test_no_alias_stands_for_two_companies() -> None:
    owners: dict[str, set[str]] = {}
    for company in COMPANIES:
        for alias in company.aliases:
            owners.setdefault(fold(alias), set()).add(company.id)

    assert {alias: ids for alias, ids in owners.items() if len(ids) > 1} == {}


def test_no_alias_is_too_short_to_tell_anything() -> None:
    aliases = [fold(alias) for company in COMPANIES for alias in company.aliases]

    short = [alias for alias in aliases if len([c for c in alias if c.isalnum()]) < 2]

    assert short == ["e&"] or short == []


OWNED = {
    "a country's": ("Backed by Chile's Andes Mente", ["Andes Mente"]),
    "a town's, which nobody knows": ("Backed by Olsk's Tessaly Labs", ["Tessaly Labs"]),
    "a house's": ("To back Sahel Compute's Kano hall", ["Sahel Compute", "Kano"]),
    "of more than one word": ("Un préstamo a Banco do Vale", ["Banco do Vale"]),
}


@pytest.mark.parametrize(("text", "names"), OWNED.values(), ids=OWNED)
def test_an_owner_is_left_out_where_it_is_a_place(text: str, names: list[str]) -> None:
    words = build_words("en", {"reading": {"party": {"generic": ["backed", "to", "hall", "un"]}}})

    found = find_names(fold_spans(text), NAMES, words, ())

    assert [name.text for name in found] == names


OPENING = {
    "a name that does something": ("Die Lage. Talvera sammelt Geld.", 1),
    "a word that every sentence may begin with": ("Die Lage. Gleichwohl blieb es still.", 0),
    "a word with a capital inside a sentence": ("Die Lage. Talvera blieb. Mit Talvera ging es.", 2),
}


@pytest.mark.parametrize(("text", "count"), OPENING.values(), ids=OPENING)
def test_a_first_word_is_a_name_if_it_acts_or_stands_inside_too(text: str, count: int) -> None:
    beside = {"generic": ["die", "lage", "mit", "geld"], "after": {"gets": ["sammelt"]}}
    words = build_words("de", {"reading": {"party": beside}})

    names = [name.text for name in find_names(fold_spans(text), build_names([]), words, ())]

    assert names == ["Talvera"] * count
