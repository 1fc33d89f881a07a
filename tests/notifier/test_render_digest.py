"""Messages of many deals: three sizes, two languages, and no word of a stranger does harm."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from lxml import html as parser

from config.model import Target
from crawler.health.model import HealthState, Trouble
from crawler.model import ChangeKind, Party, Role, Side, Stage
from notifier.mail import as_html
from notifier.model import Digest, Entry, Message, Notice, NoticeKind, Tally
from notifier.render_digest import render_digest
from notifier.sizes import Size
from notifier.words import reason, words_in, words_of
from tests.notifier.conftest import COMPANIES, NOW, WORDINGS

SCHEMES = {"json": Size.FULL, "discord": Size.CHAT, "ntfy": Size.SHORT}


def entry(tell: Any, number: int, name: str = "Meta", **more: Any) -> Entry:
    meta = Party(name=name, id="meta" if name == "Meta" else None, side=Side.INVESTOR)
    fields: dict[str, Any] = {
        "deal_id": number,
        "kind": Role.CAPEX_PLAN,
        "stage": Stage.ANNOUNCED,
        "parties": (meta,),
        "figure": tell.figure(f"{60 + number}bn", f"{65 + number}bn"),
        "before": None,
        "change": ChangeKind.OPENED,
        "url": f"https://news.example/{number}",
    }
    return Entry(**(fields | more))


def digest(tell: Any, deals: int = 2) -> Digest:
    return Digest(
        since=NOW - timedelta(days=1),
        until=NOW,
        new=tuple(entry(tell, number) for number in range(deals)),
        changed=(entry(tell, 90, before=tell.figure("60bn", "65bn"), change=ChangeKind.RAISED),),
        held=(entry(tell, 91, why_held=reason("old", 90, 72)),),
        left_out=(Tally(why="repeat", count=31), Tally(why="below", count=12)),
        troubled=(Trouble(source_id="zawya", name="Zawya", state=HealthState.BLOCKED, since=NOW),),
        sources=214,
        articles=3120,
        ai_articles=118,
    )


def render(
    told: Digest, language: str = "en", kind: NoticeKind = NoticeKind.DIGEST, scheme: str = "json"
) -> Message:
    target = Target(
        id="me",
        url=f"{scheme}://x",
        tags=("desk",),
        language=language,  # type: ignore[arg-type]
        zone="Asia/Dubai",
    )
    notice = Notice(id=7, kind=kind, items=(), made_at=NOW, digest=told)
    words = words_in(language, WORDINGS)
    return render_digest(notice, target, words, companies=COMPANIES, public_url=None)


def test_a_digest_in_english(tell: Any) -> None:
    message = render(digest(tell))

    assert message.title == "Daily digest 24 Jan 2025: 2 new, 1 changed"
    assert message.text == (
        "Daily digest 24 Jan 2025: 2 new, 1 changed\n\n"
        "Since 23 Jan 2025, 20:05 Dubai time: 214 sources looked at, 3,120 articles, "
        "118 on money in AI\n\n"
        "New\n"
        "• $60–65bn · Meta · capital spending · announced\n  https://news.example/0\n"
        "• $61–66bn · Meta · capital spending · announced\n  https://news.example/1\n\n"
        "Changed\n"
        "• $150–155bn (was $60–65bn) · Meta · capital spending · announced\n"
        "  https://news.example/90\n\n"
        "Held back\n"
        "• $151–156bn · Meta · capital spending · announced: published 3 days ago, "
        "older than the limit of 3 days\n  https://news.example/91\n\n"
        "Left out: 31 told before, 12 AI deals under your figure\n\n"
        "Sources in trouble: 1\n"
        "Zawya: blocked since 24 Jan 2025, 20:05 Dubai time\n\n"
        "[notice 7]"
    )


def test_a_digest_in_arabic(tell: Any) -> None:
    message = render(digest(tell), "ar")

    assert message.title == "الموجز اليومي 24 يناير 2025: صفقتان جديدتان، واحدة متغيرة"
    assert "من 60 إلى 65 مليار دولار · ميتا" in message.text
    assert "المصادر المطلع عليها: 214؛ قُرئ 3,120 خبرًا" in message.text
    assert "sources" not in message.text


def test_a_digest_in_french(tell: Any) -> None:
    message = render(digest(tell), "fr")

    assert message.title == "Résumé du jour, 24 janvier 2025\u00a0: 2 nouvelles, 1 modifiée"
    assert "214 sources visitées, 3\u00a0120 articles" in message.text
    assert "150–155\u00a0Md\u00a0$ (avant\u00a0: 60–65\u00a0Md\u00a0$) · Meta" in message.text


NOTHING = {
    "en": ("Daily digest 24 Jan 2025: nothing", "Left out: 12 AI deals under your figure"),
    "ar": ("الموجز اليومي 24 يناير 2025: لا جديد", "12 صفقة ذكاء اصطناعي دون المبلغ المطلوب"),
}


@pytest.mark.parametrize(("language", "said"), NOTHING.items(), ids=NOTHING)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_and_why(tell: Any, language: str, said: tuple[str, str], scheme: str) -> None:
    quiet = replace(
        digest(tell), new=(), changed=(), held=(), left_out=(Tally(why="below", count=12),)
    )

    message = render(quiet, language, scheme=scheme)

    assert message.title == said[0]
    assert said[1] in message.text
    assert "3,120" in message.text


TITLES = {
    "a first run": (NoticeKind.FIRST_LOOKS, 3, 0, "I watch 214 sources; these 3 deals of the last "
                    "week would have been alerted"),
    "one deal": (NoticeKind.FIRST_LOOKS, 1, 0, "I watch 214 sources; this deal of the last week "
                 "would have been alerted"),
    "no deal": (NoticeKind.FIRST_LOOKS, 0, 0, "I watch 214 sources; no deal of the last week would "
                "have been alerted"),
    "new sources": (NoticeKind.FIRST_LOOKS, 12, 9, "I watch 214 new sources; these 12 deals of the "
                    "last week would have been alerted"),
    "a weekend off": (NoticeKind.AWAY, 1, 0, "While you were away: 1 deal"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "deals", "known", "title"), TITLES.values(), ids=TITLES)
def test_titles(tell: Any, kind: NoticeKind, deals: int, known: int, title: str) -> None:
    told = replace(digest(tell, deals), known=known)

    assert render(told, kind=kind).text.startswith(title)
    for language in ("en", "ar"):
        assert 0 < len(render(told, language, kind).title) <= 80


def test_a_first_run_too_long_for_a_title_is_told_in_two_lines(tell: Any) -> None:
    told = replace(digest(tell, 12), sources=1214, known=9)

    english = render(told, kind=NoticeKind.FIRST_LOOKS)
    french = render(told, "fr", NoticeKind.FIRST_LOOKS)

    assert english.title == "I watch 1,214 new sources"
    assert "\n\nThese 12 deals of the last week would have been alerted\n" in english.text
    assert french.text.endswith("[notice 7]")
    assert "\n\nCes 12 opérations de la semaine auraient donné une alerte\n" in french.text


@pytest.mark.parametrize("kind", [NoticeKind.DIGEST, NoticeKind.FIRST_LOOKS, NoticeKind.AWAY])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("scheme", "size"), SCHEMES.items(), ids=SCHEMES)
def test_three_sizes_are_cut_by_whole_deals(
    tell: Any, kind: NoticeKind, language: str, scheme: str, size: Size
) -> None:
    names = ("A very long name of a company that nobody has ever heard of" for _ in range(200))
    many = tuple(entry(tell, number, name) for number, name in enumerate(names))
    told = replace(digest(tell), new=many, changed=many, held=many)

    message = render(told, language, kind, scheme)

    assert max(len(message.text), len(message.markdown)) <= size
    assert "rasid digest" in message.text  # says that there are more
    assert message.text.count("•") >= 2
    assert "[notice 7]" in message.text


HOSTILE = ("Evil\u202e @everyone <script>", "**bold** [x](https://evil.example)", "a\nb\x00" * 50)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_of_strangers_do_no_harm(tell: Any, name: str, language: str) -> None:
    told = replace(digest(tell), new=(entry(tell, 1, name, url="javascript:alert(1)"),))

    message = render(told, language)

    for text in (message.text, message.markdown):
        assert not {"\u202e", "\x00"} & set(text)
        assert "javascript:" not in text
        assert "<script>" not in text
        assert "@everyone" not in text
        assert "](https://evil" not in text


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.lists_deals])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_mail_shows_the_same_and_asks_nobody(tell: Any, kind: NoticeKind, language: str) -> None:
    told = replace(digest(tell), new=(entry(tell, 1, "<b>Evil</b> & Co"),))

    page = as_html(render(told, language, kind))
    said = parser.fromstring(page).text_content()

    assert not re.search(r"src=|<img|<link|<script|@import|url\(|<b>Evil", page)
    assert "‹b›Evil‹/b›" in said
    assert 'href="https://news.example/1"' in page
    for part in parser.fromstring(page).iter("p", "h1", "h2"):
        assert part.get("dir") == ("rtl" if language == "ar" else "ltr")
    if kind is NoticeKind.DIGEST:
        for label in ("digest_new", "digest_changed", "digest_held", "digest_out"):
            assert words_of(language).label(label) in said


def test_a_mail_has_the_amount_beside_who_and_what_it_was_below(tell: Any) -> None:
    page = parser.fromstring(as_html(render(digest(tell))))

    rows = [row for row in page.iter("tr") if row.xpath("./td[contains(@class, 'sum')]")]
    said = [[cell.text_content() for cell in row.iter("td")] for row in rows]

    assert said == [
        ["$60–65bn", "MetaCapital spending · announced"],
        ["$61–66bn", "MetaCapital spending · announced"],
        ["$150–155bn", "MetaCapital spending · announcedWas $60–65bn, now $150–155bn"],
        [
            "$151–156bn",
            "MetaCapital spending · announced: published 3 days ago, "
            "older than the limit of 3 days",
        ],
    ]


def day_of_deals(tell: Any) -> Digest:
    """Announced: 500, 60 and over 11 billion, the venture with a part and a range's high end."""
    venture = {"kind": Role.JOINT_VENTURE, "figure": tell.figure("500bn")}
    new = (
        entry(tell, 1, **venture, dollars=tell.amount("500bn")),
        entry(tell, 2, figure=tell.figure("60bn", "65bn"), dollars=tell.amount("60bn")),
        entry(tell, 3, figure=tell.figure("11bn", None), dollars=tell.amount("11bn")),
        entry(tell, 4, stage=Stage.IN_TALKS, figure=tell.figure("40bn")),
    )
    return replace(digest(tell), new=new)


