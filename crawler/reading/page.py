"""What stands around a token of a text?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.reading.lexicon import Lexicon
from crawler.reading.numbers import may_be_year
from crawler.reading.token import Token, is_near

SENTENCE_END = re.compile(r"[.!?؟。।]\s|\n\s*\n")
CLOSED = re.compile(r"\s*(?:[.,،؛।;:!?؟)\"'\]»]|$|\n)| - ")


@dataclass(slots=True, frozen=True)
class Page:
    """One text as its readers share it."""

    text: str  # folded
    tokens: list[Token]
    lexicon: Lexicon

    def adjective(self, at: int) -> tuple[str, ...]:
        """The countries that the token at `at` may name: Canadian, كويتي."""
        if not is_near(self.tokens, at) or self.tokens[at].word.currency:
            return ()
        return self.tokens[at].word.place

    def told_before(self, start: int, reach: int) -> str:
        """The letters before `start` in its sentence, at most `reach`."""
        return SENTENCE_END.split(self.text[max(0, start - reach) : start])[-1]

    def is_bounded(self, at: int) -> bool:
        return is_near(self.tokens, at) and self.tokens[at].word.bounds_after

    def is_percent(self, at: int) -> bool:
        """Whether what stands before the number at `at` makes it a share: yüzde 5, %5."""
        before, start = self.lexicon.percent_before, self.tokens[at].start
        return before is not None and bool(before.search(self.text[max(0, start - 8) : start]))

    def role_before(self, start: int, role: str) -> bool:
        """Whether a joint of `role` stands before token `start`, past bounds and fillers."""
        if self.tokens[start].word.lead == role:
            return True
        k = start
        while k > max(0, start - 3) and is_near(self.tokens, k):
            k -= 1
            word = self.tokens[k].word
            if role in word.joins:
                return True
            if not (word.bound or word.filler or self.tokens[k].is_dash):
                return False
        return False

    def is_closed(self, at: int) -> bool:
        """Whether no noun follows token `at`: a stop, a preposition, an "and" glued to a word."""
        end = self.tokens[at - 1].end
        if self.tokens[at - 1].case not in (None, "like"):
            if not self.is_bounded(at):
                return True
            end = self.tokens[at].end  # 17 bini geçti.
        if CLOSED.match(self.text[end : end + 4]):
            return True
        if is_near(self.tokens, at) and (self.closes(at) or self.tokens[at].word.not_money):
            return not self.tokens[at].word.not_money  # ألف وظيفة
        clitics = self.lexicon.closing_clitics
        return self.text.startswith(" ", end) and self.text.startswith(clitics, end + 1)

    def closes(self, at: int) -> bool:
        """Whether the token at `at` begins another phrase: in, for, of 2023."""
        word = self.tokens[at].word
        if word.carry_after:
            return True
        year = self.tokens[at + 1].digits if is_near(self.tokens, at + 1) else None
        return word.filler and year is not None and may_be_year(year)
