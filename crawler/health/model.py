"""How is a Source doing, and what is remembered of it to say so?

One `Health` stands beside each Source's validators and is written in the transaction of the look.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from crawler.health.habit import Habit

# What a failure weighs. Hard: the answer is clear and will be the same next time. Soft: it may be
# an accident. Passing: networks do that every day. A source is bad from BAD_FROM on.
HARD, SOFT, PASSING = 1.0, 0.5, 0.25
BAD_FROM = 2.0


class HealthState(StrEnum):
    """How a Source is doing, in plain words."""

    FINE = "fine"
    QUIET = "quiet"  # longer without news than usual, still plausible
    RESTING = "resting"  # the host asked us to wait
    SILENT = "silent"  # it answers, and without news for longer than its own rhythm explains
    BLOCKED = "blocked"  # it does not let us in, or not often enough
    EMPTY = "empty"  # a list without lines, where there were some
    BROKEN_LAYOUT = "broken layout"  # it answers, but not in the shape in which we read it
    GONE = "gone"  # 404, 410, or another site stands in its place
    UNREACHABLE = "unreachable"  # no DNS, no TLS, time-outs, errors of the server

    @property
    def is_bad(self) -> bool:
        """Whether people are told: news may be missed."""
        return self not in _WELL


_WELL = frozenset({HealthState.FINE, HealthState.QUIET, HealthState.RESTING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """How one Source stands, as people are told of it."""

    source_id: str
    name: str
    state: HealthState
    since: datetime  # of the state
    text: str | None = None  # why, in English


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What was wrong with one answer."""

    state: HealthState  # that it leads to
    weight: float  # HARD, SOFT or PASSING
    text: str  # one English sentence or phrase
    until: datetime | None = None  # the host asked us to wait
    canary: bool = False  # in a list that was fetched and read well


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Failures of one kind of answer (lists, or pages), and whether they are too many."""

    score: float = 0.0
    fails: int = 0  # in a row
    since: datetime | None = None  # of the first of them
    good: int = 0  # in a row, while it is bad
    relapses: int = 0  # good answers after which it failed again, while it is bad
    fault: Fault | None = None  # the last one; None after a good answer of a healthy track
    bad: HealthState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """What this Source's answers usually look like; canaries compare with it."""

    lists: int = 0  # full lists that were well
    lines: int = 0  # in the last good list
    dated: float = 0.0  # share of lines with a date
    titled: float = 0.0
    skewed: float = 0.0  # share of new lines dated long before they appeared, or ahead of us
    skewed_run: int = 0  # such lines one after the other
    cut: float = 0.0  # share of lists that end in the middle
    host: str | None = None  # that answers
    link_host: str | None = None  # to which the lines lead; None: to several
    titles: tuple[int, ...] = ()  # of the last list, hashed: repeats under new addresses
    seen_at: datetime | None = None  # of the last list, also of one that was unchanged
    pages: int = 0  # read well
    length: float = 0.0  # mean of ln(characters of a body)
    spread: float = 0.0  # its variance
    odd: float = 0.05  # share of pages in which something is missing in good days


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """All that is remembered of one Source's answers."""

    url: str = ""  # as declared; another one begins anew
    state: HealthState = HealthState.FINE
    since: datetime | None = None  # of the state
    text: str | None = None  # why, in one sentence
    still_at: datetime | None = None  # when it was found quiet or silent last
    told: HealthState | None = None  # the bad state that `ops` was told of
    lists: Track = field(default_factory=Track)
    pages: Track = field(default_factory=Track)
    habit: Habit = field(default_factory=Habit)
    normal: Normal = field(default_factory=Normal)
    delays: tuple[int, ...] = ()  # seconds from publication to our look, of the last stories
    plain: bool = False  # its validators lie: ask without them
