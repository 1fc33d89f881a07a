"""How does a language say amounts? Its figure words, checked and ready for look-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache

from crawler.reading.currency import (
    ABBREVIATIONS,
    CODES,
    CURRENCY_OF,
    FAMILIES,
    ONLY_BEFORE,
    UNITS,
    candidates,
)
from crawler.reading.glued import GluedNumbers, build_glued
from crawler.text.fold import fold


@dataclass(frozen=True, slots=True)
class Word:
    """Everything one word or phrase may mean to an amount. A word may mean several things."""

    number: Decimal | None = None  # five, خمسة
    scale: Decimal | None = None  # million
    dual: Decimal | None = None  # ملياري: 2 × 10^9 in one word
    dual_near: Decimal | None = None  # مليارا: 2 × 10^9 only right before a currency
    absolute: bool = False  # ملياراً: printed so, it is one and needs no noun behind it
    part: Decimal | None = None  # half
    shift: Decimal | None = None  # moves the number behind it: साढ़े तीन, three and a half
    currency: str | None = None  # ISO code, family or unit of currency.py
    minor: bool = False  # the currency's cents
    tenth: bool = False  # counts tenths of the currency before it: 5元3角, 9块9
    mark: bool = False  # a currency that may stand before its number
    only_before: bool = False  # and nowhere else: PS8.1bn
    bound: str | None = None  # floor, ceiling, about
    bound_after: str | None = None
    bound_cases: tuple[tuple[str, str], ...] = ()  # case of the sum before it, bound: dolara kadar
    joins: frozenset[str] = frozenset()  # between, from, to, and, or, change
    filler: bool = False  # "of" between million and dollars
    light: bool = False  # between a bound and its sum: более чем на 5 млрд
    place: tuple[str, ...] = ()  # ISO 3166; عمان is Amman and Oman
    not_money: bool = False
    year: bool = False  # stands before a year: in, since, عام
    vague: bool = False  # makes a number vague: 수 천만, कई सौ करोड़, tens of
    point: bool = False  # the decimal point of number words: 九点八, 三・四
    weak: bool = False  # also an everyday word: won, a
    name_below: int = 0  # a code that is a name before a smaller number: COP30, AMD 7900
    not_this: frozenset[str] = frozenset()  # currencies that mean something else behind it: weighs
    not_this_after: frozenset[str] = frozenset()  # and right before it: pounds of copper
    weak_mark: bool = False  # a norm or a tournament before a small number or a year: Euro 6
    bare: bool = False  # a scale that alone says one: مليار
    leads: bool = False  # a scale that before its number says about: миллионов сорок
    implied: bool = False  # a scale that counts money of no name: 240 करोड़ जुटाए
    short: bool = False  # a scale only right after digits: k, m, bn
    capitals: tuple[str, ...] = ()  # must be printed so: USD, Rs; () is free
    lead: str | None = None  # a clitic said so before it: and, to, from, moves
    carry_before: bool = False
    carry_after: bool = False
    inflects: bool = False  # takes the case endings of the language

    @property
    def bounds_after(self) -> bool:
        """Whether it may bound the number before it."""
        return self.bound_after is not None or bool(self.bound_cases)


@dataclass(frozen=True, slots=True)
class Implied:
    """The money of numbers that name none, where the words beside them speak of money."""

    currency: str
    behind: re.Pattern[str]
    open: re.Pattern[str]  # behind a number that counts no noun: "बाकी 7 करोड़ अगले साल"
    ahead: re.Pattern[str]
    asked: re.Pattern[str]  # right before one that ends its phrase: "मांगे 1,600 करोड़।"
    told: re.Pattern[str]  # somewhere before it: "मुनाफा 1.2% चढ़ा, 3,246 करोड़ रहा"
    counters: re.Pattern[str]  # right behind the number, they count something else: 1조 개
    own: bool = False  # never the money told before: Korean leaves out only its own


_IMPLIED = ("genitives", "joins", "verbs", "nouns", "open", "ahead", "asked", "counters")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The figure words of one language, folded. Built once, never changed."""

    language: str
    decimal_marks: tuple[str, ...]
    group_marks: tuple[str, ...]
    myriad: bool  # numerals in groups of ten thousand, words without spaces
    words: Mapping[str, Word]  # by folded word or phrase
    phrases: Mapping[str, tuple[str, ...]]  # by first word: the rests, longest first
    apart: tuple[tuple[str, str, str], ...]  # bound, first and last part: لا يزيد … عن
    defaults: Mapping[str, str] = field(default_factory=dict)  # family -> ISO code
    units_first: bool = False  # خمسة وستين: five and sixty
    closing_clitics: tuple[str, ...] = ()  # و "and", لل "for the": no counted noun begins so
    scanner: re.Pattern[str] | None = None  # for writing without spaces
    heads: Mapping[str, str] = field(default_factory=dict)  # 元大 -> 元, 百万富翁 -> 百
    spaced: bool = False  # Korean: numerals are glued, words are not
    particles: re.Pattern[str] | None = None  # 원을, 달러에: what may end a word of money
    marks_by_page: bool = False  # 1,489 groups or parts as the page's other numbers do
    case_endings: Mapping[str, str] = field(default_factory=dict)  # ending -> case: dan -> from
    percent_before: re.Pattern[str] | None = None  # stands before its number: yüzde 5, %5
    negation: re.Pattern[str] | None = None  # no pagará [más de]
    percent: re.Pattern[str] | None = None  # % and what is said for it
    step_first: bool = False  # right behind a verb of change stands by how much: 增加3亿至28亿
    sign_by_place: bool = False  # a bare $ beside 1.234,5 is the peso of a place the text names
    verbs_last: bool = False  # the verb of a move stands behind its sums
    implied: Implied | None = None
    number_endings: re.Pattern[str] | None = None  # 5-ти: a spoken ending behind digits
    lends_far: bool = False  # a count names what it counts: 5 млрд alone is of the next money
    places_first: bool = False  # 2 млрд долларов канадской фирме are no Canadian dollars
    to_arrives: bool = False  # "up to" behind a verb of change is how far it went: выросла до
    sign_groups: bool = False  # $67,500 groups, 11,245 рубля has decimals
    homes: tuple[tuple[str, tuple[str, ...]], ...] = ()  # country, words a text of it holds
    glued: GluedNumbers | None = None  # for number words written as one: ventunmila
    small: Mapping[str, Word] = field(default_factory=dict)  # da, where DA is a currency
    prefixes: str = ""  # letters that a hyphen may part from what they lead: ב-25


