"""A hostile web server for tests: 185 ways to hurt whoever asks. Loopback only.

    python hostile_server.py --list      the catalogue as JSON lines
    python hostile_server.py             serve, and print the port

Case number n stands at its own address, 127.0.(1 + n // 250).(1 + n % 250), as /c/NAME, so that
a rest or a robots.txt of one case is none of the others'. A case of the group `robots` is the
robots.txt of its address too. GET /__log gives what was asked, as JSON; /canary must never be
reached. Each case is a coroutine that writes raw bytes: nothing relies on a correct HTTP library.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import struct
import sys
import time
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MB = 1 << 20
BOMB = 128 * MB  # 16 times what a client may read; making 4 GiB takes minutes


@dataclass
class Req:
    method: str
    path: str
    headers: dict[str, str]
    srv: HostileServer
    name: str = ""

    @property
    def base(self) -> str:
        return f"http://{self.headers.get('host', f'127.0.0.1:{self.srv.port}')}"


@dataclass
class Case:
    name: str
    group: str
    expect: str  # what a safe client must do
    how: str  # how the answer is made
    fn: Callable[[Req, asyncio.StreamWriter], Awaitable[None]] = field(repr=False, default=None)


CASES: dict[str, Case] = {}


def case(group: str, expect: str, how: str, name: str | None = None):
    def deco(fn):
        n = name or fn.__name__
        CASES[n] = Case(n, group, expect, how, fn)
        return fn

    return deco


def head(status="200 OK", ctype="text/html; charset=utf-8", length=None, extra=()):
    h = [f"HTTP/1.1 {status}"]
    if ctype is not None:
        h.append(f"Content-Type: {ctype}")
    if length is not None:
        h.append(f"Content-Length: {length}")
    h += [f"{k}: {v}" for k, v in extra]
    h.append("Connection: close")
    return ("\r\n".join(h) + "\r\n\r\n").encode("latin-1", "replace")


async def send(w, body: bytes, status="200 OK", ctype="text/html; charset=utf-8", extra=()):
    w.write(head(status, ctype, len(body), extra))
    for i in range(0, len(body), 256 * 1024):
        w.write(body[i : i + 256 * 1024])
        await w.drain()


def page(
    title="Acme AI raises $120 million", body="<p>Acme AI raised $120 million in a Series B.</p>"
):
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"{body}</article></body></html>"
    ).encode("utf-8", "surrogatepass")


def rss(items: str, prolog='<?xml version="1.0" encoding="utf-8"?>'):
    return (
        f'{prolog}<rss version="2.0"><channel><title>t</title><link>http://x.test/</link>'
        f"<description>d</description>{items}</channel></rss>"
    ).encode("utf-8", "surrogatepass")


def item(
    title="Acme AI raises $120 million",
    link="http://x.test/1",
    guid="1",
    date="Mon, 02 Nov 2026 10:00:00 GMT",
    desc="d",
):
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{guid}</guid>"
        f"<pubDate>{date}</pubDate><description>{desc}</description></item>"
    )


@case("control", "accept", "a normal article")
async def ok_html(r, w):
    await send(w, page())


@case("control", "accept", "a normal feed of 20 items")
async def ok_feed(r, w):
    await send(
        w,
        rss("".join(item(link=f"http://x.test/{i}", guid=str(i)) for i in range(20))),
        ctype="application/rss+xml",
    )


def zeros(c, total, close):
    chunk, out = b"\0" * MB, []
    for _ in range(total // MB):
        out.append(c(chunk))
    out.append(close())
    return b"".join(out)


_cache: dict[str, bytes] = {}


def bomb(kind: str) -> bytes:
    """A body of `kind` that expands to zero bytes without end (made once, kept)."""
    if kind not in _cache:
        if kind in ("gzip", "deflate", "raw"):
            o = zlib.compressobj(9, zlib.DEFLATED, {"gzip": 31, "deflate": 15, "raw": -15}[kind])
            _cache[kind] = zeros(o.compress, BOMB, o.flush)
        elif kind == "br":
            o = brotli.Compressor(quality=1, lgwin=24)
            _cache[kind] = zeros(o.process, BOMB, o.finish)
        elif kind == "zstd":
            o = zstd.ZstdCompressor()
            _cache[kind] = zeros(o.compress, BOMB, o.flush)
    return _cache[kind]


def _bomb_case(kind):
    @case(
        "compression",
        "drop at the size limit; RSS stays flat",
        f"Content-Encoding: {kind}, expands to {BOMB // MB} MiB",
        f"{kind}_bomb",
    )
    async def fn(r, w):
        await send(
            w, bomb(kind), extra=[("Content-Encoding", "deflate" if kind == "raw" else kind)]
        )


for _k in ("gzip", "deflate", "raw", "br", "zstd"):
    _bomb_case(_k)


@case("compression", "drop at the size limit", "gzip of gzip: 2 layers")
async def gzip_gzip_bomb(r, w):
    b = gzip.compress(bomb("gzip"), 9)
    await send(w, b, extra=[("Content-Encoding", "gzip, gzip")])


@case(
    "compression",
    "drop: too many layers",
    "Content-Encoding: gzip repeated 200 times (each layer tiny)",
)
async def gzip_200_layers(r, w):
    b = page()
    for _ in range(200):
        b = gzip.compress(b, 1)
    await send(w, b, extra=[("Content-Encoding", ", ".join(["gzip"] * 200))])


@case("compression", "drop or retry; no exception in the callback", "says gzip, is plain text")
async def gzip_lie(r, w):
    await send(w, page(), extra=[("Content-Encoding", "gzip")])


@case(
    "compression",
    "mark as truncated, do not store half an article",
    "gzip stream cut in the middle",
)
async def gzip_truncated(r, w):
    b = gzip.compress(page(body="<p>" + os.urandom(20000).hex() + "</p>"))
    await send(w, b[: len(b) // 2], extra=[("Content-Encoding", "gzip")])


@case("compression", "drop", "unknown Content-Encoding")
async def encoding_unknown(r, w):
    await send(w, os.urandom(2000), extra=[("Content-Encoding", "x-evil")])


@case("body", "cut at the size limit", "no Content-Length, endless bytes as fast as possible")
async def endless_fast(r, w):
    w.write(head())
    while True:
        w.write(b"<p>x</p>" * 32768)
        await w.drain()


@case("body", "cut at the size limit", "endless chunked body")
async def endless_chunked(r, w):
    w.write(head(extra=[("Transfer-Encoding", "chunked")]))
    c = b"x" * 65536
    while True:
        w.write(b"10000\r\n" + c + b"\r\n")
        await w.drain()


@case("body", "cut at the total time limit", "1 byte each 0.5 s, for ever")
async def slow_body(r, w):
    w.write(head())
    while True:
        w.write(b"x")
        await w.drain()
        await asyncio.sleep(0.5)


@case("body", "refuse on Content-Length, before reading", "Content-Length: 5 GB, then data")
async def length_5gb(r, w):
    w.write(head(length=5_000_000_000))
    while True:
        w.write(b"x" * 262144)
        await w.drain()


@case("body", "mark as truncated; do not store", "Content-Length 10000, sends 500 and closes")
async def length_short(r, w):
    w.write(head(length=10000) + page()[:500])


@case("body", "drop", "Content-Length: -5")
async def length_negative(r, w):
    w.write(head(length=-5) + page())


@case("body", "drop", "two different Content-Length headers")
async def length_twice(r, w):
    w.write(head(length=10, extra=[("Content-Length", "20")]) + page())


@case("body", "drop", "chunk size line 'ffffffffffffffff'")
async def chunk_huge(r, w):
    w.write(head(extra=[("Transfer-Encoding", "chunked")]) + b"ffffffffffffffff\r\nabc")
    await w.drain()
    await asyncio.sleep(30)


@case("body", "drop", "endless chunk-size line (no CRLF)")
async def chunk_line_endless(r, w):
    w.write(head(extra=[("Transfer-Encoding", "chunked")]))
    while True:
        w.write(b"0" * 65536)
        await w.drain()


@case("body", "accept as empty, no crash", "200 with empty body")
async def empty(r, w):
    await send(w, b"")


@case("header", "cut at the total time limit", "status line, then a header byte each 0.5 s")
async def slow_headers(r, w):
    w.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        w.write(b"a")
        await w.drain()
        await asyncio.sleep(0.5)


@case("header", "cut at the total time limit", "accepts, never answers")
async def silent(r, w):
    await asyncio.sleep(3600)


@case("header", "drop", "one header line of 10 MB")
async def header_10mb(r, w):
    w.write(head(length=2, extra=[("X-Big", "a" * 10_000_000)]) + b"ok")
    await w.drain()


@case("header", "drop; RSS stays flat", "endless short header lines")
async def headers_endless(r, w):
    w.write(b"HTTP/1.1 200 OK\r\n")
    n = 0
    while True:
        w.write(b"".join(b"X-H%d: %s\r\n" % (n + i, b"v" * 100) for i in range(1000)))
        n += 1000
        await w.drain()


@case("header", "drop", "endless 103 Early Hints / 100 Continue answers")
async def early_hints_endless(r, w):
    while True:
        w.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500)
        await w.drain()


@case("header", "drop", "not HTTP: SSH banner")
async def not_http(r, w):
    w.write(b"SSH-2.0-OpenSSH_9.2\r\n")


@case("header", "drop", "status 999 and no reason; body 200 bytes")
async def status_999(r, w):
    await send(w, page(), status="999")


@case("header", "accept or drop, no crash", "NUL, CR, high bytes in header values")
async def header_bad_bytes(r, w):
    b = page()
    w.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-A: a\0b\xff\xfe\r\n"
        b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(b) + b
    )


@case("header", "accept; cookie jar bounded", "5000 Set-Cookie lines")
async def cookies_5000(r, w):
    await send(
        w,
        page(),
        extra=[("Set-Cookie", f"c{i}={'x' * 200}; Max-Age=999999999") for i in range(5000)],
    )


def redir(name, target, expect="refuse; the canary is not touched", how=None):
    @case("redirect", expect, how or f"302 to {target}", name)
    async def fn(r, w):
        t = target.replace("{port}", str(r.srv.port)).replace("{base}", r.base)
        await send(w, b"", status="302 Found", extra=[("Location", t)])


redir("redir_file", "file:///etc/passwd")
redir("redir_data", "data:text/html,<title>x</title>")
redir("redir_ftp", "ftp://127.0.0.1:{port}/canary")
redir("redir_s3", "s3://bucket/key")
redir("redir_javascript", "javascript:alert(1)")
redir("redir_loopback", "http://127.0.0.1:{port}/canary")
redir("redir_localhost", "http://localhost:{port}/canary")
redir("redir_loopback2", "http://127.99.1.2:{port}/canary")
redir("redir_zero", "http://0.0.0.0:{port}/canary")
redir("redir_zero_short", "http://0:{port}/canary")
redir("redir_short", "http://127.1:{port}/canary")
redir("redir_decimal", "http://2130706433:{port}/canary")
redir("redir_hex", "http://0x7f000001:{port}/canary")
redir("redir_octal", "http://0177.0.0.1:{port}/canary")
redir("redir_ipv6", "http://[::1]:{port}/canary")
redir("redir_mapped", "http://[::ffff:127.0.0.1]:{port}/canary")
redir("redir_dot", "http://localhost.:{port}/canary")
redir("redir_fullwidth", "http://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1:{port}/canary")
redir("redir_userinfo", "http://example.com@127.0.0.1:{port}/canary")
redir(
    "redir_rebind",
    "http://rebind.test:{port}/canary",
    how="302 to a name that resolves to 127.0.0.1",
)
redir("redir_metadata", "http://169.254.169.254/latest/meta-data/")
redir("redir_rfc1918", "http://10.0.0.1/", how="302 to 10.0.0.1")
redir("redir_cgnat", "http://100.64.0.1/")
redir("redir_schemeless", "//127.0.0.1:{port}/canary")
redir("redir_loop", "{base}/c/redir_loop", "stop after few hops")
redir("redir_backslash", "http:\\\\127.0.0.1:{port}\\canary")
redir("redir_empty", "")
redir("redir_port22", "http://127.0.0.1:22/")


@case("redirect", "stop after few hops", "a fresh URL at every hop, for ever")
async def redir_chain(r, w):
    n = int(r.path.rpartition("n=")[2] or 0) if "n=" in r.path else 0
    await send(w, b"", status="302 Found", extra=[("Location", f"/c/redir_chain?n={n + 1}")])


@case("redirect", "refuse", "Location of 1 MB")
async def redir_huge(r, w):
    await send(w, b"", status="302 Found", extra=[("Location", "/" + "a" * 1_000_000)])


@case("redirect", "refuse; the canary is not touched", "<meta http-equiv=refresh> to loopback")
async def meta_refresh_loopback(r, w):
    await send(
        w,
        f'<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:{r.srv.port}/canary">'
        f"</head></html>".encode(),
    )


@case("redirect", "refuse", "<meta http-equiv=refresh> to file:///etc/passwd")
async def meta_refresh_file(r, w):
    await send(
        w,
        b'<html><head><meta http-equiv="refresh" content="0;url=file:///etc/passwd"></head></html>',
    )


@case("redirect", "stop after few hops", "meta refresh to itself")
async def meta_refresh_loop(r, w):
    await send(
        w,
        f'<meta http-equiv="refresh" content="0;url=/c/meta_refresh_loop?{time.time()}">'.encode(),
    )


def simple(
    name, group, expect, how, body, ctype="text/html; charset=utf-8", extra=(), status="200 OK"
):
    @case(group, expect, how, name)
    async def fn(r, w):
        b = body(r) if callable(body) else body
        await send(w, b, ctype=ctype, extra=extra, status=status)


simple(
    "pdf_as_html",
    "type",
    "drop (sniffed PDF)",
    "PDF bytes, text/html",
    b"%PDF-1.7\n" + os.urandom(200000),
)
simple("html_as_pdf", "type", "drop", "HTML bytes, application/pdf", page(), "application/pdf")
simple(
    "video",
    "type",
    "drop on the header, before the body",
    "20 MB of video/mp4",
    lambda r: b"\0\0\0 ftypisom" + b"\0" * 20 * MB,
    "video/mp4",
)
simple("elf_as_html", "type", "drop", "ELF bytes, text/html", b"\x7fELF" + os.urandom(100000))
simple("no_ctype", "type", "accept (sniff) or drop, no crash", "no Content-Type", page(), None)
simple("ctype_garbage", "type", "no crash", "Content-Type: ;;;\\xff", page(), ";;;ÿ=")
simple(
    "zip_as_feed",
    "type",
    "drop",
    "zip bytes as RSS",
    b"PK\x03\x04" + os.urandom(50000),
    "application/rss+xml",
)
simple(
    "charset_bogus",
    "charset",
    "accept with a fallback",
    "charset=evil-9",
    page(),
    "text/html; charset=evil-9",
)
simple(
    "charset_utf7",
    "charset",
    "not decoded as utf-7",
    "charset=utf-7, +ADw-script+AD4-",
    b"<title>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</title>",
    "text/html; charset=utf-7",
)
simple(
    "charset_idna",
    "charset",
    "no crash, no quadratic time",
    "charset=idna, 300 kB of 'a'",
    b"<title>t</title>" + b"a" * 300_000,
    "text/html; charset=idna",
)
simple(
    "charset_punycode",
    "charset",
    "no crash, no quadratic time",
    "charset=punycode, 300 kB",
    b"a" * 10 + b"-" + b"9" * 300_000,
    "text/html; charset=punycode",
)
simple(
    "charset_rot13",
    "charset",
    "not used as a text codec",
    "charset=rot13",
    page(),
    "text/html; charset=rot13",
)
simple(
    "charset_zlib",
    "charset",
    "not used as a codec (decompression through charset)",
    "charset=zlib, body is a zlib bomb",
    lambda r: bomb("deflate"),
    "text/html; charset=zlib",
)
simple(
    "charset_utf16_lie",
    "charset",
    "accept, replacement characters",
    "utf-8 bytes said to be utf-16",
    page(),
    "text/html; charset=utf-16",
)
simple(
    "charset_bad_utf8",
    "charset",
    "accept, replacement characters",
    "invalid utf-8",
    page().replace(b"Acme", b"\xc3\x28\xf0\x90\xff"),
)

simple(
    "deep_100k",
    "html",
    "no crash (RecursionError, stack overflow); bounded time",
    "100,000 nested <div>",
    lambda r: b"<div>" * 100_000 + b"Acme AI raises $120 million" + b"</div>" * 100_000,
)
simple(
    "deep_1m_b",
    "html",
    "as above; adoption agency algorithm is quadratic",
    "20,000 nested <b><p>",
    lambda r: b"<b><p>" * 20_000 + b"x",
)
simple(
    "attrs_100k",
    "html",
    "bounded time",
    "one tag with 100,000 attributes",
    lambda r: b"<p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">x</p>",
)
simple(
    "attr_10mb",
    "html",
    "cut at size limit or bounded",
    "attribute value of 10 MB",
    lambda r: b'<p title="' + b"a" * 10_000_000 + b'">x</p>',
)
simple(
    "text_node_12mb",
    "html",
    "cut or bounded",
    "one text node of 12 MB",
    lambda r: b"<p>" + b"Acme raised $1 million. " * 500_000 + b"</p>",
)
simple(
    "comment_open",
    "html",
    "no crash",
    "unclosed comment, 5 MB",
    lambda r: b"<!--" + b"-" * 5_000_000,
)
simple(
    "links_200k",
    "html",
    "take at most N links",
    "200,000 links",
    lambda r: b"".join(b'<a href="/p/%d">AI raises $1m</a>' % i for i in range(200_000)),
)
simple(
    "attrs_2k",
    "html",
    "bounded time",
    "one tag with 2,000 attributes",
    lambda r: b"<p " + b" ".join(b"a%d=1" % i for i in range(2_000)) + b">x</p>",
)
simple(
    "meta_punycode",
    "charset",
    "as charset_punycode; named in <meta>",
    "<meta charset=punycode>, 300 kB",
    lambda r: b"<meta charset=punycode>" + b"a" * 10 + b"-" + b"9" * 300_000,
    "text/html",
)
simple(
    "table_300k",
    "html",
    "bounded time",
    "table with 300,000 cells",
    lambda r: b"<table><tr>" + b"<td>1" * 300_000,
)
simple(
    "p_300k",
    "html",
    "bounded time",
    "300,000 short <p>",
    lambda r: page(body="<p>a b c</p>" * 300_000),
)
simple(
    "nested_tables",
    "html",
    "no crash",
    "5,000 nested tables",
    lambda r: b"<table><tr><td>" * 5_000 + b"x",
)
simple(
    "entities",
    "html",
    "bounded",
    "1 M of &amp;&lt; in one title",
    lambda r: b"<title>" + b"&amp;&lt;" * 1_000_000 + b"</title>",
)
simple(
    "jsonld_deep",
    "html",
    "RecursionError is caught; page is still read",
    "JSON-LD nested 100,000 deep",
    lambda r: b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + page(),
)
simple(
    "jsonld_bigint",
    "html",
    "int limit error is caught",
    "JSON-LD with a 1,000,000 digit number",
    lambda r: (
        b'<script type="application/ld+json">{"@type":"NewsArticle","x":'
        + b"9" * 1_000_000
        + b"}</script>"
        + page()
    ),
)
simple(
    "base_href",
    "html",
    "links are resolved, then filtered: no file/loopback",
    "<base href=file:///etc/>",
    b'<base href="file:///etc/"><a href="passwd">Acme AI raises $1 billion</a>',
)
simple(
    "bad_hrefs",
    "html",
    "only http(s) links are followed",
    "javascript:, data:, file:, //127.0.0.1, NUL, 10 kB, bad IPv6",
    lambda r: "".join(
        f'<a href="{h}">Acme AI raises $1bn</a>'
        for h in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            f"//127.0.0.1:{r.srv.port}/canary",
            "http://[::1",
            "http://a b/",
            "http://\0x/",
            "http://x:99999/",
            "/" + "a" * 10000,
            "mailto:x@y",
            "http://xn--a/",
            "http://" + "a" * 70 + ".com/",
            "\u202ehttp://x",
        ]
    ).encode(),
)
simple(
    "money_redos",
    "html",
    "extractor is linear: < 1 s for 1 MB",
    "'$1,1,1,1...' 1 MB of digits, commas and spaces",
    lambda r: page(body="<p>raised $" + "1," * 300_000 + " million " + "$ " * 200_000 + "</p>"),
)
simple(
    "money_absurd",
    "html",
    "clamped or rejected, never Infinity/NaN",
    "$1e999 billion, $NaN, 10^400",
    page(
        body="<p>raises $1e999 billion, $NaN million, $"
        + "9" * 400
        + " billion, $-5m, ١٢٣ million dollars</p>"
    ),
)

HOSTILE_TITLES = {
    "t_html": "&lt;img src=x onerror=alert(1)&gt; Acme AI raises $120 million",
    "t_script": "&lt;/title&gt;&lt;script&gt;fetch('//evil')&lt;/script&gt; raises $120m",
    "t_markdown": "[Acme raises $120m](javascript:alert(1)) ![x](http://e.test/p) **b** `c` ~~d~",
    "t_mention": "@everyone @here &lt;!channel&gt; &lt;@U123&gt; &lt;http://e.test|b&gt;",
    "t_crlf": "Acme&#13;&#10;Bcc: victim@x.test&#13;&#10;&#13;&#10;raises $120m",
    "t_ansi": "\u009b31m \x7f Acme &#x1b;]0;pwn&#x07; &#x9b;2J raises $120m",
    "t_bidi": "\u202eraises $120m\u2066 gro.live\u2069 Acme",
    "t_zero": "A\u200bc\u200dm\u2060e\ufeff A\u00adI raises $120m",
    "t_zalgo": "Acme" + "\u0301\u0327" * 500 + " raises $120m",
    "t_long": "A" * 200_000 + " raises $120m",
    "t_emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 500 + " raises $120m",
    "t_format": "%s %n {0} {body} ${env:X} {{7*7}} {% raw %} raises $120m",
    "t_jinja": "{{ ''.__class__.__mro__[1].__subclasses__() }} raises $120m",
    "t_sql": "'); DROP TABLE story;-- raises $120m",
    "t_csv": '=HYPERLINK("http://evil","x") raises $120m',
    "t_telegram": "_*[]()~`&gt;#+-=|{}.!\\ raises $120m",
    "t_nul": "Acme\x00AI raises $120m",
    "t_lone_surrogate": "Acme \ud800 raises $120m",
    "t_charref_bad": "Acme &#0; &#xD800; &#x110000; &#xFFFF; raises $120m",
    "t_empty": "",
    "t_space": " \t\u3000 ",
}
for _n, _t in HOSTILE_TITLES.items():
    simple(
        _n,
        "text",
        "shown as plain text in mail, chat, log and page; stored; one line; bounded",
        repr(_t[:60]),
        page(_t),
    )
    simple(
        "feed_" + _n,
        "text",
        "as above, by way of a feed",
        "RSS title " + repr(_t[:50]),
        rss(item(title=_t)),
        "application/rss+xml",
    )

_lol = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{(f"&{chr(97 + i)};") * 10}">' for i in range(10))
    + "]>"
)
simple(
    "billion_laughs",
    "feed",
    "drop; < 1 s; RSS flat",
    "10 levels of 10 entity references",
    rss(item(title="&k;"), _lol),
    "application/rss+xml",
)
simple(
    "quadratic_blowup",
    "feed",
    "drop; < 1 s",
    "one 100 kB entity used 20,000 times",
    lambda r: rss(
        item(title="&a;" * 20_000),
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + "x" * 100_000 + '">]>',
    ),
    "application/rss+xml",
)
simple(
    "xxe_file",
    "feed",
    "no file content in any field",
    "external entity file:///etc/passwd",
    rss(
        item(title="&x;"),
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "application/rss+xml",
)
simple(
    "xxe_http",
    "feed",
    "the canary is not touched",
    "external entity to http://127.0.0.1/canary",
    lambda r: rss(
        item(title="&x;"),
        f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "http://127.0.0.1:{r.srv.port}/canary">]>',
    ),
    "application/rss+xml",
)
simple(
    "xxe_dtd",
    "feed",
    "the canary is not touched",
    "external DTD and parameter entity",
    lambda r: rss(
        item(),
        f'<?xml version="1.0"?><!DOCTYPE l SYSTEM "http://127.0.0.1:{r.srv.port}/canary" '
        f'[<!ENTITY % p SYSTEM "http://127.0.0.1:{r.srv.port}/canary"> %p;]>',
    ),
    "application/rss+xml",
)
simple(
    "xinclude",
    "feed",
    "no file content",
    "xi:include of /etc/passwd",
    rss(
        '<item xmlns:xi="http://www.w3.org/2001/XInclude"><title>'
        '<xi:include href="file:///etc/passwd" parse="text"/></title></item>'
    ),
    "application/rss+xml",
)
simple(
    "feed_1m_items",
    "feed",
    "take the newest N, drop the rest; bounded time and memory",
    "1,000,000 items (~150 MB)",
    lambda r: _big_feed(1_000_000),
    "application/rss+xml",
)
simple(
    "feed_100k_items",
    "feed",
    "take the newest N",
    "100,000 items (~15 MB)",
    lambda r: _big_feed(100_000),
    "application/rss+xml",
)
simple(
    "feed_item_50mb",
    "feed",
    "cut at the size limit",
    "one description of 50 MB",
    lambda r: rss(item(desc="x " * 25_000_000)),
    "application/rss+xml",
)
simple(
    "feed_deep",
    "feed",
    "no crash",
    "50,000 nested elements",
    lambda r: rss("<a>" * 50_000),
    "application/rss+xml",
)
simple(
    "feed_attrs",
    "feed",
    "no crash",
    "100,000 namespaces on the root",
    lambda r: (
        b'<rss version="2.0" '
        + b" ".join(b'xmlns:n%d="u%d"' % (i, i) for i in range(100_000))
        + b"><channel/></rss>"
    ),
    "application/rss+xml",
)
simple(
    "feed_truncated",
    "feed",
    "items read so far, feed marked as broken",
    "cut in the middle of an item",
    rss(item() * 5)[:-200],
    "application/rss+xml",
)
simple(
    "feed_not_xml",
    "feed",
    "source marked as broken, not as 'no news'",
    "HTML error page with 200",
    page("Access denied"),
    "application/rss+xml",
)
simple("feed_empty", "feed", "source marked as broken", "0 bytes", b"", "application/rss+xml")
simple(
    "feed_enc_lie",
    "feed",
    "no crash",
    "declares utf-16, is utf-8",
    rss(item(), '<?xml version="1.0" encoding="utf-16"?>'),
    "application/rss+xml",
)
simple(
    "feed_ctrl",
    "feed",
    "no crash; control characters removed",
    "raw \\x00-\\x1f in text",
    rss(item(title="".join(map(chr, range(0, 32))) + "Acme")),
    "application/rss+xml",
)
simple(
    "feed_no_guid",
    "feed",
    "dedup by canonical link",
    "no guid, no date",
    rss("<item><title>A</title><link>http://x.test/1</link></item>" * 3),
    "application/rss+xml",
)
simple(
    "feed_guid_churn",
    "feed",
    "0 new stories on the second fetch",
    "same links, new guid at each fetch",
    lambda r: rss(
        "".join(
            item(link=f"http://x.test/{i}?utm_source={time.time()}", guid=str(time.time_ns() + i))
            for i in range(20)
        )
    ),
    "application/rss+xml",
)
simple(
    "feed_bad_links",
    "feed",
    "item dropped or link filtered",
    "link = javascript:, file:, 127.0.0.1, empty, 10 kB",
    lambda r: rss(
        "".join(
            item(link=link)
            for link in [
                "javascript:alert(1)",
                "file:///etc/passwd",
                f"http://127.0.0.1:{r.srv.port}/canary",
                "",
                "x" * 10000,
                "http://[::1",
            ]
        )
    ),
    "application/rss+xml",
)
simple(
    "feed_author_redos",
    "feed",
    "< 1 s: author field bounded before feedparser sees it (kurtmckee/feedparser#562)",
    "<author> a@a.a.a...! of 64 kB",
    rss(
        "<item><title>A</title><link>http://x.test/1</link><author>a@"
        + "a." * 32_000
        + "!</author></item>"
    ),
    "application/rss+xml",
)
DATES = [
    "9999-12-31T23:59:59Z",
    "0000-00-00T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "Mon, 32 Foo 2026 25:61:61 GMT",
    "9999-12-31T23:59:59-14:00",
    "-1",
    "1e400",
    "99999999999999999999",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "",
    "2026-02-30",
    "Sun, 29 Mar 2026 02:30:00 Europe/Berlin",
    "2026-11-01T01:30:00 America/New_York",
    "٢٠٢٦-١١-٠١",
    "Mon, 02 Nov 2026 10:00:00 " + "A" * 100_000,
    "2026-W53-7",
    "2026-06-30T23:59:60Z",
    "Mon, 02 Nov 2026 10:00:00 +9999",
    "20261102T100000Z" * 2000,
    "1" * 5000,
]
simple(
    "feed_dates",
    "feed",
    "no crash; bad date -> time of first sight; future clamped",
    f"{len(DATES)} invalid or absurd dates",
    rss("".join(item(date=d, guid=str(i), link=f"http://x.test/{i}") for i, d in enumerate(DATES))),
    "application/rss+xml",
)


def _big_feed(n):
    k = f"feed{n}"
    if k not in _cache:
        _cache[k] = rss("".join(item(link=f"http://x.test/{i}", guid=str(i)) for i in range(n)))
    return _cache[k]


@case(
    "cache",
    "bounded store; header not sent back as is",
    "ETag of 100 kB, different each time; Last-Modified in 9999",
)
async def etag_huge(r, w):
    await send(
        w,
        page(),
        extra=[
            ("ETag", '"' + os.urandom(5000).hex() + '"'),
            ("Last-Modified", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ],
    )


@case("cache", "treated as an error, not as 'no change'", "304 to a request with no condition")
async def bare_304(r, w):
    w.write(head("304 Not Modified", None))


@case("cache", "body hash finds that nothing changed", "ETag changes, body is the same")
async def etag_churn(r, w):
    await send(w, page(), extra=[("ETag", f'"{time.time_ns()}"')])


@case(
    "cache",
    "source is re-read in full now and then",
    "always 304 to If-None-Match (freezes the client for ever)",
)
async def sticky_304(r, w):
    if "if-none-match" in r.headers or "if-modified-since" in r.headers:
        w.write(head("304 Not Modified", None))
    else:
        await send(w, page(), extra=[("ETag", '"forever"')])


def status_case(name, status, extra, expect):
    @case("status", expect, f"{status} {dict(extra)}", name)
    async def fn(r, w):
        await send(w, b"busy", status=status, extra=extra)


status_case(
    "s429_short",
    "429 Too Many Requests",
    [("Retry-After", "2")],
    "wait >= 2 s before the next request to this host",
)
status_case(
    "s429_long",
    "429 Too Many Requests",
    [("Retry-After", "999999999")],
    "source paused, wait capped (e.g. 24 h)",
)
status_case(
    "s429_date",
    "429 Too Many Requests",
    [("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")],
    "as above",
)
status_case("s429_bad", "429 Too Many Requests", [("Retry-After", "-5; DROP")], "default back-off")
status_case(
    "s503", "503 Service Unavailable", [("Retry-After", "2")], "back off; circuit opens after N"
)
status_case("s500", "500 Internal Server Error", [], "back off; circuit opens after N")
status_case("s403", "403 Forbidden", [], "no retry; source marked as refused")
status_case("s410", "410 Gone", [], "source disabled, owner told")
status_case("s451", "451 Unavailable For Legal Reasons", [], "no retry; source disabled")


@case("status", "recovers by itself; no alert flood", "503, 503, 200, 503, 200 ...")
async def flapping(r, w):
    n = r.srv.counts["/c/flapping"]
    if n % 3:
        await send(w, b"x", status="503 Service Unavailable")
    else:
        await send(w, page())


@case("conn", "retry with back-off", "TCP reset in the middle of the body")
async def reset(r, w):
    w.write(head(length=10000) + b"x" * 100)
    await w.drain()
    w.get_extra_info("socket").setsockopt(1, 13, struct.pack("ii", 1, 0))  # SOL_SOCKET, SO_LINGER


@case("conn", "retry with back-off", "closes without a byte")
async def close_now(r, w):
    pass


simple(
    "robots_100mb",
    "robots",
    "read at most 500 KiB (RFC 9309), then stop",
    "100 MB of Disallow lines",
    lambda r: b"User-agent: *\n" + b"Disallow: /x\n" * 8_000_000,
    "text/plain",
)
simple(
    "robots_redos",
    "robots",
    "bounded time",
    "rules of 200 '*' each, 500 of them",
    lambda r: b"User-agent: *\n" + (b"Disallow: /" + b"*a" * 200 + b"$\n") * 500,
    "text/plain",
)
simple(
    "robots_delay",
    "robots",
    "delay capped; source reported",
    "Crawl-delay: 999999999",
    b"User-agent: *\nCrawl-delay: 999999999\nDisallow:\n",
    "text/plain",
)
simple(
    "robots_500",
    "robots",
    "RFC 9309: 5xx means disallow all for now",
    "500",
    b"x",
    "text/plain",
    (),
    "500 Internal Server Error",
)
simple(
    "robots_deny",
    "robots",
    "nothing is fetched",
    "Disallow: /",
    b"User-agent: *\nDisallow: /\n",
    "text/plain",
)
simple("robots_html", "robots", "allow; no crash", "HTML page", page("404"))
CASES["robots_slow"] = Case(
    "robots_slow", "robots", "time limit; then treat as unreachable", "as slow_body", slow_body
)
CASES["robots_bomb"] = Case(
    "robots_bomb", "robots", "size limit", "as gzip_bomb", CASES["gzip_bomb"].fn
)


def address_of(number: int) -> str:
    """The address at which case `number` of the catalogue stands."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


