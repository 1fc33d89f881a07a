"""How does a name stand in the text: beside which words, before which sum?"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from crawler.reading.around import around_signs
from crawler.reading.candidates import Candidate, marks_beside
from crawler.reading.capitals import stands_inside, stands_small
from crawler.reading.names import Name
from crawler.reading.scan import Scan, Sentence, Sum
from crawler.reading.signs import Signs
from crawler.reading.strangers import LOOKED_AT
from crawler.reading.words import Hit

_NEAR = 70
_CLOSE = 5
_NEAR_SUM = 30
_SMALL_END = re.compile("[\u3041-\u3096]$")  # of a verb or particle: 割り, 数える
_HEAD = re.compile(r" ?[:.—–(/]|, [^\W\d_]{3,9}\.? \d| -")  # behind a dateline: SYDNEY, March 19
_NUMBERED = re.compile(r"(?:^| )(?:[IVX]{1,4}|\d{1,3})$")  # the second fund of a house: Farol II
_SAME_START = 6  # words of the lexicon that begin at one letter
_ASIDE = frozenset({"is.rival", "is.product"})
_VERB_FIRST = frozenset({"ar", "he"})
_ORDERED = ("raise", "acquire", "give", "lead", "debt", "grant", "fund")  # whose sides change
_GIVING = ("deal.invest", "deal.spend", "deal.capex", "deal.programme", "deal.launch_fund")


def standing_signs(scan: Scan, candidates: Sequence[Candidate], own: Sum | None) -> list[Signs]:
    """How each of `candidates` stands in the text, whatever kind of deal it tells.

    `own`: the deal's sum.
    """
    told = scan.folded.text[:LOOKED_AT]
    mentions = [max(1, told.count(_shortest(scan, one))) for one in candidates]
    most = max(mentions, default=0)
    return [
        {
            **_signs_of_name(scan, one),
            **_signs_of_places(scan, one, own),
            **around_signs(scan, one),
            "mentions": math.log(count),
            "most": float(count == most > 1),
        }
        for one, count in zip(candidates, mentions, strict=True)
    ]


def with_sides(
    standing: Sequence[Signs],
    candidates: Sequence[Candidate],
    pointed: Name | None,
    givers: Sequence[Name],
) -> list[Signs]:
    """How they stand, and who gets and who gives by the grammar of the verbs."""
    return [
        {
            **signs,
            "verbs_point": float(pointed is not None and one.is_meant(pointed)),
            "gives": float(any(one.is_meant(giver) for giver in givers)),
        }
        for signs, one in zip(standing, candidates, strict=True)
    ]


def _shortest(scan: Scan, one: Candidate) -> str:
    """The shortest form in which the candidate is named."""
    return min((scan.folded.text[start:end] for _, start, end in one.places), key=len)


def _signs_of_name(scan: Scan, candidate: Candidate) -> Signs:
    name = candidate.name
    folded = scan.folded.text[name.start : name.end]
    words = folded.split()
    kind = name.kind or "unknown"
    if name.id is None and _is_place(scan, name):
        kind = "place"
    if kind == "place" and _is_of_kind(scan, candidate):
        kind = "unknown"
    signs: Signs = {
        f"kind.{kind}": 1.0,
        "is_place": float(kind in ("place", "state")),
        "words": min(4, len(words)) / 4,
        "quoted": float(_is_quoted(scan, name)),
        "long": float(len(folded) > 28),
        "everyday_words": sum(word in scan.generic for word in words) / max(1, len(words)),
        "in_use": scan.likeness.everyday(name.text, scan.language) if name.id is None else 0.0,
        "ends_small": float(_SMALL_END.search(folded) is not None),
    }
    if name.id is None:
        signs |= {
            "numbered": float(_NUMBERED.search(name.text) is not None),
            "is_city": float(scan.places.city(folded) is not None),
            "hyphen": float("-" in folded[1:-1]),
            "acronym": float(len(folded) < 5 and name.text.isupper()),
            "camel": float(any(c.isupper() for c in name.text[1:]) and not name.text.isupper()),
            "common_too": float(stands_small(_body(scan), name.text)),
            "only_opens": float(len(words) == 1 and _only_opens(scan, name)),
        }
        said = scan.marks.before.get(words[0], ()) if len(words) > 1 else ()
        for mark in (*said, *scan.marks.after.get(words[-1], ())):
            signs[f"holds.{mark}"] = 1.0
    return signs


def _is_place(scan: Scan, name: Name) -> bool:
    """Whether the name is a place of the lexicon and nothing more."""
    at = bisect_left(scan.hits, name.start, key=lambda hit: hit.start)
    near = scan.hits[at : at + _SAME_START]
    return any(
        hit.key == "place.name"
        and hit.start == name.start
        and (hit.end == name.end or scan.folded.text[hit.end : name.end].isalpha())
        for hit in near
    )


def _is_of_kind(scan: Scan, candidate: Candidate) -> bool:
    """Whether a word for a house stands right before the place: جامعة نزوى, University of Leeds."""
    return any("is.kind" in _beside(scan, *place) for place in candidate.places)


def _only_opens(scan: Scan, name: Name) -> bool:
    """Whether the word has its capital only where every first word of a sentence has one."""
    if not name.text[:1].isupper() or _body(scan).startswith(name.text):
        return False
    return not stands_inside(_body(scan), name.text)


def _body(scan: Scan) -> str:
    return scan.folded.original[:LOOKED_AT]


def _signs_of_places(scan: Scan, candidate: Candidate, own: Sum | None) -> Signs:
    signs: Signs = {}
    titles = [sentence.is_title for sentence, _, _ in candidate.places]
    if any(titles):
        signs["title_only" if all(titles) else "title_and_text"] = 1.0
    for sentence, start, end in candidate.places:
        where = "title" if sentence.is_title else f"body{min(3, scan.order(sentence))}"
        signs[f"in.{where}"] = 1.0
        beside = [*_beside(scan, sentence, start, end)]
        aside = bool(_ASIDE.intersection(beside))  # the maker of X raises: not X does
        signs.update({key: 1.0 for key in beside if not (aside and key.startswith("is.gets"))})
        if aside:
            continue  # the verbs around it are another's
        signs.update(dict.fromkeys(_position(scan, sentence, start, end, where), 1.0))
        if own is not None and abs(sentence.number - own.sentence) == 1:
            signs["beside_own"] = 1.0
        if own is not None and sentence.number == own.sentence:
            signs["in.own"] = 1.0
            signs["before_own" if end <= own.start else "after_own"] = 1.0
            if 0 <= own.start - end <= _NEAR_SUM or 0 <= start - own.end <= _NEAR_SUM:
                signs["near_own"] = 1.0
    return signs


def is_aside(scan: Scan, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the name only tells whose rival, maker or parent another one is."""
    return bool(_ASIDE.intersection(_beside(scan, sentence, start, end)))


