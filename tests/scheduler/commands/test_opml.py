"""`rasid sources import` and `export` on the owner's own files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from config.errors import RasidError
from scheduler.commands.opml import export_opml

OPML = """<opml version="2.0"><body>
<outline text="Gazette" xmlUrl="https://gazette.example/feed" htmlUrl="https://gazette.example/"/>
<outline text="The same" xmlUrl="http://www.gazette.example/feed/"/>
<outline text="Known" xmlUrl="https://known.example/rss"/>
<outline text="Old" xmlUrl="feed://old.example/rss"/>
<outline text="Mine" xmlUrl="file:///etc/passwd"/>
</body></opml>"""
KNOWN = {"id": "known", "name": "Known", "url": "https://known.example/rss", "kind": "feed"}


@pytest.fixture
def reading_list(own_house: Any, tmp_path: Path) -> Path:
    own_house.write(sources=[KNOWN])
    path = tmp_path / "list.opml"
    path.write_text(OPML, "utf-8")
    return path


async def test_new_feeds_are_proposed_and_nothing_is_written(
    own_house: Any, reading_list: Path
) -> None:
    before = (own_house.folder / "sources" / "own.yaml").read_text("utf-8")

    said = json.loads(await own_house.rasid("sources", "import", str(reading_list), "--json"))

    assert [block["url"] for block in said["sources"]] == [
        "https://gazette.example/feed",
        "https://old.example/rss",
    ]
    # The address that differs only by www and a slash is the same feed.
    assert said["known"] == ["http://www.gazette.example/feed/", "https://known.example/rss"]
    assert said["refused"] == ["file:///etc/passwd"]
    assert (own_house.folder / "sources" / "own.yaml").read_text("utf-8") == before


async def test_written_feeds_are_watched_and_go_out_again(
    own_house: Any, reading_list: Path, tmp_path: Path
) -> None:
    await own_house.rasid("sources", "import", str(reading_list), "--write")
    out = tmp_path / "out.opml"
    await own_house.rasid("sources", "export", str(out))

    text = out.read_text("utf-8")
    assert all(f"https://{name}.example/" in text for name in ("gazette", "known", "old"))
    again = json.loads(await own_house.rasid("sources", "import", str(reading_list), "--json"))
    assert again["sources"] == []


async def test_an_address_with_a_secret_goes_into_no_list(own_house: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://paid.example/rss?key=canary-77", "utf-8")
    secret.chmod(0o600)
    paid = {"id": "paid", "name": "Paid", "url_file": str(secret), "kind": "feed"}
    own_house.write(sources=[KNOWN, paid])

    text = await own_house.rasid("sources", "export")

    assert "known.example" in text
    assert "canary-77" not in text


async def test_an_address_that_is_none_costs_its_own_line(own_house: Any, tmp_path: Path) -> None:
    lines = [("Good", "https://good.example/rss"), ("Bad", "feed://x y"), ("Port", "http://a:b/")]
    outlines = "".join(f'<outline text="{name}" xmlUrl="{url}"/>' for name, url in lines)
    file = tmp_path / "in.opml"
    file.write_text(f"<opml><body>{outlines}</body></opml>", "utf-8")

    told = json.loads(await own_house.rasid("sources", "import", str(file), "--write", "--json"))

    assert [block["url"] for block in told["sources"]] == ["https://good.example/rss"]
    assert told["refused"] == ["feed://x y", "http://a:b/"]


def test_a_list_that_cannot_be_written_is_one_sentence(own_house: Any, tmp_path: Path) -> None:
    options = {"folder": own_house.folder, "state": own_house.state}

    with pytest.raises(RasidError, match="No such file or directory; is the folder"):
        export_opml(options, tmp_path / "none" / "out.opml", every=False, as_json=False)


async def test_no_reading_list_is_one_sentence(own_house: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html></html>", "utf-8")

    await own_house.rasid("sources", "import", str(page), code=2)
