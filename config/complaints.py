"""How does a person say what pydantic found?"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.layers import Entry
from config.mistakes import Mistake, did_you_mean, shown_value
from config.secrets import SECRETS
from config.yaml_marks import KeyPath

# Wrong before the value, and what to write instead behind it.
_WORDS: dict[str, tuple[str, str]] = {
    "string_type": ("must be text", ", write one line"),
    "string_too_short": ("is empty", ", write text or leave the key out"),
    "int": ("must be a whole number", ", write e.g. 5"),
    "decimal": ("must be a number", ", write e.g. 1.5"),
    "bool": ("must be yes or no", ", write one of the two"),
    "tuple_type": ("must be a list", ", write it in brackets: [a, b]"),
    "list_type": ("must be a list", ", write it in brackets: [a, b]"),
    "too_short": ("needs at least one entry", ", add one"),
    "model": ("must be a map", ", write its keys on lines of their own"),
    "dict_type": ("must be a map", ", write its keys on lines of their own"),
    "date": ("is no day", ", write it as 2025-01-24"),
}

_LIMITS = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}


def complain(
    error: ValidationError, entry: Entry, model: type[BaseModel], failed: set[KeyPath]
) -> list[Mistake]:
    """One mistake for each thing that `error` says about `entry`, save those at `failed`."""
    found = []
    for detail in error.errors(include_url=False, include_input=False):
        path = tuple(part for part in detail["loc"] if part != "[key]")
        if path not in failed:
            is_name = "[key]" in detail["loc"]
            is_key = is_name or detail["type"] == "extra_forbidden"
            written = path[-1] if is_name else entry.raw(path)
            said = _sentence(detail, path, written, model)
            found.append(entry.mistake(path, said, key=is_key))
    return found


def _sentence(detail: ErrorDetails, path: KeyPath, written: Any, model: type[BaseModel]) -> str:
    kind, facts = detail["type"], detail.get("ctx", {})
    got = (
        "" if path and path[-1] in SECRETS and len(path) == 1 else f" (got {shown_value(written)})"
    )
    if kind == "extra_forbidden":
        return f"no such key{did_you_mean(path[-1], _keys_at(path[:-1], model))}"
    if kind == "missing":
        return f"is missing: add `{path[-1]}:`{_help(path, model)}"
    if kind == "literal_error":
        choice = re.findall(r"'([^']*)'", str(facts.get("expected", "")))
        return f"no such word here{got}{did_you_mean(written, choice) or _choose(choice)}"
    if kind == "string_pattern_mismatch" and facts.get("pattern") == "^[A-Z]{3}$":
        return f"no ISO 4217 currency{got}, write e.g. SAR"
    if kind == "string_pattern_mismatch":
        slug = re.sub(r"[^a-z0-9._-]+", "-", str(written).casefold()).strip("-._")[:64]
        return f"small letters, digits, dots and dashes only{got}, write {slug or 'e.g. my-id'}"
    if kind == "value_error":
        # The value stands between what is wrong and what to write instead.
        return re.sub(
            r"(: |; |$)", lambda mark: got + mark[0].replace(":", ","), str(facts["error"]), count=1
        )
    if kind in _LIMITS:
        return f"must be {_LIMITS[kind]} {next(iter(facts.values()))}{got}"
    for start, (wrong, instead) in _WORDS.items():
        if kind == start or kind.startswith(f"{start}_"):
            return f"{wrong}{got}{instead}"
    return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}{got}"


def _choose(choice: list[str]) -> str:
    return f"; write one of {', '.join(choice)}" if choice else ""


def _help(path: KeyPath, model: type[BaseModel]) -> str:
    field = _model_at(path[:-1], model).model_fields.get(str(path[-1]))
    return f" ({field.description})" if field and field.description else ""


def _keys_at(path: KeyPath, model: type[BaseModel]) -> list[str]:
    fields = _model_at(path, model).model_fields
    return [*fields, *(f"{key}_file" for key in SECRETS if key in fields)]


def _model_at(path: KeyPath, model: type[BaseModel]) -> type[BaseModel]:
    """The model that stands at `path` below `model`: page[0] is a PageRule."""
    for key in path:
        if isinstance(key, int):
            continue
        field = model.model_fields.get(key)
        inner = _first_model(field.annotation) if field else None
        model = inner or model
    return model


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = (_first_model(part) for part in getattr(annotation, "__args__", ()))
    return next((part for part in parts if part), None)
