"""What has not left for a target yet, and what may become of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from crawler.model import Reason
from notifier.model import Alert, AlertKind, Delivery, DeliveryState, HeldFor, NoticeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One delivery that has not left, with what its timing depends on."""

    delivery: Delivery
    alert: Alert | None = None  # None: it is a notice
    notice: NoticeKind | None = None
    merged: tuple[Alert, ...] = ()  # earlier ones that the target never got: it tells them too
    whole: int | None = None  # the deal that the alert's deal is a part of
    urgent: bool = False  # the rule says so
    dollars: Decimal = Decimal(0)  # the certain end of its figure

    @property
    def is_tried(self) -> bool:
        """Whether a send was begun: it may have arrived, so no other message stands for it."""
        return self.delivery.attempts > 0

    @property
    def is_asked_for(self) -> bool:
        """Whether its owner said that it is to be sent: now, and whatever else there is."""
        why = self.delivery.held_why
        return self.delivery.copy > 1 or (why is not None and why.code == "freed")

    @property
    def is_correction(self) -> bool:
        return self.alert is not None and self.alert.kind is AlertKind.CORRECTION

    @property
    def is_first(self) -> bool:
        """Whether the reader has not heard of the deal."""
        alerts = (*self.merged, *([self.alert] if self.alert else []))
        return any(each.kind is AlertKind.ALERT for each in alerts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one message may tell: the newest tells the older ones too."""

    last: Waiting
    older: tuple[Waiting, ...] = ()
    parts: tuple[Waiting, ...] = ()  # of the deal, to be told with it

    @property
    def all(self) -> tuple[Waiting, ...]:
        """Of the deal itself, without its parts."""
        return (*self.older, self.last)

    @property
    def is_first(self) -> bool:
        """Whether the reader has not heard of the deal."""
        return any(each.is_first for each in self.all)

    @property
    def corrects(self) -> bool:
        """Whether it puts right what the reader has: it waits for no more, and nobody mutes it."""
        return self.last.is_correction and not self.is_first

    @property
    def is_held(self) -> bool:
        return any(each.delivery.state is DeliveryState.HELD for each in self.all)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One alert that has left for the target, or is on its way."""

    rule_id: str
    deal_id: int
    at: datetime


class Act(StrEnum):
    """What becomes of a delivery."""

    GO = "go"
    HOLD = "hold"
    REPLACE = "replace"  # a later message tells it too
    SILENCE = "silence"
    DROP = "drop"  # nothing is left to tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of one delivery, and why."""

    delivery_id: int
    act: Act
    reason: Reason | None = None  # None: it may go, and never waited
    held_for: HeldFor | None = None
    since: datetime | None = None  # when it, or the first that it tells too, began to wait
    by: int | None = None  # the alert that replaces it, or the silence
