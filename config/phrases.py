"""What may stand in wording/xx.yaml: how messages are said in a language.

One file a language, English and Arabic too. A phrase that a file leaves out is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from config.fields import Language
from config.layers import Entry
from config.mistakes import Mistake, did_you_mean
from config.yaml_marks import KeyPath

ENGLISH = "en"  # has every phrase: the others' are compared with it
VERBS = (
    "alert", "by_rate", "change", "currency", "figure", "hours", "kind", "language", "limit",
    "money", "money_after", "moved_by", "share", "sources", "stage",
)  # fmt: skip

Category = Literal["zero", "one", "two", "few", "many", "other"]  # of CLDR's plural rules
Scale = Literal["million", "billion", "trillion"]


def _has_other(forms: dict[Category, str]) -> dict[Category, str]:
    if "other" not in forms:
        raise ValueError("has no form for all other numbers: add `other:`")
    return forms


_MAP_OF_FORMS = {
    "type": "object",
    "propertyNames": {"enum": [*get_args(Category)]},
    "additionalProperties": {"type": "string"},
}
Forms = Annotated[
    dict[Category, str],
    BeforeValidator(lambda written: {"other": written} if isinstance(written, str) else written),
    AfterValidator(_has_other),
    WithJsonSchema({"anyOf": [{"type": "string"}, _MAP_OF_FORMS]}),
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

    language: Language = Field(description="ISO 639-1, as the file is called")
    right_to_left: bool = Field(False, description="yes: as Arabic, Persian, Hebrew")
    decimal_sign: str = Field(description="between 14 and 3 in 14.3")
    thousands_sign: str = Field(description="between 1 and 000 in 1,000")
    scales: dict[Scale, Forms] = Field(description="{number} million, billion (10^9), trillion")
    scales_after: dict[Scale, dict[Category, str]] = Field(
        {}, description="{number} behind a word, as in over: the forms that differ"
    )
    amount: str = Field(description="{number} with its scale, and {currency}, in their order")
    signed: str = Field("", description="{number} and {currency} where that is a sign")
    signs: dict[str, str] = Field({}, description="of currencies, by ISO 4217 code")
    currencies: dict[str, str] = Field({}, description="names by ISO 4217 code")
    range: str = Field(description="two numbers of one scale: {low} {high}")
    range_after: str = Field("", description="the same behind a word: {low} {high}")
    between: str = Field(
        description="two whole amounts: {low} {high}; without their currency: "
        "{low_alone} {high_alone}"
    )
    between_after: str = Field(
        "", description="the same behind a word: {low} {high} {low_alone} {high_alone}"
    )
    over: str = Field(description="more than {amount}")
    up_to: str = Field(description="no more than {amount}")
    about: str = Field(description="about {amount}")
    converted: str = Field(description="{amount} in the reader's currency")
    converted_open: str = Field("", description="the same where {amount} says over or up to")
    no_currency: str = Field(description="behind {amount} that names no currency")
    rate: str = Field(description="so many {count} {other} for a {one}, by {kind}")
    rates: dict[str, str] = Field(description="peg, ecb and approximate, with {day}")
    by_rate: dict[str, str] = Field({}, description="the same behind an amount")
    percent: str = Field(description="{number} per cent")
    rise: str = Field(description="a rise by {share}")
    fall: str = Field(description="a fall by {share}")
    months: Annotated[tuple[str, ...], AfterValidator(_twelve)] = Field(description="all twelve")
    day: str = Field(description="{day} {month} {year}")
    unknown_day: str = Field(description="of a rate whose day is not known")
    moment: str = Field(description="{day} {time} {zone}")
    zone: str = Field(description="{place}, of a clock")
    places: dict[str, str] = Field({}, description="where clocks are, by the end of the IANA zone")
    sources: Forms = Field(description="{count} source, {count} sources")
    hours: Forms = Field(description="{count} hour, {count} hours")
    days: Forms = Field(description="{count} day, {count} days")
    under_an_hour: str = Field(description="less than an hour")
    moved_by: str = Field(description="behind two figures: by how much, {share}")
    limit: str = Field(description="behind that: the rule's limit, {share}")
    alert: str = Field("{number}", description="{number} of a message, in a reason")
    last: str = Field(description="between the last two names: ' and '")
    kinds: dict[str, str] = Field({}, description="of a deal")
    stages: dict[str, str] = Field({}, description="of a deal")
    sides: dict[str, Forms] = Field({}, description="investor, recipient, other")
    sides_of_kind: dict[str, dict[str, Forms]] = Field({}, description="by kind, then side")
    states: dict[str, str] = Field({}, description="of a source")
    languages: dict[str, str] = Field({}, description="names by ISO 639-1 code")
    changes: dict[str, str] = Field({}, description="of a deal, as a reason says them")
    labels: dict[str, Forms] = Field({}, description="fixed phrases")
    reasons: dict[str, str] = Field(
        {}, description="why a rule told: {0} is the first fact, {0:kind} said as a kind"
    )


# What a file may leave out, to be said in English; the rest is how to write numbers and days.
_BORROWED = (
    "by_rate", "kinds", "stages", "sides", "states", "languages", "changes", "labels", "reasons",
)  # fmt: skip


def left_out(wording: Wording, english: Wording) -> list[str]:
    """What `wording` says in English, by its path: "labels.who"."""
    return [
        f"{name}.{key}"
        for name in _BORROWED
        for key in getattr(english, name)
        if key not in getattr(wording, name)
    ]


def counting(wording: Wording) -> dict[str, dict[Category, str]]:
    """What is said of a number, by its path."""
    times = {name: getattr(wording, name) for name in ("sources", "hours", "days")}
    scales = {f"scales.{name}": forms for name, forms in wording.scales.items()}
    return times | scales | {f"labels.{name}": forms for name, forms in wording.labels.items()}


def check_wording(wording: Wording, entry: Entry, english: Wording) -> Iterator[Mistake]:
    """Names that nobody asks for, and fields that nothing fills in."""
    for path, names in _fixed_names(wording, english):
        if path[-1] not in names:
            said = f"no such {path[0].removesuffix('s')}{did_you_mean(path[-1], names)}"
            yield entry.mistake(path, said, key=True)
    for name in type(wording).model_fields:
        for place, phrase in _phrases(getattr(wording, name), (name,)):
            # The one form of a phrase is written without a key of its own.
            at = place if entry.raw(place) is not None else place[:-1]
            yield from _touching(phrase, entry, at)
            if name == "reasons":
                yield from _odd_facts(phrase, entry, at)
            else:
                yield from _unfilled(phrase, _fields_at(place, english), entry, at)


def _fields_at(place: KeyPath, english: Wording) -> list[str]:
    """What is filled in there. The others' fields stand in their description, for writers."""
    if place[0] == "labels":
        forms = english.labels.get(str(place[1]), {})
        return [name for form in forms.values() for name in fields_of(form)]
    return fields_of(Wording.model_fields[str(place[0])].description or "")


