"""Which currency does a neighbour lend to a sum that names none?

"14 billion and 16 billion dollars", "بملياري يورو، الأولى بـ900 مليون".
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from crawler.reading.numbers import may_be_year
from crawler.reading.page import SENTENCE_END, Page
from crawler.reading.ranges import read_range, second_sum
from crawler.reading.sums import Sum, sum_at
from crawler.reading.token import is_near

_LIST_COMMA = re.compile(r"\s?[,،、·→]\s?\Z")
_REACH = 160  # letters between a sum and the one that leans on its currency
_COUNT_REACH = 40  # letters from what is counted to its number
_COUNT_TOKENS = 12
_THOUSAND = Decimal(1000)
_LENDER_REACH, _LENDER_TOKENS = 80, 16  # letters and tokens to a money told later
_LEAD_TOKENS = 4  # y menos de los 12.000 millones
_LISTS = frozenset({"and", "or", "to", "from", "pair"})  # joints of a list
_LARGE = 100_000  # what a sum without a scale must reach to lend its money freely
_AHEAD, _AHEAD_TOKENS, _COUNTED_BEFORE = 60, 8, 8
_PAUSE = re.compile(r"[,،;؛，；。]")
_MILLION = Decimal(10**6)
_TITLE_TOKENS = 400  # behind a title, to the next money
_NOUN_REACH = 40  # letters of a noun behind a hyphen
_FULL_STOPS = ("。", "！", "？", "」", "』")  # where no space parts words
_LIST_LIMIT = 6  # sums in a row before the one that names the currency


def alone(page: Page, money: Sum, found: list[Sum]) -> tuple[Sum, ...]:
    """`money` with its own currency, or with the one that a neighbour lends it."""
    if money.currency is not None:
        return (money,)
    if money.quantity.value == money.quantity.scale == _THOUSAND and not _has_digits(page, money):
        return ()  # il 5 per mille, uno de cada mil
    if not money.scaled and (several := _list_from(page, money)):
        return several
    lender = _lender_ahead(page, money) if money.scaled else None
    if lender is None and money.scaled and page.lexicon.lends_far:
        lender = _lender_afar(page, money)
    if lender is not None:
        return (_lent(money, lender),)
    return _lent_back(page, money, found[-1]) if found else ()


def _has_digits(page: Page, money: Sum) -> bool:
    return page.tokens[money.quantity.start].digits is not None


def _lent(money: Sum, lender: Sum) -> Sum:
    """`money` in the currency of `lender`, told where that one was told."""
    at = lender.start if lender.lender is None else lender.lender
    return replace(
        money,
        currency=lender.currency,
        country=lender.country,
        lender=None if is_guess(lender) else at,
        elided=money.elided or lender.elided,
    )


def is_guess(money: Sum) -> bool:
    """Whether nobody in the text names the currency of `money`."""
    return money.elided and money.lender is None


def _list_from(page: Page, money: Sum) -> tuple[Sum, ...]:
    """All but the last of three or more sums that say scale and currency once: 5, 12 et 40 M€."""
    several = [money]
    while len(several) < _LIST_LIMIT:
        following = _next_in_list(page, several[-1].end)
        if following is None:
            return ()
        if following.currency is not None:
            is_last = following.scaled and len(several) > 1 and not following.minor
            return tuple(_shared(each, following) for each in several) if is_last else ()
        is_year = may_be_year(following.quantity.value)
        if following.scaled or is_year or page.tokens[following.start].digits is None:
            return ()
        several.append(following)
    return ()


def _shared(money: Sum, last: Sum) -> Sum:
    """`money` with the scale and the currency of `last`."""
    value, scale = money.quantity.value * last.quantity.scale, last.quantity.scale
    quantity = replace(money.quantity, value=value, scale=scale)
    return replace(_lent(money, last), low=value, high=value, quantity=quantity)


def lent_ahead(page: Page, money: Sum) -> tuple[Sum, ...]:
    """325 millions pour Google, 150 millions d'euros pour Shein: the next sum names the money."""
    if money.currency is not None or page.lexicon.myriad:
        return ()  # 创始团队自掏腰包两百万，天使投资人跟了五十万美金: the first are yuan
    tokens, text = page.tokens, page.text
    end = tokens[money.end - 1].end
    for k in range(money.end, min(len(tokens), money.end + _AHEAD_TOKENS)):
        if tokens[k].start - end > _AHEAD or tokens[k].word.not_money:
            return ()
        following = sum_at(page, k, k) if tokens[k].may_count else None
        if following is None or (following.currency is None and not following.scaled):
            continue
        if following.currency is None or not following.scaled or following.minor:
            return ()
        between = text[end : tokens[following.start].start]
        if SENTENCE_END.search(between) or not _PAUSE.search(between):
            return ()
        return _uncounted(page, _lent(money, following))
    return ()


