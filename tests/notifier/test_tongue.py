"""One more language of messages is one file, shipped or in the owner's own folder."""

from __future__ import annotations

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
from notifier.tongue import words_in
from notifier.words import Words, words_of
from scheduler.house import load_own_config
from tests.notifier.conftest import WORDINGS
from tests.notifier.test_render import GOLDEN, SAID, first_direction
from tests.notifier.test_words import facts_of

FRENCH = SHIPPED / "wording" / "fr.yaml"
# A small one, from right to left, with a range in words; what it leaves out is said in English.
PERSIAN = """
language: fa
right_to_left: yes
decimal_sign: "٫"
thousands_sign: "٬"
scales: {million: میلیون, billion: میلیارد, trillion: تریلیون}
amount: "{number} {scale} {currency}"
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
moment: "{day}، ساعت {time} {zone}"
zone: "به وقت {place}"
places: {Dubai: دبی}
sources: "{count} منبع"
hours: "{count} ساعت"
days: "{count} روز"
under_an_hour: کمتر از یک ساعت
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
FRENCH_REASONS = yaml.safe_load(FRENCH.read_text("utf-8"))["reasons"]


@pytest.mark.parametrize(
    "code", [code for code in words_of("en").reasons if code in FRENCH_REASONS]
)
def test_reasons_can_be_said_in_french(code: str) -> None:
    reason = Reason(code=code, text="", facts=facts_of(code))

    assert FR.say(reason)
    assert FR.say(reason) != words_of("en").say(reason)
    assert "{" not in FR.say(reason)


def test_french_phrases_have_the_fields_of_the_english_ones() -> None:
    french, english = FR, words_of("en")

    assert set(french.kinds) == set(english.kinds)
    for name, label in english.labels.items():
        assert fields(french.labels[name]) == fields(label), name


def fields(label: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", label))


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


def persian(folder: Path, text: str = PERSIAN) -> Words:
    (folder / "wording").mkdir()
    (folder / "wording" / "fa.yaml").write_text(text, "utf-8")
    return words_in("fa", load_wordings(folder))


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
    assert words.labels["who"] == words_of("en").labels["who"]


def test_a_target_may_name_it(tmp_path: Path) -> None:
    target = {"id": "desk", "url": "json://a.example/", "tags": ["desk"], "language": "fa"}
    (tmp_path / "targets.yaml").write_text(yaml.safe_dump({"targets": [target]}), "utf-8")
    with pytest.raises(ConfigError, match="no wording in this language"):
        load_own_config(tmp_path)

    persian(tmp_path)

    assert load_own_config(tmp_path).targets[0].language == "fa"


def test_an_owner_changes_one_word_of_a_shipped_language(tell: Any, tmp_path: Path) -> None:
    (tmp_path / "wording").mkdir()
    own = {"labels": {"who": "Parties"}, "hours": ["{count} h"]}
    (tmp_path / "wording" / "fr.yaml").write_text(yaml.safe_dump(own), "utf-8")

    teller = replace(tell, wordings=load_own_config(tmp_path).wordings)

    assert "\nParties : Meta" in SAID["the_plan"](teller, tell.target(language="fr")).text
    assert "\nQui : Meta" in SAID["the_plan"](tell, tell.target(language="fr")).text  # elsewhere
    assert teller.words("fr").labels["amount"] == "Montant"


WRONG = {
    "a field that nothing fills": (
        ("{day} {month} {year}", "{day} {moth} {year}"),
        "fa.yaml:22:6: day: nothing fills in {moth}; the fields are: {day}, {month}, {year}",
    ),
    "an attribute": (
        ("«{text}»", "«{text.__class__}»"),
        "fa.yaml:34:44: labels.quote: nothing fills in {text.__class__}; the fields are: {text}",
    ),
    "half a brace": (("به وقت {place}", "به وقت {place"), "has a brace without its other half"),
    "a mention": (("«{text}»", "@{text}"), "behind @ could be a mention or a link: put a blank"),
    "a label of nobody": (("labels: {amount", "labels: {amont"), "no such label; did you mean"),
    "a kind of nobody": (("kinds: {capex_plan", "kinds: {capex"), "fa.yaml:31:9: kinds.capex: no"),
    "eleven months": (("ژانویه, ", ""), "fa.yaml:21:9: months: 11 names of months"),
    "a phrase left out": (("under_an_hour: کمتر از یک ساعت", ""), "under_an_hour: is missing"),
    "a language that comes with Rasid": (("language: fa", "language: en"), "is not that of the"),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_has_its_line(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        persian(tmp_path, PERSIAN.replace(*change))

    assert said in str(caught.value)


def test_a_fact_is_never_filled_in_again(tmp_path: Path) -> None:
    words = persian(tmp_path, PERSIAN + 'reasons: {source: "{0} {9|nobody}"}\n')

    said = words.say(Reason(code="source", text="", facts=("{0:kind} {1} <b>",)))

    assert said == "⁨{0:kind} {1} ‹b›⁩ nobody"
