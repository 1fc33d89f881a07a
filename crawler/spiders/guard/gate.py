"""Which requests may leave, and which answers may come in?"""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Request, Response

from config.errors import Unreachable
from crawler.spiders.desk import Desk, desk_of, slot_of
from crawler.spiders.failure import subject_of
from crawler.spiders.guard.address import Passport, endpoint_of, find_refusal, is_public
from crawler.spiders.guard.body import (
    BODY_CAP_BYTES,
    GZIP_TYPES,
    find_body_refusal,
    is_text_type,
    parse_content_type,
)
from crawler.spiders.guard.encoding import ACCEPTED, LAYERS, BadEncoding, decode_body
from crawler.spiders.guard.robots import PARSE_CAP_BYTES

REFUSAL = "rasid_refusal"  # request.meta: why the body was not downloaded
PASSPORT = "rasid_passport"
ROBOTS = "rasid_robots"  # this request asks for a robots.txt


class AddressGate:
    """Stands before everything: sees each hop of a redirect and each robots.txt."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(desk_of(crawler))

    def process_request(self, request: Request) -> None:
        passport: Passport = request.meta[PASSPORT]
        refusal = find_refusal(request.url, passport, inner=frozenset(self._desk.inner))
        if refusal is not None:
            raise refused(request.url, refusal)
        # A redirect inherits the meta of the request before it, and with it the slot of
        # another host: it would not wait for its own host's turn.
        request.meta["download_slot"] = slot_of(request.url, passport)
        request.meta.pop(REFUSAL, None)

    def process_response(self, request: Request, response: Response) -> Response:
        # The third look at the address, after the URL and the resolver: the socket itself.
        peer = response.ip_address
        if peer is not None and not is_public(str(peer)):
            passport: Passport = request.meta[PASSPORT]
            if endpoint_of(request.url) not in passport.own:
                raise refused(request.url, "the address is not public")
        return response


def refused(url: str, reason: str) -> Unreachable:
    """The error for an address that we never ask; repeating it cannot help."""
    endpoint = endpoint_of(url)
    host = endpoint.host if endpoint else "An address"
    error = Unreachable(f"{host} is not asked: {reason}.", subject=subject_of(url))
    error.retry = "never"
    return error


class BodyGate:
    """Refuses by header before the body is sent, opens what is packed, looks at the bytes."""

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self.headers_came, signal=signals.headers_received)
        crawler.signals.connect(self.bytes_came, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def headers_came(self, headers: Headers, request: Request, **_: Any) -> None:
        reason = None
        if len(encodings_of(headers)) > LAYERS:
            reason = "packed its answer too many times"
        elif not request.meta.get(ROBOTS):
            kind, _charset = parse_content_type(header_of(headers, "Content-Type"))
            if not is_text_type(kind) and kind not in GZIP_TYPES:
                reason = "sent a file that is not a page"
        if reason is not None:
            request.meta[REFUSAL] = reason
            # The status may still be a redirect or a 404: it is kept, the body is not.
            raise StopDownload(fail=False)

    def bytes_came(self, data: bytes, request: Request, **_: Any) -> None:
        if request.meta.get(ROBOTS):
            count = request.meta["rasid_bytes"] = request.meta.get("rasid_bytes", 0) + len(data)
            if count > PARSE_CAP_BYTES + 4096:
                raise StopDownload(fail=False)

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status not in (200, 203):
            return response
        if REFUSAL in request.meta:
            raise _unread(request, response, request.meta[REFUSAL])
        most_bytes = request.meta.get("download_maxsize") or BODY_CAP_BYTES
        try:
            body = decode_body(response.body, encodings_of(response.headers), limit=most_bytes)
            if is_packed_file(request, body):
                body = decode_body(body, ["gzip"], limit=most_bytes)
        except BadEncoding as error:
            raise _unread(request, response, str(error)) from error
        refusal = None if request.meta.get(ROBOTS) else find_body_refusal(body)
        if refusal is not None:
            raise _unread(request, response, refusal)
        return response if body is response.body else response.replace(body=body)


def _unread(request: Request, response: Response, reason: str) -> Unreachable:
    """The error for a body that we do not read; its status says that the host did answer."""
    host = urlsplit(request.url).hostname
    error = Unreachable(f"{host} {reason}.", subject=subject_of(request.url))
    error.status = response.status
    return error


def is_packed_file(request: Request, body: bytes) -> bool:
    """Whether a .gz file was sent, as sitemaps are, beside the packing of the transfer."""
    return body.startswith(b"\x1f\x8b") and not request.meta.get(ROBOTS)


def encodings_of(headers: Headers) -> list[str]:
    """The Content-Encoding layers in lower case, in the order they were put on."""
    names = b",".join(headers.getlist("Content-Encoding")).decode("latin-1").lower().split(",")
    return [name.strip() for name in names if name.strip()]


def header_of(headers: Headers, name: str) -> str | None:
    """One header as text; None if it is missing."""
    value = headers.get(name)
    return None if value is None else value.decode("latin-1")
