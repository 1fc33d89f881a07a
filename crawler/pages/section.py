"""Which articles does a section page link to, in page order?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.pages.clean import one_line
from crawler.pages.feeds import Asked, Line, make_line
from crawler.pages.urls import absolute_url, is_same_site
from crawler.text.fold import fold

_MOST_LINKS = 5000
_NOT_ARTICLES = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|authors?|writers?|profiles?|pages?|search|about(?:-us)?|"
    r"contact(?:-us)?|privacy[\w-]*|terms[\w-]*|log-?in|sign-?(?:in|up)|register|subscri\w+|"
    r"account|help|faq|jobs?|careers?|advertis\w+|newsletters?|rss|feeds?|sitemap\w*|cookies?|"
    r"shop|video-?galler\w+|كاتب|كتاب|وسم|تصنيف|بحث)(?:/|$|\?)|"
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|mp[34]|zip|xml|css|js|json)$",
    re.IGNORECASE,
)
_DATED = re.compile(r"/(?:19|20)\d{2}[/-](?:0?[1-9]|1[0-2])(?:[/-]\d{1,2})?(?:/|-|$)")
_NUMBERED = re.compile(
    r"(?:^|[/_.=-])(?:[a-z]{0,3})?\d{4,}(?:[/_.-]|$)|[?&](?:p|id|aid|nid|newsid)=\d+", re.I
)
_MORE = re.compile(
    r"^\W*(?:read more|more|continue(?: reading)?|full story|details|lire (?:la suite|plus)|"
    r"en savoir plus|weiterlesen|mehr|leer más|ver más|leggi(?: tutto| di più)?|saiba mais|"
    r"devamı|подробнее|читать далее|続きを読む|阅读更多|查看更多|더 보기|"
    r"اقرأ (?:المزيد|أكثر)|المزيد|التفاصيل|تابع القراءة|ادامه مطلب|مزید پڑھیں)\W*$",
    re.IGNORECASE,
)
_HEADINGS = "h1, h2, h3, h4, h5"


@dataclass(slots=True)
class Link:
    """All anchors of one address; the best of them gives the title."""

    url: str
    anchors: list[LexborNode] = field(default_factory=list)
    titles: list[tuple[int, str]] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        best = max(self.titles, key=lambda one: (one[0], len(one[1])), default=None)
        return best[1] if best else None


def find_links(markup: str, asked: Asked, pattern: str | None) -> tuple[Line, ...]:
    """The links of a section page that match `pattern`, else those shaped like an article's.

    `pattern` is looked for in the address as people read it and in its percent form.
    """
    links = collect_links(LexborHTMLParser(markup), asked.base)
    wanted = _matching(links, pattern) if pattern else _shaped(links, asked)
    lines = (
        make_line(link.url, title=link.title, date=None, summary=None, asked=asked)
        for link in wanted
    )
    return tuple(line for line in lines if line is not None)


def collect_links(tree: LexborHTMLParser, address: str) -> dict[str, Link]:
    """The links of the page at `address` by where they lead, in page order."""
    base = base_of(tree, address)
    links: dict[str, Link] = {}
    for anchor in tree.css("a[href]")[:_MOST_LINKS]:
        url = absolute_url(anchor.attributes.get("href"), base)
        if url is None or url == address:
            continue
        link = links.setdefault(url, Link(url))
        link.anchors.append(anchor)
        title = _title_of(anchor)
        if title:
            link.titles.append(title)
    return links


def base_of(tree: LexborHTMLParser, address: str) -> str:
    """What the relative links of the page at `address` hang on."""
    tag = tree.css_first("base[href]")
    return (absolute_url(tag.attributes.get("href"), address) if tag else None) or address


def find_named_feed(markup: str, base: str) -> str | None:
    """Address of the feed that an HTML page names in its head."""
    for node in LexborHTMLParser(markup[:200_000]).css('link[rel="alternate"][type][href]'):
        if re.search(r"rss|atom|feed\+json", node.attributes.get("type") or ""):
            return absolute_url(node.attributes.get("href"), base)
    return None


def _matching(links: dict[str, Link], pattern: str) -> list[Link]:
    shape = re.compile(pattern)
    return [
        link for link in links.values() if shape.search(link.url) or shape.search(unquote(link.url))
    ]


def _shaped(links: dict[str, Link], asked: Asked) -> list[Link]:
    return [
        link
        for link in links.values()
        if is_same_site(link.url, asked.base) and is_article_shaped(link.url) and is_headline(link)
    ]


def is_article_shaped(url: str) -> bool:
    """Whether `url` looks like one article: dated, numbered, or with words for a headline."""
    parts = urlsplit(unquote(url))
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return False
    whole = f"{path}?{parts.query}" if parts.query else path
    if is_beside_articles(url):
        return False
    slug = re.sub(r"\.\w{2,5}$", "", path.rpartition("/")[2])
    words = [word for word in re.split(r"[-_\s+]", slug) if word]
    return bool(_DATED.search(whole) or _NUMBERED.search(whole) or len(words) >= 4)


def is_beside_articles(url: str) -> bool:
    """Whether `url` names a tag, an author, a help page, a file: what stands beside articles."""
    parts = urlsplit(unquote(url))
    path = parts.path.rstrip("/")
    return _NOT_ARTICLES.search(f"{path}?{parts.query}" if parts.query else path) is not None


def is_headline(link: Link) -> bool:
    """Whether the title of `link` has the length of a headline, in any script."""
    title = link.title or ""
    return len(title.split()) >= 3 or sum(1 for char in title if char > "\u2e7f") >= 8


def _title_of(anchor: LexborNode) -> tuple[int, str] | None:
    """What the anchor says, and how much that weighs as a title."""
    heading = anchor.css_first(_HEADINGS)
    if heading is not None:
        text = one_line(heading.text(deep=True, separator=" "))
        if text:
            return 4, text
    text = one_line(anchor.text(deep=True, separator=" "), limit=300)
    if text and not _MORE.match(text) and not _is_a_number(text):
        return (3 if _stands_in_heading(anchor) else 2), text
    text = one_line(anchor.attributes.get("title") or anchor.attributes.get("aria-label"))
    if text and not _MORE.match(text):
        return 1, text
    image = anchor.css_first("img[alt]")
    text = one_line(image.attributes.get("alt")) if image is not None else None
    return (0, text) if text else None


def _is_a_number(text: str) -> bool:
    return not any(char.isalpha() for char in fold(text))


def _stands_in_heading(anchor: LexborNode) -> bool:
    node = anchor.parent
    for _ in range(3):
        if node is None:
            return False
        if node.tag in {"h1", "h2", "h3", "h4", "h5"}:
            return True
        node = node.parent
    return False
