"""Which records does a WARC file hold?  Source: the WARC format 1.1, iipc.github.io.

Read forward and bounded. What is broken costs its own record: the next one is looked for, and a
Broken says what happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from warcio.statusandheaders import (  # type: ignore[import-untyped]
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from crawler.warc.segments import Segment, Torn, find_member, is_packed

RECORD_CAP_BYTES = 16 << 20  # pages are far smaller; films and archives are not read
_HEADER_CAP_BYTES = 128 * 1024
_LINE_CAP_BYTES = 32 * 1024
_SEARCH_CAP_BYTES = 64 << 20  # in one gzip member: a bomb is not unpacked to its end
_VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file a record begins: what a stopped backfill goes on from."""

    position: int  # in the file, in bytes
    inside: int = 0  # bytes of the gzip member there that come before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record: its header and, of a response that is no larger than we read, its body."""

    headers: StatusAndHeaders
    kind: str
    body: bytes
    at: Place
    after: Place  # where the next one is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """What could not be read as a record, in words that go on from "record at byte N"."""

    text: str
    at: Place
    after: Place


def read_records(file: BinaryIO, place: Place) -> Iterator[Record | Broken]:
    """The records of `file` from `place` on, packed or plain, in its order."""
    packed, size = is_packed(file), _size(file)
    while place.position < size:
        segment = Segment(file, place.position, packed=packed)
        try:
            yield from _records_of(segment, place.inside)
            place = Place(position=segment.end if packed else size)
        except _Lost as lost:
            place = _next_place(file, lost, packed=packed) or Place(position=size)
            yield Broken(text=str(lost), at=lost.at, after=place)


class _Lost(Exception):
    """A record that cannot be read, and where it begins."""

    def __init__(self, text: str, at: Place) -> None:
        super().__init__(text)
        self.at = at


def _records_of(segment: Segment, inside: int) -> Iterator[Record]:
    while True:
        at = Place(position=segment.position, inside=max(segment.inside, inside))
        try:
            segment.skip(inside - segment.inside if segment.inside < inside else 0)
            while segment.peek(1) in (b"\r", b"\n"):
                segment.skip(1)
            at = Place(position=segment.position, inside=segment.inside)
            if not segment.peek(1):
                if segment.is_cut:
                    raise Torn("is packed in a gzip member that breaks off")
                return
            record = _read_record(segment, at)
        except Torn as torn:
            raise _Lost(str(torn), at) from torn
        yield record


def _read_record(segment: Segment, at: Place) -> Record:
    headers = _read_header(segment)
    kind = str(headers.get_header("WARC-Type") or "").strip().lower()
    length = _length_of(headers)
    if kind == "response" and length <= RECORD_CAP_BYTES:
        body = segment.take(length)
        came = len(body)
    else:
        body, came = b"", segment.skip(length)
    if came < length:
        raise Torn(f"breaks off after {came:,} of {length:,} bytes")
    rest = segment.peek(16)
    is_whole = rest.startswith((b"\r\n\r\n", b"\n\n")) or rest.lstrip(b"\r\n")[:5] in (
        b"",
        b"WARC/",
    )
    if not is_whole:
        raise Torn("is not as long as it says")
    if kind == "response" and length > RECORD_CAP_BYTES:
        kind = "large"
    after = Place(position=segment.position, inside=segment.inside)
    return Record(headers=headers, kind=kind, body=body, at=at, after=after)


def _read_header(segment: Segment) -> StatusAndHeaders:
    if segment.peek(5) != b"WARC/":
        raise Torn("does not begin as a WARC record does")
    lines = [segment.line(_LINE_CAP_BYTES)]
    size = 0
    while lines[-1].strip():
        lines.append(segment.line(_LINE_CAP_BYTES))
        size += len(lines[-1])
        if size > _HEADER_CAP_BYTES:
            raise Torn("has a header without end")
        if not lines[-1]:
            raise Torn("breaks off in its header")
    try:
        return StatusAndHeadersParser(_VERSIONS).parse(BytesIO(b"".join(lines)))
    except (StatusAndHeadersParserException, EOFError, ValueError) as error:
        raise Torn("has a header that cannot be read") from error


def _length_of(headers: StatusAndHeaders) -> int:
    text = str(headers.get_header("Content-Length") or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Torn("does not say how long it is")
    return int(text)


def _next_place(file: BinaryIO, lost: _Lost, *, packed: bool) -> Place | None:
    """Where the next record begins behind one that cannot be read; None where none does."""
    most = _SEARCH_CAP_BYTES if packed else _size(file)
    segment = Segment(file, lost.at.position, packed=packed)
    try:
        segment.skip(lost.at.inside + 1)
        while segment.find(b"\nWARC/", most=most):
            segment.skip(1)
            if segment.peek(7) in (b"WARC/1.", b"WARC/0."):
                return Place(position=segment.position, inside=segment.inside)
        if packed and segment.is_over:
            after = segment.end
            goes_on = find_member(file, max(after, lost.at.position + 1))
            return Place(position=goes_on) if goes_on is not None else None
    except Torn:
        pass
    if not packed:
        return None
    goes_on = find_member(file, lost.at.position + 1)
    return Place(position=goes_on) if goes_on is not None else None


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)
