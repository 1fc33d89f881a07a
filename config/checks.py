"""Do the files agree with each other? Names in rules, tags, currencies."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.layers import Entry
from config.mistakes import Mistake, did_you_mean
from config.model import Company, Rate, Rule, RuleConditions, Source, Target
from config.quiet import is_ever_open, parse_quiet
from config.yaml_marks import Document, KeyPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the other files name. None: not known, so anything may be right."""

    sources: frozenset[str]
    companies: Mapping[str, str] | None  # folded id, name or alias -> id
    currencies: frozenset[str] | None
    languages: frozenset[str]  # in which messages can be said
    tags: frozenset[str] | None  # also None where the owner has no targets yet
    watchlists: Mapping[str, tuple[str, ...]]  # companies as written, by id


def fold_name(name: str) -> str:
    """`name` without case and width: enough to look up what the owner typed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def company_names(companies: Iterable[Company]) -> dict[str, str]:
    """The id of each company by every name it has; an id is never hidden by a name."""
    listed = list(companies)
    names = {
        fold_name(name): company.id
        for company in reversed(listed)
        for name in (*company.aliases, *company.names.values())
    }
    return names | {company.id: company.id for company in listed}


def currencies_of(rates: Iterable[Rate]) -> frozenset[str]:
    """What amounts can be converted from and to."""
    return frozenset({"USD", *(rate.currency for rate in rates)})


def tags_of(targets: Iterable[Entry]) -> frozenset[str]:
    """The tags of `targets`, also of those that are wrong in another place."""
    lists = [entry.value.get("tags") for entry in targets]
    return frozenset(tag for tags in lists if isinstance(tags, list) for tag in map(str, tags))


def check_rule(rule: Rule, entry: Entry, known: Known) -> Iterator[Mistake]:
    """What `rule` names and no other file has."""
    yield from _check_conditions(rule, entry, known, ())
    if rule.unless is not None:
        yield from _check_conditions(rule.unless, entry, known, ("unless",))
    if known.tags is None or entry.is_shipped:
        return  # what the owner has not written is told in one sentence: check_shipped_rules
    for number, tag in enumerate(rule.tell):
        if tag not in known.tags:
            hint = did_you_mean(tag, known.tags)
            said = f"no target has this tag (got {tag!r}), give it to one in targets.yaml{hint}"
            yield entry.mistake(("tell", number), said)


def check_shipped_rules(
    rules: Iterable[tuple[Rule, Entry]], targets: Document, known: Known
) -> Iterator[Mistake]:
    """What the owner does whose own targets bear no tag of the rules that come with Rasid."""
    if known.tags is None:
        return
    asked = dict.fromkeys(tag for rule, entry in rules if entry.is_shipped for tag in rule.tell)
    for tag in asked:
        if tag not in known.tags:
            said = (
                f"no target has the tag {tag!r}, which the rules that come with Rasid tell: add it "
                "to the tags of one, or copy rules.yaml into this folder and change tell: there"
            )
            yield Mistake(targets.place_of(("targets",), key=True), said, path=("targets",))


def _check_conditions(
    rule: RuleConditions, entry: Entry, known: Known, above: KeyPath
) -> Iterator[Mistake]:
    for key in _OF_COMPANIES:
        yield from check_names(getattr(rule, key), key, entry, known, above)
    for number, name in enumerate(rule.sources):
        if name not in known.sources:
            hint = did_you_mean(name, known.sources)
            said = f"no source has this id (got {name!r}), write that of a block in sources/{hint}"
            yield entry.mistake((*above, "sources", number), said)
    amount = rule.at_least
    if rule.first_above and amount is None:
        said = "above what? Write at_least: beside it, e.g. 1bn USD"
        yield entry.mistake((*above, "first_above"), said)
    if (
        amount is not None
        and known.currencies is not None
        and amount.currency not in known.currencies
    ):
        said = f"no rate to compare {amount.currency} with, add one to rates.yaml"
        yield entry.mistake((*above, "at_least"), said)


_OF_COMPANIES = ("companies", "investors", "recipients")


def check_names(
    names: Sequence[str], key: str, entry: Entry, known: Known, above: KeyPath = ()
) -> Iterator[Mistake]:
    """What of `names` is neither a company nor, with @, a watchlist."""
    for number, name in enumerate(names):
        if name.startswith("@"):
            if name[1:] not in known.watchlists:
                hint = did_you_mean(name[1:], known.watchlists)
                said = f"no such watchlist (got {name!r}), add it under watchlists:{hint}"
                yield entry.mistake((*above, key, number), said)
        elif known.companies is not None and fold_name(name) not in known.companies:
            hint = did_you_mean(fold_name(name), known.companies)
            said = f"no such company (got {name!r}), add it to companies.yaml{hint}"
            yield entry.mistake((*above, key, number), said)


def check_target(target: Target, entry: Entry, known: Known) -> Iterator[Mistake]:
    """Whether messages can be said in the words and money of `target`, and a webhook be signed."""
    yield from _check_webhook(target, entry)
    if target.language not in known.languages:
        hint = did_you_mean(target.language, sorted(known.languages))
        said = f"no wording in this language (got {target.language!r}){hint}"
        yield entry.mistake(("language",), f"{said}, or add wording/{target.language}.yaml")
    if target.quiet and not is_ever_open(map(parse_quiet, target.quiet)):
        said = "is quiet at every minute of the week, so nothing would ever leave: leave some open"
        yield entry.mistake(("quiet",), said)
    if target.alerts_a_day == 0 and target.digest is None:
        said = "nothing would ever leave: add digest: daily 08:00 beside it, or allow some a day"
        yield entry.mistake(("alerts_a_day",), said)
    if target.fold_parts and not target.group_wait_min:
        said = "a part never waits beside its whole without group_wait_min: write e.g. 10"
        yield entry.mistake(("fold_parts",), said)
    if known.currencies is not None and target.currency not in known.currencies:
        hint = did_you_mean(target.currency, known.currencies)
        said = f"rates.yaml has no such currency (got {target.currency!r}), add a rate{hint}"
        yield entry.mistake(("currency",), said)


def _check_webhook(target: Target, entry: Entry) -> Iterator[Mistake]:
    if target.kind != "webhook":
        if target.signing_key is not None:
            said = "only a webhook is signed: write `kind: webhook`, or remove the key"
            yield entry.mistake(("signing_key",), said)
        return
    if target.scheme not in ("http", "https"):
        yield entry.mistake(("url",), "of a webhook begins with https://, or http:// at home")
    if target.signing_key is None:
        said = "needs a signing_key: write the name of a file that holds it: signing_key_file: …"
        yield entry.mistake(("kind",), said)
    elif not _is_signing_key(target.signing_key):
        said = "is no key: write whsec_ and base64 of 24 to 64 random bytes"
        yield entry.mistake(("signing_key",), said)


def _is_signing_key(key: str) -> bool:
    """As standardwebhooks.com writes them."""
    try:
        secret = base64.b64decode(key.removeprefix("whsec_"), validate=True)
    except ValueError:
        return False
    return key.startswith("whsec_") and 24 <= len(secret) <= 64


def check_source(source: Source, entry: Entry) -> Iterator[Mistake]:
    """Whether the parts of a source's block agree."""
    if source.link_pattern and source.kind != "section":
        said = f"only a section page has links to choose from (kind is {source.kind!r}), remove it"
        yield entry.mistake(("link_pattern",), said, key=True)
    for number, rule in enumerate(source.page[1:], start=1):
        if rule.until is None:
            said = "only the newest layout has no last day: add `until:` or put it first"
            yield entry.mistake(("page", number), said)


def with_company_ids(rule: Rule, known: Known) -> Rule:
    """`rule` with the id of each company in place of the name or watchlist that the owner typed."""
    companies = known.companies or {}

    def ids(names: tuple[str, ...]) -> tuple[str, ...]:
        written = (
            each
            for name in names
            for each in (known.watchlists[name[1:]] if name.startswith("@") else (name,))
        )
        return tuple(dict.fromkeys(companies[fold_name(name)] for name in written))

    def changed(conditions: RuleConditions) -> dict[str, object]:
        return {key: ids(getattr(conditions, key)) for key in _OF_COMPANIES}

    update = changed(rule)
    if rule.unless is not None:
        update["unless"] = rule.unless.model_copy(update=changed(rule.unless))
    return rule.model_copy(update=update)
