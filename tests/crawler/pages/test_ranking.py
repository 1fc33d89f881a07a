"""Which list is the one to watch, and which block is written for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.model import Evidence, Listing, Published
from crawler.pages.forms import Form, Head
from crawler.pages.offers import Offer, Offers
from crawler.pages.places import common_places, find_sitemaps, keeps_its_name, order_sitemaps
from crawler.pages.proposal import propose_block, propose_id
from crawler.pages.ranking import Candidate, order_offers, rank
from crawler.pages.survey import measure

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SITE = "https://quay.example"


def candidate(
    path: str,
    *,
    form: Form = Form.RSS,
    count: int = 10,
    days: float | None = 0,
    title: str | None = None,
    zone: str = "+0300",
) -> Candidate:
    """A list of `count` lines, the newest `days` old; None: undated."""
    lines = []
    for number in range(count):
        at = NOW - timedelta(days=days or 0, hours=number)
        raw = f"{at:%Y-%m-%d %H:%M} {zone}".strip()
        dated = Published(at=at, evidence=Evidence.FEED, raw=raw) if days is not None else None
        lines.append(Listing(url=f"{SITE}/{number}", title="A line of news", published=dated))
    survey = replace(measure(lines), head=Head(form=form, name="Quay"), language="ar")
    return Candidate(url=SITE + path, found="declared", survey=survey, title=title)


FIRST = {
    "articles before comments": ("/feed/", [candidate("/comments/feed/", count=50)]),
    "articles before comments by their title": (
        "/feed/",
        [candidate("/feed/2", count=50, title="تعليقات القراء")],
    ),
    "the whole before a tag": ("/feed/", [candidate("/tag/ai/feed/", count=50)]),
    "the live before the dead": ("/feed/", [candidate("/rss", count=50, days=31)]),
    "a feed before a sitemap": (
        "/feed/",
        [candidate("/news.xml", form=Form.NEWS_SITEMAP, count=50)],
    ),
    "a feed before the page": ("/feed/", [candidate("/", form=Form.PAGE, count=50, days=None)]),
    "the dated before the undated": ("/feed/", [candidate("/rss", count=50, days=None)]),
    "many before few": ("/feed/", [candidate("/rss", count=4)]),
    "anything before nothing": ("/feed/", [candidate("/rss", count=0)]),
}


@pytest.mark.parametrize(("path", "others"), FIRST.values(), ids=FIRST)
def test_first(path: str, others: list[Candidate]) -> None:
    ranked = rank([*others, candidate(path)], asked=SITE + "/", now=NOW)

    assert ranked[0].url == SITE + path


def test_the_live_page_before_the_dead_feed_and_the_bare_sitemap() -> None:
    lists = [
        candidate("/feed/", days=400),
        candidate("/sitemap.xml", form=Form.SITEMAP, days=None, count=500),
        candidate("/", form=Form.PAGE, days=None),
    ]

    assert rank(lists, asked=SITE + "/", now=NOW)[0].survey.form is Form.PAGE


def test_the_feed_of_the_section_that_was_asked_for() -> None:
    lists = [candidate("/feed/", count=50), candidate("/category/economy/feed/")]

    assert rank(lists, asked=f"{SITE}/economy/", now=NOW)[0].url.endswith("/economy/feed/")


def test_offers_are_asked_in_the_sites_own_order_comments_last() -> None:
    urls = ["/comments/feed", "/tag/a/feed", "/main", "/other"]
    offers = [Offer(url=SITE + path) for path in urls]

    ordered = order_offers(offers, asked=f"{SITE}/")

    assert [offer.url for offer in ordered] == [SITE + urls[n] for n in (2, 3, 1, 0)]


def block_of(best: Candidate, **given: Any) -> dict[str, object]:
    whole: dict[str, Any] = {"asked": f"{SITE}/", "offers": None, "taken": (), "zones": {}} | given
    return propose_block(best, **whole)


def test_block_says_what_the_site_says() -> None:
    offers = Offers(name="The ${SECRET} Quay\u202e", country="SA")

    block = block_of(candidate("/feed/", zone=""), offers=offers, zones={"SA": "Asia/Riyadh"})

    assert block == {
        "id": "quay",
        "name": "The {SECRET} Quay",
        "url": f"{SITE}/feed/",
        "kind": "feed",
        "language": "ar",
        "country": "SA",
        "zone": "Asia/Riyadh",
    }


def test_no_zone_is_written_where_dates_carry_one() -> None:
    offers = Offers(country="SA")

    assert "zone" not in block_of(candidate("/f"), offers=offers, zones={"SA": "Asia/Riyadh"})


IDS = {
    "https://www.quay.example/": "quay",
    "https://arabic.quay.com/": "quay-arabic",
    "https://www.quay.co.uk/business": "quay-business",
    "https://feeds.quay.com.sa/rss": "quay",
    "http://127.0.0.1:8080/": "host-127-0-0-1",
    "https://xn--mgba3a4f16a.example/": "xn-mgba3a4f16a",
    "https://taken.example/": "taken-3",
}


@pytest.mark.parametrize(("url", "name"), IDS.items(), ids=IDS)
def test_id(url: str, name: str) -> None:
    assert propose_id(url, {"taken", "taken-2"}) == name


def test_sitemaps_of_news_come_first() -> None:
    robots = "User-agent: *\nSitemap: /sitemap.xml\nsitemap : https://quay.example/image.xml\n"
    robots += "#Sitemap: https://quay.example/no.xml\nSitemap: https://quay.example/news.xml\n"

    found = find_sitemaps(robots, f"{SITE}/robots.txt")

    assert [url.removeprefix(SITE) for url in found] == ["/news.xml", "/sitemap.xml", "/image.xml"]
    assert order_sitemaps([f"{SITE}/a", f"{SITE}/google-news"])[0] == f"{SITE}/google-news"


def test_a_month_in_the_name_of_a_sitemap_does_not_last() -> None:
    names = ("news.xml", "news-2026-11.xml", "post-1.xml", "sitemap.xml?yyyy=2026&mm=11")

    kept = [keeps_its_name(f"{SITE}/{name}") for name in names]

    assert kept == [True, False, False, False]


def test_common_places_begin_below_the_section() -> None:
    assert common_places(f"{SITE}/economy/")[0] == f"{SITE}/economy/feed/"
    assert common_places(f"{SITE}/index.html")[0] == f"{SITE}/feed/"
