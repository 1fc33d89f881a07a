"""What does a rule say to a change of a deal, and why?

Live, backtest, preview and `rasid explain` ask this one function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from config.model import Company, Rule
from crawler.deals.change import is_wording, share_moved
from crawler.deals.rates import Rates
from crawler.model import Change, ChangeKind, Deal, Figure, Published, Reason, Stage
from notifier.conditions import Asked, ask_all, ask_amount
from notifier.model import Alert, AlertKind, Answer, History, Verdict, number_of
from notifier.words import reason

# Zones that a page left out, and days without a clock, put an honest date up to a day ahead.
_FUTURE_H = 26
_MOVES = {ChangeKind.RAISED, ChangeKind.LOWERED, ChangeKind.NARROWED, ChangeKind.WIDENED}

_Wish = tuple[AlertKind | None, tuple[Reason, ...]]


def decide(
    rule: Rule,
    deal: Deal,
    change: Change,
    history: History,
    *,
    now: datetime,
    rates: Rates,
    age_limit_h: int,
    companies: Mapping[str, Company],
) -> Verdict:
    """What `rule` says to `change`, with every reason for it and against it.

    FIRE: people are told. HOLD: they would be, but for the article's age, the first look at its
    source, or a rule that waits for the digest. SKIP: not what the rule asks for, or told already.
    Does not save, and does not know who is told.
    """
    asked = Asked(
        deal=deal,
        change=change,
        history=history,
        rates=rates,
        today=now.date(),
        companies=companies,
    )
    kind, reasons = _wish(rule, asked)
    fresh, of_age = _is_fresh(history, now=now, age_limit_h=age_limit_h)
    # Who was told wrong by an alert is told at once; who was by a digest, in the next one.
    waits = not number_of(history.told) if history.mended else rule.urgency == "digest"
    if kind is None:
        answer = Answer.SKIP
    else:
        answer = Answer.FIRE if fresh and not waits else Answer.HOLD
        reasons += of_age + ((reason("for_digest"),) if waits else ())
    return Verdict(
        rule_id=rule.id,
        deal_id=deal.id,
        change_number=change.number,
        answer=answer,
        kind=kind,
        reasons=reasons,
        at=now,
    )


def _wish(rule: Rule, asked: Asked) -> _Wish:
    told = asked.history.told
    if told and any(each.code == "not_ai" for each in told[-1].reasons):
        return None, (reason("not_ai_told", _number(told)),)
    if told and asked.history.mended:
        return _on_mended(asked)
    if asked.change.stage_after is Stage.DENIED:
        return _on_denial(told)
    if not told:
        return _first(rule, asked)
    if _told_of_denial(told):
        return _on_return(rule, asked)
    if asked.change.kind is ChangeKind.CORRECTED:
        return _on_correction(asked)
    return _again(rule, asked)


def _on_denial(told: Sequence[Alert]) -> _Wish:
    if not told:
        return None, (reason("denied_untold"),)
    if _told_of_denial(told):
        return None, (reason("denied_told", _number(told)),)
    return AlertKind.CORRECTION, (reason("denied", _number(told)),)


def _number(told: Sequence[Alert]) -> int | str:
    """The number of the last message, as reasons say it; empty if a digest told the deal."""
    return told[-1].id or ""


def _told_of_denial(told: Sequence[Alert]) -> bool:
    return bool(told) and told[-1].takes_back


def _on_mended(asked: Asked) -> _Wish:
    """Whoever was told hears that we were wrong, however old the story is."""
    if asked.change.stage_after is not Stage.DENIED:
        return _on_correction(asked)
    last = _number(asked.history.told)
    if _told_of_denial(asked.history.told):
        return None, (reason("denied_told", last),)
    is_said = any(each.code == "not_ai" for each in asked.change.reasons)
    return AlertKind.CORRECTION, (reason("not_ai" if is_said else "withdrawn", last),)


def _on_correction(asked: Asked) -> _Wish:
    last, figure = _number(asked.history.told), asked.figure
    was = asked.history.told_figure or asked.change.before
    if was is not None and figure is not None and was.is_worth(figure):
        return None, (reason("corrected_same", last),)
    moved = () if was is None or figure is None else (_moved("moved", was, figure, None),)
    return AlertKind.CORRECTION, (reason("corrected", last), *moved)


def _first(rule: Rule, asked: Asked) -> _Wish:
    """The rule has not told of the deal: does it pass now, whatever the change was?"""
    passes, reasons = _passes(rule, asked)
    if not passes:
        return None, reasons
    stated = asked.change.before is None and asked.change.kind is not ChangeKind.OPENED
    how = "amount" if stated else asked.change.kind.value
    return AlertKind.ALERT, (*reasons, reason("first", how))


def _on_return(rule: Rule, asked: Asked) -> _Wish:
    """People were told that the deal is denied, and now somebody says that it goes on."""
    passes, reasons = _passes(rule, asked)
    was, now = asked.history.told_figure, asked.figure
    if was is not None and now is not None and not was.is_worth(now):
        reasons += (_moved("moved", was, now, _share(was, asked)),)
    returned = reason("returned", _number(asked.history.told))
    return (AlertKind.UPDATE if passes else None), (*reasons, returned)


def _passes(rule: Rule, asked: Asked) -> tuple[bool, tuple[Reason, ...]]:
    held = ask_all(rule, asked)
    passes = all(each.holds for each in held)
    reasons = tuple(each.reason for each in held)
    if asked.deal.part_of is not None:
        reasons += (reason("part" if rule.parts else "part_not", asked.deal.part_of),)
        passes = passes and rule.parts
    excepted, exceptions = _unless(rule, asked)
    return passes and not excepted, reasons + exceptions


def _unless(rule: Rule, asked: Asked) -> tuple[bool, tuple[Reason, ...]]:
    held = ask_all(rule.unless, asked) if rule.unless else ()
    if not held:
        return False, ()  # an exception without a condition would silence the whole rule
    excepted = all(each.holds for each in held)
    failing = next((each.reason for each in held if not each.holds), held[0].reason)
    told = "; ".join(each.reason.text for each in held) if excepted else failing.text
    return excepted, (reason("unless" if excepted else "unless_not", told),)


def _again(rule: Rule, asked: Asked) -> _Wish:
    """Who was told hears of what moved since, also when it moved out of the rule."""
    excepted, exceptions = _unless(rule, asked)
    if excepted:
        return None, exceptions
    change, figure = asked.change, asked.figure
    was = asked.history.told_figure or change.before
    last = _number(asked.history.told)
    if was is None and figure is not None:
        return AlertKind.UPDATE, (reason("amount_stated", last), *_where_it_is(rule, asked))
    may_move = change.kind in _MOVES or (change.kind is ChangeKind.CONFIRMED and bool(change.moved))
    if was is not None and figure is not None and may_move:
        share = _share(was, asked)
        if share is not None and share > 0 and share >= rule.update_at_least:
            moved = _moved("moved", was, figure, share, rule.update_at_least)
            return AlertKind.UPDATE, (moved, *_where_it_is(rule, asked))
        if change.kind in _MOVES:
            return None, (_moved("moved_little", was, figure, share, rule.update_at_least),)
    return _on_stage(rule, asked, last)


def _on_stage(rule: Rule, asked: Asked, last: int | str) -> _Wish:
    """A later stage alone is told only where the owner named it: else each deal rings thrice."""
    change = asked.change
    if change.kind is not ChangeKind.CONFIRMED or change.stage_before is change.stage_after:
        return None, (reason("repeat", last),)
    stage = change.stage_after.value
    if stage in rule.stages:
        return AlertKind.UPDATE, (reason("stage_reached", stage, last),)
    return None, (reason("stage_silent", stage, last),)


def _where_it_is(rule: Rule, asked: Asked) -> tuple[Reason, ...]:
    """Whether the moved figure still stands above the rule's amount."""
    if rule.at_least is None:
        return ()
    return (ask_amount(rule, asked).reason,)


