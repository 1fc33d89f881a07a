"""What does a web page offer to whoever wants to watch its site?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from config.codes import COUNTRIES
from crawler.pages.clean import one_line
from crawler.pages.metadata import find_facts
from crawler.pages.section import (
    Link,
    base_of,
    collect_links,
    is_article_shaped,
    is_beside_articles,
    is_headline,
)
from crawler.pages.shapes import Seen, infer_pattern
from crawler.pages.urls import absolute_url, is_same_site

_FEED_TYPE = re.compile(r"rss|atom|feed\+json|rdf\+xml|^(?:text|application)/xml$", re.IGNORECASE)
_REFRESH = re.compile(r"^\s*[0-5](?:\.\d+)?\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_FEED_PATH = re.compile(
    r"/(?:rss|feeds?|atom|rdf)(?:[/._-][^?]*)?$|"
    r"/(?:[^/]*[_.-])?(?:rss|atom)[^/]*\.(?:xml|json|php|aspx?|ashx)$|[/._-](?:rss|feed|atom)\.(?:xml|json|php|aspx)$|"
    r"\.(?:rss|rdf|atom)$|/feed/?$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:feed|format|type|output)=(?:rss2?|atom|rdf)(?:&|$)", re.IGNORECASE
)
_FEED_WORD = re.compile(r"^(?:\S+\s){0,2}RSS(?:\s\S+){0,2}$")  # what the link says
_SHARED = re.compile(r"(?:^|[/.])(?:add|subscribe|share)(?:[/.?]|$)", re.IGNORECASE)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|breadcrumbs?|topbar|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_INSIDE_TAGS = {"body", "html", "main", "article"}
_MENU_TAGS = {"nav", "footer"}
_COUNTRY = re.compile(r'"addressCountry"\s*:\s*(?:\{[^{}]{0,200}"name"\s*:\s*)?"([A-Z]{2})"')
_OF_COMMENTS = re.compile(
    r"/comments?(?:/|$|\.)|comment|تعليق|kommentar|coment[aá]ri|commenti|комментари|コメント|"
    r"评论|評論|yorum|דיון|תגובות|댓글|टिप्पण|نظرات|דעות",
    re.IGNORECASE,
)
# og:locale names no country where Facebook made one up (ar_AR is not Argentina), nor where it is
# what software writes unasked.
_NO_COUNTRY = {"ar_AR", "es_LA", "en_PI", "fb_LT", "en_US", "eo_EO"}
# Country domains that anybody buys for the sake of their letters.
_ANYBODY = {
    "eu",
    "ai",
    "ac",
    "ag",
    "am",
    "cc",
    "co",
    "fm",
    "gg",
    "im",
    "io",
    "is",
    "la",
    "ly",
    "me",
}
_ANYBODY |= {"ms", "mu", "nu", "pw", "sh", "so", "st", "tk", "to", "tv", "vc", "ws"}
_MOST_FEEDS, _MOST_EXAMPLES, _CLIMB = 30, 5, 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A feed that a page names."""

    url: str
    title: str | None = None
    declared: bool = True  # in its head; else by a link that people see

    @property
    def is_of_comments(self) -> bool:
        return speaks_of_comments(self.url, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What one page offers, and what it says of its site."""

    feeds: tuple[Offer, ...] = ()
    link_count: int = 0  # to pages of its own site
    pattern: str | None = None  # that its articles match and its navigation does not
    examples: tuple[str, ...] = ()  # addresses that look like articles
    name: str | None = None
    language: str | None = None  # as written: ar-AE
    country: str | None = None  # ISO 3166
    leads_to: str | None = None  # where its meta refresh sends a reader, on the same site


def find_offers(markup: str, url: str) -> Offers:
    """What the page at `url` offers; feeds that its head declares first."""
    tree = LexborHTMLParser(markup)
    links = collect_links(tree, url)
    facts = find_facts(tree, url)
    seen = [_seen(link, url) for link in links.values()]
    articles = [link.url for link in seen if link.own and link.article]
    return Offers(
        feeds=tuple(_feeds(tree, links.values(), url)),
        link_count=sum(link.own for link in seen),
        pattern=infer_pattern(seen, urlsplit(url).netloc),
        examples=tuple(articles[:_MOST_EXAMPLES]),
        name=facts.site_name or _name_in(facts.document_title),
        language=facts.language,
        country=find_country(url, facts.metas.get("og:locale"), markup),
        leads_to=_find_refresh(tree, url),
    )


def speaks_of_comments(url: str, title: str | None) -> bool:
    """Whether a list holds what readers wrote, by its address and by what a page calls it."""
    return _OF_COMMENTS.search(f"{unquote(urlsplit(url).path)} {title or ''}") is not None


def find_country(url: str, locale: str | None = None, markup: str = "") -> str | None:
    """The country that a site says it is of: its address, its domain, its og:locale."""
    said = _COUNTRY.search(markup)
    if said and said[1] in COUNTRIES:
        return said[1]
    last = (urlsplit(url).hostname or "").rpartition(".")[2]
    code = {"uk": "GB"}.get(last, last.upper())
    if last not in _ANYBODY and code in COUNTRIES:
        return code
    language, _, country = (locale or "").replace("-", "_").partition("_")
    if country in COUNTRIES and f"{language}_{country}" not in _NO_COUNTRY:
        return country if country != language.upper() else None
    return None


def _find_refresh(tree: LexborHTMLParser, url: str) -> str | None:
    """Front pages of sites in several languages often hold nothing else."""
    for node in tree.css('meta[http-equiv="refresh" i][content]'):
        said = _REFRESH.match(node.attributes.get("content") or "")
        target = absolute_url(said[1], url) if said else None
        if target and target != url and is_same_site(target, url):
            return target
    return None


def _feeds(tree: LexborHTMLParser, links: Iterable[Link], url: str) -> Iterator[Offer]:
    told: set[str] = set()
    base = base_of(tree, url)
    for node in tree.css('link[rel~="alternate" i][href], link[rel~="feed" i][href]'):
        address = absolute_url(node.attributes.get("href"), base)
        if address and address not in told and _is_feed_node(node):
            told.add(address)
            yield Offer(url=address, title=one_line(node.attributes.get("title")))
    for link in links:
        if len(told) < _MOST_FEEDS and link.url not in told and _names_a_feed(link, url):
            told.add(link.url)
            yield Offer(url=link.url, title=link.title, declared=False)


def _is_feed_node(node: LexborNode) -> bool:
    if "feed" in (node.attributes.get("rel") or "").lower().split():
        return True
    return is_feed_type(node.attributes.get("type") or "", node.attributes.get("href") or "")


def is_feed_type(kind: str, href: str) -> bool:
    """Whether an alternate of this type at `href` is a feed."""
    if kind.lower() == "application/json":  # of JSON Feed's first version, and of much else
        return _FEED_PATH.search(href.partition("?")[0]) is not None
    return _FEED_TYPE.search(kind) is not None


def _names_a_feed(link: Link, page: str) -> bool:
    parts = urlsplit(link.url)
    # "Add to my reader" carries our feed's address in the query of another site's.
    return (
        (
            _FEED_PATH.search(parts.path)
            or _FEED_QUERY.search(parts.query)
            or _FEED_WORD.search(link.title or "")
        )
        is not None
        and _SHARED.search(parts.path) is None
        and (is_same_site(link.url, page) or "feed" in (parts.hostname or ""))
    )


def _seen(link: Link, page: str) -> Seen:
    own = is_same_site(link.url, page)
    return Seen(url=link.url, own=own, article=_is_article(link, page) if own else None)


def _is_article(link: Link, page: str) -> bool | None:
    """By its words and its place; None: it may be either."""
    if urlsplit(link.url).path == urlsplit(page).path:
        return None  # the page itself, printed or shared
    if is_beside_articles(link.url) or page.startswith(link.url) or _is_front(link.url):
        return False
    if all(_stands_in_menu(anchor) for anchor in link.anchors):
        return False
    if is_headline(link):
        return True
    # A word or two may be the name of a section, and above a headline its kicker.
    return False if link.title and not is_article_shaped(link.url) else None


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _stands_in_menu(anchor: LexborNode) -> bool:
    node = anchor
    for _ in range(_CLIMB):
        if node.tag in _INSIDE_TAGS:
            return False
        named = node.attributes
        words = f"{named.get('class') or ''} {named.get('id') or ''} {named.get('role') or ''}"
        if node.tag in _MENU_TAGS or _MENU.search(words):
            return True
        if node.parent is None:
            return False
        node = node.parent
    return False


def _name_in(title: str | None) -> str | None:
    """The site's name at the end of a page's title; a front page's title may be nothing else."""
    parts = [part.strip() for part in re.split(r"\s[|–—·»:-]\s", title or "") if part.strip()]
    return min(parts, key=len)[:60] if parts else None
