"""What happens on the demo's day, and what should people be told?

`day.yaml` has the texts with names and amounts left open, `cast.yaml` the names. The pure parts
of the demo are here and in shuffle.py; world.py puts the day on the web.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from config.mistakes import Mistake, raise_if_any
from config.yaml_marks import read_yaml
from notifier.model import AlertKind

HERE = Path(__file__).parent
TEST_STORY = "test"

_NAME = re.compile(r"\{([a-z]+)(\.boss)?\}")
_AMOUNT = re.compile(r"\{([0-9]+(?:\.[0-9]+)?)\}")
_PERSIAN = str.maketrans("يك0123456789", "یک۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One small news site: how it lists its articles and what its pages look like."""

    id: str
    name: str
    language: str
    list: str  # rss, atom, json_feed, sitemap, section
    page: str  # what tells the date: json_ld, meta, time, relative
    zone: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """From `at` on, `outlet` serves something else in place of its list."""

    outlet: str
    at: datetime
    serves: str  # error_page (HTML with status 200), 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A name, and that of whoever speaks for it, by language; en stands for those not given."""

    forms: Mapping[str, str]
    boss: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: str, *, boss: bool = False) -> str:
        forms = self.boss if boss else self.forms
        return forms.get(language, forms["en"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article with its names and amounts left open."""

    id: str
    story: str
    outlet: str
    told_at: datetime  # aware, UTC
    language: str
    title: str
    body: str  # one paragraph a line; a line that begins with "+ " links to another story
    scale: str  # the story whose factor multiplies its amounts
    opening: bool = False  # on the list before the first look
    persian_letters: bool = False
    expect: Mapping[str, AlertKind] = field(default_factory=dict)  # by rule; not there: silent
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The day as it is written, with what may be changed in it."""

    starts_at: datetime
    ends_at: datetime
    outlets: tuple[Outlet, ...]
    breaks: tuple[Break, ...]
    drafts: tuple[Draft, ...]
    roles: Mapping[str, tuple[Names, ...]]
    scales: Mapping[str, tuple[Decimal, ...]]
    exchange: tuple[tuple[str, ...], ...]
    first: tuple[tuple[str, ...], ...]
    may_move_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a page; `is_link`: it only points at another story."""

    text: str
    is_link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsArticle:
    """One article of the day as its readers see it."""

    id: str
    story: str
    outlet: str
    told_at: datetime
    language: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    opening: bool
    expect: Mapping[str, AlertKind]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day to be told: `articles` in the order of telling, openings first."""

    script: Script
    articles: tuple[NewsArticle, ...]

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        return self.script.outlets

    @property
    def breaks(self) -> tuple[Break, ...]:
        return self.script.breaks

    @property
    def starts_at(self) -> datetime:
        return self.script.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.script.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What one rule should say to one article."""

    article_id: str
    rule_id: str
    kind: AlertKind


def expected(day: Day) -> tuple[Expected, ...]:
    """Every message that the law of deals asks for on `day`, in the order of telling."""
    return tuple(
        Expected(article_id=article.id, rule_id=rule, kind=kind)
        for article in day.articles
        for rule, kind in article.expect.items()
    )


def tell(
    script: Script,
    *,
    cast: Mapping[str, Names] | None = None,
    factors: Mapping[str, Decimal] | None = None,
) -> Day:
    """The day of `script` with its names and amounts put in; by default the first of each."""
    cast = cast or {role: names[0] for role, names in script.roles.items()}
    factors = factors or {story: choice[0] for story, choice in script.scales.items()}
    articles = (_article(draft, cast, factors[draft.scale]) for draft in script.drafts)
    return Day(script=script, articles=tuple(sorted(articles, key=lambda a: (a.told_at, a.id))))


def _article(draft: Draft, cast: Mapping[str, Names], factor: Decimal) -> NewsArticle:
    def put_in(text: str) -> str:
        text = _NAME.sub(lambda m: cast[m[1]].said(draft.language, boss=bool(m[2])), text)
        text = _AMOUNT.sub(lambda m: _amount(Decimal(m[1]) * factor, draft.language), text)
        return _in_persian_letters(text) if draft.persian_letters else text

    lines = [put_in(line) for line in draft.body.splitlines() if line.strip()]
    return NewsArticle(
        id=draft.id,
        story=draft.story,
        outlet=draft.outlet,
        told_at=draft.told_at,
        language=draft.language,
        title=put_in(draft.title),
        paragraphs=tuple(
            Paragraph(text=line.removeprefix("+ "), is_link=line.startswith("+ ")) for line in lines
        ),
        opening=draft.opening,
        expect=draft.expect,
        why=draft.why,
    )


def _amount(number: Decimal, language: str) -> str:
    shown = f"{number.quantize(Decimal('0.1'), ROUND_HALF_UP):f}".removesuffix(".0")
    return shown.replace(".", ",") if language == "fr" else shown


def _in_persian_letters(text: str) -> str:
    """As some Arabic sites write: Persian ya, kaf and digits.

    >>> _in_persian_letters("ميتا 13.5")
    'میتا ۱۳٫۵'
    """
    return re.sub(r"(?<=[0-9])\.(?=[0-9])", "٫", text).translate(_PERSIAN)


def load_day() -> Day:
    """Load the day as it is written. Raises ConfigError where its files are no YAML."""
    mistakes: list[Mistake] = []
    day = read_yaml(HERE / "day.yaml", mistakes).value
    cast = read_yaml(HERE / "cast.yaml", mistakes).value
    raise_if_any(mistakes)
    return tell(_script(day, cast))


def _script(day: dict[str, Any], cast: dict[str, Any]) -> Script:
    return Script(
        starts_at=_moment(day["starts_at"]),
        ends_at=_moment(day["ends_at"]),
        outlets=tuple(Outlet(**outlet) for outlet in day["outlets"]),
        breaks=tuple(Break(**{**one, "at": _moment(one["at"])}) for one in day["breaks"]),
        drafts=tuple(map(_draft, day["articles"])),
        roles={role["role"]: tuple(map(_names, role["names"])) for role in cast["roles"]},
        scales={story: tuple(map(Decimal, some)) for story, some in day["scales"].items()},
        exchange=tuple(map(tuple, day["exchange"])),
        first=tuple(map(tuple, day["first"])),
        may_move_days=day["may_move_days"],
    )


def _draft(written: dict[str, Any]) -> Draft:
    return Draft(
        id=written["id"],
        story=written["story"],
        outlet=written["outlet"],
        told_at=_moment(written["told_at"]),
        language=written["language"],
        title=written["title"],
        body=written["body"],
        scale=written.get("scale", written["story"]),
        opening=written.get("opening") == "yes",
        persian_letters=written.get("script") == "persian_letters",
        expect={rule: AlertKind(kind) for rule, kind in written.get("expect", {}).items()},
        why=written.get("why", ""),
    )


def _names(written: dict[str, Any]) -> Names:
    forms = {language: name for language, name in written.items() if language != "boss"}
    return Names(forms=forms, boss=written.get("boss", {}))


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)
