"""A block is appended, and every comment and line of the owner's stays in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from config.errors import ConfigError
from config.load import shipped_folder
from scheduler.ownfile import append_blocks, own_file, render_block, with_block

BLOCK: dict[str, object] = {
    "id": "quay",
    "name": "The Quay: news",
    "url": "https://quay.example/feed",
    "kind": "section",
    "link_pattern": r"-\d{4,}\.html$",
    "private": True,
}
FILES = {
    "nothing yet": "",
    "a comment only": "# my own sources\n",
    "an empty list": "# mine\nsources:\n",
    "empty brackets": "# mine\nremove: [argaam-ar]\nsources: []\n",
    "a list at the margin": "sources:\n- id: one\n  name: One\n  url: https://one.example/\n",
    "a list with room": (
        "# mine\nsources:\n  # the first\n  - id: one\n    name: One  # as they call it\n"
        "    url: https://one.example/\n\n  # to be added: two\n\nremove: [argaam-ar]\n"
    ),
    "no last line break": "sources:\n  - {id: one, name: One, url: https://one.example/}",
    "a page rule at the end": (
        "sources:\n  - id: one\n    name: One\n    url: https://one.example/\n    kind: section\n"
        "    page:\n      - title: h1\n        drop: [.a, .b]\n# the end\n"
    ),
    "a note of several lines": (
        "sources:\n  - id: one\n    name: One\n    url: https://one.example/\n    kind: feed\n"
        "    note: |\n      a first line\n      a second\n"
    ),
    "remove before sources": "remove: [argaam-ar]\nsources:\n  - id: one\n    enabled: no\n",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_block_stands_behind_the_last(text: str) -> None:
    after = with_block(text, BLOCK, name="own.yaml")

    before = yaml.safe_load(text) or {}
    whole = yaml.safe_load(after)
    assert whole["sources"] == [*(before.get("sources") or []), BLOCK]
    assert whole.get("remove") == before.get("remove")
    lines = iter(after.splitlines())
    kept = [line for line in text.splitlines() if "[]" not in line]
    assert all(line in lines for line in kept)  # each is there, in the old order


def test_a_list_in_brackets_is_left_to_the_owner() -> None:
    with pytest.raises(ConfigError, match=r"own.yaml: its list of sources is written in brackets"):
        with_block("sources: [{id: one}]\n", BLOCK, name="own.yaml")


def test_keys_keep_their_order() -> None:
    keys = [line.strip("- ").partition(":")[0] for line in render_block(BLOCK).splitlines()]

    assert keys == list(BLOCK)


def test_the_file_of_the_language_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "ar.yaml").write_text("sources:\n", "utf-8")

    assert own_file(tmp_path, "ar").name == "ar.yaml"
    assert own_file(tmp_path, "fr").name == own_file(tmp_path, None).name == "own.yaml"


def test_the_shipped_files_are_never_written() -> None:
    with pytest.raises(ConfigError, match="never edited"):
        own_file(shipped_folder(), "ar")


def test_a_block_that_is_wrong_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "sources" / "own.yaml"
    path.parent.mkdir()
    path.write_text("# mine\nsources:\n", "utf-8")

    with pytest.raises(ConfigError):
        append_blocks(path, [{**BLOCK, "kind": "feed"}], folder=tmp_path)

    assert path.read_text("utf-8") == "# mine\nsources:\n"
    assert list(path.parent.iterdir()) == [path]
