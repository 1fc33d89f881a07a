"""How does a person put right what Rasid got wrong?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from config.errors import RasidError
from config.model import Config
from config.plural import counted
from crawler.deals.rates import Rates
from crawler.loading import load_reader
from crawler.model import Claim, Deal
from crawler.storage.database import DATABASE_NAME, Connection, Database, open_database
from crawler.storage.upkeep import forget
from crawler.text.safe import harmless_line
from notifier.words import amount_words
from scheduler.clock import machine_clock
from scheduler.commands.corrected import owed_record, print_owed, write_or_try
from scheduler.commands.show import (
    Names,
    Record,
    deal_record,
    load_names,
    number_of,
    open_stored,
    print_json,
    who,
)
from scheduler.correcting import Owed, correct
from scheduler.house import config_folder, load_own_config, state_folder
from scheduler.mending import Mended, merge_deals, split_deal
from scheduler.renewal import load_rates_of
from scheduler.reread import Reread, keep, reread


@contextmanager
def open_to_write(options: dict[str, Any]) -> Iterator[Database]:
    """The database, to write to. Raises StorageError where nothing is stored yet."""
    with open_stored(options):
        pass
    database = open_database(state_folder(options["state"]) / DATABASE_NAME)
    try:
        yield database
    finally:
        database.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand:
    """What a hand laid on deals needs, and whether those who were told are to hear of it."""

    config: Config
    rates: Rates
    names: Names
    now: datetime
    quiet: bool

    def tell(self, tx: Connection, mended: Mended) -> Owed:
        """Owe corrections to whoever was told otherwise; nobody where it is to be quiet."""
        if self.quiet or mended.change is None:
            return Owed()
        return correct(
            tx,
            mended.after,
            mended.change,
            config=self.config,
            rates=self.rates,
            now=self.now,
        )


def _hand(options: dict[str, Any], *, quiet: bool) -> _Hand:
    config = load_own_config(config_folder(options["folder"]))
    return _Hand(
        config=config,
        rates=load_rates_of(config, state_folder(options["state"])),
        names=load_names(options),
        now=machine_clock(),
        quiet=quiet,
    )


def merge(
    options: dict[str, Any], deal: str, other: str, *, quiet: bool, dry_run: bool, as_json: bool
) -> None:
    """Say that two deals are one."""
    kept_id, other_id = number_of(deal, "d", "deal"), number_of(other, "d", "deal")
    hand = _hand(options, quiet=quiet)
    with open_to_write(options) as database, write_or_try(database, keep=not dry_run) as tx:
        mended = merge_deals(tx, kept_id, other_id, rates=hand.rates, now=hand.now)
        owed = hand.tell(tx, mended)
    if as_json:
        print_json(deal_record(mended.after, hand.names) | _owed_record(owed, dry_run=dry_run))
        return
    click.echo(f"d{other_id} is d{kept_id} from now on: {_words(mended.after, hand.names)}")
    _print_moved(mended, owed, dry_run=dry_run)


def split(
    options: dict[str, Any],
    deal: str,
    urls: tuple[str, ...],
    *,
    quiet: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a deal of its own of what some articles tell."""
    deal_id = number_of(deal, "d", "deal")
    hand = _hand(options, quiet=quiet)
    with open_to_write(options) as database, write_or_try(database, keep=not dry_run) as tx:
        mended, made = split_deal(tx, deal_id, urls, rates=hand.rates, now=hand.now)
        owed = hand.tell(tx, mended)
    if as_json:
        stays = deal_record(mended.after, hand.names) | _owed_record(owed, dry_run=dry_run)
        print_json([stays, deal_record(made, hand.names)])
        return
    click.echo(f"d{made.id} is a deal of its own: {_words(made, hand.names)}")
    click.echo(f"d{deal_id} stays: {_words(mended.after, hand.names)}")
    _print_moved(mended, owed, dry_run=dry_run)


def _owed_record(owed: Owed, *, dry_run: bool) -> Record:
    return {"written": not dry_run, **owed_record(owed)}


