"""Which sum is the article about, which kind of deal is it, and how far has it come?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.model import Figure, Role, Stage
from crawler.reading.kinds import kind_signs
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import Signs, figure_signs
from crawler.reading.stated import is_stated
from crawler.reading.weigh import loudest, shown, total
from crawler.reading.weights import KIND, NO_SUM, STAGE, SUM

_NO_SCORE = -5.0  # an article without a sum
_FLATTER = 0.6
_LEAST_SHARE = 0.05  # of a kind that is thought of
_BESIDE_DEAL = 0.5  # what words for a deal say of a sum that stands near them
_ROUNDED = 10  # near a billion: 925.6 million
_NEAR_ENOUGH = 2  # hundredths by which a rounded title may differ from the body


@dataclass(frozen=True, slots=True)
class Headline:
    """The sum of the deal that the article is about, at its sentence; None: not stated."""

    sentence: Sentence | None
    group: Weighed | None
    signs: Signs  # that speak for each kind
    likely: tuple[tuple[Role, float], ...]  # kinds that it may be, likeliest first, with shares
    why: tuple[tuple[str, float], ...] = ()  # the signs that said most for the sum
    score: float = _NO_SCORE  # of the best sum, also of one too weak to be the deal's
    best_sentence: Sentence | None = None  # where the best sum stands
    has_sum: bool = False  # whether the article has a sum such as deals have, the deal's or not

    @property
    def kind(self) -> Role:
        return self.likely[0][0]


def choose_headline(scan: Scan, weighed: Mapping[int, Sequence[Weighed]]) -> Headline:
    """The sum with the most signs for it, worded as exactly as the article words it."""
    scored = [(total(signs, SUM), group, signs) for group, signs in score_sums(scan, weighed)]
    best = max(scored, key=lambda one: one[0], default=None)
    if best is None:
        return _untold(scan)
    score, group, signs = best
    has_sum = score >= NO_SUM and not _is_no_deals(group, scored)
    if not (has_sum and is_stated(scan, group, signs, score)):
        at = scan.sentences[group.sum.sentence]
        return replace(_untold(scan), score=score, best_sentence=at, has_sum=has_sum)
    group = _most_exact(group, [one for other, one, _ in scored if other > NO_SUM - 1])
    sentence = scan.sentences[group.sum.sentence]
    of_kinds = kind_signs(scan, sentence, group)
    why = tuple(loudest(signs, SUM))
    likely = likely_kinds(of_kinds)
    return Headline(sentence, group, of_kinds, likely, why, score, sentence, has_sum)


def _untold(scan: Scan) -> Headline:
    """A deal without a stated sum."""
    signs = kind_signs(scan, None, None)
    return Headline(None, None, signs, likely_kinds(signs))


def with_words(headline: Headline, said: Signs) -> Headline:
    """`headline` with the kind that its signs and what the words say speak for together."""
    return replace(headline, likely=likely_kinds({**headline.signs, **said}))


def score_sums(scan: Scan, weighed: Mapping[int, Sequence[Weighed]]) -> list[tuple[Weighed, Signs]]:
    """Every sum of the article with its signs, in text order."""
    everything = [group for number in sorted(weighed) for group in weighed[number]]
    return [
        (group, figure_signs(scan, scan.sentences[group.sum.sentence], group, everything))
        for group in everything
    ]


def likely_kinds(signs: Signs) -> tuple[tuple[Role, float], ...]:
    """The kinds of deal for which the words around it speak, likeliest first, with their shares.

    Shares are flatter than the weights say, which know their own stories best.
    """
    signs = shown(signs)
    said = {name: total(signs, KIND[name]) for name in KIND}
    top = max(said.values())
    raised = {name: math.exp(_FLATTER * (score - top)) for name, score in said.items()}
    least = _LEAST_SHARE * sum(raised.values())
    kept = sorted((name for name in raised if raised[name] >= least), key=lambda n: -raised[n])
    whole = sum(raised[name] for name in kept)
    return tuple((Role(name), raised[name] / whole) for name in kept)


def choose_stage(signs: Signs, kind: Role) -> Stage:
    """How far the deal has come, by the words around it and what is usual for its kind."""
    with_kind = {**shown(signs), f"is.{kind}": 1.0}
    return Stage(max(STAGE, key=lambda name: total(with_kind, STAGE[name])))


def _is_no_deals(chosen: Weighed, scored: Sequence[tuple[float, Weighed, Signs]]) -> bool:
    """Whether the sum is a company's worth or old money, with no word for a deal beside it."""
    same = [group for _, group, _ in scored if words_same_sum(chosen, group)]
    named = any(group.role in (Role.VALUATION, Role.PAST) for group in same)
    return named and all(group.deal < _BESIDE_DEAL for group in same)


def _most_exact(chosen: Weighed, groups: Sequence[Weighed]) -> Weighed:
    """The range that holds the chosen number, or the unrounded number, if the body has it."""
    if chosen.sum.figure.assumed:  # a title rounds and leaves the currency out
        chosen = next((group for group in groups if _names(group, chosen)), chosen)
    exact = [
        group
        for group in groups
        if group is not chosen and group.role is None and words_same_sum(chosen, group)
    ]
    ranges = [group for group in exact if _is_range(group.sum.figure)]
    if ranges and not _is_range(chosen.sum.figure):
        return ranges[0]
    careful = [group for group in exact if _is_open(group.sum.figure)]
    if careful and chosen.sum.sentence == 0 and not _is_open(chosen.sum.figure):
        return careful[0]  # a title rounds "more than 60bn" to 60bn; the text is careful
    finer = [g for g in exact if _digits(g.sum.figure) > _digits(chosen.sum.figure)]
    if finer and not _is_range(chosen.sum.figure):
        return finer[0]
    abroad = [
        g for g in exact if g.restated and g.sum.figure.currency != chosen.sum.figure.currency
    ]
    return abroad[0] if abroad else chosen


def _names(group: Weighed, chosen: Weighed) -> bool:
    """Whether `group` is the sum `chosen`, or what was rounded to it, and names its currency."""
    told, assumed = group.sum.figure, chosen.sum.figure
    if group.role is not None or told.assumed or told.currency != assumed.currency:
        return False
    return all(abs(a - b) * _ROUNDED <= b for a, b in zip(_ends(told), _ends(assumed), strict=True))


def words_same_sum(one: Weighed, other: Weighed) -> bool:
    """Whether two places word one sum: equal, rounded, an end of a range, or restated."""
    return any(
        _agree(a.figure, b.figure)
        for a in (one.sum, *one.restated)
        for b in (other.sum, *other.restated)
    )


def _agree(a: Figure, b: Figure) -> bool:
    if a.currency != b.currency:
        return False
    a_low, a_high = _ends(a)
    b_low, b_high = _ends(b)
    inside = _within(a_low, b_low, b_high) and _within(a_high, b_low, b_high)
    return inside or (_within(b_low, a_low, a_high) and _within(b_high, a_low, a_high))


def _ends(figure: Figure) -> tuple[int, int]:
    high = figure.high if figure.high is not None else figure.least
    return int(figure.least), int(high)


def _within(value: int, low: int, high: int) -> bool:
    slack = max(low, high) * _NEAR_ENOUGH
    return low * 100 - slack <= value * 100 <= high * 100 + slack


def _is_range(figure: Figure) -> bool:
    return figure.low is not None and figure.high is not None and figure.low != figure.high


def _is_open(figure: Figure) -> bool:
    return figure.low is None or figure.high is None


def _digits(figure: Figure) -> int:
    return len(f"{figure.least:f}".split(".")[0].rstrip("0"))
