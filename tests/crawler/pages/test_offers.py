"""What a page offers: its feeds, its articles apart from its menu, the country it names."""

from __future__ import annotations

import pytest

from crawler.pages.offers import find_country, find_offers

URL = "https://quay.example/economy/"
HEAD = """<html lang="ar-AE"><head><title>Economy | Quay</title><base href="https://quay.example/">
<link rel="alternate" type="application/rss+xml" title="Quay » Feed" href="/feed/">
<link rel="alternate" hreflang="en" href="https://quay.example/en/">
<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed/1.0/embed?url=x">
<link rel="alternate" type="application/atom+xml" href="atom.xml"></head><body>"""


def test_feeds_of_the_head_come_before_links() -> None:
    body = """<a href="/rss/economy.xml">RSS</a><a href="/feedback">Tell us</a>
    <a href="/?feed=rss2">All</a>
    <a href="https://reader.example/add?feed=https://quay.example/feed/">Add</a>"""

    offers = find_offers(HEAD + body, URL)

    assert [(feed.url, feed.declared) for feed in offers.feeds] == [
        ("https://quay.example/feed/", True),
        ("https://quay.example/atom.xml", True),
        ("https://quay.example/rss/economy.xml", False),
        ("https://quay.example/?feed=rss2", False),
    ]
    assert (offers.name, offers.language) == ("Quay", "ar-AE")


def test_a_menu_is_no_article_though_it_speaks_in_sentences() -> None:
    menu = "".join(
        f'<li><a href="/2026/11/2{n}/about/">All that you need to know</a></li>' for n in range(5)
    )
    cards = "".join(
        f'<h2><a href="/story/{n}881">Harbor Robotics raises {n} million</a></h2>' for n in range(4)
    )

    offers = find_offers(f'{HEAD}<div class="main-menu"><ul>{menu}</ul></div>{cards}', URL)

    assert offers.pattern == r"/story/\d{4,}(?:/|$)"
    assert len(offers.examples) == 4
    assert offers.link_count == 9


def test_a_kicker_is_no_proof_against_an_article() -> None:
    cards = "".join(
        f'<a href="/2026/11/2{n}/a-story-of-a-port/"><b>Shipping</b></a>'
        f'<h2><a href="/2026/11/2{n}/story-of-the-day/">Harbor Robotics raises money</a></h2>'
        for n in range(4)
    )

    assert find_offers(HEAD + cards, URL).pattern == r"/20\d{2}/\d{1,2}/\d{1,2}/"


def test_where_a_front_page_leads_to() -> None:
    page = '<html><head><meta http-equiv="Refresh" content="0;URL=\'/ar/home\'"></head></html>'
    away = '<meta http-equiv="refresh" content="0;url=https://other.example/">'

    assert find_offers(page, URL).leads_to == "https://quay.example/ar/home"
    assert find_offers(away, URL).leads_to is None


COUNTRIES = {
    "by its domain": ("https://a.com.sa/", None, "", "SA"),
    "the United Kingdom writes uk": ("https://a.co.uk/", None, "", "GB"),
    "by its own address": ("https://a.com/", None, '{"addressCountry":"AE"}', "AE"),
    "by its locale": ("https://a.com/", "pt_BR", "", "BR"),
    "ar_AR is not Argentina": ("https://a.com/", "ar_AR", "", None),
    "en_US is written unasked": ("https://a.com/", "en_US", "", None),
    "fr_FR says no more than fr": ("https://a.com/", "fr_FR", "", None),
    "letters that anybody buys": ("https://a.ai/", None, "", None),
    "Europe is no country": ("https://a.eu/", None, "", None),
    "an address without a name": ("http://127.0.0.1/", None, "", None),
}


@pytest.mark.parametrize(("url", "locale", "markup", "country"), COUNTRIES.values(), ids=COUNTRIES)
def test_country(url: str, locale: str | None, markup: str, country: str | None) -> None:
    assert find_country(url, locale, markup) == country
