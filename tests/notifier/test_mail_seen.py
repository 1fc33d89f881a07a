"""Mails in a real Chromium: order of words, contrast and roles, nothing wider than the screen.

The pictures under pictures/ are what a person looked at. To take them anew:
REWRITE_PICTURES=1 pytest tests/notifier/test_mail_seen.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from crawler.health.model import HealthState, Trouble
from crawler.model import Role, Side, Stage
from notifier.mail import as_html
from notifier.model import Entry, Message, Notice, NoticeKind
from notifier.render_digest import render_digest
from notifier.render_notice import render_notice
from tests.notifier.browser import LINES, PATIENCE_MS, chromium, turned_round
from tests.notifier.conftest import COMPANIES
from tests.notifier.test_render import MIXED, SAID, message
from tests.notifier.test_render_digest import digest, entry

LANGUAGES = ["en", "ar", "fr"]
PICTURES = Path(__file__).parent / "pictures"
TAKEN = {
    *(("the_plan_in_dirhams", 380, "light"), ("the_plan_in_dirhams", 680, "dark")),
    *(("july", 680, "light"), ("a_denial", 380, "dark"), ("a_notice", 680, "light")),
    *(("a_digest", 680, "light"), ("a_digest", 380, "dark"), ("a_long_one", 320, "light")),
}
SCHEMES = ["light", "dark"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def a_notice(tell: Any, target: Any) -> Message:
    since = tell.now - timedelta(hours=26)
    items = (
        Trouble(
            source_id="a",
            name="argaam-rss",
            state=HealthState.SILENT,
            since=since,
            text="no new item",
        ),
        Trouble(
            source_id="b",
            name="القيادي",
            state=HealthState.BLOCKED,
            since=since,
            text="HTTP 403 <b>",
        ),
    )
    notice = Notice(id=7, kind=NoticeKind.BAD, items=items, made_at=tell.now)
    return render_notice(notice, target, tell.words(target.language))


def a_first_look(tell: Any, target: Any) -> Message:
    return a_digest(tell, target, NoticeKind.FIRST_LOOKS)


def a_digest(tell: Any, target: Any, kind: NoticeKind = NoticeKind.DIGEST) -> Message:
    told = replace(digest(tell), new=tuple(a_day_of_deals(tell)))
    notice = Notice(id=7, kind=kind, items=(), made_at=tell.now, digest=told)
    words = tell.words(target.language)
    return render_digest(
        notice, target, words, companies=COMPANIES, public_url="https://rasid.desk.example"
    )


def a_day_of_deals(tell: Any) -> Iterator[Entry]:
    others = [tell.party("openai", "OpenAI"), tell.party(None, "Oracle"), tell.party("mgx", "MGX")]
    venture = {"kind": Role.JOINT_VENTURE, "parties": (tell.party("softbank", "SoftBank"), *others)}
    yield entry(tell, 1, **venture, figure=tell.figure("500bn"), dollars=Decimal(500 * 10**9))
    yield entry(tell, 2, figure=tell.figure("60bn", "65bn"), dollars=Decimal(60 * 10**9))
    pledge = {"kind": Role.INVESTMENT_COMMITMENT, "figure": tell.figure("20bn")}
    yield entry(tell, 3, "DAMAC (Edgnex)", **pledge, dollars=Decimal(20 * 10**9))
    yield entry(tell, 4, "AWS", figure=tell.figure("11bn", None), dollars=Decimal(11 * 10**9))
    talks = {"kind": Role.FUNDING_ROUND, "stage": Stage.IN_TALKS}
    yield entry(tell, 5, "Anthropic", **talks, figure=tell.figure(None, "3bn"))


def a_long_one(tell: Any, target: Any) -> Message:
    """Names, an amount and a sentence in two scripts that leave little room."""
    figure = tell.figure("1250bn", "1350bn", "AED")
    parties = (
        tell.party(None, "Kohlberg Kravis Roberts & Co. Global Infrastructure Investors V"),
        tell.party(None, "مجموعة اثنين وأربعين القابضة للذكاء الاصطناعي والحوسبة", Side.RECIPIENT),
    )
    change = tell.change(after=figure, claim=tell.claim(figure, sentence=MIXED))
    return message(tell, tell.deal(figure, parties=parties), change, target=target)


MAILS = {
    **SAID,
    "a_long_one": a_long_one,
    "a_notice": a_notice,
    "a_digest": a_digest,
    "a_first_look": a_first_look,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


def opened(browser: Any, html: str, *, width: int = 680, scheme: str = "light") -> Any:
    page = browser.new_page(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page.set_default_timeout(PATIENCE_MS)
    page.set_content(html)
    return page


def mail(tell: Any, name: str, language: str) -> str:
    target = tell.target(language=language, url="mailto://desk.example", zone="Asia/Dubai")
    return as_html(MAILS[name](tell, target))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_words_stand_in_the_order_in_which_they_are_read(
    browser: Any, tell: Any, name: str, language: str
) -> None:
    page = opened(browser, mail(tell, name, language))

    parts = page.evaluate(LINES)
    page.close()

    assert len(parts) > 5
    assert [(part["words"], wrong) for part in parts if (wrong := turned_round(part))] == []


def test_the_order_of_words_can_be_wrong(browser: Any) -> None:
    page = opened(browser, "<p dir=ltr>ميتا تنفق 60 مليار دولار</p><p dir=rtl>one two</p>")

    wrong = [turned_round(part) for part in page.evaluate(LINES)]
    page.close()

    assert wrong == [["تنفق", "60", "مليار", "دولار"], ["two"]]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_everybody_can_read_it(
    browser: Any, tell: Any, name: str, language: str, scheme: str
) -> None:
    """axe-core, WCAG 2.2 A and AA."""
    page = opened(browser, mail(tell, name, language), scheme=scheme)

    found = Axe().run(page, options=RULES)
    page.close()

    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 10


@pytest.mark.parametrize("width", [320, 380, 680])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_nothing_is_wider_than_the_screen(
    browser: Any, tell: Any, name: str, language: str, width: int
) -> None:
    page = opened(browser, mail(tell, name, language), width=width)

    wide = page.evaluate("document.documentElement.scrollWidth")
    for scheme in SCHEMES:
        if os.environ.get("REWRITE_PICTURES") and (name, width, scheme) in TAKEN:
            page.emulate_media(color_scheme=scheme)
            path = PICTURES / f"{name}.{language}.{width}.{scheme}.png"
            page.screenshot(path=path, full_page=True)
    page.close()

    assert wide <= width


BROKEN = """() => [...document.querySelectorAll('.together')]
  .filter(range => range.getClientRects().length > 1).map(range => range.textContent)"""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_line_ends_within_a_range(browser: Any, tell: Any, language: str) -> None:
    """Without nowrap 21 of 91 widths broke a French digest behind "60–"."""
    page = opened(browser, mail(tell, "a_digest", language))

    broken = []
    for width in range(320, 681, 12):
        page.set_viewport_size({"width": width, "height": 700})
        broken += page.evaluate(BROKEN)
    count = page.locator(".together").count()
    page.close()

    assert count > 3
    assert broken == []
