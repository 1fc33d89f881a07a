"""How far did the message of a story come?"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.text.safe import harmless_line
from notifier.funnel.stops import Halt, Stop
from notifier.model import Delivery, DeliveryState, HeldFor

_STOP_OF_DELIVERY = {
    DeliveryState.SENT: Stop.TOLD,
    DeliveryState.DUE: Stop.QUEUED,
    DeliveryState.LEASED: Stop.QUEUED,
    DeliveryState.UNSURE: Stop.UNSURE,
    DeliveryState.PARKED: Stop.PARKED,
    DeliveryState.DROPPED: Stop.DROPPED,
}
_STOP_OF_HELD = {
    HeldFor.QUIET: Stop.QUIET_HOURS,
    HeldFor.GROUP: Stop.GROUPED,
    HeldFor.COOLDOWN: Stop.COOLDOWN,
    HeldFor.BUDGET: Stop.BUDGET,
    HeldFor.DIGEST: Stop.FOR_DIGEST,
    None: Stop.QUEUED,
}


def halt_of_deliveries(alert_id: int, rule_id: str, sent: Sequence[Delivery]) -> Halt:
    """How far an alert came: told as soon as one target has it, else where the best one is."""
    if not sent:
        text = f"alert a{alert_id} was made, and no target bears a tag of rule {rule_id}"
        return Halt(stop=Stop.NO_TARGET, text=text, rule_id=rule_id)
    best = max(sent, key=lambda one: stop_of_delivery(one).rank)
    told = "; ".join(_delivery_words(one) for one in sent)
    return Halt(
        stop=stop_of_delivery(best),
        text=f"alert a{alert_id} of rule {rule_id}: {told}",
        rule_id=rule_id,
        names={"ID": str(best.id), "ALERT": f"a{alert_id}"},
    )


def stop_of_delivery(delivery: Delivery) -> Stop:
    """Where one alert to one target stands."""
    if delivery.state is DeliveryState.HELD:
        return _STOP_OF_HELD[delivery.held_for]
    if delivery.state is not DeliveryState.DROPPED:  # taken up again, whoever dropped it before
        return _STOP_OF_DELIVERY[delivery.state]
    if delivery.told_in is not None:
        return Stop.IN_DIGEST
    if delivery.replaced_by is not None:
        return Stop.REPLACED
    return Stop.DROPPED if delivery.silence_id is None else Stop.SILENCED


def _delivery_words(delivery: Delivery) -> str:
    why = [harmless_line(delivery.last_error, 200)] if delivery.last_error else []
    if delivery.held_why is not None:
        why.append(harmless_line(delivery.held_why.text, 200))
    if delivery.silence_id is not None and delivery.state is DeliveryState.DROPPED:
        why.append(f"by silence {delivery.silence_id}")
    if delivery.replaced_by is not None:
        why.append(f"alert a{delivery.replaced_by} tells it too")
    told = f" ({'; '.join(why)})" if why else ""
    return f"{delivery.target_id} {stop_of_delivery(delivery).replace('_', ' ')}{told}"
