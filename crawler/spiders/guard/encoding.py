"""How is a compressed body opened without being blown up by it?"""

from __future__ import annotations

import sys
import zlib

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
LAYERS = 2
CHUNK = 65536
GZIP, ZLIB, RAW = 31, 15, -15  # window sizes as zlib names its formats
ENDINGS = (b"</html>", b"</rss>", b"</feed>", b"</rdf:RDF>", b"</urlset>", b"</sitemapindex>")


class BadEncoding(ValueError):
    """A body that cannot be opened; the text goes on from the name of a host."""


def decode_body(body: bytes, encodings: list[str], *, limit: int) -> bytes:
    """`body` without its Content-Encoding layers, outermost first. **Unit** of limit: bytes.

    **Raises** BadEncoding for unknown or too many layers, for more than `limit` bytes at any
    layer, for rubbish, and for a stream that was cut before its document ended.
    """
    layers = [name for name in encodings if name not in ("", "identity")]
    if len(layers) > LAYERS:
        raise BadEncoding(f"packed its answer {len(layers)} times")
    for name in reversed(layers):
        body = _decode_layer(body, name, limit)
    return body


def _decode_layer(body: bytes, name: str, limit: int) -> bytes:
    if not body:
        return b""
    try:
        if name in ("gzip", "x-gzip"):
            opened, whole = _unzip(body, limit)
        elif name == "deflate":
            opened, whole = _inflate(body, limit)
        elif name == "br":
            opened, whole = _unbrotli(body, limit)
        elif name == "zstd":
            opened, whole = _unzstd(body, limit)
        else:
            raise BadEncoding("packed its answer in a way that we did not ask for")
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise BadEncoding("packed its answer in a way that cannot be opened") from error
    # Some servers leave out the trailer; half an article must not pass for a whole one.
    if not whole and not opened.rstrip().endswith(ENDINGS):
        raise BadEncoding("broke off in the middle of its answer")
    return opened


class _Bounded:
    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self._left = limit

    def add(self, part: bytes) -> None:
        self._left -= len(part)
        if self._left < 0:
            raise BadEncoding("sent more than we read at once")
        self.parts.append(part)


def _unzip(body: bytes, limit: int) -> tuple[bytes, bool]:
    """All members of a gzip file; bytes after the last one are ignored."""
    opened = _Bounded(limit)
    whole = _feed_zlib(body, GZIP, opened)
    while whole and whole[:2] == b"\x1f\x8b":
        whole = _feed_zlib(whole, GZIP, opened)
    return b"".join(opened.parts), whole is not None


def _inflate(body: bytes, limit: int) -> tuple[bytes, bool]:
    opened = _Bounded(limit)
    try:
        whole = _feed_zlib(body, ZLIB, opened)
    except zlib.error:  # some servers send the bare stream under this name
        opened = _Bounded(limit)
        whole = _feed_zlib(body, RAW, opened)
    return b"".join(opened.parts), whole is not None


def _feed_zlib(body: bytes, window: int, opened: _Bounded) -> bytes | None:
    """What stands behind the stream; None where the stream did not end."""
    stream = zlib.decompressobj(window)
    while not stream.eof:
        part = stream.decompress(body, CHUNK)
        opened.add(part)
        body = stream.unconsumed_tail
        if not part and not body:
            break
    return stream.unused_data if stream.eof else None


def _unbrotli(body: bytes, limit: int) -> tuple[bytes, bool]:
    opened = _Bounded(limit)
    stream = brotli.Decompressor()
    part = stream.process(body, output_buffer_limit=CHUNK)
    while part:
        opened.add(part)
        part = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=CHUNK)
    return b"".join(opened.parts), bool(stream.is_finished())


def _unzstd(body: bytes, limit: int) -> tuple[bytes, bool]:
    opened = _Bounded(limit)
    # A frame may ask for a window of gigabytes: 8 MiB is what browsers grant.
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
    stream = zstd.ZstdDecompressor(options=options)
    part = stream.decompress(body, CHUNK)
    while True:
        opened.add(part)
        if stream.eof or (not part and stream.needs_input):
            break
        part = stream.decompress(b"", CHUNK)
    return b"".join(opened.parts), stream.eof
