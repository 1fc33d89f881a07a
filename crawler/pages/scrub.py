"""How do XML bytes become harmless before a parser sees them?

One bad character reference, one unknown entity or a document type must not cost a whole list.
"""

from __future__ import annotations

import html
import re
import zlib

from lxml import etree

from crawler.pages.charset import decode

_LIMIT = 16 << 20  # bytes after decompression; crawler/spiders/guard holds the wire to half of it
_PROLOG = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,8});?")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,31};)?")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{32768}")


def scrub(body: bytes, declared: str | None) -> str:
    """Text of `body` without document type, bad references and characters that XML forbids.

    Raises ValueError for what no honest list holds: a tag of 32 kB.
    """
    text = _PROLOG.sub("", decode(body[:_LIMIT], declared), count=1)
    text = _without_doctype(text)
    if _LONG_TAG.search(text):
        raise ValueError("a tag of more than 32 kB")
    text = _NOT_XML.sub("", _REFERENCE.sub(_plain_reference, text))
    return _with_plain_entities(text)


def parse_xml(text: str) -> etree._Element | None:
    """Root of scrubbed `text`, as much of it as can be read; None if nothing can."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, RecursionError):
        return None


def unpack(body: bytes) -> bytes:
    """`body` without gzip round it, at most `_LIMIT` bytes; a cut stream gives what it held."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _LIMIT)
    except zlib.error:
        return b""


def local_name(element: etree._Element) -> str:
    """Tag without namespace, lower case; an undeclared prefix stays: "dc:date"."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _without_doctype(text: str) -> str:
    start = text[:20_000].upper().find("<!DOCTYPE")
    if start < 0:
        return text
    bracket, end = text.find("[", start, start + 300), text.find(">", start)
    if 0 <= bracket < end:
        end = text.find("]>", bracket) + 1
    return text[:start] + (text[end + 1 :] if end > 0 else "")


def _plain_reference(match: re.Match[str]) -> str:
    number = int(match[1][1:], 16) if match[1][0] == "x" else int(match[1])
    if number in (9, 10, 13) or 32 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD:
        return f"&#{number};"
    return f"&#{number};" if 0x10000 <= number <= 0x10FFFF else ""


def _with_plain_entities(text: str) -> str:
    """XML knows five entities, feeds use those of HTML; a bare & is an ampersand."""
    parts = re.split(r"(<!\[CDATA\[.*?\]\]>)", text, flags=re.DOTALL)
    return "".join(
        part if part.startswith("<![CDATA[") else _ENTITY.sub(_plain_entity, part) for part in parts
    )


def _plain_entity(match: re.Match[str]) -> str:
    char = html.unescape(match[0]) if match[1] else match[0]
    return f"&amp;{match[0][1:]}" if char == match[0] else html.escape(char)
