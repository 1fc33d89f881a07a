"""What would the owner write to watch this site, and what would it read?"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from config.errors import Blocked, FetchError, RasidError, Unreachable
from config.model import Config, Source
from config.plural import counted
from crawler.model import Listing
from crawler.pages.advice import PageCheck
from crawler.pages.proposal import propose_block
from crawler.pages.ranking import Candidate, is_live
from crawler.pages.survey import newest_first
from crawler.text.safe import harmless_line
from scheduler.addresses import address_of, watched_by
from scheduler.clock import machine_clock
from scheduler.commands.probe import age_words, page_words
from scheduler.commands.show import Record, print_json
from scheduler.discover import Found, discover
from scheduler.door import Door, open_door
from scheduler.house import config_folder, load_own_config
from scheduler.logs import set_up_logging
from scheduler.ownfile import Block, append_blocks, own_file, own_folder, render_block
from scheduler.probe import check_page
from scheduler.zones import load_zones

SHOWN = 5  # newest titles, and candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The block for the best candidate, and one article of it."""

    found: Found
    block: Block
    page: PageCheck | None
    at: datetime

    @property
    def best(self) -> Candidate:
        return self.found.candidates[0]

    @property
    def newest(self) -> tuple[Listing, ...]:
        return newest_first(self.best.survey.listings)[:SHOWN]


def add_source(
    options: dict[str, Any],
    url: str,
    *,
    write: bool,
    own_id: str | None,
    private: bool,
    as_json: bool,
) -> None:
    """Propose a block for `url` and show what it reads; with `write` append it.

    **Raises** RasidError where there is nothing to watch, or it is watched already.
    """
    folder = config_folder(options["folder"])
    config = load_own_config(folder)
    set_up_logging("DEBUG" if options["verbose"] else "WARNING", secrets=[])
    address = address_of(url)
    _check_id(own_id, config)
    proposal = asyncio.run(
        _propose(config, folder, address, private=private, plain="://" not in url)
    )
    if own_id:
        proposal.block["id"] = own_id
    known = watched_by(config, proposal.best.url)
    written = None
    if write and known is None:
        own = folder or own_folder()
        written = own_file(own, str(proposal.block.get("language")))
        append_blocks(written, [proposal.block], folder=own)
    if as_json:
        print_json(_record(proposal, known=known, written=written))
    else:
        _print(proposal, known=known, written=written, write=write)
    if write and known is not None:
        raise RasidError(f"{known} reads {proposal.best.url} already: nothing was written")


def _check_id(own_id: str | None, config: Config) -> None:
    if own_id is None:
        return
    if own_id in {source.id for source in config.sources}:
        raise RasidError(f"a source is called {own_id!r} already: give another --id")
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", own_id):
        raise RasidError(f"{own_id!r} is no id: write small letters, digits, dots and dashes")


async def _discover(door: Door, url: str, *, private: bool, plain: bool) -> Found:
    """What `url` offers; by http where nobody answers by https and the owner typed neither."""
    try:
        return await discover(door, url, private=private, asking=_progress())
    except Unreachable as error:
        # robots.txt is asked first: where nobody speaks https it is what could not be read.
        if not plain or error.status is not None:
            raise
        whole = f"http://{url.partition('://')[2]}"
        return await discover(door, whole, private=private, asking=_progress())


async def _propose(
    config: Config, folder: Path | None, url: str, *, private: bool, plain: bool
) -> Proposal:
    async with open_door(config, folder=folder, clock=machine_clock) as door:
        try:
            found = await _discover(door, url, private=private, plain=plain)
        except FetchError as error:
            raise RasidError(_refusal(error, private=private)) from error
        if not found.candidates:
            raise RasidError(_nothing(found))
        best, now = found.candidates[0], machine_clock()
        block = propose_block(
            best,
            asked=found.asked,
            offers=found.offers,
            taken={source.id for source in config.sources},
            zones=load_zones(now),
            private=private,
        )
        source = Source.model_validate(block)
        page = await check_page(door, source, best.survey.listings)
        return Proposal(found=found, block=block, page=page, at=now)


