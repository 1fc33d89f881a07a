"""What may the owner write? One type for each kind of file, every field with its unit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]


class PageRule(_Written):
    """Where the parts of an article stand on one layout of a site, as CSS selectors."""

    title: str | None = Field(None, description="CSS of the headline")
    body: str | None = Field(None, description="CSS of the element that holds the text")
    published: str | None = Field(None, description="CSS of the date; its text or datetime=")
    drop: tuple[str, ...] = Field((), description="CSS of what is cut out before reading")
    until: date | None = Field(None, description="last day on which this layout was seen")


class Source(_Written):
    """One place we watch, as the owner declared it."""

    id: Id
    name: str = Field(description="as people know it")
    url: str = Field(description="the feed, sitemap or section page")
    kind: Literal["feed", "sitemap", "section"]
    language: str | None = Field(None, description="ISO 639-1, e.g. ar; unset: found by reading")
    country: str | None = Field(None, description="ISO 3166, e.g. SA: resolves a bare ريال or $")
    owner: str | None = Field(None, description="who publishes; copies of one owner count once")
    primary: bool = Field(False, description="a party's own newsroom or a filing register")
    enabled: bool = True
    private: bool = Field(False, description="may live on a private address (intranet, demo)")
    rhythm_min: Decimal = Field(Decimal(15), gt=0, description="minutes between two looks")
    link_pattern: str | None = Field(None, description="section: regex that article URLs match")
    page: tuple[PageRule, ...] = Field((), description="newest layout first")
    zone: str | None = Field(None, description="IANA zone of dates that carry none")
    keep_text: bool = Field(True, description="false: keep title, sentence, figure and link only")
    note: str | None = None


class Amount(_Written):
    """A sum of money that a rule names; read from text such as `1bn USD` or `مليار دولار`."""

    value: Decimal = Field(gt=0, description="whole units of currency")
    currency: str
    text: str = Field(description="as written")


class RuleConditions(_Written):
    """Every condition that is written must hold; a list holds if one of its entries does."""

    at_least: Amount | None = Field(None, description="amount as people write it: 1bn USD")
    confidence: Literal["certain", "possible"] = "certain"
    kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    languages: tuple[str, ...] = Field((), description="of the article")
    companies: tuple[str, ...] = Field((), description="ids or names")
    sources: tuple[Id, ...] = ()
    countries: tuple[str, ...] = Field((), description="of the source")


class Rule(RuleConditions):
    """One written wish: conditions, exceptions, tags to tell."""

    id: Id
    unless: RuleConditions | None = Field(None, description="silent when all of these hold")
    update_at_least: Decimal = Field(
        Decimal("0.05"), ge=0, description="share by which a figure must move: 0.05 is 5 per cent"
    )
    parts: bool = Field(True, description="also a named part of a deal told before")
    tell: tuple[str, ...] = Field(min_length=1, description="tags of targets")


class Target(_Written):
    """One destination: one Apprise URL, never shown, with whoever reads there."""

    id: Id
    url: str = Field(repr=False, description="Apprise URL; may hold ${NAME}")
    tags: tuple[str, ...] = Field(min_length=1)
    language: Literal["en", "ar"] = "en"
    format: Literal["text", "markdown"] = "text"
    currency: str = Field("USD", description="converted amounts are shown in it")
    zone: str = "UTC"


class Settings(_Written):
    """How this Rasid behaves: rasid.yaml."""

    user_agent_contact: str | None = Field(
        None, description="URL or e-mail that sites may write to"
    )
    public_url: str | None = Field(
        None, description="where readers reach the page; else links go to the article"
    )
    age_limit_h: int = Field(72, gt=0, description="hours; older stories never alert")
    keep_text_days: int = Field(180, gt=0)
    workers: int = Field(1, gt=0, description="processes that parse pages")
    page_timeout_s: int = Field(20, gt=0)
    download_timeout_s: int = Field(20, gt=0)
    delay_s: Decimal = Field(
        Decimal(2), ge=0, description="seconds between two requests to one host"
    )
    busy_timeout_s: int = Field(10, gt=0)
    listen: str | None = Field("127.0.0.1:8787", description="health page; null: none")
    heartbeat_url: str | None = Field(None, description="pinged after each whole good cycle")


class Company(_Written):
    """One name that news uses, in every script."""

    id: Id
    kind: Literal["ai", "tech", "investor", "state", "person", "other"]
    names: dict[str, str] = Field(description="shown to readers, by language: en, ar")
    aliases: tuple[str, ...] = Field((), description="as printed, any script")
    country: str | None = None


class Rate(_Written):
    """How many units of `currency` one US dollar buys."""

    currency: str
    per_usd: Decimal = Field(gt=0)
    on: date
    kind: Literal["peg", "ecb", "approximate"]
    source: str


class Config(_Written):
    """All of it, checked. Lexicons stay plain maps here; crawler/reading builds them."""

    settings: Settings
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    targets: tuple[Target, ...]
    companies: tuple[Company, ...]
    rates: tuple[Rate, ...]
    lexicons: dict[str, dict[str, object]] = Field(description="by language")
