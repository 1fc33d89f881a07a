"""Do two sums make a range, or a move from one to the other?

"between 60 and 65 billion dollars" is one figure; "rose from 38 to 60 billion" is two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from crawler.reading.page import SENTENCE_END, Page
from crawler.reading.sums import Sum, agree, sum_at
from crawler.reading.token import GLUED, SPACED, Token, is_near

_CHANGE_REACH = 90  # letters before a sum in which a verb of change speaks of it
_CHANGE_TOKENS = 14
_SMALL_SCALES = (Decimal(1000), Decimal(100_000))  # they may count a larger one: lakh crore
_NAMED_SPREAD = 20  # iPhone 17 a 979 euro: so wide a range behind a name is none
_VERB_REACH = 10  # letters from the second sum to its verb


@dataclass(slots=True, frozen=True)
class _Joint:
    role: str  # to, or, and, case
    after: int  # token where the second sum may begin
    is_dash: bool = False
    awaits_between: bool = False  # joins only where "between" stands behind the second sum
    is_from: bool = False  # 60 से बढ़ाकर 65: one word for "from" and the verb


def read_range(page: Page, first: Sum) -> tuple[Sum, ...]:
    """The range that `first` begins, as one sum; the two sums of a move; () for neither."""
    between = page.role_before(first.start, "between")
    joint = _joint_after(page.tokens, first.end, between=between) or _spread_after(page, first)
    second = second_sum(page, joint.after) if joint is not None else None
    if joint is None or second is None or not agree(first, second):
        return ()
    if page.tokens[first.quantity.start].word.leads:
        second = _led(first, second)
    if joint.role == "against":
        return _compared(first, second)
    is_framed = _says(page, second.end, "between_after")
    is_spread = _is_spread(page, first.start, joint.after)
    if joint.awaits_between and not (is_framed or (is_spread and first.currency is None)):
        return ()
    between = between or is_framed or is_spread
    if not joint.is_dash and _is_count_after(page, first, second):
        return ()
    name = second.currency or first.currency
    country = second.country or first.country
    low = _low_end(page, first, second, named=bool(first.currency) or not joint.is_dash)
    if joint.role == "case" and not _is_reached(page, second.end):
        return ()
    if joint.role == "moves" and not _is_told_move(page, first, second, joint):
        return ()
    may_move = joint.role in ("to", "moves", "case") and not joint.is_dash
    may_move = may_move and not between and not is_framed
    if may_move and _is_move(page, first, second, joint):
        if low is None or (second.quantity.scale == 1 < first.quantity.scale):
            return ()
        if first.currency is None and first.quantity.scale == 1:
            low = first.quantity.value * second.quantity.scale  # cut from 60 to 38 billion
        return (
            replace(first, low=low, high=low, currency=name, country=country),
            replace(second, currency=name, country=country),
        )
    high = second.high
    if low is None or high is None or low >= high:
        return ()
    if high > _NAMED_SPREAD * low and _is_named(page, first):
        return ()
    if joint.role == "or" and (high > 2 * low or (first.currency and not second.currency)):
        return ()
    return (replace(second, start=first.start, low=low, currency=name, country=country),)


def _is_named(page: Page, first: Sum) -> bool:
    """Whether a bare number follows a word that says nothing of money: a Fiat 500, an iPhone 17."""
    token = page.tokens[first.start]
    is_bare = first.currency is None and first.quantity.scale == 1
    if not is_bare or is_near(page.tokens, first.start):
        return False
    return page.text[max(0, token.start - 2) : token.start].rstrip(" ")[-1:].isalnum()


def _led(first: Sum, second: Sum) -> Sum:
    """`second` of миллионов пять-семь, which the scale before the first number also leads."""
    if second.quantity.scale > 1 or second.high is None or second.high < first.quantity.coefficient:
        return second
    value = second.high * first.quantity.scale
    quantity = replace(second.quantity, value=value, scale=first.quantity.scale)
    return replace(second, low=value, high=value, quantity=quantity)


def _compared(first: Sum, second: Sum) -> tuple[Sum, ...]:
    """63 statt 58 Euro, 3,2 contre 2,8 milliards d'euros: two sums of one money and scale."""
    value = first.quantity.value
    is_year = first.quantity.scale == 1 and 1900 <= value <= 2100
    if first.currency is not None or second.currency is None or is_year:
        return ()
    if first.quantity.scale == 1:
        value *= second.quantity.scale
    return (
        replace(first, low=value, high=value, currency=second.currency, country=second.country),
        second,
    )