def lent_by_text(page: Page, money: Sum, lender: Sum | None, home: str | None) -> tuple[Sum, ...]:
    """закрыла раунд на 6,5 млрд: what ends its phrase is money, unless it counts a thing.

    Its money is that of `lender`, else `home`.
    """
    if money.currency is not None or money.quantity.scale < _MILLION:
        return ()
    if lender is None and home is None:
        return ()
    lent = replace(money, currency=home) if lender is None else _lent(money, lender)
    return _uncounted(page, replace(lent, elided=True))


def first_money(page: Page, start: int) -> Sum | None:
    """The first large money that the text names from token `start` on, if it is not far."""
    for k in range(start, min(len(page.tokens), start + _TITLE_TOKENS)):
        found = sum_at(page, k, k) if page.tokens[k].may_count else None
        if found is not None and found.currency and found.scaled and not found.minor:
            return found
    return None


def _uncounted(page: Page, lent: Sum) -> tuple[Sum, ...]:
    """`lent`, or the range it begins; () where it counts things that stand beside it."""
    whole = read_range(page, lent)
    one = whole[0] if len(whole) == 1 else lent
    end = page.tokens[one.end - 1].end
    ends_phrase = (
        page.is_closed(one.end) or page.text.startswith(_FULL_STOPS, end) or _is_compound(page, end)
    )
    return (one,) if one.scaled and ends_phrase and not _counts(page, one) else ()


def _counts(page: Page, one: Sum) -> bool:
    """Whether the words before a number, in its sentence and clause, say what it counts."""
    start = page.tokens[one.start].start
    before = page.told_before(start, _COUNT_REACH)
    first = max(0, one.start - _COUNTED_BEFORE)
    near = (t for t in page.tokens[first : one.start] if t.start >= start - len(before))
    if any(token.word.not_money for token in near):
        return True
    rule = page.lexicon.implied
    return rule is not None and rule.counted.search(_PAUSE.split(before)[-1]) is not None


def _is_compound(page: Page, end: int) -> bool:
    """Whether a sum makes one word with a noun of money: ein 150-Millionen-Fonds."""
    rule = page.lexicon.implied
    return rule is not None and bool(rule.compound.match(page.text, end, end + _NOUN_REACH))


def _lent_back(page: Page, money: Sum, last: Sum) -> tuple[Sum, ...]:
    """`money`, or the range it begins, in the currency of the sum `last` before it."""
    lent = _lent(money, last)
    whole = read_range(page, lent)
    shares = money.scaled or (len(whole) == 1 and whole[0].low != money.low)
    if len(whole) != 1 or not whole[0].scaled or not shares:
        whole = (lent,)  # في 2022 إلى 95 ألفاً
    (one,) = whole
    return whole if one.scaled and _leans_back(page, one, last) else ()


def lent_range(page: Page, first: Sum, found: list[Sum]) -> tuple[Sum, ...]:
    """bisher 2,2 bis 2,4 Milliarden: a range that leans on the money of the sum before it."""
    if first.currency is not None or not found:
        return ()
    last = found[-1]
    if page.tokens[first.start].start - page.tokens[last.end - 1].end > _REACH:
        return ()
    whole = read_range(page, _lent(first, last))
    if len(whole) != 1 or not whole[0].scaled or not _leans_back(page, whole[0], last):
        return ()
    return whole


