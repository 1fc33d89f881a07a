"""Which words does a language say amounts with, each with all it means?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from crawler.reading.word import Word
from crawler.text.fold import fold


class Vocabulary:
    """Words by their folded form; what is added to a known one is one more of its meanings."""

    def __init__(self, words: dict[str, Word]) -> None:
        self.words = words

    def merge(self, word: str, **changes: object) -> None:
        """Let folded `word` mean `changes` too."""
        known = self.words.get(word)
        self.words[word] = _made(**changes) if known is None else _changed(known, **changes)

    def merge_forms(
        self, forms: Iterable[tuple[str, dict[str, object]]], **changes: object
    ) -> None:
        """Give `changes` to every form of a word; those of one lead and new are one Word.

        Arabic and Hebrew alone have 25,000 forms, and a Word two dozen fields to set.
        """
        made: dict[tuple[tuple[str, object], ...], Word] = {}
        for form, flags in forms:
            known = self.words.get(form)
            if known is not None:
                self.words[form] = _changed(known, **changes, **flags)
                continue
            flagged = tuple(flags.items())
            if flagged not in made:
                made[flagged] = Word(**changes, **flags)  # type: ignore[arg-type]
            self.words[form] = made[flagged]

    def merge_to(self, word: str, key: str, name: str) -> None:
        """Put `name` into the set that folded `word` has under `key`."""
        known = getattr(self.words.get(word, Word()), key)
        self.merge(word, **{key: known | {name}})

    def abbreviate(self, printed: str, **changes: object) -> None:
        """A short form that counts only as it is printed: Dh and DH, but not dh."""
        # P is a peso and p a penny: one capital is kept as printed.
        word = printed if len(printed) == 1 else fold(printed)
        known = self.words.get(word, Word())
        same = known.capitals if known.currency == changes["currency"] else ()
        self.merge(word, capitals=(*same, printed), **changes)


# Thousands of words differ in nothing but their letters; a Word has two dozen fields to set.
@cache
def _made(**changes: object) -> Word:
    return Word(**changes)  # type: ignore[arg-type]


@cache
def _changed(known: Word, **changes: object) -> Word:
    return replace(known, **changes)  # type: ignore[arg-type]