# "moves" joins two sums as a move by itself: 增至, به, auf; "leaves" opens one: с 60 до 65;
# "by" says how far: um 5 auf 65 Euro; "between_after" stands behind its two sums, which a
# "pair" joins: 60 ile 65 milyar dolar arasında; "against" compares two: 63 statt 58 Euro.
_ROLES = frozenset(
    {
        "between",
        "between_after",
        "pair",
        "from",
        "leaves",
        "by",
        "to",
        "and",
        "or",
        "change",
        "moves",
        "moves_from",
        "against",
    }
)
# "none": 750'şer lira; "like" makes an adjective: 25 milyonluk şehir.
_CASES = frozenset({"from", "to", "in", "of", "and", "like", "other", "none"})
_FIELDS = {"numbers": "number", "dual_before_currency": "dual_near"}
_BOUNDS = {"at_least": "floor", "at_most": "ceiling", "about": "about"}
_UNIVERSAL_SCALE = {"k": "1e3", "m": "1e6", "mn": "1e6", "mln": "1e6", "mm": "1e6", "mio": "1e6",
                    "bn": "1e9", "bln": "1e9", "b": "1e9", "tn": "1e12", "trn": "1e12",
                    "t": "1e12"}  # fmt: skip
_COMPOUND_CODES = ("USD", "EUR", "GBP", "SEK", "NOK", "DKK", "AUD", "CAD", "CHF", "JPY", "AED",
                   "SAR")  # fmt: skip
_COMPOUND_WORDS = {"mdh": "MAD", "mdhs": "MAD", "mdt": "TND", "mda": "DZD", "mfcfa": "XOF"}
# "try", "all", "top" and "mad" are words: a code in small letters counts only for these.
_SMALL_CODES = frozenset({"USD", "EUR", "GBP", "AED", "SAR", "QAR", "KWD", "EGP", "INR", "JPY",
                          "CNY", "AUD", "CHF", "HKD", "SGD", "NZD", "CAD", "BTC"})  # fmt: skip