def _progress() -> Callable[[str], None] | None:
    """A line on a terminal for each address that is asked; nothing elsewhere."""
    if not sys.stderr.isatty():
        return None
    return lambda url: click.echo(f"asking {harmless_line(url, 100)}", err=True)


def _refusal(error: FetchError, *, private: bool) -> str:
    hint = ""
    if error.retry == "never" and not private and error.status is None:
        hint = " If it stands on a network of your own, say so with --private."
        return str(error).partition("; if it stands")[0].rstrip(".") + "." + hint
    if error.robots == "refused":
        hint = " Ask the publisher, or choose another site."
    elif error.robots == "unreadable":
        hint = " Is the address right? Then try again tomorrow."
    elif isinstance(error, Blocked):
        hint = " Try again then." if error.until else " Ask the publisher, or choose another site."
    elif error.status == 200:
        hint = " Name its front page, a section, or its feed."
    return f"{error}{hint}"


def _nothing(found: Found) -> str:
    links = counted(found.offers.link_count if found.offers else 0, "link")
    said = f"{found.asked} offers nothing to watch: no feed, no sitemap, and none of its {links} "
    said += "shows which pages are articles"
    tried = "".join(f"\n  {harmless_line(note, 200)}" for note in found.notes[:SHOWN])
    return f"{said}; try the address of a section of the site{tried}"


def _print(proposal: Proposal, *, known: str | None, written: Path | None, write: bool) -> None:
    found = proposal.found
    for number, each in enumerate(found.candidates[:SHOWN], start=1):
        click.echo(f"{number}. {each.url}\n   {_words_of(each, proposal.at)}")
    for note in found.notes[:SHOWN]:
        click.echo(f"   {harmless_line(note, 200)}")
    click.echo("\nThe first would read:")
    for line in proposal.newest:
        date = f"{line.published.at:%Y-%m-%d %H:%M}" if line.published else "no date"
        click.echo(f"  {date:16}  {harmless_line(line.title or line.url, 100)}")
    click.echo(f"  and of one page: {page_words(proposal.page)}\n")
    click.echo("sources:\n" + render_block(proposal.block))
    if written:
        click.echo(f"Written to {written}. It is watched from the next start of `rasid run`.")
    elif known is None:
        click.echo("Nothing was written: --write appends this to your own files.")
    elif not write:
        click.echo(f"{known} reads this address already.")


def _words_of(each: Candidate, now: datetime) -> str:
    survey = each.survey
    words = [survey.head.words, counted(survey.count, "line"), f"{survey.share_dated:.0%} dated"]
    if survey.newest:
        words.append(f"newest {age_words(now - survey.newest)} old")
    if not is_live(survey, now):
        words.append("out of use")
    if each.is_of_comments:
        words.append("comments of readers")
    return f"{', '.join(words)}: {each.found}"


def _record(proposal: Proposal, *, known: str | None, written: Path | None) -> Record:
    page = proposal.page
    return {
        "asked": proposal.found.asked,
        "block": proposal.block,
        "yaml": render_block(proposal.block, indent=0),
        "watched_already_by": known,
        "written_to": written,
        "candidates": [
            {
                "url": each.url,
                "found": each.found,
                "type": each.survey.head.words,
                "lines": each.survey.count,
                "share_dated": round(each.survey.share_dated, 3),
                "newest": each.survey.newest,
                "live": is_live(each.survey, proposal.at),
                "comments": each.is_of_comments,
                "link_pattern": each.link_pattern,
            }
            for each in proposal.found.candidates
        ],
        "reads": [
            {
                "title": line.title,
                "url": line.url,
                "published": line.published.at if line.published else None,
            }
            for line in proposal.newest
        ],
        "page": {"body_length": page.body_length, "note": page.note} if page else None,
        "notes": proposal.found.notes,
    }
