"""How does somebody say that an alert was right or wrong?"""

from __future__ import annotations

import getpass
import json
from typing import Any

import click

from config.errors import RasidError
from crawler.model import Figure
from crawler.storage.feedback import Feedback, Label, load_feedback
from crawler.text.safe import harmless_line
from scheduler.clock import machine_clock
from scheduler.commands.corrected import owed_record, print_owed
from scheduler.commands.mend import open_to_write
from scheduler.commands.show import Record, number_of, open_stored, print_json
from scheduler.examples import load_examples
from scheduler.feedback import Heard, hear
from scheduler.house import amount_parser, config_folder, load_own_config, state_folder
from scheduler.renewal import load_rates_of


def say(
    options: dict[str, Any],
    alert: str,
    label: str,
    deal: str | None,
    *,
    amount: str | None,
    comment: str | None,
    author: str | None,
    as_json: bool,
) -> None:
    """Keep what is said of `alert`, and correct it with whoever got it."""
    folder = config_folder(options["folder"])
    said = Feedback(
        id=0,
        alert_id=number_of(alert, "a", "alert"),
        label=Label(label),
        amount=amount,
        duplicate_of=_other(label, deal),
        comment=comment,
        author=author or _user(),
        at=machine_clock(),
    )
    if amount is not None and said.label is not Label.WRONG_AMOUNT:
        raise RasidError(f"{label} takes no --amount; only wrong-amount does")
    figure = _figure(amount, options)
    config = load_own_config(folder)
    rates = load_rates_of(config, state_folder(options["state"]))
    with open_to_write(options) as database, database.write() as tx:
        heard = hear(tx, said, figure=figure, config=config, rates=rates, now=said.at)
    if as_json:
        print_json(_heard_record(said, heard))
    else:
        _print_heard(said, heard)


def _other(label: str, deal: str | None) -> int | None:
    if label == Label.DUPLICATE:
        if deal is None:
            raise RasidError("name the deal that it is a duplicate of: duplicate-of d12")
        return number_of(deal, "d", "deal")
    if deal is not None:
        raise RasidError(f"{label} takes no deal; only duplicate-of does")
    return None


def _figure(amount: str | None, options: dict[str, Any]) -> Figure | None:
    if amount is None:
        return None
    found = amount_parser(config_folder(options["folder"]))(amount)
    if found is None:
        raise RasidError(
            f"{amount!r} is no amount of money: write one sum with its currency, e.g. 1bn USD"
        )
    value, currency = found
    return Figure(low=value, high=value, currency=currency, text=amount, start=0)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def _heard_record(said: Feedback, heard: Heard) -> Record:
    return {
        "id": f"f{heard.id}",
        "alert": f"a{said.alert_id}",
        "label": said.label,
        "merged_into": f"d{heard.merged_into}" if heard.merged_into else None,
        **owed_record(heard.owed),
    }


def _print_heard(said: Feedback, heard: Heard) -> None:
    click.echo(f"Kept as f{heard.id}: alert a{said.alert_id} is {said.label}.")
    print_owed(heard.owed)
    if heard.merged_into:
        click.echo(f"Its deal is d{heard.merged_into} from now on; nobody is told.")


def list_feedback(options: dict[str, Any], *, as_json: bool) -> None:
    """What was said of alerts, oldest first."""
    with open_stored(options) as db:
        rows = [_said_record(said) for said in load_feedback(db)]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("Nobody has said anything. `rasid feedback a12 good` is how.")
    for row in rows:
        more = " ".join(str(row[key]) for key in ("duplicate_of", "amount", "comment") if row[key])
        click.echo(
            f"{row['id']:<5} {row['at']:%Y-%m-%d %H:%M} {row['alert']:<6} {row['label']:<13} "
            f"{harmless_line(row['author'], 30)}  {harmless_line(more, 200)}"
        )


def _said_record(said: Feedback) -> Record:
    return {
        "id": f"f{said.id}",
        "at": said.at,
        "alert": f"a{said.alert_id}",
        "label": said.label,
        "amount": said.amount,
        "duplicate_of": f"d{said.duplicate_of}" if said.duplicate_of else None,
        "comment": said.comment,
        "author": said.author,
    }


def export_feedback(options: dict[str, Any], *, as_json: bool) -> None:
    """Print the examples as JSON Lines, in the format of the story sets."""
    folder = config_folder(options["folder"])
    config = load_own_config(folder)
    sources = {source.id: source for source in config.sources}
    with open_stored(options) as db:
        examples = load_examples(db, sources=sources, parse=amount_parser(folder))
    if as_json:
        print_json(examples)
        return
    for example in examples:
        click.echo(json.dumps(example, ensure_ascii=False))
