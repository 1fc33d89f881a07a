"""What does the owner want? YAML files, checked and typed, every mistake at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from config.apprise_files import ReadApprise, targets_in
from config.checks import (
    Known,
    check_names,
    check_rule,
    check_shipped_rules,
    check_source,
    check_target,
    company_names,
    currencies_of,
    tags_of,
    with_company_ids,
)
from config.codes import LANGUAGES
from config.complaints import complain
from config.layers import (
    LONE_FILES,
    SHIPPED,
    Entry,
    Layers,
    add_to,
    entries_of,
    lay_words,
    merge_by_id,
    refuse_twice,
    replace_keys,
)
from config.mistakes import Mistake, did_you_mean, raise_if_any, shown_value
from config.model import Company, Config, Rate, Rule, Settings, Source, Target, Watchlist
from config.phrases import ENGLISH, Wording, check_wording
from config.schema import json_schema
from config.secrets import put_secrets_in
from config.yaml_marks import Document, KeyPath

__all__ = [
    "json_schema",
    "load_around",
    "load_companies",
    "load_config",
    "load_letters",
    "load_lexicon",
    "load_lexicons",
    "load_likeness",
    "load_places",
    "load_rates",
    "load_wordings",
    "shipped_folder",
]

ParseAmount = Callable[[str], tuple[Decimal, str] | None]
Model = TypeVar("Model", bound=BaseModel)
Checked = list[tuple[Model, Entry]]


def shipped_folder() -> Path:
    """The folder of the files that come with Rasid."""
    return SHIPPED


def load_config(
    folder: Path | None,
    *,
    parse_amount: ParseAmount,
    environment: Mapping[str, str],
    rules: Path | None = None,
    read_apprise: ReadApprise | None = None,
) -> Config:
    """Load the shipped files with those of `folder` over them; `rules`: a rules.yaml to try.

    `read_apprise` reads files in Apprise's own form; without it a target that names one is wrong.
    Raises ConfigError with one line for each mistake of all files:
    `file:line:column: key path: what is wrong (got 'value'), what to write instead`.
    """
    load = _Load(
        folder,
        parse_amount=parse_amount,
        environment=environment,
        rules=rules,
        read_apprise=read_apprise,
    )
    config = load.config()
    # Only under a name like one of ours can it have a mistake of its own, and a target reads it.
    raise_if_any(each for each in load.layers.mistakes if each.place.file not in load.named)
    return config


def load_companies(folder: Path | None) -> tuple[Company, ...]:
    """Load the companies alone. Raises ConfigError."""
    load = _Load(folder)
    companies = load.companies()
    raise_if_any(load.layers.mistakes)
    return companies or ()


def load_places() -> bytes:
    """The names of cities, as crawler/reading/gazetteer.py searches them."""
    return (SHIPPED / "places.tsv").read_bytes()


def load_likeness() -> bytes:
    """What the pieces of words say, as crawler/reading/likeness.py keeps it; empty without it."""
    return _learned("likeness.tsv")


def load_letters() -> bytes:
    """What the runs of letters say, as crawler/reading/letters.py keeps it; empty without it."""
    return _learned("letters.bin")


def load_around() -> bytes:
    """What they say around a name, as crawler/reading/around.py asks; empty without it."""
    return _learned("around.bin")


def _learned(name: str) -> bytes:
    try:
        return (SHIPPED / name).read_bytes()
    except OSError:
        return b""


def load_rates(folder: Path | None) -> tuple[Rate, ...]:
    """Load the rates alone. Raises ConfigError."""
    load = _Load(folder)
    rates = load.rates()
    raise_if_any(load.layers.mistakes)
    return rates or ()


def load_wordings(folder: Path | None, *languages: str) -> tuple[Wording, ...]:
    """Load the languages of messages alone, or these of them. Raises ConfigError."""
    load = _Load(folder)
    wordings = load.wordings(languages)
    raise_if_any(load.layers.mistakes)
    return wordings


def load_secret_sources(folder: Path | None) -> frozenset[str]:
    """Ids of the sources in whose address a secret stands. Raises ConfigError."""
    load = _Load(folder)
    entries = load.merged("sources", "sources", replace_keys)
    raise_if_any(load.layers.mistakes)
    return frozenset(
        str(entry.value.get("id"))
        for entry in entries
        if "url_file" in entry.value or "${" in str(entry.value.get("url"))
    )


def load_lexicons(folder: Path | None) -> dict[str, dict[str, Any]]:
    """Load the lexicons alone, by language. Raises ConfigError."""
    load = _Load(folder)
    lexicons = load.lexicons()
    raise_if_any(load.layers.mistakes)
    return lexicons


def load_lexicon(folder: Path | None, language: str) -> dict[str, Any]:
    """Load one lexicon alone. Raises ConfigError."""
    load = _Load(folder)
    lexicons = load.lexicons(f"{language}.yaml")
    raise_if_any(load.layers.mistakes)
    return lexicons.get(language, {})


class _Load:
    """One load: each method reads one kind of file and notes its mistakes in `layers`."""

    def __init__(
        self,
        folder: Path | None,
        *,
        parse_amount: ParseAmount | None = None,
        environment: Mapping[str, str] | None = None,
        rules: Path | None = None,
        read_apprise: ReadApprise | None = None,
    ) -> None:
        self.layers = Layers(folder, rules=rules)
        self.context = {"parse_amount": parse_amount}
        self.environment = environment or {}
        self.read_apprise = read_apprise
        self.named: set[Path] = set()  # files of the owner's that a target names

    def config(self) -> Config:
        settings, companies, rates = self.settings(), self.companies(), self.rates()
        sources = self.sources()
        targets, tags = self.targets()
        wordings = self.wordings()
        rules = self.check_all(Rule, self.listed("rules", also=("watchlists",)))
        watchlists = self.check_all(Watchlist, self.listed("watchlists", "rules", also=("rules",)))
        names = None if companies is None else company_names(companies)
        known = Known(
            sources=frozenset(self.source_ids),
            companies=names,
            currencies=None if rates is None else currencies_of(rates),
            languages=frozenset(wording.language for wording in wordings),
            tags=tags,
            watchlists={one.id: one.companies for one, _ in watchlists},
        )
        self.cross_check(sources, targets, rules, known)
        for watchlist, entry in watchlists:
            self.layers.mistakes.extend(check_names(watchlist.companies, "companies", entry, known))
        for document in self.layers.owned("lexicon"):  # ours are read when their language comes
            self.is_lexicon(document, document.path.stem)
        if self.layers.mistakes:
            rules = []  # what they name may not be known, and nobody will see them
        return Config.model_construct(
            settings=settings,
            sources=tuple(source for source, _ in sources),
            rules=tuple(with_company_ids(rule, known) for rule, _ in rules),
            targets=tuple(target for target, _ in targets),
            companies=companies or (),
            rates=rates or (),
            wordings=wordings,
        )

    def cross_check(
        self,
        sources: Checked[Source],
        targets: Checked[Target],
        rules: Checked[Rule],
        known: Known,
    ) -> None:
        note = self.layers.mistakes.extend
        for source, entry in sources:
            note(check_source(source, entry))
        for target, entry in targets:
            note(check_target(target, entry, known))
        for rule, entry in rules:
            note(check_rule(rule, entry, known))
        note(check_shipped_rules(rules, self.layers.lone("targets.yaml"), known))

    def settings(self) -> Settings:
        document = self.layers.lone("rasid.yaml")
        value = document.value
        if value is None:
            value = {}
        if not isinstance(value, dict):
            said = f"this file must be a map (got {shown_value(value)}): write `key: value` lines"
            self.layers.mistakes.append(Mistake(document.place_of(()), said))
            value = {}
        return self.check(Settings, Entry(value, ((document, ()),))) or Settings()

    def targets(self) -> tuple[Checked[Target], frozenset[str] | None]:
        """The targets and all their tags; None: the owner has named no target yet."""
        before = len(self.layers.mistakes)
        entries = [each for entry in self.listed("targets") for each in self.unfolded(entry)]
        is_own = self.layers.own is not None and (self.layers.own / "targets.yaml").exists()
        is_known = is_own and len(self.layers.mistakes) == before
        return self.check_all(Target, entries), tags_of(entries) if is_known else None

    def unfolded(self, entry: Entry) -> Iterable[Entry]:
        """`entry`, or the targets of the file in Apprise's own form that it names."""
        if "apprise" not in entry.value or self.read_apprise is None:
            return [entry]
        path = entry.folder_of("apprise") / str(entry.value["apprise"])
        if path.name not in LONE_FILES:
            self.named.add(path)
        return targets_in(entry, self.environment, self.read_apprise, self.layers.mistakes)

    def listed(self, name: str, file: str = "", *, also: tuple[str, ...] = ()) -> list[Entry]:
        """The list `name` of a file that replaces the shipped one; `also`: its other lists."""
        document = self.layers.lone(f"{file or name}.yaml")
        if file and not isinstance(document.value, dict):
            return []  # what is wrong with the whole file is told with its main list
        entries = list(entries_of(document, name, self.layers.mistakes, also=also))
        refuse_twice(entries, self.layers.mistakes)
        return entries

    def sources(self) -> Checked[Source]:
        entries = self.merged("sources", "sources", replace_keys)
        self.source_ids = [str(entry.value.get("id")) for entry in entries]
        return self.check_all(Source, entries)

    def companies(self) -> tuple[Company, ...] | None:
        """None if one of them is wrong."""
        before = len(self.layers.mistakes)
        entries = self.merged("companies.yaml", "companies", add_to)
        companies = tuple(company for company, _ in self.check_all(Company, entries))
        return companies if len(self.layers.mistakes) == before else None

    def rates(self) -> tuple[Rate, ...] | None:
        """The owner's rows of a currency stand for all shipped rows of it; None: one is wrong."""
        before = len(self.layers.mistakes)
        shipped, own = (
            [e for d in docs for e in entries_of(d, "rates", self.layers.mistakes)]
            for docs in self.layers.both("rates.yaml")
        )
        named = {entry.value.get("currency") for entry in own}
        entries = [e for e in shipped if e.value.get("currency") not in named] + own
        rates = tuple(rate for rate, _ in self.check_all(Rate, entries))
        return rates if len(self.layers.mistakes) == before else None

    def merged(
        self,
        place: str,
        name: str,
        lay_over: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]],
    ) -> list[Entry]:
        """Entries of the shipped files, those of the owner over them, without the removed."""
        mistakes = self.layers.mistakes
        sides = []
        documents = self.layers.both(place)
        for side in documents:
            entries = [e for d in side for e in entries_of(d, name, mistakes, also=("remove",))]
            refuse_twice(entries, mistakes)
            sides.append(entries)
        ids = [str(entry.value.get("id")) for entry in sides[0]]
        removed = [pair for d in documents[1] for pair in self.removed(d, ids)]
        entries, wrong = merge_by_id(sides[0], sides[1], removed, lay_over)
        mistakes.extend(wrong)
        return entries

    def removed(self, document: Document, ids: list[str]) -> Iterator[tuple[str, Mistake]]:
        written = document.value.get("remove") if isinstance(document.value, dict) else None
        if written is None:
            return
        if not isinstance(written, list):
            said = f"must be a list (got {shown_value(written)}), write it in brackets: [id]"
            mistake = Mistake(document.place_of(("remove",)), said, path=("remove",))
            self.layers.mistakes.append(mistake)
            return
        for number, name in enumerate(written):
            path = ("remove", number)
            said = (
                f"no shipped entry has this id (got {shown_value(name)}){did_you_mean(name, ids)}"
            )
            yield str(name), Mistake(document.place_of(path), said, path=path)

    def lexicons(self, name: str = "") -> dict[str, dict[str, Any]]:
        """All lexicons, or the one in the file called `name`."""
        found: dict[str, dict[str, Any]] = {}
        for documents in self.layers.both(f"lexicon/{name}" if name else "lexicon"):
            for document in documents:
                language = document.path.stem
                if self.is_lexicon(document, language):
                    found[language] = add_to(found.get(language, {}), document.value or {})
        return found

    def is_lexicon(self, document: Document, language: str) -> bool:
        """Whether `document` is a map of the language that its name says."""
        path: KeyPath = ()
        if language not in LANGUAGES:
            said = f"no ISO 639-1 language (got {language!r}): name the file e.g. ar.yaml"
        elif not isinstance(document.value, dict | None):
            said = f"this file must be a map (got {shown_value(document.value)})"
        elif document.value and document.value.get("language", language) != language:
            path = ("language",)
            said = f"is not that of the file (got {shown_value(document.raw(path))}), "
            said += f"write {language}"
        else:
            return True
        self.layers.mistakes.append(Mistake(document.place_of(path), said, path=path))
        return False

    def wordings(self, languages: tuple[str, ...] = ()) -> tuple[Wording, ...]:
        """Languages of messages; a file of the owner lies over the shipped one of its language."""
        names = [f"wording/{language}.yaml" for language in dict.fromkeys((ENGLISH, *languages))]
        both = [self.layers.both(name) for name in (names if languages else ["wording"])]
        shipped, own = (
            [each for side in sides for each in side] for sides in zip(*both, strict=True)
        )
        layers: dict[str, Entry] = {}
        for document in (*shipped, *own):
            if self.is_lexicon(document, document.path.stem):
                below = layers.get(document.path.stem) or Entry({}, ())
                value = lay_words(below.value, document.value or {})
                layers[document.path.stem] = Entry(value, (*below.layers, (document, ())))
        checked = self.check_all(Wording, layers.values())
        written = next(each.value for each in shipped if each.path.stem == ENGLISH)
        english = Wording.model_validate(written)
        for wording, entry in checked:
            if entry.layers[-1][0] in own:  # a test has looked at ours
                self.layers.mistakes.extend(check_wording(wording, entry, english))
        return tuple(wording for wording, _ in checked)

    def check_all(self, model: type[Model], entries: Iterable[Entry]) -> Checked[Model]:
        checked = ((self.check(model, entry), entry) for entry in entries)
        return [(item, entry) for item, entry in checked if item is not None]

    def check(self, model: type[Model], entry: Entry) -> Model | None:
        """`entry` as a `model`; None if it is wrong, with its mistakes noted."""
        value, failed = entry.value, set[KeyPath]()
        if model in (Settings, Source, Target):
            value, failed = put_secrets_in(
                entry, self.environment, self.layers.mistakes, fields=model.model_fields
            )
        try:
            return model.model_validate(value, context=self.context)
        except ValidationError as error:
            self.layers.mistakes.extend(complain(error, entry, model, failed))
            return None
