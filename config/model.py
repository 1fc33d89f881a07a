"""What may the owner write? One type for each kind of file, every field with its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from config.fields import (
    Country,
    Day,
    DigestTime,
    Id,
    Language,
    Listen,
    Pattern,
    QuietHours,
    WebAddress,
    Zone,
)
from config.own_words import MESSAGE_FIELDS, OwnLine, OwnWords
from config.phrases import Wording

# The kinds and stages of a Deal: crawler/model.py holds the same words with their meaning, and
# a test compares the two. They stand here too so that a misspelt one has its line and column.
DealKind = Literal[
    "funding_round",
    "capex_plan",
    "investment_commitment",
    "joint_venture",
    "fund_launch",
    "government_programme",
    "grant",
    "acquisition",
    "debt",
    "ipo",
    "other",
    "part_of",
]
_FIELDS = ", ".join(f"{{{name}}}" for name in MESSAGE_FIELDS)
DealStage = Literal["rumoured", "in_talks", "planned", "announced", "closed", "denied"]


class _Written(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        str_min_length=1,
        coerce_numbers_to_str=True,  # `names: {en: 360}` is text to whoever writes it
    )


class PageRule(_Written):
    """Where the parts of an article stand on one layout of a site, as CSS selectors."""

    title: str | None = Field(None, description="CSS of the headline")
    body: str | None = Field(None, description="CSS of the element that holds the text")
    published: str | None = Field(None, description="CSS of the date; its text or datetime=")
    drop: tuple[str, ...] = Field((), description="CSS of what is cut out before reading")
    until: Day | None = Field(None, description="last day on which this layout was seen")


class Source(_Written):
    """One place we watch, as the owner declared it."""

    id: Id = Field(description="short name: small letters, digits, dots, dashes")
    name: str = Field(description="as people know it")
    url: WebAddress = Field(description="the feed, sitemap or section page; may hold ${NAME}")
    kind: Literal["feed", "sitemap", "section"] = Field(
        description="feed: RSS, Atom, RDF, JSON Feed; sitemap: also an index; section: a web page"
    )
    language: Language | None = Field(
        None, description="ISO 639-1, e.g. ar; unset: found by reading"
    )
    country: Country | None = Field(
        None, description="ISO 3166, e.g. SA: resolves a bare ريال or $"
    )
    owner: str | None = Field(None, description="who publishes; copies of one owner count once")
    primary: bool = Field(False, description="a party's own newsroom or a filing register")
    enabled: bool = Field(True, description="no: kept here, not watched")
    private: bool = Field(False, description="may live on a private address (intranet, demo)")
    reason: str | None = Field(None, description="why a shipped source is not watched")
    access: Literal["open", "mixed", "bot_blocked", "licence_needed", "unknown"] | None = Field(
        None, description="what others met; mixed: some were refused"
    )
    confidence: Literal["high", "medium", "low"] | None = Field(
        None, description="how well public material agrees on the address"
    )
    rhythm_min: Decimal = Field(
        Decimal(15),
        gt=0,
        le=44_640,
        description="minutes: the longest rest between two looks in a normal hour",
    )
    link_pattern: Pattern | None = Field(None, description="section: regex that article URLs match")
    page: tuple[PageRule, ...] = Field((), description="newest layout first")
    zone: Zone | None = Field(None, description="IANA zone of dates that carry none")
    keep_text: bool = Field(True, description="no: keep title, sentence, figure and link only")
    note: str | None = Field(None, description="for people")


class Amount(_Written):
    """A sum of money that a rule names; read from text such as `1bn USD` or `مليار دولار`."""

    value: Decimal = Field(gt=0, description="whole units of currency")
    currency: str
    text: str = Field(description="as written")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, written: Any, info: ValidationInfo) -> Any:
        """Text is read by the `parse_amount` of the validation context."""
        if isinstance(written, (dict, cls)):
            return written
        parse = (info.context or {}).get("parse_amount")
        found = parse(written) if parse and isinstance(written, str) else None
        if found is None:
            raise ValueError("no amount of money: write one sum with its currency, e.g. 1bn USD")
        return {"value": found[0], "currency": found[1], "text": written}


class RuleConditions(_Written):
    """Every condition that is written must hold; a list holds if one of its entries does."""

    at_least: Annotated[Amount | None, WithJsonSchema({"type": "string"})] = Field(
        None, description="amount as people write it: 1bn USD"
    )
    confidence: Literal["certain", "possible"] = Field(
        "certain", description="certain: the low end reaches at_least; possible: the high end"
    )
    kinds: tuple[DealKind, ...] = Field((), description="of the deal")
    stages: tuple[DealStage, ...] = Field((), description="how far the deal has come")
    languages: tuple[Language, ...] = Field(
        (), description="ISO 639-1, of an article that tells it"
    )
    companies: tuple[str, ...] = Field(
        (), description="ids or names of companies.yaml on any side; @name: a watchlist"
    )
    investors: tuple[str, ...] = Field((), description="the same, of who puts the money in")
    recipients: tuple[str, ...] = Field((), description="the same, of who gets it")
    company_countries: tuple[Country, ...] = Field(
        (), description="ISO 3166, of a company that takes part"
    )
    sources: tuple[Id, ...] = Field((), description="ids of sources, one of which tells it")
    countries: tuple[Country, ...] = Field((), description="ISO 3166, of a source that tells it")
    confirmed_by: int | None = Field(
        None, ge=1, le=50, description="independent owners that tell it; a copy is no second one"
    )
    counting: Literal["equity", "equity_and_debt"] | None = Field(
        None, description="which money counts; unset: all, also grants and own spending"
    )
    first_above: bool = Field(
        False, description="yes: no earlier deal of the company reached at_least"
    )


class Watchlist(_Written):
    """Companies that rules name together, as @id."""

    id: Id = Field(description="short name; rules write @ before it")
    companies: tuple[str, ...] = Field(min_length=1, description="ids or names of companies.yaml")


class Rule(RuleConditions):
    """One written wish: conditions, exceptions, tags to tell."""

    id: Id = Field(description="short name, shown in every alert")
    unless: RuleConditions | None = Field(None, description="silent when all of these hold")
    update_at_least: Decimal = Field(
        Decimal("0.05"),
        ge=0,
        le=1000,
        description="share by which a figure must move: 0.05 is 5 per cent",
    )
    parts: bool = Field(True, description="also a named part of a deal told before")
    urgency: Literal["urgent", "now", "digest"] = Field(
        "now",
        description="urgent: waits for nothing; digest: no message of its own, told in the next "
        "digest",
    )
    tell: tuple[str, ...] = Field(min_length=1, description="tags of targets")


class Target(_Written):
    """One destination: one Apprise URL, never shown, with whoever reads there."""

    id: Id = Field(description="short name: it stands in logs where the URL must not")
    url: str = Field(repr=False, description="Apprise URL; may hold ${NAME}; or use url_file")
    apprise: None = Field(
        None,
        description="a file in Apprise's own form in place of url: one target for each of its URLs",
        json_schema_extra={"type": "string", "default": None},
    )
    kind: Literal["apprise", "webhook"] = Field(
        "apprise", description="webhook: signed JSON is posted to url, a plain https:// address"
    )
    signing_key: str | None = Field(
        None, repr=False, description="of a webhook: whsec_ and base64; or use signing_key_file"
    )
    tags: tuple[str, ...] = Field(min_length=1, description="rules tell tags")
    language: Language = Field("en", description="of whoever reads there: one that has a wording")
    format: Literal["text", "markdown"] = Field("text", description="what the service shows")
    currency: str = Field("USD", description="converted amounts are shown in it")
    zone: Zone = Field("UTC", description="IANA time zone of whoever reads there")
    digest: DigestTime | None = Field(
        None, description="daily 08:00 or weekly sunday 08:00, in `zone`; unset: none"
    )
    title_template: OwnLine | None = Field(
        None, description=f"own title, 80 characters at most; the fields: {_FIELDS}"
    )
    template: OwnWords | None = Field(
        None, description="own lines in place of ours, with the same fields; key and link follow"
    )
    quiet: tuple[QuietHours, ...] = Field(
        (), description="what comes in these hours leaves when they end, e.g. sun-thu 23:00-07:00"
    )
    quiet_ops: bool = Field(
        False, description="yes: troubles of Rasid itself wait for the end of quiet hours too"
    )
    group_wait_min: int = Field(
        0, ge=0, le=1440, description="minutes to wait for what more is told of a deal"
    )
    cooldown_min: int = Field(
        0, ge=0, le=44_640, description="minutes of rest between two messages about one deal"
    )
    alerts_a_day: int | None = Field(
        None, ge=0, le=10_000, description="in its zone; more waits for the next day or digest"
    )
    fold_parts: bool = Field(
        False, description="yes: a part that waits beside its whole is told in the whole's message"
    )

    @property
    def scheme(self) -> str:
        """The service, as its URL begins: `slack` of slack://…; empty where it names none."""
        scheme, found, _ = self.url.strip().partition("://")
        return scheme.lower() if found else ""


