"""What would these rules have said to everything that was told so far?

The same `decide` as in the live house is asked, of the same facts in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from config.model import Rule, Source
from crawler.deals.names import party_keys
from crawler.model import Article, Change, Deal, Figure
from crawler.storage.past import PastTelling
from notifier.conditions import told_by
from notifier.model import Alert, Answer, History, Told, Verdict, alert_of
from scheduler.asking import Yardstick, ask_rules
from scheduler.history import is_earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a rule would have said to one change, and of which article."""

    verdict: Verdict
    deal: Deal
    article: Article


@dataclass(slots=True, kw_only=True)
class _Memory:
    """What the rules may know so far."""

    deals: dict[int, Deal] = field(default_factory=dict)
    by_key: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    changes: dict[int, Change] = field(default_factory=dict)  # the last of each deal
    told_by: dict[int, dict[str, Told]] = field(default_factory=lambda: defaultdict(dict))
    alerts: dict[tuple[str, int], list[Alert]] = field(default_factory=lambda: defaultdict(list))
    figures: dict[tuple[str, int], Figure | None] = field(default_factory=dict)
    answers: dict[tuple[str, int, int], Answer] = field(default_factory=dict)
    alert_count: int = 0

    def is_skipped(self, rule: Rule, change: Change) -> bool:
        return self.answers.get((rule.id, change.deal_id, change.number)) is Answer.SKIP

    def told(self, rule: Rule, deal: Deal) -> tuple[Sequence[Alert], Figure | None]:
        key = rule.id, deal.id
        return self.alerts[key], self.figures.get(key)

    def keep(self, verdict: Verdict, change: Change) -> None:
        key = verdict.rule_id, verdict.deal_id
        self.answers[(*key, change.number)] = verdict.answer
        if not verdict.tells:
            return
        self.alert_count += verdict.fires
        alert = alert_of(verdict, id=self.alert_count if verdict.fires else 0)
        self.alerts[key].append(alert)
        self.figures[key] = change.after


def replay(
    past: Iterable[PastTelling],
    rules: Sequence[Rule],
    *,
    sources: Mapping[str, Source],
    yardstick: Yardstick,
) -> Iterator[Said]:
    """What each of `rules` says to each change of `past`, and again where an article joins.

    As if they had stood from the first day on: what a rule told before, it knows.
    """
    memory = _Memory()
    asks_before = asks_earlier(rules)
    for told in past:
        source = sources.get(told.article.source_id or "")
        deal = _remember(memory, told, source, by_key=asks_before)
        if deal is None:
            continue  # its only claims were given to it by hand
        change = told.change or (memory.changes.get(deal.id) if told.claim.main else None)
        if change is None:
            continue
        history = History(
            article=told.article,
            source=source,
            first_look=told.first_look,
            whole=memory.deals.get(deal.part_of or 0),
            told_by=tuple(memory.told_by[deal.id].values()),
            earlier=_earlier(memory, deal) if asks_before else (),
        )
        for verdict in ask_rules(
            rules,
            deal,
            change,
            history,
            joins=told.change is None,
            before=memory,
            yardstick=yardstick,
            now=told.heard_at,
        ):
            memory.keep(verdict, change)
            yield Said(verdict=verdict, deal=deal, article=told.article)


def asks_earlier(rules: Sequence[Rule]) -> bool:
    """Whether one of `rules` asks about other deals than the one that changed."""
    return any(rule.first_above or (rule.unless and rule.unless.first_above) for rule in rules)


def _remember(
    memory: _Memory, told: PastTelling, source: Source | None, *, by_key: bool
) -> Deal | None:
    if told.deal is not None:
        memory.deals[told.deal_id] = told.deal
        for key in _keys(told.deal) if by_key else ():
            memory.by_key[key].add(told.deal_id)
    if told.change is not None:
        memory.changes[told.deal_id] = told.change
    article = told.article
    one = told_by(article.url, article.source_id, article.language, source, told.claim.sentence)
    known = memory.told_by[told.deal_id]
    if told.claim.main or article.url not in known:
        known[article.url] = one
    return memory.deals.get(told.deal_id)


def _earlier(memory: _Memory, deal: Deal) -> tuple[Deal, ...]:
    near = sorted({deal_id for key in _keys(deal) for deal_id in memory.by_key[key]})
    return tuple(memory.deals[i] for i in near if is_earlier(memory.deals[i], deal))


def _keys(deal: Deal) -> set[str]:
    return {key for party in deal.parties for key in party_keys(party)}
