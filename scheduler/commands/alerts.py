"""What was told, and how is it told once more?"""

from __future__ import annotations

from typing import Any

import click

from config.errors import RasidError
from config.model import Target
from crawler.storage.changes import load_changes
from crawler.storage.database import Connection
from crawler.storage.deals import load_deal
from notifier.model import Alert, Delivery, DeliveryState
from notifier.outbox.alerts import load_alert, load_alerts
from notifier.outbox.by_hand import resend
from notifier.outbox.deliveries import load_deliveries
from notifier.words import amount_words
from scheduler.clock import machine_clock
from scheduler.commands.mend import open_to_write
from scheduler.commands.rules import parse_since
from scheduler.commands.show import (
    Names,
    Record,
    load_names,
    number_of,
    open_stored,
    print_json,
    who,
)
from scheduler.house import config_folder, load_own_config


def show_alerts(options: dict[str, Any], *, limit: int, since: str | None, as_json: bool) -> None:
    """What was told, newest first, and how far each message has come."""
    start = machine_clock() - parse_since(since) if since else None
    with open_stored(options) as db:
        alerts = load_alerts(db, limit=limit, since=start)
        names = load_names(options)
        rows = [_alert_record(db, alert, names) for alert in alerts]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("No alert yet. `rasid explain URL` says why an article gave none.")
    for row in rows:
        reached = ", ".join(f"{d['target']} {d['state']}" for d in row["deliveries"])
        made = f"{row['made_at']:%d %b %Y %H:%M}"
        click.echo(
            f"a{row['number']:<5} {made} {row['kind']:10} {row['deal']:6} {row['amount']:<22} "
            f"{row['who']}  [{reached or 'no target'}]"
        )
        for delivery in row["deliveries"]:
            if delivery["error"] and delivery["state"] != DeliveryState.SENT:
                click.echo(f"       {delivery['target']}: {delivery['error']}")


def _alert_record(db: Connection, alert: Alert, names: Names) -> Record:
    deal = load_deal(db, alert.deal_id)
    changes = load_changes(db, alert.deal_id)
    change = next(c for c in changes if c.number == alert.change_number)
    return {
        "number": alert.id,
        "kind": alert.kind,
        "rule": alert.rule_id,
        "deal": f"d{alert.deal_id}",
        "change": alert.change_number,
        "amount": amount_words(change.after, "en") if change.after else "undisclosed",
        "who": who(deal, names) if deal else "",
        "made_at": alert.made_at,
        "replaces": alert.replaces,
        "reasons": [reason.text for reason in alert.reasons],
        "deliveries": [_delivery_record(d) for d in load_deliveries(db, alert_ids=[alert.id])],
    }


def _delivery_record(delivery: Delivery) -> Record:
    return {
        "id": delivery.id,
        "target": delivery.target_id,
        "copy": delivery.copy,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "due_at": delivery.due_at,
        "error": delivery.last_error,
    }


def send_again(options: dict[str, Any], text: str, *, target: str | None, as_json: bool) -> None:
    """Send an alert once more, to those who got it or to one target."""
    alert_id = number_of(text, "a", "alert")
    targets = load_own_config(config_folder(options["folder"])).targets
    with open_to_write(options) as database, database.write() as tx:
        if load_alert(tx, alert_id) is None:
            raise RasidError(f"there is no alert a{alert_id}; `rasid alerts` lists them")
        ids = _targets_again(tx, alert_id, target, targets)
        made = resend(tx, alert_id, ids, now=machine_clock())
    rows = [_delivery_record(one) for one in made]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"a{alert_id} goes to {row['target']} again (message {row['id']})")
    click.echo("It leaves while `rasid run` runs, or with `rasid once`.")


def _targets_again(
    tx: Connection, alert_id: int, wanted: str | None, targets: tuple[Target, ...]
) -> list[str]:
    known = [target.id for target in targets]
    if wanted is not None:
        if wanted not in known:
            raise RasidError(f"there is no target {wanted!r}; they are: {', '.join(known)}")
        return [wanted]
    got = {one.target_id for one in load_deliveries(tx, alert_ids=[alert_id])}
    again = [name for name in known if name in got]
    if not again:
        raise RasidError(
            f"no target that is left was owed a{alert_id}: name one with --target; "
            f"they are: {', '.join(known) or 'none'}"
        )
    return again
