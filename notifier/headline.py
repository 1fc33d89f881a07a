"""What does the title say? At most 80 characters, the amount first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from config.model import Company
from crawler.model import Change, Deal, Figure, Period, Role, Stage
from notifier.model import Alert, AlertKind
from notifier.naming import NAME_LIMIT, names_by_side
from notifier.words import Words, capital

TITLE_LIMIT = 80
_NAMES_IN_TITLE = 3
_SHORT = 20  # letters of a name that else would leave no room for any


def title_of(
    alert: Alert,
    deal: Deal,
    change: Change,
    *,
    companies: Mapping[str, Company],
    words: Words,
    whole: Deal | None,
) -> str:
    """The title: amount, what happened, parties, kind and period, stage; cut by whole parts."""
    amount = _amount(alert, deal, change, words)
    names = _names(deal, companies, words)
    badge = badge_of(alert, change, words)
    is_denied = change.stage_after is Stage.DENIED  # the badge says so
    stage = "" if is_denied else f"({words.stages[change.stage_after]})"
    kind = kind_and_period(deal, words, whole)
    short = words.kinds[kind_of(deal, whole)]
    first = [part for part in (amount, badge) if part]
    tries = [[*first, listed, f"{kind} {stage}".rstrip()] for listed in names]
    tries += [[*first, listed, kind] for listed in names]
    tries += [[*first, listed, short] for listed in names[-1:]]
    tries += [[*first, names[-1]], [*first, *_names(deal, companies, words, _SHORT)[-1:]]]
    tries += [first, [amount]]
    title = next(
        (title for parts in tries if len(title := _joined(parts, words)) <= TITLE_LIMIT),
        amount[: TITLE_LIMIT - 1] + "…",
    )
    return capital(title)


def headline_of(
    deal: Deal, companies: Mapping[str, Company], words: Words, whole: Deal | None
) -> str:
    """Who and what for, where the amount stands apart."""
    listed = _names(deal, companies, words)[0]
    return _joined([listed, kind_and_period(deal, words, whole)], words)


def _joined(parts: Sequence[str], words: Words) -> str:
    return words.line(words.label("separator").join(part for part in parts if part))


def _amount(alert: Alert, deal: Deal, change: Change, words: Words) -> str:
    figure = figure_of(deal, change)
    if figure is None:
        return words.label("no_amount")
    now = words.figure(figure)
    was = figure_told(alert, change)
    if was is None or alert.kind is AlertKind.ALERT or words.figure(was) == now:
        return now
    label = "not_was" if alert.kind is AlertKind.CORRECTION else "now_was"
    return words.label(label, now=now, was=words.figure(was))


def figure_of(deal: Deal, change: Change) -> Figure | None:
    """The figure that the message is about: the deal's best one after its change."""
    return change.after if change.after is not None else deal.figure


def figure_told(alert: Alert, change: Change) -> Figure | None:
    """The figure that readers were told last, as `decide` compared it; else the one before."""
    for each in alert.reasons:
        if each.code == "moved" and len(each.facts) >= 3 and any(each.facts[:2]):
            low, high, currency = each.facts[:3]
            return Figure(
                low=Decimal(low) if low else None,
                high=Decimal(high) if high else None,
                currency=currency or None,
                text="",
                start=0,
            )
    return change.before


def is_withdrawn(alert: Alert) -> bool:
    """Whether the message takes back a mistake of ours: there is no such deal."""
    return any(each.code in ("withdrawn", "not_ai") for each in alert.reasons)


def badge_of(alert: Alert, change: Change, words: Words) -> str:
    """The word that says which kind of message it is; none for a first alert."""
    if alert.kind is AlertKind.UPDATE:
        return words.label("update")
    if alert.kind is AlertKind.CORRECTION:
        is_denied = change.stage_after is Stage.DENIED and not is_withdrawn(alert)
        return words.label("denied" if is_denied else "correction")
    return ""


def _names(
    deal: Deal, companies: Mapping[str, Company], words: Words, limit: int = NAME_LIMIT
) -> list[str]:
    """Lists of party names, the longest first, each a little shorter than the one before."""
    sides = names_by_side(deal.parties, deal.kind, companies, words, limit=limit)
    names = [name for side in sides.values() for name in side]
    if not names:
        return [""]
    comma = words.label("comma")
    return [
        comma.join(names[:count]) + _more(len(names) - count, words)
        for count in range(min(len(names), _NAMES_IN_TITLE), 0, -1)
    ]


def _more(count: int, words: Words) -> str:
    return words.label("more", count=count) if count > 0 else ""


def kind_of(deal: Deal, whole: Deal | None) -> Role:
    """The kind that readers are told: a part is of its whole's kind, where we know the whole."""
    return whole.kind if whole is not None and deal.kind is Role.PART_OF else deal.kind


def kind_and_period(deal: Deal, words: Words, whole: Deal | None) -> str:
    """What the money is for: "capital spending 2025", "part of capital spending 2025"."""
    if whole is not None:
        return words.label("part_title", whole=kind_and_period(whole, words, None))
    return f"{words.kinds[deal.kind]} {period_words(deal.period, words)}".rstrip()


def period_words(period: Period | None, words: Words) -> str:
    """2025, or the two years in words where a dash would turn round."""
    if period is None:
        return ""
    if period.first_year == period.last_year:
        return str(period.first_year)
    return words.label("years", first=str(period.first_year), last=str(period.last_year))
