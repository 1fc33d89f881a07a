"""Packed bodies: honest ones, bombs, liars and those cut in the middle."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable

import brotli
import pytest

from crawler.spiders.guard.encoding import BadEncoding, decode_body, zstd

MB = 1 << 20
PAGE = b"<html><body>" + os.urandom(20_000).hex().encode() + b"</body></html>"


def raw(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw),
    "brotli": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
}


@pytest.mark.parametrize(("name", "pack"), PACKERS.values(), ids=PACKERS)
def test_body_is_opened(name: str, pack: Callable[[bytes], bytes]) -> None:
    assert decode_body(pack(PAGE), [name], limit=MB) == PAGE


@pytest.mark.parametrize(("name", "pack"), PACKERS.values(), ids=PACKERS)
def test_empty_body_stays_empty(name: str, pack: Callable[[bytes], bytes]) -> None:
    assert decode_body(b"", [name], limit=MB) == b""
    assert decode_body(pack(b""), [name], limit=MB) == b""


@pytest.mark.parametrize(("name", "pack"), PACKERS.values(), ids=PACKERS)
def test_bomb_is_refused_at_the_limit(name: str, pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BadEncoding, match="more than we read"):
        decode_body(pack(b"\0" * 16 * MB), [name], limit=MB)


@pytest.mark.parametrize(("name", "pack"), PACKERS.values(), ids=PACKERS)
def test_half_a_body_is_refused(name: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(PAGE)

    with pytest.raises(BadEncoding, match="broke off"):
        decode_body(packed[: len(packed) // 2], [name], limit=MB)


@pytest.mark.parametrize(("name", "pack"), PACKERS.values(), ids=PACKERS)
def test_lie_is_refused(name: str, pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BadEncoding):
        decode_body(b"<html>plain text, said to be packed</htm>", [name], limit=MB)


def test_missing_trailer_is_forgiven_if_the_document_ended() -> None:
    assert decode_body(gzip.compress(PAGE)[:-8], ["gzip"], limit=MB) == PAGE


def test_members_of_a_gzip_file_are_joined() -> None:
    assert (
        decode_body(gzip.compress(b"60 to ") + gzip.compress(b"65"), ["gzip"], limit=MB)
        == b"60 to 65"
    )


def test_bytes_behind_a_gzip_file_are_ignored() -> None:
    assert decode_body(gzip.compress(b"65") + b"\0\0\0", ["gzip"], limit=MB) == b"65"


def test_two_layers_are_opened_from_the_outside() -> None:
    packed = brotli.compress(gzip.compress(PAGE))

    assert decode_body(packed, ["gzip", "br"], limit=MB) == PAGE


def test_three_layers_are_refused() -> None:
    with pytest.raises(BadEncoding, match="3 times"):
        decode_body(b"x", ["gzip", "gzip", "gzip"], limit=MB)


def test_unknown_packing_is_refused() -> None:
    with pytest.raises(BadEncoding, match="did not ask"):
        decode_body(b"x", ["x-evil"], limit=MB)


def test_identity_is_no_packing() -> None:
    assert decode_body(b"x", ["identity"], limit=MB) == b"x"
