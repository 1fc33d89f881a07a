"""In which words do people read it? One table a language.

English and Arabic stand in notifier/wording; every other language is one file, wording/xx.yaml
(notifier/tongue.py). Whoever writes a message is handed its words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import import_module

from crawler.health.model import HealthState
from crawler.model import Figure, Reason, Role, Side, Stage
from crawler.text.safe import harmless_line

RIGHT_TO_LEFT_MARK = "\u200f"
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"

Facts = tuple[str, ...]  # of a Reason
Forms = tuple[str, ...]  # for one, for two (and more), for three and more


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language of messages. One more language is one more wording/xx.yaml."""

    language: str  # ISO 639-1
    right_to_left: bool
    kinds: Mapping[Role, str]
    stages: Mapping[Stage, str]
    sides: Mapping[Side, Forms]
    sides_of_kind: Mapping[tuple[Role, Side], Forms]  # where the kind has a better word
    states: Mapping[HealthState, str]  # of a source
    languages: Mapping[str, str]  # names of ISO 639-1 codes
    labels: Mapping[str, str]  # fixed phrases; with {} where something goes in
    reasons: Mapping[str, Callable[[Facts], str]]  # by Reason.code
    figure: Callable[[Figure], str]  # "$60–65bn"
    converted: Callable[[Decimal | None, Decimal | None, str], str]  # low, high, currency
    rate: Callable[[str, str, Decimal, date | None, str], str]  # one, other, how many, on, kind
    percent: Callable[[Decimal], str]  # of a signed share
    day: Callable[[date], str]
    moment: Callable[[datetime, bool, str], str]  # local time, day only, zone
    count: Callable[[int], str]  # "3,120"
    sources: Callable[[int], str]  # "3 sources"
    join: Callable[[Sequence[str]], str]  # "A, B and C"

    def label(self, name: str, **parts: str) -> str:
        """The phrase `name` with its parts filled in."""
        return self.labels[name].format(**parts)

    def say(self, reason: Reason) -> str:
        """`reason` in this language; its English text where this language has no word for it."""
        template = self.reasons.get(reason.code)
        if template is None:
            return self.isolated(harmless_line(reason.text, 200))
        return template(reason.facts)

    def isolated(self, text: str) -> str:
        """`text` so that letters of the other direction cannot reorder the line around it."""
        return isolated(text, self.right_to_left)

    def line(self, text: str) -> str:
        """`text` as a line that runs in this language's direction whatever it begins with.

        Readers' programs take the direction from the first letter, so an Arabic line that
        opens with a Latin name would be turned round.
        """
        if not self.right_to_left:
            return text
        for letter in text:
            direction = unicodedata.bidirectional(letter)
            if direction in ("R", "AL"):
                return text
            if direction in ("L", "FSI"):
                break
        return RIGHT_TO_LEFT_MARK + text


def capital(text: str) -> str:
    """`text` as a line of its own begins.

    >>> capital("capital spending")
    'Capital spending'
    """
    return text[:1].upper() + text[1:]


def isolated(text: str, right_to_left: bool) -> str:
    """`text` as it stands in a line of that direction: letters of the other one are isolated."""
    other = {"L"} if right_to_left else {"R", "AL"}
    if any(unicodedata.bidirectional(letter) in other for letter in text):
        return f"{_ISOLATE}{text}{_END_OF_ISOLATE}"
    return text


@cache
def words_of(language: str) -> Words:
    """The words of a language that comes with Rasid: "en" or "ar"."""
    table: Words = import_module(f"notifier.wording.{language}").WORDS
    return table


def reason(code: str, *facts: object) -> Reason:
    """A Reason whose English sentence is made of its facts, so that any language can say it."""
    told = tuple(str(fact) for fact in facts)
    return Reason(code=code, text=words_of("en").reasons[code](told), facts=told)
