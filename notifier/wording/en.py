"""English words of messages and reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

from crawler.health.model import HealthState
from crawler.model import Bound, ChangeKind, Figure, Role, Side, Stage
from notifier.money import rounded_for_conversion, scaled
from notifier.words import Facts, Words

_SCALES = {Decimal(10) ** 12: "tn", Decimal(10) ** 9: "bn", Decimal(10) ** 6: "m", Decimal(1): ""}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_RATES = {
    "peg": "fixed rate",
    "ecb": "ECB rate of {day}",
    "approximate": "approximate rate of {day}",
}
_BY_RATE = {
    "": "",
    "peg": " (by the fixed rate)",
    "ecb": " (by the ECB rate)",
    "approximate": " (by an approximate rate alone)",
}
_KINDS = {
    Role.FUNDING_ROUND: "funding round",
    Role.CAPEX_PLAN: "capital spending",
    Role.INVESTMENT_COMMITMENT: "investment",
    Role.JOINT_VENTURE: "joint venture",
    Role.FUND_LAUNCH: "new fund",
    Role.GOVERNMENT_PROGRAMME: "government programme",
    Role.GRANT: "grant",
    Role.ACQUISITION: "acquisition",
    Role.DEBT: "debt",
    Role.IPO: "public offering",
    Role.OTHER: "other deal",
    Role.PART_OF: "named part of a larger deal",
}
_STAGES = {
    Stage.RUMOURED: "rumoured",
    Stage.IN_TALKS: "in talks",
    Stage.PLANNED: "planned",
    Stage.ANNOUNCED: "announced",
    Stage.CLOSED: "closed",
    Stage.DENIED: "denied",
}
_CHANGES: dict[str, str] = {
    "amount": "its amount is told now",
    ChangeKind.OPENED: "new deal",
    ChangeKind.RAISED: "the figure was raised",
    ChangeKind.LOWERED: "the figure was lowered",
    ChangeKind.NARROWED: "the figure became more exact",
    ChangeKind.WIDENED: "the range was widened",
    ChangeKind.CONFIRMED: "a later stage was reached",
    ChangeKind.DENIED: "the deal was denied",
    ChangeKind.CORRECTED: "the figure was corrected",
}
_LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def money(amount: Decimal, currency: str | None) -> str:
    """One amount, e.g. "$14.3bn" or "AED 220bn"."""
    told = scaled(amount)
    return f"{_sign(currency)}{told.digits}{_SCALES[told.scale]}"


def span(low: Decimal, high: Decimal, currency: str | None) -> str:
    """Two amounts in one breath, e.g. "$60–65bn" or "$500m–1.2bn"."""
    first, last = scaled(low), scaled(high)
    if first.scale == last.scale:
        return f"{_sign(currency)}{first.digits}–{last.digits}{_SCALES[last.scale]}"
    ends = (f"{each.digits}{_SCALES[each.scale]}" for each in (first, last))
    return _sign(currency) + "–".join(ends)


def _sign(currency: str | None) -> str:
    if currency is None:
        return ""
    return _SIGNS.get(currency, f"{currency} ")


def bounded(low: Decimal | None, high: Decimal | None, currency: str | None) -> str:
    """An amount with its open side in words: "over $60bn", "up to $65bn"."""
    if low is None:
        return f"up to {money(high or Decimal(0), currency)}"
    if high is None:
        return f"over {money(low, currency)}"
    return money(low, currency) if low == high else span(low, high, currency)


def figure(told: Figure) -> str:
    """A figure as it was told."""
    words = bounded(told.low, told.high, told.currency)
    about = told.approximate and told.bound is Bound.POINT
    unnamed = " (currency not named)" if told.currency is None else ""
    return f"{'about ' if about else ''}{words}{unnamed}"


def converted(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    """The same sum in another currency, three digits."""
    ends = [None if side is None else rounded_for_conversion(side) for side in (low, high)]
    return f"≈ {bounded(ends[0], ends[1], currency)}"


def rate(one: str, other: str, how_many: Decimal, on: date | None, kind: str) -> str:
    """The rate of a conversion: so many of `other` for one of `one`."""
    told = _RATES[kind].format(day=day(on) if on else "an unknown day")
    return f"1 {one} = {how_many} {other}, {told}"


def percent(share: Decimal) -> str:
    """A signed share in whole per cent, or with one decimal below ten."""
    points = share * 100
    places = Decimal(1) if abs(points) >= Decimal("9.5") else Decimal("0.1")
    digits = f"{abs(points).quantize(places):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{'−' if share < 0 else '+'}{digits}%"


def day(on: date) -> str:
    """24 Jan 2025"""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime, day_only: bool, zone: str) -> str:
    """24 Jan 2025, 15:58 Dubai time"""
    if day_only:
        return day(at.date())
    place = "UTC" if zone == "UTC" else zone.rsplit("/", 1)[-1].replace("_", " ") + " time"
    return f"{day(at.date())}, {at:%H:%M} {place}"


def sources(count: int) -> str:
    """1 source, 3 sources"""
    return "1 source" if count == 1 else f"{count} sources"


def join(names: Sequence[str]) -> str:
    """A, B and C"""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))


def _amount(code: str) -> Callable[[Facts], str]:
    def say(facts: Facts) -> str:
        told, limit, currency, kind = facts
        asked = f"the rule asks for at least {money(Decimal(limit), currency)}"
        return f"{code.format(money(Decimal(told), currency))}{_BY_RATE[kind]}; {asked}"

    return say


def _message(number: str) -> str:
    return f"alert {number}" if number else "an earlier message"


def _moved(facts: Facts) -> str:
    was, now = (_bounded_of(facts[:3]), _bounded_of(facts[3:6]))
    moved = f", a move of {percent(Decimal(facts[6])).lstrip('+−')}" if facts[6] else ""
    limit = f" (limit {percent(Decimal(facts[7])).lstrip('+−')})" if facts[7] else ""
    return f"told as {was}, now {now}{moved}{limit}"


def _bounded_of(facts: Facts) -> str:
    low, high, currency = facts
    return bounded(Decimal(low) if low else None, Decimal(high) if high else None, currency or None)


def _hours(count: str) -> str:
    hours = int(count)
    if hours >= 72:
        return f"{hours // 24} days"
    return "less than an hour" if hours == 0 else "1 hour" if hours == 1 else f"{hours} hours"


WORDS = Words(
    language="en",
    right_to_left=False,
    kinds=_KINDS,
    stages=_STAGES,
    sides={
        Side.INVESTOR: ("investor", "investors"),
        Side.RECIPIENT: ("recipient", "recipients"),
        Side.OTHER: ("also named",),
    },
    sides_of_kind={
        (Role.CAPEX_PLAN, Side.INVESTOR): ("spender", "spenders"),
        (Role.GOVERNMENT_PROGRAMME, Side.INVESTOR): ("spender", "spenders"),
        (Role.PART_OF, Side.INVESTOR): ("spender", "spenders"),
        (Role.ACQUISITION, Side.INVESTOR): ("buyer", "buyers"),
        (Role.ACQUISITION, Side.RECIPIENT): ("bought",),
        (Role.DEBT, Side.INVESTOR): ("lender", "lenders"),
        (Role.DEBT, Side.RECIPIENT): ("borrower", "borrowers"),
        (Role.GRANT, Side.INVESTOR): ("donor", "donors"),
        (Role.IPO, Side.RECIPIENT): ("issuer", "issuers"),
    },
    states={state: state.value for state in HealthState},
    languages=_LANGUAGES,
    labels={
        "amount": "Amount",
        "who": "Who",
        "kind": "Kind",
        "stage": "Stage",
        "period": "Period",
        "place": "Place",
        "part_of": "Part of",
        "why": "Why",
        "evidence": "Evidence",
        "why_you": "Why you got this",
        "new_deal": "NEW DEAL",
        "open_deal": "Open the deal",
        "read_article": "Read the article",
        "about_rasid": "About Rasid itself",
        "no_amount": "amount not stated",
        "nobody": "nobody named",
        "changed": "What changed",
        "deal": "deal {deal}",
        "as_reported": "Figures are as reported and may change.",
        "say_wrong": "Is it wrong? `rasid feedback {alert} wrong-amount` (or not-ai) "
        "puts it right for everybody who got it.",
        "update": "UPDATE",
        "correction": "CORRECTION",
        "denied": "CORRECTION: denied",
        "now_was": "{now} (was {was})",
        "not_was": "{now}, not {was}",
        "moved": "Was {was}, now {now}{how}",
        "low_end": "low end {share}",
        "high_end": "high end {share}",
        "how": ": {ends}",
        "replaces": "Replaces alert {number} of {day}. The same deal, not a second one: "
        "do not add the two figures.",
        "replaces_before": "Replaces what was told before. The same deal, not a second one: "
        "do not add the two figures.",
        "deny": "What alert {number} told is denied; see the sentence below.",
        "wrong_unknown": "Alert {number} was wrong: {was} is not the amount, "
        "and the right one is not known.",
        "deny_before": "What was told before is denied; see the sentence below.",
        "wrong_unknown_before": "What was told before was wrong: {was} is not the amount, "
        "and the right one is not known.",
        "withdrawn_before": "What was told before was our mistake: it is no investment in AI.",
        "wrong_before": "What was told before was wrong: {now}, not {was}",
        "again": "Sent again on request.",
        "withdrawn": "Alert {number} was our mistake: it is no investment in AI.",
        "wrong": "Alert {number} was wrong: {now}, not {was}",
        "not_added": "told apart, not to be added to it",
        "actual": "Really spent",
        "primary": "from the company itself",
        "more": " and {count} more",
        "quote": "“{text}”",
        "said": "– {who}",
        "rule": "rule {rule}",
        "key": "{key}",
        "part_title": "part of {whole}",
        "years": "{first}–{last}",
        "separator": " · ",
        "comma": ", ",
        "semicolon": "; ",
        "colon": ": ",
        "held": "Held since",
        "folded": "With its part",
        "notice_bad": "{count} sources need a look",
        "notice_bad_one": "{source} is {state}",
        "notice_bad_line": "{source}: {state} since {when}",
        "notice_bad_todo": "News from there may be missed. `rasid sources` shows all of them.",
        "notice_back": "{count} sources are well again",
        "notice_back_one": "{source} is well again",
        "notice_back_line": "{source}: was {state}, well since {when}",
        "notice_back_todo": "Nothing to do.",
        "notice_cut_off": "Rasid is cut off: no site answers",
        "notice_cut_off_line": "Since {when} no look reached any site",
        "notice_cut_off_todo": "Look at the network of the machine that Rasid runs on.",
        "notice_reconnected": "Rasid reaches the sites again",
        "notice_reconnected_line": "It was cut off from {when} on; what was missed is read now",
        "notice_reconnected_todo": "Nothing to do.",
        "notice_no_articles": "No article came for a day",
        "notice_no_articles_line": "Lists are answered, and since {when} no source brought a "
        "new article",
        "notice_no_articles_todo": "`rasid status` and `rasid sources` say what the looks bring.",
        "notice_articles_again": "Articles come again",
        "notice_articles_again_line": "None had come since {when}",
        "notice_articles_again_todo": "Nothing to do.",
        "notice_target_bad": "{count} targets take no messages",
        "notice_target_bad_one": "Target {source} takes no messages",
        "notice_target_bad_line": "{source}, since {when}",
        "notice_target_bad_todo": "Once it is repaired, `rasid outbox list` shows what was parked "
        "and `rasid outbox retry` sends it.",
        "notice_target_back": "{count} targets take messages again",
        "notice_target_back_one": "Target {source} takes messages again",
        "notice_target_back_line": "{source} had taken none since {when}",
        "notice_target_back_todo": "`rasid outbox list` shows what was parked meanwhile.",
        "notice_more": "and {count} more",
        "digest_watching": "I watch {count} sources",
        "digest_watching_one": "I watch 1 source",
        "digest_watching_new": "I watch {count} new sources",
        "digest_watching_new_one": "I watch 1 new source",
        "digest_would": "these {count} deals of the last week would have been alerted",
        "digest_would_one": "this deal of the last week would have been alerted",
        "digest_would_none": "no deal of the last week would have been alerted",
        "digest_first_counts": "Read so far: {articles} articles, {ai} of them on money in AI",
        "digest_first_line": "What a first look finds is stored silently; from now on news rings.",
        "digest_failing": "{count} of the sources have not answered yet: `rasid sources`",
        "digest_failing_one": "1 of the sources has not answered yet: `rasid sources`",
        "digest_away": "While you were away: {count} deals",
        "digest_away_one": "While you were away: 1 deal",
        "digest_away_line": "Nobody watched from {since} to {until}. These were too old for an "
        "alert when they were read.",
        "digest_daily": "Daily digest {day}: {what}",
        "digest_weekly": "Weekly digest {day}: {what}",
        "digest_new_count": "{count} new",
        "digest_changed_count": "{count} changed",
        "digest_nothing": "nothing",
        "digest_counts": "Since {since}: {sources} sources looked at, {articles} articles, "
        "{ai} on money in AI",
        "digest_badge_daily": "Daily digest",
        "digest_badge_weekly": "Weekly digest",
        "digest_badge_away": "While you were away",
        "digest_badge_first_looks": "New sources",
        "digest_new_deals": "{count} new deals",
        "digest_new_deals_one": "1 new deal",
        "digest_announced": "{amount} announced",
        "digest_sum": "{amount} announced in all, by low ends",
        "digest_by_kind": "Announced money by kind",
        "digest_tile_new": "new deals",
        "digest_tile_new_one": "new deal",
        "digest_tile_sum": "announced (low ends)",
        "digest_tile_changed": "changed",
        "digest_tile_well": "sources in order",
        "digest_of_all": "{count}\u00a0of\u00a0{all}",
        "open_all": "Open all deals",
        "digest_new": "New",
        "digest_changed": "Changed",
        "digest_held": "Held back",
        "digest_out": "Left out",
        "digest_out_repeat": "{count} told before",
        "digest_out_below": "{count} AI deals under your figure",
        "digest_out_below_one": "1 AI deal under your figure",
        "digest_out_no_amount": "{count} without an amount that counts",
        "digest_out_unless": "{count} by a rule's exception",
        "digest_out_other": "{count} that no rule asks for",
        "digest_trouble": "Sources in trouble: {count}",
        "digest_more": "and {count} more: `rasid digest` shows all",
        "notice_key": "{key}",
        "assumed": "currency assumed from the country or language of the source",
    },
    reasons={
        "amount_certain": _amount("{} is certain"),
        "amount_certain_not": _amount("only {} is certain"),
        "amount_possible": _amount("{} is possible"),
        "amount_possible_not": _amount("no more than {} is possible"),
        "amount_only_up_to": _amount("“up to {}” makes nothing certain"),
        "amount_missing": lambda f: "no amount is stated, and the rule asks for one",
        "amount_no_currency": lambda f: "the amount names no currency",
        "amount_no_rate": lambda f: f"no rate from {f[0]} to {f[1]}: add a row to rates.yaml",
        "kind": lambda f: f"the kind is {_kind(f[0])}",
        "kind_not": lambda f: f"the kind is {_kind(f[0])}, which the rule does not name",
        "stage": lambda f: f"the stage is {_stage(f[0])}",
        "stage_not": lambda f: f"the stage is {_stage(f[0])}, which the rule does not name",
        "language": lambda f: f"the article is in {_language(f[0])}",
        "language_not": lambda f: f"the article is in {_language(f[0])}, not in a named language",
        "company": lambda f: f"{f[0]} is one of the companies",
        "company_not": lambda f: f"none of the rule's companies takes part ({f[0] or 'no names'})",
        "investor": lambda f: f"{f[0]} puts money in",
        "investor_not": lambda f: f"none of the rule's investors does ({f[0] or 'no names'})",
        "recipient": lambda f: f"{f[0]} gets the money",
        "recipient_not": lambda f: f"none of the rule's recipients does ({f[0] or 'no names'})",
        "company_country": lambda f: f"a company of {f[0]} takes part",
        "company_country_not": lambda f: (
            f"no company of a named country takes part ({f[0] or 'no country known'})"
        ),
        "confirmed": lambda f: f"told by {sources(int(f[0]))} of different owners",
        "confirmed_not": lambda f: (
            f"told by {sources(int(f[0]))} of different owners, and the rule asks for {f[1]}"
        ),
        "counting": lambda f: f"{_kind(f[0])} counts for the rule",
        "counting_not": lambda f: f"{_kind(f[0])} is not money that the rule counts",
        "reached_first": lambda f: "no earlier deal of the company was as large",
        "reached_before": lambda f: f"deal {f[0]} of the company was as large before",
        "for_digest": lambda f: "the rule tells its deals in the digest",
        "source": lambda f: f"the source is {f[0]}",
        "source_not": lambda f: f"the source {f[0] or 'is unknown and'} is not one of the rule's",
        "country": lambda f: f"the source is in {f[0]}",
        "country_not": lambda f: f"the source's country is {f[0] or 'unknown'}, not a named one",
        "part": lambda f: f"a named part of deal {f[0]}, told by its own figure",
        "part_not": lambda f: f"a named part of deal {f[0]}, and the rule leaves parts out",
        "unless": lambda f: f"silent because the rule's exception holds: {f[0]}",
        "unless_not": lambda f: f"the rule's exception does not hold: {f[0]}",
        "first": lambda f: f"first time that this deal passes: {_CHANGES[f[0]]}",
        "moved": _moved,
        "moved_little": lambda f: f"{_moved(f)}: too little to tell again",
        "amount_stated": lambda f: f"{_message(f[0])} told no amount, and now there is one",
        "stage_reached": lambda f: f"told in {_message(f[1])}, and now {_stage(f[0])}",
        "stage_silent": lambda f: (
            f"told in {_message(f[1])}; {_stage(f[0])} now, a stage that the rule does not name"
        ),
        "repeat": lambda f: f"told in {_message(f[0])}, and nothing of it moved",
        "denied": lambda f: f"the deal that {_message(f[0])} told is denied",
        "denied_told": lambda f: f"the denial was told in {_message(f[0])}",
        "denied_untold": lambda f: "the deal is denied, and nobody was told of it",
        "returned": lambda f: f"{_message(f[0])} told that it is denied, and now it goes on",
        "corrected": lambda f: f"what {_message(f[0])} told was wrong",
        "withdrawn": lambda f: f"what {_message(f[0])} told was misread: it is no such deal",
        "not_ai": lambda f: f"what {_message(f[0])} told is no investment in AI",
        "not_ai_told": lambda f: f"{_message(f[0])} told that it is no investment in AI",
        "mended": lambda f: "a mistake of ours is corrected whatever its age",
        "corrected_same": lambda f: f"corrected back to what {_message(f[0])} told",
        "fresh": lambda f: f"published {_hours(f[0])} ago (limit {_hours(f[1])})",
        "old": lambda f: f"published {_hours(f[0])} ago, older than the limit of {_hours(f[1])}",
        "future": lambda f: f"dated {_hours(f[0])} in the future: not believed",
        "undated": lambda f: "the article has no date, and an undated one never rings",
        "first_look": lambda f: "found by the first look at its source, which stores silently",
        "held_quiet": lambda f: f"quiet hours ({f[0]}, {f[1]})",
        "held_group": lambda f: f"waiting {f[0]} min for what more is told of the deal",
        "held_cooldown": lambda f: f"{f[0]} min of rest after the last message about the deal",
        "held_budget": lambda f: f"no more than {f[0]} alerts a day",
        "freed": lambda f: "sent by hand before its time",
        "replaced": lambda f: f"replaced by alert {f[0]}",
        "silenced": lambda f: f"silenced by {f[0]} ({f[1]}, until {f[2]})",
        "moved_back": lambda f: "moved back to what was told before, while it waited",
        "merged": lambda f: f"tells alerts {f[0]} too, which were not sent",
    },
    figure=figure,
    converted=converted,
    rate=rate,
    percent=percent,
    day=day,
    moment=moment,
    count="{:,}".format,
    sources=sources,
    join=join,
)


def _kind(value: str) -> str:
    return _KINDS.get(Role(value), value)


def _stage(value: str) -> str:
    return _STAGES[Stage(value)]


def _language(code: str) -> str:
    return _LANGUAGES.get(code, code or "an unknown language")
