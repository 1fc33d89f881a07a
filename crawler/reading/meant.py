"""Which currency does a dollar, a pound or a cent mean at its place in a text?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from crawler.reading.currency import CURRENCY_OF, FAMILIES, FIRM, HUGE, MINOR, UNITS, candidates
from crawler.reading.lexicon import Lexicon
from crawler.reading.sums import Sum
from crawler.reading.token import Token
from crawler.text.fold import Folded
from crawler.text.sentences import split_sentences

_DOLLARS = ("dollar", "dollar_sign")
_SOUTHERN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d\d?")
_RESTATED = 3  # tokens from a sum to its worth in another money
_OPENING = 50  # letters
_PLACE_REACH = 40  # places looked at on each side of a sum


class Currencies:
    """Which currency an ambiguous word means at one place of a text."""

    def __init__(
        self, folded: Folded, tokens: list[Token], lexicon: Lexicon, country: str | None
    ) -> None:
        self.folded = folded
        self.tokens = tokens
        self.lexicon = lexicon
        self.home = CURRENCY_OF.get(country or _home_of(folded.text, lexicon))
        self.told: dict[str, str] = {}  # family -> what the text said of it before
        self._sentences: Sequence[tuple[int, int]] | None = None
        self._anywhere: dict[str, str | None] = {}
        self._places: list[tuple[int, tuple[str, ...]]] | None = None
        self.last: tuple[int, str] = (-1, "")  # where money was named last, and which
        self.last_end = -1  # the token behind it

    def resolve(self, found: Sum) -> tuple[str, bool]:
        """ISO code of the next sum, and whether it had to be assumed."""
        currency, assumed = self.currency(found)
        start, _ = self.folded.span(self.tokens[found.start].start, self.tokens[found.end - 1].end)
        self.last, self.last_end = (start, currency), found.end
        return currency, assumed

    def currency(self, found: Sum) -> tuple[str, bool]:
        """What its own words say, else what the text said before, else a place, else a habit."""
        name = found.currency or ""
        if found.elided and found.lender is None and self.home is not None:
            return self.home, True  # nobody names it: it is that of the press
        if name in UNITS:
            return UNITS[name][0], False
        choices = candidates(name)
        if found.minor and (name in MINOR or name not in FAMILIES):
            return self.minor_currency(found, name)
        if name not in FAMILIES:
            return name, False
        said = next((CURRENCY_OF[c] for c in found.country if CURRENCY_OF[c] in choices), None)
        if said is not None:
            self.tell(name, said)
            return said, False
        if name in self.told and not self.is_restated(found, self.told[name]):
            return self.told[name], name not in FIRM
        is_pesos = name == "dollar_sign" and self.is_peso_page()
        if is_pesos:
            choices = (*choices[:1], *FAMILIES["peso"])
        near = None if name in FIRM and not is_pesos else self.place_near(found, choices)
        if near is not None:
            return near, True
        if self.home in choices:
            assert self.home is not None
            return self.home, self.home != choices[0] or name not in _DOLLARS
        if (name not in FIRM or is_pesos) and (anywhere := self.place_anywhere(name, choices)):
            return anywhere, True
        default = self.lexicon.defaults.get(name, choices[0])
        limit, larger = HUGE.get(default, (None, default))
        default = (
            larger if limit is not None and (found.high or found.low or 0) > limit else default
        )
        # A bare $ of no dollar country is the US dollar in all news; anything else is a guess.
        return default, len(choices) > 1 and name not in _DOLLARS

    def is_restated(self, found: Sum, told: str) -> bool:
        """Whether `found` says the sum before it in another money: A$24bn, or $16bn."""
        if self.last[1] != told or not 0 <= found.start - self.last_end <= _RESTATED:
            return False
        between = self.tokens[self.last_end : found.start]
        if any("or" in token.word.joins for token in between):
            return True
        left, right = self.tokens[self.last_end - 1].end, self.tokens[found.start].start
        return "(" in self.folded.text[left:right]

    def is_peso_page(self) -> bool:
        """Whether a bare $ is printed in the South's manner: $ 56.100, not the $56,100 of Miami."""
        if self.home or not self.lexicon.sign_by_place:
            return False
        return any(_SOUTHERN.fullmatch(token.text) for token in self.tokens if token.digits)

    def tell(self, name: str, said: str) -> None:
        """Keep what the text said of a currency; a dollar said in words also names the $."""
        for each in _DOLLARS if name in _DOLLARS and said in FAMILIES["dollar"] else (name,):
            self.told[each] = said

    def minor_currency(self, found: Sum, name: str) -> tuple[str, bool]:
        """Fils, piastres and cents belong to the money of the place or of the source."""
        choices = MINOR.get(name) or next((c for c in FAMILIES.values() if name in c), (name,))
        at, said = self.last
        left, _ = self.sentence_at(self.folded.offsets[self.tokens[found.start].start])
        if said in choices and at >= left:
            return said, False
        near = self.place_near(found, choices) if name != "USD" else None
        if near is not None:
            return near, True
        if self.home in choices:
            assert self.home is not None
            return self.home, True
        anywhere = self.place_anywhere(f"minor {name}", choices) if name != "USD" else None
        return anywhere or (choices[0] if name in FAMILIES else name), len(choices) > 1

    def place_near(self, found: Sum, choices: tuple[str, ...]) -> str | None:
        """The money of the nearest place in the sentence, those before the sum first."""
        first = found.start if found.lender is None else found.lender
        at = self.folded.offsets[self.tokens[first].start]
        left, right = self.sentence_at(at)
        places = self.places()
        k = bisect_right(places, (at, ()))
        before = reversed(places[max(0, k - _PLACE_REACH) : k])
        for start, codes in [*before, *places[k : k + _PLACE_REACH]]:
            if left <= start < right and (code := _first_of(codes, choices)):
                return code
        return None

    def place_anywhere(self, name: str, choices: tuple[str, ...]) -> str | None:
        if name not in self._anywhere:
            found = (_first_of(codes, choices) for _, codes in self.places())
            self._anywhere[name] = next((code for code in found if code), None)
        return self._anywhere[name]

    def places(self) -> list[tuple[int, tuple[str, ...]]]:
        """Where the text names a place, in the original, and the money of that place."""
        if self._places is None:
            self._places = [
                (self.folded.offsets[token.start], tuple(CURRENCY_OF[c] for c in token.word.place))
                for token in self.tokens
                if token.word.place
            ]
        return self._places

    def sentence_at(self, at: int) -> tuple[int, int]:
        if self._sentences is None:
            self._sentences = split_sentences(self.folded.original)
        k = bisect_right(self._sentences, (at, len(self.folded.original))) - 1
        return self._sentences[k] if k >= 0 else (0, len(self.folded.original))


def _first_of(codes: tuple[str, ...], choices: tuple[str, ...]) -> str | None:
    return next((code for code in codes if code in choices), None)


def _home_of(text: str, lexicon: Lexicon) -> str:
    """The country of whose press a text is, by its own words: traditional letters, 香港.

    Its beginning says it before the rest does: below an article stand others.
    """
    letters = _OPENING
    while lexicon.homes:
        opening = text[:letters]
        for country, words in lexicon.homes:
            if all(_holds(opening, word) for word in words):
                return country
        if letters >= len(text):
            break
        letters *= 2
    return ""


def _holds(text: str, word: str) -> bool:
    """Whether `text` has `word`: any Latin one as a word, so that no "indec" is in indecent."""
    if word not in text or not word.isascii():
        return word in text
    end = r"(?![a-z])" if word[-1].isalpha() else ""
    return re.search(rf"(?<![a-z]){re.escape(word)}{end}", text) is not None
