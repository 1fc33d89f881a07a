"""In which words do people read it? Those of wording/xx.yaml; what it leaves out, in English.

Whoever writes a message is handed its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from config.load import load_wordings
from config.phrases import ENGLISH, Forms, Wording, fill
from crawler.health.model import HealthState
from crawler.model import Figure, Reason, Role, Side, Stage
from crawler.text.safe import harmless_line
from notifier.direction import without_isolates
from notifier.money import rounded_for_conversion
from notifier.tongue import Tongue

_FACT = re.compile(r"\{([0-9])(?::(\w+))?(?:\|([^{}]*))?\}")
_FACT_LIMIT = 400

Facts = tuple[str, ...]  # of a Reason


@dataclass(frozen=True, slots=True)
class Words(Tongue):
    """One language of messages."""

    english: Words | None  # for what it leaves out; None: it is English
    kinds: Mapping[Role, str]
    stages: Mapping[Stage, str]
    states: Mapping[HealthState, str]  # of a source
    languages: Mapping[str, str]  # names of ISO 639-1 codes
    changes: Mapping[str, str]  # of a deal
    by_rate: Mapping[str, str]
    labels: Mapping[str, Forms]  # fixed phrases; with {} where something goes in
    sides: Mapping[str, Forms]
    sides_of_kind: Mapping[str, Mapping[str, Forms]]  # where the kind has a better word

    @property
    def language(self) -> str:
        return self.wording.language

    def label(self, name: str, **parts: str | int) -> str:
        """The phrase `name` with its parts filled in, in its form for `count`."""
        forms, count = self.labels[name], parts.get("count")
        form = self.form(forms, count) if isinstance(count, int) else forms["other"]
        said = {
            part: self.count(value) if isinstance(value, int) else value
            for part, value in parts.items()
        }
        return fill(form, said)

    def side(self, side: Side, kind: Role, count: int) -> str:
        """What `count` parties on this side of such a deal are called."""
        return self.form(self.sides_of_kind.get(kind, {}).get(side) or self.sides[side], count)

    def join(self, names: Sequence[str]) -> str:
        """A, B and C"""
        comma = self.label("comma")
        if len(names) < 2:
            return comma.join(names)
        return f"{comma.join(names[:-1])}{self.wording.last}{names[-1]}"

    def say(self, reason: Reason) -> str:
        """`reason` in this language; in English where this language has no word for it."""
        phrase = self.wording.reasons.get(reason.code)
        if phrase is not None:
            return self.filled(phrase, reason.facts)
        said = self.english.say(reason) if self.english else reason.text
        # Without isolates of its own: it is one, as a whole.
        return self.isolated(harmless_line(said, _FACT_LIMIT))

    def filled(self, phrase: str, facts: Facts) -> str:
        """`phrase` with the facts of a reason in the places of {0}, {1:kind} …"""

        def put(field: re.Match[str]) -> str:
            number, verb = int(field[1]), field[2] or ""
            given = facts[number : number + (3 if verb == "figure" else 1)]
            return self._fact(given, facts, verb) if any(given) else field[3] or ""

        return _FACT.sub(put, phrase)

    def _fact(self, given: Facts, facts: Facts, verb: str) -> str:
        fact = given[0]
        match verb:
            case "kind":
                return self.kinds.get(Role(fact), fact)
            case "stage":
                return self.stages[Stage(fact)]
            case "language":
                return self.languages.get(fact) or self.isolated(fact)
            case "change":
                return self.changes.get(fact, fact)
            case "by_rate":
                return self.by_rate.get(fact, "")
            case "alert":
                return fill(self.wording.alert, {"number": fact})
            case "hours":
                return self.hours(int(fact))
            case "sources":
                return self.sources(int(fact))
            case "":
                return self.isolated(harmless_line(fact, _FACT_LIMIT))
        return self._sum(given, facts, verb)

    def _sum(self, given: Facts, facts: Facts, verb: str) -> str:
        fact = given[0]
        if verb in ("money", "money_after"):
            return self.money(_as_known(fact, facts), facts[2], after=verb == "money_after")
        if verb == "figure":
            low, high, currency = given
            return self.bounded(_amount(low), _amount(high), currency or None, after=False)
        if verb == "currency":
            return self.currency(fact)
        phrases = {"moved_by": self.wording.moved_by, "limit": self.wording.limit}
        return fill(phrases.get(verb, "{share}"), {"share": self.share(Decimal(fact))})


def _as_known(fact: str, facts: Facts) -> Decimal:
    """An amount of `facts` (told, asked for, currency, rate): a converted one with three digits.

    All of them where fewer would pass what was asked for.
    """
    amount, asked = Decimal(fact), Decimal(facts[1])
    if not any(facts[3:4]):
        return amount
    rounded = rounded_for_conversion(amount)
    return rounded if (rounded < asked) == (amount < asked) else amount


def capital(text: str) -> str:
    """`text` as a line of its own begins.

    >>> capital("capital spending")
    'Capital spending'
    """
    return text[:1].upper() + text[1:]


def words_in(language: str, wordings: Iterable[Wording]) -> Words:
    """The words of `language`, which is one of `wordings`; so is English."""
    known = {wording.language: wording for wording in wordings}
    english = _words(known[ENGLISH], None)
    return english if language == ENGLISH else _words(known[language], english)


def _words(own: Wording, english: Words | None) -> Words:
    below = english.wording if english else own
    return Words(
        wording=own,
        english=english,
        kinds={Role(name): said for name, said in {**below.kinds, **own.kinds}.items()},
        stages={Stage(name): said for name, said in {**below.stages, **own.stages}.items()},
        states={HealthState(name): said for name, said in {**below.states, **own.states}.items()},
        languages={**below.languages, **own.languages},
        changes={**below.changes, **own.changes},
        by_rate={**below.by_rate, **own.by_rate},
        labels={**below.labels, **own.labels},
        sides={**below.sides, **own.sides},
        # An English "buyer" between the names of another language would be none of its sides.
        sides_of_kind=own.sides_of_kind if own.sides else below.sides_of_kind,
    )


@cache
def words_of(language: str) -> Words:
    """The words of `language` as they come with Rasid, read from its file once."""
    return words_in(language, load_wordings(None, language))


def amount_words(figure: Figure, language: str) -> str:
    """`figure` as people of `language` write it: "$60–65bn", "من 60 إلى 65 مليار دولار"."""
    return words_of(language).figure(figure)


def reason(code: str, *facts: object) -> Reason:
    """A Reason with its English sentence, so that any language can say its facts.

    In the words that come with Rasid: what is on record does not change with an owner's.
    """
    return _reason(code, tuple(str(fact) for fact in facts))


@lru_cache(maxsize=10_000)  # few differ among the hundred thousands of a replay
def _reason(code: str, facts: Facts) -> Reason:
    english = words_of(ENGLISH)
    said = english.filled(english.wording.reasons[code], facts)
    return Reason(code=code, text=without_isolates(said), facts=facts)


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
