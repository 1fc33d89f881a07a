"""What do we know, and how are we? Status, deals and alerts on a terminal or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import click

from config.errors import RasidError
from config.load import load_companies
from config.model import Config
from config.plural import counted
from crawler.model import Change, Deal, Party
from crawler.storage.articles import count_articles
from crawler.storage.changes import load_changes
from crawler.storage.claims import load_claims_of, load_sources_of
from crawler.storage.database import DATABASE_NAME, Connection, open_database
from crawler.storage.deals import load_deal, load_deals, load_parts
from crawler.storage.feedback import count_wrong
from crawler.storage.listings import count_waiting
from crawler.storage.lock import load_holder
from crawler.storage.looks import SourceState, load_states
from crawler.storage.meta import load_meta
from crawler.text.safe import harmless_line
from notifier.outbox.alerts import load_alerts, load_delays_s
from notifier.outbox.deliveries import load_outbox_state
from notifier.words import amount_words
from scheduler.clock import machine_clock
from scheduler.digest import load_digests, rules_without_digest
from scheduler.heartbeat import GOOD_CYCLE_AT, PINGED_AT
from scheduler.house import config_folder, load_own_config, state_folder
from scheduler.introductions import load_gap, load_not_introduced
from scheduler.targets import load_bad_targets
from scheduler.wellbeing import DROUGHT

Record = dict[str, Any]
Names = dict[str, str]


@contextmanager
def open_stored(options: dict[str, Any]) -> Iterator[Connection]:
    """A read-only connection to what is stored.

    Raises StorageError with the next command to type where nothing is stored yet.
    """
    database = open_database(state_folder(options["state"]) / DATABASE_NAME, read_only=True)
    try:
        with database.read() as db:
            yield db
    finally:
        database.close()


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def number_of(text: str, letter: str, what: str) -> int:
    """The number in `d12` or `12`. Raises RasidError saying how ids look."""
    digits = text.removeprefix(letter)
    if not (digits.isascii() and digits.isdigit()):
        raise RasidError(
            f"there is no {what} {text!r}; they look like {letter}12: see `rasid {what}s`"
        )
    return int(digits)


def show_status(options: dict[str, Any], *, as_json: bool) -> None:
    """Is it alive, what did it see, what waits, what is wrong?"""
    config = load_own_config(config_folder(options["folder"]))
    path = state_folder(options["state"]) / DATABASE_NAME
    holder = load_holder(path)
    now = machine_clock()
    with open_stored(options) as db:
        day_ago = now - timedelta(days=1)
        sources = [_source_record(state, config) for state in _ordered(load_states(db), config)]
        outbox = load_outbox_state(db)
        judged = count_wrong(db, since=now - timedelta(days=30))
        delays = load_delays_s(db, since=now - timedelta(days=30))
        record: Record = {
            "running": holder is not None,
            "pid": holder.pid if holder else None,
            "since": holder.since if holder else None,
            "articles": count_articles(db),
            "articles_last_day": count_articles(db, since=day_ago),
            "waiting_pages": sum(count_waiting(db).values()),
            "deals_changed_last_day": len(load_deals(db, since=day_ago, limit=10_000)),
            "alerts_last_day": len(load_alerts(db, since=day_ago, limit=10_000)),
            "precision": _precision(judged),
            "median_delay_s": round(median(delays)) if delays else None,
            "outbox": {str(state): size for state, size in outbox.counts.items()},
            "oldest_due_at": outbox.oldest_due_at,
            "repeated_sends": outbox.repeats,
            "good_cycle_at": _moment(db, GOOD_CYCLE_AT),
            "heartbeat": bool(config.settings.heartbeat_url),
            "heartbeat_at": _moment(db, PINGED_AT),
            "no_articles_since": _moment(db, DROUGHT),
            "failing_targets": {
                key: {"since": health.since, "why": health.why}
                for key, health in load_bad_targets(db, config, now=now).items()
            },
            "away": load_gap(db),
            "without_digest": rules_without_digest(config),
            "digests": _digest_records(db, config),
            "not_introduced": load_not_introduced(db, config),
            "sources": sources,
            "never_looked_at": sorted(
                {source.id for source in config.sources if source.enabled}
                - {source["id"] for source in sources}
            ),
        }
    if as_json:
        print_json(record)
    else:
        _print_status(record)


def _precision(judged: Mapping[str, tuple[int, int]]) -> Record:
    """Of the alerts of 30 days, how many were reported wrong: in all and by rule."""
    rules = {rule: {"alerts": made, "wrong": wrong} for rule, (made, wrong) in judged.items()}
    return {
        "days": 30,
        "alerts": sum(made for made, _ in judged.values()),
        "wrong": sum(wrong for _, wrong in judged.values()),
        "rules": rules,
    }


def _moment(db: Connection, name: str) -> datetime | None:
    kept = load_meta(db, name)
    return datetime.fromisoformat(kept) if kept else None


def _ordered(states: dict[str, SourceState], config: Config) -> list[SourceState]:
    enabled = {source.id for source in config.sources if source.enabled}
    shown = [state for state in states.values() if state.source_id in enabled]
    return sorted(shown, key=lambda state: (not _is_bad(state), -state.failures, state.source_id))


def _is_bad(state: SourceState) -> bool:
    """Whether news of it may be missed; one look that failed is none of our readers' business."""
    return state.health is not None and state.health.state.is_bad


