"""One more language of messages is one file, shipped or in the owner's own folder."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.errors import ConfigError
from config.layers import SHIPPED
from config.load import load_wordings
from crawler.model import Reason
from notifier.words import Words, reason, words_in, words_of
from scheduler.commands.configuration import check_config
from scheduler.house import load_own_config
from tests.notifier.conftest import WORDINGS
from tests.notifier.test_render import GOLDEN, SAID, first_direction

# A small one, from right to left, with a range in words; what it leaves out is said in English.
PERSIAN = """
language: fa
right_to_left: yes
decimal_sign: "٫"
thousands_sign: "٬"
scales: {million: "{number} میلیون", billion: "{number} میلیارد", trillion: "{number} تریلیون"}
amount: "{number} {currency}"
range: "از {low} تا {high}"
between: "از {low} تا {high}"
over: "بیش از {amount}"
up_to: "تا {amount}"
about: "حدود {amount}"
converted: "برابر {amount}"
no_currency: "{amount} (ارز نامعلوم)"
currencies: {USD: دلار, AED: درهم}
rate: "هر {one} برابر {count} {other}، {kind}"
rates: {peg: نرخ ثابت, ecb: "نرخ {day}", approximate: "نرخ تقریبی {day}"}
percent: "{number} درصد"
rise: "{share} افزایش"
fall: "{share} کاهش"
months: [ژانویه, فوریه, مارس, آوریل, مه, ژوئن, ژوئیه, اوت, سپتامبر, اکتبر, نوامبر, دسامبر]
day: "{day} {month} {year}"
unknown_day: روزی نامعلوم
moment: "{day}، ساعت {time} {zone}"
zone: "به وقت {place}"
places: {Dubai: دبی}
sources: "{count} منبع"
hours: "{count} ساعت"
days: "{count} روز"
under_an_hour: کمتر از یک ساعت
moved_by: "، {share}"
limit: " ({share})"
last: " و "
kinds: {capex_plan: هزینه سرمایه‌ای}
stages: {announced: اعلام شده}
sides_of_kind: {capex_plan: {investor: هزینه‌کننده}}
labels: {amount: مبلغ, comma: "، ", quote: "«{text}»"}
"""


@pytest.mark.parametrize("name", SAID)
def test_people_read_french(tell: Any, name: str) -> None:
    told = SAID[name](tell, tell.target(language="fr"))
    path = GOLDEN / f"{name}.fr.txt"
    shown = f"{told.text}\n\n--- Markdown ---\n{told.markdown}\n"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(shown, "utf-8")

    assert shown == path.read_text("utf-8")


FR = words_in("fr", WORDINGS)

AMOUNTS = {
    "a range": ("60bn", "65bn", "USD", "60–65 Md $"),
    "two scales": ("500m", "1.2bn", "EUR", "500 M € à 1,2 Md €"),
    "more than": ("60bn", None, "AED", "plus de 60 Md AED"),
    "no word for a trillion": ("2tn", "same", "USD", "2 000 Md $"),
    "below a million": ("752300", "same", "USD", "752 300 $"),
    "no currency": ("5bn", "same", None, "5 Md (devise non précisée)"),
}


@pytest.mark.parametrize(("low", "high", "currency", "said"), AMOUNTS.values(), ids=AMOUNTS)
def test_french_amounts(tell: Any, low: str, high: str, currency: str, said: str) -> None:
    told = FR.figure(tell.figure(low, high, currency))

    assert told.replace("\u00a0", " ") == said


def persian(folder: Path, text: str = PERSIAN, language: str = "fa") -> Words:
    (folder / "wording").mkdir()
    (folder / "wording" / f"{language}.yaml").write_text(text, "utf-8")
    return words_in(language, load_wordings(folder))


def test_a_language_is_one_file_in_the_owners_folder(tell: Any, tmp_path: Path) -> None:
    words = persian(tmp_path)
    target = tell.target(language="fa", currency="AED", zone="Asia/Dubai")
    told = SAID["the_plan_in_dirhams"](replace(tell, wordings=load_wordings(tmp_path)), target)

    assert told.title == "از 60 تا 65 میلیارد دلار · ⁨Meta⁩ · هزینه سرمایه‌ای 2025 (اعلام شده)"
    assert "مبلغ: از 60 تا 65 میلیارد دلار، برابر از 220 تا 239 میلیارد درهم" in told.text
    assert {first_direction(line) for line in told.text.split("\n")[:-1] if line} == {"rtl"}
    assert words.moment(datetime(2025, 1, 24, 19, 58, tzinfo=UTC), False, "Asia/Dubai") == (
        "24 ژانویه 2025، ساعت 19:58 به وقت دبی"
    )
    assert words.percent(Decimal("-0.054")) == "5٫4 درصد کاهش"
    assert words.label("who") == words_of("en").label("who")


def test_a_target_may_name_it(tmp_path: Path) -> None:
    target = {"id": "desk", "url": "json://a.example/", "tags": ["desk"], "language": "fa"}
    (tmp_path / "targets.yaml").write_text(yaml.safe_dump({"targets": [target]}), "utf-8")
    with pytest.raises(ConfigError, match="no wording in this language"):
        load_own_config(tmp_path)

    persian(tmp_path)

    assert load_own_config(tmp_path).targets[0].language == "fa"


@pytest.mark.parametrize(("language", "said"), {"ar": "الأطراف", "en": "Parties"}.items())
def test_an_owner_changes_one_word_of_a_shipped_language(
    tell: Any, tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "wording").mkdir()
    own = {"labels": {"who": said}}
    (tmp_path / "wording" / f"{language}.yaml").write_text(yaml.safe_dump(own), "utf-8")
    target, shipped = tell.target(language=language), tell.words(language).label("who")

    teller = replace(tell, wordings=load_own_config(tmp_path).wordings)
    changed, before = (SAID["the_plan"](each, target).text for each in (teller, tell))

    assert shipped in before
    assert changed == before.replace(f"\n{shipped}", f"\n{said}") != before


def test_a_check_says_what_is_said_in_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PERSIAN.replace("stages: {announced: اعلام شده}", "stages: {}")
    persian(tmp_path, text)

    check_config({"folder": tmp_path}, as_json=True)
    told = json.loads(capsys.readouterr().out)["said_in_english"]
    check_config({"folder": tmp_path}, as_json=False)
    said = capsys.readouterr().out

    assert list(told) == ["fa"]  # those that come with Rasid are complete
    assert "stages.announced" in told["fa"]
    assert "labels.quote" not in told["fa"]
    assert f"wording/fa.yaml leaves {len(told['fa'])} phrases to English: by_rate.peg, " in said


def test_a_check_finds_words_that_say_another_number(tmp_path: Path) -> None:
    forms = "{one: один день, few: '{count} дня', other: '{count} дней'}"
    russian = PERSIAN.replace("language: fa\nright_to_left: yes", "language: ru")
    persian(tmp_path, russian.replace('"{count} روز"', forms), "ru")

    with pytest.raises(ConfigError, match=r"wording/ru.yaml: days: one form is said of 1, 21, 31"):
        check_config({"folder": tmp_path}, as_json=False)


def test_what_is_on_record_keeps_its_words(tmp_path: Path) -> None:
    (tmp_path / "wording").mkdir()
    (tmp_path / "wording" / "en.yaml").write_text("reasons: {mended: Our fault}\n", "utf-8")

    words = words_in("en", load_own_config(tmp_path).wordings)

    assert words.say(reason("mended")) == "Our fault"
    assert reason("mended").text == "a mistake of ours is corrected whatever its age"


def test_a_language_counts_by_its_own_rule(tmp_path: Path) -> None:
    forms = "{one: '{count} день', few: '{count} дня', many: '{count} дней', other: '{count} дня'}"
    russian = PERSIAN.replace("language: fa\nright_to_left: yes", "language: ru")
    words = persian(tmp_path, russian.replace('"{count} روز"', forms), "ru")

    told = [words.hours(24 * days) for days in (5, 21, 22, 111)]

    assert told == ["5 дней", "21 день", "22 дня", "111 дней"]


WRONG = {
    "a field that nothing fills": (
        ("{day} {month} {year}", "{day} {moth} {year}"),
        "fa.yaml:22:6: day: nothing fills in {moth}; the fields are: {day}, {month}, {year}",
    ),
    "an attribute": (
        ("«{text}»", "«{text.__class__}»"),
        "fa.yaml:37:44: labels.quote: nothing fills in {text.__class__}; the fields are: {text}",
    ),
    "half a brace": (("به وقت {place}", "به وقت {place"), "has a brace without its other half"),
    "a mention": (("«{text}»", "@{text}"), "behind @ could be a mention or a link: put a blank"),
    "a label of nobody": (("labels: {amount", "labels: {amont"), "no such label; did you mean"),
    "a kind of nobody": (("kinds: {capex_plan", "kinds: {capex"), "fa.yaml:34:9: kinds.capex: no"),
    "no such number": (
        ('sources: "{count} منبع"', "sources: {several: منبع, other: x}"),
        "fa.yaml:27:11: sources.several: no such word here (got 'several'); write one of",
    ),
    "a number without a form": (
        ('sources: "{count} منبع"', "sources: {one: منبع}"),
        "fa.yaml:27:10: sources: has no form for all other numbers",
    ),
    "two words in a list": (
        ('sources: "{count} منبع"', "sources: [a, b]"),
        "fa.yaml:27:10: sources: must be a map",
    ),
    "eleven months": (("ژانویه, ", ""), "fa.yaml:21:9: months: 11 names of months"),
    "a phrase left out": (("under_an_hour: کمتر از یک ساعت", ""), "under_an_hour: is missing"),
    "a language that comes with Rasid": (("language: fa", "language: en"), "is not that of the"),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_has_its_line(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        persian(tmp_path, PERSIAN.replace(*change))

    assert said in str(caught.value)


def test_a_reason_says_a_figure_without_a_low_end() -> None:
    facts = ("", "65000000000", "USD", "70000000000", "70000000000", "USD", "", "")

    said = FR.say(Reason(code="moved", text="", facts=facts))

    assert said.replace("\u00a0", " ") == "annoncé jusqu’à 65 Md $, maintenant 70 Md $"


def test_a_fact_is_never_filled_in_again(tmp_path: Path) -> None:
    words = persian(tmp_path, PERSIAN + 'reasons: {source: "{0} {9|nobody}"}\n')

    said = words.say(Reason(code="source", text="", facts=("{0:kind} {1} <b>",)))

    assert said == "⁨{0:kind} {1} ‹b›⁩ nobody"


def test_no_french_line_begins_with_a_colon() -> None:
    """Typographers put a blank before : ; ? ! and », and no line ends there."""
    assert not re.search(
        r" [:;?!»]|« ", without_comments((SHIPPED / "wording" / "fr.yaml").read_text("utf-8"))
    )


def without_comments(text: str) -> str:
    return re.sub(r"(?m)(^|\s)#.*$", "", text)
