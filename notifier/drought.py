"""When is the owner told that no article comes any more, from no source at all?

A catch for what nothing else tells: lists are answered and nothing in them is new, or their pages
come and no text is found in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.health.model import HealthState, Trouble
from notifier.model import Notice, NoticeKind

TOLD_AFTER = timedelta(days=1)
_STEP = timedelta(hours=6)  # a machine that slept for a weekend listened no longer than this
_SLACK = 1.5  # a weekend in which these sources rest is no fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """What the looks of one hour came to, all sources together."""

    at: datetime  # its beginning
    good: int  # looks that brought a list
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drought:
    """Since when no article came, as `ops` was told."""

    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spell:
    since: datetime
    listened: timedelta = timedelta(0)


def drought_step(
    told: Drought | None, hours: Sequence[Hour], *, now: datetime
) -> tuple[Drought | None, Notice | None]:
    """How a drought goes on, and the notice that this owes.

    `hours`: of about a week, oldest first. Only time in which lists were answered counts: a
    machine that is off or cut off misses nothing that this would tell.
    """
    last, longest = _spells(hours)
    if told is not None:
        if any(hour.articles for hour in hours if hour.at >= told.since):
            return None, _notice(NoticeKind.ARTICLES_AGAIN, told.since, now)
        return told, None
    if last is None or last.listened < max(TOLD_AFTER, longest * _SLACK):
        return None, None
    return Drought(since=last.since), _notice(NoticeKind.NO_ARTICLES, last.since, now)


def _spells(hours: Sequence[Hour]) -> tuple[_Spell | None, timedelta]:
    """The spell without an article that lasts now, and how long one lasted before."""
    spell: _Spell | None = None
    longest, before = timedelta(0), None
    for hour in hours:
        if not (hour.good or hour.articles):
            continue
        since_last = min(hour.at - before, _STEP) if before else timedelta(0)
        before = hour.at
        if hour.articles:
            longest = max(longest, spell.listened if spell else timedelta(0))
            # It begins with the hour after: within this one we do not know what came last.
            spell = _Spell(since=hour.at + timedelta(hours=1), listened=-timedelta(hours=1))
        elif spell is None:
            spell = _Spell(since=hour.at)
        else:
            spell = _Spell(since=spell.since, listened=spell.listened + since_last)
    return spell, longest


def _notice(kind: NoticeKind, since: datetime, now: datetime) -> Notice:
    item = Trouble(source_id="", name="", state=HealthState.SILENT, since=since)
    return Notice(id=0, kind=kind, items=(item,), made_at=now)
