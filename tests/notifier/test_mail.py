"""Mails: whole, in their reader's direction, nothing remote, and hostile text stays text."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from lxml import html as parser

from crawler.model import Evidence, Published
from notifier.mail import as_html, in_tags, marked
from notifier.model import Message
from tests.notifier.test_render import LANGUAGES, META, SAID, hostile_message, message

RTL = {"ar", "fa", "he", "ur"}
TEXT_TAGS = {"p", "h1", "h2", "blockquote"}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "div", "table", "tbody", "tr"),
    *("td", "span", "h1", "h2", "p", "blockquote", "bdi", "a", "strong", "code", "s", "br"),
}
ATTRIBUTES = {
    *("lang", "dir", "charset", "name", "content", "class", "style", "role", "width", "align"),
    *("cellpadding", "cellspacing", "border", "href", "aria-hidden", "bgcolor", "height"),
    "valign",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAID)
def test_a_mail_says_what_the_message_says(tell: Any, name: str, language: str) -> None:
    told = SAID[name](tell, tell.target(language=language))
    page = as_html(told)
    said = bare(parser.fromstring(page).text_content())

    assert told.letter is not None
    parts = [told.letter.amount, told.letter.headline, *told.letter.changed, *told.letter.why]
    parts += [f"{label}{what}" for label, what in told.letter.facts]
    parts += [told.letter.quote.text, told.letter.quote.said_by] if told.letter.quote else []
    for part in parts:
        assert bare(part) in said
    for link in re.findall(r"^https?://\S+$", told.text, re.MULTILINE):
        assert f'href="{link}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAID)
def test_every_part_of_a_mail_knows_its_language_and_direction(
    tell: Any, name: str, language: str
) -> None:
    """Some mail programs drop the elements further out."""
    page = parser.fromstring(as_html(SAID[name](tell, tell.target(language=language))))

    parts = [part for part in page.iter() if part.tag in TEXT_TAGS]
    assert len(parts) > 5
    for part in parts:
        way = "rtl" if part.get("lang") in RTL else "ltr"
        assert part.get("dir") == way, parser.tostring(part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_asks_nobody_for_anything_and_stands_without_its_style(
    tell: Any, language: str
) -> None:
    page = as_html(SAID["july"](tell, tell.target(language=language)))

    assert not re.search(r"src=|<img|<link|<script|@import|url\(", page)
    for part in parser.fromstring(page).iter("p", "h1", "h2"):
        assert "font-size" in part.get("style", ""), parser.tostring(part)
    assert len(page.encode()) < 60_000  # Gmail cuts a mail at 102 kB


def test_a_message_without_parts_is_its_paragraphs() -> None:
    told = Message(
        title="A <b> test", text="A <b> test\n\nOne & two.\nThree.", markdown="", key="k"
    )

    page = parser.fromstring(as_html(told))

    assert page.findtext(".//h1") == "A <b> test"
    assert [part.text for part in page.iter("p")] == ["One & two.", "Three.", "[k]"]


def test_isolates_become_elements_that_are_all_closed() -> None:
    assert in_tags("`rasid outbox retry` `x") == "<code>rasid outbox retry</code> `x"
    assert in_tags("\u2068rasid status\u2069") == "<bdi><code>rasid status</code></bdi>"
    assert in_tags("a \u2068b & c\u2069\u2069 \u2068d") == "a <bdi>b &amp; c</bdi> <bdi>d</bdi>"


def test_a_range_stands_on_one_line() -> None:
    """A browser may end a line after a dash, in any language."""
    together = '<span class="together">{}</span>'.format

    assert in_tags("now $60–65bn, as") == f"now {together('$60–65bn,')} as"
    assert in_tags("60–65\u00a0Md\u00a0$") == f"{together('60–65')}\u00a0Md\u00a0$"
    assert in_tags("<60–65>") == f"&lt;{together('60–65')}&gt;"
    assert in_tags("a–b – c 5 –6") == "a–b – c 5 –6"


def test_a_source_has_its_hour_today_and_its_day_before(tell: Any) -> None:
    """And the language, where it is not the reader's."""
    at = tell.now.replace(hour=9, minute=30)
    told = [
        tell.told_by(published=Published(at=at, evidence=Evidence.JSON_LD)),
        tell.told_by(
            META,
            site_name="Meta newsroom",
            language="en",
            published=Published(at=at - timedelta(days=1), evidence=Evidence.JSON_LD),
        ),
    ]

    letter = message(tell, tell.deal(), tell.change(), sources=told).letter

    assert letter is not None
    shown = [(source.note, source.when) for source in letter.sources]
    assert shown == [("Arabic", "09:30"), ("", "23 Jan 2025")]


STRUCK = {
    "a move": ("july", ["$60–65bn"], "$60–65bn → $66–72bn"),
    "a denial": ("a_denial", ["$60–65bn"], "$60–65bn"),
    "a mistake": ("a_corrected_figure", ["$12bn"], "$12bn → $6bn"),
    "nothing before": ("the_plan", [], "$60–65bn"),
}


@pytest.mark.parametrize(("name", "struck", "said"), STRUCK.values(), ids=STRUCK)
def test_what_is_true_no_longer_is_struck_out(
    tell: Any, name: str, struck: list[str], said: str
) -> None:
    page = parser.fromstring(as_html(SAID[name](tell, tell.target())))

    assert [part.text_content() for part in page.iter("s")] == struck
    (figure,) = page.iter("h1")
    assert figure.text_content() == said


def test_the_figure_of_a_quote_is_strong() -> None:
    assert marked("of <$6bn> & $6bn", "$6bn") == "of &lt;<strong>$6bn</strong>&gt; &amp; $6bn"
    assert marked("of <", "$6bn") == marked("of <", "") == "of &lt;"


@pytest.mark.parametrize(
    "count",
    [300, pytest.param(5_000, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])],
    ids=["some", "all"],
)
def test_hostile_text_stays_text_in_every_mail(tell: Any, count: int) -> None:
    """P9: no element, attribute or link but ours, and no sign that turns text round."""
    for seed in range(count):
        told = hostile_message(tell, seed)
        page = as_html(told)

        for part in parser.fromstring(page).iter():
            assert part.tag in TAGS
            assert set(part.attrib) <= ATTRIBUTES
            url = part.get("href", "https://a.test")
            assert re.fullmatch(r"https?://[\x21-\x7e]+", url)
            assert not set(url) & set("()<>[]*`\"'\\")
        for letter in set(page) - {"\n"}:
            assert unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def bare(text: str) -> str:
    return re.sub(r"[\u2068\u2069\u200f]", "", text).replace("\n", "")
