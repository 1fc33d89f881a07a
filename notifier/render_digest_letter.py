"""What does a message of many deals show as a mail?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler.text.safe import harmless_url
from notifier.digest_telling import SOURCES, DigestTelling
from notifier.letter import Bar, Letter, Link, Row, Section, Tile
from notifier.model import Entry, NoticeKind
from notifier.words import capital

_BARS = 6


def letter_of_many(it: DigestTelling, *, made_at: datetime, closing: str, shown: int) -> Letter:
    """The mail of what `it` tells: whole, but for the smallest deals of long lists.

    `closing`: its key in words; "" for a preview. `shown`: deals of each list.
    """
    words, digest, title = it.words, it.digest, it.title()
    sections = [
        _list(it, "digest_new", digest.new, shown),
        _list(it, "digest_changed", digest.changed, shown),
        _bars(it),
        _list(it, "digest_held", digest.held, shown),
    ]
    if out := it.left_out():
        sections.append(Section(title=words.label("digest_out"), lines=[out]))
    if count := len(digest.troubled):
        trouble = words.label("digest_trouble", count=count)
        sections.append(Section(title=trouble, lines=it.troubles(), more=it.more(count - SOURCES)))
    return Letter(
        words=words,
        title=title,
        badge=it.badge(),
        tone="news",
        when=it.moment(made_at),
        headline=it.headline(),
        tiles=_tiles(it),
        lines=it.opening(),
        sections=[each for each in sections if each.rows or each.lines or each.bars],
        links=_links(it),
        footer=[words.isolated(closing)] if closing else [],
    )


def _tiles(it: DigestTelling) -> list[Tile]:
    words, digest = it.words, it.digest
    tiles = [Tile(figure=words.count(len(digest.new)), name=it.called("new", len(digest.new)))]
    if total := it.total():
        tiles.append(Tile(figure=total, name=words.label("digest_tile_sum")))
    if it.kind is not NoticeKind.DIGEST:
        return tiles
    if changed := len(digest.changed):
        tiles.append(Tile(figure=words.count(changed), name=it.called("changed", changed)))
    well = digest.sources - len(digest.troubled)
    if well >= 0 and digest.sources:
        figure = words.label("digest_of_all", count=well, all=digest.sources)
        tiles.append(Tile(figure=figure, name=words.label("digest_tile_well")))
    return tiles


def _bars(it: DigestTelling) -> Section:
    """The money of each kind; nothing where all is of one."""
    sums = it.sums()
    if len(sums) < 2:
        return Section()
    longest = sums[0][1]
    bars = [
        Bar(
            name=capital(it.words.kinds[kind]),
            amount=it.in_currency(dollars),
            percent=max(1, round(dollars * 100 / longest)),
        )
        for kind, dollars in sums[:_BARS]
    ]
    return Section(title=it.words.label("digest_by_kind"), bars=bars)


def _links(it: DigestTelling) -> list[Link]:
    url = harmless_url(it.public_url) if it.public_url else None
    return [Link(name=it.words.label("open_all"), url=url)] if url else []


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
            capital(it.how_far(entry)),
            *([it.words.label("moved", was=was, now=amount, how="")] if was else []),
        ],
    )
