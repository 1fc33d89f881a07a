"""How does a reading list come in, and how does ours go out?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from config.codes import LANGUAGES
from config.errors import ConfigError, RasidError
from config.load import load_secret_sources
from config.model import Config
from config.opml import OpmlLine, parse_opml, render_opml
from config.plural import counted
from crawler.pages.proposal import propose_id
from crawler.pages.urls import canonical_url
from crawler.text.safe import harmless_line
from scheduler.addresses import plain_address
from scheduler.clock import machine_clock
from scheduler.commands.show import print_json
from scheduler.house import config_folder, load_own_config
from scheduler.ownfile import Block, append_blocks, own_file, own_folder, render_block

_SHOWN = 10


def import_opml(options: dict[str, Any], file: Path, *, write: bool, as_json: bool) -> None:
    """Propose a block for each feed of `file` that is not watched; with `write` append them.

    **Raises** ConfigError where the file is no reading list.
    """
    folder = config_folder(options["folder"])
    config = load_own_config(folder)
    lines = _lines_of(file)
    blocks, known, refused = blocks_of(lines, config)
    written = None
    if write and blocks:
        own = folder or own_folder()
        written = own_file(own, None)
        append_blocks(written, blocks, folder=own)
    if as_json:
        print_json({"sources": blocks, "known": known, "refused": refused, "written": written})
        return
    if written is None:
        for block in blocks:
            click.echo(render_block(block), nl=False)
    click.echo(_told(blocks, known, refused, written), err=written is None)
    for url in refused[:_SHOWN]:
        click.echo(f"  no address of a feed on the web: {harmless_line(url, 100)}", err=True)


def _lines_of(file: Path) -> tuple[OpmlLine, ...]:
    try:
        return parse_opml(file.read_bytes())
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from error
    except OSError as error:
        raise RasidError(f"{file} cannot be read: {error.strerror}", subject=str(file)) from error


def blocks_of(
    lines: Sequence[OpmlLine], config: Config
) -> tuple[list[Block], list[str], list[str]]:
    """A block for each new feed; the addresses that are watched already, and those of no feed."""
    taken = {source.id for source in config.sources}
    seen = {plain_address(source.url) for source in config.sources}
    blocks: list[Block] = []
    known, refused = [], []
    for line in lines:
        address = line.url.replace("feed://", "https://", 1)
        if " " in address or canonical_url(address) is None:
            refused.append(line.url)  # one that no file of ours may hold would cost all the others
        elif plain_address(address) in seen:
            known.append(address)
        else:
            seen.add(plain_address(address))
            name = propose_id(line.site or address, taken)
            taken.add(name)
            blocks.append(_block(line, name, address))
    return blocks, known, refused


def _block(line: OpmlLine, name: str, address: str) -> Block:
    block: Block = {
        "id": name,
        "name": harmless_line(line.title, 100) or name,
        "url": address,
        "kind": "feed",
    }
    language = (line.language or "").lower().split("-")[0]
    if language in LANGUAGES:
        block["language"] = language
    return block


def _told(
    blocks: Sequence[Block], known: Sequence[str], refused: Sequence[str], written: Path | None
) -> str:
    what = f"appended to {written}" if written else "new; --write appends them to your own files"
    feeds = counted(len(blocks), "feed")
    told = f"{feeds} {what}, {len(known)} watched already, {len(refused)} refused"
    return f"{told}. `rasid sources probe` says how they answer." if written else told


def export_opml(options: dict[str, Any], file: Path | None, *, every: bool, as_json: bool) -> None:
    """Write the sources that are watched, or with `every` all, as OPML."""
    folder = config_folder(options["folder"])
    # People pass such files on: an address that holds a secret or a private network stays here.
    secret = load_secret_sources(folder)
    sources = [
        one
        for one in load_own_config(folder).sources
        if (every or one.enabled) and not one.private and one.id not in secret
    ]
    if as_json:
        print_json([one.model_dump(mode="json", exclude_defaults=True) for one in sources])
        return
    data = render_opml(sources, title="Rasid", at=machine_clock())
    if file is None:
        sys.stdout.buffer.write(data)
    else:
        try:
            file.write_bytes(data)
        except OSError as error:
            raise RasidError(
                f"{file} cannot be written: {error.strerror}; is the folder there?",
                subject=str(file),
            ) from error
        click.echo(f"{counted(len(sources), 'source')} written to {file}", err=True)