def _source_record(state: SourceState, config: Config) -> Record:
    names = {source.id: source.name for source in config.sources}
    return {
        "id": state.source_id,
        "name": names.get(state.source_id),
        "state": state.health.state if state.health else None,
        "bad": _is_bad(state),
        "since": state.health.since if state.health else None,
        "why": state.health.text if state.health else None,
        "outcome": state.outcome,
        "failures": state.failures,
        "last_look_at": state.last_look_at,
        "last_ok_at": state.last_ok_at,
        "next_look_at": state.next_look_at,
        "note": state.note,
    }


def _print_status(record: Record) -> None:
    if record["running"]:
        click.echo(
            f"Rasid is running: process {record['pid']}, since {record['since']:%d %b %H:%M} UTC"
        )
    else:
        click.echo("Rasid is not running. Start it with `rasid run`.")
    troubled = [s for s in record["sources"] if s["bad"] or s["failures"]]
    fine = len(record["sources"]) - len(troubled)
    new = len(record["never_looked_at"])
    click.echo(f" Sources   {fine} fine, {len(troubled)} in trouble, {new} not looked at yet")
    click.echo(
        f" Last day  {counted(record['articles_last_day'], 'article')}, "
        f"{counted(record['deals_changed_last_day'], 'deal')} changed, "
        f"{counted(record['alerts_last_day'], 'alert')}"
    )
    kept, waiting = record["articles"], record["waiting_pages"]
    click.echo(f" Store     {counted(kept, 'article')}, {counted(waiting, 'page')} waiting")
    click.echo(f" Outbox    {_outbox_words(record)}")
    if record["median_delay_s"] is not None:
        minutes = record["median_delay_s"] / 60
        click.echo(f" Speed     published to told: median {minutes:.0f} min (30 days)")
    if record["precision"]["alerts"]:
        kept = record["precision"]
        click.echo(
            f" Trust     of {counted(kept['alerts'], 'alert')} in 30 days "
            f"{kept['wrong']} reported wrong"
        )
    click.echo(f" Cycle     {_cycle_words(record)}")
    if record["not_introduced"]:
        waiting = record["not_introduced"]
        click.echo(
            f" New       {counted(waiting, 'source')} read silently first; one message tells of it"
        )
    if record["away"]:
        begin, end = record["away"]
        gap = f"{begin:%d %b %H:%M} to {end:%d %b %H:%M} UTC"
        click.echo(f" Away      {gap}: what grew old is told in one message")
    for row in record["digests"]:
        click.echo(f" Digest    {_digest_words(row)}")
    for rule_id in record["without_digest"]:
        click.echo(f" ! rule {rule_id} waits for a digest: give a target that it tells `digest:`")
    if record["no_articles_since"]:
        click.echo(
            f" ! no article from any source since {record['no_articles_since']:%d %b %H:%M} UTC"
        )
    for name, bad in record["failing_targets"].items():
        since = f"{bad['since']:%d %b %H:%M} UTC"
        click.echo(f" ! target {name} takes no messages since {since}: {bad['why']}")
    for source in troubled:
        last = source["last_ok_at"]
        since = f"last good look {last:%d %b %H:%M} UTC" if last else "never answered well"
        state = source["state"] if source["bad"] else source["outcome"]
        why = (source["why"] if source["bad"] else source["note"]) or ""
        click.echo(f" ! {source['id']}: {state}, {since}. {harmless_line(why, 300)}")


def _digest_records(db: Connection, config: Config) -> list[Record]:
    told = load_digests(db)
    return [
        {
            "target": target.id,
            "when": target.digest,
            "zone": target.zone,
            "told": told.get(target.id),
        }
        for target in config.targets
        if target.digest
    ]


def _digest_words(row: Record) -> str:
    last = f"{row['told']:%d %b %H:%M} UTC" if row["told"] else "not counted yet: start `rasid run`"
    return f"{row['target']} {row['when']} ({row['zone']}), tells from {last} on"


def _cycle_words(record: Record) -> str:
    last, beat = record["good_cycle_at"], record["heartbeat_at"]
    words = f"last good one {last:%d %b %H:%M} UTC" if last else "no good one yet"
    if not record["heartbeat"]:
        return f"{words}; nobody waits for a heartbeat (heartbeat_url)"
    return f"{words}; heartbeat " + (f"arrived {beat:%d %b %H:%M} UTC" if beat else "never arrived")


def _outbox_words(record: Record) -> str:
    counts: dict[str, int] = record["outbox"]
    waiting = counts.get("due", 0) + counts.get("leased", 0)
    words = [f"{waiting} waiting", f"{counts.get('sent', 0)} sent"]
    words += [
        f"{counts[state]} {state}"
        for state in ("parked", "unsure", "held", "dropped")
        if counts.get(state)
    ]
    if record["repeated_sends"]:
        words.append(f"{record['repeated_sends']} sent a second time")
    return ", ".join(words)


