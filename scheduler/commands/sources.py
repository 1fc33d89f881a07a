"""Which places are watched, and what did the last look at each come to?"""

from __future__ import annotations

from typing import Any

import click

from config.model import Source
from crawler.storage.database import DATABASE_NAME
from crawler.storage.looks import SourceState, load_states
from scheduler.commands.show import Record, open_stored, print_json
from scheduler.house import config_folder, load_own_config, state_folder


def show_sources(options: dict[str, Any], *, as_json: bool) -> None:
    """Every source, enabled ones first; needs no database: before the first run none was seen."""
    config = load_own_config(config_folder(options["folder"]))
    states: dict[str, SourceState] = {}
    if (state_folder(options["state"]) / DATABASE_NAME).exists():
        with open_stored(options) as db:
            states = load_states(db)
    ordered = sorted(config.sources, key=lambda source: (not source.enabled, source.id))
    rows = [_record(source, states.get(source.id)) for source in ordered]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['id']:24} {row['kind']:8} {'on' if row['enabled'] else 'off':4} "
            f"{row['language'] or '-':3} {row['outcome'] or 'never looked at'}"
        )


def _record(source: Source, state: SourceState | None) -> Record:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "enabled": source.enabled,
        "language": source.language,
        "url": source.url,
        "outcome": state.outcome if state else None,
        "last_look_at": state.last_look_at if state else None,
        "note": state.note if state else None,
    }
