"""Which objects does a page tell in JSON-LD, in whatever state it is?"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawler.pages.urls import absolute_url

_ARTICLE = re.compile(r"(?:Article|Posting|BlogPosting|Report|Reportage|PressRelease)$")
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
_MOST_NODES, _MOST_SCRIPTS, _LONGEST_SCRIPT, _DEEPEST = 2000, 60, 2 << 20, 6
# What is not closed goes on to the end: to look for the end from each opening is quadratic.
_TEXT_OR_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*"?)|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_PIECES = {
    name: re.compile(rf'"{name}"\s*:\s*"([^"\n]{{1,300}})"')
    for name in ("@type", "headline", "datePublished", "dateCreated")
}


def text_of(value: Any) -> str | None:
    """The text that a JSON-LD value holds in any of its shapes."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return value.strip() or None if isinstance(value, str) else None


def all_nodes(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    """Every object in the JSON-LD of a page, in page order, as deep as sites nest them."""
    scripts = tree.css('script[type*="ld+json" i]')[:_MOST_SCRIPTS]
    return [node for script in scripts for node in _nodes(_load(script.text(deep=True)))]


def article_of(nodes: list[dict[str, Any]], url: str, titles: list[str]) -> dict[str, Any]:
    """The article among `nodes` that the page at `url` is about; empty if none is one.

    `titles` are what the page itself bears.
    """
    best: dict[str, Any] = {}
    best_weight = 0
    for node in nodes:
        weight = _weight(node, url, titles)
        if weight > best_weight:
            best, best_weight = node, weight
    return best


def page_of(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The one WebPage that dates itself: what WordPress tells where it names no article."""
    pages = [one for one in nodes if "WebPage" in types_of(one) and one.get("datePublished")]
    return pages[0] if len(pages) == 1 else {}


def types_of(node: dict[str, Any]) -> list[str]:
    """The @type names of one object."""
    types = node.get("@type")
    return [one for one in (types if isinstance(types, list) else [types]) if isinstance(one, str)]


def _load(text: str) -> Any:
    text = text.strip()[:_LONGEST_SCRIPT]
    text = re.sub(r"^(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)\s*", "", text)
    for end in (";", "-->", "*/", "]]>", "/*", "//"):
        text = text.removesuffix(end).rstrip()
    for repair in (str, _without_comments, html.unescape):
        try:
            return json.loads(repair(text), strict=False)
        # Nesting of 100,000 and numbers of a million digits are sent to stop readers.
        except (ValueError, RecursionError):
            continue
    return _pieces(text)


def _without_comments(text: str) -> str:
    """`text` as JSON has it: no comments outside of texts, no comma before a closing bracket."""
    text = _TEXT_OR_COMMENT.sub(lambda match: match[1] or " ", text)
    return re.sub(r",\s*([}\]])", r"\1", text)


def _pieces(text: str) -> dict[str, Any] | None:
    """Type, headline and date of the one article in JSON that no reader takes as a whole."""
    found = {name: _PIECES[name].findall(text) for name in _PIECES}
    kinds = [kind for kind in found["@type"] if _ARTICLE.search(kind)]
    # Of several articles nobody could say whose date is whose.
    if len(kinds) != 1 or any(len(found[name]) > 1 for name in ("headline", "datePublished")):
        return None
    told = {name: values[0] for name, values in found.items() if values}
    return {**told, "@type": kinds[0]}


def _nodes(told: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [(told, 0)], 0
    while waiting and seen < _MOST_NODES:
        node, depth = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting.extend((one, depth + 1) for one in node[:200] if depth < _DEEPEST)
        elif isinstance(node, dict):
            yield node
            inner = (node.get(name) for name in _INSIDE)
            waiting.extend((one, depth + 1) for one in inner if depth < _DEEPEST)


def _weight(node: dict[str, Any], url: str, titles: list[str]) -> int:
    if not any(_ARTICLE.search(name) for name in types_of(node)):
        return 0
    headline = text_of(node.get("headline"))
    weight = 1 + 2 * bool(headline) + 2 * bool(text_of(node.get("datePublished")))
    weight += bool(text_of(node.get("articleBody")))
    # Lists of related articles are articles as well: this page's own shares its title or address.
    if headline and any(_alike(headline, title) for title in titles):
        weight += 8
    own = node.get("url") or node.get("mainEntityOfPage") or node.get("@id")
    own = own.get("@id") if isinstance(own, dict) else own
    if isinstance(own, str) and absolute_url(own, url) == absolute_url(url, url):
        weight += 4
    return weight


def _alike(one: str, other: str) -> bool:
    first, second = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(first & second) * 2 > len(first | second) > 0
