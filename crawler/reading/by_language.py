"""What is made for a language when its first article comes?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class ByLanguage(Mapping[str, T]):
    """A value for each language, made once and not before somebody asks: most read one or two."""

    def __init__(self, languages: Collection[str], make: Callable[[str], T]) -> None:
        self._languages = languages
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, language: str) -> T:
        if language not in self._languages:
            raise KeyError(language)
        if language not in self._made:
            self._made[language] = self._make(language)
        return self._made[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)
