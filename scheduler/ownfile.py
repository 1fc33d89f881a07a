"""How does a block get into the owner's own file, with every comment and line in its place?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from config.errors import ConfigError
from config.load import shipped_folder
from scheduler.house import load_own_config

Block = dict[str, object]


def render_block(block: Block, *, indent: int = 2) -> str:
    """`block` as one entry of a list, its keys in their order."""
    text = yaml.safe_dump(
        [block], allow_unicode=True, sort_keys=False, default_flow_style=False, width=10_000
    )
    return "".join(f"{' ' * indent}{line}\n" for line in text.splitlines())


def own_folder() -> Path:
    """Where the owner's files go when there are none yet."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "rasid"


def own_file(folder: Path, language: str | None) -> Path:
    """The owner's file for a language where there is one, else their own.yaml.

    **Raises** ConfigError for the shipped folder: an update would undo what is written there.
    """
    if folder.resolve() == shipped_folder().resolve():
        raise ConfigError(
            f"{folder} holds the shipped files, which are never edited: name a folder of your own "
            "with --config or RASID_CONFIG"
        )
    named = folder / "sources" / f"{language}.yaml"
    return named if language and named.exists() else folder / "sources" / "own.yaml"


def append_blocks(path: Path, blocks: Sequence[Block], *, folder: Path) -> None:
    """Append `blocks` to the list of sources in `path`; all that stands there stays as it is.

    **Raises** ConfigError, and leaves the file as it was, where the whole would not be right.
    """
    before = path.read_text("utf-8") if path.exists() else None
    after = before or ""
    for block in blocks:
        after = with_block(after, block, name=path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, after)
    try:
        load_own_config(folder)
    except ConfigError:
        if before is None:
            path.unlink()
        else:
            _replace(path, before)
        raise


def put_in_place(path: Path, text: str, *, folder: Path, now: datetime) -> Path | None:
    """Write `text` in place of the owner's file at `path`; where the old one is kept, if any.

    **Raises** ConfigError, and leaves the file as it was, where the whole would not be right, or
    for the shipped folder.
    """
    if folder.resolve() == shipped_folder().resolve():
        raise ConfigError(
            f"{folder} holds the shipped files, which are never edited: name a folder of your own "
            "with --config or RASID_CONFIG"
        )
    before = path.read_text("utf-8") if path.exists() else None
    backup = None
    if before is not None:
        backup = path.with_name(f"{path.name}.{now:%Y%m%d-%H%M%S}")
        backup.write_text(before, "utf-8")
    _replace(path, text)
    try:
        load_own_config(folder)
    except ConfigError:
        if before is None or backup is None:
            path.unlink()
        else:
            _replace(path, before)
            backup.unlink()
        raise
    return backup


def with_block(text: str, block: Block, *, name: str) -> str:
    """`text` of a file of sources with one more entry after the last.

    **Raises** ConfigError where its list is written in brackets, or is none.
    """
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    place = _key_of(top, "sources")
    if place is None:
        return "".join([*lines, "sources:\n", render_block(block)])
    key, value = place
    if isinstance(value, yaml.SequenceNode) and value.flow_style and not value.value:
        rest = text[: value.start_mark.index] + text[value.end_mark.index :]
        return with_block(rest, block, name=name)  # `sources: []`
    if isinstance(value, yaml.ScalarNode) and value.value == "":
        at, indent = key.end_mark.line + 1, 2
    elif isinstance(value, yaml.SequenceNode) and not value.flow_style:
        at, indent = _line_after(value), value.start_mark.column
    else:
        raise ConfigError(
            f"{name}: its list of sources is written in brackets: write each entry on lines of "
            "its own, or put the block in by hand"
        )
    gap = "\n" if at and lines[at - 1].strip() and "\n\n" in text else ""
    return "".join([*lines[:at], gap, render_block(block, indent=indent), *lines[at:]])


def _key_of(top: Any, name: str) -> tuple[Any, Any] | None:
    if top is None:
        return None
    pairs = top.value if isinstance(top, yaml.MappingNode) else []
    return next(((key, value) for key, value in pairs if key.value == name), None)


def _line_after(node: Any) -> int:
    """Number of the first line behind the last word of `node`; comments below are not its own."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = node.end_mark
    return int(end.line if end.column == 0 and end.line > node.start_mark.line else end.line + 1)


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    if path.exists():
        beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)
