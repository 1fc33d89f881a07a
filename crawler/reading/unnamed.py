"""Is a number money by the words beside it, where no currency is named?

Which money and which words says the lexicon (implied.py).
"""

from __future__ import annotations

from dataclasses import replace

from crawler.reading.page import SENTENCE_END, Page
from crawler.reading.ranges import read_range
from crawler.reading.sums import Sum
from crawler.reading.token import is_near
from crawler.reading.word import Word

_WORD_REACH = 48  # letters beside a number that may say that it is money
_LAKH_CRORE = 10**12
_REACH = 160  # letters between a sum and the one that leans on its currency


def implied_money(page: Page, first: Sum, found: list[Sum]) -> tuple[Sum, ...]:
    """240 करोड़ जुटाए: money by the words beside it, in the currency last told or the own one."""
    rule = page.lexicon.implied
    if rule is None or not rule.knows_words or first.currency is not None:
        return ()
    is_told = found and not rule.own and not _is_parted(page, found[-1], first)
    last = found[-1] if is_told else None
    currency = rule.currency if last is None else last.currency
    lent = replace(first, currency=currency, country=() if last is None else last.country)
    whole = read_range(page, lent) or (lent,)
    counted = scales_of(page, whole[-1])
    counts = not rule.own and _counts_things(page, whole[-1].end)
    if not counted or counts:
        return ()
    start, end = page.tokens[first.start].start, page.tokens[whole[-1].end - 1].end
    if rule.counters.match(page.text, end, end + _WORD_REACH):
        return ()
    before = page.told_before(start, _WORD_REACH)
    is_money = (
        (len(counted) > 1 and whole[-1].quantity.scale >= _LAKH_CRORE)  # only money is so large
        or rule.behind.match(page.text, end, end + _WORD_REACH)
        or rule.ahead.search(before)
        or (rule.asked.search(before) and page.is_closed(whole[-1].end))
        or ((last or rule.told.search(before)) and rule.open.match(page.text, end))
    )
    return whole if is_money else ()


def scales_of(page: Page, money: Sum) -> list[Word]:
    """The scale words of `money` in which money is told without a name."""
    quantity = money.quantity
    scales = [token.word for token in page.tokens[quantity.start : quantity.end]]
    return [word for word in scales if word.implied]


def _counts_things(page: Page, at: int) -> bool:
    return is_near(page.tokens, at) and page.tokens[at].word.not_money


def _is_parted(page: Page, last: Sum, money: Sum) -> bool:
    """Whether a sentence ends between two sums, or half a paragraph lies there."""
    left, right = page.tokens[last.end - 1].end, page.tokens[money.start].start
    return right - left > _REACH or bool(SENTENCE_END.search(page.text[left:right]))
