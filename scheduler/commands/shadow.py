"""How does a file of rules watch beside those that tell, and how does it take their place?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from config.errors import RasidError
from config.plural import counted
from crawler.storage.changes import load_article_of
from crawler.storage.database import Connection
from crawler.storage.deals import load_deal
from crawler.storage.meta import save_meta
from crawler.text.safe import harmless_line
from notifier.model import Verdict
from notifier.outbox.alerts import load_alerts
from notifier.outbox.verdicts import load_verdicts
from notifier.words import amount_words
from scheduler.clock import machine_clock
from scheduler.commands.mend import open_to_write
from scheduler.commands.show import Names, Record, load_names, open_stored, print_json, who
from scheduler.house import config_folder, load_own_config, state_folder
from scheduler.ownfile import put_in_place
from scheduler.shadow import FILE_NAME, SINCE, load_since

_ALL = 1_000_000


def start(options: dict[str, Any], file: Path, *, as_json: bool) -> None:
    """Let the rules of `file` watch from now on. Raises ConfigError where they are wrong."""
    rules = load_own_config(config_folder(options["folder"]), rules=file).rules
    now = machine_clock()
    with open_to_write(options) as database, database.write() as tx:
        save_meta(tx, SINCE, now.isoformat())
    place = state_folder(options["state"]) / FILE_NAME
    beside = place.with_name(f".{FILE_NAME}.new")
    beside.write_text(file.read_text("utf-8"), "utf-8")
    beside.replace(place)  # at once: a house that runs reads it whole
    if as_json:
        print_json({"since": now, "rules": [rule.id for rule in rules]})
        return
    click.echo(f"From now on {counted(len(rules), 'rule')} of {file} only watch, and tell nobody.")
    click.echo("`rasid rules shadow --show` says what they would have told.")


def stop(options: dict[str, Any], *, as_json: bool) -> None:
    """Let them watch no more; what they said is kept."""
    path = _watching(options)
    path.unlink()
    if as_json:
        print_json({"stopped": True})
    else:
        click.echo("They watch no more. What they said is kept.")


def show(options: dict[str, Any], *, as_json: bool) -> None:
    """What they would have told since they watch, beside what was told."""
    _watching(options)
    names = load_names(options)
    with open_stored(options) as db:
        since = load_since(db)
        said = load_verdicts(db, shadow=True, since=since, limit=_ALL)
        told = load_alerts(db, since=since, limit=_ALL)
        fired = [one for one in reversed(said) if one.fires]
        mine = {(one.deal_id, one.change_number) for one in fired}
        theirs = {(one.deal_id, one.change_number) for one in told}
        rows = [_row(db, one, names, is_new=_key(one) not in theirs) for one in fired]
    record: Record = {
        "since": since,
        "asked": len(said),
        "alerts": rows,
        "count": len(rows),
        "new": len(mine - theirs),
        "lost": len(theirs - mine),
    }
    if as_json:
        print_json(record)
    else:
        _print(record, since)


def _key(verdict: Verdict) -> tuple[int, int]:
    return verdict.deal_id, verdict.change_number


def _row(db: Connection, verdict: Verdict, names: Names, *, is_new: bool) -> Record:
    deal = load_deal(db, verdict.deal_id)
    article = load_article_of(db, verdict.deal_id, verdict.change_number)
    assert deal is not None  # its verdicts go with it
    return {
        "at": verdict.at,
        "rule": verdict.rule_id,
        "kind": verdict.kind,
        "deal": f"d{deal.id}",
        "amount": amount_words(deal.figure, "en") if deal.figure else "undisclosed",
        "who": who(deal, names),
        "title": harmless_line(article.title, 120) if article else None,
        "new": is_new,
        "reasons": [reason.text for reason in verdict.reasons],
    }


def _print(record: Record, since: datetime | None) -> None:
    for row in record["alerts"]:
        sign = "+" if row["new"] else " "
        click.echo(
            f"{sign} {row['at']:%Y-%m-%d %H:%M}  {row['rule']:<12} {row['kind']:<10} "
            f"{row['deal']:<6} {row['amount']:<20} {row['who']}"
        )
    click.echo(
        f"{counted(record['count'], 'alert')} would have been sent"
        + (f" since {since:%Y-%m-%d %H:%M} UTC" if since else "")
        + f": {record['new']} that today's rules did not tell, {record['lost']} lost"
    )


def promote(options: dict[str, Any], *, as_json: bool) -> None:
    """Put the rules that only watch in the place of rules.yaml; the old file is kept beside it."""
    path = _watching(options)
    folder = config_folder(options["folder"])
    if folder is None:
        raise RasidError(
            "there is no folder of your own to put rules.yaml into: name one with --config or "
            "RASID_CONFIG"
        )
    now = machine_clock()
    rules = load_own_config(folder, rules=path).rules
    place = folder / "rules.yaml"
    backup = put_in_place(place, path.read_text("utf-8"), folder=folder, now=now)
    path.unlink()
    if as_json:
        print_json({"rules": [rule.id for rule in rules], "file": place, "backup": backup})
        return
    click.echo(f"In use now: {counted(len(rules), 'rule')}, {place}")
    if backup is not None:
        click.echo(f"The rules before them are kept in {backup}")
    click.echo("A running `rasid run` takes them up within ten seconds.")


def _watching(options: dict[str, Any]) -> Path:
    path = state_folder(options["state"]) / FILE_NAME
    if not path.exists():
        raise RasidError("no rules watch: start some with `rasid rules shadow FILE`")
    return path
