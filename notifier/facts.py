"""What is known of a deal beside its amount, and what does a message that follows another say?"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Stage
from crawler.text.safe import harmless_line
from notifier.amounts import say_move
from notifier.headline import is_withdrawn, kind_and_period, kind_of, period_words
from notifier.model import AlertKind
from notifier.naming import names_by_side
from notifier.telling import Telling
from notifier.waited import held_said, parts_said
from notifier.words import Words

_NAMES_A_SIDE = 6


def facts_of(it: Telling) -> list[tuple[str, str, int]]:
    """What is known of the deal beside its amount: label, what, and how early it goes."""
    words = it.words
    actual = words.figure(it.deal.actual) if it.deal.actual else ""
    facts = [
        ("who", _who(it), 2),
        ("kind", words.kinds[kind_of(it.deal, it.whole)], 3),
        ("stage", _stage(it), 3),
        ("period", period_words(it.deal.period, words), 4),
        ("place", _place(it), 4),
        ("part_of", _whole(it), 4),
        ("folded", parts_said(it), 4),
        ("actual", actual, 4),
        ("held", held_said(it), 6),
    ]
    return [fact for fact in facts if fact[1]]


def what_changed(it: Telling) -> list[str]:
    """What a message that follows another one says of both; nothing in a first alert."""
    again = [it.words.label("again")] if it.copy > 1 else []
    return again + _what_follows(it)


def _what_follows(it: Telling) -> list[str]:
    if it.alert.kind is AlertKind.ALERT:
        return []
    words = it.words
    if is_withdrawn(it.alert):
        return [it.of_told("withdrawn")]
    if it.change.stage_after is Stage.DENIED:
        return [it.of_told("deny")]
    lines = [say_move(it)]
    day = {"day": words.day(it.local(it.told.made_at).date())} if it.told else {}
    lines.append(it.of_told("replaces", **day))
    return [line for line in lines if line]


def _stage(it: Telling) -> str:
    """The stage, and the one before where the message tells what changed."""
    words, change = it.words, it.change
    if is_withdrawn(it.alert):
        return ""
    now, before = words.stages[change.stage_after], change.stage_before
    if it.alert.kind is AlertKind.ALERT or before is None or before is change.stage_after:
        return now
    return words.label("now_was", now=now, was=words.stages[before])


def _who(it: Telling) -> str:
    words = it.words
    kind = kind_of(it.deal, it.whole)
    sides = names_by_side(it.deal.parties, kind, it.companies, words)
    said = []
    for side, names in sides.items():
        listed = _listed(names, _NAMES_A_SIDE, words)
        said.append(f"{listed} ({words.side(side, kind, len(names))})")
    return words.label("separator").join(said) or words.label("nobody")


def _listed(names: Sequence[str], shown: int, words: Words) -> str:
    if len(names) <= shown:
        return words.join(names)
    more = words.label("more", count=len(names) - shown)
    return words.label("comma").join(names[:shown]) + more


def _place(it: Telling) -> str:
    place = harmless_line(it.deal.place or "", 60)
    # Folded for comparing, so in small letters: readers know it with a capital.
    return it.words.isolated(place.title() if place.isascii() else place)


def _whole(it: Telling) -> str:
    """Which deal this one is a part of, so that nobody adds the two up."""
    if it.whole is None:
        return ""
    words = it.words
    sides = names_by_side(it.whole.parties, it.whole.kind, it.companies, words)
    names = [name for side in sides.values() for name in side][:2]
    figure = words.figure(it.whole.figure) if it.whole.figure else ""
    parts = [words.label("comma").join(names), kind_and_period(it.whole, words, None), figure]
    told = words.label("separator").join(part for part in parts if part)
    return f"{told} ({words.label('not_added')})"
