"""When is the owner told how the sources are doing, and of which together?

Once when a source turns bad, once when it is well again. What turns bad within some minutes is
one notice, whether it is one publisher's twelve feeds or our own network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.model import Source
from crawler.health.habit import longest_quiet_h, own_hours
from crawler.health.model import Health, HealthState, Trouble
from notifier.model import Notice, NoticeKind

GATHER = timedelta(minutes=5)  # what turns bad meanwhile is told with it
CUT_OFF_TOLD = timedelta(minutes=10)
_PEERS = 4
_HUSH = 0.3  # share of peers that are quiet too: a holiday, and no fault of one source


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Since when no host answers us, and whether that was told."""

    since: datetime
    told: bool = False


def due_notices(
    changed: Mapping[str, Health],
    others: Mapping[str, Health],
    sources: Mapping[str, Source],
    *,
    now: datetime,
) -> tuple[Notice, ...]:
    """The notices to save now, at most one of each kind.

    `changed`: sources that are bad and untold, or well and told bad. `others`: of all sources,
    needed where one of them is silent.
    """
    bad, back = [], []
    for source_id, health in sorted(changed.items()):
        source = sources.get(source_id)
        if source is None or health.since is None:
            continue
        if health.told is None and not _is_holiday(health, source, others, sources, now):
            bad.append(_trouble(source, health, health.state))
        elif health.told is not None and _is_well(health):
            back.append(_trouble(source, health, health.told))
    told = ((NoticeKind.BAD, bad), (NoticeKind.BACK, back))
    return tuple(
        Notice(id=0, kind=kind, items=tuple(items), made_at=now)
        for kind, items in told
        if _is_gathered(items, now)
    )


def after_notice(health: Health, kind: NoticeKind) -> HealthState | None:
    """What `ops` knows of a source once the notice is saved."""
    return health.state if kind is NoticeKind.BAD else None


def outage_step(
    outage: Outage | None, cut_off_since: datetime | None, *, now: datetime
) -> tuple[Outage | None, Notice | None]:
    """How our own outage goes on, and the notice that this owes."""
    if cut_off_since is None:
        if outage is None or not outage.told:
            return None, None
        return None, _own(NoticeKind.RECONNECTED, outage.since, now)
    outage = outage or Outage(since=cut_off_since)
    if outage.told or now - outage.since < CUT_OFF_TOLD:
        return outage, None
    return Outage(since=outage.since, told=True), _own(NoticeKind.CUT_OFF, outage.since, now)


def _own(kind: NoticeKind, since: datetime, now: datetime) -> Notice:
    item = Trouble(source_id="", name="", state=HealthState.UNREACHABLE, since=since)
    return Notice(id=0, kind=kind, items=(item,), made_at=now)


def _trouble(source: Source, health: Health, state: HealthState) -> Trouble:
    assert health.since is not None
    return Trouble(
        source_id=source.id,
        name=source.name,
        state=state,
        since=health.since,
        text=health.text,
    )


def _is_gathered(items: Iterable[Trouble], now: datetime) -> bool:
    return any(item.since <= now - GATHER for item in items)


def _is_well(health: Health) -> bool:
    """Quiet is no recovery from silence, and a rest that the host asked for is none at all."""
    if health.state is HealthState.QUIET:
        return health.told is not HealthState.SILENT
    return health.state is HealthState.FINE


def _is_holiday(
    health: Health,
    source: Source,
    others: Mapping[str, Health],
    sources: Mapping[str, Source],
    now: datetime,
) -> bool:
    """Whether those that should have published meanwhile are quiet as well."""
    if health.state is not HealthState.SILENT or health.habit.at is None:
        return False
    since = health.habit.at
    heard = {
        key: _was_still(other, since)
        for key, other in others.items()
        if key in sources and key != source.id and _should_have_published(other, since, now)
    }
    near = [still for key, still in heard.items() if sources[key].country == source.country]
    peers = near if len(near) >= _PEERS else list(heard.values())
    return len(peers) >= _PEERS and sum(peers) > _HUSH * len(peers)


def _was_still(health: Health, since: datetime) -> bool:
    """Whether it is quiet, or was since then."""
    return health.still_at is not None and health.still_at > since


def _should_have_published(health: Health, since: datetime, now: datetime) -> bool:
    limit = longest_quiet_h(health.habit)
    is_heard = health.lists.bad is None and health.told is None
    return is_heard and limit is not None and own_hours(health.habit, since, now) > limit
