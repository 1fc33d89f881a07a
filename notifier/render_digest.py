"""Which words does one target get for a message of many deals?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.model import Company, Target
from notifier.digest_telling import SOURCES, DigestTelling
from notifier.model import Entry, Message, Notice
from notifier.render_digest_letter import letter_of_many
from notifier.sizes import Block, Size, as_markdown, as_text, fit, size_of
from notifier.words import Words

_SHOWN = (40, 25, 15, 10, 7, 5, 4, 3, 2, 1, 0)  # deals of each list, until the message fits


def render_digest(
    notice: Notice,
    target: Target,
    words: Words,
    *,
    companies: Mapping[str, Company],
    public_url: str | None,
    is_preview: bool = False,
) -> Message:
    """`notice` with its deals in `words`, and in the zone and size of `target`.

    Too long for the service, each list is cut after its largest deals, and says how many more.
    """
    digest = notice.digest
    assert digest is not None
    it = DigestTelling(
        kind=notice.kind,
        digest=digest,
        target=target,
        words=words,
        companies=companies,
        public_url=public_url,
    )
    title, key, size = it.title(), f"notice {notice.id}", size_of(target)
    # Nobody owes a preview: it has no key.
    closing = "" if is_preview else it.words.label("notice_key", key=f"[{key}]")
    for shown in _SHOWN:
        blocks = [Block(text=title, markdown=f"**{title}**"), *_blocks(it, shown)]
        if closing:
            blocks.append(_plain(it.words, closing))
        if max(len(as_text(blocks)), len(as_markdown(blocks))) <= size:
            break
    blocks = list(fit(blocks, size))
    return Message(
        title=title,
        text=as_text(blocks),
        markdown=as_markdown(blocks),
        key=key,
        letter=letter_of_many(it, made_at=notice.made_at, closing=closing, shown=_SHOWN[0]),
    )


def _blocks(it: DigestTelling, shown: int) -> list[Block]:
    digest, words = it.digest, it.words
    blocks = [_plain(words, line) for line in it.opening()]
    if money := it.money():
        blocks.append(_plain(words, money, goes=8))
    blocks += _list(it, "digest_new", digest.new, shown, goes=2)
    blocks += _list(it, "digest_changed", digest.changed, shown, goes=3)
    blocks += _list(it, "digest_held", digest.held, shown, goes=5)
    if out := it.left_out():
        said = f"{words.label('digest_out')}{words.label('colon')}{out}"
        blocks.append(_plain(words, said, goes=4 if digest.new or digest.changed else 0))
    return blocks + _trouble(it)


def _list(
    it: DigestTelling, name: str, entries: Sequence[Entry], shown: int, *, goes: int
) -> list[Block]:
    if not entries:
        return []
    heading = it.heading(name)
    blocks = [_heading(it.words, heading, goes=goes)] if heading else []
    blocks += [
        _entry(it, each, goes=goes, joins=bool(heading) or number > 0)
        for number, each in enumerate(entries[:shown])
    ]
    if more := it.more(len(entries) - shown):
        blocks.append(_plain(it.words, more, goes=goes, joins=True))
    return blocks


def _entry(it: DigestTelling, entry: Entry, *, goes: int, joins: bool) -> Block:
    words, amount, was = it.words, it.amount(entry), it.before(entry)
    if was:
        amount = words.label("not_was" if entry.mistake else "now_was", now=amount, was=was)
    said = words.label("separator").join([amount, it.names(entry), it.how_far(entry)])
    line, url = words.line(said), it.link(entry)
    # On a phone a list of addresses hides the deals.
    below = f"\n  {url}" if url and size_of(it.target) is not Size.SHORT else ""
    return Block(text=f"• {line}{below}", markdown=f"- {line}{below}", goes=goes, joins=joins)


def _trouble(it: DigestTelling) -> list[Block]:
    count = len(it.digest.troubled)
    if not count:
        return []
    blocks = [_heading(it.words, it.words.label("digest_trouble", count=count), goes=6)]
    blocks += [_plain(it.words, said, goes=7, joins=True) for said in it.troubles()]
    if more := it.more(count - SOURCES):
        blocks.append(_plain(it.words, more, goes=7, joins=True))
    return blocks


def _heading(words: Words, name: str, *, goes: int) -> Block:
    said = words.line(name)
    return Block(text=said, markdown=f"**{said}**", goes=goes)


def _plain(words: Words, said: str, *, goes: int = 0, joins: bool = False) -> Block:
    line = words.line(said)
    return Block(text=line, markdown=line, goes=goes, joins=joins)
