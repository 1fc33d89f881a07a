"""Which lexicons are there, each read when somebody asks for its language?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.layers import SHIPPED
from config.load import load_lexicon


class Lexicons(Mapping[str, dict[str, Any]]):
    """The shipped lexicons with those of `folder` over them, by language.

    A lexicon is read when it is asked for, and raises ConfigError then. None is kept: what is
    built from it takes its place, and all as written are 18 MB.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: dict[str, list[Path]] = {}
        for root in (SHIPPED, *([folder] if folder is not None else [])):
            for path in sorted((root / "lexicon").glob("*.yaml")):
                self._files.setdefault(path.stem, []).append(path)

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
        return load_lexicon(self._folder, language)

    def __contains__(self, language: object) -> bool:
        return language in self._files  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