def reread_articles(options: dict[str, Any], *, write: bool, quiet: bool, as_json: bool) -> None:
    """Show what today's reader says otherwise and who would hear of it; keep it with `write`."""
    hand = _hand(options, quiet=quiet)
    reader = load_reader(config_folder(options["folder"]))
    sources = {source.id: source for source in hand.config.sources}
    count, rows = 0, list[Record]()
    mended: list[tuple[Mended, Owed]] = []
    with open_to_write(options) as database:
        for one in reread(database, reader, sources):
            count += 1
            if one.differs:
                rows.append(_reread_record(one))
                if not as_json:
                    _print_reread(one)
            if write or one.differs:
                with write_or_try(database, keep=write) as tx:
                    done = keep(tx, one, rates=hand.rates, now=hand.now)
                    mended += [(each, hand.tell(tx, each)) for each in done]
    moved = [(each, owed) for each, owed in mended if each.change is not None]
    if as_json:
        deals = [
            deal_record(each.after, hand.names) | _owed_record(owed, dry_run=not write)
            for each, owed in moved
        ]
        print_json({"read": count, "written": write, "differ": rows, "deals": deals})
        return
    read = counted(count, "article")
    click.echo(f"{read} read by another reader; {len(rows)} with something else to say")
    for each, owed in moved:
        click.echo(f" d{each.after.id}: {_words(each.after, hand.names)}")
        _print_moved(each, owed, dry_run=not write)
    if rows and not write:
        click.echo("Nothing was written. `rasid reread --write` keeps it; --quiet tells nobody.")


def forget_texts(options: dict[str, Any], what: str, *, as_json: bool) -> None:
    """Delete kept texts. Raises RasidError where there is none, so a slip is seen."""
    with open_to_write(options) as database, database.write() as tx:
        count = forget(tx, what)
    if not count:
        raise RasidError(
            f"no text of {what!r} is kept: give the whole URL of an article, or the id of a "
            "source as `rasid sources` shows it",
            subject=what,
        )
    if as_json:
        print_json({"what": what, "texts_deleted": count})
        return
    click.echo(f"{counted(count, 'text')} deleted. Titles, sentences, figures and links stay.")
    click.echo("Backups beside the database hold them until newer ones take their place.")


def _reread_record(one: Reread) -> Record:
    before = one.stored.reading
    return {
        "url": one.stored.article.url,
        "title": one.stored.article.title,
        "was_investment": before.ai_investment if before else None,
        "is_investment": one.after.ai_investment,
        "gone": [_claim_words(claim) for claim in one.gone],
        "new": [_claim_words(claim) for claim in one.new],
    }


def _print_reread(one: Reread) -> None:
    click.echo(harmless_line(one.stored.article.title, 120) + f"  {one.stored.article.url}")
    for sign, claims in (("-", one.gone), ("+", one.new)):
        for claim in claims:
            click.echo(f"  {sign} {_claim_words(claim)}")


def _claim_words(claim: Claim) -> str:
    amount = amount_words(claim.figure, "en") if claim.figure else "no amount"
    parties = ", ".join(harmless_line(party.name, 60) for party in claim.parties) or "unnamed"
    weight = "" if claim.main else " (mentioned)"
    return f"{claim.role}, {claim.stage}: {amount}, {parties}{weight}"


def _words(deal: Deal, names: Names) -> str:
    amount = amount_words(deal.figure, "en") if deal.figure else "undisclosed"
    return f"{amount}, {deal.kind}, {deal.stage}, {who(deal, names)}"


def _print_moved(mended: Mended, owed: Owed, *, dry_run: bool) -> None:
    before, after = mended.before.figure, mended.after.figure
    if before != after:
        was = amount_words(before, "en") if before else "no figure"
        told = "" if owed.corrections or owed.digests else "; nobody is told"
        click.echo(f"   it was {was}{told}")
    print_owed(owed, kept=not dry_run)
    if dry_run:
        click.echo("   nothing was written")
