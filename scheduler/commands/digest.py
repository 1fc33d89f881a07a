"""What would a digest say, of any span of time? The same function as live makes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click

from config.errors import RasidError
from config.model import Config, Target
from notifier.model import Digest, Entry, Notice, NoticeKind
from notifier.render_digest import render_digest
from notifier.words import amount_words, words_in
from scheduler.clock import machine_clock
from scheduler.commands.show import Record, open_stored, print_json
from scheduler.digest import load_digest, rules_of
from scheduler.house import config_folder, load_own_config, state_folder
from scheduler.renewal import load_rates_of


def show_digest(
    options: dict[str, Any],
    *,
    since: timedelta,
    tag: str | None,
    language: str | None,
    as_page: bool,
    as_json: bool,
) -> None:
    """Print the digest of the time since then for the readers with `tag`, or for all rules."""
    config = load_own_config(config_folder(options["folder"]))
    target = _reader(config, tag, language)
    now = machine_clock()
    with open_stored(options) as db:
        digest = load_digest(
            db,
            config,
            load_rates_of(config, state_folder(options["state"])),
            rule_ids=rules_of(config, target),
            since=now - since,
            until=now + timedelta(seconds=1),
            weekly=since >= timedelta(days=7),
            currency=target.currency,
        )
    notice = Notice(id=0, kind=NoticeKind.DIGEST, items=(), made_at=now, digest=digest)
    companies = {company.id: company for company in config.companies}
    message = render_digest(
        notice,
        target,
        words_in(target.language, config.wordings),
        companies=companies,
        public_url=config.settings.public_url,
        is_preview=True,
    )
    if as_json:
        print_json(_record(digest) | {"tag": tag, "text": message.text})
    elif as_page:
        from notifier.mail import as_html  # loads the templates: for those who ask for a page

        click.echo(as_html(message))
    else:
        click.echo(message.text)


def _reader(config: Config, tag: str | None, language: str | None) -> Target:
    """Whoever reads it: the first target with `tag`; one that hears of all rules without it.

    Its address plays no part here: nothing is sent, and a terminal has room for all.
    """
    known_languages = sorted(wording.language for wording in config.wordings)
    if language is not None and language not in known_languages:
        raise RasidError(
            f"no wording in {language!r}; there are: {', '.join(known_languages)}. "
            "One more is one file, wording/xx.yaml in your folder"
        )
    room = {"url": "json://preview"} | ({"language": language} if language else {})
    if tag is None:
        everything = Target(id="preview", url="json://preview", tags=("ops",))
        return everything.model_copy(update=room)
    found = [target for target in config.targets if tag in target.tags]
    if not found:
        known = sorted({each for target in config.targets for each in target.tags})
        raise RasidError(
            f"no target has the tag {tag!r}; "
            + (f"there are: {', '.join(known)}" if known else "targets.yaml names none")
        )
    return found[0].model_copy(update=room | {"tags": (tag,)})


def _record(digest: Digest) -> Record:
    return {
        "since": digest.since,
        "until": digest.until,
        "new": [_row(entry) for entry in digest.new],
        "changed": [_row(entry) for entry in digest.changed],
        "held": [_row(entry) for entry in digest.held],
        "left_out": {each.why: each.count for each in digest.left_out},
        "troubled": [
            {"id": each.source_id, "state": each.state, "since": each.since}
            for each in digest.troubled
        ],
        "sources": digest.sources,
        "articles": digest.articles,
        "ai_articles": digest.ai_articles,
    }


def _row(entry: Entry) -> Record:
    return {
        "deal": f"d{entry.deal_id}",
        "amount": amount_words(entry.figure, "en") if entry.figure else "undisclosed",
        "kind": entry.kind,
        "stage": entry.stage,
        "change": entry.change,
        "who": [party.name for party in entry.parties],
        "url": entry.url,
        "why_held": entry.why_held.text if entry.why_held else None,
        "mistake": entry.mistake.text if entry.mistake else None,
    }
