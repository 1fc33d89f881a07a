"""What does one entry of a feed say, whatever its dialect, prefix or namespace?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from crawler.pages.clean import BLOCKS
from crawler.pages.scrub import local_name

_MOST_READ = 5000  # entries looked at, so that the newest 500 are the newest also in a mixed order
_LONGEST = 65_536  # characters of a field
_CORE = {
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/net/rss1.1#",
}
_FAMILIES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
}
TITLES: tuple[str, ...] = ("title", "dc:title", "media:title")
SUMMARIES: tuple[str, ...] = (
    "description", "summary", "content:encoded", "content", "dc:description", "content_text",
    "media:description",
)  # fmt: skip
PUBLISHED: tuple[str, ...] = (
    "pubdate", "published", "dc:date", "dcterms:issued", "issued", "dcterms:created", "created",
    "date",
)  # fmt: skip
# Only where no field says when it was published: an old article that was touched is not new.
TOUCHED: tuple[str, ...] = ("updated", "modified", "dcterms:modified")
_TOLD = frozenset(
    (*TITLES, *SUMMARIES, *PUBLISHED, *TOUCHED, "link", "guid", "id", "url", "origlink")
)
_NOT_THE_ARTICLE = {
    "self", "edit", "enclosure", "replies", "related", "via", "hub", "next", "prev", "previous",
    "first", "last", "license", "icon", "shortcut", "stylesheet", "search", "thumbnail",
}  # fmt: skip
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

Fields = dict[str, str]


def find_entries(root: etree._Element) -> Iterator[Fields]:
    """First text of each kind of child of every entry; "link" is the address of the article."""
    elements = list(_first(root.iter("{*}item", "{*}entry")))
    if not elements:  # <ITEM>, or a prefix that nobody declared
        elements = list(_first(one for one in root.iter() if _plain(one) in {"item", "entry"}))
    names: dict[str, _Names] = {}
    for element in elements:
        known = names.get(element.tag)
        if known is None:
            known = names[element.tag] = _Names(element)
        yield _fields(element, known)


def _first(elements: Iterator[etree._Element]) -> Iterator[etree._Element]:
    return (element for element, _ in zip(elements, range(_MOST_READ), strict=False))


class _Names(dict[str, str]):
    """What the tag of an entry's child means; "" where we do not ask for it."""

    def __init__(self, entry: etree._Element) -> None:
        super().__init__()
        self._space = entry.tag.rpartition("}")[0]
        self._is_atom = _plain(entry) == "entry"

    def __missing__(self, tag: str) -> str:
        name = self._name(tag) if isinstance(tag, str) else ""  # an entity is a child without one
        self[tag] = name = name if name in _TOLD else ""
        return name

    def _name(self, tag: str) -> str:
        given, _, local = tag.rpartition("}")
        space, local = given.lstrip("{").lower(), local.lower()
        family = _FAMILIES.get(space, "" if space in _CORE else "other")
        # An entry's own names are the plain ones, whatever address its namespace has. Blogger and
        # others put atom:updated into RSS, where a plain name is as good.
        is_own = given == self._space or (family == "atom" and self._is_atom)
        if is_own or (family == "atom" and local in {"link", "published", "updated"}):
            family = ""
        if ":" in local and not family:  # an undeclared prefix, as broken feeds have it
            return local.removeprefix("atom:").removeprefix("rss:").removeprefix("feedburner:")
        if local == "origlink":  # FeedBurner and Pheedo: the address behind the one that counts
            return local
        return f"{family}:{local}" if family else local


def _fields(element: etree._Element, names: _Names) -> Fields:
    fields: Fields = {}
    links: list[etree._Element] = []
    for child in element:
        name = names[child.tag]
        if not name or name in fields:
            continue
        if name == "link" and child.get("href"):
            links.append(child)
            continue
        if name == "guid" and (child.get("isPermaLink") or "true").strip().lower() == "false":
            continue
        text = child.text if len(child) == 0 else _inner(child)
        if text and (text := text[:_LONGEST].strip()):
            fields[name] = text
    if "link" not in fields or "origlink" in fields:
        fields["link"] = _best_link(links, fields, element)
    elif not _WEB.match(fields["link"]):
        fields["link"] = _with_base(fields["link"], element)
    return fields


def _inner(child: etree._Element) -> str:
    """Text below `child`: titles and texts may be written in (X)HTML without escaping."""
    parts: list[str] = []
    for event, element in etree.iterwalk(child, events=("start", "end")):
        if isinstance(element.tag, str) and _plain(element) in BLOCKS:
            parts.append("<br>")
        text = element.text if event == "start" else element.tail if element is not child else None
        parts.append(text or "")
    return "".join(parts)


def _best_link(links: list[etree._Element], fields: Fields, element: etree._Element) -> str:
    if _WEB.match(fields.get("origlink", "")):
        return fields["origlink"]
    if "link" in fields:
        return fields["link"]
    ranked = sorted((_rank(link), place) for place, link in enumerate(links))
    if ranked and ranked[0][0] < _LAST:
        link = links[ranked[0][1]]
        return _with_base((link.get("href") or "").strip(), link)
    about = element.get(_ABOUT)
    for said in (fields.get("guid"), fields.get("id"), about, fields.get("url")):
        if said and _WEB.match(said):
            return str(said)
    return ""


_LAST = 3


def _rank(link: etree._Element) -> int:
    """How sure it is that `link` leads to the article: 0 first, 3 never."""
    relation = (link.get("rel") or "alternate").strip().lower()
    if relation == "alternate":
        return 0 if "html" in (link.get("type") or "html").lower() else 1
    return _LAST if relation in _NOT_THE_ARTICLE or _WEB.match(relation) else 2


def _with_base(link: str, element: etree._Element) -> str:
    """`link` joined to the xml:base in force at `element`; unchanged where there is none."""
    base = None if _WEB.match(link) else element.base
    try:
        return urljoin(base, link) if base and _WEB.match(base) else link
    except ValueError:
        return link


def _plain(element: etree._Element) -> str:
    return local_name(element).rpartition(":")[2]
