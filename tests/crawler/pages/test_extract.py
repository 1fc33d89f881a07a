"""The filter of `rasid extract`: files on disk, good and bad, plain and packed."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.pages.extract import extract

NOW = datetime(2025, 2, 1, tzinfo=UTC)
TEXT = (
    "Meta said on Friday that it plans to spend between 60 and 65 billion dollars this year. " * 3
)
PAGE = (
    "<html lang='en'><head><title>Meta plans to spend 65 billion</title>{head}</head><body>"
    f"<h1>Meta plans to spend 65 billion</h1>{{top}}<p>{TEXT}</p></body></html>"
)
ZONED = "<meta property='article:published_time' content='2025-01-24T18:05:00+03:00'>"


def record(tmp_path, name: str = "p.html", head: str = "", top: str = "", **more) -> dict:
    body = PAGE.format(head=head, top=top).encode()
    (tmp_path / name).write_bytes(gzip.compress(body) if name.endswith(".gz") else body)
    return {"id": "1", "url": "https://n.example/1", "file": name, **more}


@pytest.mark.parametrize("name", ["p.html", "p.html.gz"])
def test_page_on_disk(tmp_path, name):
    said = extract(record(tmp_path, name, ZONED), folder=tmp_path, now=NOW)

    assert said == {
        "id": "1",
        "title": "Meta plans to spend 65 billion",
        "text": TEXT.strip(),
        "published": "2025-01-24T18:05:00+03:00",
        "language": "en",
        "reasons": [],
    }


def test_relative_date_counts_from_the_moment_of_fetching(tmp_path):
    top = "<div>2 days ago</div>"

    told = extract(
        record(tmp_path, top=top, fetched="2025-01-26T10:00:00Z"), folder=tmp_path, now=NOW
    )
    now = extract(record(tmp_path, top=top), folder=tmp_path, now=NOW)

    assert told["published"] == "2025-01-24"
    assert now["published"] == "2025-01-30"


BAD = {
    "no file": ({"id": 7, "url": "https://n.example/1"}, "bad_file"),
    "missing file": ({"id": 7, "url": "https://n.example/1", "file": "gone.html"}, "bad_file"),
    "a folder": ({"id": 7, "url": "https://n.example/1", "file": "."}, "bad_file"),
    "no address": ({"id": 7, "file": "p.html"}, "bad_url"),
    "address of another kind": ({"id": 7, "url": 5, "file": "p.html"}, "bad_url"),
    "script": ({"id": 7, "url": "javascript:x", "file": "p.html"}, "bad_url"),
    "bad moment": (
        {"id": 7, "url": "https://n.example/1", "file": "p.html", "fetched": "soon"},
        "bad_file",
    ),
    "not packed": ({"id": 7, "url": "https://n.example/1", "file": "lie.gz"}, "bad_file"),
    "null byte": ({"id": 7, "url": "https://n.example/1", "file": "a\0b"}, "bad_file"),
    "empty page": ({"id": 7, "url": "https://n.example/1", "file": "empty.html"}, "empty_body"),
    "nothing": ({}, "bad_url"),
}


@pytest.mark.parametrize(("line", "code"), BAD.values(), ids=BAD)
def test_bad_input_gives_a_reason(tmp_path, line, code):
    record(tmp_path)
    (tmp_path / "lie.gz").write_bytes(b"plain")
    (tmp_path / "empty.html").write_bytes(b"")

    said = extract(line, folder=tmp_path, now=NOW)

    assert said["id"] == line.get("id")
    assert said["title"] is None
    assert [reason["code"] for reason in said["reasons"]] == [code]
