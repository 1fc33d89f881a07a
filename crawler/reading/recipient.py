"""Who gets the money? Every name near the deal, weighed by how it stands there."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.model import Role
from crawler.reading.marks import find_marks
from crawler.reading.names import Name, find_capitals, place_in_folded
from crawler.reading.scan import Scan, Sentence, Sum
from crawler.reading.signs import Signs
from crawler.reading.strangers import find_strangers
from crawler.reading.weigh import total
from crawler.reading.weights import RECIPIENT, RECIPIENT_OF
from crawler.reading.words import Hit, is_unspaced

_LOOKED_AT = 3000  # code points in which mentions are counted
_BODY = 3  # sentences of the lead in which names are looked for
_MOST = 40  # candidates
_NEAR = 70
_CLOSE = 5
_NEAR_SUM = 30
_SMALL_END = re.compile("[\u3041-\u3096]$")  # of a verb or particle: 割り, 数える
_HEAD = re.compile(r" ?[:.—–(/]|, [^\W\d_]{3,9}\.? \d| -")  # behind a dateline: SYDNEY, March 19
_NUMBERED = re.compile(r"(?:^| )(?:[IVX]{1,4}|\d{1,3})$")  # the second fund of a house: Farol II
_MOST_OF_NAME = 7  # words
_NAMED_WITHIN = 25  # sentences of the body
_SHORT_WORD = 3  # letters: an article, or a word that title case leaves small
_MOSTLY = 0.6
_SAME_START = 6  # words of the lexicon that begin at one letter
# Of 326 stories the likeliest name was right in 119 of 121 at .9 and above, in 41 of 51 from .7 on,
# and in half of those below.
_SURE = 0.75
_MAY_BE_MEANT = 0.03
_MOST_MEANT = 8
_GETS_NOTHING = ("person", "state", "investor", "place")
_ASIDE = frozenset({"is.rival", "is.product"})
_VERB_FIRST = frozenset({"ar", "he"})
_ORDERED = ("raise", "acquire", "give", "lead", "debt", "grant", "fund")  # whose sides change
_GIVING = ("deal.invest", "deal.spend", "deal.capex", "deal.programme", "deal.launch_fund")
# Deals of one group name their recipient alike; the others all "get" something.
GROUP_OF = {
    Role.ACQUISITION: "acquired",
    Role.FUND_LAUNCH: "fund",
    Role.INVESTMENT_COMMITMENT: "place",
    Role.GOVERNMENT_PROGRAMME: "programme",
    Role.JOINT_VENTURE: "venture",
    Role.CAPEX_PLAN: "place",
}


@dataclass(slots=True)
class Candidate:
    """A name with all its places in the title, the lead and the deal's own sentence."""

    name: Name
    is_stranger: bool = False
    places: list[tuple[Sentence, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A kind of deal that the article may tell, and who would give and get in it."""

    kind: Role
    share: float  # how likely it is, from 0 to 1
    pointed: Name | None  # whom the grammar of the verbs points at
    givers: Sequence[Name]


def choose_recipient(
    scan: Scan, found: Sequence[Candidate], asked: Sequence[Asked], own: Sum | None
) -> tuple[Name | None, tuple[Name, ...]]:
    """The name of `found` that most likely gets the money, and those that may be meant instead.

    None where nobody likelier is. Kinds of deals name their recipient differently, so that each
    likely kind has its say.
    """
    likely = [0.0] * len(found)
    nobody = 0.0
    for one in asked:
        if one.kind is Role.CAPEX_PLAN:  # its money stays in the house
            nobody += one.share
            continue
        *said, none = _likelihoods(scan, found, one, own)
        likely = [a + one.share * b for a, b in zip(likely, said, strict=True)]
        nobody += one.share * none
    order = sorted(range(len(found)), key=lambda at: -likely[at])
    best = found[order[0]].name if order and likely[order[0]] >= nobody else None
    if best is not None and likely[order[0]] >= _SURE:
        return best, ()
    others = [found[at].name for at in order if likely[at] >= _MAY_BE_MEANT]
    return best, _meant(best, [*others, *(n for n in scan.names if n.kind not in _GETS_NOTHING)])


def _meant(best: Name | None, others: Iterable[Name]) -> tuple[Name, ...]:
    """The first few of `others`, each once, that are not `best`."""
    meant: list[Name] = [] if best is None else [best]
    for name in others:
        if not any(is_same(name, one) for one in meant):
            meant.append(name)
    return tuple(name for name in meant if name is not best)[:_MOST_MEANT]


def _likelihoods(
    scan: Scan, found: Sequence[Candidate], asked: Asked, own: Sum | None
) -> list[float]:
    """How likely each of `found`, and last of all nobody, gets the money in a deal of one kind."""
    group = GROUP_OF.get(asked.kind, "gets")
    weights = RECIPIENT_OF[group]
    signs = recipient_signs(scan, found, asked.pointed, asked.givers, own)
    scores = [total(said, RECIPIENT) + total(said, weights) for said in (*signs, {"none": 1.0})]
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    return [one / sum(raised) for one in raised]


def find_candidates(scan: Scan, sentences: Sequence[Sentence]) -> list[Candidate]:
    """Everything in `sentences` that may be a party of the deal, in text order.

    A name and its longer form are one: Meridian, Meridian Reasoning.
    """
    found: dict[str, Candidate] = {}
    for sentence in sentences:
        for name in sentence.names:
            one = found.setdefault(_identity(scan, name, found), Candidate(name))
            one.places.append((sentence, name.start, name.end))
            if name.id is None and len(name.text) > len(one.name.text) and one.name.id is None:
                one.name = name
    for sentence, start, end in _places(scan, sentences):
        text = scan.folded.text[start:end]
        if len(found) < _MOST:
            one = found.setdefault(
                text, Candidate(Name(start, end, scan.printed(start, end), kind="place"))
            )
            one.places.append((sentence, start, end))
    for sentence, start, end in _programmes(scan, sentences):
        text = scan.folded.text[start:end]
        one = found.setdefault(
            text, Candidate(Name(start, end, scan.printed(start, end), kind="programme"))
        )
        one.places.append((sentence, start, end))
    for sentence, start, end in _everyday(scan, sentences):
        text = scan.folded.text[start:end]
        one = found.setdefault(
            text, Candidate(Name(start, end, scan.printed(start, end), kind="everyday"))
        )
        one.places.append((sentence, start, end))
    _add_strangers(scan, found, _strangers(scan, sentences))
    _add_named_later(scan, found, sentences)
    return list(found.values())


Place = tuple[Sentence, int, int]  # of a name in the folded text


def _add_strangers(scan: Scan, found: dict[str, Candidate], places: Iterable[Place]) -> None:
    for sentence, start, end in places:
        text = scan.folded.text[start:end]
        if text not in found and len(found) < _MOST:
            found[text] = Candidate(Name(start, end, scan.printed(start, end)), is_stranger=True)
        if text in found:
            found[text].places.append((sentence, start, end))


def _add_named_later(
    scan: Scan, found: dict[str, Candidate], sentences: Sequence[Sentence]
) -> None:
    """Names that a later sentence gives: "The venture is called Selat Compute."."""
    text = scan.folded.text
    later = [
        one
        for one in scan.body[:_NAMED_WITHIN]
        if one not in sentences
        and any(text.find(word, one.start, one.end) >= 0 for word in scan.marks.naming)
    ]
    for sentence in later:
        for name in sentence.names:
            if _is_named(scan, sentence, name.start, name.end):
                one = found.setdefault(_identity(scan, name, found), Candidate(name))
                one.places.append((sentence, name.start, name.end))
    places = [*_everyday(scan, later), *_strangers(scan, later)]
    _add_strangers(scan, found, (place for place in places if _is_named(scan, *place)))


def _is_named(scan: Scan, sentence: Sentence, start: int, end: int) -> bool:
    said = find_marks(scan.folded.text, start, end, scan.marks, sentence.start, sentence.end)
    return "named" in said


def _everyday(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[Place]:
    """Names of everyday words, by their capitals inside a sentence: la Ciudad del Saber.

    None where capitals say nothing: in a title that has them at every word, and in German.
    """
    if scan.language == "de":
        return
    for sentence in sentences:
        low, high = scan.folded.span(sentence.start, sentence.end)
        if sentence.is_title and _is_title_case(scan.folded.original[low:high]):
            continue
        taken = [(name.start, name.end) for name in sentence.names]
        taken += [(one.start, one.end) for one in sentence.sums]
        for match in find_capitals(scan.folded.original, low, high):
            start = place_in_folded(scan.folded, match.start())
            end = place_in_folded(scan.folded, match.end())
            words = scan.folded.text[start:end].split()
            opens = match.start() == low and not sentence.is_title
            if opens and len(words) > 1 and len(words[0]) <= _SHORT_WORD:
                start += len(words.pop(0)) + 1  # an article, by the sentence's capital
            is_known = any(first < end and start < last for first, last in taken)
            # Unknown words before "AI" would be a name; known ones tell a country: Portuguese AI.
            is_about_ai = any(hit.end == end for hit in sentence.having("topic.strong"))
            is_long = 1 < len(words) <= _MOST_OF_NAME and not is_about_ai
            is_known |= any(h.start <= start and end <= h.end for h in sentence.having("deal."))
            if not is_known and (is_long or _is_named(scan, sentence, start, end)):
                yield sentence, start, end


def _is_title_case(printed: str) -> bool:
    words = [word for word in printed.split() if word[:1].isalpha() and len(word) > _SHORT_WORD]
    return sum(word[0].isupper() for word in words) > len(words) * _MOSTLY


def _places(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    """Places that the lexicon knows and no name holds; none that is printed small."""
    for sentence in sentences:
        for hit in sentence.having("place.name"):
            is_small = scan.folded.original[scan.original(hit.start)].islower()
            is_owner = scan.folded.text.startswith(("'s ", "' "), hit.end)
            if not (is_small or is_owner) and not any(
                n.start < hit.end and hit.start < n.end for n in sentence.names
            ):
                yield sentence, hit.start, hit.end


def _programmes(scan: Scan, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    """Long names that begin or end with a word for a programme: AI Opportunities Action Plan."""
    if not scan.marks.longest:
        return
    for sentence in sentences:
        first, last = scan.folded.span(sentence.start, sentence.end)
        for match in find_capitals(scan.folded.original, first, last):
            start = place_in_folded(scan.folded, match.start())
            end = place_in_folded(scan.folded, match.end())
            words = scan.folded.text[start:end].split()
            says = scan.marks.after.get(words[-1], ()), scan.marks.before.get(words[0], ())
            if _MOST_OF_NAME >= len(words) > 2 and any("project" in said for said in says):
                yield sentence, start, end


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
        yield sentence, _after_kind(scan, start, end), _with_last_word(scan, end, sentence.end)


def _after_kind(scan: Scan, start: int, end: int) -> int:
    """Where the name begins behind a word for its kind that nothing parts from it: 公司声境."""
    text, marks = scan.folded.text, scan.marks
    if not is_unspaced(text[start]):
        return start
    for length in range(min(marks.longest, end - start - 2), 1, -1):
        if "kind" in marks.before.get(text[start : start + length], ()):
            return start + length
    return start


def _with_last_word(scan: Scan, end: int, high: int) -> int:
    """Where the name ends if an everyday word behind it is its last: 声境智能, रागिनी लैब्स."""
    text, marks = scan.folded.text, scan.marks
    begin = end + text.startswith(" ", end)
    for length in range(min(marks.longest, high - begin), 1, -1):
        word = text[begin : begin + length]
        if "name" in marks.after.get(word, ()) and (
            is_unspaced(word[-1]) or not text[begin + length : begin + length + 1].isalnum()
        ):
            return begin + length
    return end


def recipient_signs(
    scan: Scan,
    candidates: Sequence[Candidate],
    pointed: Name | None,
    givers: Sequence[Name],
    own: Sum | None,
) -> list[Signs]:
    """How each of `candidates` stands in the text.

    `pointed`: whom the grammar of the verbs points at; `own`: the deal's sum.
    """
    told = scan.folded.text[:_LOOKED_AT]
    mentions = [max(1, told.count(_shortest(scan, one))) for one in candidates]
    most = max(mentions, default=0)
    return [
        {
            **_signs_of_name(scan, one),
            **_signs_of_places(scan, one, own),
            "verbs_point": float(pointed is not None and is_same(pointed, one.name)),
            "gives": float(any(is_same(giver, one.name) for giver in givers)),
            "mentions": math.log(count),
            "most": float(count == most > 1),
        }
        for one, count in zip(candidates, mentions, strict=True)
    ]


def _shortest(scan: Scan, one: Candidate) -> str:
    """The shortest form in which the candidate is named."""
    return min((scan.folded.text[start:end] for _, start, end in one.places), key=len)


def _signs_of_name(scan: Scan, candidate: Candidate) -> Signs:
    name = candidate.name
    folded = scan.folded.text[name.start : name.end]
    words = folded.split()
    kind = name.kind or ("stranger" if candidate.is_stranger else "unknown")
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
        "ends_small": float(_SMALL_END.search(folded) is not None),
    }
    if name.id is None:
        signs |= {
            "numbered": float(_NUMBERED.search(name.text) is not None),
            "is_city": float(scan.places.city(folded) is not None),
            "hyphen": float("-" in folded[1:-1]),
            "acronym": float(len(folded) < 5 and name.text.isupper()),
            "camel": float(any(c.isupper() for c in name.text[1:]) and not name.text.isupper()),
            "common_too": float(_is_common(scan, name)),
            "only_opens": float(len(words) == 1 and _only_opens(scan, name)),
        }
        said = scan.marks.before.get(words[0], ()) if len(words) > 1 else ()
        for mark in (*said, *scan.marks.after.get(words[-1], ())):
            signs[f"holds.{mark}"] = 1.0
    return signs


def _is_of_kind(scan: Scan, candidate: Candidate) -> bool:
    """Whether a word for a house stands right before the place: جامعة نزوى, University of Leeds."""
    return any("is.kind" in _beside(scan, *place) for place in candidate.places)


def _is_common(scan: Scan, name: Name) -> bool:
    """Whether the text prints the name's word in small letters too."""
    small = name.text.lower()
    return small != name.text and re.search(rf"\b{re.escape(small)}", _body(scan)) is not None


def _only_opens(scan: Scan, name: Name) -> bool:
    """Whether the word has its capital only where every first word of a sentence has one."""
    if not name.text[:1].isupper() or _body(scan).startswith(name.text):
        return False
    return re.search(rf"[^\s.!?:…\"“«(—–-] {re.escape(name.text)}\b", _body(scan)) is None


def _body(scan: Scan) -> str:
    return scan.folded.original[:_LOOKED_AT]


def _signs_of_places(scan: Scan, candidate: Candidate, own: Sum | None) -> Signs:
    signs: Signs = {}
    titles = [sentence.is_title for sentence, _, _ in candidate.places]
    if any(titles):
        signs["title_only" if all(titles) else "title_and_text"] = 1.0
    for sentence, start, end in candidate.places:
        where = "title" if sentence.is_title else f"body{min(3, scan.order(sentence))}"
        signs[f"in.{where}"] = 1.0
        beside = dict.fromkeys(_beside(scan, sentence, start, end), 1.0)
        signs.update(beside)
        if _ASIDE.intersection(beside):
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
    """What the words right before and behind a name say."""
    for mark in find_marks(scan.folded.text, start, end, scan.marks, sentence.start, sentence.end):
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
    if before == "'":
        return not scan.folded.text[max(0, name.start - 2) : name.start - 1].isalnum()
    return before in tuple('«“„"「『《')


def is_same(one: Name, other: Name) -> bool:
    return (one.id or one.key or one.text) == (other.id or other.key or other.text)
