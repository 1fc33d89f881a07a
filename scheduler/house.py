"""What does a running Rasid consist of, and where does it live?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from config.apprise_files import AppriseText
from config.errors import ConfigError
from config.lexicons import Lexicons
from config.load import load_config, load_lexicons, load_rates
from config.model import Company, Config, Rule, Source, Target
from crawler.deals.rates import Rates, build_rates
from crawler.reading.amount import parse_amount
from crawler.reading.by_language import ByLanguage
from crawler.reading.lexicon import Lexicon, build_lexicon
from notifier.words import Words, words_in
from scheduler.clock import Clock, machine_clock
from scheduler.pace import Pace

if TYPE_CHECKING:
    from crawler.spiders.crawl import Crawl
    from crawler.storage.database import Database
    from crawler.workroom import Workroom
    from scheduler.own_rules import OwnRules
    from scheduler.second import SecondReader
    from scheduler.shadow import Shadow


ParseAmount = Callable[[str], tuple[Decimal, str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything a command or the daemon needs, built once.

    `crawl` and `workroom` are None in commands that only show what is stored.
    """

    config: Config
    state: Path
    rates: Rates
    database: Database
    clock: Clock = machine_clock
    random: Random = field(default_factory=Random)
    crawl: Crawl | None = None
    workroom: Workroom | None = None
    second: SecondReader | None = None  # None: the owner names none
    shadow: Shadow | None = None  # rules that only watch
    own_rules: OwnRules | None = None  # the owner's, which may change while the house runs
    pace: Pace = field(default_factory=Pace)

    @property
    def sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.config.sources if source.enabled}

    @property
    def all_sources(self) -> dict[str, Source]:
        """Also those no longer watched: what they told stays."""
        return {source.id: source for source in self.config.sources}

    @property
    def companies(self) -> dict[str, Company]:
        return {company.id: company for company in self.config.companies}

    def words_of(self, target: Target) -> Words:
        """The words in which the readers of `target` want their messages."""
        return words_in(target.language, self.config.wordings)

    def targets_of(self, rule: Rule) -> tuple[Target, ...]:
        """The targets that bear one of the tags `rule` tells."""
        return tuple(t for t in self.config.targets if set(t.tags) & set(rule.tell))


def config_folder(option: Path | None) -> Path | None:
    """The owner's folder: --config, else RASID_CONFIG, else the user's own; None: shipped only."""
    if option is not None:
        return option
    if os.environ.get("RASID_CONFIG"):
        return Path(os.environ["RASID_CONFIG"])
    own = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "rasid"
    return own if own.is_dir() else None


def state_folder(option: Path | None) -> Path:
    """Where the database lives: --state, else RASID_STATE, else the user's state folder."""
    if option is not None:
        return option
    if os.environ.get("RASID_STATE"):
        return Path(os.environ["RASID_STATE"])
    if os.environ.get("STATE_DIRECTORY"):  # set by systemd
        return Path(os.environ["STATE_DIRECTORY"].split(":")[0])
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "rasid"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "rasid"


def load_own_config(folder: Path | None, *, rules: Path | None = None) -> Config:
    """Load and check the configuration; `rules`: a file to try in place of rules.yaml.

    Raises ConfigError with every mistake.
    """
    try:
        parse = amount_parser(folder)
    except ConfigError:
        # Rules are read with the shipped words then: what else is wrong is told first.
        load_config(
            folder,
            parse_amount=amount_parser(None),
            environment=os.environ,
            read_apprise=_read_apprise,
        )
        raise
    return load_config(
        folder,
        parse_amount=parse,
        environment=os.environ,
        rules=rules,
        read_apprise=_read_apprise,
    )


def _read_apprise(text: str, is_yaml: bool) -> AppriseText:
    from notifier.deliver import read_apprise  # loads all of Apprise: for those who name such files

    return read_apprise(text, is_yaml=is_yaml)


def amount_parser(folder: Path | None) -> ParseAmount:
    """A reader of the amounts that rules name, in any language we have a lexicon for.

    Raises ConfigError where a lexicon is wrong.
    """
    built: Mapping[str, Lexicon]
    if folder is not None and any((folder / "lexicon").glob("*.yaml")):
        built = {name: build_lexicon(name, data) for name, data in load_lexicons(folder).items()}
    else:  # nobody can have erred: each is read when the ones before it know no such sum
        lexicons = Lexicons(None)
        built = ByLanguage(lexicons.keys(), lambda name: build_lexicon(name, lexicons[name]))

    def parse(text: str) -> tuple[Decimal, str] | None:
        figure = parse_amount(text, built)
        if figure is None or figure.currency is None or figure.low != figure.high:
            return None
        return (figure.low, figure.currency) if figure.low is not None else None

    return parse


def load_own_rates(folder: Path | None) -> Rates:
    return build_rates(load_rates(folder))
