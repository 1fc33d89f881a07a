"""How much, how much of the reader's money, and how far did it move?"""

from __future__ import annotations

from decimal import Context, Decimal

from crawler.deals.rates import Converted
from crawler.model import Figure
from notifier.headline import figure_told
from notifier.model import AlertKind
from notifier.telling import Telling
from notifier.words import Words

_RATE_DIGITS = Context(prec=5)


def say_amount(it: Telling) -> str:
    """As published first, then in the reader's currency with the rate and its day."""
    figure, words = it.figure, it.words
    if figure is None:
        return words.label("not_stated")
    said = words.figure(figure)
    if figure.assumed:
        said += f" ({words.label('assumed')})"
    converted = say_converted(it)
    return f"{said}{words.label('comma')}{converted}" if converted else said


def say_converted(it: Telling) -> str:
    """The amount in the reader's currency with the rate and its day; empty if it is in that."""
    figure, currency = it.figure, it.target.currency
    if figure is None:
        return ""
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
    return f"{words} ({_rate(it, last, figure.currency, currency)})"


def _rate(it: Telling, converted: Converted, sold: str, bought: str) -> str:
    """The rate the way round that has a number above one: 3.75 riyals, not 0.2667 dollars."""
    if converted.rate >= 1:
        one, other, many = sold, bought, converted.rate
    else:
        one, other, many = bought, sold, 1 / converted.rate
    digits = _RATE_DIGITS.plus(many).normalize()
    return it.words.rate(one, other, Decimal(f"{digits:f}"), converted.on, converted.kind)


def say_move(it: Telling) -> str:
    was, now, words = figure_told(it.alert, it.change), it.figure, it.words
    if was is not None and now is None and it.alert.kind is AlertKind.CORRECTION:
        return it.of_told("wrong_unknown", was=words.figure(was))
    if was is None or now is None or words.figure(was) == words.figure(now):
        return ""
    said = {"was": words.figure(was), "now": words.figure(now)}
    if it.alert.kind is AlertKind.CORRECTION:
        return it.of_told("wrong", **said)
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