def second_sum(page: Page, at: int) -> Sum | None:
    """The second sum of a pair, past "as much as", "nearly" and its own currency sign."""
    tokens = page.tokens
    k = at
    while k < at + 3 and is_near(tokens, k) and _is_skipped(tokens[k], first=k == at):
        k += 1
    if not is_near(tokens, k):
        return None
    if tokens[k].word.mark and not tokens[k].may_count and is_near(tokens, k + 1):
        found = sum_at(page, k + 1, k)
        return found if found is not None and found.start == k else None
    return sum_at(page, k, k)


def _is_skipped(token: Token, *, first: bool) -> bool:
    word = token.word
    if token.may_count or word.currency:
        return False
    return token.is_dash or bool(word.bound) or word.filler or ("to" in word.joins and not first)


def _joint_after(tokens: list[Token], at: int, *, between: bool) -> _Joint | None:
    """The joint at token `at`; "and" joins only where "between" is said."""
    if not is_near(tokens, at):
        return None
    token = tokens[at]
    if token.is_dash:
        if not is_near(tokens, at + 1):
            return None
        following = tokens[at + 1]
        if "to" in following.word.joins and following.near == GLUED:
            return _Joint("to", at + 2)  # $20-to-$25-million
        if token.near == SPACED and _is_aside(tokens[at - 1], following):
            return None
        return _Joint("to", at + 1, is_dash=True)
    if "moves_from" in token.word.joins:
        return _Joint("moves", at + 1, is_from=True)
    for role in ("moves", "against", "to", "or", "and", "pair"):
        if role in token.word.joins and not (role == "moves" and between):
            awaits = role in ("and", "pair") and not between
            return _Joint(role, at + 1, awaits_between=awaits)
    case = tokens[at - 1].case
    if case == "from":
        return _Joint("case", at)
    if case == "and":
        return _Joint("and", at, awaits_between=not between)
    lead = token.word.lead
    if lead == "moves":
        return _Joint("to" if between else lead, at)
    if lead == "to" or (lead == "and" and between):
        return _Joint(lead, at)
    return None


def _is_aside(before: Token, after: Token) -> bool:
    """Whether a spaced dash only sets off: на 3 млрд — до 65 млрд; цена одного — 35 тыс. рублей."""
    by_word = before.word.number is not None and before.digits is None
    return "to" in after.word.joins or (by_word and after.digits is not None)


def _is_count_after(page: Page, first: Sum, second: Sum) -> bool:
    """500 euros a 2.000 familias: money told whole, and a number of something else."""
    told_whole = first.currency is not None and first.end > first.quantity.end
    counts = second.currency is None and not second.scaled
    return told_whole and counts and not page.is_closed(second.end)


def _low_end(page: Page, first: Sum, second: Sum, *, named: bool) -> Decimal | None:
    """The low end; the second's scale is shared only if the first number is not larger."""
    low, scale = first.low, second.quantity.scale
    own = first.quantity.scale
    if low is not None and first.currency is None and own in _SMALL_SCALES:
        shared = low * scale / own
        shares = _counts_by(page, second, own) and shared <= (second.low or 0)
        return shared if shares else low
    if low is None or own > 1:
        return low
    low *= _hundreds(page, first, second)
    if scale == 1:
        return low
    if low <= second.quantity.coefficient:
        return low * scale
    is_year = 1900 <= low <= 2100 and first.currency is None
    return low if named and not is_year else None


def _spread_after(page: Page, first: Sum) -> _Joint | None:
    """en az 5 en fazla 10 milyon: where a ceiling follows a floor at once."""
    if first.currency is not None or not is_near(page.tokens, first.end):
        return None
    if not _is_spread(page, first.start, first.end):
        return None
    return _Joint("to", first.end)


def _says(page: Page, at: int, role: str) -> bool:
    return is_near(page.tokens, at) and role in page.tokens[at].word.joins


def _is_spread(page: Page, start: int, at: int) -> bool:
    """최소 4천만에서 최대 5천만 유로로, minst 5 och högst 10 miljoner: a floor, then a ceiling."""
    if start == 0 or not is_near(page.tokens, start):
        return False
    floor, ceiling = page.tokens[start - 1].word.bound, page.tokens[at].word.bound
    return floor == "floor" and ceiling == "ceiling"


