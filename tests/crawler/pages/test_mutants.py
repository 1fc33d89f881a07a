"""Feeds that somebody damaged: no exception and no invented date (promise P10)."""

from __future__ import annotations

import html
import random
import re
from pathlib import Path

import pytest

from crawler.model import Published
from crawler.pages.charset import decode
from crawler.pages.listing import read_listing
from crawler.pages.scrub import unpack
from crawler.pages.stamps import ascii_digits

FEEDS = sorted((Path(__file__).parent / "feeds").glob("*.*[!n]"))
PIECES = [
    b"&#xD800;", b"&#x110000;", b"&", b"<", b">", b"]]>", b"<![CDATA[", b"&nbsp;", b"\x00",
    b"\xff\xfe", b"\xe2\x80\xae", b"</item>", b"<item>", b"<entry/>", b"<pubDate>", b"</title>",
    b"</channel>", b"<!DOCTYPE x>", b"<b>", b'"', b"2025-01-26T10:00:00Z", b"Mon, 1 Jan 2024",
    b"9999999999999999999999999999999999999999",
]  # fmt: skip


def mutate(body: bytes, chance: random.Random) -> bytes:
    """One to six cuts, swaps, repeats and insertions."""
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randint(0, len(body)) for _ in range(2))
        to = min(to, at + chance.choice([1, 3, 20, 200]))
        body = chance.choice(
            [
                body[:at] + body[to:],
                body[:at] + chance.choice(PIECES) + body[at:],
                body[:to] + body[at:to] * 2 + body[to:],
                body[:at] + chance.randbytes(to - at) + body[to:],
                body[:at] if chance.random() < 0.2 else body,
                body[:at] + body[at:to].swapcase() + body[to:],
            ]
        )
    return body


def letters(text: str) -> str:
    """`text` without entities, spaces and signs."""
    for _ in range(3):
        text = html.unescape(text)
    return re.sub(r"[\W_]+", "", text)


def is_written(published: Published, texts: tuple[str, ...]) -> bool:
    """Whether the feed holds the date as printed, and the printed date holds its year."""
    digits = re.findall(r"\d+", ascii_digits(published.raw))
    year = str(published.at.year)
    has_year = any(one[:2] in {"13", "14"} and len(one) == 4 for one in digits)  # Jalali, Hijri
    has_year |= any(year in one or (len(one) == 2 and year.endswith(one)) for one in digits)
    # The beginning is enough: damage inside a field is dropped from it.
    return has_year and any(letters(published.raw)[:12] in letters(text) for text in texts)


def check(fetch, seed: int) -> None:
    chance = random.Random(seed)
    path = FEEDS[seed % len(FEEDS)]
    body = mutate(path.read_bytes(), chance)

    result = read_listing(fetch(body))

    text = decode(unpack(body), None)
    texts = (text, re.sub(r"</?[bius][^<>]*>", "", text), re.sub(r"<[^<>]*>", "", text))
    for listing in result.listings:
        assert listing.url.startswith(("http://", "https://"))
        assert listing.published is None or is_written(listing.published, texts), (path.name, seed)


def test_a_thousand_mutants(fetch):
    for seed in range(1000):
        check(fetch, seed)


@pytest.mark.slow
def test_ten_thousand_mutants(fetch):
    for seed in range(1000, 11_000):
        check(fetch, seed)
