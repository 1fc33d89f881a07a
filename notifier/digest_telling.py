"""What is there to say of many deals, in the words of one reader?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from config.model import Company, Target
from crawler.model import Figure, Role
from crawler.text.safe import harmless_line, harmless_url
from notifier.model import Digest, Entry, NoticeKind
from notifier.money import rounded_for_conversion
from notifier.naming import names_by_side
from notifier.words import Words

SOURCES = 8  # in trouble, by name
_NAMES = 3
_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTelling:
    """Its sentences and parts of sentences, before anybody lays them out."""

    kind: NoticeKind
    digest: Digest
    target: Target
    words: Words
    companies: Mapping[str, Company]
    public_url: str | None

    def title(self) -> str:
        digest = self.digest
        if self.kind is NoticeKind.FIRST_LOOKS:
            said = self._first_looks()[0]
        elif self.kind is NoticeKind.AWAY:
            said = self.words.label("digest_away", count=len(digest.new))
        else:
            name = "digest_weekly" if digest.weekly else "digest_daily"
            day = self.words.day(self._local(digest.until).date())
            said = self.words.label(name, day=day, what=self._what())
        return self.words.line(said)[:_TITLE]

    def _first_looks(self) -> list[str]:
        """How many sources are watched, and what they would have told: in one line, or in two."""
        name = "digest_watching_new" if self.digest.known else "digest_watching"
        first = self.words.label(name, count=self.digest.sources)
        second = self.words.label("digest_would", count=len(self.digest.new))
        whole = f"{first}{self.words.label('semicolon')}{second}"
        if len(self.words.line(whole)) <= _TITLE:
            return [whole]
        return [first, second[:1].upper() + second[1:]]

    def _what(self) -> str:
        """ "3 new, 1 changed", or "nothing"."""
        digest = self.digest
        lists = (("digest_new_count", digest.new), ("digest_changed_count", digest.changed))
        said = [self.words.label(name, count=len(entries)) for name, entries in lists if entries]
        return self.words.label("comma").join(said) or self.words.label("digest_nothing")

    def headline(self) -> str:
        """The title without what a mail shows beside it: which digest, and of which day."""
        new, total = len(self.digest.new), self.total()
        if self.kind is not NoticeKind.DIGEST or not new:
            return self.title()
        said = [self.words.label("digest_new_deals", count=new)]
        if total:
            said.append(self.words.label("digest_announced", amount=total))
        return self.words.line(self.words.label("comma").join(said))

    def badge(self) -> str:
        kind: str = self.kind.value
        if self.kind is NoticeKind.DIGEST:
            kind = "weekly" if self.digest.weekly else "daily"
        return self.words.label(f"digest_badge_{kind}")

    def sums(self) -> list[tuple[Role, Decimal]]:
        """Dollars of the new deals by kind, the largest first: low ends, no part, no revision."""
        sums: dict[Role, Decimal] = {}
        for entry in self.digest.new:
            if entry.dollars is not None:
                sums[entry.kind] = sums.get(entry.kind, Decimal(0)) + entry.dollars
        return sorted(sums.items(), key=lambda each: each[1], reverse=True)

    def total(self) -> str:
        """All of `sums` in one figure; empty where there is nothing to add up."""
        whole = sum((dollars for _, dollars in self.sums()), Decimal(0))
        return self.in_currency(whole) if whole else ""

    def in_currency(self, dollars: Decimal) -> str:
        """`dollars` in the currency of the digest, with three digits as all that is converted."""
        told = rounded_for_conversion(dollars * self.digest.per_dollar)
        currency = self.digest.currency
        return self.words.figure(Figure(low=told, high=told, currency=currency, text="", start=0))

    def money(self) -> str:
        """Key figures in one line: the total, and of what it is made; empty without one."""
        total, sums = self.total(), self.sums()
        if not total:
            return ""
        said = self.words.label("digest_sum", amount=total)
        if len(sums) < 2:
            return said
        named = [f"{self.words.kinds[kind]} {self.in_currency(dollars)}" for kind, dollars in sums]
        return f"{said}{self.words.label('colon')}{self.words.label('separator').join(named)}"

    def called(self, what: str, count: int) -> str:
        """What `count` of a key figure are called, where the number stands apart."""
        return self.words.label(f"digest_tile_{what}", count=count)

    def heading(self, name: str) -> str:
        """Of one list; "" where the message has only one kind of list."""
        return self.words.label(name) if self.kind is NoticeKind.DIGEST else ""

    def opening(self) -> list[str]:
        """Of which time it tells, and how much was read in it."""
        digest, words = self.digest, self.words
        when = self.moment(digest.since)
        if self.kind is NoticeKind.AWAY:
            return [words.label("digest_away_line", since=when, until=self.moment(digest.until))]
        counts: dict[str, str | int] = {
            "articles": words.label("digest_articles", count=digest.articles),
            "ai": digest.ai_articles,
        }
        if self.kind is NoticeKind.DIGEST:
            sources = words.label("digest_sources", count=digest.sources)
            return [words.label("digest_counts", since=when, sources=sources, **counts)]
        lines = [*self._first_looks()[1:], words.label("digest_first_counts", **counts)]
        if digest.failing:
            lines.append(self.words.label("digest_failing", count=digest.failing))
        return [*lines, words.label("digest_first_line")]

    def left_out(self) -> str:
        words, out = self.words, self.digest.left_out
        said = [words.label(f"digest_out_{each.why}", count=each.count) for each in out]
        return words.label("comma").join(said)

    def amount(self, entry: Entry) -> str:
        if _is_none(entry):
            return self.words.label("correction")
        return self.words.figure(entry.figure) if entry.figure else self.words.label("no_amount")

    def before(self, entry: Entry) -> str:
        """The figure that it had before, where people would read another one."""
        if entry.figure is None or entry.before is None:
            return ""
        was = self.words.figure(entry.before)
        return "" if was == self.amount(entry) else was

    def names(self, entry: Entry) -> str:
        sides = names_by_side(entry.parties, entry.kind, self.companies, self.words)
        names = [name for side in sides.values() for name in side]
        if not names:
            return self.words.label("nobody")
        more = len(names) - _NAMES
        said = self.words.label("comma").join(names[:_NAMES])
        return said + (self.words.label("more", count=more) if more > 0 else "")

    def how_far(self, entry: Entry) -> str:
        """Of which kind it is and how far it has come; why it was held back or wrong, if it was."""
        words = self.words
        stage = [] if _is_none(entry) else [words.stages[entry.stage]]
        said = words.label("separator").join([words.kinds[entry.kind], *stage])
        why = entry.why_held or entry.mistake
        return said if why is None else f"{said}{words.label('colon')}{words.say(why)}"

    def troubles(self) -> list[str]:
        words = self.words
        return [
            words.label(
                "notice_bad_line",
                source=words.isolated(harmless_line(item.name, 60)),
                state=words.states[item.state],
                when=self.moment(item.since),
            )
            for item in self.digest.troubled[:SOURCES]
        ]

    def more(self, rest: int) -> str:
        """How many are not listed; "" where all are."""
        return self.words.label("digest_more", count=rest) if rest > 0 else ""

    def moment(self, at: datetime) -> str:
        return self.words.moment(self._local(at), False, self.target.zone)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.target.zone))

    def link(self, entry: Entry) -> str | None:
        if self.public_url:
            return harmless_url(f"{self.public_url.rstrip('/')}/deals/{entry.deal_id}")
        return harmless_url(entry.url)


def _is_none(entry: Entry) -> bool:
    """Whether it turned out that there is no such deal: nobody denied it, we were wrong."""
    return entry.mistake is not None and entry.mistake.code != "corrected"
