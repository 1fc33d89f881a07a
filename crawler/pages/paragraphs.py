"""Which paragraphs does a page hold, whatever boxes its layout puts round them?

A second opinion for layouts that spread one text over several boxes: an extractor that looks for
the best box takes the first of them and loses the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.pages.clean import one_line

_OUTSIDE = re.compile(
    r"comment|footer|sidebar(?!-grid)|related|recommend|newsletter|promo|teaser|card|widget|nav\b|"
    r"menu|popup|modal|cookie|consent|signup|sign-up|subscribe|share|social|banner",
    re.IGNORECASE,
)
_OUTSIDE_TAGS = {"footer", "nav", "aside", "form", "figure", "figcaption", "noscript", "template"}
_SHORTEST, _MOST = 40, 3000
_LINKED = 0.4  # a paragraph with more of its text in links is a list of links
_Signature = tuple[str, int]
_INSIDE = {"p", "h2", "h3", "h4", "blockquote", "ul", "ol"}


def find_spread_text(tree: LexborHTMLParser) -> str:
    """Paragraphs of all boxes that look like the one with most text, in page order."""
    weights: dict[_Signature, int] = defaultdict(int)
    boxes: dict[_Signature, dict[int, LexborNode]] = defaultdict(dict)
    for node in tree.css("p")[:_MOST]:
        parent = node.parent
        if parent is None or not _is_prose(node):
            continue
        signature = _signature(parent)
        if signature is None:
            continue
        weights[signature] += len(node.text(deep=True))
        boxes[signature].setdefault(parent.mem_id, parent)
    if not weights:
        return ""
    best = max(weights, key=lambda signature: weights[signature])
    lines: list[str] = []
    for box in boxes[best].values():
        lines.extend(_lines(box))
    return "\n".join(dict.fromkeys(lines))


def find_fullest_cell(tree: LexborHTMLParser) -> LexborNode | None:
    """The table cell with most text outside of links: the column that a page of tables tells in."""
    cells = [cell for cell in tree.css("td")[:_MOST] if not _holds_cells(cell)]
    return max(cells, key=_unlinked, default=None)


def _holds_cells(cell: LexborNode) -> bool:
    return any(inner.mem_id != cell.mem_id for inner in cell.css("td"))


def _unlinked(node: LexborNode) -> int:
    linked = sum(len(link.text(deep=True)) for link in node.css("a"))
    return len(node.text(deep=True)) - linked


def _is_prose(node: LexborNode) -> bool:
    text = node.text(deep=True).strip()
    if len(text) < _SHORTEST:
        return False
    linked = sum(len(link.text(deep=True)) for link in node.css("a"))
    return linked <= _LINKED * len(text)


def _signature(box: LexborNode) -> _Signature | None:
    """Tag and classes of a box and the two round it; None if it lies outside the article.

    And the <article> it stands in: pages without an end put the next article under the first.
    """
    names: list[str] = []
    article = 0
    node: LexborNode | None = box
    depth = 0
    while node is not None and node.tag not in {"body", "html", "-undef"} and depth < 12:
        classes = node.attributes.get("class") or ""
        if node.tag in _OUTSIDE_TAGS or (depth < 4 and _OUTSIDE.search(classes)):
            return None
        if node.tag == "article" and not article:
            article = node.mem_id
        if depth < 3:
            names.append(f"{node.tag}.{' '.join(sorted(classes.split()))}")
        node = node.parent
        depth += 1
    return " < ".join(names), article


def _lines(box: LexborNode) -> list[str]:
    lines = []
    for child in box.iter(include_text=False):
        if child.tag not in _INSIDE:
            continue
        parts = child.css("li") if child.tag in {"ul", "ol"} else [child]
        for part in parts:
            line = one_line(part.text(deep=True), 20_000)
            if line and (child.tag != "p" or _is_prose(child) or len(line) < _SHORTEST):
                lines.append(line)
    return lines
