"""Which side of a sum do its words leave open: over, up to, about?"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.reading.ranges import SENTENCE_END
from crawler.reading.sums import Page, Sum
from crawler.reading.tokens import GLUED, is_near

_REACH = 90  # letters between the two parts of لا يزيد … على
_WORDS_BEFORE = 4
_PERCENT = re.compile(r"(?:%|\bpor cien\w+|\bpor cento|\bpour cent)[^.;:!?]*\Z")
_PERCENT_REACH = 32


def with_bound(page: Page, found: Sum, floor: int) -> Sum:
    """`found` with the side open that its words leave open; a range stays closed."""
    kinds = _before(page, found.start, floor)
    if not kinds & {"floor", "ceiling"}:
        kinds |= _in_two_parts(page, found.start)
    kinds |= _after(page, found.end)
    found = replace(found, approximate="about" in kinds)
    if found.low != found.high:
        return found
    if "floor" in kinds:
        return replace(found, high=None)
    return replace(found, low=None) if "ceiling" in kinds else found


def _before(page: Page, start: int, floor: int) -> set[str]:
    tokens = page.tokens
    kinds = {tokens[start].word.bound or "about"} if tokens[start].word.bound else set()
    if tokens[start].word.mark and (inner := tokens[start + 1].word.bound):
        kinds.add(inner)  # 人民币约19.5亿元
    k = start
    if not kinds and start > floor and _is_set_off(page, start - 1):
        kinds.add(tokens[start - 1].word.bound or "about")
    while k > max(floor, start - _WORDS_BEFORE, 0) and is_near(tokens, k):
        k -= 1
        word = tokens[k].word
        if word.bound and _is_arrival(page, k):
            break
        if word.bound:
            kinds.add(word.bound)
            if word.bound != "about":
                break
        elif not word.filler and not (word.weak and word.number == 1):
            break
    return kinds


def _is_set_off(page: Page, at: int) -> bool:
    """Necesitamos, como mínimo, 80 millones: a bound between two commas."""
    token = page.tokens[at]
    if not token.word.bound or not page.text.startswith(", ", token.end):
        return False
    after = page.tokens[at + 1].start
    return after == token.end + 2 and page.text[max(0, token.start - 2) : token.start] == ", "


def _is_arrival(page: Page, at: int) -> bool:
    """un 65% más, hasta 31.910 millones: how far a sum rose, not how far it may."""
    word = page.tokens[at].word
    if word.bound != "ceiling" or "to" not in word.joins:
        return False
    start = page.tokens[at].start
    return _PERCENT.search(page.text[max(0, start - _PERCENT_REACH) : start]) is not None


def _after(page: Page, end: int) -> set[str]:
    tokens = page.tokens
    if is_near(tokens, end) and tokens[end].text == "+" and tokens[end].near == GLUED:
        return {"floor"}
    k = end
    if is_near(tokens, k + 1) and tokens[k].is_dash and tokens[k + 1].near == GLUED:
        k += 1  # $100 million-plus
    kind = tokens[k].word.bound_after if is_near(tokens, k) else None
    return {kind} if kind else set()


def _in_two_parts(page: Page, start: int) -> set[str]:
    """لا يزيد رأس المال على 100 مليار: the subject stands between the parts of the bound."""
    tokens = page.tokens
    if start == 0 or not page.lexicon.apart or not is_near(tokens, start):
        return set()
    before = tokens[start - 1]
    for kind, first, last in page.lexicon.apart:
        if before.text != last:
            continue
        window = page.text[max(0, before.start - _REACH) : before.start]
        at = window.rfind(f"{first} ")
        if at >= 0 and not SENTENCE_END.search(window[at:]):
            return {kind}
    return set()
