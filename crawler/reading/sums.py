"""Is the number at a token money: a quantity beside a currency?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from crawler.reading.beside import currency_after, mark_before, refines
from crawler.reading.cents import with_half, with_minor
from crawler.reading.currency import THREE_PLACES, candidates
from crawler.reading.everyday import is_everyday, is_unit, is_vague
from crawler.reading.numerals import read_quantity
from crawler.reading.page import Page
from crawler.reading.quantity import Quantity
from crawler.reading.token import is_near

_ONE = Decimal(1)


@dataclass(slots=True, frozen=True)
class Sum:
    """A sum as tokens `start` to `end` say it; `currency` is a code, a family or a unit.

    Without a currency it is a number that a neighbour may yet make money.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    country: tuple[str, ...]  # an adjective beside the currency: Canadian dollars
    minor: bool  # cents
    quantity: Quantity
    approximate: bool = False
    lender: int | None = None  # where the sum begins that names the currency for this one
    elided: bool = False  # the currency is left out, and told by others or guessed

    @property
    def scaled(self) -> bool:
        return self.quantity.scale >= 1000


def sum_at(page: Page, at: int, floor: int) -> Sum | None:
    """The number at token `at` with its currency; tokens before `floor` are taken."""
    quantity = read_quantity(page.tokens, at, page.lexicon) or _bare_one(page, at)
    if quantity is None or is_unit(page, quantity) or page.is_percent(at):
        return None
    if is_vague(page, quantity, floor):
        return None
    mark = mark_before(page, at, floor)
    name = page.tokens[mark].word.currency if mark is not None else None
    named = currency_after(page, quantity.end, name)
    end = quantity.end if named is None else named.end
    if named is not None and (name is None or _is_narrower(named.name, name)):
        name = named.name
    is_whole = named is None or with_minor(page, quantity.value, end)[1] == end
    if is_whole and is_everyday(page, quantity, at, end, mark):
        name, named, end = None, None, quantity.end
    if name is None and quantity.weak:
        return None
    factor = named.factor if named is not None else _ONE
    if mark is not None:
        factor *= page.tokens[mark].word.scale or _ONE
    value = quantity.value
    is_plain = name is not None and quantity.scale == factor == 1 and name not in THREE_PLACES
    if quantity.grouped is not None and is_plain and _may_group(page, at, mark):
        value = quantity.grouped
    minor = named is not None and named.minor
    if factor > 1:
        quantity = replace(quantity, scale=quantity.scale * factor)
    value *= factor
    # एक हज़ार दो सौ यूरो पचास सेंट: the smaller term behind a scale counts single ones.
    is_mixed = quantity.value != quantity.coefficient * quantity.scale
    if name is not None and not minor and (quantity.scale == 1 or is_mixed):
        value, end = with_minor(page, value, end)
    elif named is not None and quantity.scale > 1:
        value, end = with_half(page, value, end, quantity.scale)
    country = named.country if named is not None else ()
    start = at if mark is None else mark
    return Sum(start, end, value, value, name, country, minor, quantity)


def _bare_one(page: Page, at: int) -> Quantity | None:
    """The one of "un euro e 30 centesimi", "ein bis zwei Milliarden"; alone an article."""
    tokens = page.tokens
    if at >= len(tokens) or tokens[at].word.number != _ONE or not is_near(tokens, at + 1):
        return None
    following = tokens[at + 1].word
    if following.currency and not following.minor:
        # یک همت: a currency that is a scale as well
        whole = following.scale or with_minor(page, _ONE, at + 2)[1] > at + 2
        return Quantity(at, at + 1, _ONE, _ONE, _ONE, weak=True) if whole else None
    if not following.joins & {"to", "or", "and"} and not tokens[at + 1].is_dash:
        return None
    second = read_quantity(tokens, at + 2, page.lexicon) if is_near(tokens, at + 2) else None
    if second is None or second.scale < 1000:
        return None
    return Quantity(at, at + 1, _ONE, _ONE, _ONE)


def _may_group(page: Page, at: int, mark: int | None) -> bool:
    """Whether the one mark of an unscaled number may part its thousands."""
    text = page.tokens[at].text
    has_decimals = "," in text and not text.endswith(",000")
    return mark is not None or not (has_decimals and page.lexicon.sign_groups)


def agree(first: Sum, second: Sum) -> bool:
    """Whether two sums can be of one currency, which at least one of them names."""
    if first.currency is None or second.currency is None:
        return first.currency is not None or second.currency is not None
    if first.minor != second.minor:
        return False
    return first.currency == second.currency or refines(first.currency, second.currency)


def _is_narrower(named: str, name: str) -> bool:
    """Whether `named` leaves fewer currencies than `name`: $ and pesos, kr and SEK."""
    return len(candidates(named)) < len(candidates(name))
