"""Where may a story leave the funnel, and what can be done about it?

One name for each place, the same in words, in JSON and in README.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_NAME = re.compile(r"\b(?:ID|DEAL|ALERT)\b")


class Stop(StrEnum):
    """Where a story stopped, in the order of the funnel: what comes later came further."""

    SOURCE_UNKNOWN = "source_unknown"
    SOURCE_OFF = "source_off"
    SOURCE_NEVER_LOOKED = "source_never_looked"
    SOURCE_FAILING = "source_failing"
    NOT_LISTED = "not_listed"
    PAGE_WAITING = "page_waiting"
    PAGE_FAILING = "page_failing"
    PAGE_GONE = "page_gone"
    PAGE_BLOCKED = "page_blocked"
    PAGE_NO_ARTICLE = "page_no_article"
    PAGE_GIVEN_UP = "page_given_up"
    NO_STORY = "no_story"
    READING_GONE = "reading_gone"
    LANGUAGE_NOT_READ = "language_not_read"
    NOT_AI = "not_ai"
    NO_MONEY = "no_money"
    ONLY_MENTIONED = "only_mentioned"
    NO_DEAL = "no_deal"
    FROM_ARCHIVE = "from_archive"
    NO_RULE = "no_rule"
    RULE_NEWER = "rule_newer"
    RULE_KIND = "rule_kind"
    RULE_STAGE = "rule_stage"
    RULE_COUNTING = "rule_counting"
    RULE_LANGUAGE = "rule_language"
    RULE_COMPANY = "rule_company"
    RULE_COUNTRY = "rule_country"
    RULE_SOURCE = "rule_source"
    RULE_AMOUNT_UNKNOWN = "rule_amount_unknown"
    RULE_NO_RATE = "rule_no_rate"
    RULE_AMOUNT = "rule_amount"
    RULE_AMOUNT_UNCERTAIN = "rule_amount_uncertain"
    RULE_NOT_FIRST = "rule_not_first"
    RULE_PART = "rule_part"
    RULE_UNCONFIRMED = "rule_unconfirmed"
    RULE_UNLESS = "rule_unless"
    RULE_ONLY_WATCHES = "rule_only_watches"
    TAKEN_BACK = "taken_back"
    DENIED_UNTOLD = "denied_untold"
    TOLD_BEFORE = "told_before"
    MOVED_LITTLE = "moved_little"
    UNDATED = "undated"
    FUTURE_DATE = "future_date"
    TOO_OLD = "too_old"
    FIRST_LOOK = "first_look"
    FOR_DIGEST = "for_digest"
    NO_TARGET = "no_target"
    SILENCED = "silenced"
    DROPPED = "dropped"
    PARKED = "parked"
    UNSURE = "unsure"
    REPLACED = "replaced"
    QUIET_HOURS = "quiet_hours"
    GROUPED = "grouped"
    COOLDOWN = "cooldown"
    BUDGET = "budget"
    QUEUED = "queued"
    IN_DIGEST = "in_digest"
    TOLD = "told"

    @property
    def rank(self) -> int:
        """How far a story comes that stops here."""
        return _ORDER[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """Where one story stopped, and why in one sentence."""

    stop: Stop
    text: str
    rule_id: str | None = None
    also: tuple[Stop, ...] = ()  # what would have stopped it anyway
    names: Mapping[str, str] = field(default_factory=dict)  # what ID, DEAL or ALERT is here

    @property
    def todo(self) -> str:
        """What its owner can do next, a sentence for each thing that is in the way."""
        told = " ".join(TODO[stop] for stop in (self.stop, *self.also))
        return _NAME.sub(lambda found: self.names.get(found[0], found[0]), told)

    @property
    def rank(self) -> int:
        """How far the story came."""
        return self.stop.rank


_ORDER = {stop: number for number, stop in enumerate(Stop)}
TODO = {
    Stop.SOURCE_UNKNOWN: "Add its site: `rasid sources add URL`.",
    Stop.SOURCE_OFF: "Set `enabled: yes` for it in your sources, then `rasid once ID`.",
    Stop.SOURCE_NEVER_LOOKED: "Start `rasid run`, or look now: `rasid once ID`.",
    Stop.SOURCE_FAILING: "See `rasid sources probe ID`: it says what to change.",
    Stop.NOT_LISTED: "Does the list name it? `rasid sources probe ID` shows what it names.",
    Stop.PAGE_WAITING: "Nothing: the next look reads it. `rasid once ID` looks now.",
    Stop.PAGE_FAILING: "Nothing: it is tried again. `rasid sources` shows how the source is.",
    Stop.PAGE_GONE: "Nothing: the outlet took it away. Look for the story elsewhere.",
    Stop.PAGE_BLOCKED: "Add another outlet of the story: a wall is respected, never climbed.",
    Stop.PAGE_NO_ARTICLE: "If it is one, write `page:` rules for its source.",
    Stop.PAGE_GIVEN_UP: "Open it: if it can be read, write `page:` rules for its source.",
    Stop.NO_STORY: "Ask with a URL. If stories call it otherwise, add that name to companies.yaml.",
    Stop.READING_GONE: "Read what is kept again: `rasid reread --write`.",
    Stop.LANGUAGE_NOT_READ: "Set `language:` of the source if it was guessed wrong.",
    Stop.NOT_AI: "If it is a deal: `rasid explain URL` shows the signs that spoke against it.",
    Stop.NO_MONEY: "Nothing, if no sum stands there; else `rasid explain URL` shows what was read.",
    Stop.ONLY_MENTIONED: "If one of the sums is the deal: `rasid explain URL` shows why not.",
    Stop.NO_DEAL: "See `rasid explain URL`: it shows what each sentence was taken for.",
    Stop.FROM_ARCHIVE: "Nothing: `rasid rules test FILE` says what rules would have told.",
    Stop.NO_RULE: "Write a rule into rules.yaml; `rasid rules test FILE` tries it first.",
    Stop.RULE_NEWER: "Nothing rings for the past; `rasid rules test FILE` says what it would.",
    Stop.RULE_KIND: "Add the kind to `kinds:` of the rule.",
    Stop.RULE_STAGE: "Add the stage to `stages:` of the rule.",
    Stop.RULE_COUNTING: "Widen `counting:` of the rule, or leave it out.",
    Stop.RULE_LANGUAGE: "Add the language to `languages:` of the rule.",
    Stop.RULE_COMPANY: "Add the company to the rule; `rasid deals` shows who takes part.",
    Stop.RULE_COUNTRY: "Add the country to the rule, or to the company or source.",
    Stop.RULE_SOURCE: "Add the source to `sources:` of the rule.",
    Stop.RULE_AMOUNT_UNKNOWN: "A rule without `at_least:` tells deals without a sum, too.",
    Stop.RULE_NO_RATE: "Add a rate for the currency to rates.yaml.",
    Stop.RULE_AMOUNT: "Lower `at_least:` of the rule.",
    Stop.RULE_AMOUNT_UNCERTAIN: "`confidence: possible` takes “up to” at its word.",
    Stop.RULE_NOT_FIRST: "Leave out `first_above:` to hear of later ones.",
    Stop.RULE_PART: "Set `parts: yes` in the rule to hear of parts.",
    Stop.RULE_UNCONFIRMED: "Lower `confirmed_by:`, or wait for a second owner.",
    Stop.RULE_UNLESS: "Narrow `unless:` of the rule.",
    Stop.RULE_ONLY_WATCHES: "`rasid rules promote` makes the rules that only watch yours.",
    Stop.TAKEN_BACK: "`rasid feedback list` shows who said that it is no investment in AI.",
    Stop.DENIED_UNTOLD: "Nothing: nobody was told of the deal that is denied.",
    Stop.TOLD_BEFORE: "Nothing, if it is the same deal; else `rasid deals split DEAL URL`.",
    Stop.MOVED_LITTLE: "Lower `update_at_least:` of the rule to hear of smaller moves.",
    Stop.UNDATED: "If the page shows a date, write `published:` into the source's `page:` rule.",
    Stop.FUTURE_DATE: "Check `zone:` of the source: its dates lie ahead of ours.",
    Stop.TOO_OLD: "Raise `age_limit_h:` in rasid.yaml, or look at the source more often.",
    Stop.FIRST_LOOK: "Nothing: a new source stores its backlog silently; what is new rings.",
    Stop.FOR_DIGEST: "Set `urgency: now` in the rule to be told at once.",
    Stop.NO_TARGET: "Give a target in targets.yaml one of the tags that the rule tells.",
    Stop.SILENCED: "`rasid silences` shows who asked for that and until when.",
    Stop.DROPPED: "Take it up again: `rasid outbox retry ID`.",
    Stop.PARKED: "Mend the target, then `rasid outbox retry ID`.",
    Stop.UNSURE: "Ask who reads there; `rasid outbox retry ID` sends it again.",
    Stop.REPLACED: "Nothing: another alert to the same target tells it too.",
    Stop.QUIET_HOURS: "Nothing: it is sent when the quiet hours of the target end.",
    Stop.GROUPED: "Nothing: it leaves with what more is told of the deal in the first minutes.",
    Stop.COOLDOWN: "Nothing: it is sent after the rest that the deal has had between messages.",
    Stop.BUDGET: "It comes in the next digest; `rasid outbox retry ID` tells it now.",
    Stop.QUEUED: "Nothing: it leaves while `rasid run` runs, or with `rasid once`.",
    Stop.IN_DIGEST: "Nothing: the digest told it.",
    Stop.TOLD: "Nothing: people were told. `rasid explain ALERT` shows why.",
}
