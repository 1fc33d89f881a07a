"""Does this element belong to the page around the article: comments, teasers, footer?"""

from __future__ import annotations

import re
from collections.abc import Collection

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.pages.clean import one_line

_CLASSES = re.compile(
    r"comment|talkback|disqus|related|recommend|sidebar|(?:^|\s|site-|page-)footer|most-?(?:read|popular|viewed)|"
    r"trending|latest|read-?(?:next|more|also)|more-(?:news|stories|from)|see-?also|teaser|query|"
    r"newsletter|ranking",
    re.IGNORECASE,
)
_UPDATES = re.compile(r"updat|modif|revis")
_TAGS = {"footer", "nav"}
_DEEPEST, _NEAR = 10, 3
_TEXT = 500  # letters: more than a teaser has
_LINE, _LINE_ELSE = 30, 18  # letters of a link that is a headline; scripts but Latin need fewer


def is_around(node: LexborNode, titles: Collection[str]) -> bool:
    """Whether `node` dates or names something else than the article that `titles` name.

    A box that holds the headline is the article's own, whatever its name ("no-sidebar").
    """
    box: LexborNode | None = node
    for depth in range(_DEEPEST):
        if box is None or box.tag in {"html", "body", "main", "-undef"} or _holds_headline(box):
            return False
        if box.tag in _TAGS or _CLASSES.search(_names(box)):
            return True
        if depth <= _NEAR and _links_a_headline(box, titles):
            return True
        box = box.parent
    return False


def _names(box: LexborNode) -> str:
    told = box.attributes
    return f"{told.get('class') or ''} {told.get('id') or ''}"


def _holds_headline(box: LexborNode) -> bool:
    return box.tag == "h1" or box.css_first("h1") is not None


def _links_a_headline(box: LexborNode, titles: Collection[str]) -> bool:
    if len(box.text(deep=True)) > _TEXT:  # it holds the article itself, with links in it
        return False
    for link in box.css("a")[:10]:
        text = one_line(link.text(deep=True)) or ""
        if len(text) >= (_LINE if text.isascii() else _LINE_ELSE) and text not in titles:
            return True
    return False


def without_surroundings(markup: str) -> str:
    """`markup` without the boxes that `is_around` knows by their names, and dates of updates."""
    tree = LexborHTMLParser(markup)
    # From the end: what stands inside a box goes before the box.
    for node in reversed(tree.css("footer, nav, aside, [class], [id]")):
        if node.tag in {"html", "body", "main", "article"}:
            continue
        is_named = node.tag in {"footer", "nav", "aside"} or _CLASSES.search(_names(node))
        if is_named and not _holds_headline(node):
            node.decompose()
    for node in tree.css("meta, time"):
        told = node.attributes
        names = " ".join(told.get(key) or "" for key in ("name", "property", "itemprop", "class"))
        if _UPDATES.search(names.lower()):
            node.decompose()
    return tree.html or ""
