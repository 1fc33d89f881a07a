"""Which words does one target get for a notice about Rasid itself?"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from config.model import Target
from crawler.health.model import Trouble
from crawler.text.safe import harmless_line
from notifier.letter import Letter
from notifier.model import Message, Notice, NoticeKind
from notifier.sizes import Block, as_markdown, as_text, fit, size_of
from notifier.words import Words

_SHOWN = 12
_ONE_BY_NAME = (NoticeKind.BAD, NoticeKind.BACK, NoticeKind.TARGET_BAD, NoticeKind.TARGET_BACK)
_WITH_CAUSE = (NoticeKind.BAD, NoticeKind.TARGET_BAD)
_TITLE = 80
_NAME = 40  # of a source, in a title


def render_notice(notice: Notice, target: Target, words: Words) -> Message:
    """`notice` in `words`, for the zone and size of `target`. Sent twice, it is the same."""
    key = f"notice {notice.id}"
    title = _title(notice, words)
    lines = [
        _item(words, _line(item, notice.kind, words, target), goes=2 + number, joins=number > 0)
        for number, item in enumerate(notice.items[:_SHOWN])
    ]
    more = len(notice.items) - len(lines)
    if more > 0:
        lines.append(_item(words, words.label("notice_more", count=more), goes=1, joins=True))
    closing = words.label("notice_key", key=f"[{key}]")
    todo = words.label(f"notice_{notice.kind.value}_todo")
    blocks = [
        Block(text=title, markdown=f"**{title}**"),
        *lines,
        Block(text=words.line(todo), markdown=words.line(todo)),
        Block(text=words.line(closing), markdown=words.line(closing)),
    ]
    kept = list(fit(blocks, size_of(target)))
    letter = Letter(
        words=words,
        title=title,
        badge=words.label("about_rasid"),
        tone="house",
        when=words.moment(notice.made_at.astimezone(ZoneInfo(target.zone)), False, target.zone),
        headline=title,
        lines=[*(line.text for line in lines), todo],
        footer=[words.isolated(closing)],
    )
    return Message(
        title=title, text=as_text(kept), markdown=as_markdown(kept), key=key, letter=letter
    )


def _title(notice: Notice, words: Words) -> str:
    if len(notice.items) != 1 or notice.kind not in _ONE_BY_NAME:
        return words.line(words.label(f"notice_{notice.kind.value}", count=len(notice.items)))
    said = _about_one(notice, words, _NAME)
    over = max(0, len(said) - _TITLE)  # of the name: what happened to it is the news
    return _about_one(notice, words, max(1, _NAME - over))[:_TITLE] if over else said


def _about_one(notice: Notice, words: Words, limit: int) -> str:
    item = notice.items[0]
    name = words.isolated(harmless_line(item.name, limit))
    state = words.states[item.state]
    said = words.label(f"notice_{notice.kind.value}_one", source=name, state=state)
    return words.line(said)


def _line(item: Trouble, kind: NoticeKind, words: Words, target: Target) -> str:
    at = item.since.astimezone(ZoneInfo(target.zone))
    when = words.moment(at, False, target.zone)
    name = words.isolated(harmless_line(item.name, 60))
    said = words.label(
        f"notice_{kind.value}_line", source=name, state=words.states[item.state], when=when
    )
    if kind in _WITH_CAUSE and item.text:
        why = words.isolated(harmless_line(item.text, 200))
        said = f"{said}{words.label('colon')}{why}"
    return said


def _item(words: Words, said: str, *, goes: int, joins: bool) -> Block:
    """One line of a list."""
    line = words.line(said)
    return Block(text=line, markdown=f"- {line}", goes=goes, joins=joins)
