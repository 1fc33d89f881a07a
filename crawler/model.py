"""What the crawler knows: one frozen type for each word in the README."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from config.model import Source


class Role(StrEnum):
    """What the money of a Claim does. A Deal's role is called its kind."""

    FUNDING_ROUND = "funding_round"
    CAPEX_PLAN = "capex_plan"
    INVESTMENT_COMMITMENT = "investment_commitment"
    JOINT_VENTURE = "joint_venture"
    FUND_LAUNCH = "fund_launch"
    GOVERNMENT_PROGRAMME = "government_programme"
    GRANT = "grant"
    ACQUISITION = "acquisition"
    DEBT = "debt"
    IPO = "ipo"
    OTHER = "other"
    PART_OF = "part_of"  # a named part of the article's main deal
    # The roles below never make a deal.
    VALUATION = "valuation"
    REVENUE = "revenue"
    MARKET_SIZE = "market_size"
    TOTAL_TO_DATE = "total_to_date"
    PAST = "past"
    ACTUAL = "actual"
    DELTA = "delta"
    FORECAST = "forecast"
    NOT_MONEY_IN_AI = "not_money_in_ai"

    @property
    def makes_deal(self) -> bool:
        """Whether a main claim in this role opens or changes a Deal."""
        return self not in _NEVER_A_DEAL


_NEVER_A_DEAL = frozenset(
    {
        Role.VALUATION,
        Role.REVENUE,
        Role.MARKET_SIZE,
        Role.TOTAL_TO_DATE,
        Role.PAST,
        Role.ACTUAL,
        Role.DELTA,
        Role.FORECAST,
        Role.NOT_MONEY_IN_AI,
    }
)


class Stage(StrEnum):
    """How far a deal has come."""

    RUMOURED = "rumoured"
    IN_TALKS = "in_talks"
    PLANNED = "planned"
    ANNOUNCED = "announced"
    CLOSED = "closed"
    DENIED = "denied"


class Bound(StrEnum):
    """How a figure is worded. The open side of FLOOR and CEILING is None."""

    RANGE = "range"
    POINT = "point"
    FLOOR = "floor"  # "over 60bn"
    CEILING = "ceiling"  # "up to 65bn"


class Side(StrEnum):
    """Where a Party stands in a Claim."""

    RECIPIENT = "recipient"  # gets the money, or is bought
    INVESTOR = "investor"  # spends, lends, buys or puts it in
    OTHER = "other"


class ChangeKind(StrEnum):
    """What happened to a Deal."""

    OPENED = "opened"
    RAISED = "raised"
    LOWERED = "lowered"
    NARROWED = "narrowed"
    WIDENED = "widened"
    CONFIRMED = "confirmed"  # a later stage: in talks -> announced -> closed
    DENIED = "denied"
    CORRECTED = "corrected"


class Evidence(StrEnum):
    """What a date of publication was read from, best first."""

    FEED = "feed"
    SITEMAP = "sitemap"
    JSON_LD = "json_ld"
    META = "meta"
    MICRODATA = "microdata"
    TIME_TAG = "time_tag"
    PAGE_RULE = "page_rule"
    URL = "url"
    TEXT = "text"
    RELATIVE = "relative"  # "منذ يوم": day precision, counted from the moment of fetching


class ListingState(StrEnum):
    """How far a Listing has come."""

    WAITING = "waiting"
    FETCHED = "fetched"
    GIVEN_UP = "given_up"


