"""Reading lists in and out: OPML as feed readers write and read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree

from config.errors import ConfigError
from config.model import Source

_LARGEST = 8 * 1024 * 1024  # bytes; ten thousand feeds are two
_MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlLine:
    """One feed of a reading list."""

    title: str
    url: str  # of the feed, as written
    site: str | None = None
    language: str | None = None  # as written
    folder: str | None = None  # the innermost that holds it


def parse_opml(data: bytes) -> tuple[OpmlLine, ...]:
    """The feeds of a reading list in its order, each address once; broken XML as far as it goes.

    Asks nothing of the network and opens no entity (`<!ENTITY`): it is a stranger's file.
    **Raises** ConfigError with one sentence where it is no OPML, or holds no feed.
    """
    if len(data) > _LARGEST:
        raise ConfigError(f"the file has more than {_LARGEST // 2**20} MB: no reading list has")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data.strip(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or _name(root) != "opml":
        raise ConfigError(
            "the file is no OPML: export the reading list anew, or name a file that begins <opml>"
        )
    found: dict[str, OpmlLine] = {}
    for outline in root.iter():
        line = _line(outline) if _name(outline) == "outline" else None
        if line is not None and len(found) < _MOST:
            found.setdefault(line.url, line)
    if not found:
        raise ConfigError("the file is OPML and names no feed: no outline in it has an xmlUrl")
    return tuple(found.values())


def render_opml(sources: Iterable[Source], *, title: str, at: datetime) -> bytes:
    """`sources` as OPML 2.0, a folder for each language; `at`: when it is written, aware.

    What is no feed (a sitemap, a section page) stands as a link: readers cannot poll it.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(at)
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {}
    for source in sorted(sources, key=lambda one: (one.language or "~", one.name.casefold())):
        language = source.language or "other"
        if language not in folders:
            folders[language] = etree.SubElement(body, "outline", text=language, title=language)
        attributes = {"text": source.name, "title": source.name}
        if source.kind == "feed":
            attributes |= {"type": "rss", "xmlUrl": source.url}
        else:
            attributes |= {"type": "link", "url": source.url}
        if source.language:
            attributes["language"] = source.language
        etree.SubElement(folders[language], "outline", attributes)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)  # type: ignore[no-any-return]


def _line(outline: Any) -> OpmlLine | None:
    """One outline; None for a folder. Names of attributes are taken in any case: Outlook's too."""
    said = {str(name).lower(): " ".join(str(value).split()) for name, value in outline.items()}
    url = said.get("xmlurl") or ""
    if not url:
        return None
    parent = outline.getparent()
    folder = parent is not None and _name(parent) == "outline"
    return OpmlLine(
        title=said.get("title") or said.get("text") or url,
        url=url,
        site=said.get("htmlurl") or None,
        language=said.get("language") or None,
        folder=(parent.get("title") or parent.get("text")) if folder else None,
    )


def _name(element: Any) -> str:
    tag = element.tag
    return etree.QName(tag).localname.lower() if isinstance(tag, str) else ""
