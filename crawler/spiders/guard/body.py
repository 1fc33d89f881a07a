"""Is this body text that a parser may be given?"""

from __future__ import annotations

import codecs
import re

BODY_CAP_BYTES = 8 * 1024 * 1024
TEXT_TYPE = re.compile(
    r"text/[\w.+-]+|application/(xml|json|[\w.-]+\+(xml|json)|javascript|rss|atom|x-rss|octet-stream)"
    r"|binary/octet-stream"
)
GZIP_TYPES = frozenset({"application/gzip", "application/x-gzip"})
BINARY = (
    *(b"%PDF", b"PK\x03\x04", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"MZ"),
    *(b"\x1f\x8b", b"Rar!", b"7z\xbc", b"\xd0\xcf\x11\xe0", b"OggS", b"ID3", b"BZh", b"\xfd7zXZ"),
)
CHARSETS = frozenset(
    {"utf-8", "ascii", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312", "big5"}
    | {"big5hkscs", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949", "tis-620"}
    | {"koi8-r", "koi8-u", "mac-cyrillic", "mac-roman", "cp437", "cp866", "cp874", "cp720"}
    | {f"cp125{digit}" for digit in range(9)}
    | {f"iso8859-{number}" for number in range(1, 17)}
)
HIDDEN = (
    *((b"<script", b"</script"), (b"<style", b"</style")),
    *((b"<!--", b"-->"), (b"<![cdata[", b"]]>")),
)
# A tag and its first 300 attributes, quoted values and all. Possessive throughout, and no tag
# begins inside a name: the search is linear, which a test proves on pages made against it.
FLOOD = re.compile(
    rb"<[A-Za-z][^\s/<>]*+"
    rb"(?:[\s/]*+(?:[^\s\"'<>/=]|<(?![A-Za-z]))++"
    rb"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?+){300}"
)


def parse_content_type(value: str | None) -> tuple[str | None, str | None]:
    """The type in lower case without parameters, and its charset if it is one for text.

    A charset is a codec's name from a stranger: `punycode` takes a minute for 300 kB, `zlib`
    unpacks. Only names on the list are handed on.
    """
    kind, *parameters = (value or "").split(";")
    charset = None
    for parameter in parameters:
        name, _, text = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = _known_charset(text.strip().strip("\"'"))
            break
    return kind.strip().lower() or None, charset


def _known_charset(name: str) -> str | None:
    if not re.fullmatch(r"[A-Za-z0-9_.:-]{1,40}", name):
        return None
    try:
        return name.lower() if codecs.lookup(name).name in CHARSETS else None
    except (LookupError, ValueError):
        return None


def is_text_type(kind: str | None) -> bool:
    """Whether a body of this type is worth downloading. Without a type its bytes decide."""
    return kind is None or TEXT_TYPE.fullmatch(kind) is not None


def find_body_refusal(body: bytes) -> str | None:
    """Why a decoded `body` may not be parsed; None where it may. Goes on from a host's name."""
    start = body[:1024]
    if start.startswith(BINARY):
        return "sent a file that is not a page"
    if start.count(0) > 8 and not is_wide_text(start):
        return "sent bytes that are not text"
    if has_attribute_flood(body):
        return "sent a page with hundreds of attributes in one tag"
    return None


def is_wide_text(start: bytes) -> bool:
    """Whether zero bytes come from UTF-16: a mark, or `<` beside a zero at the very start."""
    return start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))


def has_attribute_flood(body: bytes) -> bool:
    """Whether one tag has so many attributes that HTML parsers take minutes over it.

    libxml2 and lexbor compare each attribute with all others: 20,000 cost 1.4 s, 100,000 over
    80 s. Real pages stay under a few dozen. What slips through meets the workers' time limit.
    """
    return FLOOD.search(body) is not None and FLOOD.search(_without_hidden(body)) is not None


def _without_hidden(body: bytes) -> bytes:
    """`body` in lower case without scripts, styles, comments and CDATA, where `i<n` is no tag."""
    low = body.lower()
    for opening, closing in HIDDEN:
        kept, position = [], 0
        while (begin := low.find(opening, position)) >= 0:
            end = low.find(closing, begin)
            if end < 0:
                break
            kept.append(low[position : begin + len(opening)])
            position = end
        low = b"".join((*kept, low[position:]))
    return low
