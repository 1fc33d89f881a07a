"""Which characters do these bytes stand for?

Strict UTF-8 first, then what header, byte order mark, XML prolog or meta tag declare if that
is credible, then a guess from the bytes.
"""

from __future__ import annotations

import codecs
import re

import cchardet

# An allow-list: Python's punycode codec takes a minute for 300 kB, zlib and rot13 are no charsets.
_ALLOWED = {
    "utf8": "utf-8",
    "unicode11utf8": "utf-8",
    "ascii": "cp1252",  # browsers read these three as windows-1252
    "usascii": "cp1252",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "iso88596": "iso8859-6",
    "iso88599": "cp1254",
    "xsjis": "cp932",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "windows31j": "cp932",
    "eucjp": "euc_jp",
    "iso2022jp": "iso2022_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "euckr": "cp949",
    "ksc56011987": "cp949",
    "cp949": "cp949",
    "uhc": "cp949",
    "koi8r": "koi8-r",
    "koi8u": "koi8-u",
    "macintosh": "mac-roman",
    "tis620": "cp874",
    "utf16": "utf-16",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
}
_ALLOWED |= {f"iso8859{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 7, 8, 10, 13, 14, 15, 16)}
_ALLOWED |= {f"windows{n}": f"cp{n}" for n in (874, *range(1250, 1259))}
_ALLOWED |= {f"cp{n}": f"cp{n}" for n in (874, *range(1250, 1259))}
_LATIN = {"cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "mac-roman"}
_LATIN |= {f"iso8859-{n}" for n in (2, 3, 4, 10, 13, 14, 15, 16)}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})"""
    rb"""|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[^<>]{0,5000}>|&\w{1,20};")
_HEAD, _SAMPLE = 4096, 200_000


def decode(body: bytes, declared: str | None) -> str:
    """Text of `body`; `declared` is the header's charset, never trusted alone.

    Never raises: bytes that no charset explains become U+FFFD.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace").removeprefix("\ufeff")
    if b"\x1b$" in body and b"2022-jp" in body[:_HEAD].lower() + (declared or "").lower().encode():
        return body.decode("iso2022_jp", "replace")  # these bytes are ASCII, and so UTF-8 too
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_nearly_utf8(body):
        return body.decode("utf-8", "replace")
    claims = [name for name in (_allowed(declared), *_declared_inside(body)) if name]
    for name in claims:
        text = _credible(body, name)
        if text is not None:
            return text
    guess = _allowed((cchardet.detect(body[:_SAMPLE]) or {}).get("encoding"))
    return body.decode(guess or next(iter(claims), "utf-8"), "replace")


def _allowed(name: str | None) -> str | None:
    key = re.sub(r"[^a-z0-9]", "", (name or "")[:40].lower().removeprefix("x-"))
    return _ALLOWED.get(key)


def _declared_inside(body: bytes) -> list[str | None]:
    found = _DECLARED.finditer(body[:_HEAD])
    return [_allowed((m[1] or m[2]).decode("ascii", "replace")) for m in found]


def _is_nearly_utf8(body: bytes) -> bool:
    """One cut or foreign byte does not make a page another charset."""
    text = body[:_SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return good >= 20 * bad


def _credible(body: bytes, name: str) -> str | None:
    try:
        text = body.decode(name, "replace")
    except (UnicodeError, ValueError):
        return None
    strange = text.count("\ufffd") + sum(map(text.count, map(chr, range(0x80, 0xA0))))
    if strange * 100 > sum(1 for char in text[:_SAMPLE] if char > "\x7f"):
        return None
    if name in _LATIN and _looks_foreign(text):
        return None
    return text


def _looks_foreign(text: str) -> bool:
    """Arabic or Cyrillic bytes read as Latin are nearly all accented letters; no language is."""
    words = _MARKUP.sub(" ", text[:_SAMPLE])
    accented = sum(1 for char in words if char > "\x7f" and char.isalpha())
    runs = sum(map(len, re.findall(r"[^\W\d_\x00-\x7f]{3,}", words)))
    return accented >= 12 and runs * 2 > accented
