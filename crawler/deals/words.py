"""Why is a claim about a deal, or not, in words that a reader of `rasid why` understands?"""

from __future__ import annotations

from collections.abc import Mapping

_LOUDEST = 3
_WHO = {
    "gets": "who gets the money",
    "gives": "who gives it",
    "crossed": "who gets it and who gives it there",
    "meant": "who may be meant",
    "denied": "who is named",
    "place": "the place",
}
_HOW = {
    "same": "is the same",
    "near": "has a like name",
    "faint": "sounds somewhat alike",
    "sound": "sounds alike",
    "unknown": "cannot be compared by letters",
    "other": "is another",
    "known_other": "is another one that we know",
    "untold": "is not told by both",
}
_SIGNS = {
    "1": "few stories of one week are of one deal",
    "sum.untold": "no amount to compare",
    "sum.no_rate": "amounts that no rate compares",
    "sum.apart": "the amounts are apart",
    "sum.equal": "the same amount",
    "sum.near": "nearly the same amount",
    "sum.twice": "amounts of one order",
    "sum.agrees": "amounts that agree",
    "sum.slip": "amounts a power of ten apart",
    "sum.equal_digits": "the same amount, told exactly",
    "sum.near_digits": "nearly the same amount, told exactly",
    "sum.equal_huge": "the same huge amount",
    "sum.equal_seldom": "the same amount in a currency seldom met",
    "sum.share": "an amount like one investor's part",
    "sum.same": "an amount that words the other",
    "sum.raised": "a higher amount",
    "sum.lowered": "a lower amount",
    "sum.narrowed": "a range within the other",
    "sum.widened": "a range around the other",
    "sum.more_exact": "a more exact amount",
    "sum.repeats": "an amount that was told before",
    "sum.not_comparable": "amounts that cannot be compared",
    "goes_on": "a later stage",
    "goes_back": "an earlier stage",
    "talk": "still talked about",
    "was_talk": "only talked about before",
    "was_closed": "that one was closed",
    "back_from_closed": "an earlier stage than closed",
    "denies": "it denies",
    "says_changed": "it says that a plan was changed",
    "corrects": "it corrects what was told",
    "days": "days between them",
    "days.untold": "a day is not told",
    "days.few": "told within three days",
    "days.ten": "told within ten days",
    "days.month": "told within a month",
    "days.many": "half a year between them",
    "days.before": "told of an earlier day",
    "soon": "told within a month",
    "late": "more than three days between them",
    "one_kind": "deals of one kind",
    "like_kind": "kinds that one deal is told as",
    "by_recipient": "a kind known by who gets the money",
    "capex": "a company's own spending",
    "acquisition": "a takeover",
    "two_shared": "two parties in common",
    "three_shared": "three parties in common",
    "period.same": "the same period",
    "period.across": "periods that overlap",
    "period.apart": "another period",
    "period.untold": "a period is not told",
}


def in_words(signs: Mapping[str, float], weights: Mapping[str, float], *, is_one: bool) -> str:
    """What said most for the answer given, each with its log odds."""
    side = 1 if is_one else -1
    said = sorted(
        ((side * value * weights.get(name, 0.0), name) for name, value in signs.items()),
        reverse=True,
    )
    told = [f"{word_of(name)} {side * odds:+.1f}" for odds, name in said[:_LOUDEST] if odds > 0]
    return "; ".join(told)


def word_of(sign: str) -> str:
    """What a sign of signs.py means."""
    if "&" in sign:
        return " and ".join(map(word_of, sign.split("&")))
    name, _, how = sign.partition(".")
    if name in _WHO:
        return f"{_WHO[name]} {_HOW[how]}"
    return _SIGNS[sign]
