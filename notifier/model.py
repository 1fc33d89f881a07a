"""What the notifier knows: verdicts, alerts, messages and deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from config.model import Source
from crawler.health.model import Trouble
from crawler.model import (
    Article,
    ChangeKind,
    Deal,
    Figure,
    Party,
    Reason,
    Role,
    Stage,
)
from notifier.letter import Letter


class Answer(StrEnum):
    """What a Rule says to a Change."""

    FIRE = "fire"
    HOLD = "hold"  # would fire, but not now (quiet hours, age, first look): told in a digest
    SKIP = "skip"


class AlertKind(StrEnum):
    """Why people are told."""

    ALERT = "alert"
    UPDATE = "update"  # the deal moved
    CORRECTION = "correction"  # an alert of ours or a statement of theirs was wrong


class NoticeKind(StrEnum):
    """What the owner is told about Rasid itself."""

    BAD = "bad"  # sources turned bad
    BACK = "back"  # they are well again
    CUT_OFF = "cut_off"  # no host at all answers us
    RECONNECTED = "reconnected"
    TARGET_BAD = "target_bad"  # one of the owner's targets takes no messages
    TARGET_BACK = "target_back"
    NO_ARTICLES = "no_articles"  # lists answer, and nothing new comes from any of them
    ARTICLES_AGAIN = "articles_again"
    FIRST_LOOKS = "first_looks"  # new sources: what was stored silently
    AWAY = "away"  # what grew old while Rasid was not watching
    DIGEST = "digest"  # by the clock of a target

    @property
    def lists_deals(self) -> bool:
        """Whether it carries a Digest, and notifier/render_digest.py words it."""
        return self in (NoticeKind.FIRST_LOOKS, NoticeKind.AWAY, NoticeKind.DIGEST)


class DeliveryState(StrEnum):
    """How far one Alert or Notice to one Target has come."""

    DUE = "due"
    LEASED = "leased"
    SENT = "sent"
    UNSURE = "unsure"  # accepted or not, we cannot know; sent once more at most
    HELD = "held"
    PARKED = "parked"
    DROPPED = "dropped"  # given up by its owner; the row stays as the record of it


class HeldFor(StrEnum):
    """What a held delivery waits for."""

    QUIET = "quiet"  # the end of quiet hours
    GROUP = "group"  # what more is told of the deal in the first minutes
    COOLDOWN = "cooldown"  # some rest after the last message about the deal
    BUDGET = "budget"  # the next digest: the day's number of alerts is used up
    DIGEST = "digest"  # the next digest, for another reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one Rule says to one Change, with reasons; kept also when it skips."""

    rule_id: str
    deal_id: int
    change_number: int
    answer: Answer
    kind: AlertKind | None  # None unless it fires or holds
    reasons: tuple[Reason, ...]
    at: datetime  # aware, UTC

    @property
    def fires(self) -> bool:
        return self.answer is Answer.FIRE

    @property
    def tells(self) -> bool:
        """Whether people hear of it: by an alert, or in the next digest."""
        return self.fires or waits_for_digest(self.answer, self.reasons)


