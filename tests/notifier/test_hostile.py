"""P9 in notices and digests: whatever a page, a site or its owner named itself does no harm."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from lxml import html as parser

from crawler.health.model import HealthState, Trouble
from crawler.model import ChangeKind, Party, Reason, Role, Side, Stage
from notifier.decide import decide
from notifier.mail import as_html
from notifier.model import Digest, Entry, Message, Notice, NoticeKind, Tally
from notifier.render_digest import render_digest
from notifier.render_notice import render_notice
from notifier.sizes import Size, size_of
from tests.notifier.conftest import COMPANIES
from tests.notifier.test_render import assert_harmless, assert_only_our_links, hostile

LANGUAGES = ["en", "ar", "fr"]
URLS = {
    "mailto://a.example": Size.FULL,
    "slack://a/b/c": Size.FULL,
    "discord://a/b": Size.CHAT,
    "workflows://a/b/c": Size.SHORT,
}
KINDS = [role for role in Role if role.makes_deal]
LEFT_OUT = ("repeat", "below", "no_amount", "unless", "other")
ASKED: list[dict[str, Any]] = [
    {},
    {"companies": ("openai",)},
    {"investors": ("openai",)},
    {"recipients": ("openai",)},
    {"languages": ("en",)},
    {"sources": ("wire",)},
    {"company_countries": ("AE",)},
]
COUNTS = {
    "some": 2_000,
    "all": pytest.param(100_000, marks=[pytest.mark.slow, pytest.mark.timeout(1200)]),
}
PAGES = {
    "some": 150,
    "all": pytest.param(5_000, marks=[pytest.mark.slow, pytest.mark.timeout(1200)]),
}


def trouble(tell: Any, dice: random.Random) -> Trouble:
    return Trouble(
        source_id=hostile(dice),
        name=hostile(dice) * dice.choice([1, 1, 20]),
        state=dice.choice(list(HealthState)),
        since=tell.now - timedelta(hours=dice.randrange(300)),
        text=hostile(dice) * dice.choice([1, 1, 20]),
    )


def entry(tell: Any, dice: random.Random) -> Entry:
    figure = tell.figure("10bn", dice.choice(["same", "12bn", None]), dice.choice(["USD", None]))
    parties = tuple(
        Party(name=hostile(dice), side=dice.choice(list(Side)), id=None)
        for _ in range(dice.randrange(6))
    )
    why = dice.choice(
        [None, Reason(code="somebody_elses", text=hostile(dice)), verdict(tell, dice)]
    )
    return Entry(
        deal_id=dice.randrange(10**9),
        kind=dice.choice(KINDS),
        stage=dice.choice(list(Stage)),
        parties=parties,
        figure=dice.choice([None, figure]),
        before=dice.choice([None, tell.figure("60bn", "65bn")]),
        change=dice.choice(list(ChangeKind)),
        dollars=dice.choice([None, Decimal(dice.randrange(1, 10**13))]),
        url=dice.choice([hostile(dice), "https://a.test/" + hostile(dice)]),
        why_held=why,
    )


def verdict(tell: Any, dice: random.Random) -> Reason:
    """A reason as `decide` makes it of what a page said."""
    parties = tuple(tell.party(None, hostile(dice)) for _ in range(3))
    said = decide(
        tell.rule(**dice.choice(ASKED)),
        tell.deal(parties=parties, place=hostile(dice)),
        tell.change(),
        tell.history(article=tell.article(language=hostile(dice), source_id=hostile(dice))),
        now=tell.now,
        rates=tell.rates,
        age_limit_h=72,
        companies={},
    )
    return dice.choice(said.reasons)


def entries(tell: Any, dice: random.Random) -> tuple[Entry, ...]:
    return tuple(entry(tell, dice) for _ in range(dice.choice([0, 0, 1, 3, 12])))


def troubles(tell: Any, dice: random.Random) -> tuple[Trouble, ...]:
    return tuple(trouble(tell, dice) for _ in range(dice.choice([1, 2, 9, 40])))


def digest(tell: Any, dice: random.Random) -> Digest:
    return Digest(
        since=tell.now - timedelta(days=dice.randrange(1, 9)),
        until=tell.now,
        new=entries(tell, dice),
        changed=entries(tell, dice),
        held=entries(tell, dice),
        left_out=tuple(Tally(why=why, count=dice.randrange(1, 10**6)) for why in LEFT_OUT),
        troubled=troubles(tell, dice)[dice.randrange(2) :],
        sources=dice.randrange(10**4),
        articles=dice.randrange(10**7),
        ai_articles=dice.randrange(10**6),
        weekly=dice.random() < 0.5,
        known=dice.randrange(2),
        failing=dice.randrange(3),
    )


def hostile_notice(tell: Any, seed: int) -> Message:
    """A message about Rasid or of many deals whose strangers' words were chosen by an enemy."""
    dice = random.Random(seed)
    kind = dice.choice(list(NoticeKind))
    language, url = dice.choice(LANGUAGES), dice.choice(list(URLS))
    target = tell.target(language=language, url=url, zone=dice.choice(["UTC", "Asia/Dubai"]))
    words = tell.words(language)
    notice = Notice(id=dice.randrange(10**9), kind=kind, items=(), made_at=tell.now)
    if kind.lists_deals:
        notice = replace(notice, digest=digest(tell, dice))
        public_url = dice.choice([None, "https://rasid.example"])
        message = render_digest(notice, target, words, companies=COMPANIES, public_url=public_url)
    else:
        message = render_notice(replace(notice, items=troubles(tell, dice)), target, words)
    assert size_of(target) is URLS[url]
    assert max(len(message.text), len(message.markdown)) <= URLS[url]
    return message


@pytest.mark.parametrize("count", COUNTS.values(), ids=COUNTS)
def test_hostile_text_stays_text_in_every_notice_and_digest(tell: Any, count: int) -> None:
    for seed in range(count):
        told = hostile_notice(tell, seed)

        assert 0 < len(told.title) <= 80
        assert "\n" not in told.title
        assert f"[{told.key}]" in told.text
        for text in (told.title, told.text, told.markdown):
            assert_harmless(re.sub(r"`rasid [a-z ]+`", "", text))  # ours
        assert_only_our_links(told)


@pytest.mark.parametrize("count", PAGES.values(), ids=PAGES)
def test_hostile_text_stays_text_in_every_mail_of_them(tell: Any, count: int) -> None:
    for seed in range(count):
        told = hostile_notice(tell, seed)

        page = as_html(told)
        tree = parser.fromstring(page)

        assert not {each.tag for each in tree.iter()} & {
            "img",
            "script",
            "iframe",
            "form",
            "object",
        }
        assert not re.search(r"\son\w+=|url\(|@import", page)
        assert page.count("<bdi>") == page.count("</bdi>")
        for link in tree.iter("a"):
            assert re.fullmatch(r"https?://[\x21-\x7e]+", link.get("href"))
        assert page == page.encode("utf-8").decode("utf-8")  # no lone surrogate
        assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069\x00\x1b]", page)
