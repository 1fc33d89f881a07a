"""What would a file of rules say to the news that comes, beside those that tell?

It lies in the state folder while it only watches. The same `decide` is asked, of the same facts;
what it says is kept apart, and nothing is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import ConfigError
from config.model import Rule
from crawler.model import Change, Deal, Figure
from crawler.storage.changes import load_changes
from crawler.storage.meta import load_meta
from notifier.model import Alert, Answer, Verdict, alert_of
from notifier.outbox.alerts import load_told
from notifier.outbox.verdicts import load_verdicts
from scheduler.house import load_own_config

if TYPE_CHECKING:
    from crawler.storage.database import Connection

log = logging.getLogger("rasid.shadow")

FILE_NAME = "shadow.yaml"
SINCE = "shadow_since"  # in the table of small facts: when its rules began to watch
_ALL = 1_000_000


@dataclass(slots=True)
class Shadow:
    """The rules that only watch. A file put there or taken away while the house runs counts."""

    folder: Path | None
    state: Path
    _rules: tuple[Rule, ...] = ()
    _seen: int | None = field(default=None)  # when the file was changed, as we read it

    def rules(self) -> tuple[Rule, ...]:
        """Those of the file; none where there is none, or it is wrong."""
        path = self.state / FILE_NAME
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            self._rules, self._seen = (), None
            return ()
        if changed != self._seen:
            self._seen = changed
            try:
                self._rules = load_own_config(self.folder, rules=path).rules
            except ConfigError as error:
                log.warning("the rules that only watch are wrong and watch nothing: %s", error)
                self._rules = ()
        return self._rules


@dataclass(frozen=True, slots=True)
class Watching:
    """What the rules that only watch said."""

    tx: Connection

    def is_skipped(self, rule: Rule, change: Change) -> bool:
        return any(
            one.change_number == change.number and one.answer is Answer.SKIP
            for one in self._said(rule, change.deal_id)
        )

    def told(self, rule: Rule, deal: Deal) -> tuple[Sequence[Alert], Figure | None]:
        """What one of its name told before it began to watch, and what it would have told since."""
        since = load_since(self.tx)
        real, _ = load_told(self.tx, rule.id, deal.id)
        before = [one for one in real if since is None or one.made_at < since]
        own = [
            alert_of(one)
            for one in reversed(self._said(rule, deal.id))
            if one.tells and (since is None or one.at >= since)
        ]
        told = (*before, *own)
        if not told:
            return (), None
        after = {change.number: change.after for change in load_changes(self.tx, deal.id)}
        return told, after.get(told[-1].change_number)

    def _said(self, rule: Rule, deal_id: int) -> tuple[Verdict, ...]:
        return load_verdicts(self.tx, deal_id=deal_id, rule_id=rule.id, shadow=True, limit=_ALL)


def load_since(db: Connection) -> datetime | None:
    """When the rules that only watch began to."""
    kept = load_meta(db, SINCE)
    return datetime.fromisoformat(kept) if kept else None
