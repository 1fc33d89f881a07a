"""What joins a sum to the next: to, or, and, a dash, a case ending?"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.reading.page import Page
from crawler.reading.sums import Sum
from crawler.reading.token import GLUED, SPACED, Token, is_near


@dataclass(slots=True, frozen=True)
class Joint:
    """What stands between two sums and makes them one phrase."""

    role: str  # to, or, and, case
    after: int  # token where the second sum may begin
    is_dash: bool = False
    awaits_between: bool = False  # joins only where "between" stands behind the second sum
    is_from: bool = False  # 60 से बढ़ाकर 65: one word for "from" and the verb


def joint_after(tokens: list[Token], at: int, *, between: bool) -> Joint | None:
    """The joint at token `at`; "and" joins only where "between" is said."""
    if not is_near(tokens, at):
        return None
    token = tokens[at]
    if token.is_dash:
        if not is_near(tokens, at + 1):
            return None
        following = tokens[at + 1]
        if "to" in following.word.joins and following.near == GLUED:
            return Joint("to", at + 2)  # $20-to-$25-million
        if token.near == SPACED and _is_aside(tokens[at - 1], following):
            return None
        return Joint("to", at + 1, is_dash=True)
    if "moves_from" in token.word.joins:
        return Joint("moves", at + 1, is_from=True)
    for role in ("moves", "against", "to", "or", "and", "pair"):
        if role in token.word.joins and not (role == "moves" and between):
            awaits = role in ("and", "pair") and not between
            return Joint(role, at + 1, awaits_between=awaits)
    case = tokens[at - 1].case
    if case == "from":
        return Joint("case", at)
    if case == "and":
        return Joint("and", at, awaits_between=not between)
    lead = token.word.lead
    if lead == "moves":
        return Joint("to" if between else lead, at)
    if lead == "to" or (lead == "and" and between):
        return Joint(lead, at)
    return None


def _is_aside(before: Token, after: Token) -> bool:
    """Whether a spaced dash only sets off: на 3 млрд — до 65 млрд; цена одного — 35 тыс. рублей."""
    by_word = before.word.number is not None and before.digits is None
    return "to" in after.word.joins or (by_word and after.digits is not None)


def spread_after(page: Page, first: Sum) -> Joint | None:
    """en az 5 en fazla 10 milyon: where a ceiling follows a floor at once."""
    if first.currency is not None or not is_near(page.tokens, first.end):
        return None
    if not is_spread(page, first.start, first.end):
        return None
    return Joint("to", first.end)


def says(page: Page, at: int, role: str) -> bool:
    """Whether the token at `at`, right behind the one before, is a joint of `role`."""
    return is_near(page.tokens, at) and role in page.tokens[at].word.joins


def is_spread(page: Page, start: int, at: int) -> bool:
    """최소 4천만에서 최대 5천만 유로로, minst 5 och högst 10 miljoner: a floor, then a ceiling."""
    if start == 0 or not is_near(page.tokens, start):
        return False
    floor, ceiling = page.tokens[start - 1].word.bound, page.tokens[at].word.bound
    return floor == "floor" and ceiling == "ceiling"
