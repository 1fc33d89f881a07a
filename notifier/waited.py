"""What does a message say of its own waiting?"""

from __future__ import annotations

from crawler.text.safe import harmless_line
from notifier.headline import kind_and_period
from notifier.naming import names_by_side
from notifier.telling import Telling

# Some minutes in which more was gathered are not worth a line.
_UNTOLD = {"held_group"}


def held_said(it: Telling) -> str:
    """Since when it waited, on the reader's clock, and what for; empty if it did not."""
    if it.held is None or it.held_since is None or it.held.code in _UNTOLD:
        return ""
    words = it.words
    when = words.moment(it.local(it.held_since), False, it.target.zone)
    return f"{when}{words.label('comma')}{words.say(it.held)}"


def parts_said(it: Telling) -> str:
    """The named parts that have no message of their own, each with its figure."""
    words = it.words
    told = []
    for part in it.parts:
        sides = names_by_side(part.parties, part.kind, it.companies, words)
        names = words.label("comma").join(name for side in sides.values() for name in side)
        place = words.isolated(harmless_line(part.place, 60).title()) if part.place else ""
        figure = words.figure(part.figure) if part.figure else words.label("no_amount")
        what = place or names or kind_and_period(part, words, None)
        told.append(f"{figure} ({what})")
    return words.label("semicolon").join(told)
