"""Owners say it in their own words, and strangers say nothing with them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from config.own_words import MESSAGE_FIELDS
from notifier.headline import title_of
from notifier.mail import as_html
from notifier.own_words import values_of
from notifier.telling import Telling
from notifier.words import words_of
from tests.notifier.test_render import SAID, assert_harmless, first_direction, message

TEMPLATE = "{headline}: {amount}\n{changed}\n\n{place}\n{quote} ({said_by})\nAsk the desk."
PLAN = "https://alqiyady.example/meta-2025"


def test_every_field_is_filled_in(tell: Any) -> None:
    it = Telling(
        alert=tell.alert(), deal=tell.deal(), change=tell.change(), sources=[tell.told_by()],
        target=tell.target(), rates=tell.rates, companies=tell.companies, public_url=None,
        whole=None, told=None, words=words_of("en"),
    )  # fmt: skip

    assert set(values_of(it)) == set(MESSAGE_FIELDS)


def test_a_message_in_the_words_of_its_owner(tell: Any) -> None:
    target = tell.target(title_template="{parties}: {amount}!", template=TEMPLATE)
    told = message(tell, tell.deal(), tell.change(), target=target)

    assert told.text.split("\n") == [
        "Meta (spender): $60–65bn!",
        "",
        f"{headline(tell)}: $60–65bn",
        "",
        told.text.split("\n")[4],
        "Ask the desk.",
        "",
        "[alert 1042]",
        PLAN,
    ]
    assert told.text.split("\n")[4].startswith("“⁨أعلنت شركة ميتا")


def headline(tell: Any) -> str:
    told = message(tell, tell.deal(), tell.change(), target=tell.target())
    assert told.letter is not None
    return str(told.letter.headline)


def test_a_mail_in_the_words_of_its_owner(tell: Any) -> None:
    target = tell.target(url="mailto://a.example", template=TEMPLATE)
    told = message(tell, tell.deal(), tell.change(), target=target)
    page = as_html(told)

    assert "Ask the desk." in page
    assert f'href="{PLAN}"' in page
    assert "[alert 1042]" in page
    assert words_of("en").label("why_you") not in page


@pytest.mark.parametrize("name", SAID)
def test_arabic_lines_run_from_right_to_left(tell: Any, name: str) -> None:
    target = tell.target(language="ar", template="{parties} {amount}\n{rule}: {why}")
    told = SAID[name](tell, target)

    assert {first_direction(line) for line in told.text.split("\n")[:-1] if line} == {"rtl"}


@pytest.mark.parametrize("template", ["{place}", "{quote} " * 8])
def test_an_empty_or_too_long_title_is_ours(tell: Any, template: str) -> None:
    told = message(tell, tell.deal(), tell.change(), target=tell.target(title_template=template))

    assert told.title == title_of(
        tell.alert(), tell.deal(), tell.change(), companies=tell.companies, words=words_of("en"),
        whole=None,
    )  # fmt: skip


def test_a_long_message_loses_the_last_lines(tell: Any) -> None:
    template = "\n".join(f"{number} {{quote}}" for number in range(30))
    target = tell.target(url="workflows://a/b/c", template=template)
    told = message(tell, tell.deal(), tell.change(), target=target)

    numbers = [int(line.split()[0]) for line in told.text.split("\n") if re.match(r"\d+ “", line)]
    assert numbers == list(range(len(numbers)))
    assert 2 < len(numbers) < 30
    assert told.text.endswith(PLAN)


def test_what_fills_a_field_is_never_filled_in_again(tell: Any) -> None:
    party = tell.party(None, "{amount} {parties.__class__} # x")
    deal = tell.deal(parties=(party,))
    told = message(tell, deal, tell.change(), target=tell.target(template="{parties}"))

    assert "{amount} {parties. class } # x" in told.text


JOINED = {
    "a mention": ("@{parties}", "here", "@ here"),
    "a channel of Slack": ("<{parties}>", "!channel", "< !channel"),
    "a link": ("https:{parties}", "//x.test", "https: //x.test"),
    "a masked link": ("[x]({parties})", "x.test", "[x]( x.test"),
    "two values": ("{parties}{parties}", "x @", "x @ (spender) x @"),
    "a mention by the words behind": ("{place}here", "x", "X @ here"),
    "what owners may do": ("**{parties}** ({kind})", "x", "**x (spender)** (capital spending)"),
}


@pytest.mark.parametrize(("template", "name", "said"), JOINED.values(), ids=JOINED)
def test_a_name_makes_nothing_with_the_words_around_it(
    tell: Any, template: str, name: str, said: str
) -> None:
    deal = tell.deal(parties=(tell.party(None, name),), place="x @")
    told = message(tell, deal, tell.change(), target=tell.target(template=template))

    assert said in told.markdown


@pytest.mark.parametrize("name", ["# A heading", "- a list", "+ a list", "=== a heading", "> said"])
def test_a_name_that_begins_a_line_is_no_markup(tell: Any, name: str) -> None:
    deal = tell.deal(parties=(tell.party(None, name),))
    told = message(tell, deal, tell.change(), target=tell.target(template="{parties}"))

    assert not re.search(r"^\s*[#+=>-]", told.markdown, re.MULTILINE)
    assert_harmless(told.markdown)