def waits_for_digest(answer: str, reasons: Iterable[Reason]) -> bool:
    """Whether it is told in a digest by its rule's own wish: news, or a mistake put right."""
    codes = {each.code for each in reasons}
    return answer == Answer.HOLD and "for_digest" in codes and bool(codes & {"fresh", "mended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message we owe because a Rule fired on a Change of a Deal."""

    id: int  # 0 before it is saved, and of what a digest tells in its place
    rule_id: str
    deal_id: int
    change_number: int
    kind: AlertKind
    reasons: tuple[Reason, ...]
    made_at: datetime  # aware, UTC
    replaces: int | None = None  # the alert that an update or correction follows

    @property
    def takes_back(self) -> bool:
        """Whether it says that there is no such deal."""
        return any(each.code in _TAKEN_BACK for each in self.reasons)


_TAKEN_BACK = ("denied", "withdrawn", "not_ai")  # codes of reasons


def alert_of(verdict: Verdict, *, id: int = 0, replaces: int | None = None) -> Alert:
    """The alert that says what `verdict` wants to be told."""
    assert verdict.kind is not None  # of one that tells
    return Alert(
        id=id,
        rule_id=verdict.rule_id,
        deal_id=verdict.deal_id,
        change_number=verdict.change_number,
        kind=verdict.kind,
        reasons=verdict.reasons,
        made_at=verdict.at,
        replaces=replaces,
    )


def number_of(told: Sequence[Alert]) -> int | None:
    """The number of the last alert that has one: what a digest told has none."""
    return next((each.id for each in reversed(told) if each.id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One article that tells of a deal, as a rule may ask about it."""

    source_id: str | None
    owner: str  # who publishes it; the host where no source says so
    language: str | None  # ISO 639-1
    country: str | None  # ISO 3166, of the source
    sentence: str = ""  # its evidence, by which a copy is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deal as a digest lists it."""

    deal_id: int
    kind: Role
    stage: Stage
    parties: tuple[Party, ...]
    figure: Figure | None
    before: Figure | None  # where it moved
    change: ChangeKind
    url: str  # of the article that made the change
    dollars: Decimal | None = None  # its low end, where it may be added up
    why_held: Reason | None = None  # None: told, or waiting for the digest by its rule's wish
    mistake: Reason | None = None  # why what was told of it before was wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many deals a digest leaves out for one reason."""

    why: str  # a key of the wording: digest_out_...
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a message of many deals says; kept as it was made, so that a second try says the same.

    Deals stand in the order in which they are listed, the largest first.
    """

    since: datetime  # aware, UTC
    until: datetime
    new: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    held: tuple[Entry, ...] = ()
    left_out: tuple[Tally, ...] = ()
    troubled: tuple[Trouble, ...] = ()
    sources: int = 0  # looked at
    failing: int = 0  # of them: those that did not answer yet
    known: int = 0  # sources that were introduced before
    articles: int = 0
    ai_articles: int = 0
    weekly: bool = False
    currency: str = "USD"  # of its totals
    per_dollar: Decimal = Decimal(1)  # units of `currency`


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message that is no alert: about Rasid itself, or of many deals together."""

    id: int  # 0 before it is saved
    kind: NoticeKind
    items: tuple[Trouble, ...]
    made_at: datetime  # aware, UTC
    digest: Digest | None = None  # of kinds that list deals


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What `decide` may know beside the deal and its change."""

    article: Article  # that caused the change
    source: Source | None
    first_look: bool  # found by the first look at its source: stored silently
    told: tuple[Alert, ...] = ()  # of this rule on this deal, or by its digest; oldest first
    told_figure: Figure | None = None  # the deal's figure when this rule last told of it
    whole: Deal | None = None  # the deal that this one is a named part of, if it is one
    told_by: tuple[Told, ...] = ()  # every article that tells of the deal, this one too
    earlier: tuple[Deal, ...] = ()  # older deals of the companies that take part
    mended: bool = False  # the change takes back a mistake of ours; it is no news


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What nobody wants to hear of for a while. An empty list matches everything."""

    id: int  # 0 before it is saved
    rules: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()  # ids, on any side
    kinds: tuple[str, ...] = ()  # of the deal
    sources: tuple[str, ...] = ()  # of the article that rings
    countries: tuple[str, ...] = ()  # ISO 3166, of that article's source
    author: str
    comment: str
    made_at: datetime  # aware, UTC
    until: datetime  # aware, UTC
    ended_at: datetime | None = None  # by hand, before its time

    def is_active(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Words for one Target in its language; strangers' text in it is already harmless."""

    title: str  # at most 80 characters, one line
    text: str  # plain text, whole message with the title as its first line
    markdown: str  # the same for chat services
    key: str  # idempotency key, printed in the message
    letter: Letter | None = None  # its parts, for mail; None: its text has no parts
    mail_id: str | None = None  # of its Message-ID, the part before the @
    answers: tuple[str, ...] = ()  # the same of the mails that it follows, first one first


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One Alert, or one Notice, to one Target."""

    id: int
    alert_id: int | None
    target_id: str
    state: DeliveryState
    attempts: int
    due_at: datetime  # aware, UTC
    last_error: str | None = None
    notice_id: int | None = None
    held_for: HeldFor | None = None  # None unless it is held
    held_since: datetime | None = None  # kept when it is let go
    held_why: Reason | None = None
    replaced_by: int | None = None  # the alert that tells this one too
    silence_id: int | None = None  # the silence that swallowed it
    told_in: int | None = None  # the notice, a digest, that tells it
    copy: int = 1  # 2 and more: sent again because its owner said so

    @property
    def what(self) -> str:
        """What is delivered, for logs."""
        if self.alert_id is None:
            return f"notice {self.notice_id}"
        return f"alert {self.alert_id}"
