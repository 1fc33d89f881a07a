"""How do the owner's files lie over the shipped ones?

`rasid.yaml`, `rules.yaml` and `targets.yaml` of the owner replace the shipped file. Sources and
companies merge by id, rates by currency, lexicons and wordings by language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.mistakes import Mistake, Place, did_you_mean, shown_value
from config.yaml_marks import Document, KeyPath, read_yaml

SHIPPED = Path(__file__).parent
LONE_FILES = ("rasid.yaml", "rules.yaml", "targets.yaml", "companies.yaml", "rates.yaml")
FOLDERS = ("sources", "lexicon", "wording")


@dataclass(slots=True)
class Entry:
    """One map of an owner's list, with the places of its words; later layers lie on top."""

    value: dict[str, Any]
    layers: tuple[tuple[Document, KeyPath], ...]

    def mistake(self, path: KeyPath, said: str, *, key: bool = False) -> Mistake:
        """A mistake at `path` of this entry, or at the nearest thing above it."""
        document, prefix = self._layer_of(path)
        full = (*prefix, *path)
        return Mistake(document.place_of(full, key=key), said, path=full)

    @property
    def is_shipped(self) -> bool:
        """Whether no line of it is the owner's."""
        return all(document.path.is_relative_to(SHIPPED) for document, _ in self.layers)

    def raw(self, path: KeyPath) -> Any:
        """What is written at `path`, before secrets are put in."""
        document, prefix = self._layer_of(path)
        return document.raw((*prefix, *path))

    def folder_of(self, key: str) -> Path:
        """The folder of the file in which `key` is written."""
        return self._layer_of((key,))[0].path.parent

    def _layer_of(self, path: KeyPath) -> tuple[Document, KeyPath]:
        for document, prefix in reversed(self.layers):
            if document.has((*prefix, *path)):
                return document, prefix
        return self.layers[-1]


class Layers:
    """The files of one load, each read once, and what is wrong with them."""

    def __init__(self, own: Path | None, *, rules: Path | None = None) -> None:
        self.own = own
        self.rules = rules  # a file to try in place of rules.yaml
        self.mistakes: list[Mistake] = []
        if own is not None:
            self._check_names(own)

    def lone(self, name: str) -> Document:
        """The file `name` of the owner, else the shipped one."""
        if name == "rules.yaml" and self.rules is not None:
            return read_yaml(self.rules, self.mistakes)
        if self.own is not None and (self.own / name).exists():
            return read_yaml(self.own / name, self.mistakes)
        return self.shipped(name)

    def shipped(self, name: str) -> Document:
        if not (SHIPPED / name).exists():
            return Document(SHIPPED / name, value={})
        return read_yaml(SHIPPED / name, self.mistakes)

    def both(self, name: str) -> tuple[list[Document], list[Document]]:
        """The shipped and the owner's files: one file `name`, or all of the folder `name`."""
        return self._documents(SHIPPED / name), self.owned(name)

    def owned(self, name: str) -> list[Document]:
        """The owner's file `name`, or all of the owner's folder `name`."""
        return [] if self.own is None else self._documents(self.own / name)

    def _documents(self, path: Path) -> list[Document]:
        if path.suffix == ".yaml":
            return [read_yaml(path, self.mistakes)] if path.exists() else []
        return [read_yaml(file, self.mistakes) for file in sorted(path.glob("*.yaml"))]

    def _check_names(self, own: Path) -> None:
        """A file under a name that nobody reads would be a wish that nobody hears."""
        if not own.is_dir():
            said = "there is no such folder: create it, or leave --config out"
            self.mistakes.append(Mistake(Place(own, 1, 1), said))
            return
        for path in sorted(own.iterdir()):
            known = FOLDERS if path.is_dir() else LONE_FILES
            hint = did_you_mean(path.name, known)
            if path.name not in known and hint.startswith("; did") and path.name[0] not in "._#":
                said = f"nobody reads this name{hint} Rename it"
                self.mistakes.append(Mistake(Place(path, 1, 1), said))
        for path in sorted(file for name in FOLDERS for file in (own / name).glob("*.yml")):
            said = "files here end in .yaml: rename it"
            self.mistakes.append(Mistake(Place(path, 1, 1), said))


def entries_of(
    document: Document, name: str, mistakes: list[Mistake], *, also: tuple[str, ...] = ()
) -> Iterator[Entry]:
    """The maps in the list `name` of `document`; `also`: other keys the file may have."""
    top = document.value
    if top is None:
        return
    if not isinstance(top, dict):
        said = f"this file must be a map (got {shown_value(top)}): begin it with `{name}:`"
        mistakes.append(Mistake(document.place_of(()), said))
        return
    for key in top:
        if key not in (name, *also):
            said = f"no such key{did_you_mean(key, (name, *also))}"
            mistakes.append(Mistake(document.place_of((key,), key=True), said, path=(key,)))
    items = top.get(name)
    if not isinstance(items, list):
        if items is not None:
            said = f"must be a list (got {shown_value(items)}): begin each entry with `- `"
            mistakes.append(Mistake(document.place_of((name,)), said, path=(name,)))
        return
    for number, item in enumerate(items):
        path = (name, number)
        if isinstance(item, dict):
            yield Entry(item, ((document, path),))
        else:
            said = f"must be a map (got {shown_value(item)}): write `- id: …` and its keys below"
            mistakes.append(Mistake(document.place_of(path), said, path=path))


def refuse_twice(entries: Iterable[Entry], mistakes: list[Mistake]) -> None:
    """Note every id that stands in two of `entries`."""
    first: dict[object, Entry] = {}
    for entry in entries:
        name = entry.value.get("id")
        if not isinstance(name, str):
            continue
        if name in first:
            place = first[name].mistake(("id",), "").place
            said = f"given twice (got {name!r}, first in {place.file.name}, line {place.line})"
            mistakes.append(entry.mistake(("id",), f"{said}: give each its own id"))
        first.setdefault(name, entry)


def merge_by_id(
    shipped: list[Entry],
    own: list[Entry],
    removed: Iterable[tuple[str, Mistake]],
    lay_over: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]],
) -> tuple[list[Entry], list[Mistake]]:
    """Shipped entries without the `removed`, each under the own entry of the same id.

    `removed` has each id with the mistake it is if no shipped entry has that id.
    """
    found = {str(entry.value.get("id")): entry for entry in shipped}
    wrong = []
    for name, mistake in removed:
        if found.pop(name, None) is None:
            wrong.append(mistake)
    nameless: list[Entry] = []
    for entry in own:
        below = found.get(str(entry.value.get("id")))
        if "id" not in entry.value:
            nameless.append(entry)
        elif below is None:
            found[str(entry.value["id"])] = entry
        else:
            value = lay_over(below.value, entry.value)
            found[str(entry.value["id"])] = Entry(value, below.layers + entry.layers)
    return [*found.values(), *nameless], wrong


def replace_keys(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """What is written above counts, key by key."""
    return {**below, **above}


def lay_words(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Maps merge, all else is replaced: a phrase has its forms from one file."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            value = lay_words(old, value)
        merged[key] = value
    return merged


def add_to(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Maps merge, lists grow, also one upon a text; all else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = add_to(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = [*old, *(item for item in value if item not in old)]
        elif isinstance(old, str) and isinstance(value, list):
            merged[key] = [old, *value]
        else:
            merged[key] = value
    return merged
