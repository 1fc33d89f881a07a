"""How are rules asked: live, beside the live ones, about the past, and after a mistake?

The one caller of `decide`. The four differ in where they keep what was said before, no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from config.model import Company, Config, Rule
from crawler.deals.rates import Rates
from crawler.model import Change, Deal, Figure
from notifier.conditions import OF_TELLERS
from notifier.decide import decide
from notifier.model import Alert, History, Verdict
from notifier.outbox.alerts import load_told
from notifier.outbox.verdicts import is_skipped

if TYPE_CHECKING:
    from crawler.storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What every change is measured with, whoever asks."""

    rates: Rates
    age_limit_h: int
    companies: Mapping[str, Company]  # by id


def yardstick_of(config: Config, rates: Rates) -> Yardstick:
    """The one of the owner's files."""
    return Yardstick(
        rates=rates,
        age_limit_h=config.settings.age_limit_h,
        companies={company.id: company for company in config.companies},
    )


class Before(Protocol):
    """What rules said until now."""

    def is_skipped(self, rule: Rule, change: Change) -> bool:
        """Whether the rule was asked about `change` and did not want it."""
        ...

    def told(self, rule: Rule, deal: Deal) -> tuple[Sequence[Alert], Figure | None]:
        """What the rule told of the deal, oldest first, and the deal's figure in the last."""
        ...


@dataclass(frozen=True, slots=True)
class InOutbox:
    """What the rules that tell people said."""

    tx: Connection

    def is_skipped(self, rule: Rule, change: Change) -> bool:
        return is_skipped(self.tx, rule.id, change)

    def told(self, rule: Rule, deal: Deal) -> tuple[Sequence[Alert], Figure | None]:
        return load_told(self.tx, rule.id, deal.id)


def ask_rules(
    rules: Sequence[Rule],
    deal: Deal,
    change: Change,
    history: History,
    *,
    joins: bool,
    before: Before,
    yardstick: Yardstick,
    now: datetime,
) -> Iterator[Verdict]:
    """What each of `rules` says to `change`; the caller keeps each verdict before the next.

    `joins`: an article tells of the deal and changed nothing. Then only those are asked that may
    think otherwise: whoever told, or held back for another reason than who tells it, did so.
    """
    for rule in rules:
        if joins and not (listens(rule) and before.is_skipped(rule, change)):
            continue
        told, figure = before.told(rule, deal)
        yield decide(
            rule,
            deal,
            change,
            replace(history, told=tuple(told), told_figure=figure),
            now=now,
            rates=yardstick.rates,
            age_limit_h=yardstick.age_limit_h,
            companies=yardstick.companies,
        )


def listens(rule: Rule) -> bool:
    """Whether one more article may make `rule` fire though nothing of the deal changed."""
    return any(getattr(rule, name) for name in OF_TELLERS)
