"""What sites write into titles, meta tags and time tags, in every dialect of it."""

# ruff: noqa: E501 - tables are read by rows

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from crawler.pages.page import read_page

STORIES = yaml.safe_load((Path(__file__).parent / "layouts" / "texts.yaml").read_text("utf-8"))
NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
URL = "https://www.paper.example/a/story-1"

# The document's title alone, round {t}, and the name of the site.
TITLES = {
    "en": ("The Paper", "{t} | {s}", "{t} - {s}", "{t} — {s}", "{t} · {s}", "{t} • {s}", "{s} | {t}",
           "{s}: {t}", "{t} « {s}", "{t} » {s}", "{t} :: {s}", "{t} // {s}", "{t} / {s}", "{t} ~ {s}",
           "{t} > {s}", "{t} < {s}", "{t} | Business | {s}", "{t} - Business - {s}", "{t} ({s})"),
    "ar": ("صحيفة الورق", "{t} | {s}", "{t} - {s}", "{s} - {t}", "{s} : {t}"),
    "zh": ("纸报网", "{t}_{s}", "{t}-{s}", "{t}|{s}", "{t}_财经频道_{s}", "{t} - {s}", "{t}—{s}"),
    "ja": ("紙の新聞", "{t}：{s}", "{t} | {s}", "{t} - {s}", "{t}【{s}】", "{t}｜{s}"),
    "ko": ("종이신문", "{t} - {s}", "{t} | {s}", "{t} < 경제 < 기사본문 - {s}", "{s} : {t}"),
    "ru": ("Бумага", "{t} - {s}", "{t}. {s}", "{t} — {s}"),
    "fa": ("خبرگزاری کاغذ", "{t} - {s}"),
    "he": ("נייר", "{t} | {s}"),
    "hi": ("कागज़", "{t} | {s}"),
    "de": ("Papier", "{t} - {s}"),
    "fr": ("Le Papier", "{t} - {s}"),
    "tr": ("Kağıt", "{t} - {s}"),
}  # fmt: skip
SHAPES = [(language, row[0], shape) for language, row in TITLES.items() for shape in row[1:]]
ISO = "2026-11-24T08:00:00+00:00"
METAS = (
    "parsely-pub-date sailthru.date cXenseParse:recs:publishtime cXenseParse:publishtime "
    "article.published dcterms.date DC.date DC.Date.Issued pubdate publish-date date og:pubdate "
    "article:published rnews:datePublished bt:pubDate publication-date datePublished "
    "article:post_time og:article:published_time published created apub:time _pubtime"
)
UPDATES = (
    "article:modified_time og:updated_time last-modified dateModified dcterms.modified revised"
)
JSON_LD = '<script type="application/ld+json">%s</script>'
DATES = {
    **{f"meta {name}": (f'<meta name="{name}" content="{ISO}">', "", ISO) for name in METAS.split()},
    **{f"{name}": (f'<meta name="{name}" content="{ISO}">', "", None) for name in UPDATES.split()},
    "updated only": ("", "<p class='date'>Updated: 24 November 2026</p>", None),
    "updated, then published": (
        "", "<p>Updated 24 November 2026 | Published 23 November 2026</p>", "2026-11-23"),
    "a day that has not come, and one that has": (
        '<meta name="date" content="2027-11-24">', "<p>20 November 2026</p>", "2026-11-20"),
    "its own zone": (
        '<meta name="date" content="2026-11-24 08:00:00 +0530">', "", "2026-11-24T08:00:00+05:30"),
    "seconds on a time tag": (
        "", '<time data-timestamp="1795507200" class="published">Nov 24</time>', ISO),
    "a day in the text": ("", "<p>The fair opens in Arle on 3 December 2026.</p>", None),
    "a time tag of words": ("", "<time>24 November 2026</time>", "2026-11-24"),
    "the time of an update stands first": (
        "", f'<span>Updated <time datetime="2026-11-25T08:00:00Z">x</time></span> <span>Published '
        f'<time datetime="{ISO}">y</time></span>', ISO),
    "JSON-LD of two types and a list of dates": (
        JSON_LD % f'[{{"@type": ["NewsArticle", "Article"], "datePublished": ["{ISO}"]}}]', "", ISO),
    "JSON-LD with values": (
        JSON_LD % f'{{"@type": "schema:NewsArticle", "datePublished": {{"@value": "{ISO}"}}}}', "",
        ISO),
    "JSON-LD with a bare quote": (
        JSON_LD % f'{{"@type": "Article", "headline": "A "big" plan", "datePublished": "{ISO}"}}',
        "", ISO),
    "JSON-LD of the page only": (
        JSON_LD % f'{{"@graph": [{{"@type": "WebPage", "datePublished": "{ISO}"}}]}}', "", ISO),
    "JSON-LD escaped for HTML": (
        JSON_LD % f"{{&quot;@type&quot;:&quot;Article&quot;,&quot;datePublished&quot;:&quot;{ISO}"
        "&quot;}", "", ISO),
}  # fmt: skip


def page(
    language: str, head: str = "", top: str = "", document: str = "{t}", h1: bool = True
) -> str:
    told = STORIES[language]
    title, text = told["title"], "".join(f"<p>{line}</p>" for line in told["body"])
    heading = f"<h1>{title}</h1>" if h1 else ""
    return (
        f"<html lang='{language}'><head><meta charset='utf-8'><title>{document.format(t=title)}"
        f"</title>{head}</head><body><main>{heading}{top}{text}</main></body></html>"
    )


@pytest.mark.parametrize(("language", "site", "shape"), SHAPES)
def test_title_without_the_site(fetch, language, site, shape):
    head = f'<meta property="og:site_name" content="{site}">'
    html = page(language, head, document=shape.replace("{s}", site), h1=False)

    assert read_page(fetch(html, url=URL, at=NOW)).article.title == STORIES[language]["title"]


@pytest.mark.parametrize(("head", "top", "said"), DATES.values(), ids=DATES)
def test_date_of_publication(fetch, head, top, said):
    told = read_page(fetch(page("en", head, top), url=URL, at=NOW)).article.published

    when = told and (told.at.date().isoformat() if told.day_only else told.at.isoformat())
    assert when == said


@pytest.mark.parametrize("declared", ["", "en"])
@pytest.mark.parametrize("language", STORIES)
def test_language_is_what_the_text_is_in(fetch, language, declared):
    html = page(language).replace(f"lang='{language}'", f"lang='{declared}'" if declared else "")

    assert read_page(fetch(html, url=URL)).article.language == language


CHARSETS = [
    ("ar", "cp1256"), ("ru", "cp1251"), ("ru", "koi8-r"), ("zh", "gb18030"), ("ja", "shift_jis"),
    ("ja", "euc_jp"), ("ko", "euc-kr"), ("he", "cp1255"), ("tr", "cp1254"), ("de", "iso8859-1"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "charset"), CHARSETS)
def test_charset_that_nobody_declares(fetch, language, charset):
    html = page(language).replace("<meta charset='utf-8'>", "")
    title = STORIES[language]["title"].encode(charset, "replace").decode(charset)

    article = read_page(fetch(html.encode(charset, "replace"), url=URL)).article

    assert article.title == title
