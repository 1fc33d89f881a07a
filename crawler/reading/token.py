"""What is a piece of text that can belong to an amount?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crawler.reading.word import Word

GLUED, SPACED, APART = 0, 1, 2
VULGAR = {
    letter: Decimal(value)
    for letter, value in {
        "½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅓": "0.333333", "⅔": "0.666667",
    }.items()
}  # fmt: skip


@dataclass(slots=True)
class Token:
    """A piece of folded text: a number, a known word, a currency mark or a dash."""

    start: int
    end: int
    near: int  # GLUED, SPACED or APART from the token before
    text: str
    word: Word
    digits: Decimal | None = None  # a number in digits
    grouped: Decimal | None = None  # the other reading of its one mark: 12.345
    case: str | None = None  # what its ending says: from, to, of, and, other

    @property
    def lead_and(self) -> bool:
        """A clitic said "and" before it: وخمسة, or و before digits."""
        return self.word.lead == "and"

    @property
    def is_dash(self) -> bool:
        return self.text in ("-", "~")

    @property
    def is_vulgar(self) -> bool:
        return self.text in VULGAR

    @property
    def may_count(self) -> bool:
        """Whether a number can begin here."""
        word = self.word
        return (
            self.digits is not None
            or word.number is not None
            or word.part is not None
            or word.dual is not None
            or word.shift is not None
            or (word.scale is not None and (word.bare or word.leads))
        )

    @property
    def fills_part(self) -> bool:
        """Whether it may stand between half and billion: of, a, a hyphen."""
        word = self.word
        return word.scale is None and (word.filler or self.is_dash or word.is_article)


def is_near(tokens: list[Token], at: int) -> bool:
    """Whether there is a token at `at` with nothing but a space before it."""
    return at < len(tokens) and tokens[at].near < APART


def is_plus(token: Token) -> bool:
    """Whether a token says "and more" right behind its number: 60+, 60-plus."""
    return is_plus_sign(token) or (token.near == GLUED and token.word.bound_after == "floor")


def is_plus_sign(token: Token) -> bool:
    """The same, said by the sign alone: 60+."""
    return token.near == GLUED and token.text == "+"