def _is_reached(page: Page, end: int) -> bool:
    """Whether the sum that ends at `end` is where a move leads: 65'e, 65 milyarın altına."""
    case = page.tokens[end - 1].case
    return case == "to" or (case == "of" and page.is_bounded(end))


def _is_up_to(page: Page, end: int) -> bool:
    """Whether "up to" follows the sum that ends at `end`: 65 milyar dolara kadar."""
    tokens = page.tokens
    if not is_near(tokens, end) or tokens[end - 1].case != "to":
        return False
    return ("to", "ceiling") in tokens[end].word.bound_cases


def _hundreds(page: Page, first: Sum, second: Sum) -> int:
    """100 where a small number shares the hundred behind the second: चार-पांच सौ करोड़."""
    at = second.quantity.start
    number = page.tokens[at].word.number
    if number is None or first.currency is not None or not is_near(page.tokens, at + 1):
        return 1
    shares = page.tokens[at + 1].word.scale == 100 and first.quantity.value < number
    return 100 if shares else 1


def _counts_by(page: Page, found: Sum, scale: Decimal) -> bool:
    """cinco mil millones: a thousand said before a larger scale, which "mil y" may share."""
    tokens = page.tokens[found.start : found.end]
    scales = [token.word.scale for token in tokens if token.word.scale is not None]
    return len(scales) > 1 and scales[0] == scale < scales[1]


def _is_told_move(page: Page, first: Sum, second: Sum, joint: _Joint) -> bool:
    """Whether the second sum is money by itself: no people after "12 million dollars to 3"."""
    is_led = page.role_before(first.start, "from") or page.role_before(first.start, "by")
    is_led = is_led or joint.is_from
    if second.currency is None:
        return is_led and (second.scaled or page.is_closed(second.end))
    return first.currency is not None or first.scaled or is_led


def _is_move(page: Page, first: Sum, second: Sum, joint: _Joint) -> bool:
    """Whether a verb says that a sum rose or fell from the first to the second."""
    tokens = page.tokens
    if joint.role == "moves":
        return True
    if joint.role == "case":
        return not _is_up_to(page, second.end) or _verb_follows(page, second.end)
    is_target = page.role_before(first.start, "moves_from")  # 38 से बढ़ाकर 60 से 65 अरब किया
    if page.lexicon.verbs_last and not is_target and _verb_follows(page, second.end):
        return True
    if page.lexicon.spaced:
        return False
    if page.role_before(first.start, "leaves"):
        return True
    both = first.currency is not None and second.currency is not None
    if any(token.word.bound == "floor" for token in tokens[joint.after : second.start]):
        return True  # from 33 to more than 128 billion
    if _is_step(page, first, second):
        return True
    if not (both or page.role_before(first.start, "from") or _is_by(page, first, second)):
        return False
    if page.role_before(first.start, "to"):
        return False  # "raised it to $66 billion to $72 billion"
    reach = tokens[first.start].start - _CHANGE_REACH
    for k in range(first.start - 1, max(-1, first.start - _CHANGE_TOKENS), -1):
        if tokens[k].start < reach:
            return False
        if "change" in tokens[k].word.joins:
            return not SENTENCE_END.search(page.text[tokens[k].end : tokens[first.start].start])
    return False


def _is_step(page: Page, first: Sum, second: Sum) -> bool:
    """增加3亿至28亿元: right behind its verb the first sum is the step, the second where it led."""
    token = page.tokens[first.start]
    if not page.lexicon.step_first or first.start == 0 or token.near != GLUED or not first.scaled:
        return False
    if first.low is None or second.high is None or second.high < 3 * first.low:
        return False
    return "change" in page.tokens[first.start - 1].word.joins


def _is_by(page: Page, first: Sum, second: Sum) -> bool:
    """höjs med 26 miljarder till 175 miljarder: by how much, and to what; no range so wide."""
    if not (first.scaled and second.scaled and page.role_before(first.start, "by")):
        return False
    return first.low is not None and second.high is not None and second.high >= 3 * first.low


def _verb_follows(page: Page, at: int) -> bool:
    """60億円から65億円に引き上げる: the verb behind the second sum, with no number between."""
    end = page.tokens[at - 1].end
    for token in page.tokens[at : at + 4]:
        if token.start - end > _VERB_REACH or token.digits is not None:
            return False
        if not page.lexicon.myriad and not is_near(page.tokens, at):
            return False  # 60 से 65 करोड़ खर्च किया is a range
        if "change" in token.word.joins:
            return not SENTENCE_END.search(page.text[end : token.start])
    return False
