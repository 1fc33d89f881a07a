"""Does a sum rise or fall from the first to the second, or are they a range?"""

from __future__ import annotations

from crawler.reading.joints import Joint
from crawler.reading.page import SENTENCE_END, Page
from crawler.reading.sums import Sum
from crawler.reading.token import GLUED, is_near

_CHANGE_REACH = 90  # letters before a sum in which a verb of change speaks of it
_CHANGE_TOKENS = 14
_VERB_REACH = 10  # letters from the second sum to its verb


def is_told_move(page: Page, first: Sum, second: Sum, joint: Joint) -> bool:
    """Whether the second sum is money by itself: no people after "12 million dollars to 3"."""
    is_led = page.role_before(first.start, "from") or page.role_before(first.start, "by")
    is_led = is_led or joint.is_from
    if second.currency is None:
        return is_led and (second.scaled or page.is_closed(second.end))
    return first.currency is not None or first.scaled or is_led


def is_reached(page: Page, end: int) -> bool:
    """Whether the sum that ends at `end` is where a move leads: 65'e, 65 milyarın altına."""
    case = page.tokens[end - 1].case
    return case == "to" or (case == "of" and page.is_bounded(end))


def is_move(page: Page, first: Sum, second: Sum, joint: Joint) -> bool:
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


def _is_up_to(page: Page, end: int) -> bool:
    """Whether "up to" follows the sum that ends at `end`: 65 milyar dolara kadar."""
    tokens = page.tokens
    if not is_near(tokens, end) or tokens[end - 1].case != "to":
        return False
    return ("to", "ceiling") in tokens[end].word.bound_cases


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
