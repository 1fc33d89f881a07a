"""What does a message of many deals show as a mail?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from notifier.digest_telling import SOURCES, DigestTelling
from notifier.letter import Letter, Row, Section
from notifier.model import Entry


def letter_of_many(it: DigestTelling, *, made_at: datetime, closing: str, shown: int) -> Letter:
    """The mail of what `it` tells: whole, but for the smallest deals of long lists.

    `closing`: its key in words; "" for a preview. `shown`: deals of each list.
    """
    words, digest, title = it.words, it.digest, it.title()
    sections = [
        _list(it, "digest_new", digest.new, shown),
        _list(it, "digest_changed", digest.changed, shown),
        _list(it, "digest_held", digest.held, shown),
    ]
    if out := it.left_out():
        sections.append(Section(title=words.label("digest_out"), lines=[out]))
    if count := len(digest.troubled):
        trouble = words.label("digest_trouble", count=str(count))
        sections.append(Section(title=trouble, lines=it.troubles(), more=it.more(count - SOURCES)))
    return Letter(
        words=words,
        title=title,
        badge=words.label(f"digest_badge_{it.kind.value}"),
        tone="news",
        when=it.moment(made_at),
        headline=title,
        lines=it.opening(),
        sections=[section for section in sections if section.rows or section.lines],
        footer=words.isolated(closing),
    )


def _list(it: DigestTelling, name: str, entries: Sequence[Entry], shown: int) -> Section:
    return Section(
        title=it.heading(name),
        rows=[_row(it, entry) for entry in entries[:shown]],
        more=it.more(len(entries) - shown),
    )


def _row(it: DigestTelling, entry: Entry) -> Row:
    amount, was = it.amount(entry), it.before(entry)
    return Row(
        amount=amount,
        name=it.names(entry),
        url=it.link(entry),
        notes=[
            it.how_far(entry),
            *([it.words.label("moved", was=was, now=amount, how="")] if was else []),
        ],
    )
