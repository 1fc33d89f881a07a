"""When does a target count as failing, and when is that told?

Once when it turns bad, once when it takes messages again, always through other targets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from config.errors import DeliveryError

FAILS = 3  # in a row, and for so long:
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetHealth:
    """What is remembered of the last sends to one target."""

    ok_at: datetime | None = None  # it took a message last
    since: datetime | None = None  # of the first failure after that
    fails: int = 0  # in a row
    refused: bool = False  # one of them was for good: a message is lost to it
    why: str = ""  # the last one, without the target's URL
    told: bool = False


def after_success(now: datetime) -> TargetHealth:
    """A target that has just taken a message."""
    return TargetHealth(ok_at=now)


def after_failure(health: TargetHealth, error: DeliveryError, *, now: datetime) -> TargetHealth:
    """`health` after one more failure."""
    return replace(
        health,
        since=health.since or now,
        fails=health.fails + 1,
        refused=health.refused or error.permanent,
        why=str(error).removeprefix(f"{error.target}: "),
    )


def is_bad(health: TargetHealth, others: Iterable[TargetHealth], *, now: datetime) -> bool:
    """Whether people must look at a target.

    One that refuses for good: at once. One that is away: when it stays away, unless none of the
    `others` that were tried has been reached meanwhile; then it is our own network.
    """
    if health.since is None or health.refused:
        return health.refused
    if health.fails < FAILS or now - health.since < PATIENCE:
        return False
    tried = [other for other in others if other.since is not None or other.ok_at is not None]
    return not tried or any(other.ok_at and other.ok_at > health.since for other in tried)
