"""What is one message written from?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from config.model import Company, Target
from crawler.deals.rates import Rates
from crawler.model import Change, Deal, Figure, Reason
from notifier.headline import figure_of
from notifier.model import Alert
from notifier.naming import ToldBy
from notifier.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Everything that one message is written from."""

    alert: Alert
    deal: Deal
    change: Change
    sources: Sequence[ToldBy]
    target: Target
    rates: Rates
    companies: Mapping[str, Company]
    public_url: str | None
    whole: Deal | None
    told: Alert | None  # the message that it follows; None: the reader has none with a number
    words: Words
    copy: int = 1  # 2 and more: sent again because its owner said so
    held: Reason | None = None  # why it waited
    held_since: datetime | None = None
    parts: Sequence[Deal] = ()  # told with their whole

    @property
    def figure(self) -> Figure | None:
        return figure_of(self.deal, self.change)

    def of_told(self, label: str, **said: str) -> str:
        """`label` with the number of the message that this one follows, if the reader has one."""
        if self.told is None:
            return self.words.label(f"{label}_before", **said)
        return self.words.label(label, number=str(self.told.id), **said)

    def local(self, at: datetime) -> datetime:
        """`at` on the clocks where the target's readers live."""
        return at.astimezone(ZoneInfo(self.target.zone))
