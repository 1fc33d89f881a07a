"""Which targets may be sent something now?

Kept in memory: after a restart a service may say "too many" once, and is obeyed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock

from config.model import Target
from notifier.limits import LONGEST, counters_of, free_at, place_of

LONGEST_REST = timedelta(hours=1)  # a service that asks for more is asked again after this
_KEPT = 64  # instants of one target; above the largest count in the table


class Pace:
    """When each place was sent something, and until when it asked us to wait."""

    def __init__(self) -> None:
        self._sent: dict[str, deque[datetime]] = {}
        self._rests: dict[str, datetime] = {}
        self._places: dict[str, str] = {}  # by target
        self._lock = Lock()

    def resting(self, targets: Iterable[Target], now: datetime) -> frozenset[str]:
        """Ids of the targets that may get nothing now."""
        with self._lock:
            return frozenset(each.id for each in targets if not self._is_free(each, now))

    def take(self, target: Target, now: datetime) -> bool:
        """Whether `target` may get one message now, which is counted then."""
        with self._lock:
            if not self._is_free(target, now):
                return False
            self._places[target.id] = place_of(target)
            for counter, _ in counters_of(target):
                self._sent.setdefault(counter, deque(maxlen=_KEPT)).append(now)
            return True

    def rest(self, target_id: str, now: datetime, wait_s: float) -> None:
        """Send nothing to the target's place for so long; an hour at most."""
        with self._lock:
            place = self._places.get(target_id, target_id)
            self._rests[place] = now + min(timedelta(seconds=wait_s), LONGEST_REST)

    def _is_free(self, target: Target, now: datetime) -> bool:
        place = place_of(target)
        until = self._rests.get(place, now)
        # Further ahead than we ever set it: the clock has jumped back, and the rest is over.
        if now < until <= now + LONGEST_REST:
            return False
        return all(
            free_at(limits, self._recent(counter, now), now) <= now
            for counter, limits in counters_of(target)
        )

    def _recent(self, counter: str, now: datetime) -> list[datetime]:
        return [at for at in self._sent.get(counter, ()) if now - LONGEST < at <= now]
