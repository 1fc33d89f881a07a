"""Which currency stands beside a number?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crawler.reading.currency import candidates
from crawler.reading.page import Page
from crawler.reading.token import APART, GLUED, is_near, is_plus_sign

_ONE = Decimal(1)
_SCREEN_LINES = frozenset({240, 360, 480, 720, 1080, 1440, 2160, 4320})


@dataclass(slots=True, frozen=True)
class Named:
    """A currency found after a number."""

    name: str
    end: int
    country: tuple[str, ...]
    minor: bool
    factor: Decimal  # of a scale said after it: 75 USD million, 30 MUSD


def mark_before(page: Page, at: int, floor: int) -> int | None:
    """The token of the currency sign right before `at`."""
    before = at - 1
    if before < floor or page.tokens[at].near >= APART:
        return None
    word = page.tokens[before].word
    if page.lexicon.myriad and word.bound and not word.currency:  # 人民币约19.5亿元
        if before <= floor or page.tokens[before].near >= APART:
            return None
        before -= 1
        word = page.tokens[before].word
    return before if word.currency and word.mark and not word.minor else None


def currency_after(page: Page, at: int, name: str | None) -> Named | None:
    """The currency after a number that ends at `at`; `name` is the sign before it."""
    tokens = page.tokens
    k = at
    while k < at + 3 and is_near(tokens, k) and _fills(page, k):
        k += 1
    if tokens[at - 1].case is not None and (k == at or not tokens[at].word.bounds_after):
        return None  # 2025'te dolar; but: 200 milyonu aşkın dolar
    country = page.adjective(k)
    if country and is_near(tokens, k + 1):
        k += 1
    if not is_near(tokens, k):
        return None
    word = tokens[k].word
    if word.currency is None or word.only_before:
        return None
    if word.lead == "to" or _opens_next(page, k, name):
        return None
    if word.minor and word.short and not _is_glued_price(page, k):
        return None
    if name is not None and word.currency != name and not refines(name, word.currency):
        return None
    end = k + 1
    # Without spaces no place stands behind its money: 3亿元香港… begins another phrase.
    places_first = page.lexicon.myriad or page.lexicon.places_first
    after = () if places_first else page.adjective(end)
    if after and not country and tokens[end].word.lead is None:
        country, end = after, end + 1
    factor = word.scale or _ONE
    if word.mark and word.scale is None and is_near(tokens, end):
        following = tokens[end].word
        is_sign = not tokens[k].text[0].isalpha()
        if following.scale and not following.short and (is_sign or not following.bare):
            factor, end = following.scale, end + 1
    return Named(word.currency, end, country, word.minor, factor)


def _fills(page: Page, at: int) -> bool:
    """Whether a token may stand between number and currency: of, a glued hyphen, 5,000+."""
    token = page.tokens[at]
    if is_plus_sign(token):
        return True
    if not token.is_dash:
        word = token.word
        return word.currency is None and (word.filler or word.bounds_after)
    following = page.tokens[at + 1] if is_near(page.tokens, at + 1) else None
    return following is not None and following.near == GLUED and following.digits is None


def _is_glued_price(page: Page, at: int) -> bool:
    """Whether the p at `at` is pence: 231.6p, 50p; no 1080p of a screen."""
    tokens = page.tokens
    digits = tokens[at - 1].digits
    return tokens[at].near == GLUED and digits is not None and digits not in _SCREEN_LINES


def _opens_next(page: Page, at: int, name: str | None) -> bool:
    """Whether the sign at `at` opens the next number: 5 million, $3 million."""
    token = page.tokens[at]
    if not token.word.mark or not is_near(page.tokens, at + 1):
        return False
    following = page.tokens[at + 1]
    if following.digits is None:
        return False
    if name is not None:
        return token.word.currency != name or following.near == GLUED
    return token.near > following.near


def refines(name: str, named: str) -> bool:
    """Whether one currency word says another more exactly: $5m AUD, US$ 5 dollars."""
    return not set(candidates(name)).isdisjoint(candidates(named))
