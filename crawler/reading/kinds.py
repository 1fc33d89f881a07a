"""Which kind of deal is it, and how far has it come? The signs that speak for each answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.reading.names import Name
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import DEALS, LEAD, STAGES, Signs, size

_CLEAR = ("venture", "lent", "given", "listing", "resold", "public", "pool", "whole", "share",
          "yearly", "site")  # fmt: skip
_TOUCH = 14  # letters between a sum and the noun for it: "a loan of $2bn"
_LOOKED_AT = 8  # sentences of the body


def kind_signs(scan: Scan, sentence: Sentence | None, group: Weighed | None) -> Signs:
    """What speaks for each kind of deal: its words in the title, beside the sum and in the lead."""
    title = scan.head
    near = [_before_parts(sentence, group)] if sentence is not None else []
    near += _other_tellings(scan, sentence, group)
    signs: Signs = {"bias": 1.0}
    for zone, sentences in (
        ("title", title),
        ("near", near),
        ("lead", scan.body[:LEAD]),
        ("rest", scan.body[LEAD:_LOOKED_AT]),
    ):
        signs.update(_zone_signs(zone, sentences))
    signs.update(_giver_signs([("title", title), ("near", near[:1]), ("lead", scan.body[:1])]))
    signs.update(_share_signs(scan, [*title, *near, *scan.body[:2]]))
    if group is None:
        return {**signs, "no_sum": 1.0}
    word = group.words.get("deal")
    if word is not None:
        signs[f"word.{word.key.split('.')[1]}"] = 1.0
    signs["range"] = float(group.sum.figure.low != group.sum.figure.high)
    signs["large"] = float(size(group) >= 10**9)
    signs["huge"] = float(size(group) >= 2 * 10**10)
    if sentence is not None:
        signs.update(_year_signs(scan, sentence, group))
        signs.update(_touch_signs(near, group))
    return signs


def _other_tellings(scan: Scan, sentence: Sentence | None, group: Weighed | None) -> list[Sentence]:
    """Other sentences that tell the same sum: the title often leaves the word for it out."""
    if group is None:
        return []
    return [
        other
        for other in scan.sentences[: _LOOKED_AT + 1]
        if other is not sentence
        and any(one.figure.is_worth(group.sum.figure) for one in other.sums)
    ]


def _zone_signs(zone: str, sentences: Sequence[Sentence]) -> Signs:
    terms: dict[str, set[str]] = {}
    for hit in (hit for sentence in sentences for hit in sentence.hits):
        terms.setdefault(hit.key, set()).add(hit.term)
    signs: Signs = {f"{zone}.{name}": min(len(terms.get(f"deal.{name}", ())), 2) for name in DEALS}
    for name in _CLEAR:
        signs[f"{zone}.kind.{name}"] = float(f"kind.{name}" in terms)
    kinds = {name.kind for s in sentences for name in s.names}
    for kind in ("ai", "tech", "investor", "state"):
        signs[f"{zone}.is_{kind}"] = float(kind in kinds)
    for stage in STAGES:
        signs[f"{zone}.stage.{stage}"] = float(f"stage.{stage}" in terms)
    signs[f"{zone}.period"] = float("period.this_year" in terms)
    signs[f"{zone}.changed"] = float("change.raised" in terms)
    return signs


def _giver_signs(zones: Sequence[tuple[str, Sequence[Sentence]]]) -> Signs:
    """Who gives: a state that is named first, not as a place; or nobody but the state."""
    signs: Signs = {}
    for zone, sentence in ((zone, one) for zone, sentences in zones for one in sentences):
        first = next((name for name in sentence.names if name.kind != "person"), None)
        is_public = bool(sentence.having("kind.public", "deal.government"))
        companies = [n for n in sentence.names if n.kind not in ("state", "person")]
        signs[f"{zone}.first_is_state"] = float(
            first is not None and first.kind == "state" and not _is_place(sentence, first)
        )
        signs[f"{zone}.first_is_company"] = float(first is not None and first.kind != "state")
        signs[f"{zone}.only_public"] = float(is_public and not companies)
        signs[f"{zone}.two_companies"] = float(len({n.id or n.text for n in companies}) > 1)
        signs[f"{zone}.state_is_place"] = float(
            any(n.kind == "state" and _is_place(sentence, n) for n in sentence.names)
        )
    return signs


def _is_place(sentence: Sentence, name: Name) -> bool:
    marks = sentence.having("place.mark", "party.into")
    return any(0 <= name.start - mark.end <= 4 for mark in marks)


_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3})(?:[.,]\d+)? ?"
    r"(?:%|per ?cent|prozent|процент|بالمئه|بالمائه|في المئه|في المائه|درصد|प्रतिशत)"
)
_WHOLE_SHARE = 50


def _share_signs(scan: Scan, sentences: Sequence[Sentence]) -> Signs:
    """Whether all of a company is bought, or a part of it."""
    shares = [
        int(match[1])
        for sentence in sentences
        if sentence.having("deal.stake", "kind.share", "kind.whole")
        for match in _PERCENT.finditer(scan.folded.text, sentence.start, sentence.end)
    ]
    buys = any(s.having("deal.acquire", "kind.whole") for s in sentences[:2])
    takes_part = any(s.having("kind.share", "deal.stake") for s in sentences[:2])
    return {
        "minority": float(any(0 < one < _WHOLE_SHARE for one in shares)),
        "majority": float(any(_WHOLE_SHARE < one <= 100 for one in shares)),
        "half": float(any(one == _WHOLE_SHARE for one in shares)),
        "buys_part": float(buys and takes_part),
    }


def _touch_signs(near: Sequence[Sentence], group: Weighed) -> Signs:
    """The nouns that stand right beside the sum, wherever it is told."""
    keys = {
        hit.key
        for sentence in near
        for one in sentence.sums
        if one.figure.is_worth(group.sum.figure)
        for hit in sentence.having("deal.", "kind.")
        if 0 <= one.start - hit.end <= _TOUCH or 0 <= hit.start - one.end <= _TOUCH
    }
    return {f"touch.{key}": 1.0 for key in keys}


def _before_parts(sentence: Sentence, group: Weighed | None) -> Sentence:
    """`sentence` up to "of which": what a part is spent on says little about the whole."""
    after = group.end if group is not None else sentence.end
    parts = [hit.start for hit in sentence.having("figure.part_of") if hit.start >= after]
    if not parts:
        return sentence
    return replace(sentence, hits=tuple(hit for hit in sentence.hits if hit.start < min(parts)))


_YEAR = re.compile(r"(?<![\d.,])20[2-4]\d(?![\d%])")
_YEAR_REACH = 60
_MADE_OF_CAPITAL = ("deal.capex", "deal.spend")


def _year_signs(scan: Scan, sentence: Sentence, group: Weighed) -> Signs:
    """A company's own budget for a year: a year beside the sum, and words for spending."""
    beside = _has_year(scan, sentence, group.start - _YEAR_REACH, group.end + _YEAR_REACH)
    title = scan.title
    in_title = title is not None and _has_year(scan, title, title.start, title.end)
    spends = bool(sentence.having(*_MADE_OF_CAPITAL)) or bool(
        title is not None and title.having(*_MADE_OF_CAPITAL)
    )
    year = max(float(beside), 0.6 * float(in_title))
    return {
        "year": 2 * year,
        "year_and_spends": 3 * year * spends,
        "year_and_invests": 2 * year * bool(sentence.having("deal.invest")) * (not spends),
        "year_and_company": 2 * year * any(n.kind == "tech" for n in sentence.names),
        "year_and_into_ai": 2
        * year
        * (_goes_into_ai(sentence) or (title is not None and _goes_into_ai(title))),
        "into_place": 2.0 * bool(_place_beside(sentence, group)),
    }


def _has_year(scan: Scan, sentence: Sentence, start: int, end: int) -> bool:
    if any(start <= hit.start < end for hit in sentence.having("period.this", "period.next")):
        return True
    low, high = max(start, sentence.start), min(end, sentence.end)
    return any(
        not any(one.start <= match.start() < one.end for one in sentence.sums)
        for match in _YEAR.finditer(scan.folded.text, low, high)
    )


def _place_beside(sentence: Sentence, group: Weighed) -> bool:
    parts = [hit.start for hit in sentence.having("figure.part_of") if hit.start >= group.end]
    until = min(parts, default=sentence.end)  # the place of a part is not that of the whole
    return any(
        name.kind in ("state", None) and hit.end <= name.start <= hit.end + 4
        for hit in sentence.having("place.mark")
        if group.end <= hit.start < until
        for name in sentence.names
    )


def _goes_into_ai(sentence: Sentence) -> bool:
    """Whether the money goes "into AI" at large, not into a company or a place."""
    return any(
        0 <= topic.start - mark.end <= 4
        for mark in sentence.having("party.into", "place.mark")
        for topic in sentence.having("topic.strong")
    )
