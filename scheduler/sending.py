"""How does an owed Alert leave the house?"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

from config.errors import DeliveryError
from config.model import Target
from crawler.storage.claims import load_sources_of
from crawler.storage.deals import load_deal
from notifier.deliver import deliver
from notifier.model import Delivery, DeliveryState, Message
from notifier.naming import with_owners
from notifier.outbox.alerts import load_alert
from notifier.outbox.leases import mark_failed, mark_sent, put_back, take_due
from notifier.outbox.notices import load_notices
from notifier.render import render
from notifier.render_digest import render_digest
from notifier.render_notice import render_notice
from notifier.threads import alerts_before, mail_id
from notifier.webhook import post
from scheduler.holding import hold_and_release, load_merged
from scheduler.hooking import event_of
from scheduler.house import House
from scheduler.targets import note_send

if TYPE_CHECKING:
    from crawler.storage.database import Connection

log = logging.getLogger("rasid.sending")

SENDERS = 8
_TURN = timedelta(seconds=10)  # with the longest send, less than a lease


async def send_due(house: House, *, owner: str) -> int:
    """Send what is due now, each target in a thread of its own; how many were taken."""
    now, due = await asyncio.to_thread(_lease, house, owner)
    by_target = defaultdict(list)
    for delivery in due:
        by_target[delivery.target_id].append(delivery)
    await asyncio.gather(*(_in_thread(house, each, now) for each in by_target.values()))
    return len(due)


async def _in_thread(house: House, deliveries: Sequence[Delivery], leased_at: datetime) -> None:
    """Send in a daemon thread: one that hangs must not hold up the end of the process.

    What it leaves leased is due again at the next start.
    """
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def work() -> None:
        try:
            _send_in_turn(house, deliveries, leased_at)
        finally:
            with suppress(RuntimeError):  # the loop is gone: the process is ending
                loop.call_soon_threadsafe(done.set)

    Thread(target=work, name=f"send-{deliveries[0].target_id}", daemon=True).start()
    await done.wait()


def _lease(house: House, owner: str) -> tuple[datetime, tuple[Delivery, ...]]:
    """What may leave now, and when that was."""
    targets = {target.id: target for target in house.config.targets}
    with house.database.write() as tx:
        now = house.clock()  # not before the writer was free: it may be night by then
        resting = house.pace.resting(targets.values(), now)
        hold_and_release(tx, house, now=now)
        due = take_due(tx, now=now, owner=owner, limit=SENDERS, but=resting)
        return now, tuple(
            delivery
            for delivery in due
            if _may_go(tx, house, delivery, targets.get(delivery.target_id), now)
        )


def _may_go(
    tx: Connection, house: House, delivery: Delivery, target: Target | None, now: datetime
) -> bool:
    """Whether the limits of its service let `delivery` go; else it is put back."""
    if target is None or house.pace.take(target, now):
        return True
    put_back(tx, delivery)
    return False


def _send_in_turn(house: House, deliveries: Sequence[Delivery], leased_at: datetime) -> None:
    """One after the other, in their order; what is left is given back when one fails or is slow.

    A dead target costs one try a round, and no lease runs out while its turn has not come. Nor
    does anything ring at night that was leased in the evening, before the machine fell asleep.
    """
    for number, delivery in enumerate(deliveries):
        if abs(house.clock() - leased_at) > _TURN:
            _give_back(house, deliveries[number:])
            return
        if not send(house, delivery):
            _give_back(house, deliveries[number + 1 :])
            return


def _give_back(house: House, deliveries: Sequence[Delivery]) -> None:
    with house.database.write() as tx:
        for delivery in deliveries:
            put_back(tx, delivery)


def send(house: House, delivery: Delivery) -> bool:
    """Send one leased Delivery and write down how it went; whether it did.

    Never raises for a dead target.
    """
    try:
        target, refused = _target_of(house, delivery), None
        message = compose(house, delivery, target)
        if target.kind == "webhook":
            post(event_of(house, delivery, message), target, now=house.clock())
        else:
            refused = deliver(message, target)
    except DeliveryError as error:
        _note(house, delivery, error)
    # The border of the delivery: one broken message must not stop the others.
    except Exception as error:
        log.exception("%s to %s", delivery.what, delivery.target_id)
        sentence = f"our own fault while writing it ({type(error).__name__}); see the log"
        ours = DeliveryError(sentence, target=delivery.target_id, permanent=True)
        _note(house, delivery, ours, is_ours=True)
    else:
        with house.database.write() as tx:
            now = house.clock()
            mark_sent(tx, delivery.id, now=now, refused=refused)
            note_send(tx, house.config, delivery.target_id, None, now=now)
        log.info("%s sent to %s", delivery.what, delivery.target_id)
        if refused:
            log.warning("%s went as plain text: %s", delivery.what, refused)
        return True
    return False


def _note(house: House, delivery: Delivery, error: DeliveryError, *, is_ours: bool = False) -> None:
    now = house.clock()
    if error.wait_s is not None:
        house.pace.rest(delivery.target_id, now, error.wait_s)
    with house.database.write() as tx:
        after = mark_failed(tx, delivery, error, now=now, jitter=house.random.random())
        if not is_ours:
            note_send(tx, house.config, delivery.target_id, error, now=now)
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
    words = house.words_of(target)
    if delivery.notice_id is not None:
        (notice,) = load_notices(db, id=delivery.notice_id)
        if notice.digest is not None:
            public_url = house.config.settings.public_url
            return render_digest(
                notice, target, words, companies=house.companies, public_url=public_url
            )
        return render_notice(notice, target, words)
    alert = load_alert(db, delivery.alert_id) if delivery.alert_id is not None else None
    if alert is None:
        raise ValueError(f"delivery {delivery.id} of an alert that is not stored")
    deal = load_deal(db, alert.deal_id)
    if deal is None:
        raise ValueError(f"alert {alert.id} of a deal that is not stored")
    merged = load_merged(db, house, target.id, alert)
    message = render(
        merged.alert,
        deal,
        merged.change,
        sources=with_owners(load_sources_of(db, deal.id), house.sources),
        target=target,
        words=words,
        rates=house.rates,
        companies=house.companies,
        now=house.clock(),
        copy=delivery.copy,
        public_url=house.config.settings.public_url,
        whole=load_deal(db, deal.part_of) if deal.part_of else None,
        told=merged.told,
        held=delivery.held_why,
        held_since=delivery.held_since,
        parts=merged.parts,
    )
    before = alerts_before(merged.alert, lambda number: load_alert(db, number))
    return replace(
        message,
        mail_id=mail_id(alert, target.id, copy=delivery.copy),
        answers=tuple(mail_id(each, target.id) for each in before),
    )
