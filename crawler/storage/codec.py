"""How does a frozen type become JSON, and come back equal?

The shape is taken from the type itself, so a new field with a default needs no edit here:
rows written before it get the default, keys that no longer exist are ignored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

# Half a surrogate pair cannot be written as UTF-8, and PostgreSQL refuses NUL. One sign is
# replaced by one sign, so that spans into the text stay true.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


_from_json = json.JSONDecoder(parse_float=Decimal).decode  # json.loads builds it each time


def writable(text: str) -> str:
    """`text` as any database takes it; as long as it was."""
    return _UNWRITABLE.sub("\ufffd", text)


def encode(value: object) -> str:
    """`value` as JSON text; money as text, never as a float."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decode(kind: Any, text: str) -> Any:
    """The value of type `kind` that `encode` made `text` from."""
    return () if text == "[]" else _builder(kind)(_from_json(text))


def instant_text(at: datetime) -> str:
    """`at` in UTC with a fixed width, so that text order is time order.

    Raises ValueError for a naive datetime: it names no instant.
    """
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {at!r}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: object) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return value.value
        case str():
            return writable(value)
        case Decimal():
            return str(value)
        case date():  # a datetime is one too; its offset is kept as the page gave it
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no JSON for {type(value).__name__}")


@lru_cache(maxsize=256)
def _builder(kind: Any) -> Callable[[Any], Any]:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (some,) = (part for part in get_args(kind) if part is not NoneType)
        inner = _builder(some)
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        inner = _builder(get_args(kind)[0])
        return lambda data: tuple(inner(each) for each in data)
    if is_dataclass(kind):
        return _dataclass_builder(kind)
    if kind in (datetime, date):
        return kind.fromisoformat  # type: ignore[no-any-return]
    if kind is Decimal:
        return Decimal
    if issubclass(kind, Enum):
        return {each.value: each for each in kind}.__getitem__  # a call of it takes far longer
    if kind is float:  # of health only: money is a Decimal
        return float
    if kind in (str, int, bool):
        return lambda data: data
    raise TypeError(f"no way back from JSON to {kind}")


def _dataclass_builder(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    makes = [(name, _builder(hints[name])) for name in names if not _is_plain(hints[name])]
    known, needed = set(names), {f.name for f in fields(kind) if f.default is MISSING}

    def build(data: Any) -> Any:
        if data.keys() != known:
            data = {name: data[name] for name in names if name in data or name in needed}
        for name, make in makes:
            if name in data:
                data[name] = make(data[name])
        return kind(**data)

    return build


def _is_plain(hint: Any) -> bool:
    """Whether JSON has it as we do: a text, a whole number, yes or no, or nothing in its place."""
    return set(get_args(hint) or (hint,)) <= {str, int, bool, NoneType}