class HostileServer:
    """All cases at their addresses, and the canary at several of ours."""

    def __init__(self) -> None:
        self.port = 0
        self.log: list[dict] = []
        self.counts: Counter = Counter()
        self.cases = {address_of(number): case for number, case in enumerate(CASES.values())}

    async def _handle(self, rd, w):
        try:
            raw = await asyncio.wait_for(rd.readuntil(b"\r\n\r\n"), 30)
            line, *hs = raw.decode("latin-1").split("\r\n")
            method, path, *_ = [*line.split(" "), "", ""][:3]
            headers = {
                k.strip().lower(): v.strip() for k, _, v in (h.partition(":") for h in hs if h)
            }
            here = w.get_extra_info("sockname")[0]
            await self._answer(Req(method, path, headers, self), here, w)
            await w.drain()
        except (OSError, asyncio.IncompleteReadError, TimeoutError, asyncio.LimitOverrunError):
            pass
        finally:
            with suppress(Exception):
                w.close()

    async def _answer(self, req: Req, here: str, w) -> None:
        bare = req.path.split("?")[0]
        own = self.cases.get(here)
        if bare == "/__log":
            await send(w, json.dumps(self.log).encode(), ctype="application/json")
            return
        self.counts[bare] += 1
        self.log.append({"host": here, "path": req.path})
        if bare == "/canary":
            await send(w, page("CANARY-SECRET"))
        elif bare == "/robots.txt" and own is not None and own.group == "robots":
            await own.fn(req, w)
        elif bare == "/robots.txt":
            await send(w, b"User-agent: *\nDisallow:\n", ctype="text/plain")
        elif bare.startswith("/c/") and bare[3:] in CASES:
            case = CASES[bare[3:]]
            await CASES["ok_html" if case.group == "robots" else case.name].fn(req, w)
        else:
            await send(w, b"not found", status="404 Not Found")

    async def start(self) -> list[asyncio.Server]:
        first = await asyncio.start_server(self._handle, "127.0.0.1", 0, limit=4 * MB)
        self.port = first.sockets[0].getsockname()[1]
        others = [*self.cases, "127.99.1.2", "127.0.0.2"]
        return [
            first,
            await asyncio.start_server(self._handle, others, self.port, limit=4 * MB),
        ]


async def serve() -> None:
    for kind in ("gzip", "deflate", "raw", "br", "zstd"):
        bomb(kind)
    _big_feed(1_000_000)
    server = HostileServer()
    servers = await server.start()
    print(server.port, flush=True)
    await asyncio.gather(*(one.serve_forever() for one in servers))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true")
    if parser.parse_args().list:
        for case in CASES.values():
            row = {"name": case.name, "group": case.group, "how": case.how, "expect": case.expect}
            print(json.dumps(row))
        return
    asyncio.run(serve())


if __name__ == "__main__":
    main()
