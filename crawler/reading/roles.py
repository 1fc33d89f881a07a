"""What does the money of a figure do, as its own clause says it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.model import Role
from crawler.reading.scan import Scan, Sentence, Sum
from crawler.reading.words import Hit

# How much a word that stands right beside its figure says for a role. A deal starts at what its
# verbs say; the rest were set on the labelled stories (a fifth of the events kept out).
_STRENGTH = {
    Role.VALUATION: 3.0,
    Role.REVENUE: 2.7,
    Role.MARKET_SIZE: 2.5,
    Role.TOTAL_TO_DATE: 2.7,
    Role.PAST: 2.3,
    Role.DELTA: 2.6,
    Role.FORECAST: 2.2,
    Role.NOT_MONEY_IN_AI: 2.5,
    Role.ACTUAL: 2.3,
    Role.PART_OF: 2.1,
}
_SPENT = 1.2
_PAST_MOST = _STRENGTH[Role.PAST]
_AHEAD_REACH = ((4, 14), (8, 30), (99, 52))  # length of the word -> letters it reaches over
_BEHIND_REACH = ((4, 6), (8, 16), (99, 26))
_PER_LETTER = 0.02
_PER_BREAK = 0.5
_PER_SUM = 0.8
_DEAL_REACH = 110
_DEAL_VERB = 2.2
_DEAL_NOUN = 1.7
_DEAL_AMOUNT = 1.6
_DEAL_PER_LETTER = 0.011
_BREAK = re.compile(r"[,;:،؛()\u2014]| - |\bbut\b|\bwhile\b|\band\b| et | و(?=\w)")
_YEAR = re.compile(r"(?<![\d.,])20[0-4]\d(?![\d%])")
_YEAR_REACH = 10  # letters: "in 2023", "عام 2023"
_YEAR_AHEAD = 60  # letters: "In 2023 the company had raised"
_RESTATED_GAP = 34
_ITS_VALUE = re.compile("(?:(?:تبلغ|بلغت|تصل) )?قيم[ته]")
_VERBS = ("deal.raise", "deal.invest", "deal.spend", "deal.capex", "deal.acquire", "deal.lead")
_NOUNS = (
    "deal.round",
    "deal.debt",
    "deal.ipo",
    "deal.fund",
    "deal.grant",
    "deal.programme",
    "deal.venture",
    "deal.stake",
    "deal.project",
    "deal.secondary",
)
# A noun of these before "its value is": the value is the deal's, not the company's.
_VALUED_THINGS = (
    "deal.round",
    "deal.acquire",
    "deal.programme",
    "deal.fund",
    "deal.debt",
    "deal.grant",
    "deal.venture",
    "deal.project",
    "deal.invest",
    "deal.contract",
)


@dataclass(slots=True)
class Weighed:
    """A sum, with its restatements in other currencies and what speaks for each role."""

    sum: Sum
    restated: tuple[Sum, ...]
    scores: dict[Role, float] = field(default_factory=dict)  # roles that never make a deal, parts
    deal: float = 0.0
    words: dict[str, Hit] = field(default_factory=dict)  # role or "deal" -> its strongest word

    @property
    def start(self) -> int:
        return self.sum.start

    @property
    def end(self) -> int:
        return max([self.sum.end, *(one.end for one in self.restated)])

    @property
    def role(self) -> Role | None:
        """What outweighs the deal: a role that makes none, or a part. None: a deal, or open."""
        if not self.scores:
            return None
        if self.scores.get(Role.ACTUAL, 0.0) > _SPENT and max(self.scores.values()) <= _PAST_MOST:
            return Role.ACTUAL  # "spent more than 72bn in 2025" is past too, and says more
        best = max(self.scores, key=lambda role: self.scores[role])
        return best if self.scores[best] >= self.deal else None

    def add(self, role: Role, strength: float, hit: Hit) -> None:
        if strength > self.scores.get(role, 0.0):
            self.scores[role] = strength
            self.words[role.value] = hit

    def add_deal(self, strength: float, hit: Hit) -> None:
        if strength > self.deal:
            self.deal = strength
            self.words["deal"] = hit


def weigh_sums(scan: Scan, sentence: Sentence, *, year: int | None = None) -> list[Weighed]:
    """The sums of `sentence`, restatements joined, each with what its words say.

    `year` of publication: a sum with an earlier year beside it is past.
    """
    groups = _join_restated(scan, sentence)
    if not groups:
        return []
    if year is not None:
        _claim_earlier_years(scan, sentence, groups, year)
    for hit in sentence.hits:
        family, _, rest = hit.key.partition(".")
        if family == "figure":
            name, _, side = rest.partition(".")
            _claim(scan, sentence, groups, hit, Role(name), side)
        elif hit.key.startswith(_VERBS):
            _claim_deal(scan, groups, hit, _DEAL_VERB)
        elif hit.key.startswith(_NOUNS):
            _claim_deal(scan, groups, hit, _DEAL_NOUN)
        elif hit.key == "money.amount" and len(hit.term) > 3:
            _claim_amount(scan, groups, hit)
    return groups


def _claim_earlier_years(
    scan: Scan, sentence: Sentence, groups: Sequence[Weighed], year: int
) -> None:
    for match in _YEAR.finditer(scan.folded.text, sentence.start, sentence.end):
        if int(match[0]) >= year:
            continue
        following = next((g for g in groups if g.start >= match.end()), None)
        if following is not None and not sentence.having("period.this", "period.next"):
            gap = scan.folded.text[match.end() : following.start]
            if len(gap) <= _YEAR_AHEAD:
                hit = Hit(match.start(), match.end(), "figure.past.ahead", match[0])
                following.add(Role.PAST, _STRENGTH[Role.PAST] - _distance(gap, _PER_LETTER), hit)
        group = next((g for g in reversed(groups) if g.end <= match.start()), None)
        if group is not None and match.start() - group.end <= _YEAR_REACH:
            hit = Hit(match.start(), match.end(), "figure.past.behind", match[0])
            group.add(Role.PAST, _STRENGTH[Role.PAST] - _PER_LETTER * 4, hit)


def _join_restated(scan: Scan, sentence: Sentence) -> list[Weighed]:
    groups: list[Weighed] = []
    for one in sentence.sums:
        if groups and _restates(scan, sentence, groups[-1], one):
            groups[-1].restated += (one,)
        else:
            groups.append(Weighed(one, ()))
    return groups


def _restates(scan: Scan, sentence: Sentence, group: Weighed, one: Sum) -> bool:
    currency = group.sum.figure.currency
    if currency is None or one.figure.currency in (None, currency):
        return False
    gap = scan.folded.text[group.end : one.start]
    if len(gap) > _RESTATED_GAP or any(c.isdigit() for c in gap):
        return False
    if "(" in gap:
        return True
    return any(
        hit.key == "money.restates" and group.end <= hit.start and hit.end <= one.start
        for hit in sentence.hits
    )


def _claim(
    scan: Scan, sentence: Sentence, groups: Sequence[Weighed], hit: Hit, role: Role, side: str
) -> None:
    """Give `role` to the sum that `hit` stands beside, on the side on which the word stands."""
    if side == "ahead":
        target = next((group for group in groups if group.start >= hit.end), None)
        if target is None:
            return
        gap = scan.folded.text[hit.end : target.start]
        reach = _reach(_AHEAD_REACH, hit)
        if role is Role.VALUATION and _is_value_of_deal(sentence, hit):
            if len(gap) <= reach:
                target.add_deal(_DEAL_VERB, hit)
            return
    else:
        target = next((group for group in reversed(groups) if group.end <= hit.start), None)
        if target is None:
            return
        gap = scan.folded.text[target.end : hit.start]
        reach = _reach(_BEHIND_REACH, hit)
        if _speaks_of_next(scan, sentence, groups, hit, role, gap):
            return
    if len(gap) <= reach:
        target.add(role, _STRENGTH[role] - _distance(gap, _PER_LETTER), hit)


def _speaks_of_next(
    scan: Scan, sentence: Sentence, groups: Sequence[Weighed], hit: Hit, role: Role, gap: str
) -> bool:
    """Whether `hit` tells of the sum behind it: raised $3 million at a valuation of $9 million."""
    ahead = f"figure.{role.value}.ahead"
    for other in sentence.hits:
        if other.key != ahead or not (other.start <= hit.start and hit.end <= other.end):
            continue
        target = next((group for group in groups if group.start >= other.end), None)
        if target is not None:
            after = scan.folded.text[other.end : target.start]
            before = gap[: len(gap) - (hit.start - other.start)]
            return _distance(after, _PER_LETTER) <= _distance(before, _PER_LETTER)
    return False


def _reach(table: tuple[tuple[int, int], ...], hit: Hit) -> int:
    return next(reach for length, reach in table if len(hit.term) <= length)


def _distance(gap: str, per_letter: float) -> float:
    return len(gap) * per_letter + _PER_BREAK * len(_BREAK.findall(gap))


def _is_value_of_deal(sentence: Sentence, hit: Hit) -> bool:
    """Whether "its value" follows the word for a deal: صفقة قيمتها, جولة بقيمة."""
    return _ITS_VALUE.match(hit.term) is not None and any(
        other.key.startswith(_VALUED_THINGS) and 0 <= hit.start - other.end <= 14
        for other in sentence.hits
    )


def _claim_deal(scan: Scan, groups: Sequence[Weighed], hit: Hit, strength: float) -> None:
    """Let a word for a deal speak for the sums of its sentence, the nearer the louder."""
    for group in groups:
        if group.start >= hit.end:
            gap = scan.folded.text[hit.end : group.start]
            between = sum(hit.end <= other.start < group.start for other in groups)
            side = 0.0
        elif group.end <= hit.start:
            gap = scan.folded.text[group.end : hit.start]
            between = sum(group.end <= other.start < hit.start for other in groups)
            side = 0.4
        else:
            continue
        if len(gap) > _DEAL_REACH:
            continue
        breaks = _PER_BREAK * len(_BREAK.findall(gap))
        loss = len(gap) * _DEAL_PER_LETTER + breaks + _PER_SUM * between + side
        group.add_deal(strength - loss, hit)


def _claim_amount(scan: Scan, groups: Sequence[Weighed], hit: Hit) -> None:
    target = next((group for group in groups if group.start >= hit.end), None)
    if target is not None and target.start - hit.end <= 12:
        target.add_deal(_DEAL_AMOUNT, hit)