def show_deals(options: dict[str, Any], *, limit: int, as_json: bool) -> None:
    """The deals that changed last, newest first."""
    with open_stored(options) as db:
        deals = load_deals(db, limit=limit)
        told = Counter(alert.deal_id for alert in load_alerts(db, limit=10_000))
        counts = {deal.id: len({s.url for s in load_sources_of(db, deal.id)}) for deal in deals}
    names = load_names(options)
    rows = [
        deal_record(deal, names) | {"articles": counts[deal.id], "alerts": told[deal.id]}
        for deal in deals
    ]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("No deal yet. `rasid status` says what was seen.")
    for row in rows:
        click.echo(
            f"{row['id']:6} {row['amount']:<24} {row['kind']:<22} {row['stage']:<10} "
            f"{counted(row['articles'], 'article'):>12} {counted(row['alerts'], 'alert'):>9}  "
            f"{row['period'] or '':9} {row['who']}"
        )


def show_deal(options: dict[str, Any], text: str, *, as_json: bool) -> None:
    """One deal with its changes and its evidence."""
    deal_id = number_of(text, "d", "deal")
    with open_stored(options) as db:
        deal = load_deal(db, deal_id)
        if deal is None:
            raise RasidError(f"there is no deal d{deal_id}; `rasid deals` lists them")
        changes = load_changes(db, deal_id)
        sources = load_claims_of(db, deal_id)
        parts = load_parts(db, deal_id)
    names = load_names(options)
    record = deal_record(deal, names) | {
        "changes": [change_record(change) for change in changes],
        "parts": [deal_record(part, names) for part in parts],
        "told_by": [
            {
                "url": told.url,
                "title": told.title,
                "source": told.source_id,
                "published": told.published.at if told.published else None,
                "sentence": told.claim.sentence,
                "main": told.claim.main,
            }
            for told in sources
        ],
    }
    if as_json:
        print_json(record)
    else:
        _print_deal(record)


def load_names(options: dict[str, Any]) -> Names:
    """English names of the companies we know, by id: a story may name them in any script."""
    companies = load_companies(config_folder(options["folder"]))
    return {each.id: each.names["en"] for each in companies if "en" in each.names}


def who(deal: Deal, names: Names) -> str:
    """The parties of a deal, harmless on a terminal whoever wrote them."""
    told = [names.get(party.id or "", party.name) for party in deal.parties]
    return ", ".join(harmless_line(name, 60) for name in told) or "unnamed"


def deal_record(deal: Deal, names: Names) -> Record:
    """A deal as plain data, with words for a terminal."""
    return {
        "id": f"d{deal.id}",
        "kind": deal.kind,
        "stage": deal.stage,
        "amount": amount_words(deal.figure, "en") if deal.figure else "undisclosed",
        "low": deal.figure.low if deal.figure else None,
        "high": deal.figure.high if deal.figure else None,
        "currency": deal.figure.currency if deal.figure else None,
        "who": who(deal, names),
        "parties": [party_record(party) for party in deal.parties],
        "period": str(deal.period) if deal.period else None,
        "place": deal.place,
        "part_of": f"d{deal.part_of}" if deal.part_of else None,
        "actual": amount_words(deal.actual, "en") if deal.actual else None,
        "opened_at": deal.opened_at,
        "changed_at": deal.changed_at,
    }


def party_record(party: Party) -> Record:
    return {"name": party.name, "id": party.id, "side": party.side}


def change_record(change: Change) -> Record:
    """A change as plain data."""
    return {
        "number": change.number,
        "kind": change.kind,
        "before": amount_words(change.before, "en") if change.before else None,
        "after": amount_words(change.after, "en") if change.after else None,
        "stage": change.stage_after,
        "at": change.at,
        "article": change.article_url,
        "sentence": change.claim.sentence,
        "reasons": [reason.text for reason in change.reasons],
    }


def _print_deal(record: Record) -> None:
    part = f", part of {record['part_of']}" if record["part_of"] else ""
    click.echo(f"{record['id']}  {record['amount']}  {record['who']}")
    click.echo(f"{record['kind']}, {record['stage']}, {record['period'] or 'no period'}{part}")
    if record["actual"]:
        click.echo(f"really spent: {record['actual']}")
    for change in record["changes"]:
        was = f" (was {change['before']})" if change["before"] else ""
        told = f"{change['kind']}: {change['after'] or 'no figure'}{was}"
        click.echo(f" {change['number']}. {change['at']:%d %b %Y} {told}")
        click.echo(f"    “{harmless_line(change['sentence'], 300)}”")
        click.echo(f"    {change['article']}")
    if record["parts"]:
        click.echo(" parts: " + ", ".join(f"{p['id']} {p['amount']}" for p in record["parts"]))
    click.echo(f" told by {len(record['told_by'])}:")
    for told in record["told_by"]:
        day = f"{told['published']:%d %b %Y}" if told["published"] else "undated"
        click.echo(f"  {day}  {told['source'] or '-'}  {harmless_line(told['title'], 120)}")
