"""Which lines does a fetched list hold: a feed, a news sitemap or a section page?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from crawler.model import Fetched, Listing, Reason
from crawler.pages.barrier import find_marks, find_wall
from crawler.pages.charset import decode
from crawler.pages.feeds import (
    MOST_LINES,
    SUMMARY_LIMIT,
    SUMMARY_LIMIT_UNKEPT,
    Asked,
    Line,
    find_lines,
    find_lines_of_broken,
    find_ttl,
    is_feed,
)
from crawler.pages.json_list import find_json_lines
from crawler.pages.result import ListOutcome, ListResult
from crawler.pages.scrub import local_name, parse_sound, parse_xml, scrub, unpack, without_formats
from crawler.pages.section import find_links, find_named_feed
from crawler.pages.sitemap import find_children, find_sitemap_lines, is_sitemap
from crawler.pages.stamps import zone_of

__all__ = ["ListOutcome", "ListResult", "read_listing"]

_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_LIST = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:\{|<(?:rss|feed|rdf:rdf|urlset|sitemapindex)\b)", re.I
)
_OPENINGS = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENDINGS = re.compile(r"</(?:\w{1,20}:)?(?:item|entry|url|sitemap)\s*>", re.IGNORECASE)
_HTML_LIMIT = 4 << 20
_MOST_REASONS = 20


def read_listing(fetched: Fetched) -> ListResult:
    """The Listings of `fetched`, at most the 500 newest; what is wrong with it as Reasons.

    What the bytes are counts, not what the Source promised: a feed address that answers with a
    sitemap is read as one. HTML is a list only where the Source is a section page.
    """
    source = fetched.source
    asked = Asked(
        base=fetched.url,
        now=fetched.fetched_at,
        zone=zone_of(source.zone),
        language=source.language,
        country=source.country,
        summary_limit=SUMMARY_LIMIT if source.keep_text else SUMMARY_LIMIT_UNKEPT,
    )
    body = unpack(fetched.body)
    if not body.strip():
        return _broken("empty_body", "the server answered without a body")
    root = parse_sound(body)
    if root is not None and (is_feed(root) or is_sitemap(root)):
        return _read_root(root, asked)
    if source.kind == "section":
        markup = decode(body, fetched.charset)
        if not _LIST.match(markup):
            return _read_section(markup, asked, source.link_pattern)
    try:
        text = scrub(body, fetched.charset)
    except ValueError as error:
        return _broken("hostile", f"the list is not read: {error}")
    if text.lstrip()[:1] in {"{", "["}:
        return _read_json(text, asked)
    return _read_xml(text, asked)


def _read_root(root: etree._Element, asked: Asked) -> ListResult:
    if is_sitemap(root):
        return _read_sitemap(root, asked)
    lines = find_lines(root, asked)
    if not lines:
        return _empty("the feed has no entry with an address")
    return replace(_fresh(lines), ttl_s=find_ttl(root))


def _read_section(markup: str, asked: Asked, pattern: str | None) -> ListResult:
    markup = markup[:_HTML_LIMIT]
    lines = find_links(markup, asked, pattern)
    if lines:
        return _fresh(lines)
    wall = _wall(markup)
    if wall is not None:
        return ListResult(listings=(), outcome=ListOutcome.BLOCKED, reasons=(wall,))
    shape = f"matches {pattern}" if pattern else "looks like an article"
    return _empty(f"the page has no link that {shape}")


def _read_json(text: str, asked: Asked) -> ListResult:
    found = find_json_lines(text, asked)
    if found is None:
        return _broken("not_a_feed", "the answer is JSON, but no JSON Feed and no WordPress posts")
    lines, is_whole = found
    if not lines:
        return _empty("the feed has no entry with an address")
    return _fresh(lines, () if is_whole else (_cut_off(),))


def _read_xml(text: str, asked: Asked) -> ListResult:
    root, is_well_formed = parse_xml(text)
    if root is not None and is_sitemap(root):
        return _read_sitemap(root, asked) if _is_closed(text, root) else _read_cut(text, asked)
    if root is None or not is_feed(root):
        if _is_html(text):
            return _not_a_list(text, asked)
        return _read_broken(text, asked)
    if not _is_closed(text, root):
        return _read_cut(text, asked)
    return _read_mended(text, root, asked, is_well_formed=is_well_formed)


def _read_mended(
    text: str, root: etree._Element, asked: Asked, *, is_well_formed: bool
) -> ListResult:
    lines = find_lines(root, asked)
    told = len(_OPENINGS.findall(text))
    if not is_well_formed and len(lines) < min(told, MOST_LINES):
        lines = _read_again(text, asked, lines)
    return _fresh(lines) if lines else _empty("the feed has no entry with an address")


def _is_closed(text: str, root: etree._Element) -> bool:
    name = re.escape(local_name(root).rpartition(":")[2])
    return re.search(rf"</(?:\w{{1,20}}:)?{name}\s*>|/>\s*\Z", text, re.IGNORECASE) is not None


def _read_cut(text: str, asked: Asked) -> ListResult:
    """The whole entries before the place where a list breaks off: the last title may be cut."""
    end = max((match.end() for match in _ENDINGS.finditer(text)), default=0)
    root, is_well_formed = parse_xml(text[:end]) if end else (None, False)
    if root is None or not (is_feed(root) or is_sitemap(root)):
        return _broken("cut_off", "the list ends before its first entry does")
    if is_sitemap(root):
        result = _read_sitemap(root, asked)
    else:
        result = _read_mended(text[:end], root, asked, is_well_formed=is_well_formed)
    return replace(result, reasons=(_cut_off(), *result.reasons))


def _read_again(text: str, asked: Asked, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The most that any lenient way finds in a feed of which lines were lost."""
    root, _ = parse_xml(without_formats(text))
    if root is not None and is_feed(root):
        lines = max(lines, find_lines(root, asked), key=len)
    return max(lines, find_lines_of_broken(text, asked), key=len)


