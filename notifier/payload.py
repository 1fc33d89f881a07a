"""What does a webhook get instead of words?

The fields are fixed: new ones may come, none changes its meaning or goes away without a new
`version`. README, "Webhooks", lists them. Amounts are text, in whole units of their currency: a
JSON number loses digits in many readers. Strangers' text is one line without controls.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.model import Change, Deal, DealSource, Figure
from crawler.text.safe import harmless_line, harmless_url
from notifier.model import Alert, Delivery, Message, Notice

VERSION = 1
_LONG = 2000  # characters of what strangers wrote


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One JSON message. Sent again, it is the same bytes under the same id."""

    id: str
    body: bytes


def alert_event(
    alert: Alert,
    deal: Deal,
    change: Change,
    *,
    sources: Sequence[DealSource],
    message: Message,
    delivery: Delivery,
) -> Event:
    """`alert` in fields; `message` holds the same in the words of its target."""
    data = {
        "alert": alert.id,
        "copy": delivery.copy,
        "replaces": alert.replaces,
        "rule": alert.rule_id,
        "deal": deal.id,
        "part_of": deal.part_of,
        "kind": deal.kind.value,
        "stage": change.stage_after.value,
        "amount": _figure(change.after),
        "amount_before": _figure(change.before),
        "change": change.kind.value,
        "change_number": change.number,
        "moved": None if change.moved is None else str(change.moved),
        "parties": [
            {"name": harmless_line(party.name, _LONG), "id": party.id, "side": party.side.value}
            for party in deal.parties
        ],
        "first_year": deal.period.first_year if deal.period else None,
        "last_year": deal.period.last_year if deal.period else None,
        "place": deal.place,
        "evidence": harmless_line(change.claim.sentence, _LONG),
        "url": harmless_url(change.article_url, _LONG),
        "sources": [_source(source) for source in sources],
        "reasons": [{"code": each.code, "text": each.text} for each in alert.reasons],
    }
    return _event(alert.kind.value, alert.id, alert.made_at, delivery.id, message, data)


def notice_event(notice: Notice, *, message: Message, delivery_id: int) -> Event:
    """`notice`, a message about Rasid itself."""
    data = {"notice": notice.id, "notice_kind": notice.kind.value}
    return _event("notice", notice.id, notice.made_at, delivery_id, message, data)


def trial_event(message: Message, *, now: datetime) -> Event:
    """What `rasid notify test` sends."""
    return _event("test", 0, now, 0, message, {})


def _event(
    type: str,
    number: int,
    made_at: datetime,
    delivery_id: int,
    message: Message,
    data: dict[str, Any],
) -> Event:
    # With the time: after a database is begun anew, its first alert is no double of the old one.
    id = f"{type}-{number}-{delivery_id}-{int(made_at.timestamp())}"
    told = {
        "version": VERSION,
        "type": type,
        "id": id,
        "timestamp": made_at.isoformat(),
        "data": {"title": message.title, "text": message.text, **data},
    }
    return Event(id=id, body=json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "low": None if figure.low is None else str(figure.low),
        "high": None if figure.high is None else str(figure.high),
        "currency": figure.currency,
        "as_printed": harmless_line(figure.text, _LONG),
    }


def _source(source: DealSource) -> dict[str, Any]:
    published = source.published
    return {
        "url": harmless_url(source.url, _LONG),
        "title": harmless_line(source.title, _LONG),
        "source": source.source_id,
        "site": source.site_name,
        "language": source.language,
        "published_at": published.at.isoformat() if published else None,
        "day_only": published.day_only if published else None,
        "primary": source.primary,
    }
