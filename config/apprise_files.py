"""Which targets stand in a file that Apprise's own tools read too?

The file is taken unchanged, text or YAML, with its tags and the files it includes; each of its URLs
is one target. No sentence of this module holds a URL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.layers import Entry
from config.mistakes import Mistake
from config.secrets import find_secret, read_private

_SIZE_LIMIT_BYTES = 128 * 1024  # Apprise's own
_DEPTH = 3  # of files that include others
_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseText:
    """What one file says."""

    urls: tuple[tuple[str, tuple[str, ...]], ...]  # with the tags of each
    includes: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()  # sentences


ReadApprise = Callable[[str, bool], AppriseText]  # the text, and whether it is YAML


def targets_in(
    entry: Entry, environment: Mapping[str, str], read: ReadApprise, mistakes: list[Mistake]
) -> Iterator[Entry]:
    """One entry for each URL of the file that `entry` names, with the rest of its keys.

    They are numbered in the order of the file: ID-1, ID-2. A URL bears its own tags, those of its
    groups, and the entry's.
    """
    said = _wrong_with(entry)
    if said:
        mistakes.append(entry.mistake(("apprise",), said))
        return
    shared = {key: value for key, value in entry.value.items() if key != "apprise"}
    tags = shared.get("tags", [])
    path, is_credential = find_secret(
        entry.value["apprise"].strip(), entry.folder_of("apprise"), environment
    )
    found, wrong = _urls_in(path, read, is_credential=is_credential, depth=_DEPTH)
    mistakes.extend(entry.mistake(("apprise",), said) for said in wrong)
    if not isinstance(tags, list):
        yield Entry(shared | {"url": "unknown"}, entry.layers)  # its complaint is enough
        return
    for number, (url, own) in enumerate(found, start=1):
        name = f"{shared.get('id')}-{number}"
        value: dict[str, Any] = {**shared, "id": name, "url": url}
        value["tags"] = list(dict.fromkeys([*tags, *own]))
        if not value["tags"]:
            told = f"{name} has no tag, in the file or here: write tags: beside apprise:"
            mistakes.append(entry.mistake(("apprise",), told))
            continue
        yield Entry(value, entry.layers)


def _wrong_with(entry: Entry) -> str | None:
    both = [key for key in ("url", "url_file") if key in entry.value]
    if both:
        return f"{both[0]} is given as well: keep one of the two"
    name = entry.value["apprise"]
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        return "must be the path of a file"
    return None


def _urls_in(
    path: Path, read: ReadApprise, *, is_credential: bool, depth: int
) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
    said, text = read_private(path, is_credential=is_credential, limit_bytes=_SIZE_LIMIT_BYTES)
    if text is None:
        return [], [said or f"{path} is empty"]
    told = read(text, path.suffix.lower() in _YAML)
    urls, wrong = list(told.urls), [f"{path}: {sentence}" for sentence in told.wrong]
    for name in told.includes:
        if "://" in name and not name.startswith("file://"):
            wrong.append(f"{path} includes a page of the network: fetch it and name the file")
        elif depth == 0:
            wrong.append(f"{path} includes files that include files, too deep")
        else:
            inner = path.parent / Path(name.removeprefix("file://")).expanduser()
            more = _urls_in(inner, read, is_credential=is_credential, depth=depth - 1)
            urls += more[0]
            wrong += more[1]
    if not urls and not wrong:
        wrong.append(f"{path} names no URL")
    return urls, wrong
