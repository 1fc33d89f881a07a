"""Is an answer that looks good really what we came for?

A list can answer 200 and be blind: another site in its place, lines without dates or titles, all
links led elsewhere, the same stories under new addresses. Each is told by what was normal here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log, sqrt
from zlib import crc32

from config.plural import counted
from crawler.health.model import HARD, SOFT, Fault, HealthState, Normal
from crawler.model import Listing

_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.|m\.|amp\.)?(\[[^\]]*\]|[^/?#:]+)", re.I)
_MOST_TITLES = 100
_FEW_LINES = 3
_ENOUGH_LISTS = 2  # before shares of dates and titles are called normal
_SKEW = timedelta(hours=1)
_AHEAD = timedelta(minutes=20)
_LONG_REST = timedelta(hours=4)
_SKEWED_LINES = 5  # one after the other
_BACK = timedelta(hours=6)  # stories may be listed out of order by so much and be news
_SLOW = 0.1  # share by which the picture of the normal moves with each list
_STUB = 0.45  # of the usual length
_ENOUGH_PAGES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one full list showed."""

    lines: int
    dated: float  # shares of the lines
    titled: float
    new: int  # lines whose address we did not know
    known: int
    repeats: int  # of the new ones, with a title that the last list had
    signs: tuple[tuple[datetime, bool], ...]  # of life, oldest first; whether the hour is known
    newest: datetime | None
    delays: tuple[int, ...]  # seconds since publication, of new lines dated to the minute
    skewed: tuple[bool, ...]  # of each new dated line, oldest first
    host: str
    link_host: str | None
    hosts: frozenset[str]
    titles: tuple[int, ...]
    cut_off: bool


def see(
    lines: Sequence[Listing],
    known: Collection[str],
    *,
    url: str,
    cut_off: bool,
    normal: Normal,
    last_sign: datetime | None,
    now: datetime,
) -> Sight:
    """What the list at `url` (after redirects) showed; `known`: addresses seen here before."""
    hosts = Counter(host_of(line.url) for line in lines)
    top, count = hosts.most_common(1)[0] if hosts else ("", 0)
    new = [line for line in lines if line.url not in known]
    told = set(normal.titles)
    news = [line for line in new if not line.title or _mark(line.title) not in told]
    return Sight(
        lines=len(lines),
        dated=_share_of([line.published is not None for line in lines]),
        titled=_share_of([bool(line.title) for line in lines]),
        new=len(new),
        known=len(lines) - len(new),
        repeats=len(new) - len(news),
        signs=_signs(news, normal.seen_at, last_sign, now),
        newest=max((at for at in map(_instant, lines) if at and at <= now), default=None),
        delays=_delays(new, normal.seen_at, now),
        skewed=_skewed(new, normal.seen_at, now),
        host=host_of(url),
        link_host=top if count > 0.9 * len(lines) else None,
        hosts=frozenset(hosts),
        titles=tuple(_mark(line.title) for line in lines[:_MOST_TITLES] if line.title),
        cut_off=cut_off,
    )


def find_fault(sight: Sight, normal: Normal) -> Fault | None:
    """What is wrong with a list that was fetched and read well; None if it is as always."""
    if normal.host and normal.host != sight.host and _leads_away(sight, normal):
        away = f"the address leads to {sight.host} in place of {normal.host}, with other stories"
        return Fault(state=HealthState.GONE, weight=HARD, text=away, canary=True)
    if normal.link_host and _leads_away(sight, normal):
        hosts = _some(sight.hosts)
        return _broken(f"no story leads to {normal.link_host} any more, but to {hosts}")
    text: str | None = _misses(sight, normal)
    if text is None and sight.repeats > max(_FEW_LINES, 0.8 * sight.lines):
        text = "the list gives its old stories new addresses with every look"
    if text is None and _is_cut(sight, normal):
        lines = counted(sight.lines, "line")
        text = f"the list breaks off after {lines}; it used to have {normal.lines}"
    if text is None and normal.skewed_run >= _SKEWED_LINES and normal.skewed < 0.3:
        text = "the dates of new stories are hours away from when they appear: check `zone:`"
    return _broken(text) if text else None