def _lender_ahead(page: Page, money: Sum) -> Sum | None:
    """The sum that names the currency for `money`, next in the same list."""
    current = money
    for _ in range(_LIST_LIMIT):
        following = _next_in_list(page, current.end)
        if following is None or following.currency is not None:
            return following
        if not following.scaled:
            return None
        current = following
    return None


def _lender_afar(page: Page, money: Sum) -> Sum | None:
    """The next money of the sentence: доходы 40,28 трлн и расходы 44,07 трлн рублей."""
    tokens = page.tokens
    left = tokens[money.start].start
    before = tokens[max(0, money.start - _COUNT_TOKENS) : money.start]
    if any(token.word.not_money and left - token.end < _COUNT_REACH for token in before):
        return None
    if not page.is_closed(money.end) or _is_per_scale(page, money):
        return None
    end = tokens[money.end - 1].end
    for k in range(money.end, min(len(tokens), money.end + _LENDER_TOKENS)):
        token = tokens[k]
        if token.start - end > _LENDER_REACH or token.word.not_money:
            return None
        if not token.may_count:
            continue
        if SENTENCE_END.search(page.text[end : token.start]):
            return None
        following = sum_at(page, k, money.end)
        if following is not None and following.currency is not None:
            return following if following.scaled else None
    return None


def _next_in_list(page: Page, at: int) -> Sum | None:
    """The sum after a comma, "and", "or", "to" or "of the" at token `at`."""
    tokens = page.tokens
    if at >= len(tokens):
        return None
    if not is_near(tokens, at):
        if not _LIST_COMMA.match(page.text[tokens[at - 1].end : tokens[at].start][:4]):
            return None
        # 300 milliards, contre 260 milliards de dollars
        compares = tokens[at].word.carry_before and not tokens[at].may_count
        return second_sum(page, at + 1) if compares else sum_at(page, at, at)
    word = tokens[at].word
    lists = word.carry_before or word.joins & _LISTS or word.filler
    if lists and not tokens[at].may_count:
        return second_sum(page, at + 1)
    return sum_at(page, at, at) if word.lead is not None else None


def _leans_back(page: Page, money: Sum, last: Sum) -> bool:
    """Whether `money` ends a phrase that needs no noun, after a sum of the same sentence."""
    tokens = page.tokens
    left, right = tokens[last.end - 1].end, tokens[money.start].start
    if right - left > _REACH or SENTENCE_END.search(page.text[left:right]):
        return False
    if not page.is_closed(money.end) and not tokens[money.end - 1].word.absolute:
        return False
    if _is_per_scale(page, money):
        return False
    is_led = _is_led(page, money.start)
    # After "40 million dollars" its users rose to 3 million.
    is_worth = is_led and not tokens[money.start - 1].word.joins
    counts = any(token.word.not_money for token in tokens[last.end : money.start])
    is_large = last.scaled or last.quantity.value >= _LARGE
    return is_worth or ((is_led or is_large) and not counts)


def _is_per_scale(page: Page, money: Sum) -> bool:
    """10 долларов за миллион: a scale alone, behind a preposition, is what the price is for."""
    tokens = page.tokens
    if money.start == 0 or not is_near(tokens, money.start) or not tokens[money.start].word.bare:
        return False
    return tokens[money.start - 1].word.light and money.quantity.end == money.start + 1


def _is_led(page: Page, start: int) -> bool:
    """Whether a preposition or an "and" leads to the sum at `start`, past its bound."""
    tokens = page.tokens
    if tokens[start].word.carry_before:
        return True
    k = start
    while k > max(0, start - _LEAD_TOKENS) and is_near(tokens, k):
        k -= 1
        word = tokens[k].word
        if word.carry_before or "between" in word.joins:
            return True
        if not word.bound and not word.filler:
            return False
    return False
