"""Which key do the spellings of one name share across scripts?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from crawler.text.fold import fold

# Consonants only, those that transliteration mixes up made one: g/gh/j, k/q/c, b/p, f/v, s/z, t/th.
_LETTERS = {
    **{letter: sound for sound, letters in {
        "b": "بپпбבפ", "t": "تثطтטת", "g": "جغگچгжג", "k": "قكخкכךק", "d": "دذضдד", "r": "رрר",
        "s": "سشصсцчшщסצץשزظژзז", "f": "فڤвфף", "l": "لлל", "m": "مмמם", "n": "نнנן",
    }.items() for letter in letters},
    **{letter: letter for letter in "bdfgklmnrst"},
    "v": "f", "z": "s", "p": "b", "j": "g", "q": "k", "c": "k", "x": "ks",
}  # fmt: skip
# Devanagari, and what Korean puts first and last in a syllable (U+1100 and U+11A8 onwards).
_LETTERS |= {
    letter: sound for sound, letters in {
        "k": "कख\u1101\u110f\u11a8\u11a9\u11bf", "g": "गघजझ\u1100\u110c\u110d\u11bd",
        "s": "चछशषस\u1109\u110a\u110e\u11be", "t": "टठतथ\u1104\u1110\u11ba\u11bb\u11c0",
        "d": "डढदध\u1103\u11ae", "n": "नण\u1102\u11ab", "b": "पबभ\u1107\u1108\u1111\u11b8\u11c1",
        "f": "फव", "m": "म\u1106\u11b7", "r": "र\u1105", "l": "लळ\u11af", "ng": "\u11bc",
    }.items() for letter in letters
}  # fmt: skip
# What folding would drop: z, f, r and the n of अं; and the two letters of Korean for an l.
_BEFORE_FOLDING = {"ज\u093c": "स", "फ\u093c": "फ", "ड\u093c": "र", "ढ\u093c": "र", "\u0902": "न"}
_KOREAN_L = "\u11af\u1105"
_ARABIC = re.compile("[\u0621-\u064a]")
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
# Only a bare alef: ألتمان (Altman) begins with the same letters but has no article.
_ARTICLE = re.compile(r"(?<![^\W_])(?:وال|بال|فال|كال|لل|ال)(?=[^\W_]{2})")
_LATIN_ARTICLE = re.compile(r"\b(?:al|el)[- ](?=[a-z])")
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"sch|sh|ch(?=[aeiou])"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"),
)
_KANA = {"H": "", "J": "g", "Z": "s", "V": "f", "P": "b", "W": "", "Y": ""}  # the rest as it is


def _kana() -> dict[str, str]:
    """The consonant of each katakana, from its name: KATAKANA LETTER KA."""
    found = {}
    for code in range(0x30A1, 0x30FB):
        sound = unicodedata.name(chr(code)).split()[-1]
        small = "SMALL" in unicodedata.name(chr(code))
        first = sound[0] if len(sound) > 1 or sound == "N" else ""
        found[chr(code)] = "" if small else _KANA.get(first, first.lower())
    return found | {"フ": "f", "チ": "s", "ツ": "s", "ヂ": "g", "ヅ": "s", "ジ": "g"}


_LETTERS |= _kana()
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)  # every name of an article is asked for its own several times
def skeleton(name: str) -> str:
    """The consonants of `name`, equal in Latin, Arabic, Cyrillic, Hebrew and Devanagari
    spelling; nearly so in Hangul and katakana, which mix up l and r, b and f (`rough`).

    Empty for a name without such letters. Keys of fewer than three letters collide: among
    89 well-known names only such keys did.

    >>> skeleton("Zuckerberg") == skeleton("زوكربيرغ") == skeleton("زاكربرج")
    True
    """
    bare = _ARTICLE.sub("", name) if _ARABIC.search(name) else name
    if _DEVANAGARI.search(bare):
        bare = unicodedata.normalize("NFD", bare)
        for letters, sound in _BEFORE_FOLDING.items():
            bare = bare.replace(letters, sound)
    folded = _LATIN_ARTICLE.sub("", fold(bare))
    if _HANGUL.search(folded):
        folded = unicodedata.normalize("NFD", folded).replace(_KOREAN_L, "\u11af")
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return _TWICE.sub(r"\1", "".join(_LETTERS.get(letter, "") for letter in folded))


def rough(key: str) -> str:
    """`key` with the sounds made one that Japanese and Korean do not tell apart."""
    return _TWICE.sub(r"\1", key.translate(_ROUGH))


_ROUGH = str.maketrans("lft", "rbs")  # th is written s: アンソロピック
