"""Records of WARC files, whole and broken: what is wrong costs one line, the rest goes on."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.warc.pages import BadRecord, Found, NoPage, WarcPage, read_pages
from crawler.warc.records import Place
from tests.scheduler.warc_files import Page, own_pages, write_warc

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BEGIN = Place(position=0)
PAGES = tuple(own_pages(6))
URLS = [page.url for page in PAGES]
MIDDLE = 3  # the record that is spoiled
LENGTH = b"Content-Length: "


def found(path: Path, place: Place = BEGIN) -> list[Found]:
    with path.open("rb") as file:
        return list(read_pages(file, place, now=NOW))


def urls(path: Path, place: Place = BEGIN) -> list[str]:
    return [one.url for one in found(path, place) if isinstance(one, WarcPage)]


def complaints(path: Path) -> list[str]:
    return [one.text for one in found(path) if isinstance(one, BadRecord)]


def without(*indexes: int) -> list[str]:
    return [url for i, url in enumerate(URLS) if i not in indexes]


@pytest.mark.parametrize("packed", [True, False])
def test_every_page_of_a_sound_file(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "news.warc"
    write_warc(path, PAGES, packed=packed)

    pages = [one for one in found(path) if isinstance(one, WarcPage)]

    assert [one.url for one in pages] == URLS
    assert [one.body for one in pages] == [page.html for page in PAGES]
    assert [one.fetched_at for one in pages] == [page.fetched_at for page in PAGES]
    assert complaints(path) == []


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_from_behind_any_page(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "news.warc"
    write_warc(path, PAGES, packed=packed)

    for index, one in enumerate(p for p in found(path) if isinstance(p, WarcPage)):
        assert urls(path, one.after) == URLS[index + 1 :]


def test_a_file_in_one_gzip_stream_is_read_and_goes_on_inside_it(tmp_path: Path) -> None:
    plain, path = tmp_path / "news.warc", tmp_path / "news.warc.gz"
    write_warc(plain, PAGES, packed=False)
    path.write_bytes(gzip.compress(plain.read_bytes()))

    third = [one for one in found(path) if isinstance(one, WarcPage)][2]

    assert urls(path) == URLS
    assert urls(path, third.after) == URLS[3:]


def cut(record: bytes) -> bytes:
    return record[: len(record) // 2]


def spoil(record: bytes) -> bytes:
    return record[:-40] + bytes(20) + record[-20:]


def junk(record: bytes) -> bytes:
    return bytes(range(256)) * 50


def bomb(record: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 400000000\r\n\r\n"
    blocks = [head, *[bytes(1 << 20)] * 100]
    return b"".join(packer.compress(block) for block in blocks) + packer.flush()


def repack(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda record: gzip.compress(change(gzip.decompress(record)))


def with_length(length: bytes) -> Callable[[bytes], bytes]:
    def change(record: bytes) -> bytes:
        head, _, rest = record.partition(LENGTH)
        return head + LENGTH + length + b"\r\n" + rest.partition(b"\r\n")[2]

    return change


def without_uri(record: bytes) -> bytes:
    head, _, rest = record.partition(b"WARC-Target-URI: ")
    return head + rest.partition(b"\r\n")[2]


def long_header(record: bytes) -> bytes:
    return b"WARC/1.0\r\nX: " + b"a" * 300_000 + b"\r\n\r\n"


SPOILED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "truncated member": (cut, "damaged|breaks off"),
    "damaged member": (spoil, "damaged"),
    "binary junk": (junk, "damaged"),
    "zip bomb": (bomb, "breaks off|not as long"),
    "one gigabyte declared": (repack(with_length(b"1073741824")), "breaks off after"),
    "longer than it is": (repack(with_length(b"99999")), "breaks off after"),
    "shorter than it is": (repack(with_length(b"300")), "not as long as it says"),
    "length below zero": (repack(with_length(b"-5")), "does not say how long"),
    "no address": (repack(without_uri), "names no address"),
    "header without end": (repack(long_header), "without end"),
}


def spoiled(path: Path, change: Callable[[bytes], bytes], *, packed: bool = True) -> None:
    """A file of sound records and one that was changed."""
    places = write_warc(path, PAGES, packed=packed)
    whole = path.read_bytes()
    ends = find_ends(whole, places[MIDDLE], packed=packed)
    path.write_bytes(whole[: places[MIDDLE]] + change(whole[places[MIDDLE] : ends]) + whole[ends:])


def find_ends(whole: bytes, begin: int, *, packed: bool) -> int:
    mark = b"\x1f\x8b\x08" if packed else b"WARC/1.0\r\n"
    return whole.index(mark, begin + 1)


@pytest.mark.parametrize(("change", "told"), SPOILED.values(), ids=SPOILED)
def test_a_broken_record_costs_itself_only(
    tmp_path: Path, change: Callable[[bytes], bytes], told: str
) -> None:
    path = tmp_path / "news.warc.gz"
    spoiled(path, change)

    lines = complaints(path)

    assert urls(path) == without(MIDDLE)
    assert len(lines) == 1
    assert any(part in lines[0] for part in told.split("|")), lines


PLAIN = ["one gigabyte declared", "longer than it is", "shorter than it is", "no address"]


@pytest.mark.parametrize("name", PLAIN)
def test_so_it_is_in_a_plain_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "news.warc"
    change = {
        "one gigabyte declared": with_length(b"1073741824"),
        "longer than it is": with_length(b"99999"),
        "shorter than it is": with_length(b"300"),
        "no address": without_uri,
    }[name]
    spoiled(path, change, packed=False)

    assert urls(path) == without(MIDDLE)
    assert len(complaints(path)) == 1


def test_junk_between_plain_records_is_one_line_and_no_record_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "news.warc"
    spoiled(path, lambda record: record + bytes(range(1, 200)) * 400 + b"\n", packed=False)

    assert urls(path) == URLS
    assert len(complaints(path)) == 1


def test_a_file_that_breaks_off_gives_all_that_was_whole(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    places = write_warc(path, PAGES)
    path.write_bytes(path.read_bytes()[: places[-1] + 100])

    assert urls(path) == URLS[:-1]
    assert "breaks off" in complaints(path)[0]


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"hello", bytes(5000), b"\x1f\x8b\x08junk"])
def test_what_is_no_warc_file_is_read_to_its_end(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(content)

    assert urls(path) == []
    assert len(complaints(path)) == (1 if content else 0)


def page(**fields: object) -> Page:
    told: dict[str, object] = {"url": URLS[0], "html": PAGES[0].html, "fetched_at": NOW}
    return Page(**(told | fields))  # type: ignore[arg-type]


packed_html = gzip.compress(PAGES[0].html)
chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGES[0].html), PAGES[0].html)
PAYLOADS = {
    "gzip": page(html=packed_html, http={"Content-Encoding": "gzip"}),
    "chunked": page(html=chunked, http={"Transfer-Encoding": "chunked"}),
    "said to be gzip": page(http={"Content-Encoding": "gzip"}),
    "said to be chunked": page(http={"Transfer-Encoding": "chunked"}),
    "no type": page(kind=""),
}


@pytest.mark.parametrize("one", PAYLOADS.values(), ids=PAYLOADS)
def test_the_page_is_unpacked(tmp_path: Path, one: Page) -> None:
    path = tmp_path / "news.warc.gz"
    write_warc(path, [one])

    assert [each.body for each in found(path) if isinstance(each, WarcPage)] == [PAGES[0].html]


NOT_READ = {
    "not found": page(status="404 Not Found"),
    "moved": page(status="301 Moved"),
    "a picture": page(kind="image/png"),
    "no server's": page(url="dns:wire.example"),
}


@pytest.mark.parametrize("one", NOT_READ.values(), ids=NOT_READ)
def test_what_is_no_page_is_passed_over(tmp_path: Path, one: Page) -> None:
    path = tmp_path / "news.warc.gz"
    write_warc(path, [one, PAGES[1]])

    assert urls(path) == [URLS[1]]
    assert complaints(path) == []
    assert sum(isinstance(each, NoPage) for each in found(path)) == 4


def test_a_packed_body_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    body = gzip.compress(b"<html>" + bytes(64 << 20))
    write_warc(path, [page(html=body, http={"Content-Encoding": "gzip"}), PAGES[1]])

    assert urls(path) == [URLS[1]]
    assert "more than we read at once" in complaints(path)[0]


def test_a_page_of_tomorrow_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    write_warc(path, [page(fetched_at=NOW + timedelta(days=1))])

    assert "not come yet" in complaints(path)[0]


def test_a_date_before_all_dates_costs_its_own_record(tmp_path: Path) -> None:
    path = tmp_path / "news.warc"
    write_warc(path, PAGES[:2], packed=False)
    told = PAGES[0].fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    path.write_bytes(path.read_bytes().replace(told, b"0001-01-01T00:00:00+14:00", 1))

    assert urls(path) == [URLS[1]]
    assert "does not say when" in complaints(path)[0]
