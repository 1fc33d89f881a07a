"""Who gets the money? Every name near the deal, weighed by how it stands there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.model import Role
from crawler.reading.names import Name
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import Signs
from crawler.reading.strangers import find_strangers
from crawler.reading.weigh import total
from crawler.reading.weights import RECIPIENT, RECIPIENT_OF
from crawler.reading.words import Hit

_LOOKED_AT = 3000  # code points in which mentions are counted
_BODY = 3  # sentences of the lead in which names are looked for
_MOST = 40  # candidates
_NEAR = 70
_CLOSE = 5
_GIVING = ("deal.invest", "deal.spend", "deal.capex", "deal.programme", "deal.launch_fund")
# Deals of one group name their recipient alike; the others all "get" something.
GROUP_OF = {
    Role.ACQUISITION: "acquired",
    Role.FUND_LAUNCH: "fund",
    Role.INVESTMENT_COMMITMENT: "place",
    Role.GOVERNMENT_PROGRAMME: "place",
    Role.JOINT_VENTURE: "place",
    Role.CAPEX_PLAN: "place",
}


@dataclass(slots=True)
class Candidate:
    """A name with all its places in the title, the lead and the deal's own sentence."""

    name: Name
    is_stranger: bool = False
    places: list[tuple[Sentence, int, int]] = field(default_factory=list)


def choose_recipient(
    scan: Scan,
    sentences: Sequence[Sentence],
    kind: Role,
    pointed: Name | None,
    givers: Sequence[Name],
) -> Name | None:
    """The name in `sentences` with the most signs for it; None where none has enough."""
    found = find_candidates(scan, sentences)
    if GROUP_OF.get(kind) is None:  # who gives to a round does not get it
        giving = [giver for giver in givers if pointed is None or not _is_same(giver, pointed)]
        found = [c for c in found if not any(_is_same(c.name, giver) for giver in giving)]
    mine = RECIPIENT_OF[GROUP_OF.get(kind, "gets")]

    def score(one: Candidate) -> float:
        signs = recipient_signs(scan, one, pointed, givers)
        return total(signs, RECIPIENT) + total(signs, mine)

    scored = [(score(one), -at, one) for at, one in enumerate(found)]
    best = max(scored, default=None, key=lambda one: one[:2])
    if best is None or best[0] < RECIPIENT.get("none", 0.0) + mine.get("none", 0.0):
        return None
    return best[2].name


def find_candidates(scan: Scan, sentences: Sequence[Sentence]) -> list[Candidate]:
    """Everything in `sentences` that may be the recipient, in text order.

    A name and its longer form are one: Meridian, Meridian Reasoning.
    """
    found: dict[str, Candidate] = {}
    for sentence in sentences:
        for name in sentence.names:
            one = found.setdefault(_identity(scan, name, found), Candidate(name))
            one.places.append((sentence, name.start, name.end))
            if name.id is None and len(name.text) > len(one.name.text) and one.name.id is None:
                one.name = name
    for sentence, start, end in _strangers(scan, sentences):
        text = scan.folded.text[start:end]
        if text not in found and len(found) < _MOST:
            found[text] = Candidate(Name(start, end, scan.printed(start, end)), is_stranger=True)
        if text in found:
            found[text].places.append((sentence, start, end))
    return list(found.values())


def _identity(scan: Scan, name: Name, found: Mapping[str, Candidate]) -> str:
    if name.id is not None:
        return name.id
    text = scan.folded.text[name.start : name.end]
    for known, one in found.items():
        is_longer = text.startswith(f"{known} ") or known.startswith(f"{text} ")
        if one.name.id is None and is_longer:
            return known
    return text


def _strangers(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    taken = [(hit.start, hit.end) for hit in scan.hits]
    taken += [(one.start, one.end) for one in scan.sums]
    taken += [(name.start, name.end) for name in scan.names]
    spans = [(sentence.start, sentence.end) for sentence in sentences]
    for start, end in find_strangers(scan.folded, spans, taken, scan.generic):
        sentence = next(s for s in sentences if s.start <= start < s.end)
        yield sentence, start, end


def recipient_signs(
    scan: Scan,
    candidate: Candidate,
    pointed: Name | None,
    givers: Sequence[Name],
) -> Signs:
    """How `candidate` stands in the text. `pointed`: whom the grammar of the verbs points at."""
    name = candidate.name
    folded = scan.folded.text[name.start : name.end]
    mentions = scan.folded.text[:_LOOKED_AT].count(folded)
    signs: Signs = {
        f"kind.{name.kind or ('stranger' if candidate.is_stranger else 'unknown')}": 1.0,
        "mentions": math.log(max(1, mentions)),
        "words": min(4, len(folded.split())) / 4,
        "verbs_point": float(pointed is not None and _is_same(pointed, name)),
        "quoted": float(_is_quoted(scan, name)),
        "long": float(len(folded) > 28),
        "gives": float(any(_is_same(giver, name) for giver in givers)),
    }
    if any(s.is_title for s, _, _ in candidate.places) and any(
        not s.is_title for s, _, _ in candidate.places
    ):
        signs["title_and_text"] = 1.0
    for sentence, start, end in candidate.places:
        where = "title" if sentence.is_title else f"body{min(3, scan.order(sentence))}"
        signs[f"in.{where}"] = 1.0
        signs.update(dict.fromkeys(_position(sentence, start, end, where), 1.0))
    return signs


def _position(sentence: Sentence, start: int, end: int, where: str) -> Iterator[str]:
    first = min((name.start for name in sentence.names), default=start)
    if start <= first:
        yield f"first.{where}"
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


def _verbs(sentence: Sentence) -> Iterator[tuple[str, list[Hit]]]:
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
    return before in tuple('«“„"「『《‘')


def _is_same(one: Name, other: Name) -> bool:
    return (one.id or one.key or one.text) == (other.id or other.key or other.text)
