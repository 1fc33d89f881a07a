"""What does a webhook get for one Delivery?"""

from __future__ import annotations

from crawler.storage.claims import load_sources_of
from crawler.storage.deals import load_deal
from notifier.model import Delivery, Message
from notifier.outbox.alerts import load_alert
from notifier.outbox.notices import load_notices
from notifier.payload import Event, alert_event, notice_event
from scheduler.holding import load_merged
from scheduler.house import House


def event_of(house: House, delivery: Delivery, message: Message) -> Event:
    """`delivery` in fixed fields, from what is stored; `message` is the same in words."""
    with house.database.read() as db:
        if delivery.notice_id is not None:
            (notice,) = load_notices(db, id=delivery.notice_id)
            return notice_event(notice, message=message, delivery_id=delivery.id)
        alert = load_alert(db, delivery.alert_id) if delivery.alert_id is not None else None
        deal = load_deal(db, alert.deal_id) if alert is not None else None
        if alert is None or deal is None:
            raise ValueError(f"delivery {delivery.id} of what is not stored")
        merged = load_merged(db, house, delivery.target_id, alert)
        return alert_event(
            merged.alert,
            deal,
            merged.change,
            sources=load_sources_of(db, deal.id),
            message=message,
            delivery=delivery,
        )
