"""What do the pages of the demo's outlets look like? Ordinary HTML, each outlet in its own way."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from scheduler.demo.script import NewsArticle, Outlet, Paragraph

_READ_ALSO = {"ar": "اقرأ أيضًا: ", "fr": "À lire aussi : ", "en": "Read also: "}
_HOME = {"ar": "الرئيسية", "fr": "Accueil", "en": "Home"}
_ABOUT = {"ar": "من نحن", "fr": "Qui sommes-nous", "en": "About us"}
_PUBLISHED = {"ar": "تاريخ النشر: ", "fr": "Publié le ", "en": "Published "}
_CLOSING = {
    "ar": "{name} الآن على واتساب! تابعونا لكل أخبار الأعمال",
    "fr": "Recevez notre lettre chaque matin.",
    "en": "Sign up for our morning letter.",
}


def article_page(
    outlet: Outlet, article: NewsArticle, url: str, others: Iterable[tuple[str, str]]
) -> str:
    """The page of `article`; `others` are titles and addresses of what the outlet told before."""
    at = article.told_at.astimezone(ZoneInfo(outlet.zone))
    title = escape(article.title)
    related = "".join(f'<li><a href="{escape(to)}">{escape(name)}</a></li>' for name, to in others)
    body = "\n".join(_paragraph(outlet, each) for each in article.paragraphs)
    head = f"""<title>{title} | {escape(outlet.name)}</title>
<link rel="canonical" href="{escape(url)}">
{_head_dates(outlet, article, url, at)}"""
    main = f"""<article>
<h1>{title}</h1>
{_visible_date(outlet, at)}
<div class="article-body">
{body}
<p>{escape(_closing(outlet))}</p>
</div>
</article>
<aside class="related"><ul>{related}</ul></aside>"""
    return _page(outlet, head, main)


def section_page(outlet: Outlet, articles: Iterable[tuple[NewsArticle, str]]) -> str:
    """The front page: headlines with their first sentence, newest first."""
    cards = "\n".join(
        f'<div class="card"><h3><a href="{escape(url)}">{escape(article.title)}</a></h3>'
        f"<p>{escape(summary(article))}</p></div>"
        for article, url in articles
    )
    return _page(outlet, f"<title>{escape(outlet.name)}</title>", f"<main>{cards}</main>")


def error_page(outlet: Outlet) -> str:
    """What a broken site serves in place of its feed, with status 200."""
    main = "<h1>Service temporarily unavailable</h1><p>Our engineers are working on it.</p>"
    return _page(outlet, f"<title>{escape(outlet.name)}</title>", main)


def summary(article: NewsArticle) -> str:
    """The first paragraph, as lists show it."""
    return article.paragraphs[0].text


def _closing(outlet: Outlet) -> str:
    return _CLOSING[outlet.language].format(name=outlet.name)


def _paragraph(outlet: Outlet, paragraph: Paragraph) -> str:
    text = escape(paragraph.text)
    if not paragraph.is_link:
        return f"<p>{text}</p>"
    return f'<p>{_READ_ALSO[outlet.language]}<a href="/archive">{text}</a></p>'


def _head_dates(outlet: Outlet, article: NewsArticle, url: str, at: datetime) -> str:
    if outlet.page == "json_ld":
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": at.isoformat(),
            "dateModified": at.isoformat(),
            "mainEntityOfPage": url,
            "inLanguage": outlet.language,
            "publisher": {"@type": "Organization", "name": outlet.name},
        }
        text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        return f'<script type="application/ld+json">{text}</script>'
    if outlet.page == "meta":
        return (
            f'<meta property="og:title" content="{escape(article.title)}">\n'
            f'<meta property="og:site_name" content="{escape(outlet.name)}">\n'
            f'<meta property="article:published_time" content="{at.isoformat()}">'
        )
    return ""


def _visible_date(outlet: Outlet, at: datetime) -> str:
    if outlet.page == "relative":
        # Nothing else on the page tells the day: that is how the reference article came.
        return "<ul><li>تاريخ النشر: منذ يوم</li></ul>"
    label = _PUBLISHED[outlet.language]
    if outlet.page == "time":
        return f'<p>{label}<time datetime="{at.isoformat()}">{at:%d/%m/%Y %H:%M}</time></p>'
    return f'<p class="date">{label}{at:%d/%m/%Y}</p>' if outlet.page == "meta" else ""


def _page(outlet: Outlet, head: str, main: str) -> str:
    language = outlet.language
    direction = "rtl" if language == "ar" else "ltr"
    return f"""<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
{head}
</head>
<body>
<header><a href="/">{escape(outlet.name)}</a>
<nav><a href="/">{_HOME[language]}</a> <a href="/about">{_ABOUT[language]}</a></nav></header>
{main}
<footer>© {escape(outlet.name)}</footer>
</body>
</html>
"""
