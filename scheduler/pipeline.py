"""Where do the rooms meet? One article, one transaction, from its text to the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from config.model import Rule, Source, Target
from crawler.deals.keys import keys_of, keys_of_step
from crawler.deals.settle import settle
from crawler.model import Article, Reading, Step
from crawler.storage.articles import save_article
from crawler.storage.changes import load_last_change
from crawler.storage.deals import load_near_deals
from crawler.storage.steps import save_step
from notifier.model import Alert, Verdict, alert_of, number_of
from notifier.outbox.alerts import load_told, save_alert
from notifier.outbox.verdicts import save_verdict
from scheduler.asking import InOutbox, ask_rules, listens, yardstick_of
from scheduler.history import load_history
from scheduler.house import House
from scheduler.shadow import Watching

if TYPE_CHECKING:
    from crawler.storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What one article caused."""

    article_id: int
    is_new: bool
    steps: tuple[Step, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    alerts: tuple[Alert, ...] = ()


def take_in(
    tx: Connection,
    article: Article,
    reading: Reading,
    *,
    house: House,
    source: Source,
    first_look: bool,
    listing_id: int | None,
    now: datetime,
) -> TakenIn:
    """Keep what `article` changes, and owe the alerts it causes.

    Runs in the caller's transaction: after a crash the article is fully in, or its
    Listing still waits.
    """
    saved = save_article(
        tx, article, reading, now=now, keep_text=source.keep_text, listing_id=listing_id
    )
    if not (saved.is_new or saved.is_revision):
        return TakenIn(article_id=saved.id, is_new=False)

    near = load_near_deals(
        tx, keys_of(reading.claims, rates=house.rates, published=article.published)
    )
    ids: dict[int, int] = {}
    steps = tuple(
        save_step(
            tx,
            step,
            article_id=saved.id,
            keys=keys_of_step(step, rates=house.rates, published=article.published),
            ids=ids,
        )
        for step in settle(article, reading, near, rates=house.rates, now=now)
    )
    verdicts: list[Verdict] = []
    alerts: list[Alert] = []
    for step in steps:
        for verdict, alert in _ask_rules(
            tx, step, article, house=house, source=source, first_look=first_look, now=now
        ):
            verdicts.append(verdict)
            if alert is not None:
                alerts.append(alert)
    return TakenIn(
        article_id=saved.id,
        is_new=saved.is_new,
        steps=steps,
        verdicts=tuple(verdicts),
        alerts=tuple(alerts),
    )


def _ask_rules(
    tx: Connection,
    step: Step,
    article: Article,
    *,
    house: House,
    source: Source,
    first_look: bool,
    now: datetime,
) -> list[tuple[Verdict, Alert | None]]:
    deal = step.deal
    if deal is None or not (step.change or step.claim.main):
        return []
    rules, watching = house.config.rules, house.shadow.rules() if house.shadow else ()
    if step.change is None:
        rules, watching = _listening(rules), _listening(watching)
    change = step.change or (load_last_change(tx, deal.id) if rules or watching else None)
    if change is None:
        return []
    history = load_history(
        tx, deal, article, source=source, first_look=first_look, sources=house.all_sources
    )
    asked = partial(
        ask_rules,
        deal=deal,
        change=change,
        history=history,
        joins=step.change is None,
        yardstick=yardstick_of(house.config, house.rates),
        now=now,
    )
    for verdict in asked(watching, before=Watching(tx)):
        save_verdict(tx, verdict, shadow=True)
    by_id = {rule.id: rule for rule in rules}
    said: list[tuple[Verdict, Alert | None]] = []
    for verdict in asked(rules, before=InOutbox(tx)):
        save_verdict(tx, verdict)  # also when it skips: this row is the "why not"
        alert = _owe(tx, verdict, house.targets_of(by_id[verdict.rule_id]), now=now)
        said.append((verdict, alert))
    return said


def _owe(
    tx: Connection, verdict: Verdict, targets: Sequence[Target], *, now: datetime
) -> Alert | None:
    if not verdict.fires:
        return None
    told, _ = load_told(tx, verdict.rule_id, verdict.deal_id)
    return save_alert(tx, alert_of(verdict, replaces=number_of(told)), targets, now=now)


def _listening(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if listens(rule))
