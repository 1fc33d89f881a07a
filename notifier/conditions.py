"""Which words may a rule use, and what does each ask? One function and one table row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from config.model import Amount, RuleConditions
from crawler.deals.rates import Rates
from crawler.model import Change, Deal, Figure, Party, Reason, Role
from crawler.text.fold import fold
from crawler.text.safe import harmless_line
from crawler.text.script import script_of
from crawler.text.skeleton import skeleton
from notifier.model import History
from notifier.words import reason

_SHORTEST_SKELETON = 3  # within one script, shorter consonant keys are shared by other names


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a condition may look at: the deal after the change, and where the news came from."""

    deal: Deal
    change: Change
    history: History
    rates: Rates
    today: date  # for the rate of a change whose article is undated

    @property
    def figure(self) -> Figure | None:
        """The deal's best figure after the change, never the bare claim's."""
        return self.change.after if self.change.after is not None else self.deal.figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Whether one condition holds, with the reason either way."""

    holds: bool
    reason: Reason


def ask_all(conditions: RuleConditions, asked: Asked) -> tuple[Held, ...]:
    """What each condition that is written answers, in the order of the table."""
    return tuple(
        ask(conditions, asked) for name, ask in CONDITIONS.items() if getattr(conditions, name)
    )


def is_at_least(figure: Figure, limit: Decimal, *, certain: bool) -> bool:
    """Whether `figure` is at least `limit`: certainly, or possibly.

    Both are in whole units of one currency. "Over 60bn" says no more than
    60bn, so its open high side counts as its low one; "up to 65bn" is never
    certain.
    """
    if certain:
        return figure.low is not None and figure.low >= limit
    return max(side for side in (figure.high, figure.low) if side is not None) >= limit


def ask_amount(conditions: RuleConditions, asked: Asked) -> Held:
    """Is the deal's best figure at least the rule's amount, in the rule's currency?"""
    limit, figure = conditions.at_least, asked.figure
    if limit is None or figure is None:
        return _no("amount_missing")
    if figure.currency is None:
        return _no("amount_no_currency")
    on = asked.change.published_on or asked.today
    in_limit, kind = in_currency(figure, limit.currency, rates=asked.rates, on=on)
    if in_limit is None:
        return _no("amount_no_rate", figure.currency, limit.currency)
    return _compare(in_limit, limit, kind, certain=conditions.confidence == "certain")


def _compare(figure: Figure, limit: Amount, kind: str, *, certain: bool) -> Held:
    wanted = (limit.value, limit.currency, kind)
    if certain and figure.low is None:
        return _no("amount_only_up_to", figure.high, *wanted)
    side = figure.low if certain or figure.high is None else figure.high
    holds = is_at_least(figure, limit.value, certain=certain)
    code = "amount_certain" if certain else "amount_possible"
    return Held(holds=holds, reason=reason(code if holds else f"{code}_not", side, *wanted))


def in_currency(
    figure: Figure, currency: str, *, rates: Rates, on: date | None
) -> tuple[Figure | None, str]:
    """`figure` in `currency`, and by which kind of rate ("" for none).

    None where we know no rate.
    """
    if figure.currency == currency or figure.currency is None:
        return figure, ""
    sides: list[Decimal | None] = []
    kind = ""
    for side in (figure.low, figure.high):
        if side is None:
            sides.append(None)
            continue
        converted = rates.convert(side, figure.currency, currency, on=on)
        if converted is None:
            return None, ""
        sides.append(converted.amount)
        kind = str(converted.kind)
    return replace(figure, low=sides[0], high=sides[1], currency=currency), kind


def ask_kind(conditions: RuleConditions, asked: Asked) -> Held:
    """Is the deal of one of the kinds? A part is of its whole's kind, and a `part_of` too."""
    deal, whole = asked.deal, asked.history.whole
    kinds = {deal.kind.value, *(["part_of"] if deal.part_of is not None else [])}
    kind = whole.kind if deal.kind is Role.PART_OF and whole is not None else deal.kind
    return _one_of("kind", kind.value, bool((kinds | {kind.value}) & set(conditions.kinds)))


def ask_stage(conditions: RuleConditions, asked: Asked) -> Held:
    """Has the deal come to one of the stages, no further and no less?"""
    stage = asked.change.stage_after.value
    return _one_of("stage", stage, stage in conditions.stages)


def ask_language(conditions: RuleConditions, asked: Asked) -> Held:
    """Is the article in one of the languages? "ar" takes "ar-SA" too."""
    language = _plain((asked.history.article.language or "").lower())
    wanted = {name.lower() for name in conditions.languages}
    return _one_of("language", language, bool({language, language.split("-")[0]} & wanted))


def ask_company(conditions: RuleConditions, asked: Asked) -> Held:
    """Is one of the companies a party, in whatever script it was printed?"""
    parties = asked.deal.parties + asked.change.claim.parties
    for wanted in conditions.companies:
        for party in parties:
            if is_party(wanted, party):
                return Held(holds=True, reason=reason("company", _plain(party.name)))
    names = ", ".join(dict.fromkeys(_plain(party.name) for party in parties))
    return _no("company_not", names)


def is_party(wanted: str, party: Party) -> bool:
    """Whether `wanted`, an id or a name in any script, means `party`."""
    name = fold(wanted)
    if name in (fold(party.name), (party.id or "").lower()):
        return True
    if name.replace(" ", "-") == party.id:
        return True
    key = skeleton(wanted)
    if not key or key != (party.key or skeleton(party.name)):
        return False
    return len(key) >= _SHORTEST_SKELETON or script_of(wanted) != script_of(party.name)


def ask_source(conditions: RuleConditions, asked: Asked) -> Held:
    """Does the article come from one of the sources?"""
    source = asked.history.source
    name = source.id if source else asked.history.article.source_id or ""
    return _one_of("source", name, name in conditions.sources)


def ask_country(conditions: RuleConditions, asked: Asked) -> Held:
    """Does the article's source sit in one of the countries?"""
    source = asked.history.source
    country = (source.country or "").upper() if source else ""
    wanted = {name.upper() for name in conditions.countries}
    return _one_of("country", country, country in wanted)


def _plain(strangers_text: str) -> str:
    # Reasons are printed in messages and terminals, and a page chose this text.
    return harmless_line(strangers_text, 60)


def _one_of(code: str, value: str, holds: bool) -> Held:
    return Held(holds=holds, reason=reason(code if holds else f"{code}_not", value))


def _no(code: str, *facts: object) -> Held:
    return Held(holds=False, reason=reason(code, *facts))


CONDITIONS: dict[str, Callable[[RuleConditions, Asked], Held]] = {
    "at_least": ask_amount,
    "kinds": ask_kind,
    "stages": ask_stage,
    "languages": ask_language,
    "companies": ask_company,
    "sources": ask_source,
    "countries": ask_country,
}