# Codes that are names as well: chips, summits, programs, petrol.
_NAMES = {"AMD": 100_000, "TOP": 100_000, "ALL": 10_000, "SOS": 10_000, "LAK": 10_000,
          "CUP": 3_000, "COP": 1_000, "RON": 100, "BAM": 10, "ANG": 10, "PAB": 10, "BOB": 10,
          "PEN": 10, "GEL": 10, "MOP": 10, "MAD": 10, "TRY": 10, "PHP": 10, "CAD": 1}  # fmt: skip


def build_lexicon(language: str, data: Mapping[str, object]) -> Lexicon:
    """The lexicon of `language` from its YAML `data`; keys of other readers are ignored.

    Raises ValueError with a sentence that names language, key and word.
    """
    return _Builder(language, data).build()


class _Builder:
    def __init__(self, language: str, data: Mapping[str, object]) -> None:
        self.language = language
        self.data = data
        self.words: dict[str, Word] = {}
        self.clitics = [
            (fold(form), lead if lead in _ROLES | {"about"} else None)
            for lead, forms in self.map_of("clitics").items()
            for form in self.texts(f"clitics.{lead}", forms)
        ]
        self.endings = [fold(end) for end in self.texts("endings", data.get("endings") or [])]
        self.case_endings = dict(self.cases())

    def build(self) -> Lexicon:
        if self.data.get("language", self.language) != self.language:
            raise ValueError(f"{self.language}: the file says language: {self.data['language']}")
        self.add_shared()
        self.add_numbers()
        self.add_currencies()
        self.add_joints()
        apart = tuple(self.add_bounds())
        myriad = self.flag("myriad")
        return Lexicon(
            language=self.language,
            decimal_marks=tuple(self.texts("decimal_marks", self.data.get("decimal_marks", ["."]))),
            group_marks=tuple(self.texts("group_marks", self.data.get("group_marks", [","]))),
            myriad=myriad,
            units_first=self.flag("units_first"),
            words=self.words,
            phrases=_phrases(self.words),
            apart=apart,
            defaults=self.defaults(),
            closing_clitics=tuple(self.closing_clitics()),
            scanner=_scanner(self.words) if myriad else None,
            heads=_heads(self.words) if myriad else {},
            spaced=self.flag("spaced"),
            particles=_particles(self.texts("particles", self.data.get("particles") or [])),
            marks_by_page=self.flag("marks_by_page"),
            case_endings=self.case_endings,
            percent_before=self.percent_before(),
            negation=self.negation(),
            percent=re.compile("|".join(["%", *map(_whole, self.folded("percent"))])),
            step_first=self.flag("step_first"),
            sign_by_place=self.flag("sign_by_place"),
            verbs_last=self.flag("verbs_last"),
            implied=self.implied(),
            number_endings=self.number_endings(),
            lends_far=self.flag("lends_far"),
            places_first=self.flag("places_first"),
            to_arrives=self.flag("to_arrives"),
            sign_groups=self.flag("sign_groups"),
            homes=tuple(self.homes()),
            glued=self.glued_numbers(),
            small=_small(self.words),
            prefixes=fold(str(self.data.get("prefixes", ""))),
        )

    def add_shared(self) -> None:
        """What every language prints, once made for all of them."""
        self.words.update(_shared_words())

    def add_printed_everywhere(self) -> None:
        """Codes, Latin abbreviations, k, m, bn."""
        for short, value in _UNIVERSAL_SCALE.items():
            self.words[short] = Word(scale=Decimal(value), short=True)
        for code in CODES:
            small = code in _SMALL_CODES
            self.merge(
                code.lower(),
                currency=code,
                mark=True,
                capitals=() if small else (code,),
                name_below=_NAMES.get(code, 0),
            )
        for code in _COMPOUND_CODES:
            for letter, value in (("m", "1e6"), ("k", "1e3"), ("bn", "1e9")):
                word = f"{letter}{code.lower()}"
                self.merge(word, currency=code, mark=True, scale=Decimal(value), short=True)
        for word, code in _COMPOUND_WORDS.items():
            self.merge(word, currency=code, mark=True, scale=Decimal("1e6"), short=True)
        for printed, name in ABBREVIATIONS.items():
            only = printed in ONLY_BEFORE
            flags = {"mark": True, "only_before": only, "weak": only}
            self.abbreviate(printed, currency=name, **flags)

    def add_numbers(self) -> None:
        for key in ("numbers", "scale", "dual", "dual_before_currency", "part", "shift"):
            for value, words in self.map_of(key).items():
                worth = self.decimal(key, value)
                self.merge_forms(key, words, **{_FIELDS.get(key, key): worth})
        for value, words in self.map_of("part_more").items():
            for word, _ in self.forms("part_more", words):  # bir buçuk: nothing says "and"
                self.merge(word, part=self.decimal("part_more", value), lead="and")
        for word in self.texts("short_scale", self.data.get("short_scale") or []):
            self.change("short_scale", word, short=True)
        for word in self.texts("bare", self.data.get("bare") or []):
            for form, _ in self.expand(word):
                self.change("bare", form, bare=True)

    def add_currencies(self) -> None:
        for key, minor in (("cldr", False), ("currency", False), ("subunit", True)):
            for name, words in self.map_of(key).items():
                if not candidates(name):
                    raise ValueError(
                        f"{self.language}: {key}.{name} is no ISO 4217 code and none of "
                        f"{', '.join([*FAMILIES, *UNITS])}"
                    )
                self.merge_forms(key, words, currency=name, minor=minor, capitals=())
        for name, words in self.map_of("abbreviation").items():
            if not candidates(name):
                raise ValueError(f"{self.language}: abbreviation.{name} is no currency we know")
            for printed in self.texts(f"abbreviation.{name}", words):
                flags = {"weak": True} if printed.endswith("?") else {}
                short = printed.rstrip("?")
                self.abbreviate(short, currency=name, mark=True, **flags)
        for value, names in self.map_of("scaled_currency").items():
            if not isinstance(names, Mapping):
                raise ValueError(f"{self.language}: scaled_currency.{value} must be a map")
            for name, words in names.items():
                if not candidates(name):
                    raise ValueError(f"{self.language}: scaled_currency.{value}.{name} is unknown")
                for word, _ in self.forms("scaled_currency", words):
                    self.merge(word, currency=name, scale=self.decimal("scaled_currency", value))
        for word in self.texts("sign", self.data.get("sign") or []):
            sign = fold(word.rstrip("?"))
            if self.words.get(sign, Word()).currency is None:
                raise ValueError(f"{self.language}: sign names {word!r}, which is no currency")
            self.merge(sign, mark=True, weak_mark=word.endswith("?"))
        for name, words in self.map_of("short_subunit").items():
            if not candidates(name):
                raise ValueError(f"{self.language}: short_subunit.{name} is no currency we know")
            for short in self.texts(f"short_subunit.{name}", words):
                self.abbreviate(short, currency=name, minor=True, short=True)
        for country, words in self.map_of("place").items():
            if country not in CURRENCY_OF:
                raise ValueError(f"{self.language}: place.{country} is no country we know")
            nothing_else = Word(place=(country,))
            for word, _ in self.forms("place", words):
                known = self.words.get(word)
                if known is None:
                    self.words[word] = nothing_else
                else:
                    self.merge(word, place=tuple(dict.fromkeys((*known.place, country))))

    def add_joints(self) -> None:
        for role, words in self.map_of("range").items():
            if role not in _ROLES:
                raise ValueError(
                    f"{self.language}: range.{role} is none of {', '.join(sorted(_ROLES))}"
                )
            for word, _ in self.forms("range", words):
                known = self.words.get(word, Word())
                self.merge(word, joins=known.joins | {role})
        for key in ("not_this", "not_this_after"):
            for name, words in self.map_of(key).items():
                if not candidates(name):
                    raise ValueError(f"{self.language}: {key}.{name} is no currency word")
                for word, _ in self.forms(key, words):
                    known = getattr(self.words.get(word, Word()), key)
                    self.merge(word, **{key: known | {name}})
        flags = {"filler": "filler", "not_money": "not_money", "year_before": "year",
                 "carry_before": "carry_before", "carry_after": "carry_after", "tenth": "tenth",
                 "point": "point", "vague": "vague", "light": "light",
                 "leads": "leads"}  # fmt: skip
        for key, flag in flags.items():
            for word, said in self.forms(key, self.data.get(key) or []):
                endings = {"inflects": True} if said.get("inflects") else {}
                self.merge(word, **{flag: True}, **endings)

    def add_bounds(self) -> Iterator[tuple[str, str, str]]:
        for name, words in self.map_of("bound").items():
            name, _, case = name.partition("_after_")
            kind = _BOUNDS.get(name.removesuffix("_after"))
            if kind is None or (case and case not in _CASES):
                raise ValueError(f"{self.language}: bound.{name} is none of {', '.join(_BOUNDS)}")
            for word, flags in self.forms("bound", words):
                first, dots, last = word.partition("...")  # NFKC spells out …
                if dots:
                    yield kind, first.strip(), last.strip()
                    self.words.setdefault(last.strip(), Word())
                elif case:
                    known = self.words.get(word, Word())
                    self.merge(word, bound_cases=(*known.bound_cases, (case, kind)))
                elif name.endswith("_after"):
                    self.merge(word, bound_after=kind, **flags)
                else:
                    self.merge(word, bound=kind)

    def closing_clitics(self) -> Iterator[str]:
        """Those that are told by a lead, and those named, which only a known noun begins with."""
        for clitic, lead in self.clitics:
            if len(clitic) == {"and": 1, "to": 2}.get(lead or ""):
                yield clitic
        yield from self.folded("closing_clitics")

    def defaults(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for family, code in self.map_of("currency_default").items():
            if str(code) not in FAMILIES.get(family, ()):
                raise ValueError(f"{self.language}: currency_default.{family} is not {code}")
            found[family] = str(code)
        return found

    def number_endings(self) -> re.Pattern[str] | None:
        """What numbers in digits carry of their spoken form: от 5-ти до 7-ми."""
        endings = "|".join(map(re.escape, self.folded("number_endings")))
        return re.compile(rf"-(?:{endings})(?![^\W_])") if endings else None

    def homes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """A text that holds all words of "香港+億" is of that country, if nothing else says so."""
        for country, sets in self.map_of("home").items():
            if country not in CURRENCY_OF:
                raise ValueError(f"{self.language}: home.{country} is no country we know")
            for words in self.texts(f"home.{country}", sets):
                yield country, tuple(fold(word) for word in words.split("+"))

    def implied(self) -> Implied | None:
        """Which money 240 करोड़ जुटाए is, and the words that say it is money."""
        data = self.map_of("implied")
        if not data:
            return None
        currency = str(data.get("currency"))
        if not candidates(currency):
            raise ValueError(f"{self.language}: implied.currency is no currency we know")
        for word in self.texts("implied.scales", data.get("scales") or []):
            self.change("implied.scales", word, implied=True)
        words = {
            key: _any_of([fold(w) for w in self.texts(f"implied.{key}", data.get(key) or [])])
            for key in _IMPLIED
        }
        other = r"[^\s।,;:()]++"
        glued = self.flag("spaced")  # Korean glues particles, and words make compounds
        gap = r"\s?" if glued else r"\s"
        prefix = r"[^\W\d_]{0,4}?" if glued else ""
        verbs, nouns = (
            rf"{gap}(?:{words['verbs']})",
            rf"(?:\s{other})??\s{prefix}(?:{words['nouns']})",
        )
        particle = rf"(?:{words['joins']})?" if glued else ""
        start = r"(?:\A|[\s(.,'\"])[^\W\d_]{0,8}?" if glued else r"(?:\A|[\s(])"
        return Implied(
            currency=currency,
            behind=re.compile(
                rf"(?:{gap}(?:{words['joins']}))?(?:{verbs}|{gap}(?:{words['genitives']}){nouns})"
            ),
            open=re.compile(rf"\s(?:{words['open']})"),
            asked=re.compile(rf"{start}(?:{words['asked']})(?:\s{other})?\s\Z"),
            told=re.compile(rf"{start}(?:{words['ahead']})"),
            ahead=re.compile(rf"{start}(?:{words['ahead']}){particle}(?:\s{other})?\s\Z"),
            counters=re.compile(rf"\s?(?:{words['counters']}){particle}(?![^\W\d_])"),
            own=str(data.get("own")) == "true",
        )

    def glued_numbers(self) -> GluedNumbers | None:
        pieces = {
            fold(word): self.decimal("glued_numbers", value)
            for value, words in self.map_of("glued_numbers").items()
            for word in self.texts(f"glued_numbers.{value}", words)
        }
        return build_glued(pieces) if pieces else None

    # -- reading the data ------------------------------------------------------------------

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if value not in (True, False, "true", "false"):
            raise ValueError(f"{self.language}: {key} is true or false, not {value!r}")
        return value in (True, "true")

    def map_of(self, key: str) -> dict[str, object]:
        value = self.data.get(key) or {}
        if not isinstance(value, Mapping):
            raise ValueError(f"{self.language}: {key} must be a map, not {value!r}")
        return {str(name): words for name, words in value.items()}

    def texts(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list | tuple) or not all(isinstance(x, str) for x in value):
            raise ValueError(f"{self.language}: {key} must be a list of words, not {value!r}")
        return list(value)

    def folded(self, key: str) -> list[str]:
        return [fold(word) for word in self.texts(key, self.data.get(key) or [])]

    def cases(self) -> Iterator[tuple[str, str]]:
        for case, endings in self.map_of("case_endings").items():
            if case not in _CASES:
                raise ValueError(
                    f"{self.language}: case_endings.{case} is none of {', '.join(sorted(_CASES))}"
                )
            for ending in self.texts(f"case_endings.{case}", endings):
                yield fold(ending), case

    def percent_before(self) -> re.Pattern[str] | None:
        """What says percent before its number; a % behind digits belongs to those."""
        words = "|".join(map(_whole, self.folded("percent_before")))
        return re.compile(rf"(?:(?<!\d)(?<!\d )%|{words}) ?\Z") if words else None

    def negation(self) -> re.Pattern[str] | None:
        """A "not" with one or two words behind it, up to the bound that it turns round."""
        words = "|".join(map(_whole, self.folded("negation")))
        others = "|".join(map(_whole, self.folded("not_negation"))) or "(?!)"
        one_or_two = r"(?:\s[^\W\d_]++){1,2}\s\Z"
        return re.compile(f"(?!{others})(?:{words}){one_or_two}") if words else None

    def decimal(self, key: str, value: str) -> Decimal:
        try:
            return Decimal(value.replace("_", ""))
        except InvalidOperation:
            raise ValueError(f"{self.language}: {key}.{value} is no number") from None

    def forms(self, key: str, value: object) -> Iterator[tuple[str, dict[str, object]]]:
        """Folded forms with flags: "word?" is weak, "~word" takes clitics, "word~" endings."""
        for word in self.texts(key, value):
            flags: dict[str, object] = {"weak": True} if word.endswith("?") else {}
            if self.case_endings and word.rstrip("?").endswith("~"):
                flags["inflects"] = True
            led: dict[str | None, dict[str, object]] = {None: flags}
            for form, lead in self.expand(word.rstrip("?")):
                if lead not in led:  # כמיליון: nearly a million
                    led[lead] = {**flags, "bound" if lead == "about" else "lead": lead}
                yield form, led[lead]

    def merge_forms(self, key: str, value: object, **changes: object) -> None:
        """Give `changes` to every form of the words; those of one lead and new are one Word.

        Arabic and Hebrew alone have 25,000 forms, and a Word two dozen fields to set.
        """
        made: dict[tuple[tuple[str, object], ...], Word] = {}
        for form, flags in self.forms(key, value):
            known = self.words.get(form)
            if known is not None:
                self.words[form] = replace(known, **changes, **flags)  # type: ignore[arg-type]
                continue
            flagged = tuple(flags.items())
            if flagged not in made:
                made[flagged] = Word(**changes, **flags)  # type: ignore[arg-type]
            self.words[form] = made[flagged]

    def expand(self, word: str) -> Iterable[tuple[str, str | None]]:
        bare = phrase_form(fold(word.strip("~")))
        if not bare:
            raise ValueError(f"{self.language}: {word!r} folds to nothing")
        forms: list[tuple[str, str | None]] = [(bare, None)]
        if word.endswith("~"):
            forms += [(bare + end, None) for end in self.endings]
        if word.startswith("~"):
            plain = [form for form, _ in forms]
            forms += [(clitic + form, lead) for form in plain for clitic, lead in self.clitics]
        return forms

    def abbreviate(self, printed: str, **changes: object) -> None:
        """A short form that counts only as it is printed: Dh and DH, but not dh."""
        # P is a peso and p a penny: one capital is kept as printed.
        word = printed if len(printed) == 1 else fold(printed)
        known = self.words.get(word, Word())
        same = known.capitals if known.currency == changes["currency"] else ()
        self.merge(word, capitals=(*same, printed), **changes)

    def merge(self, word: str, **changes: object) -> None:
        known = self.words.get(word)
        self.words[word] = (
            _new_word(**changes) if known is None else replace(known, **changes)  # type: ignore[arg-type]
        )

    def change(self, key: str, word: str, **changes: object) -> None:
        if fold(word) not in self.words:
            raise ValueError(f"{self.language}: {key} names {word!r}, which is no scale word")
        self.merge(fold(word), **changes)


@cache
def _shared_words() -> dict[str, Word]:
    shared = _Builder("", {})
    shared.add_printed_everywhere()
    return shared.words


# Thousands of words differ in nothing but their letters; a Word has two dozen fields to set.
@cache
def _new_word(**changes: object) -> Word:
    return Word(**changes)  # type: ignore[arg-type]


def phrase_form(text: str) -> str:
    """Folded `text` as phrases are kept: one space between words, also after an elision."""
    return " ".join(text.replace("-", " ").replace("'", "' ").split())


def _any_of(words: Sequence[str]) -> str:
    """A pattern for any of `words`, which stand whole unless "*" ends them."""
    stems = "|".join(re.escape(word[:-1]) for word in words if word.endswith("*"))
    wholes = "|".join(re.escape(word) for word in words if not word.endswith("*"))
    ways = [rf"(?:{stems})[^\s।,;:()]*+"] if stems else []
    ways += [rf"(?:{wholes})(?![^\s।,;:.!?()\"'-])"] if wholes else []
    return "|".join(ways) or r"(?!)"


def _whole(word: str) -> str:
    return rf"\b{re.escape(word)}\b"


def _small(words: Mapping[str, Word]) -> dict[str, Word]:
    """What else the words mean that are a currency only in their capitals."""
    shared = _shared_words()  # means nothing else until a lexicon says so
    lettered = {t: word for t, word in words.items() if word.capitals and word is not shared.get(t)}
    found = {
        text: replace(word, currency=None, mark=False, only_before=False, capitals=())
        for text, word in lettered.items()
    }
    return {text: word for text, word in found.items() if word not in (Word(), Word(weak=True))}


def _phrases(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for word in words:
        first, space, rest = word.partition(" ")
        if space:
            found.setdefault(first, set()).add(rest)
    return {
        first: tuple(sorted(rests, key=lambda rest: (-len(rest), rest)))
        for first, rests in found.items()
    }


def _scanner(words: Iterable[str]) -> re.Pattern[str]:
    """Longest known word first, for writing that puts no space between words."""
    rests: dict[str, list[str]] = {}
    for word in sorted((w for w in words if not w[0].isascii()), key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    own = [f"{re.escape(first)}(?:{'|'.join(tails)})" for first, tails in rests.items()]
    mixed = [re.escape(w) for w in words if w[0].isascii() and not w.isascii()]
    # The class first: a branch for each of some hundred first letters is slow at every letter.
    firsts = "".join(map(re.escape, rests))
    # A Latin word may stand among the others: 规模RMB.
    return re.compile(f"(?=[{firsts}a-z])(?:{'|'.join([*own, *mixed, '[a-z]++'])})")


def _particles(words: Iterable[str]) -> re.Pattern[str] | None:
    forms = sorted({fold(word) for word in words}, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, forms))) if forms else None


def _heads(words: Mapping[str, Word]) -> dict[str, str]:
    """For each word that only hides another, the letter of a number or currency it begins with."""
    heads: dict[str, str] = {}
    hides = Word(not_money=True)
    for word, known in words.items():
        head = words.get(word[0])
        if head is None or head.weak or known != hides:
            continue
        if head.currency or head.scale or head.number is not None:
            heads[word] = word[0]
    return heads