def fields_of(phrase: str) -> list[str]:
    """What stands in braces in `phrase`."""
    return FIELD.findall(phrase)


def has_half_a_brace(phrase: str) -> bool:
    return bool(set("{}") & set(FIELD.sub("", phrase)))


def fill(phrase: str, parts: Mapping[str, str]) -> str:
    """`phrase` with its fields filled in, in one pass: what comes in is never filled in again."""
    if "{" not in phrase:  # so are half of the hundred phrases of a message
        return phrase
    return FIELD.sub(lambda field: parts.get(field[1], field[0]), phrase)


def _fixed_names(wording: Wording, english: Wording) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Every key of a map whose names are fixed, by its path; and the names."""
    for name in (*_BORROWED, "rates"):
        if name != "languages":
            names = list(getattr(english, name))
            yield from (((name, key), names) for key in getattr(wording, name))
    for kind, forms in wording.sides_of_kind.items():
        yield ("sides_of_kind", kind), list(english.kinds)
        yield from ((("sides_of_kind", kind, side), list(english.sides)) for side in forms)


def _phrases(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _phrases(inner, (*path, key))


def _odd_facts(phrase: str, entry: Entry, path: KeyPath) -> Iterator[Mistake]:
    for name in fields_of(phrase):
        verb = name.partition("|")[0].partition(":")[2]
        if not _FACT.fullmatch(name) or (verb and verb not in VERBS):
            choice = f"write {{0}}, or {{0:verb}} with one of {', '.join(VERBS)}"
            yield entry.mistake(path, f"nothing fills in {{{name}}}, {choice}")


def _unfilled(phrase: str, allowed: list[str], entry: Entry, path: KeyPath) -> Iterator[Mistake]:
    for name in fields_of(phrase):
        if name not in allowed:
            choice = ", ".join(dict.fromkeys(f"{{{one}}}" for one in allowed)) or "none"
            yield entry.mistake(path, f"nothing fills in {{{name}}}; the fields are: {choice}")


def _touching(phrase: str, entry: Entry, path: KeyPath) -> Iterator[Mistake]:
    if has_half_a_brace(phrase):
        yield entry.mistake(path, "has a brace without its other half: close it, or leave it out")
    if touching := _TOUCHING.search(phrase):
        said = f"a stranger's name behind {touching[0][0]} could be a mention or a link"
        yield entry.mistake(path, f"{said}: put a blank between")
