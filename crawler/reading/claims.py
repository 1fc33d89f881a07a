"""What does an article claim? One claim for each sum, and one for a deal without a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.model import Claim, Party, Period, Reason, Role, Side, Stage
from crawler.reading.headline import Headline, choose_stage, words_same_sum
from crawler.reading.letters import BESIDE_SUM
from crawler.reading.names import Names
from crawler.reading.parties import find_named, find_parties
from crawler.reading.periods import find_period, first_period
from crawler.reading.places import find_place
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import evidence
from crawler.reading.words import Hit

_HAS_PERIOD = frozenset({Role.CAPEX_PLAN, Role.ACTUAL, Role.PAST, Role.FORECAST, Role.DELTA,
                         Role.REVENUE, Role.TOTAL_TO_DATE})  # fmt: skip
_HAS_PLACE = frozenset({Role.INVESTMENT_COMMITMENT, Role.JOINT_VENTURE, Role.PART_OF})
_CLEAR_DEAL = 1.0  # a mentioned sum below this has no deal word near enough
_KIND_OF_WORD = {
    "raise": Role.FUNDING_ROUND, "round": Role.FUNDING_ROUND, "lead": Role.FUNDING_ROUND,
    "invest": Role.INVESTMENT_COMMITMENT, "stake": Role.INVESTMENT_COMMITMENT,
    "project": Role.INVESTMENT_COMMITMENT, "spend": Role.CAPEX_PLAN, "capex": Role.CAPEX_PLAN,
    "acquire": Role.ACQUISITION, "debt": Role.DEBT, "ipo": Role.IPO, "fund": Role.FUND_LAUNCH,
    "launch_fund": Role.FUND_LAUNCH, "grant": Role.GRANT, "venture": Role.JOINT_VENTURE,
    "programme": Role.GOVERNMENT_PROGRAMME, "secondary": Role.OTHER,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided about the whole article before its claims are written."""

    has_main_claim: bool  # a deal is told, surely or not, or denied
    denied: bool
    headline: Headline
    on: date | None  # day of publication
    primary: bool


def build_claims(
    scan: Scan, weighed: Mapping[int, Sequence[Weighed]], verdict: Verdict, names: Names
) -> tuple[Claim, ...]:
    """All claims in text order: the headline's, its parts and everything mentioned."""
    maker = _Maker(scan, verdict, names)
    claims: list[Claim] = []
    main = maker.headline_claim()
    if main is not None:
        claims.append(main)
    told = [verdict.headline.group] if verdict.headline.group is not None else []
    for number in sorted(weighed):
        for group in weighed[number]:
            if any(group is one for one in told):
                continue
            # A second wording of the same sum is no second claim.
            if group.role is None and any(words_same_sum(group, one) for one in told):
                continue
            claim = maker.other_claim(scan.sentences[number], group, main)
            if claim is not None:
                claims.append(claim)
                told.append(group)
    claims.sort(key=lambda claim: (claim.start, claim.figure.start if claim.figure else -1))
    return tuple(claims)


