"""Bytes and what they say about themselves, truly or not."""

from __future__ import annotations

import time

import pytest

from crawler.pages.charset import decode

ARABIC = "أعلنت الشركة استثمار ملياري دولار في الذكاء الاصطناعي خلال العام الحالي. " * 4
FRENCH = "La société a levé deux milliards d'euros à Paris, où elle a été créée. " * 4
RUSSIAN = "Компания вложит два миллиарда долларов в искусственный интеллект. " * 4
JAPANESE = "同社は人工知能に二兆円を投資すると発表した。データセンターを建設する。" * 4
PAGES = {
    "UTF-8, nothing declared": (ARABIC, "utf-8", None, ""),
    "UTF-8, header says windows-1256": (ARABIC, "utf-8", "windows-1256", ""),
    "UTF-8 with a mark": (ARABIC, "utf-8-sig", None, ""),
    "UTF-16": (ARABIC, "utf-16", None, ""),
    "windows-1256, declared by header": (ARABIC, "cp1256", "windows-1256", ""),
    "windows-1256, declared by meta": (ARABIC, "cp1256", None, '<meta charset="windows-1256">'),
    "windows-1256, old meta": (
        ARABIC,
        "cp1256",
        None,
        '<meta http-equiv="Content-Type" content="text/html; charset=Windows-1256">',
    ),
    "windows-1256, nothing declared": (ARABIC, "cp1256", None, ""),
    "windows-1256, header says UTF-8": (ARABIC, "cp1256", "utf-8", ""),
    "windows-1256, header says latin": (ARABIC, "cp1256", "iso-8859-1", ""),
    "windows-1256, unknown name": (ARABIC, "cp1256", "no-such-charset", ""),
    "ISO 8859-6, declared": (ARABIC, "iso8859-6", "iso-8859-6", ""),
    "windows-1251, declared": (RUSSIAN, "cp1251", "windows-1251", ""),
    "windows-1251, nothing declared": (RUSSIAN, "cp1251", None, ""),
    "KOI8-R, XML prolog": (RUSSIAN, "koi8-r", None, '<?xml version="1.0" encoding="koi8-r"?>'),
    "Latin-1, declared": (FRENCH, "latin-1", "iso-8859-1", ""),
    "Latin-1, nothing declared": (FRENCH, "latin-1", None, ""),
    "Shift JIS, declared": (JAPANESE, "shift_jis", "Shift_JIS", ""),
    "EUC-JP, nothing declared": (JAPANESE, "euc_jp", None, ""),
    "EUC-JP, header says UTF-8": (JAPANESE, "euc_jp", "utf-8", ""),
}


@pytest.mark.parametrize(("text", "real", "header", "head"), PAGES.values(), ids=PAGES)
def test_page(text, real, header, head):
    body = f"{head}<p>{text}</p>".encode(real)

    assert decode(body, header) == f"{head}<p>{text}</p>"


def test_one_foreign_byte_does_not_make_utf8_another_charset():
    body = ARABIC.encode() + b"\xff" + ARABIC.encode()

    assert decode(body, "windows-1256") == ARABIC + "\ufffd" + ARABIC


@pytest.mark.parametrize("name", ["punycode", "idna", "rot13", "zlib", "utf-7", "x" * 100, "\x00"])
def test_names_that_are_no_charsets_cost_nothing(name):
    start = time.process_time()

    text = decode(b"\xe4" * 300_000, name)

    assert len(text) == 300_000
    assert time.process_time() - start < 2
