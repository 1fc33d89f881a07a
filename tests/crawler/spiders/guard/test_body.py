"""Bodies that a parser may be given, and those that would hold it for minutes."""

from __future__ import annotations

import time

import pytest

from crawler.spiders.guard.body import find_body_refusal, is_text_type, parse_content_type

TYPES = {
    "plain": ("text/html", ("text/html", None)),
    "with charset": ('Text/HTML; Charset="UTF-8"', ("text/html", "utf-8")),
    "Arabic": ("text/html;charset=windows-1256", ("text/html", "windows-1256")),
    "second parameter": ("text/xml; q=1; charset=iso-8859-6", ("text/xml", "iso-8859-6")),
    "unknown": ("text/html; charset=evil-9", ("text/html", None)),
    "punycode": ("text/html; charset=punycode", ("text/html", None)),
    "idna": ("text/html; charset=idna", ("text/html", None)),
    "rot13": ("text/html; charset=rot13", ("text/html", None)),
    "zlib": ("text/html; charset=zlib", ("text/html", None)),
    "utf-7": ("text/html; charset=utf-7", ("text/html", None)),
    "a path": ("text/html; charset=../../x", ("text/html", None)),
    "very long": ("text/html; charset=" + "u" * 100_000, ("text/html", None)),
    "rubbish": (";;;\xff=", (None, None)),
    "missing": (None, (None, None)),
}


@pytest.mark.parametrize(("header", "read"), TYPES.values(), ids=TYPES)
def test_content_type_is_read(header: str | None, read: tuple[str | None, str | None]) -> None:
    assert parse_content_type(header) == read


@pytest.mark.parametrize(
    "kind",
    [
        *("text/html", "text/xml", "text/plain", "application/xhtml+xml", "application/rss+xml"),
        *("application/atom+xml", "application/json", "application/feed+json", None),
        *("application/xml", "application/rdf+xml", "application/octet-stream"),
    ],
)
def test_text_is_downloaded(kind: str | None) -> None:
    assert is_text_type(kind)


@pytest.mark.parametrize(
    "kind", ["application/pdf", "video/mp4", "image/svg", "application/zip", "x"]
)
def test_file_is_not_downloaded(kind: str) -> None:
    assert not is_text_type(kind)


def attributes(count: int) -> bytes:
    return b" ".join(b"a%d=1" % number for number in range(count))


REFUSED = {
    "PDF": b"%PDF-1.7",
    "zip": b"PK\x03\x04xx",
    "gzip": b"\x1f\x8bxx",
    "program": b"\x7fELF",
    "zero bytes": b"<html>" + b"\0" * 20,
    "100,000 attributes": b"<p " + attributes(100_000) + b">x</p>",
    "2,000 attributes": b"<html><p " + attributes(2_000) + b">x</p>",
    "attributes behind a quoted bracket": b'<p t="<" ' + attributes(2_000) + b">x</p>",
    "attributes without values": b"<p " + b"a " * 50_000 + b">x</p>",
    "attributes without an end": b"<p " + attributes(50_000),
    "namespaces of a feed": b"<rss " + attributes(2_000).replace(b"a", b"xmlns:a") + b"><channel/>",
    "brackets in the values": b"<p " + b" ".join(b'a%d=">"' % n for n in range(2_000)) + b">",
    "values without blanks between": b"<p " + b"".join(b'a%d="1"' % n for n in range(2_000)),
    "names that begin with a bracket": b"<p " + attributes(2_000).replace(b"a", b"<"),
    "attributes behind a script": b"<script>x</script><p " + attributes(2_000) + b">",
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_body_is_refused(body: bytes) -> None:
    assert find_body_refusal(body)


PROSE = b"money for machines that think, " * 400
ALLOWED = {
    "page": b"<html><p>between 60 and 65 bn</p>",
    "nothing": b"",
    "UTF-16": "<rss><channel>ستون مليار</channel></rss>".encode("utf-16"),
    "long paragraph": b"<p>" + PROSE + b"</p>",
    "prose in an attribute": b'<div data-text="'
    + PROSE
    + b"\" data-more='x "
    + PROSE
    + b"'>x</div>",
    "long script": b"<script>if (i<n) { " + PROSE + b" }</script><p>x</p>",
    "long comment": b"<!-- <b " + PROSE + b"--><p>x</p>",
    "long text in a feed": b"<item><description><![CDATA[<b " + PROSE + b"]]></description>",
    "long attribute": b'<p title="' + b"a" * 100_000 + b'">x</p>',
    "picture in the page": b'<img src="data:image/png;base64,' + b"QUJD" * 50_000 + b'">',
    "JSON feed": b'{"items":[{"title":"a <b c","content_text":"' + PROSE[:3000] + b'"}]}',
}


@pytest.mark.parametrize("body", ALLOWED.values(), ids=ALLOWED)
def test_body_is_let_through(body: bytes) -> None:
    assert find_body_refusal(body) is None


SLOW = {
    "tags without an end": b"<a" * 4_000_000,
    "tags without an end, with blanks": b"<a " * 2_600_000,
    "tags just below the limit": (b"<a" + b" x" * 298 + b">") * 13_000,
    "tags in tags": (b"<a " * 299 + b">") * 9_000,
    "tags in values": (b'<a b="' + b"<a c " * 298 + b'">') * 5_000,
    "quotes without an end": b"<a b='" * 1_300_000,
    "two kinds of quotes": b"<a b='x\" c=\"y'" * 600_000,
    "one quote without an end": b'<a b="' + b"<a b='" * 1_300_000,
    "blanks without an end": b"<a" + b" " * 8_000_000,
    "blanks in every tag": (b"<a" + b" " * 4_000) * 2_000,
    "half a flood, many times": (b"<a" + b" b='<'" * 150) * 7_000,
    "brackets": b"<" * 4_000_000 + b">" * 4_000_000,
}


@pytest.mark.parametrize("body", SLOW.values(), ids=SLOW)
def test_looking_takes_no_time(body: bytes) -> None:
    begun = time.perf_counter()

    find_body_refusal(body[:2_000_000])

    assert time.perf_counter() - begun < 1
