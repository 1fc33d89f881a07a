"""WARC files for tests: pages of our own, or real ones under other addresses and names."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SHARED = Path(os.environ.get("RASID_SHARED") or Path(__file__).parents[3] / "shared")
REAL = SHARED / "data" / "pages"
BEGIN = datetime(2025, 1, 6, 8, tzinfo=UTC)

_NAMES = ("Tessera", "Mosaik", "Nimbara", "Veltor", "Quorial", "Ostrava Labs", "Lumenta", "Kestra")
_HEADS = ("Aster Capital", "Brant Partners", "Corvid Ventures", "Delmar Fund", "Elara Holdings")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a made-up or a real site, as a crawler got it."""

    url: str
    html: bytes
    fetched_at: datetime
    status: str = "200 OK"
    kind: str = "text/html; charset=utf-8"
    http: dict[str, str] = field(default_factory=dict)


def own_pages(count: int, *, host: str = "wire.example", seed: int = 1) -> Iterator[Page]:
    """Funding rounds of made-up companies, each published an hour after the one before."""
    random = Random(seed)
    for number in range(count):
        at = BEGIN + timedelta(hours=number)
        name = f"{random.choice(_NAMES)} {number}"
        millions, lead = random.randrange(20, 900), random.choice(_HEADS)
        yield Page(
            url=f"https://{host}/{at:%Y/%m/%d}/{name.lower().replace(' ', '-')}.html",
            html=story(name, millions, lead, at),
            fetched_at=at + timedelta(minutes=20),
        )


def story(name: str, millions: int, lead: str, at: datetime) -> bytes:
    """A page with a title, a date and an article on a funding round."""
    title = f"{name} raises ${millions} million to build AI models"
    text = (
        f"{name}, a start-up that trains large language models, said on {at:%A} that it has raised "
        f"${millions} million in a Series B led by {lead}. The company will spend the money on "
        "graphics processors and on hiring engineers for its artificial intelligence laboratory."
    )
    return (
        f'<html lang="en"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="{at.isoformat()}"></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p><p>{name} was founded four years ago and "
        "employs two hundred people in three cities.</p></article></body></html>"
    ).encode()


def real_pages(count: int) -> Iterator[Page]:
    """The real pages again and again, each time at other addresses and under other names."""
    lines = (REAL / "manifest.jsonl").read_text("utf-8").splitlines()
    pages = [json.loads(line) for line in lines]
    for number in range(count):
        page, again = pages[number % len(pages)], number // len(pages)
        html = gzip.decompress((REAL / page["file"]).read_bytes())
        if again:
            html = _under_other_names(html, again)
        host = f"site{number % len(pages)}.example"
        yield Page(
            url=f"https://{host}/archive/{again}/{page['id']}.html",
            html=html,
            fetched_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
            kind="text/html",
        )


def _under_other_names(html: bytes, again: int) -> bytes:
    """Other capitalized words, so that no two pages tell of one company."""
    suffix = f" {again}".encode()
    html = re.sub(rb"""["']?(?:canonical|og:url)["']?""", b'"of-another-time"', html)
    html = re.sub(rb"(<title[^>]*>[^<]+)", lambda found: found[1] + suffix, html, count=1)
    return re.sub(rb"\b(OpenAI|Anthropic|Nvidia|Meta|Google|Microsoft)\b", rb"\1x" + suffix, html)


def write_warc(path: Path, pages: Iterable[Page], *, packed: bool = True) -> list[int]:
    """Write a WARC as CC-NEWS does, a request after each response; where each page begins."""
    places = []
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for page in pages:
            places.append(file.tell())
            at = page.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")
            headers = [("Content-Type", page.kind), *page.http.items()]
            record = writer.create_warc_record(
                page.url,
                "response",
                payload=BytesIO(page.html),
                http_headers=StatusAndHeaders(page.status, headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": at},
            )
            writer.write_record(record)
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
            writer.write_record(writer.create_warc_record(page.url, "request", http_headers=asked))
    return places