class PageFault(StrEnum):
    """Why the page of a Listing could not be had."""

    GONE = "gone"
    BLOCKED = "blocked"  # a wall, a login, a captcha; never climbed
    NO_ARTICLE = "no_article"
    LAYOUT = "layout"  # fetched, and without a title or text where we look for them
    UNREACHABLE = "unreachable"
    OURS = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why anybody chose anything: on every choice in the house."""

    code: str  # stable and short, e.g. "ai_word", "role_past"
    text: str  # one English sentence or phrase
    start: int | None = None  # span in Article.text, in code points
    end: int | None = None
    facts: tuple[str, ...] = ()  # what `text` was made of, to say it in another language


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article was published, and how we know."""

    at: datetime  # aware; in the zone the page gave, UTC where it gave none
    evidence: Evidence
    day_only: bool = False  # the source gave a day and no clock
    raw: str = ""  # as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One line of a Source's feed, sitemap or section page."""

    url: str  # absolute, http(s), without tracking parameters
    title: str | None = None
    published: Published | None = None
    summary: str | None = None  # plain text of the feed, used when the page cannot be had


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One fetched page read as text. New text at the same URL is a new revision."""

    url: str  # canonical
    source_id: str | None
    title: str
    body: str  # plain text, paragraphs separated by one line break
    language: str | None  # ISO 639-1
    published: Published | None  # None: undated; such an article never alerts
    fetched_at: datetime  # aware, UTC
    site_name: str | None = None
    image_url: str | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def text(self) -> str:
        """What a reader sees, title first: every span of a Reading counts from here."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount of money as one sentence states it. It has no meaning yet.

    `low` and `high` are whole units of `currency`: dollars, never millions.
    None leaves that side open, so "more than 60bn" has no `high`.
    """

    low: Decimal | None
    high: Decimal | None
    currency: str | None  # ISO 4217; None where the text names none
    text: str  # as printed, in its own script and digits
    start: int  # where `text` begins in Article.text, in code points
    approximate: bool = False  # "about", "nearly", نحو
    assumed: bool = False  # the currency was ambiguous and chosen by country or language

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError(f"a figure needs one closed side: {self.text!r}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low is above high: {self.text!r}")

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def least(self) -> Decimal:
        """`low`, or `high` where the low side is open."""
        side = self.low if self.low is not None else self.high
        assert side is not None  # __post_init__
        return side

    def is_worth(self, other: Figure) -> bool:
        """Whether both say the same amount, however worded in print."""
        return (self.low, self.high, self.currency) == (other.low, other.high, other.currency)

    @property
    def bound(self) -> Bound:
        if self.low is None:
            return Bound.CEILING
        if self.high is None:
            return Bound.FLOOR
        return Bound.POINT if self.low == self.high else Bound.RANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The calendar or fiscal years a Claim is about, both included."""

    first_year: int
    last_year: int

    def __post_init__(self) -> None:
        if self.first_year > self.last_year:
            raise ValueError(f"period ends before it begins: {self}")

    def __str__(self) -> str:
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}-{self.last_year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a Claim."""

    name: str  # as printed
    side: Side
    id: str | None = None  # in companies.yaml; None: a name we do not know
    key: str = ""  # consonant skeleton, equal across scripts; see crawler/text


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence asserting who moves how much to whom.

    Only main claims open or change Deals; a mentioned one may confirm a Deal that we know.
    """

    role: Role
    stage: Stage
    main: bool
    figure: Figure | None  # None: a deal without a stated amount
    restated: tuple[Figure, ...] = ()  # the same sum in other currencies
    period: Period | None = None
    parties: tuple[Party, ...] = ()
    perhaps: tuple[Party, ...] = ()  # who may be meant instead of its recipient, likeliest first
    place: str | None = None  # folded; what tells two parts or sites of one party apart
    says_changed: bool = False  # its own sentence says that the plan was changed
    primary: bool = False  # told by a party itself: press release, filing, own newsroom
    sentence: str  # as printed
    start: int  # where `sentence` begins in Article.text, in code points
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one Article says, by one lexicon and one reader version."""

    language: str | None
    ai_investment: bool
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]  # in text order
    reader_version: str
    lexicon_hash: str
    reasons: tuple[Reason, ...] = ()
    margin: Decimal | None = None  # log odds by which `ai_investment` is true; below 0 it is not


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """The thing in the world that Claims talk about. It lives for years."""

    id: int  # 0 before it is saved
    kind: Role
    stage: Stage
    parties: tuple[Party, ...]
    period: Period | None
    perhaps: tuple[Party, ...] = ()  # whom one of its articles may mean by the recipient
    place: str | None
    figure: Figure | None  # the most exact wording of the current value
    figure_primary: bool = False
    earlier: tuple[Figure, ...] = ()  # values that a change replaced, oldest first
    actual: Figure | None = None  # what was really spent, told later
    part_of: int | None = None  # id of the whole; a part is never added up
    merged_into: int | None = None  # id of the deal that this one is; kept to recognize it by
    undated: bool = False  # told only by articles without a date, so that nobody heard of it
    change_count: int = 0
    opened_at: datetime  # aware, UTC
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DealSource:
    """One Article that told of a Deal, as a reader of an alert wants to see it."""

    url: str
    title: str
    source_id: str | None
    site_name: str | None
    language: str | None  # ISO 639-1, of the article
    published: Published | None
    fetched_at: datetime  # aware, UTC
    primary: bool = False  # told by a party itself
    owner: str | None = None  # of its outlet, where the owner of Rasid says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One numbered step in a Deal's life."""

    deal_id: int
    number: int  # 1, 2, 3 … within the deal
    kind: ChangeKind
    before: Figure | None
    after: Figure | None  # the deal's best figure after the change
    stage_before: Stage | None
    stage_after: Stage
    moved: Decimal | None  # share by which the figure moved: 0.10 is ten per cent; None: no figures
    article_url: str
    claim: Claim
    published_on: date | None
    at: datetime  # aware, UTC
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a stranger's server answered, not yet parsed. Bounded by crawler/spiders/guard."""

    source: Source
    url: str  # after redirects
    status: int  # 200, or 304 for an unchanged list
    content_type: str | None  # without parameters, lower case
    charset: str | None  # as the header declares it; never trusted alone
    body: bytes
    etag: str | None
    last_modified: str | None
    fetched_at: datetime  # aware, UTC
    max_age_s: int | None = None  # from Cache-Control
    listing: Listing | None = None  # the line that led here; None for a list itself
    redirects: tuple[int, ...] = ()  # the status of each redirect on the way to `url`
    link: str | None = None  # its Link headers as one, at most 8 KiB


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one Claim did: it opened, changed or joined a Deal, or did nothing.

    `deal` is the state after the step. An id below zero is provisional: the deal is
    new in this article and storage gives it its number.
    """

    claim: Claim
    deal: Deal | None
    change: Change | None
    reasons: tuple[Reason, ...] = ()
