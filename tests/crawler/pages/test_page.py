"""One page in many layouts: the same story, told the way sites tell it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from config.model import PageRule
from crawler.model import Evidence, Listing, Published
from crawler.pages.page import PageOutcome, read_page

URL = "https://akhbar.example/economy/meta-340031.html"
TITLE = "ميتا تعتزم استثمار ما بين 60 و65 مليار دولار في الذكاء الاصطناعي"
LEAD = (
    "قالت شركة ميتا يوم الجمعة إنها تعتزم إنفاق ما بين 60 و65 مليار دولار خلال العام الحالي على "
    "مراكز البيانات والذكاء الاصطناعي، ارتفاعا من 38.4 مليار دولار في العام الماضي."
)
SECOND = (
    "وأضاف الرئيس التنفيذي أن الشركة ستملك أكثر من 1.3 مليون معالج رسومي بنهاية العام، في وقت "
    "أعلن فيه منافسون مشروعا مشتركا قيمته 500 مليار دولار في الولايات المتحدة."
)
THIRD = (
    "ويرى محللون أن سباق الإنفاق بين شركات التقنية الكبرى سيستمر، وأن عوائد هذه الاستثمارات لن "
    "تظهر قبل سنوات، لكن التخلف عنها أكبر كلفة من المضي فيها."
)
PARAGRAPHS = f"<p>{LEAD}</p><p>اقرأ أيضًا: شركة أخرى تستثمر 80 مليار دولار</p><p>{SECOND}</p>" + (
    f"<p>{THIRD}</p><p>تابعوا قناتنا على واتساب لمتابعة آخر الأخبار</p>"
)


def page(head: str = "", top: str = "", body: str = PARAGRAPHS, lang: str = "ar") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{TITLE} | أخبار</title>"
        f"{head}</head><body><header><nav><a href='/'>الرئيسية</a></nav></header>"
        f"<article><h1>{TITLE}</h1>{top}{body}</article><footer>© أخبار</footer></body></html>"
    )


NEWS_ARTICLE = {
    "@type": ["NewsArticle"],
    "headline": TITLE,
    "datePublished": "2025-01-24T18:05:00+03:00",
    "dateModified": "2025-01-26T10:00:00+03:00",
    "inLanguage": "ar",
    "publisher": {"@type": "Organization", "name": "أخبار"},
    "image": [{"@type": "ImageObject", "url": "/i.jpg"}],
}
GRAPH = {"@graph": [{"@type": "WebSite", "name": "أخبار"}, [NEWS_ARTICLE]]}
JSON_LD = f'<script type="application/ld+json">{json.dumps(GRAPH)}</script>'
DATED = {
    "JSON-LD in a graph and a list": (JSON_LD, "", "2025-01-24T18:05:00+03:00", "json_ld"),
    "OpenGraph": (
        '<meta property="article:published_time" content="2025-01-24T15:05:00Z">'
        '<meta property="article:modified_time" content="2025-01-26T15:05:00Z">',
        "",
        "2025-01-24T15:05:00+00:00",
        "meta",
    ),
    "meta with odd separators": (
        '<meta name="article:published:time" content="2025-01-24T15:05:00Z">',
        "",
        "2025-01-24T15:05:00+00:00",
        "meta",
    ),
    "meta in words": (
        '<meta name="pubdate" content="الجمعة، 24 يناير 2025 - 06:05 م">',
        "",
        "2025-01-24T18:05:00+00:00",
        "meta",
    ),
    "seconds since 1970": (
        '<meta name="publish-date" content="1737731100">',
        "",
        "2025-01-24T15:05:00+00:00",
        "meta",
    ),
    "microdata": (
        "",
        '<span itemprop="datePublished" content="2025-01-24T18:05:00+03:00">x</span>',
        "2025-01-24T18:05:00+03:00",
        "microdata",
    ),
    "RDFa": (
        "",
        '<span property="dc:date dc:created" content="2025-01-24T18:05:00+01:00">x</span>',
        "2025-01-24T18:05:00+01:00",
        "microdata",
    ),
    "time tag": ("", '<time datetime="2025-01-24">الجمعة</time>', "2025-01-24", "time_tag"),
    "words under the headline": ("", "<div>24 كانون الثاني 2025</div>", "2025-01-24", "text"),
    "Hijri under the headline": ("", "<div>24 رجب 1446هـ</div>", "2025-01-24", "text"),
    "relative": ("", "<ul><li>تاريخ النشر: منذ يوم</li></ul>", "2025-01-31", "relative"),
    "only an update": ("", "<div>آخر تحديث: 24 يناير 2025</div>", None, None),
    "day from meta, clock from time": (
        '<meta name="date" content="2025-01-24">',
        '<time datetime="2025-01-24T18:05:00+03:00">x</time>',
        "2025-01-24T18:05:00+03:00",
        "time_tag",
    ),
    "a day in the future": ('<meta name="date" content="2026-01-24">', "", None, None),
    "none": ("", "", None, None),
}


@pytest.mark.parametrize(("head", "top", "when", "evidence"), DATED.values(), ids=DATED)
def test_published(fetch, head, top, when, evidence):
    result = read_page(fetch(page(head, top), url=URL))

    published = result.article.published
    if when is None:
        assert published is None
        assert "undated" in {reason.code for reason in result.reasons}
        return
    told = published.at.date() if published.day_only else published.at
    assert (told.isoformat(), published.evidence) == (when, evidence)


def test_todays_date_in_the_head_of_a_page_is_not_the_articles(fetch):
    html = page().replace("<article>", "<div class='date'>السبت 1 فبراير 2025</div><article>")

    article = read_page(fetch(html, url=URL)).article

    assert article.published is None


def test_age_of_another_article_is_not_this_articles(fetch):
    others = "<ul>" + "<li><a href='/b'>خبر آخر</a> <time>منذ ساعتين</time></li>" * 3 + "</ul>"
    html = page(body=PARAGRAPHS + others + "<p>نشر منذ ساعة</p>")

    article = read_page(fetch(html, url=URL)).article

    assert article.published is None


def test_zone_of_the_source_holds_where_the_page_names_none(fetch):
    html = page('<meta name="date" content="2025-01-24 18:05:00">')

    article = read_page(fetch(html, url=URL, zone="Asia/Riyadh")).article

    assert article.published.at.isoformat() == "2025-01-24T18:05:00+03:00"


def test_body_holds_the_story_and_nothing_else(fetch):
    article = read_page(fetch(page(JSON_LD), url=URL)).article

    assert article.title == TITLE
    assert article.body.splitlines() == [LEAD, SECOND, THIRD]
    assert article.language == "ar"
    assert article.site_name == "أخبار"
    assert article.image_url == "https://akhbar.example/i.jpg"
    assert article.source_id == "s"


def test_a_text_spread_over_several_boxes_is_whole(fetch):
    boxes = "".join(
        f"<div class='grid'><div class='body col'><p>{text}</p></div><aside>ad</aside></div>"
        for text in (LEAD * 2, SECOND, THIRD, LEAD[::-1], SECOND[::-1], THIRD[::-1])
    )

    article = read_page(fetch(page(body=boxes), url=URL)).article

    assert LEAD in article.body
    assert THIRD in article.body


def test_persian_words_keep_their_joiner(fetch):
    text = "شرکت متا می‌خواهد ۶۵ میلیارد دلار در هوش مصنوعی سرمایه‌گذاری کند و آن را می‌سازد. " * 5

    article = read_page(fetch(page(body=f"<p>{text}</p>", lang="fa"), url=URL)).article

    assert "سرمایه‌گذاری" in article.body
    assert article.language == "fa"


CANONICAL = {
    "own": ("https://akhbar.example/x-1.html?utm_source=a", "https://akhbar.example/x-1.html"),
    "www": ("https://www.akhbar.example/x-1.html", "https://www.akhbar.example/x-1.html"),
    "relative": ("/x-1.html", "https://akhbar.example/x-1.html"),
    "another site": ("https://other.example/x", URL),
    "the home page": ("https://akhbar.example/", URL),
    "no address": ("javascript:x", URL),
    "without its s": ("http://akhbar.example/x-1.html", "https://akhbar.example/x-1.html"),
    "a section": ("https://akhbar.example/economy/", URL),
    "the front page in English": ("https://akhbar.example/en", URL),
}


@pytest.mark.parametrize(("told", "url"), CANONICAL.values(), ids=CANONICAL)
def test_canonical_address(fetch, told, url):
    html = page(f'<link rel="canonical" href="{told}">')

    assert read_page(fetch(html, url=f"{URL}?fbclid=1")).article.url == url


TWINS = {
    "AMP by its query": (f"{URL}?amp=1&id=7", f"{URL}?id=7"),
    "AMP by its output": (f"{URL}?outputType=amp", URL),
    "AMP behind the path": (
        "https://akhbar.example/meta-340031/amp/",
        "https://akhbar.example/meta-340031",
    ),
    "AMP before the path": (
        "https://akhbar.example/amp/meta-340031",
        "https://akhbar.example/meta-340031",
    ),
    "AMP host": (
        "https://amp.akhbar.example/meta-340031",
        "https://www.akhbar.example/meta-340031",
    ),
    "mobile host": (
        "https://m.akhbar.example/meta-340031",
        "https://www.akhbar.example/meta-340031",
    ),
    "a page named amp": ("https://m.akhbar.example/x/amp-2", "https://www.akhbar.example/x/amp-2"),
    "another host": ("https://news.akhbar.example/1", "https://news.akhbar.example/1"),
}


@pytest.mark.parametrize(("url", "kept"), TWINS.values(), ids=TWINS)
def test_twins_without_a_canonical_address_are_one_article(fetch, url, kept):
    html = page().replace("<html ", "<html amp ") if "amp" in url else page()
    fetched = fetch(html, url="https://www.akhbar.example/feed")

    article = read_page(replace(fetched, url=url)).article

    assert article.url == kept


FORBID = {
    '<meta name="robots" content="index, noarchive">': True,
    '<meta name="robots" content="noai, noimageai">': True,
    '<meta name="tdm-reservation" content="1">': True,
    '<meta name="robots" content="max-image-preview:large">': False,
}


@pytest.mark.parametrize(("head", "forbids"), FORBID.items(), ids=FORBID)
def test_noarchive_is_a_reason_on_the_article(fetch, head, forbids):
    article = read_page(fetch(page(head), url=URL)).article

    assert ("noarchive" in {reason.code for reason in article.reasons}) is forbids


RULE = PageRule(title=".t", body=".story", published=".d", drop=(".ad",))
RULED = page(
    JSON_LD,
    '<h2 class="t">عنوان القاعدة</h2><b class="d">23 يناير 2025</b>'
    f'<div class="story"><p>{LEAD}</p><p class="ad">إعلان طويل لا علاقة له</p>'
    f"<p>{SECOND}<br>{THIRD}</p></div>",
)


def test_page_rule_comes_before_all(fetch):
    article = read_page(fetch(RULED, url=URL, page=(RULE,))).article

    assert article.title == "عنوان القاعدة"
    assert article.body.splitlines() == [LEAD, SECOND, THIRD]
    assert article.published.evidence is Evidence.PAGE_RULE
    assert article.published.at.date() == date(2025, 1, 23)


def test_rule_of_an_old_layout_is_for_old_articles(fetch):
    old = RULE.model_copy(update={"until": date(2025, 1, 20)})
    when = Published(at=datetime(2025, 1, 19, tzinfo=UTC), evidence=Evidence.FEED)
    listing = Listing(url=URL, published=when)

    today = read_page(fetch(RULED, url=URL, page=(old,))).article
    then = read_page(fetch(RULED, url=URL, page=(old,), listing=listing)).article

    assert today.title == TITLE
    assert then.title == "عنوان القاعدة"


def test_rule_that_matches_nothing_is_told_and_the_page_is_read(fetch):
    rule = PageRule(body=".gone")

    result = read_page(fetch(page(JSON_LD), url=URL, page=(rule,)))

    assert result.article.title == TITLE
    assert "page_rule_missed" in {reason.code for reason in result.reasons}


def listed(day: int) -> Listing:
    at = datetime(2025, 1, day, 15, 5, tzinfo=UTC)
    return Listing(url=URL, published=Published(at=at, evidence=Evidence.FEED))


def test_list_that_makes_an_old_story_new_is_not_believed(fetch):
    result = read_page(fetch(page(JSON_LD), url=URL, listing=listed(31)))

    assert result.article.published.at.day == 24
    assert "dates_differ" in {reason.code for reason in result.reasons}


def test_list_dates_a_page_that_carries_no_date(fetch):
    article = read_page(fetch(page(), url=URL, listing=listed(24))).article

    assert article.published.evidence is Evidence.FEED


LOCKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Big deal", '
    '"isAccessibleForFree": false}</script>'
)
WALLS = {
    "challenge": ("Just a moment...", "<script>cf_chl_opt</script><p>Wait</p>", "captcha"),
    "denied": ("Access Denied", "<h1>Access Denied</h1><p>Reference 18.7</p>", "refused"),
    "consent": ("Before you continue to News", "<p>We use cookies</p>", "consent"),
    "captcha": (
        "x.example",
        "<script src='https://geo.captcha-delivery.com/c.js'></script><p>Please enable JS</p>",
        "captcha",
    ),
    "paywall": (
        "Big deal",
        f"{LOCKED}<h1>Big deal</h1><p>A company is to invest billions, people familiar with the "
        "matter said. Subscribe to continue reading.</p>",
        "paywall",
    ),
    "Arabic paywall": (
        "صفقة كبيرة",
        "<h1>صفقة كبيرة</h1><p>تعتزم الشركة استثمار المليارات. هذا المحتوى للمشتركين فقط.</p>",
        "paywall",
    ),
}


@pytest.mark.parametrize(("title", "body", "code"), WALLS.values(), ids=WALLS)
def test_walls_are_never_articles(fetch, title, body, code):
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"

    result = read_page(fetch(html, url=URL))

    assert result.outcome is PageOutcome.BLOCKED
    assert result.article is None
    assert [reason.code for reason in result.reasons] == [code]


BROKEN = {
    "nothing": (b"", "empty"),
    "white space": (b" \n ", "empty"),
    "no text": (b"<html><body><h1>Title alone here</h1></body></html>", "broken_layout"),
    "no title": (f"<body><p>{LEAD}</p><p>{SECOND}</p></body>".encode(), "broken_layout"),
    "attribute flood": (b"<html><div " + b"a=b " * 100_000 + b"><p>x", "broken_layout"),
    "deep nesting": (b"<h1>Title</h1>" + b"<div>" * 100_000, "broken_layout"),
    "deep JSON-LD": (
        b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script>",
        "broken_layout",
    ),
    "quotes without end in JSON-LD": (
        b"<script type='application/ld+json'>{\"" + b'\\"' * 200_000 + b"</script>",
        "broken_layout",
    ),
    "comments without end in JSON-LD": (
        b"<script type='application/ld+json'>{" + b"/*" * 200_000 + b"</script>",
        "broken_layout",
    ),
    "long number": (
        b"<script type='application/ld+json'>" + b"9" * 100_000 + b"</script>",
        "broken_layout",
    ),
    "noise": (bytes(range(256)) * 40, "broken_layout"),
}


@pytest.mark.parametrize(("body", "outcome"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_article_says_so(fetch, body, outcome):
    result = read_page(fetch(body, url=URL))

    assert result.outcome == outcome
    assert result.article is None
    assert result.reasons


def test_windows_1256_page_that_lies_about_itself(fetch):
    body = page().replace('charset="utf-8"', 'charset="iso-8859-1"').encode("cp1256", "replace")

    article = read_page(fetch(body, url=URL, charset="iso-8859-1")).article

    assert article.title == TITLE
