"""What may stand in wording/xx.yaml: how messages are said in one more language.

English and Arabic come as tables of their own (notifier/wording); every other language is one
file. A phrase that a file leaves out is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from config.fields import Language
from config.layers import Entry
from config.mistakes import Mistake, did_you_mean

BUILT_IN = ("ar", "en")
WHOLE_WORDING = "fr"  # a shipped file that has every phrase: the others' are compared with it
VERBS = (
    "by_rate", "change", "figure", "hours", "kind", "language", "limit", "money",
    "moved_by", "share", "sources", "stage",
)  # fmt: skip

Forms = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda written: [written] if isinstance(written, str) else written),
    Field(min_length=1, max_length=3),
]


def _twelve(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) != 12:
        raise ValueError(f"{len(names)} names of months: write all twelve, January first")
    return names


FIELD = re.compile(r"\{([^{}]*)\}")
_TOUCHING = re.compile(r"[@<&/\[\\|`~]\{")
_FACT = re.compile(r"[0-9](:\w+)?(\|.*)?")


class Wording(BaseModel):
    """One language of messages. Words in braces are filled in; nothing else is."""

    # Blanks at the ends stay: " · " stands between two names.
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    language: Language
    right_to_left: bool = Field(False, description="yes: as Arabic, Persian, Hebrew")
    decimal_sign: str = Field(description="between 14 and 3 in 14.3")
    thousands_sign: str = Field(description="between 1 and 000 in 1,000")
    scales: dict[str, Forms] = Field(description="million, billion (10^9), trillion: one, many")
    amount: str = Field(description="{number} {scale} {currency} in their order")
    range: str = Field(description="two numbers of one scale: {low} {high}")
    between: str = Field(description="two whole amounts: {low} {high}")
    over: str = Field(description="more than {amount}")
    up_to: str = Field(description="no more than {amount}")
    about: str = Field(description="about {amount}")
    converted: str = Field(description="{amount} in the reader's currency")
    no_currency: str = Field(description="behind {amount} that names no currency")
    currencies: dict[str, str] = Field({}, description="sign or name by ISO 4217 code")
    rate: str = Field(description="so many {count} {other} for a {one}, by {kind}")
    rates: dict[str, str] = Field(description="peg, ecb and approximate, with {day}")
    by_rate: dict[str, str] = Field({}, description="the same behind an amount")
    percent: str = Field(description="{number} per cent")
    rise: str = Field(description="a rise by {share}")
    fall: str = Field(description="a fall by {share}")
    months: Annotated[tuple[str, ...], AfterValidator(_twelve)]
    day: str = Field(description="{day} {month} {year}")
    moment: str = Field(description="{day} {time} {zone}")
    zone: str = Field(description="{place}, of a clock")
    places: dict[str, str] = Field({}, description="where clocks are, by the end of the IANA zone")
    sources: Forms = Field(description="{count} source, {count} sources")
    hours: Forms = Field(description="{count} hour, {count} hours")
    days: Forms = Field(description="{count} day, {count} days")
    under_an_hour: str
    moved_by: str = Field("", description="behind two figures: by how much, {share}")
    limit: str = Field("", description="behind that: the rule's limit, {share}")
    last: str = Field(description="between the last two names: ' and '")
    kinds: dict[str, str] = Field({}, description="of a deal")
    stages: dict[str, str] = Field({}, description="of a deal")
    sides: dict[str, Forms] = Field({}, description="investor, recipient, other: one, many")
    sides_of_kind: dict[str, dict[str, Forms]] = Field({}, description="by kind, then side")
    states: dict[str, str] = Field({}, description="of a source")
    languages: dict[str, str] = Field({}, description="names by ISO 639-1 code")
    changes: dict[str, str] = Field({}, description="of a deal, as a reason says them")
    labels: dict[str, str] = Field({}, description="fixed phrases")
    reasons: dict[str, str] = Field(
        {}, description="why a rule told: {0} is the first fact, {0:kind} said as a kind"
    )


def check_wording(wording: Wording, entry: Entry, known: Wording | None) -> Iterator[Mistake]:
    """Names and fields that nothing fills in. `known`: a complete wording to compare with."""
    if wording.language in BUILT_IN:
        said = f"{wording.language} comes with Rasid: give your file another language"
        yield entry.mistake(("language",), said)
    for code, phrase in wording.reasons.items():
        if known and code not in known.reasons:
            hint = did_you_mean(code, known.reasons)
            yield entry.mistake(("reasons", code), f"no such reason{hint}", key=True)
        yield from _odd_facts(phrase, entry, ("reasons", code))
    for name, phrase in wording.labels.items():
        if known and name not in known.labels:
            hint = did_you_mean(name, known.labels)
            yield entry.mistake(("labels", name), f"no such label{hint}", key=True)
        elif known:
            yield from _unfilled(phrase, fields_of(known.labels[name]), entry, ("labels", name))
    for path, key, names in _keys(wording, known) if known else ():
        if key not in names:
            yield entry.mistake((*path, key), f"no such name{did_you_mean(key, names)}", key=True)
    for name, field in type(wording).model_fields.items():
        # The fields of a phrase stand in its description, where its writer looks for them.
        written, allowed = getattr(wording, name), fields_of(field.description or "")
        if isinstance(written, str):
            yield from _unfilled(written, allowed, entry, (name,))


def fields_of(phrase: str) -> list[str]:
    """What stands in braces in `phrase`."""
    return FIELD.findall(phrase)


def without_fields(phrase: str) -> str:
    """`phrase` without what stands in braces."""
    return FIELD.sub("", phrase)


def fill(phrase: str, parts: Mapping[str, str]) -> str:
    """`phrase` with its fields filled in, in one pass: what comes in is never filled in again."""
    return FIELD.sub(lambda field: parts.get(field[1], field[0]), phrase)


def _keys(wording: Wording, known: Wording) -> Iterator[tuple[tuple[str, ...], str, list[str]]]:
    """Every key of a map whose names are fixed: where it stands, and the names."""
    kinds, sides = list(known.kinds), list(known.sides)
    named = {"kinds": kinds, "sides": sides, "sides_of_kind": kinds}
    named |= {"stages": list(known.stages), "states": list(known.states)}
    named |= {"scales": ["million", "billion", "trillion"], "rates": list(known.rates)}
    for name, names in named.items():
        yield from (((name,), key, names) for key in getattr(wording, name))
    for kind, forms in wording.sides_of_kind.items():
        yield from ((("sides_of_kind", kind), key, sides) for key in forms)


def _odd_facts(phrase: str, entry: Entry, path: tuple[str, ...]) -> Iterator[Mistake]:
    for name in fields_of(phrase):
        verb = name.partition("|")[0].partition(":")[2]
        if not _FACT.fullmatch(name) or (verb and verb not in VERBS):
            choice = f"write {{0}}, or {{0:verb}} with one of {', '.join(VERBS)}"
            yield entry.mistake(path, f"nothing fills in {{{name}}}, {choice}")


def _unfilled(
    phrase: str, allowed: list[str], entry: Entry, path: tuple[str, ...]
) -> Iterator[Mistake]:
    if set("{}") & set(without_fields(phrase)):
        yield entry.mistake(path, "has a brace without its other half: close it, or leave it out")
    if touching := _TOUCHING.search(phrase):
        said = f"a stranger's name behind {touching[0][0]} could be a mention or a link"
        yield entry.mistake(path, f"{said}: put a blank between")
    for name in fields_of(phrase):
        if name not in allowed:
            choice = ", ".join(f"{{{one}}}" for one in allowed) or "none"
            yield entry.mistake(path, f"nothing fills in {{{name}}}; the fields are: {choice}")
