"""Does the article say what its deal costs? What it says of other money is no figure of it.

Asked of the sum that is likeliest the deal's. It is none if the article says that the price is not
told, or if the sum is of an earlier year or of somebody whom neither title nor lead names.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import LEAD, Signs, is_past
from crawler.reading.weigh import total
from crawler.reading.weights import STATED

_STORY = 12  # sentences; further down stand other stories
_LATE = 6  # sentences: all that stand later are alike
_NEEDED = 0.2  # log odds: a sum that is none of the deal's is worse than none
_NOBODY = ("state", "place", "person")


def is_stated(scan: Scan, group: Weighed, signs: Signs, score: float) -> bool:
    """Whether `group`, the best sum with its signs and their total, is the deal's."""
    return total(stated_signs(scan, group, signs, score), STATED) > _NEEDED


def says_untold(scan: Scan) -> bool:
    """Whether title or lead say that the sum is not told: there is a deal to tell it of."""
    return any(scan.order(one) <= LEAD for one in _untold(scan))


def stated_signs(scan: Scan, group: Weighed, signs: Signs, score: float) -> Signs:
    """What speaks for and against the best sum as one that is the deal's at all."""
    own = scan.sentences[group.sum.sentence]
    untold = _untold(scan)
    names = [name for name in own.names if name.kind not in _NOBODY]
    ahead = [name for name in names if name.end <= group.start]
    known = [_is_named(scan, [*scan.head, *scan.body[:1]], name.start, name.end) for name in names]
    return {
        "bias": 1.0,
        "score": score,
        "untold": float(bool(untold)),
        "untold_ahead": float(says_untold(scan)),
        "untold_beside": float(own in untold),
        "of_others": float(bool(names) and not any(known)),
        "others_ahead": float(bool(ahead) and not any(known[: len(ahead)])),
        "past": float(is_past(scan, own)),
        "other_role": float(group.role is not None),
        "in_title": signs["in_title"],
        "told_twice": signs["told_twice"],
        "title_has_sum": float(any(one.sums for one in scan.head)),
        "order": min(_LATE, scan.order(own)) / _LATE,
    }


def _untold(scan: Scan) -> list[Sentence]:
    """The sentences that say that the deal's sum is not told."""
    return [one for one in scan.sentences[:_STORY] if one.having("money.untold")]


def _is_named(scan: Scan, sentences: Sequence[Sentence], start: int, end: int) -> bool:
    """Whether one of `sentences` has the first word of the name."""
    word = scan.folded.text[start:end].split(" ")[0]
    return any(scan.folded.text.find(word, one.start, one.end) >= 0 for one in sentences)
