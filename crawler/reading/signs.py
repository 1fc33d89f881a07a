"""Which signs does an article show? Numbers that a weight can speak about, each with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crawler.model import Role
from crawler.reading.around import runs_around
from crawler.reading.letters import BESIDE_SUM
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence
from crawler.reading.words import Hit

Signs = dict[str, float]

LEAD = 3  # sentences of the body that count as its lead
_STORY = 8  # sentences; what a page has further down is often of other stories
_VETOES = ("earnings", "shares", "jobs", "legal", "product", "price", "property", "talk", "market",
           "cancel", "deny", "roundup")  # fmt: skip
DEALS = (
    "raise",
    "round",
    "invest",
    "spend",
    "capex",
    "acquire",
    "stake",
    "lead",
    "debt",
    "ipo",
    "fund",
    "launch_fund",
    "grant",
    "programme",
    "government",
    "venture",
    "project",
    "secondary",
    "contract",
)
STAGES = ("rumoured", "in_talks", "planned", "closed", "announced")


_NEWS = (
    *(f"veto.{name}" for name in _VETOES),
    *(f"deal.{name}" for name in DEALS),
    *(f"stage.{name}" for name in STAGES),
)


def topic_signs(scan: Scan) -> Signs:
    """How much the article speaks of AI, and where: title, lead or the rest."""
    signs: Signs = {}
    for zone, sentences in zones(scan):
        strong = _count(sentences, "topic.strong")
        signs[f"{zone}.ai"] = min(strong, 3)
        if zone == "rest":
            continue  # a long text holds everything: only AI itself counts there
        signs[f"{zone}.ai_any"] = float(strong > 0)
        signs[f"{zone}.ai_weak"] = min(_count(sentences, "topic.weak"), 3)
        signs[f"{zone}.other_field"] = min(_count(sentences, "topic.other"), 3)
        kinds = [name.kind for sentence in sentences for name in sentence.names]
        signs[f"{zone}.ai_company"] = float("ai" in kinds)
        signs[f"{zone}.tech_company"] = float("tech" in kinds)
        signs[f"{zone}.state"] = float("state" in kinds)
    story = scan.sentences[:_STORY]
    signs["not_ai"] = min(_count(story, "topic.not"), 2)
    signs["only_uses_ai"] = min(_count(story, "topic.only_uses"), 2)
    first = [*zones(scan)[0][1], *zones(scan)[1][1]]
    signs["no_ai"] = float(not any(map(speaks_of_ai, first)))
    signs["no_ai_at_all"] = float(
        not any(s.having("topic.strong") for s in scan.sentences)
        and not any(name.kind == "ai" for name in scan.names)
    )
    return signs


def news_signs(scan: Scan, weighed: Mapping[int, Sequence[Weighed]]) -> Signs:
    """What kind of news it is: words for deals and for other news, sums and what they do."""
    signs: Signs = {}
    for zone, sentences in zones(scan)[:2]:
        told = {hit.key for sentence in sentences for hit in sentence.hits}
        signs |= {f"{zone}.{key}": float(key in told) for key in _NEWS}
        groups = [group for s in sentences for group in weighed.get(s.number, ())]
        signs[f"{zone}.sum"] = float(bool(groups))
        signs[f"{zone}.sum_deal"] = max([0.0, *(g.deal for g in groups if g.role is None)])
        signs[f"{zone}.sum_open"] = float(any(g.role is None for g in groups))
        signs[f"{zone}.sum_other"] = float(bool(groups) and all(g.role is not None for g in groups))
        signs[f"{zone}.sum_revenue"] = float(any(g.role is Role.REVENUE for g in groups))
        signs[f"{zone}.sum_valuation"] = float(any(g.role is Role.VALUATION for g in groups))
        signs[f"{zone}.sum_other_money"] = float(
            any(g.role is Role.NOT_MONEY_IN_AI for g in groups)
        )
        signs[f"{zone}.sum_market"] = float(any(g.role is Role.MARKET_SIZE for g in groups))
        signs[f"{zone}.changed"] = float(has_word(sentences, "change."))
    everything = [group for groups in weighed.values() for group in groups]
    signs["no_sum"] = float(not everything)
    signs["deny_any"] = float(has_word(scan.body[:_STORY], "veto.deny"))
    signs["cancel_any"] = float(has_word(scan.body[:_STORY], "veto.cancel"))
    title = scan.title
    signs["title_asks"] = float(
        title is not None and scan.folded.text[title.start : title.end].rstrip()[-1:] in "?؟"
    )
    signs["bias"] = 1.0
    return signs


def joint_signs(
    scan: Scan, signs: Mapping[str, float], sentence: Sentence | None, sum_score: float
) -> Signs:
    """Signs that count only together: a sum that is a deal's, and AI beside it.

    `sum_score` is what speaks for the best sum of the article, at `sentence`.
    """
    moves = max(signs[f"{zone}.deal.{name}"] for zone in ("title", "lead") for name in _MOVES)
    title_moves = max(signs[f"title.deal.{name}"] for name in _MOVES)
    is_deal = 1 / (1 + math.exp(-max(-8.0, min(8.0, sum_score))))
    beside = _ai_beside(scan, sentence)
    ahead = max(signs["title.ai_any"], signs["title.ai_company"])
    lead = max(signs["lead.ai_any"], signs["lead.ai_company"])
    ai = max(ahead, beside, 0.8 * lead, 0.4 * float(signs["rest.ai"] > 1))
    other = min(1.0, signs["title.other_field"] + 0.5 * signs["lead.other_field"])
    bought = {
        field
        for _, zone in zones(scan)[:2]
        for sentence in zone
        for field in _bought(sentence, scan.verbs_last)
    }
    buyers_field: Signs = {}
    if "topic.strong" in bought:  # a hotel chain buys an AI firm
        other = 0.0
        buyers_field = {} if "topic.other" in bought else {"title.other_field": 0.0}
    other_news = max(signs[f"title.veto.{name}"] for name in _VETOES)
    return {
        **buyers_field,
        "ai": ai,
        "ai_beside_sum": beside,
        "deal": is_deal,
        "ai_and_deal": ai * is_deal,
        "ai_and_moves": ai * moves,
        "ai_title_and_deal": ahead * is_deal,
        "ai_title_and_moves": ahead * title_moves,
        "ai_lead_and_deal": lead * is_deal,
        "deal_without_ai": (1 - ai) * max(is_deal, moves),
        "weak_ai_and_deal": min(1.0, signs["title.ai_weak"] + signs["lead.ai_weak"])
        * is_deal
        * (1 - ai),
        "tech_company_and_deal": signs["title.tech_company"] * is_deal * max(ai, 0.5),
        "other_field_and_deal": other * is_deal,
        "other_news_no_deal": other_news * (1 - is_deal),
        "other_news_no_moves": other_news * (1 - title_moves),
        "nothing_moves": 1 - moves,
        "buys_other_field": float("topic.other" in bought and "topic.strong" not in bought),
        "buys_ai": float("topic.strong" in bought),
    }


_CLEAR_DEALS = ("kind.venture", "kind.lent", "kind.given", "kind.listing", "kind.resold",
                "kind.pool", "kind.whole", "kind.share")  # fmt: skip
_LONG_QUOTE = re.compile('[«"“„「『‘][^»"”“」』’]{24,}')
_YEAR = re.compile(r"(?<![\d.,])20[0-4]\d(?![\d%])")
# What the sentence of the sum says beside it.
_OWN = (
    *_NEWS,
    "kind.",
    "topic.other",
    "topic.weak",
    "topic.only_uses",
    "period.this",
    "period.next",
    "period.last",
)
_TINY = 50_000  # in any currency


def aside_signs(scan: Scan, sentence: Sentence | None, signs: Mapping[str, float]) -> Signs:
    """Whether AI is what the money is for or an aside, and whether the sum is of this day.

    `sentence`: that of the best sum.
    """
    top = [one for _, zone in zones(scan)[:2] for one in zone]
    about = [one for one in top if speaks_of_ai(one)]
    ai = min((scan.order(one) for one in scan.sentences if speaks_of_ai(one)), default=None)
    at = scan.order(sentence) if sentence is not None else 0
    is_deal = signs["deal"]
    taken_back = max(signs["title.veto.cancel"], signs["title.veto.deny"])
    clear = (1 - taken_back) * any(one.having(*_CLEAR_DEALS) for one in top[:2])
    title = scan.title
    return {
        "ai_after_sum": is_deal * float(ai is not None and ai > max(at, 1)),
        "sum_is_past": float(sentence is not None and is_past(scan, sentence)),
        "sum_is_forecast": float(
            sentence is not None
            and bool(sentence.having("veto.market", "figure.forecast", "figure.market_size"))
        ),
        "long_quote_in_title": float(
            title is not None
            and _LONG_QUOTE.search(scan.folded.text, title.start, title.end) is not None
        ),
        "nobody_named": float(not any(one.names for one in top[:2])),
        "clear_deal": clear,
        "clear_and_ai": clear * float(bool(about)),
        "sum_tiny": float(sentence is not None and _is_tiny(sentence)),
        **{
            f"own.{key}": float(sentence is not None and bool(sentence.having(key))) for key in _OWN
        },
        "own.order": min(4, at) / 4,
    }


def _is_tiny(sentence: Sentence) -> bool:
    """Whether every sum of the sentence is the price of a thing: nobody invests 79 pesos."""
    return bool(sentence.sums) and all(one.figure.least < _TINY for one in sentence.sums)


def is_past(scan: Scan, sentence: Sentence) -> bool:
    """Whether `sentence` tells of an earlier year only."""
    if sentence.having("period.this", "period.next"):
        return False
    published = scan.article.published
    years = [int(m[0]) for m in _YEAR.finditer(scan.folded.text, sentence.start, sentence.end)]
    is_earlier = published is not None and any(year < published.at.year for year in years)
    is_now = published is not None and any(year >= published.at.year for year in years)
    return not is_now and (is_earlier or bool(sentence.having("period.last")))


_OBJECT_REACH = 40  # letters from "buys" to what is bought


def _bought(sentence: Sentence, verbs_last: bool) -> Iterator[str]:
    """Of which field is what is bought: an AI company may buy an office tower.

    The first word for a field behind the verb says it, or the last one before a verb that
    stands last: ホテル大手がAI新興を買収 buys AI.
    """
    fields = sentence.having("topic.strong", "topic.other")
    for verb in sentence.having("deal.acquire"):
        before = [f.key for f in fields if 0 <= verb.start - f.end <= _OBJECT_REACH][-1:]
        after = [f.key for f in fields if 0 <= f.start - verb.end <= _OBJECT_REACH]
        if verbs_last:
            yield from before
        else:
            yield from (before if agents_of(sentence, verb) and before else after)


def agents_of(sentence: Sentence, verb: Hit) -> list[Hit]:
    """The words at the end of the verb or right behind it that name a buyer: sold to, bought by."""
    return [
        one
        for one in sentence.having("agent")
        if (verb.start < one.start and one.end == verb.end) or 0 <= one.start - verb.end <= 1
    ]


def _ai_beside(scan: Scan, sentence: Sentence | None) -> float:
    """Whether the sentence of the sum speaks of AI; less if only its neighbors do."""
    if sentence is None:
        return 0.0
    if speaks_of_ai(sentence):
        return 1.0
    near = scan.sentences[max(0, sentence.number - 1) : sentence.number + 2]
    return 0.7 if any(speaks_of_ai(one) for one in near) else 0.0


def speaks_of_ai(sentence: Sentence) -> bool:
    """Whether a word for AI or a company of AI stands in `sentence`."""
    return bool(sentence.having("topic.strong")) or any(n.kind == "ai" for n in sentence.names)


_MOVES = (
    "raise",
    "round",
    "invest",
    "capex",
    "acquire",
    "debt",
    "ipo",
    "fund",
    "grant",
    "programme",
    "venture",
)


def figure_signs(
    scan: Scan, sentence: Sentence, group: Weighed, others: Sequence[Weighed]
) -> Signs:
    """What speaks for a sum as the one that the article is about."""
    order = scan.order(sentence)
    same = [one for one in others if one is not group and same_value(one, group)]
    signs: Signs = {
        "bias": 1.0,
        "in_title": float(order == 0),
        "in_first": float(order == 1),
        "in_second": float(order == 2),
        "in_third": float(order == 3),
        "later": float(order > 3),
        "deal": group.deal,
        "deal_clear": float(group.role is None and group.deal > 1.2),
        "told_twice": float(bool(same)),
        "told_in_title": float(any(scan.title is not None and o.sum.sentence == 0 for o in same)),
        "restated": float(bool(group.restated)),
        "range": float(group.sum.figure.low != group.sum.figure.high),
        "first_open": float(_is_first_open(group, others)),
        "largest": float(_is_largest(group, others)),
        "tiny": float(size(group) < 200_000),
        "assumed": float(group.sum.figure.assumed),  # its currency
        BESIDE_SUM: scan.around.says(
            BESIDE_SUM, runs_around(scan, [(sentence, group.start, group.end)])
        ),
        "alone": float(len(others) == 1),
        "first_in_sentence": float(
            group.start == min(o.start for o in others if o.sum.sentence == group.sum.sentence)
        ),
        "holds_title_sum": float(_holds_title_sum(scan, group, others)),
    }
    for role in _OTHER_ROLES:
        signs[f"as.{role}"] = group.scores.get(role, 0.0)
        signs[f"twin_as.{role}"] = max([0.0, *(one.scores.get(role, 0.0) for one in same)])
    told = {hit.key for hit in sentence.hits}
    return signs | {key: float(key in told) for key in _DEAL_KEYS}


_DEAL_KEYS = tuple(f"deal.{name}" for name in DEALS)
_OTHER_ROLES = tuple(role for role in Role if role is Role.PART_OF or not role.makes_deal)


def zones(scan: Scan) -> list[tuple[str, Sequence[Sentence]]]:
    return [("title", scan.head), ("lead", scan.body[:LEAD]), ("rest", scan.body[LEAD:])]


def _count(sentences: Iterable[Sentence], key: str) -> int:
    return sum(hit.key == key for sentence in sentences for hit in sentence.hits)


def has_word(sentences: Iterable[Sentence], key: str) -> bool:
    return any(sentence.having(key) for sentence in sentences)


def size(group: Weighed) -> float:
    return float(group.sum.figure.least)


def same_value(one: Weighed, other: Weighed) -> bool:
    a, b = one.sum.figure, other.sum.figure
    return a.currency == b.currency and bool(
        ({a.low, a.high} - {None}) & ({b.low, b.high} - {None})
    )


def _is_first_open(group: Weighed, others: Sequence[Weighed]) -> bool:
    return next((one for one in others if one.role is None), None) is group


def _is_largest(group: Weighed, others: Sequence[Weighed]) -> bool:
    currency = group.sum.figure.currency
    return all(size(one) <= size(group) for one in others if one.sum.figure.currency == currency)


def _holds_title_sum(scan: Scan, group: Weighed, others: Sequence[Weighed]) -> bool:
    """Whether the sum is a more exact wording of the sum in the title."""
    if scan.title is None or group.sum.sentence == 0:
        return False
    figure = group.sum.figure
    if figure.low is None or figure.high is None:
        return False
    titles = [one.sum.figure for one in others if one.sum.sentence == 0]
    return any(
        told.currency == figure.currency
        and figure.low * 98 <= side * 100
        and side * 100 <= figure.high * 102
        for told in titles
        for side in (told.low, told.high)
        if side is not None
    )


def evidence(scan: Scan, key: str) -> Hit | None:
    """The first word of the article that shows `key`."""
    return next((hit for hit in scan.hits if hit.key.startswith(key)), None)
