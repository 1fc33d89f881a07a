"""Which words does one target get for one alert?

Always in this order: amount, parties, kind, stage, evidence, sources, why, link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from config.model import Company, Target
from crawler.deals.rates import Rates
from crawler.model import Change, Deal, Stage
from crawler.text.safe import harmless_line, harmless_url
from notifier.amounts import say_amount, say_move
from notifier.backing import evidence, why
from notifier.backing import sources as sources_of
from notifier.headline import kind_and_period, kind_of, period_words, title_of
from notifier.model import Alert, AlertKind, Message
from notifier.naming import ToldBy, names_by_side, side_name
from notifier.sizes import Block, as_markdown, as_text, fit, size_of
from notifier.telling import Telling
from notifier.words import Words, words_of

_NAMES_A_SIDE = 6


def render(
    alert: Alert,
    deal: Deal,
    change: Change,
    *,
    sources: Sequence[ToldBy],
    target: Target,
    rates: Rates,
    companies: Mapping[str, Company],
    now: datetime,
    public_url: str | None,
    whole: Deal | None = None,
    told: Alert | None = None,
) -> Message:
    """`alert` in the language, currency, zone and size of `target`.

    `whole`: the deal that this one is a part of. `told`: the alert that this one replaces.
    Strangers' text in it is harmless (P9). Nothing in it depends on `now` yet, so a message
    that is sent a second time is the same message.
    """
    words = words_of(target.language)
    it = Telling(
        alert=alert,
        deal=deal,
        change=change,
        sources=sources,
        target=target,
        rates=rates,
        companies=companies,
        public_url=public_url,
        whole=whole,
        told=told,
        words=words,
    )
    title = title_of(alert, deal, change, companies=companies, words=words, whole=whole)
    key = f"alert {alert.id}"
    blocks = fit([_title(title), *_blocks(it), _closing(it, key)], size_of(target))
    return Message(title=title, text=as_text(blocks), markdown=as_markdown(blocks), key=key)


def _title(title: str) -> Block:
    return Block(text=title, markdown=f"**{title}**")


def _blocks(it: Telling) -> list[Block]:
    facts = [
        _fact(it, "amount", say_amount(it), goes=1),
        *_what_changed(it),
        _fact(it, "who", _who(it), goes=2),
        _fact(it, "kind", it.words.kinds[kind_of(it.deal, it.whole)], goes=3),
        _fact(it, "stage", _stage(it), goes=3),
        _fact(it, "period", period_words(it.deal.period, it.words), goes=4),
        _fact(it, "place", _place(it), goes=4),
        _fact(it, "part_of", _whole(it), goes=4),
        _fact(it, "actual", it.words.figure(it.deal.actual) if it.deal.actual else "", goes=4),
    ]
    lines = [block for block in facts if block is not None]
    return [*lines[:1], *_joined(lines[1:]), *evidence(it), *sources_of(it), *why(it)]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    return [
        Block(text=block.text, markdown=block.markdown, goes=block.goes, joins=True)
        for block in blocks
    ]


def _fact(it: Telling, label: str, said: str, *, goes: int) -> Block | None:
    """One line "Label: what"; None if there is nothing to say."""
    if not said:
        return None
    name, colon = it.words.label(label), it.words.label("colon")
    return Block(
        text=it.words.line(f"{name}{colon}{said}"),
        markdown="- " + it.words.line(f"**{name}**{colon}{said}"),
        goes=goes,
    )


def _what_changed(it: Telling) -> list[Block | None]:
    if it.alert.kind is AlertKind.ALERT:
        return []
    words = it.words
    if it.change.stage_after is Stage.DENIED:
        return [_plain(words, words.label("deny", number=it.replaced))]
    lines = [say_move(it)]
    if it.told is not None:
        day = words.day(it.local(it.told.made_at).date())
        lines.append(words.label("replaces", number=str(it.told.id), day=day))
    else:
        lines.append(words.label("replaces_undated"))
    return [_plain(words, line) for line in lines if line]


def _plain(words: Words, text: str) -> Block:
    return Block(text=words.line(text), markdown="- " + words.line(text), goes=3)


def _stage(it: Telling) -> str:
    """The stage, and the one before where the message tells what changed."""
    words, change = it.words, it.change
    now, before = words.stages[change.stage_after], change.stage_before
    if it.alert.kind is AlertKind.ALERT or before is None or before is change.stage_after:
        return now
    return words.label("now_was", now=now, was=words.stages[before])


def _who(it: Telling) -> str:
    words = it.words
    kind = kind_of(it.deal, it.whole)
    sides = names_by_side(it.deal.parties, kind, it.companies, words)
    said = []
    for side, names in sides.items():
        listed = _listed(names, _NAMES_A_SIDE, words)
        said.append(f"{listed} ({side_name(side, kind, len(names), words)})")
    return words.label("separator").join(said) or words.label("nobody")


def _listed(names: Sequence[str], shown: int, words: Words) -> str:
    if len(names) <= shown:
        return words.join(names)
    more = words.label("more", count=str(len(names) - shown))
    return words.label("comma").join(names[:shown]) + more


def _place(it: Telling) -> str:
    place = harmless_line(it.deal.place or "", 60)
    # Folded for comparing, so in small letters: readers know it with a capital.
    return it.words.isolated(place.title() if place.isascii() else place)


def _whole(it: Telling) -> str:
    """Which deal this one is a part of, so that nobody adds the two up."""
    if it.whole is None:
        return ""
    words = it.words
    sides = names_by_side(it.whole.parties, it.whole.kind, it.companies, words)
    names = [name for side in sides.values() for name in side][:2]
    figure = words.figure(it.whole.figure) if it.whole.figure else ""
    parts = [words.label("comma").join(names), kind_and_period(it.whole, words, None), figure]
    told = words.label("separator").join(part for part in parts if part)
    return f"{told} ({words.label('not_added')})"


def _closing(it: Telling, key: str) -> Block:
    """The key, by which a message sent twice is known, and the link alone on the last line."""
    said = it.words.line(it.words.label("key", key=f"[{key}]"))
    url = harmless_url(_link(it))
    both = f"{said}\n{url}" if url else said
    return Block(text=both, markdown=f"{said}\n\n{url}" if url else said)


def _link(it: Telling) -> str:
    if it.public_url:
        return f"{it.public_url.rstrip('/')}/deals/{it.deal.id}"
    return it.change.article_url
