"""How do two spellings of one word become equal, and where did each letter stand?

Folding never depends on the neighbours of a letter (decomposed text is composed
first), so a word folds to the same letters wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with the place of each letter in the original.

    `offsets` has one entry more than `text`: the last is the length of the original.
    """

    text: str
    offsets: Sequence[int]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original, with the marks on its last letter."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1] + 1
        limit = self.offsets[end]
        while last < limit and unicodedata.combining(self.original[last]):
            last += 1
        return self.offsets[start], last


def fold(text: str) -> str:
    """`text` as it is compared: one form for every letter that news prints in several.

    NFKC and casefold; no vowel marks, tatweel, zero-width or bidi marks, Latin accents;
    أ إ آ ٱ -> ا, ى ئ -> ي, ؤ -> و, ة -> ه, ء dropped, Persian ک ی -> ك ي; digits 0-9;
    any dash -> "-", any space but a line break -> " ".

    >>> fold("٦٥ مِلْيَار")
    '65 مليار'
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).translate(_TABLE)


@lru_cache(maxsize=2)  # figures are looked for before sentences
def fold_spans(text: str) -> Folded:
    """`fold(text)`, each run of blanks as one, with the place of each letter in `text`."""
    folded = _with_places(text)
    if "  " not in folded.text:
        return folded
    kept = [at for at, _ in enumerate(folded.text) if folded.text[max(0, at - 1) : at + 1] != "  "]
    return Folded(
        "".join(folded.text[at] for at in kept),
        [*(folded.offsets[at] for at in kept), folded.offsets[-1]],
        text,
    )


def _with_places(text: str) -> Folded:
    if text.isascii():
        return Folded(text.lower(), range(len(text) + 1), text)
    if unicodedata.is_normalized("NFC", text) and all(len(_TABLE[ord(c)]) == 1 for c in set(text)):
        return Folded(text.translate(_TABLE), range(len(text) + 1), text)
    parts: list[str] = []
    offsets: list[int] = []
    for start, piece in _pieces(text):
        folded = piece.translate(_TABLE)
        parts.append(folded)
        offsets.extend([start] * len(folded))
    offsets.append(len(text))
    return Folded("".join(parts), offsets, text)


# A letter with the marks that follow it, bounded: a thousand marks on one letter are hostile.
_CLUSTER = re.compile(r"[^\W\d_][\u0300-\u036f\u0653-\u0655\u093c\u3099\u309a\u1160-\u11ff]{1,8}")


def _pieces(text: str) -> list[tuple[int, str]]:
    """The letters of `text`, decomposed ones composed, each with its place."""
    if unicodedata.is_normalized("NFC", text):
        return list(enumerate(text))
    pieces: list[tuple[int, str]] = []
    at = 0
    for match in _CLUSTER.finditer(text):
        pieces.extend(enumerate(text[at : match.start()], at))
        pieces.append((match.start(), unicodedata.normalize("NFC", match[0])))
        at = match.end()
    pieces.extend(enumerate(text[at:], at))
    return pieces


_FIXED = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىئیې", "ي"),
    "ؤ": "و",
    **dict.fromkeys("ةۀہەھۂ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    "ء": "",
    "ـ": "",
    "٫": ".",
    "٬": ",",
    **dict.fromkeys("\u2018\u2019\u02bc\u2032\u05f3\u00b4", "'"),
    **dict.fromkeys("“”„«»\u05f4", '"'),
    **dict.fromkeys("‐‑‒–—―−－\u05be", "-"),
    "∼": "~",  # Korean desks type the mathematical sign
    "÷": "-",  # Italian ranges: 5÷6
    "〜": "~",  # the wave dash of Japanese ranges, as the full-width tilde already folds
    "ㆍ": "·",  # the middle dot of Korean lists, which NFKC makes a vowel
    "\xad": "",  # soft hyphen
    "ı": "i",
    "ё": "е",
    "Ё": "е",
    "ँ": "ं",  # पाँच and पांच are one word
    "॰": ".",  # रु॰
    "\u093c": "",  # nukta: करोड़ and करोड
}
# NFKC would glue these to the digits before them: 2½ is not 21/2, and bn² is a footnote.
_KEEP = "½¼¾⅓⅔⅛⅜⅝⅞²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"


def is_letter(letter: str) -> bool:
    """Whether `letter` is part of a word: also the vowel signs of Devanagari, which are marks."""
    return letter.isalpha() or "\u0900" <= letter <= "\u0963"


class _Table(dict[int, str]):
    """What each code point folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_letter(chr(code))
        return folded


def _fold_letter(letter: str) -> str:
    if letter in _FIXED:
        return _FIXED[letter]
    if letter in _KEEP or letter == "\n":
        return letter
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    if kind in {"Cf", "Cs"} or _is_dropped_mark(ord(letter)):
        return ""
    if letter.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", letter).casefold()
    if plain != letter and len(plain) > 1 and not letter.isalpha():
        plain = "".join(" " if c.isspace() else c for c in plain)
    if "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff":
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not _is_accent(c))
    # One code point may be a letter with its mark: שׁ is U+FB2A.
    return "".join(_FIXED.get(c, c) for c in plain if c == letter or not _is_dropped_mark(ord(c)))


def _is_accent(letter: str) -> bool:
    return "\u0300" <= letter <= "\u036f"


def _is_dropped_mark(code: int) -> bool:
    """Harakat, Koranic marks, niqqud, stray accents, variation selectors."""
    return (
        0x0300 <= code <= 0x036F
        or (0x0591 <= code <= 0x05C7 and code not in (0x05BE, 0x05C0, 0x05C3, 0x05C6))
        or 0x0610 <= code <= 0x061A
        or 0x064B <= code <= 0x065F
        or code == 0x0670
        or (0x06D6 <= code <= 0x06ED and unicodedata.category(chr(code)) == "Mn")
        or 0xFE00 <= code <= 0xFE0F
    )


_TABLE = _Table()
