"""When do we look at a Source again?"""

from __future__ import annotations

from datetime import datetime, timedelta

from config.model import Source

_LONGEST_BACK_OFF = timedelta(hours=24)
_LONGEST_REST = timedelta(hours=24)


def next_look_after_answer(
    source: Source, *, max_age_s: int | None, now: datetime, jitter: float
) -> datetime:
    """The next look after a good answer: the owner's rhythm, later if the site asks for it.

    Cache-Control is honored up to four rhythms; above that a careless header would make
    us blind. `jitter` in 0..1 spreads looks over a tenth of the rhythm, never earlier.
    """
    rhythm = timedelta(minutes=float(source.rhythm_min))
    asked = timedelta(seconds=max_age_s or 0)
    return now + max(rhythm, min(asked, rhythm * 4)) + rhythm * jitter / 10


def next_look_after_failure(
    source: Source, *, failures: int, until: datetime | None, now: datetime, jitter: float
) -> datetime:
    """The next look after `failures` in a row (1 for the first), with full back-off.

    `until` is what the site asked for (Retry-After); a rest is never longer than a day.
    """
    rhythm = timedelta(minutes=float(source.rhythm_min))
    back_off = min(rhythm * int(2 ** min(failures, 12)), _LONGEST_BACK_OFF)
    rest = until if until is not None and until < now + _LONGEST_REST else None
    if until is not None and rest is None:
        rest = now + _LONGEST_REST
    return max(now + back_off * (0.5 + jitter / 2), rest or now)
