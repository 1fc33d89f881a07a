"""Why did no alert come of this story, or of this company?"""

from __future__ import annotations

import re
from shlex import quote
from typing import Any

import click

from config.errors import RasidError
from crawler.text.safe import harmless_line
from notifier.funnel.stops import Halt, Stop
from scheduler.asked import as_asked, is_address
from scheduler.commands.show import Record, open_stored, print_json
from scheduler.funnel import Walk, walk
from scheduler.house import config_folder, load_own_config
from scheduler.stories import find_company, find_stories

_MOST_STORIES = 20
_IS_ID = re.compile(r"[da][0-9]{1,12}", re.ASCII)


def tell_why_not(options: dict[str, Any], what: str, *, as_json: bool) -> None:
    """Print how far one story came, or the stories of a company."""
    what = as_asked(what)
    if not what:
        raise RasidError("name the URL of a story, or a company: why-not URL, why-not Meta")
    if _IS_ID.fullmatch(what):
        raise RasidError(
            f"{what} is no story and no company: `rasid explain {what}` says why it is as it is"
        )
    config = load_own_config(config_folder(options["folder"]))
    with open_stored(options) as db:
        if is_address(what):
            record = _walk_record(walk(db, what, config)) | {"what": what}
        else:
            asked = find_company(what, config.companies)
            urls = find_stories(db, asked, limit=_MOST_STORIES)
            walks = [walk(db, url, config) for url in urls]
            record = _company_record(what, asked.company.id if asked.company else None, walks)
    if as_json:
        print_json(record)
    elif "stories" in record:
        _print_company(record)
    else:
        _print_walk(record)


def _walk_record(one: Walk) -> Record:
    return {
        "url": one.url,
        "title": one.title,
        "at": one.at,
        **_end_record(one.halt, url=one.url),
        "steps": [
            {"step": step, "passed": passed, "text": text} for step, passed, text in one.steps
        ],
        "rules": [
            {"rule": each.rule_id, "stage": each.stop, "also": each.also, "text": each.text}
            for each in one.others
            if each.rule_id
        ],
        "deals": [f"d{deal_id}" for deal_id in one.deals],
    }


def _end_record(halt: Halt, *, url: str = "URL") -> Record:
    return {
        "stage": halt.stop,
        "also": halt.also,
        "text": halt.text,
        "next": halt.todo.replace("URL", quote(url)),
    }


def _company_record(what: str, company_id: str | None, walks: list[Walk]) -> Record:
    none = Halt(stop=Stop.NO_STORY, text=f"no story that is kept names {harmless_line(what, 60)}")
    best = max(walks, key=lambda one: one.halt.rank, default=None)
    end = _end_record(best.halt, url=best.url) if best else _end_record(none)
    return {
        "what": what,
        "company": company_id,
        **end,
        "stories": [_walk_record(one) for one in walks],
    }


def _print_walk(record: Record) -> None:
    # With the blanks that make a line harmless an address would be none.
    url = "".join(letter for letter in record["url"] if letter.isprintable())
    click.echo(harmless_line(record["title"], 200) if record["title"] else url)
    for step in record["steps"]:
        click.echo(f"  {'+' if step['passed'] else '-'} {step['step']}: {_line(step['text'])}")
    _print_end(record)


def _print_company(record: Record) -> None:
    click.echo(f"{_line(record['what'])} is {record['company'] or 'not in companies.yaml'}")
    for story in record["stories"]:
        day = f"{story['at']:%Y-%m-%d}" if story["at"] else "          "
        deals = " ".join(story["deals"])
        click.echo(f"  {day}  {story['stage']:<22} {deals:<6} {_line(story['title'] or '')}")
        click.echo(f"              {story['url']}")
    _print_end(record)


def _print_end(record: Record) -> None:
    click.echo(f"=> {record['stage']}: {_line(record['text'])}")
    click.echo(f"   {record['next']}")


def _line(text: str) -> str:
    return harmless_line(text, 400)
