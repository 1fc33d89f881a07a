"""Which words are everyday ones, and so no part of a name?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

_LONG_ENOUGH = 5  # letters of a word that may carry particles without saying so: وكلاء, لوكلاء
_SHORTEST_GLUED = 3  # letters of a word that may carry particles: ה, ל and two letters make names


@dataclass(frozen=True, slots=True)
class Generic:
    """Everyday words: as they stand, by how they begin or end, and with particles before them.

    A language that writes two nouns as one has no list of all: what ends in -hersteller is one.
    """

    words: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    carrying: frozenset[str] = frozenset()  # words before which a particle may be glued
    particles: frozenset[str] = frozenset()

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        if word in self.words or word.startswith(self.begins) or word.endswith(self.ends):
            return True
        return bool(self.carrying) and self._carries(word)

    def _carries(self, word: str) -> bool:
        last = min(max(map(len, self.particles), default=0), len(word) - _SHORTEST_GLUED)
        return any(
            word[:at] in self.particles and word[at:] in self.carrying for at in range(1, last + 1)
        )


def build_generic(entries: Iterable[str], particles: Collection[str]) -> Generic:
    """Everyday words from folded entries: `word`, `word*`, `-word` and `~word`."""
    listed = [entry for entry in entries if entry]
    carrying = frozenset(entry[1:] for entry in listed if entry.startswith("~"))
    words = frozenset(entry for entry in listed if entry[:1] not in "-~" and entry[-1] != "*")
    carrying |= {word for word in words if len(word) >= _LONG_ENOUGH}
    return Generic(
        words | carrying,
        tuple(entry[:-1] for entry in listed if entry.endswith("*")),
        tuple(entry[1:] for entry in listed if entry.startswith("-")),
        carrying,
        frozenset(particles),
    )
