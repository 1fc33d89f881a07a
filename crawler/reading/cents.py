"""Which smaller money goes on behind a sum: 3 dollars and 50 cents?"""

from __future__ import annotations

from decimal import Decimal

from crawler.reading.currency import CODES, THOUSANDTHS
from crawler.reading.numerals import read_quantity
from crawler.reading.page import CLOSED, Page
from crawler.reading.quantity import Quantity
from crawler.reading.token import GLUED, is_near


def with_minor(page: Page, value: Decimal, end: int) -> tuple[Decimal, int]:
    """3 dollars and 50 cents, ٥٢٨ ديناراً و٣٢٠ مليماً: one sum."""
    tokens = page.tokens
    if (tenth := tenth_after(page, end)) is not None:
        return value + tenth / 10, end + 1
    if tokens[end - 1].case is not None:
        return value, end
    k = end
    if is_near(tokens, k) and (tokens[k].word.joins & {"and", "pair"} or tokens[k].word.filler):
        k += 1
    if k > end and (part := _part_at(page, k)) is not None:
        return value + part, k + 1
    rest = read_quantity(tokens, k, page.lexicon) if is_near(tokens, k) else None
    if rest is not None and _is_bare_cents(page, value, end, rest):
        return value + rest.value / 100, rest.end
    if rest is None or rest.scale != 1 or not is_near(tokens, rest.end):
        return value, end
    unit = tokens[rest.end].word
    if unit.tenth and not unit.currency and rest.value < 10:
        return value + rest.value / 10, rest.end + 1
    if not unit.minor or rest.value >= 1000:
        return value, end
    is_fine = unit.currency in THOUSANDTHS or tokens[end - 1].word.currency == "dinar"
    return value + rest.value / (1000 if is_fine else 100), rest.end + 1


def with_half(page: Page, value: Decimal, end: int, scale: Decimal) -> tuple[Decimal, int]:
    """A fraction of the scale behind the currency: ستة ملايين دينار وربع المليون."""
    tokens = page.tokens
    k, said_and = end, is_near(tokens, end) and tokens[end].lead_and
    if is_near(tokens, k) and "and" in tokens[k].word.joins and not tokens[k].may_count:
        k, said_and = k + 1, True
        if is_near(tokens, k) and tokens[k].word.is_article:
            k += 1  # and a half
    part = tokens[k].word.part if said_and and is_near(tokens, k) else None
    if part is None:
        return value, end
    if is_near(tokens, k + 1) and tokens[k + 1].word.scale == scale:
        return value + part * scale, k + 2
    if not CLOSED.match(page.text[tokens[k].end : tokens[k].end + 4]):
        return value, end  # and half of the shares
    return value + part * scale, k + 1


def tenth_after(page: Page, end: int) -> Decimal | None:
    """The one digit glued behind a currency that is so said: 9块9, 三块五."""
    tokens = page.tokens
    if not tokens[end - 1].word.tenth or end >= len(tokens) or tokens[end].near != GLUED:
        return None
    value = tokens[end].digits if tokens[end].digits is not None else tokens[end].word.number
    following = tokens[end + 1] if is_near(tokens, end + 1) else None
    if value is None or not 0 < value < 10:
        return None
    # 三块五百: the five belongs to another number.
    return None if following and (following.word.scale or following.may_count) else value


def _part_at(page: Page, at: int) -> Decimal | None:
    """The half of "due euro e mezzo", which no scale follows: y medio millón."""
    tokens = page.tokens
    if not is_near(tokens, at) or tokens[at].word.part is None:
        return None
    goes_on = is_near(tokens, at + 1) and not page.is_closed(at + 1)
    return None if goes_on else tokens[at].word.part


def _is_bare_cents(page: Page, value: Decimal, end: int, rest: Quantity) -> bool:
    """4 Euro 60, thirteen dollars forty-five: two digits behind a currency close the phrase."""
    token, unit = page.tokens[rest.start], page.tokens[end - 1]
    is_word = token.digits is None and rest.scale == 1 and 10 <= rest.value < 100
    is_pair = len(token.text) == 2 and token.text.isdigit() and rest.end == rest.start + 1
    if not is_pair and not is_word:
        return False
    is_price = value < 1000 and value == int(value)
    is_spoken = len(unit.text) > 3 or unit.text.upper() in CODES
    is_glued = unit.near == token.near and not unit.text.isalpha()  # 12€50, 16 € 90
    if not is_price or not (is_glued or (is_spoken and unit.text.isalpha())):
        return False
    return not page.role_before(end - 2, "between") and page.is_closed(rest.end)
