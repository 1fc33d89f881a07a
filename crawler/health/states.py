"""Which state is a Source in after one more answer?

Two tracks, each with a score: lists and pages. A failure adds its weight, a good answer halves
the score. A track is bad from 2.0 on (two clear refusals, four accidents, eight time-outs), or
sooner when it has failed for as long as the Source usually takes to publish: then news is missed
already. It is well again after three good lists or two good pages, and after more of them the
more often it fell back: a flapping server is told of once. Silence needs no failure, only the
Source's own rhythm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.health.canary import Sight, find_fault, follow, follow_body, is_stub
from crawler.health.habit import (
    Habit,
    expected_gap,
    learn,
    longest_plausible_h,
    longest_quiet_h,
    own_hours,
)
from crawler.health.model import BAD_FROM, SOFT, Fault, Health, HealthState, Track

_MOST_SCORE = 4.0
_FADE = 0.5
_GOOD_LISTS, _GOOD_PAGES = 3, 2  # good answers in a row
_MORE_A_RELAPSE = 3
_MOST_RELAPSES = 6
_LEAST_FAILS = 4  # before the Source's own rhythm makes it bad
_PATIENCE = (timedelta(hours=2), timedelta(hours=24))
_SLOW_ODD, _USUAL_ODD = 0.01, 0.08
_DELAYS = 21  # that are kept for their median


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """What the first try at one page came to: a fault, or a body of so many characters."""

    fault: Fault | None = None
    length: int = 0


def begin(health: Health | None, url: str) -> Health:
    """`health` if it is of this address; else one that knows nothing."""
    if health is None:
        return Health(url=url)
    if health.url != url:  # what is normal there has to be learned anew, what was told has not
        return Health(url=url, told=health.told)
    return health


def after_failure(health: Health, fault: Fault, *, now: datetime) -> Health:
    """`health` after a look that brought no list."""
    track = _failed(health.lists, fault, now, patience_of(health.habit))
    return settle(replace(health, lists=track), now=now)


def after_list(health: Health, sight: Sight, *, now: datetime, asked_plainly: bool) -> Health:
    """`health` after a list that was read well: its canaries, its signs of life.

    `asked_plainly`: without validators. News in such a list, after answers that claimed there
    was none for longer than usual, says that the validators lie.
    """
    fault = find_fault(sight, follow(health.normal, sight, well=False, now=now))
    normal = follow(health.normal, sight, well=fault is None, now=now)
    # What a lying 304 or a stale list hid from us is late by no fault of its dates.
    was_still = health.state in (HealthState.QUIET, HealthState.SILENT)
    lied = asked_plainly and bool(sight.signs) and health.state is HealthState.QUIET
    habit = health.habit
    for at, hour_known in sight.signs:
        habit = learn(habit, at, hour_known=hour_known)
    track = _answered(health.lists, fault, now, health.habit)
    if lied or was_still:
        normal = replace(normal, skewed_run=0)
    health = replace(
        health,
        normal=normal,
        habit=habit,
        lists=track,
        plain=health.plain or lied,
        delays=(*health.delays, *sight.delays)[-_DELAYS:],
    )
    return settle(health, now=now)


def after_unchanged(health: Health, *, now: datetime) -> Health:
    """`health` after "nothing new": what the last list showed still stands."""
    fault = health.lists.fault
    stands = fault if fault is not None and fault.canary and not health.lists.good else None
    track = _answered(health.lists, stands, now, health.habit)
    normal = replace(health.normal, seen_at=now)
    return settle(replace(health, lists=track, normal=normal), now=now)


def after_pages(health: Health, pages: Sequence[PageSeen], *, now: datetime) -> Health:
    """`health` after the pages of one look that were tried for the first time."""
    for page in pages:
        health = _after_page(health, page, now)
    return settle(health, now=now)


def settle(health: Health, *, now: datetime) -> Health:
    """`health` with the state that follows from its tracks and its silence."""
    state, text = _judge(health, now)
    since = health.since if state is health.state and health.since else now
    still_at = now if state in (HealthState.QUIET, HealthState.SILENT) else health.still_at
    return replace(health, state=state, text=text, since=since, still_at=still_at)


def is_doubtful(health: Health) -> bool:
    """Whether the next look should ask without validators: 304 may be why it is quiet."""
    return health.plain or health.state in (HealthState.QUIET, HealthState.SILENT)


def patience_of(habit: Habit) -> timedelta:
    """How long a Source may fail before news is missed."""
    gap = expected_gap(habit) or _PATIENCE[1]
    return min(max(gap, _PATIENCE[0]), _PATIENCE[1])


def _judge(health: Health, now: datetime) -> tuple[HealthState, str | None]:
    for track in (health.lists, health.pages):
        if track.bad is not None:
            return track.bad, track.fault.text if track.fault else health.text
    fault = health.lists.fault
    if fault is not None and fault.until is not None and health.lists.fails:
        return HealthState.RESTING, fault.text
    habit = health.habit
    quiet, silent = longest_quiet_h(habit), longest_plausible_h(habit)
    if quiet is None or silent is None or habit.at is None:
        return HealthState.FINE, None
    told = own_hours(habit, habit.at, now)
    if told <= min(quiet, silent):
        return HealthState.FINE, None
    text = f"nothing new since {habit.at:%Y-%m-%d %H:%M} UTC"
    return (HealthState.SILENT if told > silent else HealthState.QUIET), text


def _answered(
    track: Track, fault: Fault | None, now: datetime, habit: Habit, again: int = _GOOD_LISTS
) -> Track:
    return _failed(track, fault, now, patience_of(habit)) if fault else _did_well(track, again)


def _failed(track: Track, fault: Fault, now: datetime, patience: timedelta) -> Track:
    since = track.since if track.fails and track.since else now
    track = replace(
        track,
        score=min(track.score + fault.weight, _MOST_SCORE),
        fails=track.fails + 1,
        since=since,
        relapses=min(track.relapses + bool(track.bad and track.good), _MOST_RELAPSES),
        good=0,
        fault=fault,
    )
    is_late = track.fails >= _LEAST_FAILS and now - since >= patience
    if track.bad or track.score >= BAD_FROM or is_late:
        track = replace(track, bad=_worst(track.bad, fault))
    return track


def _did_well(track: Track, again: int) -> Track:
    track = replace(track, score=round(track.score * _FADE, 3), fails=0, since=None)
    if track.bad is None:
        return replace(track, fault=None)
    track = replace(track, good=track.good + 1)
    needed = again + _MORE_A_RELAPSE * track.relapses
    return Track() if track.good >= needed else track


def _worst(bad: HealthState | None, fault: Fault) -> HealthState:
    """A time-out now and then does not change what a source is known to suffer from."""
    return fault.state if bad is None or fault.weight >= SOFT else bad


def _after_page(health: Health, page: PageSeen, now: datetime) -> Health:
    fault, normal = page.fault, health.normal
    if fault is None and is_stub(normal, page.length):
        text = "its pages give only the beginning of a text"
        fault = Fault(state=HealthState.BROKEN_LAYOUT, weight=SOFT, text=text)
    elif fault is None:
        normal = follow_body(normal, page.length)
    if fault is not None:  # where odd pages are daily bread, one says less
        weight = fault.weight * max(0.1, 1 - 3 * max(0.0, normal.odd - _USUAL_ODD))
        fault = replace(fault, weight=round(weight, 3))
    if health.pages.bad is None:
        seen = 1.0 if fault else 0.0
        normal = replace(normal, odd=round(normal.odd + (seen - normal.odd) * _SLOW_ODD, 4))
    track = _answered(health.pages, fault, now, health.habit, _GOOD_PAGES)
    return replace(health, normal=normal, pages=track)
