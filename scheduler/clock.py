"""What time is it? The only place that asks the machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]  # aware, UTC


def machine_clock() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


class ToldClock:
    """A clock that stands in a file, so that a demo's day and its daemon agree on it.

    The file holds the distance to the machine's clock in seconds; time flows at its own
    pace from whatever moment was set last. Setting it is atomic.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> datetime:
        return machine_clock() + timedelta(seconds=float(self._path.read_text("utf-8")))

    def set(self, moment: datetime) -> None:
        """Let it be `moment` now."""
        fresh = self._path.with_suffix(".new")
        fresh.write_text(str((moment - machine_clock()).total_seconds()), "utf-8")
        fresh.replace(self._path)
