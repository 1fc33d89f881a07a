"""What does a YAML file say, and on which line and column does each word of it stand?

YAML here has text, whole numbers, decimals, lists and maps, nothing else: `22:30`, `NO`, `no`
and `2025-01-24` stay text. An empty value, `~` and `null` say "nothing".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from config.mistakes import Mistake, Place

SIZE_LIMIT_BYTES = 1_000_000
DEPTH_LIMIT = 40

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Longer digits stay text: int() refuses 4,300 of them, and no field of ours needs 18.
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17}|[1-9][0-9]{0,2}(?:_[0-9]{3}){1,5})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_NOTHING = {"", "~", "null", "Null", "NULL"}

Key = str | int
KeyPath = tuple[Key, ...]


@dataclass(slots=True)
class Document:
    """One file: its plain value, and where each part of it stands."""

    path: Path
    value: Any = None
    # The parser's own marks; those of a list's plain words in one list. A place for each of the
    # 50,000 words of the lexicons would cost a tenth of a second.
    values: dict[KeyPath, Any] = field(default_factory=dict)
    words: dict[KeyPath, list[Any]] = field(default_factory=dict)
    keys: dict[KeyPath, Any] = field(default_factory=dict)

    def place_of(self, path: KeyPath, *, key: bool = False) -> Place:
        """Where `path` stands; of a missing part, where the nearest part above it stands."""
        for end in range(len(path), -1, -1):
            mark = self.keys.get(path[:end]) if key else None
            mark = mark or self._mark_of(path[:end])
            if mark is not None:
                return Place(self.path, mark.line + 1, mark.column + 1)
        return Place(self.path, 1, 1)

    def has(self, path: KeyPath) -> bool:
        """Whether something is written at `path`."""
        return self._mark_of(path) is not None

    def _mark_of(self, path: KeyPath) -> Any:
        if path in self.values:
            return self.values[path]
        words, number = self.words.get(path[:-1]), path[-1] if path else None
        if words is None or not isinstance(number, int) or not 0 <= number < len(words):
            return None
        return words[number]

    def raw(self, path: KeyPath) -> Any:
        """What is written at `path`; None where nothing is."""
        value = self.value
        for key in path:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def read_yaml(path: Path, mistakes: list[Mistake]) -> Document:
    """Load the file at `path`; what is wrong with it as YAML goes to `mistakes`.

    A broken file has the value None.
    """
    text = _load_text(path, mistakes)
    if text is None:
        return Document(path)
    reader = _Reader(path, mistakes)
    try:
        return reader.read(text)
    except yaml.YAMLError as error:
        mistakes.append(_syntax_mistake(path, error))
    except _Refused:
        pass
    return Document(path)


def _load_text(path: Path, mistakes: list[Mistake]) -> str | None:
    start = Place(path, 1, 1)
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT_BYTES + 1)
    except OSError as error:
        said = (error.strerror or "it cannot be read").lower()
        mistakes.append(Mistake(start, f"this file cannot be read ({said}): check that you may"))
        return None
    if len(data) > SIZE_LIMIT_BYTES:
        said = f"this file is larger than {SIZE_LIMIT_BYTES:,} bytes: split it"
        mistakes.append(Mistake(start, said))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        mistakes.append(Mistake(place, "this is not UTF-8: save the file as UTF-8 text"))
        return None


def _syntax_mistake(path: Path, error: yaml.YAMLError) -> Mistake:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path, 1, 1)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "broken"
    context = getattr(error, "context", None)
    said = f"{problem} {context}" if context else str(problem)
    if "character" in said and "start any token" in said:
        said += '; put text that begins with @, `, % or a tab in "quotes"'
    return Mistake(place, f"this is not YAML: {said}")


class _Refused(Exception):
    """The rest of the file cannot be understood; the mistake is noted already."""


class _Reader:
    """Puts a stream of YAML events together, without recursion into aliases."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.document = Document(path)
        self.mistakes = mistakes
        self.events: Iterator[Any] = iter(())

    def read(self, text: str) -> Document:
        self.events = iter(yaml.parse(text, Loader=Loader))
        next(self.events)  # the stream starts
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return self.document
        self.document.value = self.value(next(self.events), ())
        next(self.events)  # the document ends
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self.refuse(event, "a second document begins here: one file has one document")
        return self.document

    def value(self, event: Any, path: KeyPath) -> Any:
        self.document.values[path] = event.start_mark
        if event.anchor is not None:
            said = "*{0} points elsewhere: write the value out"
            if not isinstance(event, yaml.AliasEvent):
                said = "&{0} is not known here: write each value out"
            self.refuse(event, said.format(event.anchor))
        if len(path) >= DEPTH_LIMIT:
            self.refuse(event, f"this is nested deeper than {DEPTH_LIMIT} levels")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if event.tag is not None:
            self.refuse(event, f"tags such as {event.tag} are not known here: leave it out")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(path)
        return self.map(path)

    def items(self, path: KeyPath) -> list[Any]:
        found: list[Any] = []
        marks = self.document.words[path] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            marks.append(event.start_mark)
            if type(event) is yaml.ScalarEvent and event.anchor is None:
                found.append(self.scalar(event))
            else:
                found.append(self.value(event, (*path, len(found))))
        return found

    def map(self, path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(event, "a key must be a word, not a list, a map or an alias")
            key = event.value
            inner = (*path, key)
            if key in found:
                line = self.document.keys[inner].line + 1
                said = f"given twice (first on line {line}): keep one of them"
                self.mistakes.append(Mistake(self.place(event), said, path=inner))
            else:
                self.document.keys[inner] = event.start_mark
            found[key] = self.value(next(self.events), inner)
        return found

    def scalar(self, event: Any) -> str | int | Decimal | None:
        if event.tag is not None and event.tag != "!":
            self.refuse(event, f"tags such as {event.tag} are not known here: leave it out")
        text: str = event.value
        if not event.implicit[0]:  # quoted, or a block of text
            return text
        if text in _NOTHING:
            return None
        if text[0] not in "-0123456789":
            return text
        if _WHOLE.fullmatch(text):
            return int(text)
        return Decimal(text) if _DECIMAL.fullmatch(text) else text

    def place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.document.path, mark.line + 1, mark.column + 1)

    def refuse(self, event: Any, said: str) -> None:
        self.mistakes.append(Mistake(self.place(event), said))
        raise _Refused
