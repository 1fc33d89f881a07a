"""How do XML bytes become harmless before a parser sees them?

One bad character reference, one unknown entity or a document type must not cost a whole list.
"""

from __future__ import annotations

import codecs
import html
import re
import zlib

from lxml import etree

from crawler.pages.charset import decode

_LIMIT = 16 << 20  # bytes after decompression; crawler/spiders/guard holds the wire to half of it
_START = re.compile(r"<\?xml\s|<(?:\w{1,20}:)?(?:rss|rdf|feed|urlset|sitemapindex)[\s>]", re.I)
_PAGE = re.compile(r"<!doctype|<html[\s>]|^\s*[\[{]", re.IGNORECASE)
_OWN_ENTITY = re.compile(r"<!ENTITY\s{1,9}(\w{1,20})\s{1,9}[\"']([^&%<>\"']{1,60})[\"']\s{0,9}>")
_MOST_OWN, _MOST_USES = 20, 1000
_PROLOG = re.compile(r"<\?xml[^>]{0,200}\?>")
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,8});?")
_ENTITY = re.compile(r"&(?!#\d{1,7};)(\w{1,31};)?")
_BARE = re.compile(r"<(?![A-Za-z_/!?])")
_FORMATS = re.compile(
    r"</?(?:b|i|u|em|strong|br|span|font|sup|sub|small|mark)(?:\s[^<>]{0,500})?/?>"
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_TAG = 32_768
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{_LONGEST_TAG}}}")


def scrub(body: bytes, declared: str | None, *, limit: int = _LIMIT) -> str:
    """Text of `body` without document type, bad references and characters that XML forbids.

    What lies behind the first `limit` bytes is left out. Raises ValueError for what no honest list
    holds: a tag of 32 kB.
    """
    text = _without_junk(decode(body[:limit], declared).lstrip())
    prolog = _PROLOG.match(text)
    text = text[prolog.end() :] if prolog else text
    bare = _without_doctype(text)
    if bare is not text:
        bare = _with_own_entities(bare, text[:20_000])
    text = bare
    if _LONG_TAG.search(text):
        raise ValueError("a tag of more than 32 kB")
    text = _NOT_XML.sub("", _REFERENCE.sub(_plain_reference, text))
    return _with_plain_entities(text)


def parse_sound(body: bytes, *, limit: int = _LIMIT) -> etree._Element | None:
    """Root of a list in which nothing is wrong; None is no verdict: `scrub` mends the others.

    Well-formed UTF-8 without a document type and without the tag of 32 kB that no honest list
    holds. What the text declares itself to be does not count, as in `charset`.
    """
    body = body.removeprefix(codecs.BOM_UTF8).lstrip()
    if not body.startswith(b"<") or len(body) > limit:
        return None
    if b"<!DOCTYPE" in body[:20_000].upper() or _may_hold_long_tag(body):
        return None
    try:
        return etree.fromstring(body, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError, RecursionError):
        return None


def _may_hold_long_tag(body: bytes) -> bool:
    # A tag that long fills one of these windows; to look into them costs next to nothing.
    window = _LONGEST_TAG // 2
    starts = range(0, len(body) - window + 1, window)
    return not all(b"<" in body[start : start + window] for start in starts)


def parse_xml(text: str) -> tuple[etree._Element | None, bool]:
    """Root of scrubbed `text`, as much of it as can be read, and whether it was well-formed."""
    parser = _parser(recover=True)
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, RecursionError):
        return None, False
    return root, len(parser.error_log) == 0


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def unpack(body: bytes, *, limit: int = _LIMIT) -> bytes:
    """`body` without gzip round it, at most `limit` bytes; a cut stream gives what it held."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, limit)
    except zlib.error:
        return b""


def local_name(element: etree._Element) -> str:
    """Tag without namespace, lower case; an undeclared prefix stays: "dc:date"."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _without_junk(text: str) -> str:
    """`text` from where its list begins: some servers write their complaints before it."""
    start = _START.search(text, 0, 20_000)
    if start is None or _PAGE.search(text, 0, start.start()):
        return text
    return text[start.start() :]


def _without_doctype(text: str) -> str:
    start = text[:20_000].upper().find("<!DOCTYPE")
    if start < 0:
        return text
    bracket, end = text.find("[", start, start + 300), text.find(">", start)
    if 0 <= bracket < end:
        end = text.find("]>", bracket) + 1
    return text[:start] + (text[end + 1 :] if end > 0 else "")


def _with_own_entities(text: str, doctype: str) -> str:
    """`text` with the short names that its document type gave to other words; none in a name."""
    for name, value in _OWN_ENTITY.findall(doctype)[:_MOST_OWN]:
        if text.count(f"&{name};") <= _MOST_USES:  # more is a bomb
            text = text.replace(f"&{name};", value)
    return text


def _plain_reference(match: re.Match[str]) -> str:
    number = int(match[1][1:], 16) if match[1][0] == "x" else int(match[1])
    if number in (9, 10, 13) or 32 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD:
        return f"&#{number};"
    return f"&#{number};" if 0x10000 <= number <= 0x10FFFF else ""


def without_formats(text: str) -> str:
    """`text` without the HTML tags that format words, whose ends people forget in titles."""
    return _FORMATS.sub("", text)


def _with_plain_entities(text: str) -> str:
    """XML knows five entities, feeds use those of HTML; a bare & or < is a sign of its own.

    All become numbers: after one wrong tag libxml2 drops even &amp; in all that follows.
    """
    parts = []
    at = 0
    # By hand: a lazy pattern is quadratic in openings that are never closed.
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + 3
        parts += [_plain(text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, _plain(text[at:])])


def _plain(text: str) -> str:
    return _BARE.sub("&#60;", _ENTITY.sub(_plain_entity, text))


def _plain_entity(match: re.Match[str]) -> str:
    char = html.unescape(match[0]) if match[1] else match[0]
    if char == match[0]:  # none that we know: the sign itself
        return f"&#38;{match[0][1:]}"
    return "".join(f"&#{ord(one)};" for one in char)
