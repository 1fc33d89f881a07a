"""How does an owed Alert leave the house?"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from config.errors import DeliveryError
from config.model import Target
from crawler.storage.deals import load_changes, load_deal, load_sources_of
from notifier.deliver import deliver
from notifier.model import Delivery, DeliveryState, Message
from notifier.outbox import load_alert, load_notices, mark_failed, mark_sent, take_due
from notifier.render import render
from notifier.render_notice import render_notice
from scheduler.house import House

if TYPE_CHECKING:
    from crawler.storage.database import Connection

log = logging.getLogger("rasid.sending")

SENDERS = 8


async def send_due(house: House, *, owner: str) -> int:
    """Send what is due now, each Delivery in a thread of its own; how many were tried."""
    due = await asyncio.to_thread(_lease, house, owner)
    await asyncio.gather(*(_in_thread(house, delivery) for delivery in due))
    return len(due)


async def _in_thread(house: House, delivery: Delivery) -> None:
    """Send in a daemon thread: one that hangs must not hold up the end of the process.

    What it leaves leased is due again at the next start.
    """
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def work() -> None:
        try:
            send(house, delivery)
        finally:
            with suppress(RuntimeError):  # the loop is gone: the process is ending
                loop.call_soon_threadsafe(done.set)

    Thread(target=work, name=f"send-{delivery.id}", daemon=True).start()
    await done.wait()


def _lease(house: House, owner: str) -> tuple[Delivery, ...]:
    with house.database.write() as tx:
        return take_due(tx, now=house.clock(), owner=owner, limit=SENDERS)


def send(house: House, delivery: Delivery) -> None:
    """Send one leased Delivery and write down how it went. Never raises for a dead target."""
    try:
        target = _target_of(house, delivery)
        deliver(compose(house, delivery, target), target)
    except DeliveryError as error:
        _note(house, delivery, error)
    # The border of the delivery: one broken message must not stop the others.
    except Exception as error:
        log.exception("%s to %s", delivery.what, delivery.target_id)
        sentence = f"our own fault while writing it ({type(error).__name__}); see the log"
        _note(house, delivery, DeliveryError(sentence, target=delivery.target_id, permanent=True))
    else:
        with house.database.write() as tx:
            mark_sent(tx, delivery.id, now=house.clock())
        log.info("%s sent to %s", delivery.what, delivery.target_id)


def _note(house: House, delivery: Delivery, error: DeliveryError) -> None:
    with house.database.write() as tx:
        after = mark_failed(tx, delivery, error, now=house.clock(), jitter=house.random.random())
    level = logging.ERROR if after.state is DeliveryState.PARKED else logging.WARNING
    log.log(
        level,
        "%s to %s: %s; it is %s now",
        delivery.what,
        delivery.target_id,
        error,
        after.state,
    )


def _target_of(house: House, delivery: Delivery) -> Target:
    for target in house.config.targets:
        if target.id == delivery.target_id:
            return target
    raise DeliveryError(
        f"target {delivery.target_id!r} is no longer in targets.yaml: put it back, "
        "or leave the message parked",
        target=delivery.target_id,
        permanent=True,
    )


def compose(house: House, delivery: Delivery, target: Target) -> Message:
    """The words of `delivery` for `target`, from what is stored about its deal."""
    with house.database.read() as db:
        return _compose(db, house, delivery, target)


def _compose(db: Connection, house: House, delivery: Delivery, target: Target) -> Message:
    if delivery.notice_id is not None:
        (notice,) = load_notices(db, id=delivery.notice_id)
        return render_notice(notice, target)
    alert = load_alert(db, delivery.alert_id) if delivery.alert_id is not None else None
    if alert is None:
        raise ValueError(f"delivery {delivery.id} of an alert that is not stored")
    deal = load_deal(db, alert.deal_id)
    if deal is None:
        raise ValueError(f"alert {alert.id} of a deal that is not stored")
    changes = load_changes(db, deal.id)
    change = next(c for c in changes if c.number == alert.change_number)
    return render(
        alert,
        deal,
        change,
        sources=load_sources_of(db, deal.id),
        target=target,
        rates=house.rates,
        companies=house.companies,
        now=house.clock(),
        public_url=house.config.settings.public_url,
        whole=load_deal(db, deal.part_of) if deal.part_of else None,
        told=load_alert(db, alert.replaces) if alert.replaces else None,
    )
