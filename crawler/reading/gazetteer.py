"""Is this word the name of a city, and which one?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of cities in every script, searched where they lie: no table is built.

    `lines`: UTF-8, sorted by bytes, each "folded name TAB English name, empty if the same LF".
    """

    lines: bytes = b""

    def city(self, folded: str) -> str | None:
        """The city's English name, folded; None if no city is called so."""
        key = folded.encode() + b"\t"
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            start = self.lines.rfind(b"\n", 0, middle) + 1
            end = self.lines.find(b"\n", middle)
            if self.lines[start:end] < key:
                low = end + 1
            else:
                high = start
        if not self.lines.startswith(key, low):
            return None
        shown = self.lines[low + len(key) : self.lines.find(b"\n", low)]
        return shown.decode() or folded
