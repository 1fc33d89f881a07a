"""Fit crawler/reading/weights.py on labelled stories. Run by a person who has numpy and scipy:

    python -m tests.crawler.reading.fit_weights STORIES.jsonl          cross-validates and prints
    python -m tests.crawler.reading.fit_weights STORIES.jsonl --write  fits and writes the weights
    python -m tests.crawler.reading.fit_weights STORIES.jsonl --write-stated   only is a sum told
    python -m tests.crawler.reading.fit_weights STORIES.jsonl --write-parties    only the last two

Our own under tests/crawler/reading are always among them, but for those that are only counted. What
the authors of the lexicons have not read counts most: only there are signs as often missing as in
the next story. Every fit is a logistic regression drawn towards what a sign means (PRIORS) and held
to the side that it speaks for (`_is_for`, `_is_against`): a veto never speaks for a deal, however
the sample falls. Events are kept whole in one of ten folds, by the hash of their name.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from config.load import load_companies
from crawler.loading import load_reader
from crawler.model import Role
from crawler.reading import parties
from crawler.reading.around import runs_around, runs_within
from crawler.reading.candidates import Candidate, Place, find_candidates
from crawler.reading.headline import score_sums
from crawler.reading.kinds import kind_signs
from crawler.reading.letters import (
    BESIDE,
    BESIDE_SUM,
    FEW,
    KINDS,
    OF_PLACE,
    SPELLED,
    Letters,
    kind_sign,
    runs,
    within,
)
from crawler.reading.likeness import MOST, digest_of
from crawler.reading.read import Reader, scan_story, weigh_all
from crawler.reading.recipient import GROUP_OF
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan
from crawler.reading.signs import Signs, topic_signs
from crawler.reading.topic import all_signs, wording_sign, words_sign
from crawler.reading.weights import SUM
from scheduler.filters import article_of
from tests.crawler.reading.fit_investors import PRIOR as INVESTOR_PRIOR
from tests.crawler.reading.fit_investors import find_standing, fit_investors
from tests.crawler.reading.fit_letters import learn as learn_letters
from tests.crawler.reading.fit_letters import table_of
from tests.crawler.reading.fit_likeness import Learned, learn
from tests.crawler.reading.fit_spans import fit_spans
from tests.crawler.reading.fit_stated import fit_stated
from tests.crawler.reading.labelled import HERE, is_sum_of, load_stories
from tests.crawler.reading.score_parties import is_right
from tests.crawler.reading.variants import embedded, neutral_texts, renamed

AROUND = HERE.parents[2] / "config" / "around.bin"
LETTERS = HERE.parents[2] / "config" / "letters.bin"
LIKENESS = HERE.parents[2] / "config" / "likeness.tsv"
WEIGHTS = HERE.parents[2] / "crawler" / "reading" / "weights.py"
FOLDS = 10
Table = Any  # numpy.ndarray; numpy is in no lock file of ours
Bound = tuple[float | None, float | None]
OWN = ("stories", "told", "unread", "fresh")
# Of a story whose words the lexicons were not written with, and of one that must be read as it
# says; less where it was written to be hard.
WEIGHT = {"unread": 2.0, "stories": 4.0, "fresh": 0.5, "told": 1.0}
OTHERS = 4.0  # those of JSON Lines, by other authors than ours
_BEFORE = 1500  # letters of other text before a story
_NEUTRAL = 3  # one story in so many is looked at for other text
_WORDING_STRENGTH = 0.003  # of what draws it towards nothing, for each story
_LETTERS_FOLDS = 5
_LETTERS_STEPS = 30  # what comes after changes no score by a half
_AROUND_STRENGTH = 0.5  # as the next
_SUM_STRENGTH = 0.03  # as the next
_LETTERS_STRENGTH = 0.1  # of what draws it towards nothing, in mean weights of a story
LONG = 1.5  # of whole articles of other news, of which a newspaper has more than we have written
FREE, FOR, AGAINST = (None, None), (0.0, None), (None, 0.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled story, scanned."""

    story: dict[str, Any]
    scan: Scan
    weighed: Mapping[int, list[Weighed]]
    fold: int
    weight: float
    sums: list[tuple[Weighed, Signs]]
    around: list[Signs] = field(default_factory=list)  # of each candidate, as others taught

    @property
    def deal(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.story["labels"]["deal"]
        return found

    @property
    def gets(self) -> str | None:
        return (self.deal or {}).get("recipient")

    @property
    def gives(self) -> Sequence[str]:
        return (self.deal or {}).get("investors") or ()

    @property
    def is_plain(self) -> bool:
        """Whether it stands as its author told it."""
        return "is_variant" not in self.story

    @property
    def is_unread(self) -> bool:
        return self.story["id"].startswith("unread/")

    @property
    def is_long(self) -> bool:
        return len(self.story["text"]) > (250 if self.story["lang"] in ("zh", "ja") else 500)

    @property
    def is_told(self) -> bool:
        return bool(self.story["labels"]["ai_investment"])


def load_cases(paths: Sequence[Path], reader: Reader, *, variants: bool) -> list[Case]:
    """The labelled stories of JSON Lines, and all of our own but those that are only counted.

    With `variants`, each once more before a long text or amid one, and once more with invented
    names: what is learned must not hang on either.
    """
    # Names are made whole by what is learned here.
    reader = replace(reader, names=replace(reader.names, around=Letters(OF_PLACE)))
    stories = [json.loads(line) for path in paths for line in path.read_text().splitlines()]
    for folder in OWN:
        weight = WEIGHT.get(folder, OTHERS)
        stories += [{**story, "weight": weight} for story in load_stories(folder)]
    if not variants:
        return [_case(story, reader) for story in stories]
    companies = {company.id: company for company in load_companies(None)}
    # Those that test_told.py puts round its stories are not to be learned.
    other = neutral_texts(list(load_stories("unread"))[::_NEUTRAL], reader)
    more = [
        *embedded(stories[::2], other),
        *embedded(stories[1::2], other, before=_BEFORE),
        *renamed(stories, companies),
    ]
    told_again = [{**story, "is_variant": True} for story in more]
    return [_case(story, reader) for story in [*stories, *told_again]]


def _case(story: dict[str, Any], reader: Reader) -> Case:
    article = article_of(story)
    _, scan = scan_story(article, story["lang"], reader)
    on = article.published.at.date() if article.published else None
    fold = fold_of(str(story.get("event") or story["id"]))
    weighed = weigh_all(scan, on)
    sums = score_sums(scan, weighed)
    return Case(story, scan, weighed, fold, story.get("weight", OTHERS), sums)


def fold_of(event: str) -> int:
    """In which of FOLDS an event is kept whole."""
    return int(hashlib.md5(event.encode(), usedforsecurity=False).hexdigest()[:8], 16) % FOLDS


# -- fitting -----------------------------------------------------------------------------------


def table(rows: Sequence[Signs]) -> tuple[list[str], Table]:
    keys = sorted({key for row in rows for key in row})
    return keys, np.array([[row.get(key, 0.0) for key in keys] for row in rows])


def fit_yes(
    keys: Sequence[str] | range,
    rows: Table,
    answers: Table,
    weights: Table,
    *,
    bound: Callable[[str], Bound],
    prior: Mapping[str, float],
    strength: float,
    steps: int = 15_000,
) -> Table:
    """Logistic regression with a prior and a side for each sign."""
    middle = np.array([prior.get(key, 0.0) for key in keys])
    side = np.where(answers, 1.0, -1.0)

    def loss(b: Table) -> tuple[float, Table]:
        z = side * (rows @ b)
        slope = -(weights * side / (1 + np.exp(np.clip(z, -50, 50)))) @ rows
        away = b - middle
        cost = (weights * np.logaddexp(0, -z)).sum() + 0.5 * strength * (away @ away)
        return cost, slope + strength * away

    start = np.zeros(len(keys))
    bounds = [bound(key) for key in keys]
    if set(bounds) == {FREE}:
        bounds = None
    most = {"maxiter": steps}
    return minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options=most).x


