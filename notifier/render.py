"""Which words does one target get for one alert?

Always in this order: amount, parties, kind, stage, evidence, sources, why, link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from config.model import Company, Target
from crawler.deals.rates import Rates
from crawler.model import Change, Deal, Reason
from crawler.text.safe import harmless_url
from notifier.amounts import say_amount
from notifier.backing import evidence, link_of, why
from notifier.backing import sources as sources_of
from notifier.facts import facts_of, what_changed
from notifier.headline import title_of
from notifier.model import Alert, Message
from notifier.naming import ToldBy
from notifier.own_words import own_blocks, own_title
from notifier.render_letter import letter_of
from notifier.sizes import Block, as_markdown, as_text, fit, size_of
from notifier.telling import Telling
from notifier.words import Words


def render(
    alert: Alert,
    deal: Deal,
    change: Change,
    *,
    sources: Sequence[ToldBy],
    target: Target,
    words: Words,
    rates: Rates,
    companies: Mapping[str, Company],
    now: datetime,
    public_url: str | None,
    whole: Deal | None = None,
    told: Alert | None = None,
    copy: int = 1,
    held: Reason | None = None,
    held_since: datetime | None = None,
    parts: Sequence[Deal] = (),
) -> Message:
    """`alert` in `words`, and in the currency, zone and size of `target`.

    `whole`: the deal that this one is a part of. `told`: the alert that this one replaces.
    `copy`: 2 and more where it is sent again on request, which it says.
    `held`, `held_since`: why and since when it waited. `parts`: of the deal, told with it.
    Strangers' text in it is harmless (P9). Nothing in it depends on `now` yet, so a message
    that is sent a second time is the same message.
    """
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
        copy=copy,
        held=held,
        held_since=held_since,
        parts=parts,
    )
    title = own_title(it) or title_of(
        alert, deal, change, companies=companies, words=words, whole=whole
    )
    # A copy has a key of its own: whoever asked for it again wants to see it again.
    key = f"alert {alert.id}" + (f", copy {copy}" if copy > 1 else "")
    own = own_blocks(it, target.template) if target.template else []
    told_blocks = own or _blocks(it)
    blocks = fit([_title(title), *told_blocks, _closing(it, key)], size_of(target))
    return Message(
        title=title,
        text=as_text(blocks),
        markdown=as_markdown(blocks),
        key=key,
        letter=letter_of(it, title, key, own=[block.text for block in own]),
    )


def _title(title: str) -> Block:
    return Block(text=title, markdown=f"**{title}**")


def _blocks(it: Telling) -> list[Block]:
    lines = [
        _fact(it, "amount", say_amount(it), goes=1),
        *(_plain(it.words, line) for line in what_changed(it)),
        *(_fact(it, label, said, goes=goes) for label, said, goes in facts_of(it)),
    ]
    return [*lines[:1], *_joined(lines[1:]), *evidence(it), *sources_of(it), *why(it)]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    return [
        Block(text=block.text, markdown=block.markdown, goes=block.goes, joins=True)
        for block in blocks
    ]


def _fact(it: Telling, label: str, said: str, *, goes: int) -> Block:
    """One line "Label: what"."""
    name, colon = it.words.label(label), it.words.label("colon")
    return Block(
        text=it.words.line(f"{name}{colon}{said}"),
        markdown="- " + it.words.line(f"**{name}**{colon}{said}"),
        goes=goes,
    )


def _plain(words: Words, text: str) -> Block:
    return Block(text=words.line(text), markdown="- " + words.line(text), goes=3)


def _closing(it: Telling, key: str) -> Block:
    """The key, by which a message sent twice is known, and the link alone on the last line."""
    said = it.words.line(it.words.label("key", key=f"[{key}]"))
    url = harmless_url(link_of(it))
    both = f"{said}\n{url}" if url else said
    return Block(text=both, markdown=f"{said}\n\n{url}" if url else said)
