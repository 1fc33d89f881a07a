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
    told: Alert | None
    words: Words
    copy: int = 1  # 2 and more: sent again because its owner said so
    held: Reason | None = None  # why it waited
    held_since: datetime | None = None
    parts: Sequence[Deal] = ()  # told with their whole

    @property
    def figure(self) -> Figure | None:
        return figure_of(self.deal, self.change)

    @property
    def replaced(self) -> str:
        """The number of the alert that this one follows."""
        return str(self.alert.replaces or "?")

    def local(self, at: datetime) -> datetime:
        """`at` on the clocks where the target's readers live."""
        return at.astimezone(ZoneInfo(self.target.zone))
