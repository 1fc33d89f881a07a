"""Which words may a rule use, and what does each ask? One function and one table row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from config.model import Amount, Company, RuleConditions, Source
from crawler.deals.rates import Rates
from crawler.model import Change, Deal, Figure, Party, Reason, Role, Side, Stage
from crawler.text.fold import fold
from crawler.text.safe import harmless_line
from crawler.text.script import script_of
from crawler.text.skeleton import skeleton
from notifier.model import History, Told
from notifier.words import reason

_SHORTEST_COPY = 60  # letters; "Meta raises $2bn" is written alike by two who never met
_SHORTEST_SKELETON = 3  # within one script, shorter consonant keys are shared by other names


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a condition may look at: the deal after the change, and where the news came from."""

    deal: Deal
    change: Change
    history: History
    rates: Rates
    today: date  # for the rate of a change whose article is undated
    companies: Mapping[str, Company] = field(default_factory=dict)  # by id

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
    deal, kind = asked.deal, _kind_of(asked)
    kinds = {deal.kind.value, *(["part_of"] if deal.part_of is not None else [])}
    return _one_of("kind", kind.value, bool((kinds | {kind.value}) & set(conditions.kinds)))


def _kind_of(asked: Asked) -> Role:
    whole = asked.history.whole
    is_part = asked.deal.kind is Role.PART_OF and whole is not None
    return whole.kind if is_part and whole is not None else asked.deal.kind


def ask_stage(conditions: RuleConditions, asked: Asked) -> Held:
    """Has the deal come to one of the stages, no further and no less?"""
    stage = asked.change.stage_after.value
    return _one_of("stage", stage, stage in conditions.stages)


def ask_language(conditions: RuleConditions, asked: Asked) -> Held:
    """Does an article in one of the languages tell it? "ar" takes "ar-SA" too."""
    wanted = {name.lower() for name in conditions.languages}
    told = [_plain((one.language or "").lower()) for one in _told_by(asked)]
    return _any_of("language", told, lambda one: bool({one, one.split("-")[0]} & wanted))


def ask_company(conditions: RuleConditions, asked: Asked) -> Held:
    """Is one of the companies a party, in whatever script it was printed?"""
    return _ask_parties("company", conditions.companies, asked)


def ask_investor(conditions: RuleConditions, asked: Asked) -> Held:
    """Is one of the companies among those who put the money in?"""
    return _ask_parties("investor", conditions.investors, asked, Side.INVESTOR)


def ask_recipient(conditions: RuleConditions, asked: Asked) -> Held:
    """Is one of the companies among those who get the money?"""
    return _ask_parties("recipient", conditions.recipients, asked, Side.RECIPIENT)


def _ask_parties(code: str, names: Sequence[str], asked: Asked, side: Side | None = None) -> Held:
    parties = [
        party
        for party in asked.deal.parties + asked.change.claim.parties
        if side in (None, party.side)
    ]
    for wanted in names:
        for party in parties:
            if is_party(wanted, party):
                return Held(holds=True, reason=reason(code, _plain(party.name)))
    printed = ", ".join(dict.fromkeys(_plain(party.name) for party in parties))
    return _no(f"{code}_not", printed)


def ask_company_country(conditions: RuleConditions, asked: Asked) -> Held:
    """Does a company of one of the countries take part? Only companies.yaml knows where it sits."""
    wanted = {name.upper() for name in conditions.company_countries}
    homes = [
        company.country
        for party in asked.deal.parties
        if party.id and (company := asked.companies.get(party.id)) and company.country
    ]
    return _any_of("company_country", homes, lambda one: one.upper() in wanted)


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
    """Does one of the sources tell it?"""
    told = [one.source_id or "" for one in _told_by(asked)]
    return _any_of("source", told, lambda one: one in conditions.sources)


def ask_country(conditions: RuleConditions, asked: Asked) -> Held:
    """Does a source in one of the countries tell it?"""
    wanted = {name.upper() for name in conditions.countries}
    told = [(one.country or "").upper() for one in _told_by(asked)]
    return _any_of("country", told, lambda one: one in wanted)


