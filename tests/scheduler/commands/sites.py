"""Small sites of every kind that the world has, planted on a real web server on loopback.

Every name, story and address in them is our own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

NOW = datetime.now(UTC).replace(microsecond=0)
TITLES = (
    "Harbor Robotics raises 40 million dollars for its second plant",
    "Northwind Bank opens an office for lending to chip makers",
    "A county of farms turns to machines that learn to weed",
    "Falcon Grid signs a contract for ten more data halls",
    "Two ministers meet to speak about the price of power",
    "Lumen Health buys a maker of software for hospitals",
)
ARABIC = (
    "شركة الميناء للروبوتات تجمع أربعين مليون دولار لمصنعها الثاني",
    "بنك الشمال يفتح مكتبا لإقراض صانعي الرقائق في المنطقة",
    "صندوق الواحة يستثمر في شركة ناشئة للذكاء الاصطناعي",
    "شبكة الصقر توقع عقدا لبناء عشر قاعات بيانات جديدة",
    "وزيران يلتقيان لبحث أسعار الطاقة في فصل الصيف المقبل",
    "مجموعة النور الصحية تشتري شركة لبرمجيات المستشفيات",
)
CHINESE = (
    "港口机器人公司融资四千万美元建设第二座工厂",
    "北风银行为芯片制造商开设新的贷款办公室",
    "绿洲基金投资人工智能初创企业两亿元",
    "猎鹰电网签署十座数据中心的新合同",
    "两位部长会面讨论夏季电力价格的问题",
)
BODY = "The company said on Tuesday that the money will pay for a plant near the port. " * 12


def at(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def rss(
    links: Iterable[str], *, hours: float = 1, titles: Iterable[str] = TITLES, **has: Any
) -> str:
    """RSS 2.0. `has`: dates=False, zone=False, title="…"."""
    items = []
    for number, (link, title) in enumerate(zip(links, titles, strict=False)):
        when = at(hours + number)
        text = format_datetime(when) if has.get("zone", True) else f"{when:%Y-%m-%d %H:%M:%S}"
        date = f"<pubDate>{text}</pubDate>" if has.get("dates", True) else ""
        items.append(f"<item><title>{title}</title><link>{link}</link>{date}</item>")
    name = has.get("title", "The Quay Gazette")
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>'
    return f"{head}{''.join(items)}</channel></rss>"


def atom(links: Iterable[str], *, hours: float = 1) -> str:
    entries = "".join(
        f'<entry><title>{title}</title><link href="{link}"/>'
        f"<published>{at(hours + n).isoformat()}</published></entry>"
        for n, (link, title) in enumerate(zip(links, TITLES, strict=False))
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title>{entries}</feed>'


def news_sitemap(links: Iterable[str], *, hours: float = 1) -> str:
    urls = "".join(
        f"<url><loc>{link}</loc><news:news><news:publication_date>{at(hours + n).isoformat()}"
        f"</news:publication_date><news:title>{title}</news:title></news:news></url>"
        for n, (link, title) in enumerate(zip(links, TITLES, strict=False))
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    spaces += 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0"?><urlset {spaces}>{urls}</urlset>'


def index(children: Iterable[str]) -> str:
    each = "".join(f"<sitemap><loc>{child}</loc></sitemap>" for child in children)
    return (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{each}</sitemapindex>'
    )


def page(
    head: str = "", body: str = "", *, lang: str = "en", title: str = "The Quay Gazette"
) -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}</head><body>{body}</body></html>"
    )


def alternate(url: str, kind: str = "application/rss+xml", title: str = "Feed") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{url}">'


def section(links: Iterable[str], *, menu: Iterable[str], titles: Iterable[str] = TITLES) -> str:
    """A body with a menu of short words and a card for each article."""
    nav = "".join(f'<li><a href="{link}">Section {n}</a></li>' for n, link in enumerate(menu))
    cards = "".join(
        f'<div class="card"><a href="{link}"><h3>{title}</h3></a></div>'
        for link, title in zip(links, titles, strict=False)
    )
    foot = '<footer><a href="/about">About us all</a></footer>'
    return f"<nav><ul>{nav}</ul></nav><main>{cards}</main>{foot}"


def article(title: str = TITLES[0]) -> str:
    date = f'<meta property="article:published_time" content="{at(1).isoformat()}">'
    return page(date, f"<article><h1>{title}</h1><p>{BODY}</p></article>", title=title)


def plant_articles(site: Any, paths: Iterable[str]) -> list[str]:
    """Serve an article at each of `paths`; their whole addresses."""
    for path in paths:
        site.serve(path, article())
    return [site.url(path) for path in paths]