SUMS = {
    "en": "$571bn announced in all, by low ends: joint venture $500bn · capital spending $71bn",
    "ar": "مجموع المعلن 571 مليار دولار بحسب الحدود الدنيا: مشروع مشترك 500 مليار دولار",
    "fr": "571\u00a0Md\u00a0$ annoncés en tout, au bas des fourchettes\u00a0: coentreprise 500",
}


@pytest.mark.parametrize(("language", "said"), SUMS.items(), ids=SUMS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_was_announced_is_added_up_by_low_ends(
    tell: Any, language: str, said: str, scheme: str
) -> None:
    told = render(day_of_deals(tell), language, scheme=scheme)

    assert said in told.text
    assert said in told.markdown


def test_the_total_is_in_the_currency_of_the_reader(tell: Any) -> None:
    told = render(replace(day_of_deals(tell), currency="AED", per_dollar=Decimal("3.6725")))

    assert "AED 2.1tn announced in all" in told.text
    assert "$571bn" not in told.text


def test_nothing_is_added_up_where_nothing_is_sure(tell: Any) -> None:
    told = render(digest(tell))

    assert "announced in all" not in told.text
    assert told.letter is not None
    assert [tile.name for tile in told.letter.tiles] == ["new deals", "changed", "sources in order"]


TILES = {
    "en": ["4new deals", "$571bnannounced (low ends)", "1changed", "213 of 214sources in order"],
    "ar": ["4صفقات جديدة", "571 مليار دولارمعلنة (الحد الأدنى)", "1تغيّرت", "213 من 214مصادر سليمة"],
    "fr": [
        *("4nouvelles opérations", "571 Md $annoncés (bas de fourchette)", "1modifiée"),
        "213 sur 214sources en ordre",
    ],
}


@pytest.mark.parametrize(("language", "tiles"), TILES.items(), ids=TILES)
def test_a_mail_begins_with_key_figures_and_compares_kinds(
    tell: Any, language: str, tiles: list[str]
) -> None:
    page = parser.fromstring(as_html(render(day_of_deals(tell), language)))

    said = [tile.text_content().strip() for tile in page.find_class("tile")]
    assert [re.sub(r"\s+", " ", each) for each in said] == tiles
    assert [bar.get("width") for bar in page.find_class("full")] == ["100%", "14%"]
    assert [bar.get("bgcolor") for bar in page.find_class("empty")] == ["#e9edf3"]


ALONE = {
    "en": ("1 source looked at, 1 article, 1 on money in AI", "1 told before"),
    "ar": ("قُرئ خبر واحد، منها عن المال في الذكاء الاصطناعي: 1", "صفقة سبق الإبلاغ عنها"),
    "fr": ("1 source visitée, 1 article, dont 1 sur", "1 déjà dite"),
}


@pytest.mark.parametrize(("language", "said"), ALONE.items(), ids=ALONE)
def test_one_of_each(tell: Any, language: str, said: tuple[str, str]) -> None:
    left_out = (Tally(why="repeat", count=1),)
    alone = replace(digest(tell), sources=1, articles=1, ai_articles=1, left_out=left_out)

    told = render(alone, language).text

    assert said[0] in told
    assert re.search(rf"{said[1]}$", told, re.MULTILINE)


def test_a_list_without_a_heading_stands_apart(tell: Any) -> None:
    told = render(replace(digest(tell), changed=(), held=()), kind=NoticeKind.AWAY).text

    assert "when they were read.\n\n• $60–65bn" in told


def test_one_kind_alone_has_no_bar(tell: Any) -> None:
    alone = (entry(tell, 2, dollars=tell.amount("60bn")),)

    page = parser.fromstring(as_html(render(replace(digest(tell), new=alone))))

    assert not page.find_class("bar")
    assert "1 new deal, $60bn announced" in page.findtext(".//h1")


@pytest.mark.parametrize("public_url", [None, "https://rasid.desk.example"])
def test_a_mail_has_a_button_where_there_is_a_page(tell: Any, public_url: str | None) -> None:
    target = Target(id="me", url="json://x", tags=("desk",))
    notice = Notice(id=7, kind=NoticeKind.DIGEST, items=(), made_at=NOW, digest=digest(tell))
    words = words_of("en")

    told = render_digest(notice, target, words, companies=COMPANIES, public_url=public_url)

    buttons = parser.fromstring(as_html(told)).find_class("button")
    assert [each.get("href") for each in buttons] == ([public_url] if public_url else [])
