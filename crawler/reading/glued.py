"""Which number do number words say that are written as one: duecentocinquantamila?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

_LONGEST = 48  # letters: neunhundertneunundneunzigtausend has 32


@dataclass(frozen=True, slots=True, eq=False)
class GluedNumbers:
    """The pieces that one language glues to numbers; the piece worth 0 says "and", 0.5 a half."""

    pieces: Mapping[str, Decimal]
    whole: re.Pattern[str]

    def parse(self, word: str) -> Decimal | None:
        """The number that folded `word` says; None if it is another word or a single piece."""
        if len(word) > _LONGEST or self.whole.fullmatch(word) is None:
            return None
        pieces = [self.pieces[piece] for piece in self.split(word)]
        return _worth(pieces) if len(pieces) > 1 else None

    def split(self, word: str) -> list[str]:
        """The pieces of `word`, which `whole` matches: the longest that leave pieces behind."""
        found: list[str] = []
        at = 0
        while at < len(word):
            fitting = (
                end
                for end in range(len(word), at, -1)
                if word[at:end] in self.pieces
                and (end == len(word) or self.whole.fullmatch(word, end))
            )
            end = next(fitting)
            found.append(word[at:end])
            at = end
        return found


def build_glued(pieces: Mapping[str, Decimal]) -> GluedNumbers:
    """The reader of numbers glued of `pieces`, each with its worth."""
    longest_first = sorted(pieces, key=len, reverse=True)
    any_piece = "|".join(map(re.escape, longest_first))
    return GluedNumbers(pieces, re.compile(f"(?:{any_piece})+"))


def _worth(pieces: list[Decimal]) -> Decimal | None:
    """The sum of `pieces`, hundreds and thousands counted; None where a place is said twice."""
    thousands = below = Decimal(0)
    for piece in pieces:
        if piece == 1000:
            if thousands or (below == 0 and piece != pieces[0]):
                return None
            thousands, below = (below or 1) * Decimal(1000), Decimal(0)
        elif piece == 100:
            if below >= 10:
                return None
            below = (below or 1) * Decimal(100)
        elif _is_said(below, piece):
            return None
        else:
            below += piece
    return thousands + below or None


def _is_said(below: Decimal, piece: Decimal) -> bool:
    """Whether tens or ones of `piece` are said already: venti and dodici, due and tre."""
    tens, ones = below // 10 % 10, below % 10
    if piece < 1:
        return False
    if 10 < piece < 20:
        return bool(tens or ones)
    return bool(tens) if piece >= 10 else bool(ones)  # on and sekiz: Turkish says ten eight
