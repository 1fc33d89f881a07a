"""Which sums of money does a text state, each in one wording?

No currency means no money, unless a neighbour lends one or the words beside it say that it is.
"""

from __future__ import annotations

from functools import cache, partial

from crawler.reading.lending import (
    alone,
    first_money,
    is_guess,
    lent_ahead,
    lent_by_text,
    lent_range,
)
from crawler.reading.lexicon import Lexicon
from crawler.reading.page import Page
from crawler.reading.ranges import read_range
from crawler.reading.sums import Sum, sum_at
from crawler.reading.token import Token
from crawler.reading.unnamed import implied_money, scales_of
from crawler.reading.wording import with_bound

_BRACKET_REACH = 60  # letters from a sum to its worth in another money
_TOKENS_BEFORE, _TOKENS_AFTER = 48, 64  # how far from a currency a number can be its money


def read_sums(
    text: str,
    tokens: list[Token],
    lexicon: Lexicon,
    in_title: int = 0,
    home: str | None = None,
    *,
    unnamed: bool = False,
) -> list[Sum]:
    """The sums of folded `text`, left to right.

    The first `in_title` tokens are a title about money, which may leave its currency out: it is the
    one told last, or else first behind the title, or else that of `home`. With `unnamed` the body
    may do so too, in a language that does.
    """
    page = Page(text, tokens, lexicon)
    own = lexicon.implied if unnamed else None
    home = home or (own.currency if own else None)
    ahead = cache(partial(first_money, page, in_title))
    told: Sum | None = None
    near_money = _near_money(tokens)
    near_money[:in_title] = b"\1" * in_title
    found: list[Sum] = []
    floor = at = 0  # tokens before floor belong to an earlier sum
    while at < len(tokens):
        may_be = tokens[at].may_count and near_money[at]
        first = sum_at(page, at, floor) if may_be else None
        if first is None:
            at += 1
            continue
        whole = (
            read_range(page, first)
            or lent_range(page, first, found)
            or alone(page, first, found)
            or implied_money(page, first, found)
            or lent_ahead(page, first)
            or (
                lent_by_text(page, first, told or ahead(), home)
                if at < in_title or (own and scales_of(page, first))
                else ()
            )
        )
        is_move = len(whole) > 1
        for each in whole:
            found.append(with_bound(page, each, floor, moved=is_move))
            floor = each.end + 1  # the "to" of a move is no bound of its second sum
            told = each if _may_lend(page, told, each) else told
        if whole:
            floor = at = whole[-1].end
        else:
            at = max(first.end, at + 1)
    return found


def _may_lend(page: Page, told: Sum | None, each: Sum) -> bool:
    """Whether what is told later may be of the money of `each`: no guess, no "(11.6m dollars)"."""
    if not each.scaled or each.minor or is_guess(each):
        return False
    if told is None:
        return True
    left, right = page.tokens[told.end - 1].end, page.tokens[each.start].start
    between = page.text[left : min(right, left + _BRACKET_REACH)]
    return between.count("(") <= between.count(")")


def _near_money(tokens: list[Token]) -> bytearray:
    """For each token whether a currency stands near: most numbers of a page are no money."""
    near = bytearray(len(tokens))
    done = 0
    for at, token in enumerate(tokens):
        if token.word.currency is None and not token.word.implied:
            continue
        for k in range(max(done, at - _TOKENS_BEFORE), min(len(tokens), at + _TOKENS_AFTER)):
            near[k] = 1
        done = min(len(tokens), at + _TOKENS_AFTER)
    return near
