"""Which articles does a news sitemap name, and which further sitemaps does an index?"""

from __future__ import annotations

import re

from lxml import etree

from crawler.model import Evidence
from crawler.pages.clean import from_markup
from crawler.pages.feeds import MOST_LINES as _A_LOOK
from crawler.pages.feeds import Asked, Line, dated, make_line
from crawler.pages.scrub import local_name
from crawler.pages.stamps import parse_stamp
from crawler.pages.urls import absolute_url, unique

_MOST_CHILDREN = 50
_OF_A_PICTURE = re.compile(r"sitemap-(?:image|video)|^(?:image|video):")
_MOST_KEPT = 2 * _A_LOOK  # some name no address, some are told twice
# What one sitemap may hold, and how large it may be.  Source: sitemaps.org/protocol.html
MOST_LINES, MOST_BYTES = 50_000, 52_428_800


def is_sitemap(root: etree._Element) -> bool:
    """Whether `root` opens a sitemap or an index of sitemaps."""
    return plain_name(root) in {"urlset", "sitemapindex"}


def find_sitemap_lines(root: etree._Element, asked: Asked) -> tuple[Line, ...]:
    """The articles of a sitemap, newest or last touched first.

    Only news:publication_date is a date of publication: lastmod says when a page was touched.
    """
    lines = []
    for element in list(root)[:MOST_LINES]:
        if plain_name(element) == "url":
            fields = fields_of(element)
            stamp = parse_stamp(fields.get("publication_date") or fields.get("lastmod"))
            lines.append((stamp.at.timestamp() if stamp else float("-inf"), fields))
    lines.sort(key=lambda one: -one[0])  # stable: without any date the sitemap's order stays
    made = (line_of(fields, asked) for _, fields in lines[:_MOST_KEPT])
    return tuple(line for line in made if line is not None)


def find_children(root: etree._Element, asked: Asked) -> tuple[str, ...]:
    """Addresses of an index's sitemaps, last touched first, at most 50."""
    told = []
    for element in list(root)[:MOST_LINES]:
        if plain_name(element) != "sitemap":
            continue
        fields = {plain_name(child): _said(child) for child in element}
        url = absolute_url(fields.get("loc"), asked.base)
        stamp = parse_stamp(fields.get("lastmod"), zone=asked.zone)
        if url is not None:
            told.append((stamp.at.timestamp() if stamp else float("-inf"), url))
    told.sort(key=lambda one: -one[0])  # stable: without lastmod the index's own order stays
    return unique(url for _, url in told)[:_MOST_CHILDREN]


def line_of(fields: dict[str, str], asked: Asked) -> Line | None:
    """The line that the texts of a <url> tell; None without an address."""
    return make_line(
        fields.get("loc"),
        title=from_markup(fields.get("title")),
        date=dated(fields.get("publication_date"), Evidence.SITEMAP, asked),
        summary=None,
        asked=asked,
    )


def fields_of(element: etree._Element) -> dict[str, str]:
    """First text of each name below a <url>, but for what describes its pictures and films."""
    fields: dict[str, str] = {}
    for child in element.iter():
        tag = child.tag if isinstance(child.tag, str) else ""
        if len(child) == 0 and not _OF_A_PICTURE.search(tag):
            fields.setdefault(plain_name(child), _said(child))
    return fields


def plain_name(element: etree._Element) -> str:
    """Its name without namespace or prefix, in lower case."""
    return local_name(element).rpartition(":")[2]


def _said(element: etree._Element) -> str:
    return (element.text or "").strip()[:5000]
