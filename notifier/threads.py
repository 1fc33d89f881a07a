"""Which mail does a mail answer?

A program of mail shows an update below the alert it follows if it names that alert's Message-ID.
So the id is made of what is stored, never of chance: the same after a restart, and the same when
a mail goes out a second time because nobody knows whether it arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from notifier.model import Alert

_LONGEST = 20  # mails that one mail names: the first, and the last ones before it


def mail_id(alert: Alert, target_id: str, *, copy: int = 1) -> str:
    """The part before the @ of the Message-ID of `alert` at `target_id`.

    Its moment keeps two Rasids apart that count their alerts from one. A `copy` that its owner
    asked for is a mail of its own: one with the id of the first would be thrown away as known.
    """
    said = f"{alert.made_at.isoformat()} {alert.rule_id} {alert.deal_id} {target_id}"
    number = f"{alert.id}-{copy}" if copy > 1 else f"{alert.id}"
    return f"alert-{number}-{sha256(said.encode('utf-8', 'replace')).hexdigest()[:20]}"


def alerts_before(alert: Alert, load: Callable[[int], Alert | None]) -> tuple[Alert, ...]:
    """The alerts that `alert` follows, the first one first; `load` finds one by its number."""
    before: list[Alert] = []
    number = alert.replaces
    while number is not None and (earlier := load(number)) is not None:
        if any(each.id == earlier.id for each in before):
            break  # a circle can only come from a database that was edited by hand
        before.insert(0, earlier)
        number = earlier.replaces
    return (*before[:1], *before[1:][-_LONGEST + 1 :])
