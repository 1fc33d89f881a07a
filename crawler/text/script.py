"""In which script is a text written?"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import lru_cache

# First code points of blocks of letters, ISO 15924 codes; None ends a block.
_BLOCKS: tuple[tuple[int, str | None], ...] = (
    (0x0000, None),
    (0x0041, "Latn"),
    (0x0250, None),
    (0x0370, "Grek"),
    (0x0400, "Cyrl"),
    (0x0530, "Armn"),
    (0x0590, "Hebr"),
    (0x0600, "Arab"),
    (0x0700, None),
    (0x0750, "Arab"),
    (0x0780, None),
    (0x08A0, "Arab"),
    (0x0900, "Deva"),
    (0x0980, "Beng"),
    (0x0A00, None),
    (0x0E00, "Thai"),
    (0x0E80, None),
    (0x10A0, "Geor"),
    (0x1100, "Kore"),
    (0x1200, None),
    (0x1E00, "Latn"),
    (0x1F00, "Grek"),
    (0x2000, None),
    (0x3040, "Jpan"),
    (0x3100, None),
    (0x3130, "Kore"),
    (0x3190, None),
    (0x3400, "Hani"),
    (0xA000, None),
    (0xAC00, "Kore"),
    (0xD7B0, None),
    (0xF900, "Hani"),
    (0xFB00, "Latn"),
    (0xFB1D, "Hebr"),
    (0xFB50, "Arab"),
    (0xFE00, None),
    (0xFE70, "Arab"),
    (0xFF00, None),
    (0xFF21, "Latn"),
    (0xFF5B, None),
    (0xFF66, "Jpan"),
    (0xFFA0, None),
    (0x20000, "Hani"),
    (0x32000, None),
)
_STARTS = [start for start, _ in _BLOCKS]
# One kana in ten letters makes Han text Japanese; Chinese news has almost none.
_KANA_SHARE = 10


def script_of(text: str) -> str:
    """The ISO 15924 code of the script that most letters of `text` are in; "Zyyy": no letters.

    Han with kana is "Jpan", Han alone "Hani". Does not tell languages of one script apart.
    """
    counts: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        script = _script_of_letter(letter)
        if script is not None:
            counts[script] += count
    if counts["Jpan"] * _KANA_SHARE >= counts["Hani"] > 0 and counts["Jpan"]:
        counts["Jpan"] += counts.pop("Hani")
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] else "Zyyy"


def is_unspaced(letter: str) -> bool:
    """Whether `letter` is of a script that writes without spaces, or glues endings to words."""
    return letter >= "\u3040" and (
        letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af"
    )


@lru_cache(maxsize=8192)
def _script_of_letter(letter: str) -> str | None:
    return _BLOCKS[bisect_right(_STARTS, ord(letter)) - 1][1] if letter.isalpha() else None
