"""Why did an alert come, or why did none?"""

from __future__ import annotations

import re
from shlex import quote
from typing import Any

import click

from config.errors import RasidError
from config.plural import counted
from crawler.loading import load_reader
from crawler.model import Article, ListingState
from crawler.reading.read import read_article
from crawler.storage.articles import StoredArticle, load_article
from crawler.storage.claims import load_sources_of
from crawler.storage.database import Connection
from crawler.storage.deals import load_deal
from crawler.storage.steps import load_steps
from crawler.text.safe import harmless_line
from notifier.explain import explain
from notifier.outbox.alerts import load_alert
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.verdicts import load_verdicts
from scheduler.asked import as_asked, find_asked, is_address
from scheduler.clock import machine_clock
from scheduler.commands.show import Record, number_of, open_stored, print_json
from scheduler.house import config_folder

_IS_ID = re.compile(r"[da]?[0-9]{1,12}", re.ASCII)
_IS_WORD = re.compile(r"[!-~]*")  # also none; in scripts without blanks it may be a sentence


def explain_what(options: dict[str, Any], what: str, *, as_json: bool) -> None:
    """Walk the funnel of a URL, a deal (d12), an alert (a7) or a pasted text."""
    what = as_asked(what)
    if is_address(what):
        with open_stored(options) as db:
            record = _explain_url(db, what)
    elif _IS_ID.fullmatch(what):
        with open_stored(options) as db:
            record = _explain_deal(db, what) if what.startswith("d") else _explain_alert(db, what)
    elif _IS_WORD.fullmatch(what):
        raise RasidError(
            f"{what!r} is none of these: the URL of a story, a deal (d12), an alert (a7), or a "
            "sentence to read"
        )
    else:
        record = _explain_text(options, what)
    if as_json:
        print_json(record)
        return
    click.echo(harmless_line(record["title"], 200))
    for line in record["lines"]:
        click.echo(f"  {line}")


def _explain_url(db: Connection, url: str) -> Record:
    stored, seen = find_asked(db, url)
    lines = [_line_words(line.source_id, line.note, state) for line, state in seen]
    if stored is None:
        if not lines:
            raise RasidError(
                f"no list has named {url} and no page came from it; "
                f"`rasid why-not {quote(url)}` says how its source is",
                subject=url,
            )
        return {"title": url, "lines": [*lines, "=> silent: the page was not read"]}
    return {"title": stored.article.title, "lines": [*lines, *_funnel(db, stored)]}


def _line_words(source_id: str, note: str | None, state: ListingState) -> str:
    said = {
        ListingState.WAITING: "seen, and waits to be fetched",
        ListingState.FETCHED: "seen and fetched",
        ListingState.GIVEN_UP: "seen, and given up",
    }[state]
    return f"list of {source_id}: {said}" + (f" ({note})" if note else "")


def _funnel(db: Connection, stored: StoredArticle) -> list[str]:
    article = stored.article
    lines = [f"article {article.url}, of {article.source_id}, revision {stored.revision}"]
    if article.published is None:
        lines.append("published: undated; such an article never alerts")
    else:
        day = article.published.at
        lines.append(f"published: {day:%Y-%m-%d %H:%M %z} ({article.published.evidence})")
    lines += [reason.text for reason in article.reasons if reason.code == "feed_text"]
    if stored.reading is None:
        return [*lines, "=> silent: its reading was thrown away"]
    verdicts = load_verdicts(db, article_id=stored.id)
    said = list(explain(stored.reading, load_steps(db, stored.id), verdicts))
    if stored.archived_at is not None and not verdicts:
        said[-1] = "=> silent: it came from an archive, and no rule is asked about the past"
    return lines + said


def _explain_deal(db: Connection, text: str) -> Record:
    deal_id = number_of(text, "d", "deal")
    deal = load_deal(db, deal_id)
    if deal is None:
        raise RasidError(f"there is no deal d{deal_id}; `rasid deals` lists them")
    if deal.merged_into is not None:
        raise RasidError(
            f"d{deal_id} was merged into d{deal.merged_into}: `rasid explain d{deal.merged_into}`"
        )
    lines: list[str] = []
    for told in load_sources_of(db, deal_id):
        stored = load_article(db, told.url)
        if stored is not None:
            lines += [stored.article.title, *(f"  {line}" for line in _funnel(db, stored))]
    return {"title": f"deal d{deal_id}", "lines": lines}


def _explain_alert(db: Connection, text: str) -> Record:
    alert_id = number_of(text, "a", "alert")
    alert = load_alert(db, alert_id)
    if alert is None:
        raise RasidError(f"there is no alert a{alert_id}; `rasid alerts` lists them")
    made = f"{alert.made_at:%Y-%m-%d %H:%M} UTC"
    lines = [f"{alert.kind} of rule {alert.rule_id} on deal d{alert.deal_id}, {made}"]
    lines += [f"because {reason.text}" for reason in alert.reasons]
    for sent in load_deliveries(db, alert_ids=[alert_id]):
        error = f"; {sent.last_error}" if sent.last_error else ""
        held = f"; held since {sent.held_since:%Y-%m-%d %H:%M} UTC" if sent.held_since else ""
        held += f": {sent.held_why.text}" if sent.held_since and sent.held_why else ""
        tries = counted(sent.attempts, "try", "tries")
        lines.append(f"to {sent.target_id}: {sent.state} after {tries}{error}{held}")
    return {"title": f"alert a{alert_id}", "lines": lines}


def _explain_text(options: dict[str, Any], text: str) -> Record:
    from crawler.pages.language import resolve_language

    title, _, body = text.partition("\n")
    article = Article(
        url="",
        source_id=None,
        title=title if body else "",
        body=(body or title).strip(),
        language=resolve_language(text),
        published=None,
        fetched_at=machine_clock(),
    )
    reading = read_article(article, load_reader(config_folder(options["folder"])))
    lines = list(explain(reading))
    # Without a database there is no deal to join and no rule to ask: the last line would mislead.
    return {"title": text[:100], "lines": lines[:-1]}
