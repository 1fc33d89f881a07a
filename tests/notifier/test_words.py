"""Every language has the whole table, and Arabic counts as Arabic does."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from config.layers import SHIPPED
from config.load import load_wordings
from config.phrases import counting, fields_of, left_out
from crawler.health.model import HealthState
from crawler.model import ChangeKind, Reason, Role, Side, Stage
from notifier.money import scaled
from notifier.words import amount_words, reason, words_of

SHIPPED_WORDINGS = sorted((SHIPPED / "wording").glob("*.yaml"))
LANGUAGES = [path.stem for path in SHIPPED_WORDINGS]

AMOUNTS = {
    "a range": ("60bn", "65bn", "USD", "$60–65bn", "من 60 إلى 65 مليار دولار"),
    "three to ten": ("3bn", "5bn", "AED", "AED 3–5bn", "من 3 إلى 5 مليارات درهم إماراتي"),
    "two scales": ("500m", "1.2bn", "EUR", "€500m–1.2bn", "من 500 مليون إلى 1.2 مليار يورو"),
    "over": ("60bn", None, "USD", "over $60bn", "أكثر من 60 مليار دولار"),
    "over two": ("2bn", None, "USD", "over $2bn", "أكثر من ملياري دولار"),
    "up to": (None, "65bn", "SAR", "up to SAR 65bn", "ما يصل إلى 65 مليار ريال سعودي"),
    "one": ("1bn", "same", "USD", "$1bn", "مليار دولار"),
    "two": ("2tn", "same", "USD", "$2tn", "تريليونا دولار"),
    "ten": ("10bn", "same", "USD", "$10bn", "10 مليارات دولار"),
    "eleven": ("11m", "same", "USD", "$11m", "11 مليون دولار"),
    "a hundred": ("100m", "same", "USD", "$100m", "100 مليون دولار"),
    "a hundred and three": ("103m", "same", "USD", "$103m", "103 ملايين دولار"),
    "a fraction": ("14.3bn", "same", "USD", "$14.3bn", "14.3 مليار دولار"),
    "many digits": ("1234567890", "same", "USD", "$1.235bn", "1.235 مليار دولار"),
    "just below a scale": ("999999999.9", "same", "USD", "$1bn", "مليار دولار"),
    "below a million": ("752300", "same", "USD", "$752,300", "752,300 دولار"),
    "a currency without a name": ("5bn", "same", "XTS", "XTS 5bn", "5 مليارات \u2068XTS\u2069"),
    "no currency": (
        "5bn", "same", None, "5bn (currency not named)", "5 مليارات (العملة غير مذكورة)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("low", "high", "currency", "en", "ar"), AMOUNTS.values(), ids=AMOUNTS)
def test_amounts(tell: Any, low: str, high: str, currency: str, en: str, ar: str) -> None:
    figure = tell.figure(low, high, currency)

    assert (amount_words(figure, "en"), amount_words(figure, "ar")) == (en, ar)


def test_about_is_said(tell: Any) -> None:
    figure = tell.figure("2bn", approximate=True)

    assert amount_words(figure, "en") == "about $2bn"
    assert amount_words(figure, "ar") == "نحو ملياري دولار"


def test_an_amount_never_gains_digits() -> None:
    assert scaled(Decimal("14300000000.00")).digits == "14.3"
    assert scaled(Decimal(5 * 10**14)).digits == "500"


COUNTS = {
    1: "مصدر واحد",
    2: "مصدران",
    3: "3 مصادر",
    10: "10 مصادر",
    11: "11 مصدرًا",
    100: "100 مصدر",
    103: "103 مصادر",
    111: "111 مصدرًا",
}


@pytest.mark.parametrize(("count", "said"), COUNTS.items())
def test_sources_are_counted_in_arabic(count: int, said: str) -> None:
    assert words_of("ar").sources(count) == said


TITLES = {
    2: ("مصدران يحتاجان إلى نظر", "في غيابك: صفقتان"),
    5: ("5 مصادر تحتاج إلى نظر", "في غيابك: 5 صفقات"),
    40: ("40 مصدرًا تحتاج إلى نظر", "في غيابك: 40 صفقة"),
    1200: ("1,200 مصدر تحتاج إلى نظر", "في غيابك: 1,200 صفقة"),
}


@pytest.mark.parametrize(("count", "said"), TITLES.items())
def test_titles_count_in_arabic(count: int, said: tuple[str, str]) -> None:
    words = words_of("ar")

    assert (words.label("notice_bad", count=count), words.label("digest_away", count=count)) == said


SHARES = {"0.1": ("+10%", "بزيادة 10 في المئة"), "-0.5": ("−50%", "بانخفاض 50 في المئة"),
          "0.054": ("+5.4%", "بزيادة 5.4 في المئة")}  # fmt: skip


@pytest.mark.parametrize(("share", "said"), SHARES.items())
def test_shares(share: str, said: tuple[str, str]) -> None:
    told = tuple(words_of(language).percent(Decimal(share)) for language in ("en", "ar"))

    assert told == said


def test_moments_name_the_readers_zone() -> None:
    at = datetime(2025, 1, 24, 19, 58, tzinfo=UTC)

    assert words_of("en").moment(at, False, "Asia/Dubai") == "24 Jan 2025, 19:58 Dubai time"
    assert words_of("ar").moment(at, False, "Asia/Dubai").endswith("الساعة 19:58 بتوقيت دبي")
    assert words_of("ar").day(date(2025, 1, 24)) == "24 يناير 2025"


FACTS: dict[str, tuple[str, ...]] = {
    "amount": ("60000000000", "10000000000", "USD", "approximate"),
    "moved": ("60", "", "USD", "66", "72", "USD", "0.1", "0.05"),
    "kind": ("capex_plan",), "counting": ("capex_plan",),
    "stage": ("announced", "7"), "first": ("raised",), "silenced": ("7", "known", "then"),
}  # fmt: skip


def facts_of(code: str) -> tuple[str, ...]:
    if code == "amount_no_rate":
        return ("XTS", "USD")
    if code == "amount_stated":
        return ("7",)
    return FACTS.get(code.split("_")[0], ("7", "72"))


def test_english_has_the_whole_table() -> None:
    words = words_of("en")

    assert set(words.kinds) == {role for role in Role if role.makes_deal}
    assert set(words.stages) == set(Stage)
    assert set(words.sides) == set(Side)
    assert set(words.states) == set(HealthState)
    assert set(words.changes) == {"amount", *ChangeKind}


@pytest.mark.parametrize("path", SHIPPED_WORDINGS, ids=lambda path: path.stem)
def test_a_language_that_comes_with_rasid_is_complete_and_right(path: Path, tmp_path: Path) -> None:
    (tmp_path / "wording").mkdir()
    shutil.copy(path, tmp_path / "wording")  # an owner's file is checked

    english, *others = load_wordings(tmp_path, "en", path.stem)

    for wording in others:
        assert left_out(wording, english) == []
        for name, forms in english.labels.items():
            assert fields(wording.labels[name]["other"]) == fields(forms["other"]), name


def fields(phrase: str) -> set[str]:
    return set(fields_of(phrase))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_names_no_number_is_for_one_number_only(language: str) -> None:
    """In French "one" is 0 and 1, in Russian 1, 21 and 31: they need their digits."""
    words = words_of(language)

    hidden = {path: words.hidden(forms) for path, forms in counting(words.wording).items()}

    assert {path: numbers for path, numbers in hidden.items() if numbers} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", words_of("en").wording.reasons)
def test_every_reason_can_be_said(language: str, code: str) -> None:
    said = words_of(language).say(Reason(code=code, text="", facts=facts_of(code)))

    assert said
    bare = re.sub("\u2068[^\u2069]*\u2069", "", said)
    assert "{" not in said
    assert language != "ar" or not re.search("[A-Za-z]", bare)


def test_a_reason_of_another_room_is_said_in_its_own_words() -> None:
    told = Reason(code="somebody_elses", text="<!channel> told")

    assert words_of("ar").say(told) == "\u2068‹!channel› told\u2069"


def test_a_record_has_the_letters_alone() -> None:
    told = reason("company", "ميتا")

    assert told.text == "ميتا is one of the companies"
    assert words_of("en").say(told) == "\u2068ميتا\u2069 is one of the companies"


def test_a_reason_in_two_scripts_is_isolated_once() -> None:
    told = Reason(code="somebody_elses", text="no answer: لا يجيب")

    assert words_of("ar").say(told) == "\u2068no answer: لا يجيب\u2069"