def fit_one_of(
    keys: Sequence[str],
    rows: Table,
    answers: Table,
    counts: Table,
    prior: Mapping[str, Any],
    strength: float,
) -> tuple[list[str], Table]:
    """Multinomial regression drawn towards `prior`: classes, and a row of weights for each."""
    classes = sorted(set(prior) | set(answers))
    middle = np.array([[prior.get(c, {}).get(key, 0.0) for key in keys] for c in classes])
    right = (answers[:, None] == np.array(classes)[None, :]).astype(float)

    def loss(b: Table) -> tuple[float, Table]:
        w = b.reshape(middle.shape)
        z = rows @ w.T
        e = np.exp(z - z.max(1, keepdims=True))
        p = e / e.sum(1, keepdims=True)
        away = w - middle
        cost = -(counts[:, None] * right * np.log(p + 1e-12)).sum()
        slope = ((p - right) * counts[:, None]).T @ rows + strength * away
        return cost + 0.5 * strength * (away * away).sum(), slope.ravel()

    found = minimize(loss, middle.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return classes, found.x.reshape(middle.shape)


def fit_best(
    sets: Sequence[tuple[Table, Table, float]],
    penalty: Table,
    middle: Table,
    bounds: Sequence[Bound] | None = None,
) -> Table:
    """Weights by which the right candidate of each set scores best: a conditional logit.

    They are drawn towards `middle`, and held within `bounds`.
    """
    rows = sparse.vstack([sparse.csr_matrix(one) for one, _, _ in sets], format="csr")
    right = np.concatenate([one for _, one, _ in sets])
    counts = np.array([count for _, _, count in sets])
    sizes = [len(one) for _, one, _ in sets]
    starts = np.cumsum([0, *sizes[:-1]])

    def loss(b: Table) -> tuple[float, Table]:
        z = rows @ b
        e = np.exp(z - np.repeat(np.maximum.reduceat(z, starts), sizes))
        p = e / np.repeat(np.add.reduceat(e, starts), sizes)
        share = np.add.reduceat(p * right, starts) + 1e-12
        away = b - middle
        cost = -(counts * np.log(share)).sum() + 0.5 * (penalty * away * away).sum()
        slope = -((p * right / np.repeat(share, sizes) - p) * np.repeat(counts, sizes)) @ rows
        return cost, slope + penalty * away

    return minimize(loss, middle, jac=True, method="L-BFGS-B", bounds=bounds).x


# -- the sum -----------------------------------------------------------------------------------


def _sum_bound(key: str) -> Bound:
    if key == "twin_as.valuation":
        return None, -2.0  # what is called a worth in one place is a worth in the other
    if key.startswith("as.") and key != "as.part_of":
        return None, -0.5  # what the lexicon calls a role that makes no deal is hardly the deal's
    return AGAINST if key.startswith(("as.", "twin_as.")) else FREE


@dataclass(slots=True)
class Sums:
    """Which sum is the deal's: weights, and what cross-validation scored each sum of a case."""

    weights: dict[str, float]
    scores: list[list[tuple[float, Weighed]]]  # by case
    none_below: float


def fit_beside_sums(cases: Sequence[Case]) -> bytes:
    """What the words around a sum say; each case is told what others taught, and the table."""
    asked = [(case, *one) for case in cases if _teaches_sums(case) for one in case.sums]
    rows = [runs_around(case.scan, [_place(case, group)]) for case, group, _ in asked]
    right = np.array([_is_deals(case, group) for case, group, _ in asked])
    folds = np.array([case.fold for case, *_ in asked]) % _LETTERS_FOLDS
    taught = np.array([case.is_plain for case, *_ in asked])
    weights = np.array([_sum_weight(case) for case, *_ in asked])
    fit = _fit_letters(right, weights, _SUM_STRENGTH)
    learned = learn_letters(table_of(rows), folds, taught, fit)
    for (_, _, signs), odds in zip(asked, within_all(learned.said).tolist(), strict=True):
        signs[BESIDE_SUM] = odds
    return learned.data


def _place(case: Case, group: Weighed) -> Place:
    return case.scan.sentences[group.sum.sentence], group.start, group.end


def _teaches_sums(case: Case) -> bool:
    return case.deal is not None or not case.is_told  # of a round-up no sum leads, none is wrong


def _is_deals(case: Case, group: Weighed) -> bool:
    figures = (group.sum.figure, *(one.figure for one in group.restated))
    return case.deal is not None and any(is_sum_of(figure, case.deal) for figure in figures)


def _is_stated(case: Case) -> bool:
    return case.deal is not None and case.deal["low"] is not None


def _sum_weight(case: Case) -> float:
    return case.weight * (1.0 if case.deal else 0.25)


def fit_sums(cases: Sequence[Case]) -> Sums:
    """By which signs the deal's sum scores best of its story, and above 0, which none has."""
    keys, rows = table([signs for case in cases for _, signs in case.sums])
    tables = np.split(rows, np.cumsum([len(case.sums) for case in cases])[:-1])
    right = [np.array([_is_deals(case, group) for group, _ in case.sums]) for case in cases]
    none = np.zeros(len(keys))
    sets = [
        (
            case.fold,
            (
                np.vstack([rows, none]),
                np.append(deals, not any(deals)).astype(float),
                _sum_weight(case),
            ),
        )
        for case, rows, deals in zip(cases, tables, right, strict=True)
        if case.sums and _teaches_sums(case) and (any(deals) or not _is_stated(case))
    ]

    def fit(but: int | None) -> Table:
        some = [one for fold, one in sets if fold != but]
        return fit_best(some, none + 6.0, none, [_sum_bound(key) for key in keys])

    by_fold = [fit(fold) for fold in range(FOLDS)]
    by_case = [
        [(z, group) for z, (group, _) in zip(said, case.sums, strict=True)]
        for case, rows in zip(cases, tables, strict=True)
        for said in [(rows @ by_fold[case.fold]).tolist()]
    ]
    whole = dict(zip(keys, fit(None), strict=True))
    stated = [i for i, c in enumerate(cases) if _is_stated(c)]
    unstated = [i for i, c in enumerate(cases) if c.deal and c.deal["low"] is None]
    best = [max((z for z, _ in by_case[i]), default=-9.0) for i in range(len(cases))]
    hits = [
        bool(by_case[i]) and bool(right[i][np.argmax([z for z, _ in by_case[i]])]) for i in stated
    ]
    _show("sum", hits, [cases[i] for i in stated])
    none_below = max(  # half of those untold are left out by stated.py in any case
        np.arange(-3.5, 1, 0.1),
        key=lambda t: sum(best[i] >= t for i in stated) + 0.5 * sum(best[i] < t for i in unstated),
    )
    return Sums(whole, by_case, float(none_below))


# -- the topic ---------------------------------------------------------------------------------

_TOPIC_AGAINST = {"not_ai", "only_uses_ai", "no_ai", "no_ai_at_all", "deal_without_ai",
                  "other_field_and_deal", "other_news_no_deal", "other_news_no_moves",
                  "nothing_moves", "buys_other_field", "deny_any", "cancel_any",
                  "title_asks", "ai_after_sum", "sum_is_past", "sum_is_forecast",
                  "long_quote_in_title", "nobody_named", "sum_tiny"}  # fmt: skip
_TOPIC_FOR = {"ai", "ai_beside_sum", "deal", "ai_and_deal", "ai_and_moves", "ai_title_and_deal",
              "ai_title_and_moves", "ai_lead_and_deal", "weak_ai_and_deal",
              "tech_company_and_deal", "open_share", "buys_ai", "clear_deal",
              "clear_and_ai", "wording", "wording_without_ai", "words"}  # fmt: skip
_TOPIC_PRIOR = {
    "buys_other_field": -3.0, "title.deal.contract": -1.2, "title.sum_other_money": -1.0,
    "title.veto.deny": -5.0, "title.veto.cancel": -2.0, "lead.veto.deny": -1.0,
    "lead.veto.cancel": -0.7, "title.veto.legal": -2.0, "title.veto.jobs": -1.0,
    "title.veto.market": -2.0, "title.veto.product": -0.5, "title.veto.shares": -0.7,
    "title.veto.earnings": -0.5, "title.veto.talk": -0.4, "ai_and_deal": 3.0,
    "no_ai_at_all": -2.0, "only_uses_ai": -1.0, "not_ai": -1.0, "other_field_and_deal": -1.0,
    "deal_without_ai": -1.0, "ai_after_sum": -1.0, "sum_is_past": -0.7, "sum_is_forecast": -1.0,
    "long_quote_in_title": -0.5, "nobody_named": -0.3, "sum_tiny": -2.0, "clear_and_ai": 0.7,
}  # fmt: skip


def _topic_bound(key: str) -> Bound:
    against = (".other_field", "sum_other", "sum_revenue", "sum_other_money", "sum_market")
    if key == "buys_other_field":
        return None, -2.8  # LABELS.md: an AI firm that buys something else is no deal
    if ".veto." in key or key in _TOPIC_AGAINST or key.endswith(against):
        return AGAINST
    ai = (".ai", ".ai_any", ".ai_company", ".sum_open", ".sum_deal", ".changed")
    vague = ("contract", "project", "stake", "fund", "programme", "government")
    if key in _TOPIC_FOR or key.endswith(ai) or (".deal." in key and not key.endswith(vague)):
        return FOR
    return FREE


def _show(name: str, hits: Sequence[bool], cases: Sequence[Case]) -> None:
    """The share right, of all and of the stories that count for the next one."""
    unread = [hit for hit, case in zip(hits, cases, strict=True) if case.is_unread]
    print(f"{name}: {np.mean(hits):.3f} of {len(hits)} right, unread {np.mean(unread):.3f}")


def topic_weights(cases: Sequence[Case]) -> Table:
    """What each case counts; of those unread, which are mostly deals, both sorts as much."""
    unread = [case.is_told for case in cases if case.is_unread]
    even = (len(unread) - sum(unread)) / max(1, sum(unread))
    return np.array(
        [
            case.weight
            * (even if case.is_told and case.is_unread else 1.0)
            * (1.0 if case.is_told or not case.is_long else LONG)
            for case in cases
        ]
    )


def fit_wording(cases: Sequence[Case]) -> Learned:
    """What pieces of words say, and what each case's wording says by what others taught."""
    answers = np.array([case.is_told for case in cases])
    weights = topic_weights(cases)

    def fit(rows: Table, chosen: Table) -> Table:
        keys = [str(number) for number in range(rows.shape[1])]
        strength = _WORDING_STRENGTH * weights[chosen].sum()
        return fit_yes(keys, rows[chosen], answers[chosen], weights[chosen],
                       bound=lambda _: FREE, prior={}, strength=strength)  # fmt: skip

    texts = [(case.scan.text, case.story["lang"]) for case in cases]
    names_ai = np.array([_names_ai(case) for case in cases])
    return learn(texts, np.array([case.fold for case in cases]), names_ai, fit)


def fit_letters(cases: Sequence[Case]) -> tuple[Table, Table, bytes]:
    """What runs of letters say of a deal and of each of KINDS, as others taught; and the tables."""
    rows = table_of([runs(case.scan.text, case.story["lang"]) for case in cases], FEW)
    folds = np.array([case.fold for case in cases])
    # A story told otherwise teaches the same words once more.
    plain = np.array([case.is_plain for case in cases])
    dealt = np.array([case.deal is not None for case in cases])

    def learned(answers: Table, weights: Table, taught: Table) -> Learned:
        fit = _fit_letters(answers, weights, _LETTERS_STRENGTH)
        return learn_letters(rows, folds % _LETTERS_FOLDS, taught, fit)

    told = np.array([case.is_told for case in cases])
    deal = learned(told, topic_weights(cases), plain)
    kind = np.array([case.deal["kind"] if case.deal else "" for case in cases])
    weights = np.array([case.weight for case in cases])
    kinds = [learned(kind == one, weights, plain & dealt) for one in KINDS]
    of_kinds = np.array([one.said for one in kinds]).T
    of_kinds -= of_kinds.mean(1, keepdims=True)
    tables = b"".join(one.data for one in (deal, *kinds))
    return within_all(deal.said), within_all(of_kinds), tables


def _fit_letters(
    answers: Table, weights: Table, strength: float
) -> Callable[[Table, Table], Table]:
    def fit(rows: Table, chosen: Table) -> Table:
        return fit_yes(range(rows.shape[1]), rows[chosen], answers[chosen], weights[chosen],
                       bound=lambda _: FREE, prior={}, steps=_LETTERS_STEPS,
                       strength=strength * weights[chosen].mean())  # fmt: skip

    return fit


def within_all(odds: Table) -> Table:
    return np.clip(odds, -within(np.inf), within(np.inf))


def _names_ai(case: Case) -> bool:
    return not topic_signs(case.scan)["no_ai"]


def fit_topic(cases: Sequence[Case], sums: Sums, wording: Table, words: Table) -> dict[str, float]:
    rows = []
    for case, scored, worded, spelled in zip(cases, sums.scores, wording, words, strict=True):
        score, group = max(scored, key=lambda one: one[0], default=(-5.0, None))
        sentence = case.scan.sentences[group.sum.sentence] if group else None
        signs = all_signs(case.scan, case.weighed, sentence, score)
        sign = wording_sign(not signs["no_ai"])
        signs[sign] = float(np.clip(worded, -MOST, MOST))
        signs["words"] = words_sign(signs, float(spelled))
        rows.append(signs)
    keys, matrix = table(rows)
    answers = np.array([case.is_told for case in cases])
    folds = np.array([case.fold for case in cases])
    weights = topic_weights(cases)

    def fit(chosen: Table) -> Table:
        return fit_yes(keys, matrix[chosen], answers[chosen], weights[chosen],
                       bound=_topic_bound, prior=_TOPIC_PRIOR, strength=4.0)  # fmt: skip

    said = np.zeros(len(cases), bool)
    for fold in range(FOLDS):
        said[folds == fold] = matrix[folds == fold] @ fit(folds != fold) > 0
    languages = np.array([case.story["lang"] for case in cases])
    unread = np.array([case.is_unread for case in cases])
    for name in ("all", "unread", *sorted(set(languages))):
        some = (languages == name) | (name == "all") | (unread & (name == "unread"))
        both = (said & answers & some).sum()
        total = (said & some).sum() + (answers & some).sum()
        print(f"topic {name}: F1 {2 * both / max(1, total):.3f} of {some.sum()}")
    return dict(zip(keys, fit(np.ones(len(cases), bool)), strict=True))


# -- kind and stage ----------------------------------------------------------------------------

_KIND_PRIOR: dict[str, dict[str, float]] = {
    "grant": {"title.grant": 1.8, "near.grant": 1.0, "lead.grant": 0.4, "large": -2.0},
    "ipo": {"title.ipo": 3.0, "near.ipo": 1.8, "lead.ipo": 0.7},
    "debt": {"title.debt": 2.5, "near.debt": 1.3, "lead.debt": 0.3},
    "joint_venture": {"title.venture": 2.5, "near.venture": 1.5, "lead.venture": 0.5},
    "acquisition": {"title.acquire": 1.8, "near.acquire": 0.8, "word.acquire": 0.5},
    "government_programme": {
        "title.programme": 0.4, "near.programme": 0.3, "title.government": 1.0,
        "near.government": 1.0, "lead.government": 0.4, "bias": -1.0, "title.is_state": 1.4,
        "near.is_state": 0.6, "lead.is_state": 0.2, "year_and_company": -0.5,
        "title.is_tech": -0.5,
    },
    "fund_launch": {"title.fund": 1.2, "near.fund": 0.5, "title.launch_fund": 0.4},
    "capex_plan": {
        "year_and_spends": 0.5, "title.capex": 0.9, "near.capex": 0.9, "title.spend": 0.4,
        "near.spend": 0.4, "year_and_company": 0.4, "year_and_invests": 0.35,
        "year_and_into_ai": 1.0, "into_place": -0.4,
    },
    "investment_commitment": {
        "title.invest": 0.7, "near.invest": 0.5, "near.project": 0.4, "title.stake": 0.8,
        "near.stake": 0.6, "into_place": 0.4,
    },
    "funding_round": {
        "title.raise": 0.6, "title.round": 1.0, "near.raise": 0.3, "near.round": 0.8,
        "lead.round": 0.4, "near.lead": 0.4, "title.is_ai": 0.3,
    },
    "other": {"title.secondary": 2.5, "near.secondary": 2.0, "lead.secondary": 1.0, "bias": -1.0},
}  # fmt: skip
_STAGE_PRIOR: dict[str, dict[str, float]] = {
    "rumoured": {
        "title.stage.rumoured": 1.4, "near.stage.rumoured": 0.9, "lead.stage.rumoured": 0.8,
    },
    "in_talks": {
        "title.stage.in_talks": 1.2, "near.stage.in_talks": 1.0, "lead.stage.in_talks": 0.5,
    },
    "planned": {
        "title.stage.planned": 0.6, "near.stage.planned": 0.6, "year_and_spends": 0.5,
        "near.capex": 0.5, "is.capex_plan": 0.8, "is.ipo": 0.3,
    },
    "closed": {
        "title.stage.closed": 0.8, "near.stage.closed": 0.5, "near.round": 0.3,
        "is.funding_round": 0.4, "is.other": 0.3,
    },
    "announced": {
        "title.stage.announced": 0.4, "near.stage.announced": 0.3, "near.programme": 0.3,
        "near.is_state": 0.4, "is.government_programme": 0.5, "is.acquisition": 0.4,
        "is.investment_commitment": 0.4, "is.joint_venture": 0.4, "is.grant": 0.3,
    },
}  # fmt: skip

# What the clear words of the lexicons mean, by the family that holds them.
_CLEAR = {
    "venture": {"joint_venture": 1.2}, "lent": {"debt": 1.3}, "given": {"grant": 0.8},
    "listing": {"ipo": 1.2}, "resold": {"other": 1.5}, "public": {"government_programme": 0.7},
    "pool": {"fund_launch": 1.4}, "whole": {"acquisition": 0.7},
    "share": {"investment_commitment": 0.5, "acquisition": -0.3},
    "yearly": {"capex_plan": 0.5}, "site": {"investment_commitment": 0.3},
}  # fmt: skip
_LOUDNESS = {"title": 1.2, "near": 0.8, "lead": 1.0, "rest": 0.15}
for _family, _meant in _CLEAR.items():
    for _kind, _strength in _meant.items():
        _prior = _KIND_PRIOR[_kind]
        for _zone, _loud in _LOUDNESS.items():
            _prior[f"{_zone}.kind.{_family}"] = _strength * _loud
        _prior[f"touch.kind.{_family}"] = _strength

OneOf = tuple[list[str], list[str], Table]  # classes, signs, weights


def fit_kinds(cases: Sequence[Case], words: Table) -> tuple[OneOf, OneOf]:
    """Weights of the kinds and of the stages; `words`: what those of each case say of KINDS."""
    dealt = [case for case in cases if case.deal]
    words = [said for case, said in zip(cases, words, strict=True) if case.deal]
    rows = []
    for case in dealt:
        groups = [group for number in case.weighed for group in case.weighed[number]]
        own = next((g for g in groups if is_sum_of(g.sum.figure, case.deal or {})), None)
        sentence = case.scan.sentences[own.sum.sentence] if own else None
        rows.append(kind_signs(case.scan, sentence, own))
    told = np.array([(case.deal or {})["kind"] for case in dealt])
    worded = [
        row | dict(zip(map(kind_sign, KINDS), map(float, said), strict=True))
        for row, said in zip(rows, words, strict=True)
    ]
    kinds, said = _fit_one_way("kind", worded, told, dealt, _KIND_PRIOR, 9.0)
    stages = np.array([(case.deal or {}).get("stage") or "" for case in dealt])
    some = stages != ""
    staged = [
        {**row, f"is.{kind}": 1.0}
        for row, kind, is_in in zip(rows, said, some, strict=True)
        if is_in
    ]
    in_stage = [case for case, is_in in zip(dealt, some, strict=True) if is_in]
    by_stage, _ = _fit_one_way("stage", staged, stages[some], in_stage, _STAGE_PRIOR, 14.0)
    return kinds, by_stage


def _fit_one_way(
    name: str,
    rows: Sequence[Signs],
    told: Table,
    cases: Sequence[Case],
    prior: Mapping[str, Any],
    strength: float,
) -> tuple[OneOf, Table]:
    """Weights by class, and what they say of each row when its fold is left out."""
    keys, matrix = table(rows)
    folds = np.array([case.fold for case in cases])
    counts = np.array([case.weight for case in cases])
    said = np.array(told, dtype=object)
    for fold in range(FOLDS):
        train, test = folds != fold, folds == fold
        classes, weights = fit_one_of(
            keys, matrix[train], told[train], counts[train], prior, strength
        )
        said[test] = np.array(classes)[np.argmax(matrix[test] @ weights.T, axis=1)]
    _show(name, list(said == told), cases)
    classes, weights = fit_one_of(keys, matrix, told, counts, prior, strength)
    return (classes, keys, weights), said


# -- the recipient -----------------------------------------------------------------------------

# What a sign means for all deals, and what more for those of one group.
_RECIPIENT_PRIOR = {
    "kind.person": -2.0, "kind.everyday": -1.5, "is.product": -3.0, "everyday_words": -1.0,
    "ends_small": -1.0, "is.person": -2.0, "is.source": -1.2, "acronym": -0.5, "hyphen": -0.4,
    "common_too": -1.0, "most": 0.5, "is.kind": 1.0, "only_opens": -2.0, "heads.body": -1.5,
    "is.rival": -3.0, "kind.programme": -2.0, "programme:kind.programme": 4.0,
    "venture:kind.programme": 1.0,
    "is.project": 0.8, "long": -0.5, "holds.kind": 1.0, "holds.person": -1.0,
    "gets:is_city": -2.0, "acquired:is_city": -2.0, "place:is_city": 1.0, "fund:is_city": -1.5,
    "venture:is_city": -1.5, "fund:numbered": 1.0,
    "gets:is_place": -4.0, "gets:is.in": -0.8, "gets:is.place": -1.5, "gets:is.from": -1.2,
    "gets:is.gets": 1.5, "gets:is.to": 0.5, "gets:is.investor": -0.8, "gets:holds.investor": -1.5,
    "gets:is.of": -0.5, "gets:verbs_point": 1.0, "gets:kind.investor": -1.5, "gets:is.kind": 0.5,
    "acquired:is_place": -4.0, "acquired:gives": -1.5, "acquired:is.obj": 1.5,
    "acquired:verbs_point": 1.5, "acquired:is.investor": -1.0, "acquired:is.from": -1.0,
    "acquired:is.subj": -0.7, "acquired:is.kind": 0.5, "acquired:holds.investor": -1.0,
    "fund:is_place": -1.5, "fund:is.fund": 2.0, "fund:holds.investor": 1.5, "fund:is.from": -1.0,
    "fund:gives": 0.5,
    "place:is_place": 1.5, "place:is.in": 1.0, "place:is.place": 1.0, "place:gives": -1.5,
    "place:is.to": 0.5, "place:is.subj": -0.5, "place:is.investor": -1.0, "place:is.from": -1.0,
    "place:kind.investor": -1.5, "place:verbs_point": 0.7, "place:project.next_before": 0.5,
    "place:is.obj": 1.0,
    "programme:is_place": -0.5, "programme:kind.state": -0.5, "programme:is.project": 2.0,
    "programme:quoted": 1.0, "programme:gives": -1.0, "programme:is.kind": 1.0,
    "programme:is.named": 1.5, "fund:is.named": 1.5, "venture:is.named": 1.5,
    "place:is.named": 0.7, "gets:is.named": 0.5,
    "programme:kind.unknown": -1.0, "programme:kind.stranger": -1.0,
    "venture:is_place": -1.5, "venture:gives": -1.0, "venture:is.kind": 2.0, "venture:listed": -0.7,
    "venture:quoted": 1.0, "venture:is.project": 1.0, "venture:is.with": -0.7,
    "venture:is.subj": -0.5,
}  # fmt: skip


def fit_around(cases: Sequence[Case]) -> bytes:
    """What the words around a name, and its own, say; each case is told what others taught.

    The tables are returned.
    """
    asked = [(case, one) for case in cases if case.deal for one in _found(case)]
    gets = np.array([_gets(case, one) for case, one in asked])
    gives = np.array([any(is_right(one.name.text, n) for n in case.gives) for case, one in asked])
    folds = np.array([case.fold for case, _ in asked]) % _LETTERS_FOLDS
    taught = np.array([case.is_plain for case, _ in asked])
    weights = np.array([case.weight for case, _ in asked])
    learned = [
        learn_letters(rows, folds, taught, _fit_letters(answers, weights, strength))
        for rows, strength in (
            (
                table_of([runs_around(case.scan, one.places) for case, one in asked]),
                _AROUND_STRENGTH,
            ),
            (table_of([runs_within(one) for _, one in asked]), _LETTERS_STRENGTH),
        )
        for answers in (gets, gives)
    ]
    said = np.array([within_all(one.said) for one in learned]).T
    for (case, _), odds in zip(asked, said.tolist(), strict=True):
        case.around.append(dict(zip((*BESIDE, *SPELLED), odds, strict=True)))
    return b"".join(one.data for one in learned)


def _gets(case: Case, one: Candidate) -> bool:
    return case.gets is not None and is_right(one.name.text, case.gets)


def _found(case: Case) -> list[Candidate]:
    return find_candidates(case.scan, parties._sentences(case.scan, _own_sum(case)))


def fit_recipients(
    cases: Sequence[Case],
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Weights of all deals, and what is added to them for the deals of each group."""
    sets: list[tuple[list[Signs], list[bool], Case]] = []
    for case in cases:
        deal = case.deal
        if deal is None or deal.get("names_recipient") is False or deal["kind"] == "capex_plan":
            continue
        kind = Role(deal["kind"])
        own = _own_sum(case)
        signs, right = _candidates(case, own)
        group = GROUP_OF.get(kind, "gets")
        both = [s | {f"{group}:{k}": v for k, v in s.items()} for s in signs]
        sets.append((both, right, case))
    keys = sorted({key for signs, *_ in sets for one in signs for key in one})
    penalty = np.array([14.0 if ":" in key else 5.0 for key in keys])
    middle = np.array([_RECIPIENT_PRIOR.get(key, 0.0) for key in keys])
    made = [
        (
            np.array([[one.get(k, 0.0) for k in keys] for one in signs]),
            np.array(right, float),
            case.weight,
        )
        for signs, right, case in sets
    ]

    def fit(but: int | None) -> Table:
        some = [
            one for one, (_, right, case) in zip(made, sets, strict=True)
            if any(right) and case.fold != but
        ]  # fmt: skip
        return fit_best(some, penalty, middle)

    hits: list[bool] = [False] * len(sets)
    for fold in range(FOLDS):
        weights = fit(fold)
        for i, ((rows, right, _), (_, _, case)) in enumerate(zip(made, sets, strict=True)):
            if case.fold == fold:
                hits[i] = bool(right[np.argmax(rows @ weights)])
    _show("recipient", hits, [case for *_, case in sets])
    whole = dict(zip(keys, fit(None), strict=True))
    of: dict[str, dict[str, float]] = {
        name: {} for name in ("gets", *sorted(set(GROUP_OF.values())))
    }
    for key, value in whole.items():
        group, colon, sign = key.partition(":")
        if colon:
            of[group][sign] = value
    return {key: value for key, value in whole.items() if ":" not in key}, of


def _candidates(case: Case, own: Weighed | None) -> tuple[list[Signs], list[bool]]:
    found, signs = find_standing(case, own)
    right = [_gets(case, one) for one in found]
    return [*signs, {"none": 1.0}], [*right, not case.gets]


# -- writing -----------------------------------------------------------------------------------

HEAD = '''"""How much does each sign count? Fitted on labelled stories, a table to be read."""

from __future__ import annotations

from collections.abc import Mapping

# Written by tests/crawler/reading/fit_weights.py. A sign is described where it is made: signs.py,
# standing.py; a positive weight speaks for the question.
'''


def rows_of(weights: Mapping[str, float], least: float = 0.005, indent: str = "    ") -> str:
    return "".join(
        f'{indent}"{key}": {value:.2f},\n'
        for key, value in sorted(weights.items())
        if abs(value) >= least
    )


def _nested(name: str, of: Mapping[str, Mapping[str, float]], least: float = 0.005) -> str:
    parts = "".join(
        f'    "{key}": {{\n{rows_of(weights, least, " " * 8)}    }},\n'
        for key, weights in of.items()
    )
    return f"{name}: Mapping[str, Mapping[str, float]] = {{\n{parts}}}\n"


def _by_class(made: OneOf) -> dict[str, dict[str, float]]:
    classes, keys, weights = made
    return {c: dict(zip(keys, row, strict=True)) for c, row in zip(classes, weights, strict=True)}


def _kinds(cases: Sequence[Case], words: Table) -> str:
    kinds, stages = fit_kinds(cases, words)
    return _nested("KIND", _by_class(kinds), 0.05) + _nested("STAGE", _by_class(stages), 0.05)


def _parties(cases: Sequence[Case], beside_sums: bytes) -> tuple[str, bytes]:
    """The weights of parties, and the tables of AROUND: those that came with them and the last."""
    found = [_found(case) if case.deal else [] for case in cases]
    cases, joins = fit_spans(
        cases, found, _LETTERS_FOLDS, lambda a, w: _fit_letters(a, w, _LETTERS_STRENGTH)
    )
    around = fit_around(cases) + joins + beside_sums
    recipient, recipient_of = fit_recipients(cases)
    text = f'AROUND = "{digest_of(around)}"\n'
    text += f"RECIPIENT: Mapping[str, float] = {{\n{rows_of(recipient)}}}\n"
    text += _nested("RECIPIENT_OF", recipient_of)
    investor, investor_of = fit_investors(cases, _own_sum, _fit_investors)
    text += f"INVESTOR: Mapping[str, float] = {{\n{rows_of(investor)}}}\n"
    return text + _nested("INVESTOR_OF", investor_of), around


def _stated(cases: Sequence[Case], weights: Mapping[str, float]) -> str:
    def fit(keys: Sequence[str], rows: Table, answers: Table, counts: Table) -> Table:
        return fit_yes(keys, rows, answers, counts, bound=lambda _: FREE, prior={}, strength=3.0)

    return f"STATED: Mapping[str, float] = {{\n{rows_of(fit_stated(cases, weights, fit))}}}\n"


def _own_sum(case: Case) -> Weighed | None:
    """The deal's sum in its story."""
    groups = [group for number in case.weighed for group in case.weighed[number]]
    return next((g for g in groups if is_sum_of(g.sum.figure, case.deal or {})), None)


def _fit_investors(keys: Sequence[str], rows: Table, answers: Table, weights: Table) -> Table:
    return fit_yes(keys, rows, answers, weights,
                   bound=lambda _: FREE, prior=INVESTOR_PRIOR, strength=8.0)  # fmt: skip


def _put(first: str, after: str | None, text: str) -> None:
    """Write the part of the weights that begins with `first` anew; the rest stands `after` it."""
    before, _, old = WEIGHTS.read_text("utf-8").partition(first)
    rest = "" if after is None else after + old.partition(after)[2]
    WEIGHTS.write_text(before + text + rest, "utf-8")


def main() -> None:
    writes = any(name.startswith("--write") for name in sys.argv)
    paths = [Path(name) for name in sys.argv[1:] if not name.startswith("--")]
    cases = load_cases(paths, load_reader(None), variants=writes)
    print(f"{len(cases)} stories, {sum(case.is_told for case in cases)} positive")
    beside_sums = fit_beside_sums(cases)
    if "--write-stated" in sys.argv:
        _put("STATED: ", "KIND: ", _stated(cases, SUM))
        return
    if "--write-parties" in sys.argv:
        parties_, around = _parties(cases, beside_sums)
        AROUND.write_bytes(around)
        _put("AROUND = ", None, parties_)
        return
    sums = fit_sums(cases)
    wording = fit_wording(cases)
    words, of_kinds, letters = fit_letters(cases)
    topic = fit_topic(cases, sums, wording.said, words)
    kinds = _kinds(cases, of_kinds)
    parties_, around = _parties(cases, beside_sums)
    if writes:
        LIKENESS.write_bytes(wording.data)
        LETTERS.write_bytes(letters)
        AROUND.write_bytes(around)
        text = HEAD
        text += "# The config/likeness.tsv and config/letters.bin that came with them.\n"
        text += f'LIKENESS = "{digest_of(wording.data)}"\n'
        text += f'LETTERS = "{digest_of(letters)}"\n'
        text += f"AI_INVESTMENT: Mapping[str, float] = {{\n{rows_of(topic)}}}\n"
        text += f"SUM: Mapping[str, float] = {{\n{rows_of(sums.weights)}}}\n"
        text += "# Below this no sum is the deal's: a deal without a stated amount.\n"
        text += f"NO_SUM = {sums.none_below:.1f}\n"
        text += _stated(cases, sums.weights)
        WEIGHTS.write_text(text + kinds + parties_, "utf-8")


if __name__ == "__main__":
    main()
