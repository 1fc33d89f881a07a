"""Which words does one target get for one alert?

Always in this order: amount, parties, kind, stage, evidence, sources, why, link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal
from zoneinfo import ZoneInfo

from config.model import Company, Target
from crawler.deals.rates import Converted, Rates
from crawler.model import Change, Deal, Figure, Stage
from crawler.text.safe import harmless_line, harmless_url
from notifier.headline import (
    figure_of,
    figure_told,
    kind_and_period,
    kind_of,
    period_words,
    title_of,
)
from notifier.model import Alert, AlertKind, Message
from notifier.naming import ToldBy, names_by_side, outlet_name, outlets, side_name
from notifier.sizes import Block, as_markdown, as_text, fit, size_of
from notifier.words import Words, words_of

_EVIDENCE_LIMIT = 400
_NAMES_A_SIDE = 6
_OUTLETS = 8
_FEW_OUTLETS = 3
_RATE_DIGITS = Context(prec=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Everything that one message is written from."""

    alert: Alert
    deal: Deal
    change: Change
    sources: Sequence[ToldBy]
    target: Target
    rates: Rates
    companies: Mapping[str, Company]
    public_url: str | None
    whole: Deal | None
    told: Alert | None
    words: Words

    @property
    def figure(self) -> Figure | None:
        return figure_of(self.deal, self.change)


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
    it = _Told(
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


def _blocks(it: _Told) -> list[Block]:
    facts = [
        _fact(it, "amount", _amount(it), goes=1),
        *_what_changed(it),
        _fact(it, "who", _who(it), goes=2),
        _fact(it, "kind", it.words.kinds[kind_of(it.deal, it.whole)], goes=3),
        _fact(it, "stage", it.words.stages[it.change.stage_after], goes=3),
        _fact(it, "period", period_words(it.deal.period, it.words), goes=4),
        _fact(it, "place", _place(it), goes=4),
        _fact(it, "part_of", _whole(it), goes=4),
        _fact(it, "actual", it.words.figure(it.deal.actual) if it.deal.actual else "", goes=4),
    ]
    lines = [block for block in facts if block is not None]
    return [*lines[:1], *_joined(lines[1:]), *_evidence(it), *_sources(it), *_why(it)]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    return [
        Block(text=block.text, markdown=block.markdown, goes=block.goes, joins=True)
        for block in blocks
    ]


def _fact(it: _Told, label: str, said: str, *, goes: int) -> Block | None:
    """One line "Label: what"; None if there is nothing to say."""
    if not said:
        return None
    name, colon = it.words.label(label), it.words.label("colon")
    return Block(
        text=it.words.line(f"{name}{colon}{said}"),
        markdown="- " + it.words.line(f"**{name}**{colon}{said}"),
        goes=goes,
    )


def _amount(it: _Told) -> str:
    """As published first, then in the reader's currency with the rate and its day."""
    figure, words = it.figure, it.words
    if figure is None:
        return words.label("no_amount")
    said = words.figure(figure)
    if figure.assumed:
        said += f" ({words.label('assumed')})"
    return said + _converted(it, figure)


def _converted(it: _Told, figure: Figure) -> str:
    currency = it.target.currency
    if figure.currency is None or figure.currency == currency:
        return ""
    on = it.change.published_on or it.change.at.date()
    ends: list[Decimal | None] = []
    last: Converted | None = None
    for side in (figure.low, figure.high):
        done = it.rates.convert(side, figure.currency, currency, on=on) if side else None
        ends.append(done.amount if done else None)
        last = done or last
    if last is None:
        return ""
    words = it.words.converted(ends[0], ends[1], currency)
    return f"{it.words.label('comma')}{words} ({_rate(it, last, figure.currency, currency)})"


def _rate(it: _Told, converted: Converted, sold: str, bought: str) -> str:
    """The rate the way round that has a number above one: 3.75 riyals, not 0.2667 dollars."""
    if converted.rate >= 1:
        one, other, many = sold, bought, converted.rate
    else:
        one, other, many = bought, sold, 1 / converted.rate
    digits = _RATE_DIGITS.plus(many).normalize()
    return it.words.rate(one, other, Decimal(f"{digits:f}"), converted.on, converted.kind)


def _what_changed(it: _Told) -> list[Block | None]:
    if it.alert.kind is AlertKind.ALERT:
        return []
    words = it.words
    if it.change.stage_after is Stage.DENIED:
        return [_plain(words, words.label("deny", number=_replaced(it)))]
    lines = [_moved(it)]
    if it.told is not None:
        day = words.day(_local(it, it.told.made_at).date())
        lines.append(words.label("replaces", number=str(it.told.id), day=day))
    else:
        lines.append(words.label("replaces_undated"))
    return [_plain(words, line) for line in lines if line]


def _replaced(it: _Told) -> str:
    return str(it.alert.replaces or "?")


def _plain(words: Words, text: str) -> Block:
    return Block(text=words.line(text), markdown="- " + words.line(text), goes=3)


def _moved(it: _Told) -> str:
    was, now, words = figure_told(it.alert, it.change), it.figure, it.words
    if was is None or now is None or words.figure(was) == words.figure(now):
        return ""
    said = {"was": words.figure(was), "now": words.figure(now)}
    if it.alert.kind is AlertKind.CORRECTION:
        return words.label("wrong", number=_replaced(it), **said)
    ends = _ends_moved(was, now, words)
    how = words.label("how", ends=words.label("comma").join(ends)) if ends else ""
    return words.label("moved", how=how, **said)


def _ends_moved(was: Figure, now: Figure, words: Words) -> list[str]:
    """How far each end moved; one figure for two single numbers."""
    if was.currency != now.currency:
        return []
    lows, highs = _share(was.low, now.low), _share(was.high, now.high)
    if lows == highs and lows is not None:
        return [words.percent(lows)]
    named = (("low_end", lows), ("high_end", highs))
    return [words.label(name, share=words.percent(share)) for name, share in named if share]


def _share(was: Decimal | None, now: Decimal | None) -> Decimal | None:
    return None if was is None or now is None or not was else (now - was) / was


def _who(it: _Told) -> str:
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


def _place(it: _Told) -> str:
    place = harmless_line(it.deal.place or "", 60)
    # Folded for comparing, so in small letters: readers know it with a capital.
    return it.words.isolated(place.title() if place.isascii() else place)


def _whole(it: _Told) -> str:
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


def _evidence(it: _Told) -> list[Block]:
    words = it.words
    sentence = harmless_line(it.change.claim.sentence, _EVIDENCE_LIMIT)
    if not sentence:
        return []
    quote = words.line(words.label("quote", text=words.isolated(sentence)))
    said = words.line(words.label("said", who=_attribution(it)))
    return [Block(text=f"{quote}\n{said}", markdown=f"> {quote}\n\n{said}", goes=5)]


def _attribution(it: _Told) -> str:
    words = it.words
    told = next((each for each in it.sources if each.url == it.change.article_url), None)
    if told is None:
        return words.isolated(harmless_line(it.change.article_url.partition("//")[2], 48))
    parts = [outlet_name(told, words)]
    if told.published is not None:
        at = told.published.at
        local = at if told.published.day_only else _local(it, at)
        parts.append(words.moment(local, told.published.day_only, it.target.zone))
    language = words.languages.get(told.language or "")
    foreign = language and told.language != words.language
    return words.label("comma").join(parts) + (f" ({language})" if foreign else "")


def _local(it: _Told, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(it.target.zone))


def _sources(it: _Told) -> list[Block]:
    different = outlets(it.sources)
    if not different:
        return []
    few = _source_block(it, different, _FEW_OUTLETS, goes=6)
    if len(different) <= _FEW_OUTLETS:
        return [few]
    return [_source_block(it, different, _OUTLETS, goes=8, instead=few)]


def _source_block(
    it: _Told,
    different: Sequence[ToldBy],
    shown: int,
    *,
    goes: int,
    instead: Block | None = None,
) -> Block:
    words = it.words
    text = [_outlet(it, told, linked=False) for told in different[:shown]]
    linked = [_outlet(it, told, linked=True) for told in different[:shown]]
    rest = len(different) - shown
    more = words.label("more", count=str(rest)) if rest > 0 else ""
    count, between = words.sources(len(different)), words.label("separator")
    colon = words.label("colon")
    return Block(
        text=words.line(f"{count}{colon}{between.join(text)}{more}"),
        markdown=words.line(f"**{count}**{colon}{between.join(linked)}{more}"),
        goes=goes,
        instead=instead,
    )


def _outlet(it: _Told, told: ToldBy, *, linked: bool) -> str:
    words = it.words
    name = outlet_name(told, words)
    url = harmless_url(told.url) if linked else None
    shown = f"[{name}]({url})" if url else name
    return f"{shown} ({words.label('primary')})" if told.primary else shown


def _why(it: _Told) -> list[Block]:
    words = it.words
    rule = words.label("rule", rule=words.isolated(it.alert.rule_id))
    said = words.label("semicolon").join([rule, *(words.say(each) for each in it.alert.reasons)])
    name, colon = words.label("why"), words.label("colon")
    return [
        Block(
            text=words.line(f"{name}{colon}{said}"),
            markdown=words.line(f"**{name}**{colon}{said}"),
            goes=7,
        )
    ]


def _closing(it: _Told, key: str) -> Block:
    """The key, by which a message sent twice is known, and the link alone on the last line."""
    said = it.words.line(it.words.label("key", key=f"[{key}]"))
    url = harmless_url(_link(it))
    both = f"{said}\n{url}" if url else said
    return Block(text=both, markdown=f"{said}\n\n{url}" if url else said)


def _link(it: _Told) -> str:
    if it.public_url:
        return f"{it.public_url.rstrip('/')}/deals/{it.deal.id}"
    return it.change.article_url
