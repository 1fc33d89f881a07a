"""Is a number beside a currency no money at all?"""

from __future__ import annotations

from crawler.reading.cents import tenth_after
from crawler.reading.numbers import FIRST_YEAR, may_be_year
from crawler.reading.page import Page
from crawler.reading.quantity import Quantity
from crawler.reading.token import GLUED, Token, is_near

_FIRST_PERSIAN_YEAR = 1300  # ۱۴۰۴: they count from the Hijra by the sun
_SENSE_REACH = 40  # letters between a currency and the word that gives it another sense


def is_everyday(page: Page, quantity: Quantity, at: int, end: int, mark: int | None) -> bool:
    """Whether the currency is only a word: in 2020 won, a dollar fell, in 2025 dollars, Q3."""
    if mark is None and _means_other(page, at, end):
        return True
    if quantity.scale > 1:
        return False
    if mark is None and _is_rate(page, end):
        return True
    is_count = quantity.value < 1000 and quantity.value == int(quantity.value)
    if mark is not None:
        sign = page.tokens[mark].word
        if sign.name_below:
            return quantity.value < sign.name_below or _is_year(page, quantity)
        if sign.weak_mark:
            return (is_count and quantity.value < 10) or _is_year(page, quantity)
        return sign.weak and is_count
    word = page.tokens[end - 1].word
    if quantity.weak:
        return word.scale is None  # یک همت: a currency that is a scale as well
    if word.tenth and tenth_after(page, end) is not None:
        return False  # 9块9 is a price, 9块 may be pieces
    if _is_year(page, quantity, first=_FIRST_PERSIAN_YEAR):
        dated = at > 0 and is_near(page.tokens, at) and page.tokens[at - 1].word.year
        if dated or (word.weak and _is_year(page, quantity)):
            return True
    return word.weak and is_count


def _means_other(page: Page, at: int, end: int) -> bool:
    """Whether a word beside the sum says that its currency is none: lifts 50 pounds."""
    tokens = page.tokens
    name = tokens[end - 1].word.currency
    left = tokens[at].start - _SENSE_REACH
    before = (each for each in tokens[max(0, at - 4) : at] if each.start >= left)
    if any(name in each.word.not_this for each in before):
        return True
    k = end + (is_near(tokens, end) and tokens[end].word.filler)
    return is_near(tokens, k) and name in tokens[k].word.not_this_after


def _is_rate(page: Page, end: int) -> bool:
    """Whether the currency that ends at `end` is one of a pair: 2026 dolar/TL tahmini."""
    tokens = page.tokens
    return (
        0 < end < len(tokens)
        and tokens[end].word.currency is not None
        and page.text[tokens[end - 1].end : tokens[end].start] == "/"
    )


def _is_year(page: Page, quantity: Quantity, *, first: int = FIRST_YEAR) -> bool:
    """Whether `quantity` is four digits that name a year."""
    text = page.tokens[quantity.start].text
    is_one_token = quantity.end == quantity.start + 1
    return is_one_token and len(text) == 4 and may_be_year(quantity.value, first=first)


def is_unit(page: Page, quantity: Quantity) -> bool:
    """Whether scale words alone head a table: (百万円), 单位：万元."""
    tokens, start = page.tokens, quantity.start
    while start and tokens[start].near == GLUED and _is_scale(tokens[start - 1]):
        start -= 1
    if not all(_is_scale(token) for token in tokens[start : quantity.end]):
        return False
    left = page.text[max(0, tokens[start].start - 3) : tokens[start].start].rstrip()
    # הפרס: מיליון ש"ח tells a prize.
    return left.endswith(("(", "[", ":", "【") if page.lexicon.myriad else ("(", "["))


def is_vague(page: Page, quantity: Quantity, floor: int) -> bool:
    """Whether a word before the number leaves it open: कई सौ करोड़, چند ده میلیون."""
    tokens, k = page.tokens, quantity.start
    while k > max(floor, quantity.start - 4) and is_near(tokens, k):
        k -= 1
        if tokens[k].word.vague:
            return True
        if not (tokens[k].may_count or _is_scale(tokens[k])) or tokens[k].digits is not None:
            return False
    return False


def _is_scale(token: Token) -> bool:
    return token.word.scale is not None and token.digits is None and token.word.number is None
