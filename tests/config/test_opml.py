"""Reading lists as feed readers write them, and what a stranger may put into one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.errors import ConfigError
from config.model import Source
from config.opml import parse_opml, render_opml

HEAD = '<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head/><body>'
TAIL = "</body></opml>"
LISTS: dict[str, tuple[str | bytes, list[tuple[str, str]]]] = {
    "a flat list": (
        f'{HEAD}<outline type="rss" text="Gazette" xmlUrl="https://g.example/feed"/>{TAIL}',
        [("Gazette", "https://g.example/feed")],
    ),
    "folders in folders, as Feedly and Inoreader": (
        f'{HEAD}<outline text="AI"><outline text="Gulf"><outline type="rss" text="أرقام" '
        f'title="أرقام Argaam" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/"/>'
        f"</outline></outline>{TAIL}",
        [("أرقام Argaam", "https://a.example/rss")],
    ),
    "no type, only a text, as NetNewsWire": (
        f'{HEAD}<outline text="Desk" xmlUrl="https://d.example/atom.xml"></outline>{TAIL}',
        [("Desk", "https://d.example/atom.xml")],
    ),
    "names of attributes in small letters, as Outlook": (
        f'{HEAD}<outline text="Desk" xmlurl="https://d.example/atom.xml"/>{TAIL}',
        [("Desk", "https://d.example/atom.xml")],
    ),
    "no title: the address stands for it": (
        f'{HEAD}<outline xmlUrl="https://d.example/x"/>{TAIL}',
        [("https://d.example/x", "https://d.example/x")],
    ),
    "an ampersand as it should be": (
        f'{HEAD}<outline text="A &amp; B" xmlUrl="https://d.example/x?a=1&amp;b=2"/>{TAIL}',
        [("A & B", "https://d.example/x?a=1&b=2")],
    ),
    "one feed in two folders": (
        f'{HEAD}<outline text="1"><outline text="D" xmlUrl="https://d.example/x"/></outline>'
        f'<outline text="2"><outline text="D again" xmlUrl="https://d.example/x"/></outline>{TAIL}',
        [("D", "https://d.example/x")],
    ),
    "cut off in the middle": (
        f'{HEAD}<outline text="D" xmlUrl="https://d.example/x"/><outline text="E" xmlUrl="https://e.exa',
        [("D", "https://d.example/x")],
    ),
    "a mark of byte order and lines before": (
        ("\ufeff\n" + f'{HEAD}<outline text="D" xmlUrl="https://d.example/x"/>{TAIL}').encode(),
        [("D", "https://d.example/x")],
    ),
    "in UTF-16": (
        f'{HEAD.replace("UTF-8", "UTF-16")}<outline text="D" xmlUrl="https://d.example/x"/>{TAIL}'
        .encode("utf-16"),
        [("D", "https://d.example/x")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("written", "feeds"), LISTS.values(), ids=LISTS)
def test_a_reading_list(written: str | bytes, feeds: list[tuple[str, str]]) -> None:
    data = written if isinstance(written, bytes) else written.encode()

    assert [(line.title, line.url) for line in parse_opml(data)] == feeds


REFUSED = {
    "a web page": ("<!doctype html><title>x</title>", "no OPML"),
    "nothing": ("", "no OPML"),
    "no feed in it": (f'{HEAD}<outline text="A folder"/>{TAIL}', "names no feed"),
    "too large": ("x" * (8 * 1024 * 1024 + 1), "more than 8 MB"),
}


@pytest.mark.parametrize(("written", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_reading_list_is_said(written: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse_opml(written.encode())


def test_entities_open_nothing() -> None:
    bomb = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    text = (
        f'<!DOCTYPE opml [{bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]><opml><body>'
        '<outline text="D &file;" xmlUrl="https://d.example/x"/>'
        '<outline text="&a11;" xmlUrl="https://e.example/x"/></body></opml>'
    )

    try:
        found = parse_opml(text.encode())
    except ConfigError:
        return  # refused as a whole is as good
    assert all(len(line.title) < 100 and "root:" not in line.title for line in found)


def source(**more: object) -> Source:
    values = {"id": "d", "name": "Desk & Co", "url": "https://d.example/x?a=1&b=2", "kind": "feed"}
    return Source.model_validate({**values, **more})


def test_what_is_written_is_read_again() -> None:
    arabic = source(id="a", name="أرقام", url="https://a.example/rss", language="ar")
    page = source(id="p", kind="section", url="https://p.example/")
    at = datetime(2026, 11, 25, tzinfo=UTC)
    data = render_opml([source(), arabic, page], title="Rasid", at=at)

    lines = parse_opml(data)

    assert [(line.title, line.url, line.language, line.folder) for line in lines] == [
        ("أرقام", "https://a.example/rss", "ar", "ar"),
        ("Desk & Co", "https://d.example/x?a=1&b=2", None, "other"),
    ]
    assert b'url="https://p.example/"' in data
