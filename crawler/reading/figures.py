"""Which amounts of money does a text state?"""

from __future__ import annotations

from decimal import Decimal

from crawler.model import Figure
from crawler.reading.currency import CURRENCY_OF, THREE_PLACES, UNITS, minor_units
from crawler.reading.lexicon import Lexicon
from crawler.reading.meant import Currencies
from crawler.reading.money import read_sums
from crawler.reading.repeats import without_repeats
from crawler.reading.sums import Sum
from crawler.reading.token import Token
from crawler.reading.tokens import read_tokens
from crawler.text.fold import Folded, fold_spans

_LONGEST_TITLE = 60  # tokens


def find_figures(
    text: str,
    lexicon: Lexicon,
    *,
    country: str | None = None,
    title: int = 0,
    unnamed: bool = False,
) -> tuple[Figure, ...]:
    """Amounts of money in `text`, from left to right, with spans in `text`.

    `country` (ISO 3166, of the source) settles what a bare dollar, pound or riyal is. `title`:
    letters at its beginning that are a title about money, which may leave the currency out.
    `unnamed`: so may the rest, in a language that does, where a number ends its phrase. Does not
    decide what an amount means: valuations, prices and fines are figures too.
    """
    folded = fold_spans(text)
    tokens = without_repeats(folded.text, read_tokens(folded, lexicon), lexicon)
    in_title = sum(folded.offsets[token.start] < title for token in tokens[:_LONGEST_TITLE])
    home = CURRENCY_OF.get(country or "") if in_title else None
    sums = read_sums(folded.text, tokens, lexicon, in_title, home, unnamed=unnamed)
    if not sums:
        return ()
    meant = Currencies(folded, tokens, lexicon, country)
    return tuple(_figure(found, *meant.resolve(found), folded, tokens) for found in sums)


def _figure(
    found: Sum, currency: str, assumed: bool, folded: Folded, tokens: list[Token]
) -> Figure:
    divisor = Decimal(minor_units(currency)) if found.minor else Decimal(1)
    # 1.215 dinars: where the three digits are places and no group, only the place tells.
    if currency in THREE_PLACES and found.low == found.high == found.quantity.grouped:
        divisor = Decimal(1000)
    # A toman is ten rials, on both sides of a range and where a neighbour lends it.
    _, worth = UNITS.get(found.currency or "", ("", Decimal(1)))
    low = None if found.low is None else _plain(found.low * worth / divisor)
    high = None if found.high is None else _plain(found.high * worth / divisor)
    first, last = tokens[found.start], tokens[found.end - 1]
    start, end = folded.span(first.start, last.end)
    return Figure(
        low=low,
        high=high,
        currency=currency,
        text=folded.original[start:end],
        start=start,
        approximate=found.approximate,
        assumed=assumed or found.elided,
    )


def _plain(value: Decimal) -> Decimal:
    """`value` without an exponent or zeros at its end: 1E+9 prints as 1000000000."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if value == value.to_integral_value() else short
