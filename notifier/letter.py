"""What does one message show as a mail? Its parts, which notifier/templates lays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notifier.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The sentence that proves it, in the language of its article."""

    text: str
    figure: str  # as it is printed in `text`; empty where no figure is
    said_by: str
    language: str | None  # ISO 639-1; None where nobody knows it
    right_to_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name that leads somewhere, and a word beside it."""

    name: str
    url: str | None
    note: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of many deals: how much, who, and in a smaller hand what else."""

    amount: str
    name: str
    url: str | None
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A key figure over the word that says of what."""

    figure: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One of several amounts, to be compared by length."""

    name: str
    amount: str
    percent: int  # of the longest bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A list with its heading, of which there may be several."""

    title: str = ""
    rows: Sequence[Row] = ()
    bars: Sequence[Bar] = ()
    lines: Sequence[str] = ()
    more: str = ""  # what is not listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The parts of one mail in its reader's language, none of them marked up.

    Strangers' text in them is harmless already (P9); what runs the other way than the letter
    stands between U+2068 and U+2069.
    """

    words: Words
    title: str
    badge: str
    tone: str  # news, moved, wrong or house
    when: str = ""
    amount: str = ""
    was: str = ""  # what was told before and is true no longer; shown struck out
    converted: str = ""
    headline: str = ""
    changed: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()  # label, what
    quote: Quote | None = None
    sources_title: str = ""
    sources: Sequence[Link] = ()
    more_sources: str = ""
    tiles: Sequence[Tile] = ()
    lines: Sequence[str] = ()  # of a notice, whole sentences
    sections: Sequence[Section] = ()  # of many deals
    why: Sequence[str] = ()
    links: Sequence[Link] = ()  # the first is the one that most readers want
    footer: Sequence[str] = ()