class _Maker:
    """Writes the claims of one article."""

    def __init__(self, scan: Scan, verdict: Verdict, names: Names) -> None:
        self.scan = scan
        self.verdict = verdict
        self.names = names

    def headline_claim(self) -> Claim | None:
        """The main claim; None where nothing is told as a deal, surely or not, and none denied."""
        verdict, headline = self.verdict, self.verdict.headline
        if not verdict.has_main_claim:
            return None
        sentence = headline.sentence or (self.scan.sentences[0] if self.scan.sentences else None)
        if sentence is None:
            return None
        group = headline.group
        stage = choose_stage(headline.signs, headline.kind)
        if verdict.denied:
            stage = Stage.DENIED
        parties, perhaps = find_parties(self.scan, headline.kind, group, headline.likely)
        if verdict.denied:
            perhaps = find_named(self.scan)
        changed = self._says_changed(sentence)
        reasons = [
            Reason(code=f"sum:{name}", text=_in_words(name, said)) for name, said in headline.why
        ]
        if changed is not None:
            reasons.append(self._reason("says_changed", changed))
        untold = evidence(self.scan, "money.untold") if group is None else None
        if untold is not None:
            reasons.append(self._reason("untold", untold))
        return Claim(
            role=headline.kind,
            stage=stage,
            main=True,
            figure=group.sum.figure if group is not None else None,
            restated=tuple(one.figure for one in group.restated) if group is not None else (),
            period=self._period(headline.kind, sentence, group, is_main=True),
            parties=parties,
            perhaps=perhaps,
            place=self._place(headline.kind, sentence, group, parties),
            says_changed=changed is not None,
            primary=verdict.primary,
            sentence=self.scan.printed(sentence.start, sentence.end),
            start=self.scan.original(sentence.start),
            reasons=tuple(reasons),
        )

    def other_claim(self, sentence: Sentence, group: Weighed, main: Claim | None) -> Claim | None:
        """The claim of a sum beside the headline; None where nothing says what it does."""
        role = group.role
        parties: tuple[Party, ...] = ()
        place = None
        is_main = False
        if role is None:
            if group.deal < _CLEAR_DEAL:
                return None
            role = _KIND_OF_WORD.get(group.words["deal"].key.partition(".")[2], Role.OTHER)
            parties = self._mentioned_parties(sentence, group)
        elif role is Role.PART_OF:
            place = find_place(self.scan, sentence, group, self.names)
            parties = self._part_parties(sentence, group, main)
            is_main = self._is_named_part(main, group, place, parties)
        elif main is not None:
            parties = self._mentioned_parties(sentence, group) or main.parties
        word = group.words.get(group.role.value if group.role is not None else "deal")
        return Claim(
            role=role,
            stage=main.stage if is_main and main is not None else Stage.ANNOUNCED,
            main=is_main,
            figure=group.sum.figure,
            restated=tuple(one.figure for one in group.restated),
            period=self._period(role, sentence, group, is_main=False),
            parties=parties,
            place=place,
            primary=self.verdict.primary,
            sentence=self.scan.printed(sentence.start, sentence.end),
            start=self.scan.original(sentence.start),
            reasons=(self._reason(f"role_{role.value}", word),) if word is not None else (),
        )

    def _reason(self, code: str, hit: Hit) -> Reason:
        start, end = self.scan.folded.span(hit.start, hit.end)
        return Reason(
            code=code,
            text=f"the text says “{self.scan.folded.original[start:end]}”",
            start=start,
            end=end,
        )

    def _says_changed(self, sentence: Sentence) -> Hit | None:
        title = self.scan.title
        for one in (sentence, title):
            hits = one.having("change.") if one is not None else []
            if hits:
                return hits[0]
        return None

    def _period(
        self, role: Role, sentence: Sentence, group: Weighed | None, *, is_main: bool
    ) -> Period | None:
        if role not in _HAS_PERIOD or group is None:
            return None
        on = self.verdict.on
        found = find_period(self.scan, sentence, group, on=on)
        if found is not None or not is_main:
            return found
        for other in (self.scan.title, *self.scan.body[:2]):
            if other is not None and (found := first_period(self.scan, other, on=on)) is not None:
                return found
        return None

    def _place(
        self, role: Role, sentence: Sentence, group: Weighed | None, parties: Sequence[Party]
    ) -> str | None:
        if role not in _HAS_PLACE:
            return None
        taken = {party.id or party.key for party in parties if party.side is not Side.RECIPIENT}
        taken |= {party.id or party.key for party in parties if self._is_company(party)}
        title = self.scan.title
        if title is not None and (found := find_place(self.scan, title, None, self.names, taken)):
            return found
        return find_place(self.scan, sentence, group, self.names, taken)

    def _is_company(self, party: Party) -> bool:
        company = self.names.companies.get(party.id) if party.id is not None else None
        return company is None or company.kind != "state"

    def _mentioned_parties(self, sentence: Sentence, group: Weighed) -> tuple[Party, ...]:
        """The nearest name before the sum, else the nearest after it."""
        names = [name for name in sentence.names if name.kind != "person"]
        before = [name for name in names if name.end <= group.start]
        after = [name for name in names if name.start >= group.end]
        near = before[-1] if before else (after[0] if after else None)
        if near is None:
            return ()
        return (Party(name=near.text, side=Side.OTHER, id=near.id, key=near.key),)

    def _part_parties(
        self, sentence: Sentence, group: Weighed, main: Claim | None
    ) -> tuple[Party, ...]:
        """The main deal's givers; whoever is named after the part gets it."""
        givers = tuple(p for p in main.parties if p.side is Side.INVESTOR) if main else ()
        known = {party.id or party.key for party in (main.parties if main else ())}
        for name in sentence.names:
            if name.start < group.end or name.start - group.end > 60 or name.kind == "state":
                continue
            if (name.id or name.key) in known or name.id is None:
                continue
            return (*givers, Party(name=name.text, side=Side.RECIPIENT, id=name.id, key=name.key))
        return givers

    def _is_named_part(
        self, main: Claim | None, group: Weighed, place: str | None, parties: Sequence[Party]
    ) -> bool:
        """Whether the part is a deal of its own: below the whole, with a place or recipient."""
        if main is None or main.stage is Stage.DENIED or main.figure is None:
            return False
        if not (place or any(party.side is Side.RECIPIENT for party in parties)):
            return False
        whole, part = main.figure, group.sum.figure
        if whole.currency != part.currency:
            return True
        whole_high = whole.high if whole.high is not None else whole.low
        return whole_high is not None and part.least < whole_high


def _in_words(name: str, said: float) -> str:
    if name == BESIDE_SUM:
        return f"the words around it are {'like' if said > 0 else 'unlike'} a deal's ({said:+.1f})"
    return f"{name} says {said:+.1f}"
