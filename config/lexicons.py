"""Which lexicons are there, each read only when somebody asks for its language?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.layers import SHIPPED
from config.load import load_lexicon


class Lexicons(Mapping[str, dict[str, Any]]):
    """The shipped lexicons with those of `folder` over them, by language.

    A lexicon is read once, when it is first asked for, and raises ConfigError then.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: dict[str, list[Path]] = {}
        for root in (SHIPPED, *([folder] if folder is not None else [])):
            for path in sorted((root / "lexicon").glob("*.yaml")):
                self._files.setdefault(path.stem, []).append(path)
        self._read: dict[str, dict[str, Any]] = {}

    @property
    def digest(self) -> str:
        """A hash of every lexicon as it is written."""
        found = hashlib.sha256()
        for language in sorted(self._files):
            for path in self._files[language]:
                found.update(hashlib.sha256(path.read_bytes()).digest())
        return found.hexdigest()

    def __getitem__(self, language: str) -> dict[str, Any]:
        if language not in self._files:
            raise KeyError(language)
        if language not in self._read:
            self._read[language] = load_lexicon(self._folder, language)
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
