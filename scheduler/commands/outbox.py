"""What waits to be sent, what is stuck, and what does its owner do about it?"""

from __future__ import annotations

from typing import Any

import click

from config.errors import RasidError
from config.plural import counted
from crawler.storage.database import Connection
from crawler.text.safe import harmless_line
from notifier.model import Delivery, DeliveryState
from notifier.outbox.alerts import load_alert
from notifier.outbox.by_hand import drop
from notifier.outbox.by_hand import retry as retry_one
from notifier.outbox.deliveries import load_deliveries, load_outbox_state
from scheduler.clock import machine_clock
from scheduler.commands.mend import open_to_write
from scheduler.commands.show import Record, open_stored, print_json

_STUCK = (DeliveryState.PARKED, DeliveryState.UNSURE)
_SHOWN = 20  # stuck ones that fit on a screen; `list` shows more
_ALL = 1_000_000


def show_outbox(options: dict[str, Any], *, as_json: bool) -> None:
    """How many messages are in each state, and each that is stuck."""
    with open_stored(options) as db:
        state = load_outbox_state(db)
        waiting = load_deliveries(db, states=[DeliveryState.DUE], limit=_ALL)
        failing = [delivery for delivery in waiting if delivery.attempts]
        stuck = [*load_deliveries(db, states=_STUCK, limit=_ALL), *failing]
        rows = [_record(db, delivery) for delivery in stuck]
    record: Record = {
        "counts": {str(each): state.counts.get(each, 0) for each in DeliveryState},
        "oldest_due_at": state.oldest_due_at,
        "repeated_sends": state.repeats,
        "sent_plain": state.plain,
        "stuck": rows,
    }
    if as_json:
        print_json(record)
        return
    told = [f"{size} {name}" for name, size in record["counts"].items() if size]
    click.echo(f"Outbox: {', '.join(told) or 'empty'}")
    if state.oldest_due_at:
        click.echo(f" the oldest that waits is due since {state.oldest_due_at:%d %b %H:%M} UTC")
    if state.plain:
        click.echo(
            f" {state.plain} went as plain text, since the service refused our markup: "
            "`rasid outbox list --state sent` says which"
        )
    _print(rows[:_SHOWN])
    if len(rows) > _SHOWN:
        click.echo(f" and {len(rows) - _SHOWN} more: `rasid outbox list --state parked`")
    if rows:
        click.echo("`rasid outbox retry ID` sends one again, `rasid outbox drop ID` gives it up.")


def list_outbox(
    options: dict[str, Any], states: tuple[str, ...], *, limit: int, as_json: bool
) -> None:
    """Each message to each target, newest first. Raises RasidError for a state there is not."""
    known = [str(state) for state in DeliveryState]
    for state in states:
        if state not in known:
            raise RasidError(f"there is no state {state!r}; they are: {', '.join(known)}")
    wanted = [DeliveryState(state) for state in states] or None
    with open_stored(options) as db:
        rows = [_record(db, each) for each in load_deliveries(db, states=wanted, limit=limit)]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("Nothing in the outbox" + (f" is {' or '.join(states)}." if states else "."))
    _print(rows)


def retry(options: dict[str, Any], which: str, *, as_json: bool) -> None:
    """Make one delivery due again, or all that are parked. One that is held leaves now.

    `all` leaves the unsure ones: their target may have them already.
    """
    with open_to_write(options) as database, database.write() as tx:
        parked = load_deliveries(tx, states=[DeliveryState.PARKED], limit=_ALL)
        chosen = parked if which == "all" else (_find(tx, which),)
        for delivery in chosen:
            if not retry_one(tx, delivery.id, now=machine_clock()):
                raise RasidError(
                    f"message {delivery.id} is {delivery.state}: only what is parked, unsure, "
                    f"dropped or held can be sent again{_why_not_again(delivery)}"
                )
    if as_json:
        print_json({"retried": [delivery.id for delivery in chosen]})
        return
    if not chosen:
        click.echo("Nothing is parked. `rasid outbox list` shows what is unsure, dropped or held.")
        return
    click.echo(f"{len(chosen)} due again; `rasid run` or `rasid once` sends them.")


def give_up(options: dict[str, Any], which: str, *, why: str, as_json: bool) -> None:
    """Drop one delivery that has not left; its row stays with the reason."""
    with open_to_write(options) as database, database.write() as tx:
        delivery = _find(tx, which)
        if not drop(tx, delivery.id, why=why, now=machine_clock()):
            raise RasidError(
                f"message {delivery.id} is {delivery.state}: only what waits or is stuck can be "
                f"dropped{_why_not_dropped(delivery)}"
            )
        (after,) = load_deliveries(tx, ids=[delivery.id])
        row = _record(tx, after)
    if as_json:
        print_json(row)
        return
    click.echo(f"Message {delivery.id} is dropped: {harmless_line(why, 200)}")


def _why_not_again(delivery: Delivery) -> str:
    if delivery.state is DeliveryState.SENT and delivery.alert_id is not None:
        return f"; `rasid alerts resend a{delivery.alert_id}` sends a copy"
    return "; it leaves while `rasid run` runs, or with `rasid once`"


def _why_not_dropped(delivery: Delivery) -> str:
    if delivery.state is DeliveryState.SENT and delivery.alert_id is not None:
        return f"; if it was wrong, `rasid feedback a{delivery.alert_id}` corrects it"
    if delivery.state is DeliveryState.DROPPED:
        return f"; `rasid outbox retry {delivery.id}` takes it up again"
    return "; what is on its way is sent or stuck in a minute: ask again"


def _find(db: Connection, which: str) -> Delivery:
    # Ten digits: a longer number is no id, and SQLite would refuse it as too large.
    is_id = which.isascii() and which.isdigit() and len(which) <= 10
    found = load_deliveries(db, ids=[int(which)]) if is_id else ()
    if not found:
        raise RasidError(f"there is no message {which!r}; `rasid outbox list` shows their ids")
    return found[0]


def _record(db: Connection, delivery: Delivery) -> Record:
    alert = load_alert(db, delivery.alert_id) if delivery.alert_id is not None else None
    return {
        "id": delivery.id,
        "alert": f"a{alert.id}" if alert else None,
        "notice": delivery.notice_id,
        "deal": f"d{alert.deal_id}" if alert else None,
        "target": delivery.target_id,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "due_at": delivery.due_at,
        "error": delivery.last_error,
        "held_for": delivery.held_for,
        "held_since": delivery.held_since,
        "held_why": delivery.held_why.text if delivery.held_why else None,
        "replaced_by": delivery.replaced_by,
        "silence": delivery.silence_id,
        "told_in": delivery.told_in,
    }


def _print(rows: list[Record]) -> None:
    for row in rows:
        what = f"{row['alert']} of {row['deal']}" if row["alert"] else f"notice {row['notice']}"
        error = f": {harmless_line(row['error'], 200)}" if row["error"] else ""
        held = ""
        if row["state"] is DeliveryState.HELD:
            held = f" since {row['held_since']:%d %b %H:%M} UTC: {row['held_why']}"
        click.echo(
            f"{row['id']:6} {row['state']:8} {what} to {row['target']}, "
            f"{counted(row['attempts'], 'try', 'tries')}{held}{error}"
        )