def _read_sitemap(root: etree._Element, asked: Asked) -> ListResult:
    more = find_children(root, asked)
    lines = find_sitemap_lines(root, asked)
    if more and not lines:
        return ListResult(listings=(), outcome=ListOutcome.FRESH, more=more)
    return _fresh(lines) if lines else _empty("the sitemap names no address")


def _read_broken(text: str, asked: Asked) -> ListResult:
    lines = find_lines_of_broken(text, asked) if _OPENINGS.search(text) else ()
    if not lines:
        return _broken("not_a_list", "the answer is neither a feed nor a sitemap")
    broken = Reason(code="broken_xml", text="the feed is no well-formed XML; read leniently")
    return _fresh(lines, (broken,))


def _not_a_list(markup: str, asked: Asked) -> ListResult:
    wall = _wall(markup)
    if wall is not None:
        return ListResult(listings=(), outcome=ListOutcome.BLOCKED, reasons=(wall,))
    feed = find_named_feed(markup, asked.base)
    advice = f"; that page names a feed at {feed}" if feed and feed != asked.base else ""
    return _broken("html_not_feed", f"the server sent a web page in place of the list{advice}")


def _wall(markup: str) -> Reason | None:
    title = re.search(r"<title[^>]{0,200}>([^<]{0,300})", markup, re.IGNORECASE)
    tree = LexborHTMLParser(markup[:_HTML_LIMIT])
    tree.strip_tags(["script", "style", "noscript"])
    plain = " ".join((tree.body.text(deep=True) if tree.body else "").split())
    titles = (title[1].strip(),) if title else ()
    return find_wall(titles, plain[:5000]) or find_marks(markup, plain[:5000])


def _is_html(text: str) -> bool:
    return _HTML.search(text[:3000]) is not None


def _fresh(lines: Iterable[Line], reasons: tuple[Reason, ...] = ()) -> ListResult:
    once: dict[str, Line] = {}
    for line in lines:
        once.setdefault(line.listing.url, line)
    kept = _newest(list(once.values()))
    told = tuple(line.reason for line in kept if line.reason is not None)
    return ListResult(
        listings=tuple(line.listing for line in kept),
        outcome=ListOutcome.FRESH,
        reasons=(*reasons, *told[:_MOST_REASONS]),
    )


def _newest(lines: list[Line]) -> list[Line]:
    """At most 500 lines; when some must go, the oldest. An undated line is as new as the next."""
    if len(lines) <= MOST_LINES:
        return lines
    ages: list[float] = []
    last = float("inf")
    for line in lines:
        last = _instant(line.listing) or last
        ages.append(-last)
    order = sorted(range(len(lines)), key=lambda i: ages[i])[:MOST_LINES]
    return [lines[i] for i in sorted(order)]


def _instant(listing: Listing) -> float | None:
    return listing.published.at.timestamp() if listing.published else None


def _cut_off() -> Reason:
    return Reason(code="cut_off", text="the list ends in the middle; read as far as it goes")


def _empty(sentence: str) -> ListResult:
    reason = Reason(code="no_entry", text=sentence)
    return ListResult(listings=(), outcome=ListOutcome.EMPTY, reasons=(reason,))


def _broken(code: str, sentence: str) -> ListResult:
    reason = Reason(code=code, text=sentence)
    return ListResult(listings=(), outcome=ListOutcome.BROKEN, reasons=(reason,))
