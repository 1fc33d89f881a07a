"""What does the file of a lexicon say, and in which forms does each of its words come?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from config.errors import ConfigError
from config.mistakes import did_you_mean
from crawler.reading.currency import CODES, CURRENCY_OF, FAMILIES, UNITS, candidates
from crawler.reading.keys import CASES, KEYS, LEADS, ROLES
from crawler.reading.word import phrase_form
from crawler.text.fold import fold

Flags = dict[str, object]  # fields of a Word


class Entries:
    """The data of one lexicon, key by key. What is wrong raises ConfigError with a sentence."""

    def __init__(self, language: str, data: Mapping[str, object]) -> None:
        self.language = language
        self.data = data
        self.check_names("", data, KEYS)
        if data.get("language", language) != language:
            raise self.wrong(f"the file says language: {data['language']}")
        self.clitics = [
            (fold(form), lead if lead in ROLES | {"about"} else None)
            for lead, forms in self.map_of("clitics", LEADS).items()
            for form in self.texts(f"clitics.{lead}", forms)
        ]
        self.endings = self.folded("endings")
        self.case_endings = {
            fold(ending): case
            for case, endings in self.map_of("case_endings", CASES).items()
            for ending in self.texts(f"case_endings.{case}", endings)
        }

    def wrong(self, said: str) -> ConfigError:
        return ConfigError(f"lexicon/{self.language}.yaml: {said}")

    def check_names(self, key: str, names: Iterable[str], known: Collection[str]) -> None:
        """A name that nobody knows would be left out in silence: more often it is a slip."""
        for name in names:
            if name not in known:
                shown = f"{key}.{name}" if key else name
                raise self.wrong(f"no reader knows {shown}{_nearest(name, known)}")

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if value not in (True, False, "true", "false"):
            raise self.wrong(f"{key} is true or false, not {value!r}")
        return value in (True, "true")

    def map_of(self, key: str, known: Collection[str] = ()) -> dict[str, object]:
        """The map under `key`, whose names must be `known` if that is not empty."""
        value = self.data.get(key) or {}
        if not isinstance(value, Mapping):
            raise self.wrong(f"{key} must be a map, not {value!r}")
        if known:
            self.check_names(key, map(str, value), known)
        return {str(name): words for name, words in value.items()}

    def texts(self, key: str, value: object) -> list[str]:
        """`value` if it is a list of words, which `key` must have."""
        if not isinstance(value, list | tuple) or not all(isinstance(x, str) for x in value):
            raise self.wrong(f"{key} must be a list of words, not {value!r}")
        return list(value)

    def list_of(self, key: str, default: Sequence[str] = ()) -> list[str]:
        """The words under `key`, or `default` where it is missing or empty."""
        return self.texts(key, self.data.get(key) or default)

    def folded(self, key: str) -> list[str]:
        return [fold(word) for word in self.list_of(key)]

    def decimal(self, key: str, value: str) -> Decimal:
        try:
            return Decimal(value.replace("_", ""))
        except InvalidOperation:
            raise self.wrong(f"{key}.{value} is no number") from None

    def by_currency(self, key: str) -> Iterator[tuple[str, object]]:
        """Currency (an ISO code, a family or a unit) and words, for each line under `key`."""
        for name, words in self.map_of(key).items():
            self.check_currency(key, name)
            yield name, words

    def check_currency(self, key: str, name: str) -> None:
        if not candidates(name):
            known = did_you_mean(name, [*FAMILIES, *UNITS, *sorted(CODES)])
            raise self.wrong(f"{key}.{name} is no ISO 4217 code, family or unit{known}")

    def by_country(self, key: str) -> Iterator[tuple[str, object]]:
        """Country (ISO 3166) and words, for each line under `key`."""
        for country, words in self.map_of(key).items():
            if country not in CURRENCY_OF:
                raise self.wrong(f"{key}.{country} is no country we know")
            yield country, words

    def forms(self, key: str, value: object) -> Iterator[tuple[str, Flags]]:
        """Folded forms with flags: "word?" is weak, "~word" takes clitics, "word~" endings."""
        for word in self.texts(key, value):
            flags: Flags = {"weak": True} if word.endswith("?") else {}
            if "~" not in word:  # nine of ten: they cost half of the time to build a lexicon
                yield self.bare(word.rstrip("?")), flags
                continue
            if self.case_endings and word.rstrip("?").endswith("~"):
                flags["inflects"] = True
            led: dict[str | None, Flags] = {None: flags}
            for form, lead in self.expand(word.rstrip("?")):
                if lead not in led:  # כמיליון: nearly a million
                    led[lead] = {**flags, "bound" if lead == "about" else "lead": lead}
                yield form, led[lead]

    def expand(self, word: str) -> Iterable[tuple[str, str | None]]:
        """The forms of `word` with its endings and clitics, each with what its clitic says."""
        bare = self.bare(word.strip("~"))
        forms: list[tuple[str, str | None]] = [(bare, None)]
        if word.endswith("~"):
            forms += [(bare + end, None) for end in self.endings]
        if word.startswith("~"):
            plain = [form for form, _ in forms]
            forms += [(clitic + form, lead) for form in plain for clitic, lead in self.clitics]
        return forms

    def bare(self, word: str) -> str:
        """`word` folded, with one space between its words."""
        folded = phrase_form(fold(word))
        if not folded:
            raise self.wrong(f"{word!r} folds to nothing")
        return folded


def _nearest(name: str, known: Collection[str]) -> str:
    return did_you_mean(name, sorted(known)) or "; config/lexicon/README.md lists all keys"