def _beside(scan: Scan, sentence: Sentence, start: int, end: int) -> Iterator[str]:
    """What the words beside a name say, and its case."""
    for mark in marks_beside(scan, sentence, start, end):
        yield f"is.{mark}"
        yield f"is.{mark}.{'title' if sentence.is_title else 'body'}"
    for name in sentence.names:
        if name.start == start and name.case is not None:
            yield f"is.{name.case}"


def _position(scan: Scan, sentence: Sentence, start: int, end: int, where: str) -> Iterator[str]:
    starts = [name.start for name in sentence.names]
    earlier = sum(at < start for at in starts)
    if earlier < 2:
        yield f"{('first', 'second')[earlier]}.{where}"
    if start - sentence.start <= 2 and _HEAD.match(scan.folded.text, end):
        yield "heads.title" if sentence.is_title else "heads.body"
    if starts and start >= starts[-1]:
        yield f"last.{where}"
    if any(0 <= start - n.end <= 2 or 0 <= n.start - end <= 2 for n in sentence.names):
        yield "listed"
    if start - sentence.start <= 2:
        yield f"opens.{where}"
    if sentence.end - end <= 2:
        yield f"closes.{where}"
    sums = sentence.sums
    if sums:
        yield "before_sum" if end <= sums[0].start else "after_sum"
        if 0 <= sums[0].start - end <= 14:
            yield "just_before_sum"
        if 0 <= start - sums[0].end <= 14:
            yield "just_after_sum"
    order = "sov." if scan.verbs_last else "vso." if scan.language in _VERB_FIRST else ""
    for sign in _around_verbs(sentence, start, end):
        yield sign
        if order and sign.startswith(_ORDERED):
            yield order + sign


def _around_verbs(sentence: Sentence, start: int, end: int) -> Iterator[str]:
    for verb, hits in _verbs(sentence):
        near_before = [hit for hit in hits if 0 <= hit.start - end <= _NEAR]
        near_after = [hit for hit in hits if 0 <= start - hit.end <= _NEAR]
        if near_before:
            yield f"{verb}.before"
            gap = min(hit.start - end for hit in near_before)
            if gap <= _CLOSE:
                yield f"{verb}.just_before"
            if not _name_between(sentence, end, end + gap):
                yield f"{verb}.next_before"
        if near_after:
            yield f"{verb}.after"
            gap = min(start - hit.end for hit in near_after)
            if gap <= _CLOSE:
                yield f"{verb}.just_after"
            if not _name_between(sentence, start - gap, start):
                yield f"{verb}.next_after"


def _verbs(sentence: Sentence) -> Iterator[tuple[str, Sequence[Hit]]]:
    for name, keys in (
        ("raise", ("deal.raise", "deal.round")),
        ("acquire", ("deal.acquire", "deal.stake")),
        ("give", _GIVING),
        ("lead", ("deal.lead",)),
        ("debt", ("deal.debt",)),
        ("grant", ("deal.grant",)),
        ("ipo", ("deal.ipo",)),
        ("fund", ("deal.fund", "deal.launch_fund")),
        ("venture", ("deal.venture",)),
        ("project", ("deal.project",)),
        ("agent", ("agent",)),
        ("by", ("party.by",)),
        ("into", ("party.into",)),
        ("place", ("place.mark",)),
        ("ai", ("topic.strong",)),
        ("valuation", ("figure.valuation",)),
    ):
        hits = sentence.having(*keys)
        if hits:
            yield name, hits


def _name_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(start <= name.start and name.end <= end for name in sentence.names)


def _is_quoted(scan: Scan, name: Name) -> bool:
    before = scan.folded.text[max(0, name.start - 1) : name.start]
    if before == "'":
        return not scan.folded.text[max(0, name.start - 2) : name.start - 1].isalnum()
    return before in tuple('«“„"「『《')


def is_same(one: Name, other: Name) -> bool:
    return one.identity == other.identity
