"""Which text of a page is the article?"""

from __future__ import annotations

import html
import re

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.pages.clean import visible
from crawler.pages.cuts import is_byline, is_foreign_line, is_heading_of_links, opens_comments
from crawler.pages.dates import is_date_line, says_published, says_updated
from crawler.pages.paragraphs import find_fullest_cell, find_spread_text

_LIMIT = 2 << 20  # characters; trafilatura takes 30 s and more for bigger pages
_MISSED = 1.6  # so many times the text: the extractor stopped at the first box
_BUTTON = 20  # characters with the dash
_HEAD, _LONGEST_HEAD_LINE = 8, 100  # lines above the text, and letters of one
_KICKER, _SHORTEST_TITLE = 40, 10  # letters before a title, and of it
_TOLD = 2  # lines of text: before them "Comments" is a button
_LONGEST_LINK, _ENDS = 120, ".!?。！？؟۔।:："
_SHORT = 250  # characters; below it trafilatura's slower ways are asked too
# trafilatura 2.3 deletes U+200C, and Persian words fuse. A letter no news uses takes its place.
_ZWNJ, _STAND_IN = "\u200c", "ꙮ"
_ZWNJ_WRITTEN = re.compile("\u200c|&zwnj;|&#8204;|&#x200c;", re.IGNORECASE)
_BREAKS = re.compile(
    r"<(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|hr|"
    r"pre|dd|dt))\b[^<>]{0,4000}>",
    re.IGNORECASE,
)
# A cell of figures is short: long ones are columns of an old page, and the text lies in one.
_IS_LAYOUT_ROW = re.compile(r"^\|[^\n]{160,}", re.MULTILINE)
_HIDDEN = ["script", "style", "noscript", "template", "svg", "iframe", "form", "button"]
_TAGS = re.compile(r"<[^<>]{0,10000}>")
_WORD = re.compile(r"\w+")


def find_body(
    markup: str, title: str | None, *, tree: LexborHTMLParser, declared: str | None = None
) -> str:
    """Paragraphs of the article in `markup`, one a line; empty if there is none.

    Without the title, related links and requests to follow or subscribe. `declared` is the
    text that the page itself gives in JSON-LD: it counts only where most of it was missed.
    """
    markup = _bounded(markup)
    has_zwnj = _ZWNJ_WRITTEN.search(markup) is not None
    if has_zwnj:
        markup = _ZWNJ_WRITTEN.sub(_STAND_IN, markup)
    text = _extract(markup, fast=True)
    if _IS_LAYOUT_ROW.search(text):
        cell = find_fullest_cell(tree)
        text = text_of_node(cell) if cell else text
    if len(text) < _SHORT:
        text = max(text, _extract(markup, fast=False), key=len)
    if has_zwnj:
        text = text.replace(_STAND_IN, _ZWNJ)
    spread = find_spread_text(tree)
    # Below 250 signs, a whole story in Chinese, the extractor pours the page into one line.
    if "\n" not in text.strip() and "\n" in spread and len(spread) * 2 > len(text):
        text = spread
    body = plain_lines(text, title)
    for second in (spread, _from_declared(declared)):
        enough = _MISSED * max(len(body), _SHORT)
        other = plain_lines(second, title) if len(second) > enough else ""
        if len(other) > enough:
            body = other
    return body


def _from_declared(text: str | None) -> str:
    """Line breaks of articleBody, which may hold tags, as paragraphs."""
    if not text:
        return ""
    return html.unescape(_TAGS.sub("", _BREAKS.sub("\n", text[:_LIMIT])))


def text_of_node(node: LexborNode, *, gap: str = "") -> str:
    """The visible text of one element, one block a line; `gap` stands between its spans."""
    node.strip_tags(_HIDDEN)
    blocks = _BREAKS.sub("\n", re.sub(r"\s+", " ", node.html or ""))
    return html.unescape(_TAGS.sub(gap, blocks))


def plain_lines(text: str, title: str | None) -> str:
    """`text` cleaned: no blank, foreign or repeated neighboring lines, no title on top."""
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in visible(text).splitlines()]
    kept: list[str] = []
    is_in_links = False
    for line in _without_head([line for line in lines if line], title):
        if opens_comments(line) and len(kept) >= _TOLD:
            break
        is_in_links = is_heading_of_links(line) or (is_in_links and _is_headline(line))
        if is_in_links or is_foreign_line(line) or (kept and kept[-1] == line):
            continue
        # Breadcrumbs and share buttons come as lists of single words before or behind the text.
        if not kept and _is_button(line):
            continue
        kept.append(line)
    while kept and _is_button(kept[-1]):
        kept.pop()
    return "\n".join(kept)


def _without_head(lines: list[str], title: str | None) -> list[str]:
    """`lines` behind the title and what stands with it: kicker, place, author, date."""
    start = 0
    for i, line in enumerate(lines[:_HEAD]):
        if len(line) > _LONGEST_HEAD_LINE and not (title and _ends_with(title, line)):
            break  # the text has begun
        if _belongs_to_the_head(line, title):
            start = i + 1
    return lines[start:]


def _is_headline(line: str) -> bool:
    """Whether `line` is a link in a list: an item, or short and no sentence."""
    return line.startswith("- ") or (len(line) <= _LONGEST_LINK and line[-1] not in _ENDS)


def _is_button(line: str) -> bool:
    return line.startswith("- ") and len(line) <= _BUTTON


def _belongs_to_the_head(line: str, title: str | None) -> bool:
    """The title or its end again, author, date: what layouts put on top of a text."""
    if title and _ends_with(title, line):
        return True
    if is_byline(line) or is_date_line(line):
        return True
    is_labelled = says_published(line) or says_updated(line)
    return is_labelled and re.search(r"\d", line) is not None


def _ends_with(title: str, line: str) -> bool:
    """A title with a kicker before it ("Kenya: Nairobi from below") stands without it there.

    Or the other way round.
    """
    whole, end = (_WORD.findall(text.casefold()) for text in (title, line))
    if len(end) > len(whole) > 3:  # the kicker stands in the line only
        whole, end = end, whole
    if bool(end) and whole[-len(end) :] == end and (len(end) > 2 or len(end) == len(whole)):
        return True
    # <span>kicker</span><span>title</span> come without a space between them.
    shorter, longer = sorted(("".join(whole), "".join(end)), key=len)
    return (
        len(shorter) >= _SHORTEST_TITLE
        and longer.endswith(shorter)
        and len(longer) - len(shorter) <= _KICKER
    )


def _extract(markup: str, *, fast: bool) -> str:
    try:
        told = trafilatura.extract(markup, fast=fast, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        return ""
    return told or ""


def _bounded(markup: str) -> str:
    """`markup` without scripts if it is too long, then cut."""
    if len(markup) > _LIMIT:
        tree = LexborHTMLParser(markup[: 4 * _LIMIT])
        tree.strip_tags(["script", "style", "svg", "template", "iframe", "link"])
        markup = tree.html or ""
    return markup[:_LIMIT]
