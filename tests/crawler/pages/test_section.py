"""A section page: links in page order, the headline from the anchor."""

from __future__ import annotations

import pytest

from crawler.pages.listing import read_listing
from crawler.pages.section import is_article_shaped

URL = "https://akhbar.example/economy/"
PAGE = """<!DOCTYPE html><html><head><title>اقتصاد</title></head><body>
<nav><a href="/">الرئيسية</a><a href="/economy/">اقتصاد</a><a href="/tag/ai">وسم الذكاء الاصطناعي كله</a></nav>
<div class="card"><a href="/economy/first-340031.html"><img src="i.jpg" alt="صورة"></a>
<h2><a href="/economy/first-340031.html?utm_source=home">شركة تستثمر 65 مليار دولار</a></h2>
<a href="/economy/first-340031.html">اقرأ المزيد</a></div>
<div class="card"><a href="اقتصاد-جديد-340032.html"><h3>صندوق يطلق برنامجًا جديدًا</h3><time>منذ يوم</time></a></div>
<div class="card"><a href="https://other.example/news/a-story-340033.html">خبر من موقع آخر هنا</a></div>
<div><a href="/about-us">من نحن وماذا نريد</a><a href="javascript:x()">اضغط هنا الآن فورا</a></div>
<a href="/economy/third-story-without-a-number">خبر ثالث من دون رقم</a>
</body></html>"""  # noqa: E501
FIRST = ("https://akhbar.example/economy/first-340031.html", "شركة تستثمر 65 مليار دولار")
SECOND = "صندوق يطلق برنامجًا جديدًا"


def test_links_by_pattern_in_page_order(fetch):
    fetched = fetch(PAGE, url=URL, kind="section", link_pattern=r"akhbar\.example/.*-\d{3,}\.html$")

    result = read_listing(fetched)

    titles = [(listing.url, listing.title) for listing in result.listings]
    assert titles[0] == FIRST
    assert [title for _, title in titles] == [FIRST[1], SECOND]
    assert all(listing.published is None for listing in result.listings)


def test_pattern_may_be_written_in_arabic(fetch):
    result = read_listing(fetch(PAGE, url=URL, kind="section", link_pattern="/اقتصاد-جديد-"))

    assert [listing.title for listing in result.listings] == [SECOND]


def test_without_a_pattern_links_shaped_like_articles(fetch):
    result = read_listing(fetch(PAGE, url=URL, kind="section"))

    titles = [listing.title for listing in result.listings]
    assert titles == [FIRST[1], SECOND, "خبر ثالث من دون رقم"]


def test_page_without_links_is_empty(fetch):
    result = read_listing(fetch("<html><body>nothing</body></html>", url=URL, kind="section"))

    assert result.outcome == "empty"
    assert result.reasons[0].text


def test_section_address_that_gives_a_feed_is_read_as_one(fetch):
    feed = "<rss><channel><item><title>T</title><link>https://a.example/1</link></item></channel></rss>"

    result = read_listing(fetch(feed, url=URL, kind="section"))

    assert [listing.title for listing in result.listings] == ["T"]


SHAPES = {
    "https://a.example/2025/01/26/meta": True,
    "https://a.example/economy/meta-plans-to-spend-more": True,
    "https://a.example/news/articleshow/113042.cms": True,
    "https://a.example/?p=1234": True,
    "https://a.example/اقتصاد/شركة-تستثمر-مليار-دولار": True,
    "https://a.example/": False,
    "https://a.example/economy": False,
    "https://a.example/tag/artificial-intelligence-and-money": False,
    "https://a.example/author/jane-roe-of-the-paper": False,
    "https://a.example/2025/01/26/photo.jpg": False,
    "https://a.example/privacy-policy-of-this-site": False,
}


@pytest.mark.parametrize(("url", "is_one"), SHAPES.items(), ids=SHAPES)
def test_shape(url, is_one):
    assert is_article_shaped(url) is is_one


def test_newest_500_of_a_long_feed(fetch):
    items = "".join(
        f"<item><title>n{i}</title><link>https://a.example/{i}</link>"
        f"<pubDate>2024-01-{1 + i % 28:02}T{i % 24:02}:00:00Z</pubDate></item>"
        for i in range(700)
    )

    result = read_listing(fetch(f"<rss><channel>{items}</channel></rss>"))

    days = [listing.published.at.day for listing in result.listings]
    assert len(days) == 500
    assert min(days) == 9