class Settings(_Written):
    """How this Rasid behaves: rasid.yaml."""

    user_agent_contact: str | None = Field(
        None, description="URL or e-mail that sites may write to"
    )
    public_url: WebAddress | None = Field(
        None, description="where readers reach the page; else links go to the article"
    )
    age_limit_h: int = Field(72, gt=0, le=87_600, description="hours; older stories never alert")
    keep_text_days: int = Field(180, gt=0, le=36_500, description="then title, figure and link")
    workers: int = Field(1, gt=0, le=64, description="processes that parse pages")
    page_timeout_s: int = Field(20, gt=0, le=600, description="seconds a worker may take a page")
    download_timeout_s: int = Field(20, gt=0, le=600, description="seconds a download may take")
    delay_s: Decimal = Field(
        Decimal(2), ge=0, le=3600, description="seconds between two requests to one host"
    )
    busy_timeout_s: int = Field(10, gt=0, le=600, description="seconds to wait for the database")
    listen: Listen | None = Field("127.0.0.1:8787", description="health page; null: none")
    rates_url: WebAddress | None = Field(
        "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml",
        description="exchange rates in the ECB's XML, fetched daily; null: the shipped ones only",
    )
    second_reader_url: WebAddress | None = Field(
        None, description="OpenAI-compatible endpoint (…/v1), asked only in doubt; null: none"
    )
    second_reader_model: str = Field("", description="its model's name")
    second_reader_key: str | None = Field(
        None, repr=False, description="its key; or second_reader_key_file"
    )
    second_reader_timeout_s: int = Field(20, gt=0, le=600, description="seconds to wait for it")
    second_reader_usd_per_day: Decimal = Field(
        Decimal(1), ge=0, le=10_000, description="cap on what it may cost a day, UTC"
    )
    second_reader_usd_per_million_tokens: Decimal = Field(
        Decimal(10), ge=0, le=10_000, description="its price, the dearer of in and out"
    )
    heartbeat_url: WebAddress | None = Field(
        None, repr=False, description="pinged after each whole good cycle; or heartbeat_url_file"
    )


class Company(_Written):
    """One name that news uses, in every script."""

    id: Id = Field(description="short name")
    kind: Literal["ai", "tech", "investor", "state", "person", "other"] = Field(
        description="ai: its main product is AI"
    )
    names: dict[Language, str] = Field(
        min_length=1, description="shown to readers, by language: en, ar"
    )
    aliases: tuple[str, ...] = Field((), description="as printed, any script")
    not_in: tuple[str, ...] = Field((), description="words in which an alias is no name")
    country: Country | None = Field(None, description="ISO 3166")


class Rate(_Written):
    """How many units of `currency` one US dollar buys."""

    currency: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217")
    per_usd: Decimal = Field(gt=0, le=10**12, description="units of currency for one US dollar")
    on: Day = Field(description="day of the rate")
    kind: Literal["peg", "ecb", "approximate"] = Field(description="how firm it is")
    source: str = Field(description="who says so")


class Config(_Written):
    """All of it, checked. Lexicons stay plain maps here; crawler/reading builds them."""

    settings: Settings
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    targets: tuple[Target, ...]
    companies: tuple[Company, ...]
    rates: tuple[Rate, ...]
    wordings: tuple[Wording, ...] = Field((), description="how messages are said in a language")
