"""Is it they who do not answer, or are we cut off?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

_HOSTS = 4  # that fail one after the other, none answering between


def cut_off_since(looks: Sequence[tuple[str, datetime, str | None]]) -> datetime | None:
    """Since when all looks failed for want of a network; None while any host answers.

    `looks`: host, time and outcome of each source's last look, newest first, of sources that
    answered before. A refusal is an answer too: it came over the network.
    """
    failed: dict[str, datetime] = {}
    for host, at, outcome in looks:
        if outcome != "unreachable":
            break
        failed[host] = at
    return min(failed.values()) if len(failed) >= _HOSTS else None
