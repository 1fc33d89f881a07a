"""Which number do digits or number words say, before any scale?"""

from __future__ import annotations

from decimal import Decimal

from crawler.reading.quantity import LONGEST
from crawler.reading.token import GLUED, Token, is_near

_ONE = Decimal(1)
_HUNDRED = Decimal(100)


def count(
    tokens: list[Token], start: int, *, units_first: bool
) -> tuple[Decimal, int, bool] | None:
    """Digits, or number words with their hundreds: three hundred and forty, خمسة وعشرين."""
    token = tokens[start]
    if token.digits is not None:
        return token.digits, start + 1, False
    end = start + 1
    if token.word.shift is not None:
        shifted = _shifted(tokens, end, token.word.shift)
        if shifted is None:
            return None
        (total, end), weak = shifted, False
    elif token.word.number is not None:
        total, weak = token.word.number, token.word.weak
    elif token.word.scale == _HUNDRED and token.word.bare:
        total, weak = _HUNDRED, False
    else:
        return None
    while is_near(tokens, end) and end - start < LONGEST:
        more = _counts_on(tokens, total, end, weak, units_first)
        if more is None:
            break
        total, end = more
        weak = False
    return total, end, weak


def _shifted(tokens: list[Token], at: int, shift: Decimal) -> tuple[Decimal, int] | None:
    """साढ़े तीन, three and a half; पौने दो, a quarter less than two; सवा लाख, 1.25 lakh."""
    if not is_near(tokens, at):
        return None
    token = tokens[at]
    number = token.word.number if token.digits is None else token.digits
    if number is not None:
        return number + shift, at + 1
    is_scale = token.word.scale is not None and not token.word.currency
    return (_ONE + shift, at) if is_scale else None


def _counts_on(
    tokens: list[Token], total: Decimal, end: int, weak: bool, units_first: bool
) -> tuple[Decimal, int] | None:
    """`total` with the number word that goes on at `end`, and where that ends."""
    if tokens[end].word.scale == _HUNDRED and total < 100:
        return total * 100, end + 1
    k, said_and = skip_and(tokens, end)
    if not said_and and tokens[k].is_dash and is_near(tokens, k + 1):
        k += tokens[k + 1].near == GLUED
    if not is_near(tokens, k):
        return None
    number = tokens[k].word.number
    if number is None or not _fits(total, number):
        return None
    if weak and not (said_and and number >= 20):  # واحد وعشرون: one and twenty
        return None
    if tokens[k].word.weak and not _is_last_one(tokens, total, k, joined=said_and or k > end):
        return None
    if units_first and said_and and number < 10 and total % 100 >= 20:
        return None  # بين ستين وخمسة وستين: the five belongs to the second number
    if said_and and is_near(tokens, k + 1) and tokens[k + 1].word.scale == _HUNDRED:
        return None  # between five hundred and six hundred
    return total + number, k + 1


def _is_last_one(tokens: list[Token], total: Decimal, at: int, *, joined: bool) -> bool:
    """A "one" that ends a number before money or a scale: treinta y un millones, forty-one.

    A hundred takes it before money alone: between one hundred and one thousand dollars.
    """
    if not (joined and is_near(tokens, at + 1)):
        return False
    following = tokens[at + 1].word
    is_tens = total >= 20 and total % 10 == 0 and total % 100 > 0
    is_round = total % 100 == 0 or is_tens
    return is_round and bool(following.currency or (is_tens and following.scale))


def _fits(total: Decimal, more: Decimal) -> bool:
    """Whether no decimal place is said twice: 300 and 40 and 5; 60 and 15 is French."""
    if not (1 <= more < 1000 and 1 <= total < 1000):
        return False
    if 10 <= more < 20 and total % 100 in (60, 80):
        return True
    if (10 < more < 20 and total % 100) or (10 < total < 20 and more < 100):
        return False
    a, b = int(total), int(more)
    while a and b:
        if a % 10 and b % 10:
            return False
        a, b = a // 10, b // 10
    return True


def skip_and(tokens: list[Token], at: int) -> tuple[int, bool]:
    """Past an "and" at `at`, said by a word or a clitic, and whether there was one."""
    first = _past_dash(tokens, at)
    if not is_near(tokens, first):
        return at, False
    word = tokens[first].word
    if "and" not in word.joins or tokens[first].may_count:
        return at, word.lead == "and"
    k = _past_dash(tokens, first + 1)
    if not is_near(tokens, k):
        return at, False
    half = _past_dash(tokens, k + 1)
    if tokens[k].word.is_article and is_near(tokens, half) and tokens[half].word.part:
        k = half  # and a half, a-billion-and-a-half
    return k, True


def _past_dash(tokens: list[Token], at: int) -> int:
    """`at`, or the token behind it where a hyphen glues two words there."""
    is_hyphen = is_near(tokens, at + 1) and tokens[at].is_dash
    glues = is_hyphen and tokens[at].near == tokens[at + 1].near == GLUED
    return at + 1 if glues else at
