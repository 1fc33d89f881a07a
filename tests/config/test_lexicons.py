"""Lexicons are read one by one, when somebody asks for their language."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError
from config.lexicons import Lexicons
from config.load import load_lexicons


def write(folder: Path, name: str, text: str) -> None:
    (folder / "lexicon").mkdir(exist_ok=True)
    (folder / "lexicon" / name).write_text(text, "utf-8")


def test_each_is_what_loading_all_gives(tmp_path: Path) -> None:
    write(tmp_path, "en.yaml", "language: en\nfiller: [worth of]\n")

    lazy = Lexicons(tmp_path)

    assert dict(lazy) == load_lexicons(tmp_path)
    assert "worth of" in lazy["en"]["filler"]


def test_a_wrong_one_troubles_nobody_else(tmp_path: Path) -> None:
    write(tmp_path, "ar.yaml", "language: [\n")

    lazy = Lexicons(tmp_path)

    assert lazy["en"]["language"] == "en"
    with pytest.raises(ConfigError, match=r"ar\.yaml"):
        lazy["ar"]


def test_digest_changes_with_any_letter(tmp_path: Path) -> None:
    write(tmp_path, "xx.yaml", "language: xx\n")
    before = Lexicons(tmp_path).digest
    write(tmp_path, "xx.yaml", "language: xx \n")

    assert len({before, Lexicons(tmp_path).digest, Lexicons(None).digest}) == 3


def test_asking_whether_there_is_one_reads_none(tmp_path: Path) -> None:
    write(tmp_path, "ar.yaml", "language: [\n")

    assert "ar" in Lexicons(tmp_path)


def test_no_such_language(tmp_path: Path) -> None:
    assert Lexicons(tmp_path).get("nn") is None
