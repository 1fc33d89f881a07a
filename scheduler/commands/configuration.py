"""Is the configuration right, and do its targets answer?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from config.errors import ConfigError, DeliveryError, RasidError
from config.lexicons import Lexicons
from config.load import json_schema
from config.model import Config, Target
from config.phrases import ENGLISH, counting, left_out
from config.plural import counted
from crawler.reading.words import build_words
from notifier.model import Message
from notifier.tongue import Tongue
from scheduler.clock import machine_clock
from scheduler.house import config_folder, load_own_config

KINDS = ("settings", "sources", "rules", "targets", "companies", "rates", "wording")
_SHOWN = 8  # phrases by name; --json has all


def print_schema(kind: str) -> None:
    """Print the JSON Schema of one kind of file, for an editor's completion."""
    if kind not in KINDS:
        raise RasidError(f"there is no schema of {kind!r}; there is one of {', '.join(KINDS)}")
    click.echo(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))


def check_config(options: dict[str, Any], *, as_json: bool) -> None:
    """Say every mistake with its place, or what was found to be right.

    Raises ConfigError, which the command line prints.
    """
    folder = config_folder(options["folder"])
    config = load_own_config(folder)
    lexicons = Lexicons(folder)
    for language, data in lexicons.items():
        build_words(language, data)  # the figure words were built for the rules
    mistakes = [*_target_mistakes(config), *_wording_mistakes(config)]
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    counts = {
        "sources": len(config.sources),
        "enabled": sum(source.enabled for source in config.sources),
        "rules": len(config.rules),
        "targets": len(config.targets),
        "languages": len(lexicons),
        "companies": len(config.companies),
    }
    english = next(each for each in config.wordings if each.language == ENGLISH)
    borrowed = {each.language: left_out(each, english) for each in config.wordings}
    borrowed = {language: names for language, names in borrowed.items() if names}
    if as_json:
        told = {"folder": str(folder) if folder else None, **counts, "said_in_english": borrowed}
        click.echo(json.dumps(told))
        return
    where = f"{folder} over the shipped files" if folder else "the shipped files"
    click.echo(f"All right: {where}.")
    click.echo(
        f"{counts['enabled']} of {counted(counts['sources'], 'source')} on, "
        f"{counted(counts['rules'], 'rule')}, {counted(counts['targets'], 'target')}, "
        f"{counted(counts['languages'], 'language')}, "
        f"{counted(counts['companies'], 'company', 'companies')}."
    )
    for language, names in borrowed.items():
        shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        click.echo(
            f"wording/{language}.yaml leaves {counted(len(names), 'phrase')} to English: {shown}"
        )
    if not config.targets:
        click.echo("Nobody is told yet: copy targets.yaml into your own folder and fill it in.")


def _target_mistakes(config: Config) -> list[str]:
    from notifier.deliver import check_target

    found = ((target, check_target(target)) for target in config.targets)
    return [f"targets.yaml: {target.id}: {said}" for target, said in found if said]


def _wording_mistakes(config: Config) -> Iterator[str]:
    """In Russian `one` is 21, too: words that say "1 source" would be wrong."""
    for wording in config.wordings:
        words = Tongue(wording)
        for path, forms in counting(wording).items():
            if numbers := words.hidden(forms):
                said = ", ".join(map(str, numbers[:3]))
                yield (
                    f"wording/{wording.language}.yaml: {path}: one form is said of {said} and does "
                    "not name the number: write it as {…}, as in `other`"
                )


def test_targets(options: dict[str, Any], tag: str, *, as_json: bool) -> bool:
    """Send a test message to every target with `tag`; whether one failed."""
    config = load_own_config(config_folder(options["folder"]))
    targets = [target for target in config.targets if tag in target.tags]
    if not targets:
        tags = sorted({tag for target in config.targets for tag in target.tags})
        known = f"the tags are {', '.join(tags)}" if tags else "targets.yaml has no target yet"
        raise RasidError(f"no target has the tag {tag!r}; {known}")
    results = [(target, _try(target)) for target in targets]
    if as_json:
        rows = [{"target": t.id, "ok": said is None, "error": said} for t, said in results]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for target, said in results:
            click.echo(f"{target.id}: {said or 'sent'}")
    return any(said for _, said in results)


def _try(target: Target) -> str | None:
    from notifier.deliver import deliver
    from notifier.payload import trial_event
    from notifier.webhook import post

    now = machine_clock()
    title = "تجربة من راصد" if target.language == "ar" else "A test from Rasid"
    text = f"{title}\n{target.id} · {now:%Y-%m-%d %H:%M} UTC"
    message = Message(title=title, text=text, markdown=text, key=f"test {now:%Y%m%d%H%M%S}")
    try:
        if target.kind == "webhook":
            post(trial_event(message, now=now), target, now=now)
        else:
            deliver(message, target)
    except DeliveryError as error:
        said = str(error).removeprefix(f"{target.id}: ").removesuffix("; tried again later")
        return said.replace(
            "nobody answers there", "nobody answers there: are host and port right?"
        )
    return None
