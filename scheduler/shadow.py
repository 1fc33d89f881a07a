"""What would a file of rules say to the news that comes, beside those that tell?

It lies in the state folder while it only watches. The same `decide` is asked, of the same facts;
what it says is kept apart, and nothing is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import ConfigError
from config.model import Rule
from crawler.model import Change, Deal, Figure
from crawler.storage.deals import load_changes
from crawler.storage.meta import load_meta
from notifier.decide import decide
from notifier.model import Alert, Answer, History, Verdict, alert_of
from notifier.outbox.alerts import load_told
from notifier.outbox.verdicts import load_verdicts, save_verdict
from scheduler.house import House, load_own_config

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


def ask_shadow(
    tx: Connection,
    rules: Sequence[Rule],
    deal: Deal,
    change: Change,
    history: History,
    *,
    house: House,
    joins: bool,
    now: datetime,
) -> None:
    """Keep what each of `rules` says to `change`; where an article only `joins`, says now."""
    since = load_since(tx) if rules else None
    for rule in rules:
        said = load_verdicts(tx, deal_id=deal.id, rule_id=rule.id, shadow=True, limit=_ALL)
        if joins and not _is_skipped(said, change):
            continue
        told, figure = _told(tx, rule, deal, said, since=since)
        verdict = decide(
            rule,
            deal,
            change,
            replace(history, told=told, told_figure=figure),
            now=now,
            rates=house.rates,
            age_limit_h=house.config.settings.age_limit_h,
            companies=house.companies,
        )
        save_verdict(tx, verdict, shadow=True)


def load_since(db: Connection) -> datetime | None:
    """When the rules that only watch began to."""
    kept = load_meta(db, SINCE)
    return datetime.fromisoformat(kept) if kept else None


def _is_skipped(said: Sequence[Verdict], change: Change) -> bool:
    return any(one.change_number == change.number and one.answer is Answer.SKIP for one in said)


def _told(
    tx: Connection,
    rule: Rule,
    deal: Deal,
    said: Sequence[Verdict],
    *,
    since: datetime | None,
) -> tuple[tuple[Alert, ...], Figure | None]:
    """What the rule would have told of the deal: what one of its name told before, and its own."""
    real, _ = load_told(tx, rule.id, deal.id)
    before = [one for one in real if since is None or one.made_at < since]
    own = [
        alert_of(one) for one in reversed(said) if one.tells and (since is None or one.at >= since)
    ]
    told = (*before, *own)
    if not told:
        return (), None
    after = {change.number: change.after for change in load_changes(tx, deal.id)}
    return told, after.get(told[-1].change_number)
