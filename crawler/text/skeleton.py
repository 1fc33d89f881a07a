"""Which key do the spellings of one name share across scripts?"""

from __future__ import annotations

import re

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
_ARABIC = re.compile("[\u0621-\u064a]")
# Only a bare alef: ألتمان (Altman) begins with the same letters but has no article.
_ARTICLE = re.compile(r"(?<![^\W_])(?:وال|بال|فال|كال|لل|ال)(?=[^\W_]{2})")
_LATIN_ARTICLE = re.compile(r"\b(?:al|el)[- ](?=[a-z])")
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"sch|sh|ch(?=[aeiou])"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"),
)
_TWICE = re.compile(r"(.)\1+")


def skeleton(name: str) -> str:
    """The consonants of `name`, equal in Latin, Arabic, Cyrillic and Hebrew spelling.

    Empty for a name without such letters. Keys of fewer than three letters collide: among
    89 well-known names only such keys did.

    >>> skeleton("Zuckerberg") == skeleton("زوكربيرغ") == skeleton("زاكربرج")
    True
    """
    bare = _ARTICLE.sub("", name) if _ARABIC.search(name) else name
    folded = _LATIN_ARTICLE.sub("", fold(bare))
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return _TWICE.sub(r"\1", "".join(_LETTERS.get(letter, "") for letter in folded))
