"""Do two sums make a range, or a move from one to the other?

"between 60 and 65 billion dollars" is one figure; "rose from 38 to 60 billion" is two.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from crawler.reading.joints import is_spread, joint_after, says, spread_after
from crawler.reading.moves import is_move, is_reached, is_told_move
from crawler.reading.numbers import may_be_year
from crawler.reading.page import Page
from crawler.reading.sums import Sum, agree, sum_at
from crawler.reading.token import Token, is_near

_WITHIN_MYRIAD = (100, 1000)
_SMALL_SCALES = (Decimal(1000), Decimal(100_000))  # they may count a larger one: lakh crore
_NAMED_SPREAD = 20  # iPhone 17 a 979 euro: so wide a range behind a name is none


def read_range(page: Page, first: Sum) -> tuple[Sum, ...]:
    """The range that `first` begins, as one sum; the two sums of a move; () for neither."""
    between = page.role_before(first.start, "between")
    joint = joint_after(page.tokens, first.end, between=between) or spread_after(page, first)
    second = second_sum(page, joint.after) if joint is not None else None
    if joint is None or second is None or not agree(first, second):
        return ()
    if page.tokens[first.quantity.start].word.leads:
        second = _led(first, second)
    if joint.role == "against":
        return _compared(first, second)
    is_framed = says(page, second.end, "between_after")
    spreads = is_spread(page, first.start, joint.after)
    if joint.awaits_between and not (is_framed or (spreads and first.currency is None)):
        return ()
    between = between or is_framed or spreads
    if not joint.is_dash and _is_count_after(page, first, second):
        return ()
    name = second.currency or first.currency
    country = second.country or first.country
    low = _low_end(page, first, second, named=bool(first.currency) or not joint.is_dash)
    if joint.role == "case" and not is_reached(page, second.end):
        return ()
    if joint.role == "moves" and not is_told_move(page, first, second, joint):
        return ()
    may_move = joint.role in ("to", "moves", "case") and not joint.is_dash
    may_move = may_move and not between and not is_framed
    if may_move and is_move(page, first, second, joint):
        if low is None or (second.quantity.scale == 1 < first.quantity.scale):
            return ()
        if first.currency is None and first.quantity.scale == 1:
            low = first.quantity.value * second.quantity.scale  # cut from 60 to 38 billion
        return (
            replace(first, low=low, high=low, currency=name, country=country),
            replace(second, currency=name, country=country),
        )
    high = second.high
    if low is None or high is None or low >= high:
        return ()
    if high > _NAMED_SPREAD * low and _is_named(page, first):
        return ()
    if joint.role == "or" and (high > 2 * low or (first.currency and not second.currency)):
        return ()
    return (replace(second, start=first.start, low=low, currency=name, country=country),)


def _is_named(page: Page, first: Sum) -> bool:
    """Whether a bare number follows a word that says nothing of money: a Fiat 500, an iPhone 17."""
    token = page.tokens[first.start]
    is_bare = first.currency is None and first.quantity.scale == 1
    if not is_bare or is_near(page.tokens, first.start):
        return False
    return page.text[max(0, token.start - 2) : token.start].rstrip(" ")[-1:].isalnum()


def _led(first: Sum, second: Sum) -> Sum:
    """`second` of миллионов пять-семь, which the scale before the first number also leads."""
    if second.quantity.scale > 1 or second.high is None or second.high < first.quantity.coefficient:
        return second
    value = second.high * first.quantity.scale
    quantity = replace(second.quantity, value=value, scale=first.quantity.scale)
    return replace(second, low=value, high=value, quantity=quantity)


def _compared(first: Sum, second: Sum) -> tuple[Sum, ...]:
    """63 statt 58 Euro, 3,2 contre 2,8 milliards d'euros: two sums of one money and scale."""
    value = first.quantity.value
    is_year = first.quantity.scale == 1 and may_be_year(value)
    if first.currency is not None or second.currency is None or is_year:
        return ()
    if first.quantity.scale == 1:
        value *= second.quantity.scale
    return (
        replace(first, low=value, high=value, currency=second.currency, country=second.country),
        second,
    )


def second_sum(page: Page, at: int) -> Sum | None:
    """The second sum of a pair, past "as much as", "nearly" and its own currency sign."""
    tokens = page.tokens
    k = at
    while k < at + 3 and is_near(tokens, k) and _is_skipped(tokens[k], first=k == at):
        k += 1
    if not is_near(tokens, k):
        return None
    if tokens[k].word.mark and not tokens[k].may_count and is_near(tokens, k + 1):
        found = sum_at(page, k + 1, k)
        return found if found is not None and found.start == k else None
    return sum_at(page, k, k)


def _is_skipped(token: Token, *, first: bool) -> bool:
    word = token.word
    if token.may_count or word.currency:
        return False
    return token.is_dash or bool(word.bound) or word.filler or ("to" in word.joins and not first)


def _is_count_after(page: Page, first: Sum, second: Sum) -> bool:
    """500 euros a 2.000 familias: money told whole, and a number of something else."""
    told_whole = first.currency is not None and first.end > first.quantity.end
    counts = second.currency is None and not second.scaled
    return told_whole and counts and not page.is_closed(second.end)


def _low_end(page: Page, first: Sum, second: Sum, *, named: bool) -> Decimal | None:
    """The low end; the second's scale is shared only if the first number is not larger."""
    low, scale = first.low, second.quantity.scale
    own = first.quantity.scale
    if low is not None and first.currency is None and own in _SMALL_SCALES:
        shared = low * scale / own
        shares = _counts_by(page, second, own) and shared <= (second.low or 0)
        return shared if shares else low
    if low is None or own > 1:
        return low
    low *= _shared_within(page, first, second)
    if scale == 1:
        return low
    if low <= second.quantity.coefficient:
        return low * scale
    is_year = may_be_year(low) and first.currency is None
    return low if named and not is_year else None


def _shared_within(page: Page, first: Sum, second: Sum) -> Decimal | int:
    """What a small number shares of the second: the 100 of चार-पांच सौ करोड़, of 2至3百万."""
    at, myriad = second.quantity.start, page.lexicon.myriad
    leads = page.tokens[at].word.number or (page.tokens[at].digits if myriad else None)
    if not leads or first.quantity.value >= leads:
        return 1
    if first.currency is not None or not is_near(page.tokens, at + 1):
        return 1
    if not myriad:
        return 100 if page.tokens[at + 1].word.scale == 100 else 1
    times = second.quantity.coefficient / leads  # its scale is 万, in which all before it counts
    return times if times in _WITHIN_MYRIAD else 1


def _counts_by(page: Page, found: Sum, scale: Decimal) -> bool:
    """cinco mil millones: a thousand said before a larger scale, which "mil y" may share."""
    tokens = page.tokens[found.start : found.end]
    scales = [token.word.scale for token in tokens if token.word.scale is not None]
    return len(scales) > 1 and scales[0] == scale < scales[1]