def follow(normal: Normal, sight: Sight, *, well: bool, now: datetime) -> Normal:
    """`normal` after one more full list; what was not well teaches nothing but its dates."""
    run = normal.skewed_run
    for is_skewed in sight.skewed:
        run = run + 1 if is_skewed else 0
    normal = replace(normal, skewed_run=run, seen_at=now)
    if not well:
        return normal
    share = max(_SLOW, 1 / (normal.lists + 1))

    def moved(was: float, seen: float) -> float:
        return round(was + (seen - was) * share, 3)

    skewed = normal.skewed
    if sight.skewed and run < _SKEWED_LINES and normal.lists:
        skewed = moved(skewed, _share_of(sight.skewed))
    return replace(
        normal,
        lists=min(normal.lists + 1, 1000),
        lines=sight.lines,
        dated=moved(normal.dated, sight.dated),
        titled=moved(normal.titled, sight.titled),
        skewed=skewed,
        cut=moved(normal.cut, float(sight.cut_off)),
        host=sight.host,
        link_host=sight.link_host,
        titles=sight.titles,
    )


def is_stub(normal: Normal, length: int) -> bool:
    """Whether a body of so many characters is far too short for this Source."""
    if normal.pages < _ENOUGH_PAGES:
        return False
    low = normal.length - max(2.5 * sqrt(normal.spread), -log(_STUB))
    return log(max(length, 1)) < low


def follow_body(normal: Normal, length: int) -> Normal:
    """`normal` after one more body of so many characters."""
    share = max(0.03, 1 / (normal.pages + 1))
    off = log(max(length, 1)) - normal.length
    return replace(
        normal,
        pages=min(normal.pages + 1, 1000),
        length=round(normal.length + off * share, 4),
        spread=round((1 - share) * (normal.spread + share * off * off), 4),
    )


def host_of(url: str) -> str:
    """The host of `url` without www., m. or amp.; asked for every line of every list."""
    found = _HOST.match(url)
    return found[1].lower() if found else ""


def _broken(text: str) -> Fault:
    return Fault(state=HealthState.BROKEN_LAYOUT, weight=SOFT, text=text, canary=True)


def _leads_away(sight: Sight, normal: Normal) -> bool:
    if sight.known or sight.lines < _FEW_LINES:
        return False
    return normal.link_host is None or not any(
        host == normal.link_host or host.endswith(f".{normal.link_host}") for host in sight.hosts
    )


def _misses(sight: Sight, normal: Normal) -> str | None:
    if sight.lines < _FEW_LINES or normal.lists < _ENOUGH_LISTS:
        return None
    for usual, seen, what in (
        (normal.dated, sight.dated, "a date"),
        (normal.titled, sight.titled, "a title"),
    ):
        if usual > 0.8 and seen < 0.2:
            return f"the lines of the list have no longer {what}"
    return None


def _is_cut(sight: Sight, normal: Normal) -> bool:
    return sight.cut_off and normal.cut < 0.2 and sight.lines < 0.7 * normal.lines


def _signs(
    news: Sequence[Listing], seen_at: datetime | None, last: datetime | None, now: datetime
) -> tuple[tuple[datetime, bool], ...]:
    """When the Source gave signs of life: by the stories' dates, else by when we saw them."""
    found: list[tuple[datetime, bool]] = []
    for line in news:
        if line.published is None:
            found.append((now, seen_at is not None))
            continue
        at = min(line.published.at, now)
        if last is not None and at < last - (timedelta(days=1) if _day_only(line) else _BACK):
            continue  # an old story under a new address
        # Once we look often, the moment of finding is as good as a date, and never wrong.
        near = seen_at is None or at > seen_at - _SKEW
        found.append((at, not _day_only(line)) if near and not _day_only(line) else (now, near))
        if seen_at is None and _day_only(line):
            found[-1] = (at, False)
    if seen_at is None:  # undated lines of the first list say nothing about when
        dated = [sign for sign in found if sign[0] != now]
        found = dated or found[:1]
    return tuple(sorted(found))


def _delays(new: Sequence[Listing], seen_at: datetime | None, now: datetime) -> tuple[int, ...]:
    if seen_at is None:
        return ()
    dates = sorted(line.published.at for line in new if line.published and not _day_only(line))
    return tuple(int((now - at).total_seconds()) for at in dates if at <= now)


def _skewed(new: Sequence[Listing], seen_at: datetime | None, now: datetime) -> tuple[bool, ...]:
    if seen_at is None:
        return ()
    dates = sorted(line.published.at for line in new if line.published and not _day_only(line))
    odd = tuple(at < seen_at - _SKEW or at > now + _AHEAD for at in dates)
    # Between two looks far apart any date may be right: that proves nothing.
    return odd if now - seen_at < _LONG_REST else tuple(each for each in odd if each)


def _day_only(line: Listing) -> bool:
    return line.published is not None and line.published.day_only


def _instant(line: Listing) -> datetime | None:
    return line.published.at if line.published else None


def _share_of(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _mark(title: str) -> int:
    return crc32(" ".join(title.split()).encode("utf-8", "replace"))


def _some(hosts: Collection[str]) -> str:
    return ", ".join(sorted(hosts)[:3])
