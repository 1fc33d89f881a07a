"""Which records of a WARC file are pages, and what did their servers answer?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]
from warcio.statusandheaders import (  # type: ignore[import-untyped]
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from crawler.pages.urls import canonical_url
from crawler.spiders.guard.body import BODY_CAP_BYTES, find_body_refusal, parse_content_type
from crawler.spiders.guard.encoding import LAYERS, BadEncoding, decode_body
from crawler.warc.records import Broken, Place, Record, read_records

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
# A crawler that stopped for size has the article; one that lost the line may have half of it.
_CUT_SHORT = frozenset({"disconnect", "time", "unspecified"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcPage:
    """One page as a crawler got it."""

    url: str  # in the one form that we store
    fetched_at: datetime  # aware, UTC
    content_type: str | None
    charset: str | None
    body: bytes
    after: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPage:
    """A record that is no page, and is none of ours: a request, a picture, an error."""

    after: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRecord:
    """A record that cannot be used, in a sentence."""

    text: str
    after: Place


Found = WarcPage | NoPage | BadRecord


def read_pages(file: BinaryIO, place: Place, *, now: datetime) -> Iterator[Found]:
    """What each record of `file` is, from `place` on. `now`: no page was fetched after it."""
    for record in read_records(file, place):
        if isinstance(record, Broken):
            yield _bad(record, record.text)
            continue
        try:
            yield _page_of(record, now=now)
        except (ValueError, StatusAndHeadersParserException) as error:
            yield _bad(record, str(error))


def _page_of(record: Record, *, now: datetime) -> Found:
    """**Raises** ValueError with words that go on from "record at byte N"."""
    if record.kind == "large":
        size = int(record.headers.get_header("Content-Length"))
        raise ValueError(f"is too large for a page ({size:,} bytes)")
    if record.kind != "response":
        return NoPage(after=record.after)
    url = _url_of(record.headers)
    if url is None:
        return NoPage(after=record.after)
    fetched_at = _date_of(record.headers)
    if fetched_at > now:
        raise ValueError("has a date that has not come yet")
    stream = BytesIO(record.body)
    http = _http_header(stream)
    kind, charset = parse_content_type(http.get_header("Content-Type"))
    if http.get_statuscode() != "200" or (kind is not None and kind not in _PAGES):
        return NoPage(after=record.after)
    cut = str(record.headers.get_header("WARC-Truncated") or "").strip().lower()
    if cut in _CUT_SHORT:
        raise ValueError(f"holds a page that was cut short ({cut})")
    body = _body_of(stream, http)
    if kind is None and b"<html" not in body[:4096].lower():
        return NoPage(after=record.after)
    refusal = find_body_refusal(body)
    if refusal is not None:
        raise ValueError(f"is not read: its server {refusal}")
    return WarcPage(
        url=url,
        fetched_at=fetched_at,
        content_type=kind,
        charset=charset,
        body=body,
        after=record.after,
    )


def _url_of(headers: StatusAndHeaders) -> str | None:
    """The address of a page; None for what is none, as a record of the DNS."""
    told = str(headers.get_header("WARC-Target-URI") or "").strip()
    if not told:
        raise ValueError("names no address")
    if told.startswith("<") and told.endswith(">"):  # as the format's own example once had it
        told = told[1:-1]
    scheme = told.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        return None
    url = canonical_url(told)
    if url is None:
        raise ValueError("names an address that is none")
    return url


def _date_of(headers: StatusAndHeaders) -> datetime:
    text = str(headers.get_header("WARC-Date") or "").strip()
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # the first of January of the year 1 in Samoa
        raise ValueError("does not say when it was fetched") from None


def _http_header(stream: BytesIO) -> StatusAndHeaders:
    try:
        return StatusAndHeadersParser(["HTTP/"], verify=False).parse(stream)
    except EOFError:
        raise ValueError("holds no answer") from None


def _body_of(stream: BytesIO, http: StatusAndHeaders) -> bytes:
    """The page, unpacked; as it stands where only its header says that it is packed.

    Common Crawl writes bodies unpacked and renames these headers; others forget the second.
    """
    if "chunked" in str(http.get_header("Transfer-Encoding") or "").lower():
        body = _unchunked(stream)
    else:
        body = stream.read()
    told = str(http.get_header("Content-Encoding") or "").lower().split(",")
    layers = [name.strip() for name in told if name.strip() not in ("", "identity")]
    if layers and body.lstrip()[:1] != b"<":
        if len(layers) > LAYERS:
            raise ValueError(f"is packed {len(layers)} times")
        try:
            body = decode_body(body, layers, limit=BODY_CAP_BYTES)
        except BadEncoding as error:
            raise ValueError(f"is not read: its server {error}") from error
    if len(body) > BODY_CAP_BYTES:
        raise ValueError(f"is too large for a page ({len(body):,} bytes)")
    return body


def _unchunked(stream: BytesIO) -> bytes:
    reader = ChunkedDataReader(stream, decomp_type=None)
    parts = []
    while part := reader.read(1 << 20):
        parts.append(part)
    return b"".join(parts)


def _bad(record: Record | Broken, text: str) -> BadRecord:
    return BadRecord(text=f"record at byte {record.at.position:,} {text}", after=record.after)
