"""Which side of a sum do its words leave open: over, up to, about?"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.reading.page import SENTENCE_END, Page
from crawler.reading.sums import Sum
from crawler.reading.token import GLUED, SPACED, is_near, is_plus, is_plus_sign

_REACH = 90  # letters between the two parts of لا يزيد … على
_WORDS_BEFORE = 4
_DENIAL_REACH = 40
_TURNED = {"floor": "ceiling", "ceiling": "floor"}
_ORIGIN_TOKENS = 12
_PHRASE_END = re.compile(r"[.;:!?]")
_PERCENT_REACH, _SHARE_REACH = 32, 14
_CHANGE_REACH, _CHANGE_TOKENS = 70, 14  # letters and tokens from a verb to its "up to"
_CLAUSE_END = re.compile(r"[.!?:;]\s")


def with_bound(page: Page, found: Sum, floor: int, *, moved: bool = False) -> Sum:
    """`found` with the side open that its words leave open; a range stays closed.

    `moved` says it is one end of a move: "from" leaves no side open there.
    """
    kinds = _before(page, found.start, floor, moved)
    if not kinds & {"floor", "ceiling"}:
        kinds |= _in_two_parts(page, found.start)
    if page.tokens[found.quantity.start].word.leads:
        kinds.add("about")  # миллионов сорок
    reached = moved and page.tokens[found.end - 1].case == "to"  # 600 milyon dolara kadar indirdi
    kinds |= set() if reached else _after(page, found.end)
    kinds |= _inside(page, found) | _within(page, found)
    found = replace(found, approximate="about" in kinds)
    if found.low != found.high:
        return found
    if "floor" in kinds:
        return replace(found, high=None)
    return replace(found, low=None) if "ceiling" in kinds else found


def _before(page: Page, start: int, floor: int, moved: bool) -> set[str]:
    tokens = page.tokens
    kinds = {tokens[start].word.bound or "about"} if tokens[start].word.bound else set()
    if tokens[start].word.mark and (inner := tokens[start + 1].word.bound):
        kinds.add(inner)  # 人民币约19.5亿元
    k, is_aside = start, False
    if not kinds and start > floor and _is_set_off(page, start - 1):
        kinds.add(tokens[start - 1].word.bound or "about")
    while k > max(floor, start - _WORDS_BEFORE, 0) and is_near(tokens, k):
        k -= 1
        word = tokens[k].word
        if word.bound and _is_arrival(page, k):
            continue
        if word.bound and _is_end_of_move(page, k, moved):
            break
        if word.bound and is_aside and not word.bounds_after:
            break  # вдвое больше — 3 млн
        if word.bound:
            kinds.add(_TURNED.get(word.bound, word.bound) if _is_denied(page, k) else word.bound)
            if word.bound != "about":
                break
        elif tokens[k].is_dash and tokens[k + 1].near == SPACED == tokens[k].near:
            is_aside = True  # максимум — 5 млн
        elif not (word.filler or word.light) and not word.is_article:
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
    percent = page.lexicon.percent
    if word.bound != "ceiling" or "to" not in word.joins or percent is None:
        return False
    start = page.tokens[at].start
    *_, phrase = _PHRASE_END.split(page.text[max(0, start - _PERCENT_REACH) : start])
    # Only right behind its share is "до" how far a sum rose where it says both.
    reach = _SHARE_REACH if page.lexicon.to_arrives else _PERCENT_REACH
    ends = [share.end() for share in percent.finditer(phrase) if len(phrase) - share.end() <= reach]
    if ends and not _says_or(page, start - len(phrase) + ends[0], at):
        return True
    return page.lexicon.to_arrives and _follows_change(page, at)


def _says_or(page: Page, since: int, at: int) -> bool:
    """Whether an "or" stands from letter `since` up to token `at`: el 4% o hasta 35 millones."""
    tokens = page.tokens[max(0, at - _ORIGIN_TOKENS) : at]
    return any("or" in token.word.joins and token.start >= since for token in tokens)


def _is_denied(page: Page, at: int) -> bool:
    """no pagará más de 40 millones: a "not" one or two words before a bound turns it round."""
    negation = page.lexicon.negation
    if negation is None or page.tokens[at].word.joins & {"to", "from"}:
        return False
    start = page.tokens[at].start
    return negation.search(page.text[max(0, start - _DENIAL_REACH) : start]) is not None


def _is_end_of_move(page: Page, at: int, moved: bool) -> bool:
    """bajó a 2.300 millones desde 2.750: an end of a move; "desde 9,99 euros" is a floor."""
    token = page.tokens[at]
    if moved and "to" in token.word.joins:
        return True  # desde los 350 hasta los 400 millones
    if "from" not in token.word.joins:
        return False
    return moved or any(
        "change" in before.word.joins
        and token.start - before.end < _REACH
        and not SENTENCE_END.search(page.text[before.end : token.start])
        for before in page.tokens[max(0, at - _ORIGIN_TOKENS) : at]
    )


def _follows_change(page: Page, at: int) -> bool:
    """Whether the clause of token `at` tells of a change before it: выросла до 5 млрд."""
    start = page.tokens[at].start
    for k in range(at - 1, max(-1, at - _CHANGE_TOKENS), -1):
        token = page.tokens[k]
        if start - token.end > _CHANGE_REACH:
            return False
        if _CLAUSE_END.search(page.text[token.end : page.tokens[k + 1].start]):
            return False  # the point of "долл." belongs to its token
        if "change" in token.word.joins:
            return True
    return False


def _after(page: Page, end: int) -> set[str]:
    tokens = page.tokens
    if is_near(tokens, end) and tokens[end].text == "+" and tokens[end].near == GLUED:
        return {"floor"}
    k = end
    is_glued = is_near(tokens, k + 1) and tokens[k].is_dash and tokens[k + 1].near == GLUED
    k += is_glued  # $100 million-plus
    kind = _kind_after(page, k) if is_near(tokens, k) else None
    # "90 million euros plus bonuses" adds something, "90 million-plus" does not.
    if kind is None or (tokens[k].word.weak and not is_glued):
        return set()
    return {kind}


def _kind_after(page: Page, at: int) -> str | None:
    """What the token at `at` says of the sum before it, in its case: dolardan fazla."""
    word = page.tokens[at].word
    return dict(word.bound_cases).get(page.tokens[at - 1].case or "", word.bound_after)


def _inside(page: Page, found: Sum) -> set[str]:
    """$60-plus billion, 5 с лишним млрд: what stands between a number and its scale."""
    pieces = page.tokens[found.quantity.start + 1 : found.quantity.end - 1]
    kinds = {"floor" if is_plus(each) else each.word.bound_after for each in pieces}
    return {kind for kind in kinds if kind}


def _within(page: Page, found: Sum) -> set[str]:
    """100 milioni circa di euro: a bound between number and money; 三百多元 only rounds."""
    inner = range(found.quantity.end, found.end)
    kinds = {_kind_after(page, k) for k in inner if not page.tokens[k].word.filler}
    kinds |= {"floor" for k in inner if is_plus_sign(page.tokens[k])}
    return {kind for kind in kinds if kind}


def _in_two_parts(page: Page, start: int) -> set[str]:
    """لا يزيد رأس المال على 100 مليار: the subject stands between the parts of the bound."""
    tokens = page.tokens
    if start == 0 or not page.lexicon.apart or not is_near(tokens, start):
        return set()
    k = start - 1
    while k and tokens[k].word.filler and is_near(tokens, k):
        k -= 1  # حاجز الـ65 ألف
    befores = {token.text: token for token in tokens[k:start]}
    for kind, first, last in page.lexicon.apart:
        before = befores.get(last)
        if before is None:
            continue
        window = page.text[max(0, before.start - _REACH) : before.start]
        at = window.rfind(f"{first} ")
        if at >= 0 and not SENTENCE_END.search(window[at:]):
            return {kind}
    return set()
