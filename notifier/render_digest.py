"""Which words does one target get for a message of many deals?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from config.model import Company, Target
from crawler.text.safe import harmless_line, harmless_url
from notifier.letter import Letter, Link, Section
from notifier.model import Digest, Entry, Message, Notice, NoticeKind
from notifier.naming import names_by_side
from notifier.sizes import Block, Size, as_markdown, as_text, fit, size_of
from notifier.words import Words, words_of

_SHOWN = (40, 25, 15, 10, 7, 5, 4, 3, 2, 1, 0)  # deals of each list, until the message fits
_NAMES = 3
_SOURCES = 8
_TITLE = 80


def render_digest(
    notice: Notice,
    target: Target,
    *,
    companies: Mapping[str, Company],
    public_url: str | None,
    is_preview: bool = False,
) -> Message:
    """`notice` with its deals in the language, zone and size of `target`.

    Too long for the service, each list is cut after its largest deals, and says how many more.
    """
    words, digest = words_of(target.language), notice.digest
    assert digest is not None
    it = _It(notice.kind, digest, target, words, companies, public_url)
    title, key = it.title(), f"notice {notice.id}"
    size = size_of(target)
    for shown in _SHOWN:
        blocks = [Block(text=title, markdown=f"**{title}**"), *it.blocks(shown)]
        if not is_preview:  # nobody owes it: it has no key
            blocks.append(it.closing(key))
        if max(len(as_text(blocks)), len(as_markdown(blocks))) <= size:
            break
    blocks = list(fit(blocks, size))
    return Message(
        title=title,
        text=as_text(blocks),
        markdown=as_markdown(blocks),
        key=key,
        letter=it.letter(title, key, notice.made_at),
    )


class _It:
    """One message being written."""

    def __init__(
        self,
        kind: NoticeKind,
        digest: Digest,
        target: Target,
        words: Words,
        companies: Mapping[str, Company],
        public_url: str | None,
    ) -> None:
        self.kind, self.digest, self.target = kind, digest, target
        self.words, self.companies, self.public_url = words, companies, public_url

    def title(self) -> str:
        digest = self.digest
        if self.kind is NoticeKind.FIRST_LOOKS:
            name = "digest_watching_new" if digest.known else "digest_watching"
            first = self.counted(name, digest.sources)
            second = self.counted("digest_would", len(digest.new))
            said = f"{first}{self.words.label('semicolon')}{second}"
        elif self.kind is NoticeKind.AWAY:
            said = self.counted("digest_away", len(digest.new))
        else:
            name = "digest_weekly" if digest.weekly else "digest_daily"
            day = self.words.day(self.local(digest.until).date())
            said = self.words.label(name, day=day, what=self.what())
        return self.words.line(said)[:_TITLE]

    def what(self) -> str:
        """ "3 new, 1 changed", or "nothing"."""
        digest = self.digest
        lists = (("digest_new_count", digest.new), ("digest_changed_count", digest.changed))
        said = [self.counted(name, len(entries)) for name, entries in lists if entries]
        return self.words.label("comma").join(said) or self.words.label("digest_nothing")

    def blocks(self, shown: int) -> list[Block]:
        digest, words = self.digest, self.words
        lists = (
            ("digest_new", digest.new, 2),
            ("digest_changed", digest.changed, 3),
            ("digest_held", digest.held, 5),
        )
        blocks = [self.plain(line) for line in self.opening()]
        for name, entries, goes in lists:
            heading = name if self.kind is NoticeKind.DIGEST else None
            blocks += self.listed(heading, entries, shown, goes=goes)
        if out := self.left_out():
            said = f"{words.label('digest_out')}{words.label('colon')}{out}"
            blocks.append(self.plain(said, goes=4 if digest.new or digest.changed else 0))
        return blocks + self.trouble()

    def left_out(self) -> str:
        out = [self.counted(f"digest_out_{each.why}", each.count) for each in self.digest.left_out]
        return self.words.label("comma").join(out)

    def opening(self) -> list[str]:
        """Of which time it tells, and how much was read in it."""
        digest, words = self.digest, self.words
        when = self.moment(digest.since)
        if self.kind is NoticeKind.AWAY:
            return [words.label("digest_away_line", since=when, until=self.moment(digest.until))]
        counts = {
            "sources": f"{digest.sources:,}",
            "articles": f"{digest.articles:,}",
            "ai": f"{digest.ai_articles:,}",
        }
        if self.kind is NoticeKind.DIGEST:
            return [words.label("digest_counts", since=when, **counts)]
        lines = [words.label("digest_first_counts", **counts)]
        if digest.failing:
            lines.append(self.counted("digest_failing", digest.failing))
        return [*lines, words.label("digest_first_line")]

    def listed(
        self, name: str | None, entries: Sequence[Entry], shown: int, *, goes: int
    ) -> list[Block]:
        if not entries:
            return []
        words = self.words
        blocks = [self.entry(each, goes=goes) for each in entries[:shown]]
        more = len(entries) - shown
        if more > 0:
            blocks.append(self.plain(self.counted("digest_more", more), goes=goes, joins=True))
        if name is None:
            return blocks
        heading = words.line(words.label(name))
        return [Block(text=heading, markdown=f"**{heading}**", goes=goes), *blocks]

    def entry(self, entry: Entry, *, goes: int) -> Block:
        words = self.words
        who, what = self.about(entry)
        said = words.label("separator").join([*who, *what]) + self.why_held(entry)
        line, url = words.line(said), harmless_url(self.link(entry))
        if url is None or self.has_no_room:
            return Block(text=f"• {line}", markdown=f"- {line}", goes=goes, joins=True)
        text, markdown = f"• {line}\n  {url}", f"- {line}\n  {url}"
        return Block(text=text, markdown=markdown, goes=goes, joins=True)

    @property
    def has_no_room(self) -> bool:
        """On a phone a list of addresses hides the deals."""
        return size_of(self.target) is Size.SHORT

    def amount(self, entry: Entry) -> str:
        words = self.words
        if entry.figure is None:
            return words.label("no_amount")
        now = words.figure(entry.figure)
        was = words.figure(entry.before) if entry.before else now
        return now if was == now else words.label("now_was", now=now, was=was)

    def names(self, entry: Entry) -> str:
        sides = names_by_side(entry.parties, entry.kind, self.companies, self.words)
        names = [name for side in sides.values() for name in side]
        if not names:
            return self.words.label("nobody")
        more = len(names) - _NAMES
        said = self.words.label("comma").join(names[:_NAMES])
        return said + (self.words.label("more", count=str(more)) if more > 0 else "")

    def trouble(self) -> list[Block]:
        troubled, words = self.digest.troubled, self.words
        if not troubled:
            return []
        heading = words.line(words.label("digest_trouble", count=str(len(troubled))))
        blocks = [Block(text=heading, markdown=f"**{heading}**", goes=6)]
        blocks += [self.plain(said, goes=7, joins=True) for said in self.troubles()]
        more = len(troubled) - _SOURCES
        if more > 0:
            blocks.append(self.plain(self.counted("digest_more", more), goes=7, joins=True))
        return blocks

    def troubles(self) -> list[str]:
        words = self.words
        return [
            words.label(
                "notice_bad_line",
                source=words.isolated(harmless_line(item.name, 60)),
                state=words.states[item.state],
                when=self.moment(item.since),
            )
            for item in self.digest.troubled[:_SOURCES]
        ]

    def closing(self, key: str) -> Block:
        said = self.words.line(self.words.label("notice_key", key=f"[{key}]"))
        return Block(text=said, markdown=said)

    def letter(self, title: str, key: str, made_at: datetime) -> Letter:
        """The same as a mail shows it: whole, but for the smallest deals of long lists."""
        words, digest = self.words, self.digest
        lists = (
            ("digest_new", digest.new),
            ("digest_changed", digest.changed),
            ("digest_held", digest.held),
        )
        sections = [
            self.section(name if self.kind is NoticeKind.DIGEST else None, entries)
            for name, entries in lists
            if entries
        ]
        if out := self.left_out():
            sections.append(Section(title=words.label("digest_out"), more=out))
        if digest.troubled:
            count = str(len(digest.troubled))
            items = [Link(name=said, url=None) for said in self.troubles()]
            rest = len(digest.troubled) - len(items)
            sections.append(
                Section(
                    title=words.label("digest_trouble", count=count),
                    items=items,
                    more=self.counted("digest_more", rest) if rest > 0 else "",
                )
            )
        return Letter(
            words=words,
            title=title,
            badge=words.label(f"digest_badge_{self.kind.value}"),
            tone="news",
            when=self.moment(made_at),
            headline=title,
            lines=self.opening(),
            sections=sections,
            footer=words.isolated(words.label("notice_key", key=f"[{key}]")),
        )

    def section(self, name: str | None, entries: Sequence[Entry]) -> Section:
        rest = len(entries) - _SHOWN[0]
        return Section(
            title=self.words.label(name) if name else "",
            items=[self.item(entry) for entry in entries[: _SHOWN[0]]],
            more=self.counted("digest_more", rest) if rest > 0 else "",
        )

    def item(self, entry: Entry) -> Link:
        separator = self.words.label("separator")
        who, what = self.about(entry)
        return Link(
            name=separator.join(who),
            url=harmless_url(self.link(entry)),
            note=separator.join(what) + self.why_held(entry),
        )

    def about(self, entry: Entry) -> tuple[list[str], list[str]]:
        """How much and who; of which kind and how far."""
        words = self.words
        who = [self.amount(entry), self.names(entry)]
        return who, [words.kinds[entry.kind], words.stages[entry.stage]]

    def why_held(self, entry: Entry) -> str:
        if entry.why_held is None:
            return ""
        return f"{self.words.label('colon')}{self.words.say(entry.why_held)}"

    def plain(self, said: str, *, goes: int = 0, joins: bool = False) -> Block:
        line = self.words.line(said)
        return Block(text=line, markdown=line, goes=goes, joins=joins)

    def counted(self, name: str, count: int) -> str:
        """The phrase for so many; a language may have one of its own for none and for one."""
        own = {0: f"{name}_none", 1: f"{name}_one"}.get(count, "")
        name = own if own in self.words.labels else name
        return self.words.label(name, count=f"{count:,}")

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.target.zone))

    def moment(self, at: datetime) -> str:
        return self.words.moment(self.local(at), False, self.target.zone)

    def link(self, entry: Entry) -> str:
        if self.public_url:
            return f"{self.public_url.rstrip('/')}/deals/{entry.deal_id}"
        return entry.url