def ask_confirmed(conditions: RuleConditions, asked: Asked) -> Held:
    """Do so many owners tell it, each in words of its own?"""
    wanted = conditions.confirmed_by or 1
    count = count_independent(_told_by(asked))
    return Held(
        holds=count >= wanted,
        reason=reason("confirmed" if count >= wanted else "confirmed_not", count, wanted),
    )


def count_independent(told_by: Sequence[Told]) -> int:
    """How many owners tell it in words of their own.

    Two articles with one sentence of evidence are a wire's copy, whoever prints them.
    """
    groups: list[tuple[set[str], set[str]]] = []
    for one in told_by:
        owners = {one.owner}
        copies = {fold(one.sentence)} if len(one.sentence) >= _SHORTEST_COPY else set()
        apart = []
        for known in groups:
            if known[0] & owners or known[1] & copies:
                owners |= known[0]
                copies |= known[1]
            else:
                apart.append(known)
        groups = [*apart, (owners, copies)]
    return len(groups)


_EQUITY = {
    Role.FUNDING_ROUND, Role.INVESTMENT_COMMITMENT, Role.JOINT_VENTURE, Role.FUND_LAUNCH,
    Role.ACQUISITION, Role.IPO,
}  # fmt: skip


def ask_counting(conditions: RuleConditions, asked: Asked) -> Held:
    """Is it money of the sort that counts: for a share, or lent too?"""
    kind = _kind_of(asked)
    counted = _EQUITY | ({Role.DEBT} if conditions.counting == "equity_and_debt" else set())
    return _one_of("counting", kind.value, kind in counted)


def ask_first_above(conditions: RuleConditions, asked: Asked) -> Held:
    """Is it the first deal of its company that reaches the rule's amount?"""
    limit = conditions.at_least
    if limit is None:
        return _no("amount_missing")
    certain = conditions.confidence == "certain"
    for deal in asked.history.earlier:
        if deal.figure is None or deal.stage is Stage.DENIED:
            continue
        on = deal.changed_at.date()
        figure, _ = in_currency(deal.figure, limit.currency, rates=asked.rates, on=on)
        if figure is not None and is_at_least(figure, limit.value, certain=certain):
            return _no("reached_before", deal.id)
    return Held(holds=True, reason=reason("reached_first"))


def _told_by(asked: Asked) -> tuple[Told, ...]:
    """The articles that tell of the deal; the one at hand where no other is known."""
    if asked.history.told_by:
        return asked.history.told_by
    article, source = asked.history.article, asked.history.source
    return (told_by(article.url, article.source_id, article.language, source),)


def told_by(
    url: str, source_id: str | None, language: str | None, source: Source | None, sentence: str = ""
) -> Told:
    """An article as a rule asks about it. Without an owner, its source or host stands for one."""
    return Told(
        source_id=source.id if source else source_id,
        owner=(source.owner or source.id) if source else source_id or urlsplit(url).netloc,
        language=language,
        country=source.country if source else None,
        sentence=sentence,
    )


def _plain(strangers_text: str) -> str:
    # Reasons are printed in messages and terminals, and a page chose this text.
    return harmless_line(strangers_text, 60)


def _one_of(code: str, value: str, holds: bool) -> Held:
    return Held(holds=holds, reason=reason(code if holds else f"{code}_not", value))


def _any_of(code: str, values: Sequence[str], wanted: Callable[[str], bool]) -> Held:
    found = next((value for value in values if wanted(value)), None)
    if found is not None:
        return Held(holds=True, reason=reason(code, found))
    return _no(f"{code}_not", ", ".join(dict.fromkeys(value for value in values if value)))


def _no(code: str, *facts: object) -> Held:
    return Held(holds=False, reason=reason(code, *facts))


CONDITIONS: dict[str, Callable[[RuleConditions, Asked], Held]] = {
    "at_least": ask_amount,
    "kinds": ask_kind,
    "stages": ask_stage,
    "languages": ask_language,
    "companies": ask_company,
    "investors": ask_investor,
    "recipients": ask_recipient,
    "company_countries": ask_company_country,
    "sources": ask_source,
    "countries": ask_country,
    "confirmed_by": ask_confirmed,
    "counting": ask_counting,
    "first_above": ask_first_above,
}
# What these answer may change with every article that tells of a deal, though it does not change.
OF_TELLERS = ("languages", "sources", "countries", "confirmed_by")
