"""What is wrong in which line of which file, and what should stand there instead?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import ConfigError

_SHOWN_CHARACTERS = 60
_SHORT_CHOICE = 24  # as many words are still read


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands; line and column count from 1."""

    file: Path
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=False)
class Mistake:
    """One thing that the owner has to change."""

    place: Place
    said: str  # what is wrong, and what to write instead
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        place = f"{self.place.file}:{self.place.line}:{self.place.column}"
        return (
            f"{place}: {shown_path(self.path)}: {self.said}"
            if self.path
            else f"{place}: {self.said}"
        )


def raise_if_any(mistakes: Iterable[Mistake]) -> None:
    """Raise ConfigError with every mistake, one a line, in the order of files and lines."""
    lines = dict.fromkeys(str(mistake) for mistake in sorted(mistakes, key=lambda m: m.place))
    if lines:
        raise ConfigError("\n".join(lines))


def shown_path(path: Iterable[str | int]) -> str:
    """A key path as people say it: rules[0].at_least."""
    shown = ""
    for key in path:
        shown += f"[{key}]" if isinstance(key, int) else f".{key}" if shown else key
    return " ".join(shown.split())[:200]


def shown_value(value: Any) -> str:
    """`value` as one short line. Of an address only its scheme: the rest may be a secret.

    >>> shown_value("slack://T0/B0/secret")
    "'slack://…'"
    """
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    text = " ".join(str(value).split())
    if "://" in text:
        text = text.partition("://")[0][-20:] + "://…"
    if len(text) > _SHOWN_CHARACTERS:
        text = text[: _SHOWN_CHARACTERS - 1] + "…"
    return repr(text) if isinstance(value, str) else text


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """A question to put behind a mistake: `; did you mean 'rules'?`, or the choice if short."""
    choice = list(dict.fromkeys(known))
    close = difflib.get_close_matches(str(word).casefold(), [k.casefold() for k in choice], 1, 0.7)
    if close:
        best = next(name for name in choice if name.casefold() == close[0])
        return f"; did you mean {best!r}?"
    if 0 < len(choice) <= _SHORT_CHOICE:
        return f"; write one of {', '.join(choice)}"
    return ""