def _moved(
    code: str, was: Figure, now: Figure, share: Decimal | None, limit: Decimal | None = None
) -> Reason:
    facts = (was.low, was.high, was.currency, now.low, now.high, now.currency, share, limit)
    return reason(code, *("" if fact is None else fact for fact in facts))


def _share(was: Figure, asked: Asked) -> Decimal | None:
    """By how much the figure moved since it was told; None if the two cannot be compared."""
    before, moved = asked.change.before, asked.change.moved
    if before is not None and moved is not None and before.is_worth(was):
        return abs(moved)
    figure = asked.figure
    if figure is None:
        return None
    on = asked.change.published_on or asked.today
    # "Up to 65" after "60 to 65" is a wording of it, not a move of its low end.
    if is_wording(was, figure, rates=asked.rates, on=on):
        return Decimal(0)
    if is_wording(figure, was, rates=asked.rates, on=on):
        return Decimal(0)
    return share_moved(was, figure, rates=asked.rates, on=on)


def _is_fresh(
    history: History, *, now: datetime, age_limit_h: int
) -> tuple[bool, tuple[Reason, ...]]:
    """Whether the article is new enough to ring for. The time of fetching is never its date."""
    if history.mended:
        return True, (reason("mended"),)
    is_new, of_age = _of_age(history.article.published, now=now, age_limit_h=age_limit_h)
    if not history.first_look:
        return is_new, of_age
    return False, (reason("first_look"), *(() if is_new else of_age))


def _of_age(
    published: Published | None, *, now: datetime, age_limit_h: int
) -> tuple[bool, tuple[Reason, ...]]:
    if published is None:
        return False, (reason("undated"),)
    # A day without a clock counts from its first minute, so that no old article passes as new.
    age = now - published.at
    if age > timedelta(hours=age_limit_h):
        return False, (reason("old", _hours(age), age_limit_h),)
    if age < -timedelta(hours=_FUTURE_H):
        return False, (reason("future", _hours(-age)),)
    return True, (reason("fresh", max(0, _hours(age)), age_limit_h),)


def _hours(age: timedelta) -> int:
    return int(age.total_seconds() // 3600)
