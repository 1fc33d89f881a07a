"""What does one message tell in place of several?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from crawler.deals.change import share_moved
from crawler.deals.rates import Rates
from crawler.model import Change, Figure, Reason, Stage
from notifier.headline import figure_told, is_withdrawn
from notifier.model import Alert, AlertKind
from notifier.words import reason


def merge(
    older: Sequence[tuple[Alert, Change]], alert: Alert, change: Change, *, rates: Rates
) -> tuple[Alert, Change]:
    """`alert` and its change as whoever was not told of the `older` ones should hear of them.

    The first old figure and stage, the last new ones. Who has never heard of the deal gets a first
    alert; a figure of ours that was put right before anybody saw it is no correction.
    """
    if not older:
        return alert, change
    first, begun = older[0]
    everything = [*(each for each, _ in older), alert]
    opening = next((each for each in everything if each.kind is AlertKind.ALERT), None)
    merged = reason("merged", ", ".join(str(each.id) for each, _ in older))
    whole = replace(change, before=begun.before, stage_before=begun.stage_before)
    if opening is not None:
        reasons = (*opening.reasons, merged)
        told = replace(alert, kind=AlertKind.ALERT, replaces=None, reasons=reasons)
        return told, replace(whole, before=None)
    was = figure_told(first, begun)
    over = ("moved", "returned") if first.takes_back else ("moved",)
    kept = tuple(each for each in alert.reasons if each.code not in over)
    moved = (_moved(was, change, rates),) if was is not None and change.after is not None else ()
    kind = _kind(first, alert, change)
    return (
        replace(alert, kind=kind, replaces=first.replaces, reasons=(*moved, *kept, merged)),
        whole,
    )


def _kind(first: Alert, last: Alert, change: Change) -> AlertKind:
    is_over = change.stage_after is Stage.DENIED or is_withdrawn(last)
    # A denial that is over again before the reader heard of it leaves what moved meanwhile.
    puts_right = first.kind is AlertKind.CORRECTION and not first.takes_back
    return AlertKind.CORRECTION if is_over or puts_right else AlertKind.UPDATE


def _moved(was: Figure, change: Change, rates: Rates) -> Reason:
    now = change.after
    assert now is not None
    on: date = change.published_on or change.at.date()
    share: Decimal | None = share_moved(was, now, rates=rates, on=on)
    facts = (was.low, was.high, was.currency, now.low, now.high, now.currency, share, None)
    return reason("moved", *("" if fact is None else fact for fact in facts))
