"""What did people get to know of each article of the demo's day?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic

from config.errors import RasidError
from config.plural import counted
from crawler.storage.articles import load_article
from crawler.storage.database import Connection
from crawler.storage.looks import SourceState, load_states
from crawler.storage.steps import load_steps
from notifier.explain import explain
from notifier.model import Alert, AlertKind, Answer
from notifier.outbox.alerts import load_alerts
from notifier.outbox.verdicts import load_verdicts
from scheduler.demo.config import TARGETS, write_config
from scheduler.demo.drive import Driver
from scheduler.demo.receiver import Received, Receiver
from scheduler.demo.script import TEST_STORY, Day, NewsArticle
from scheduler.demo.world import World

_PATIENCE_S = 30
_HEARD_AFTER = timedelta(minutes=40)  # longer than any outlet's rhythm, so every outlet is due


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One article of the day, what people were told because of it, and why no more."""

    article: NewsArticle
    url: str
    alerts: tuple[Alert, ...]
    received: tuple[Received, ...]
    lines: tuple[str, ...]  # the funnel, from `explain`
    deal_ids: tuple[int, ...]
    held: bool  # a rule wanted to tell, but not from this article

    @property
    def as_expected(self) -> bool:
        """Whether exactly what the day's script asks for was told, once to each target."""
        said = {alert.rule_id: alert.kind for alert in self.alerts}
        return (
            said == dict(self.article.expect)
            and len(said) == len(self.alerts)
            and len(self.received) == len(self.alerts) * len(TARGETS)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What became of some articles."""

    articles: int
    deals: int
    alerts: int
    updates: int
    corrections: int

    def __str__(self) -> str:
        told = [counted(self.articles, "article"), counted(self.alerts, "alert")]
        told += [counted(self.updates, "update")]
        if self.corrections:
            told += [counted(self.corrections, "correction")]
        return ", ".join(told)


def count(told: Sequence[Told], *, story: str | None = None) -> Count:
    """The count of all articles, or of those of one story."""
    some = [each for each in told if story in (None, each.article.story)]
    kinds = [alert.kind for each in some for alert in each.alerts]
    return Count(
        articles=len(some),
        deals=len({deal_id for each in some for deal_id in each.deal_ids}),
        alerts=kinds.count(AlertKind.ALERT),
        updates=kinds.count(AlertKind.UPDATE),
        corrections=kinds.count(AlertKind.CORRECTION),
    )


def count_test_story(told: Sequence[Told]) -> Count:
    return count(told, story=TEST_STORY)


class Telling:
    """A day being told: the news web, the receiver and the daemon between them."""

    def __init__(self, day: Day, folder: Path) -> None:
        self.day = day
        self.folder = folder
        self.world = World(day)
        self.receiver = Receiver()
        self.driver: Driver | None = None
        self.told: list[Told] = []

    async def begin(self) -> None:
        """Open the web and the receiver, and let the daemon look at every outlet once."""
        await self.world.start()
        await self.receiver.start()
        config = write_config(
            self.folder / "config",
            sources=self.world.sources,
            urls={name: self.receiver.url(f"/{name}") for name in TARGETS},
        )
        ids = [source.id for source in self.world.sources]
        self.driver = Driver(config, self.folder / "state", ids)
        await self.driver.begin(self.day.starts_at)
        await self._hear_of_first_looks()

    async def _hear_of_first_looks(self) -> None:
        """The one message of a first run, to each target: before the day's first article."""
        give_up = monotonic() + _PATIENCE_S
        while len(self.receiver.received) < len(TARGETS):
            if monotonic() > give_up:
                raise RasidError("the demo's daemon did not tell of its first looks")
            await asyncio.sleep(0.05)

    async def tell_all(self, on_told: Callable[[Told], None]) -> None:
        """Tell every article at its hour; `on_told` hears what came of it."""
        for article in self.day.articles:
            if not article.opening:
                told = await self.tell(article)
                self.told.append(told)
                on_told(told)

    async def tell(self, article: NewsArticle) -> Told:
        """Put `article` on its outlet's site and wait for whatever comes of it."""
        assert self.driver is not None
        before = len(self.receiver.received)
        url = self.world.publish(article.id, article.told_at)
        self.world.advance(article.told_at + _HEARD_AFTER)
        await self.driver.tell(article.told_at + _HEARD_AFTER)
        database = self.driver.database()
        if database is None:
            raise RasidError("the demo's daemon has no database")
        with database.read() as db:
            return self._told(db, article, url, tuple(self.receiver.received[before:]))

    def _told(
        self, db: Connection, article: NewsArticle, url: str, received: tuple[Received, ...]
    ) -> Told:
        known = {alert.id for each in self.told for alert in each.alerts}
        alerts = [alert for alert in load_alerts(db, limit=1000) if alert.id not in known]
        stored = load_article(db, url)
        if stored is None or stored.reading is None:
            raise RasidError(f"the demo's daemon did not read {url}")
        steps = load_steps(db, stored.id)
        verdicts = load_verdicts(db, article_id=stored.id)
        return Told(
            article=article,
            url=url,
            alerts=tuple(reversed(alerts)),
            received=received,
            lines=explain(stored.reading, steps, verdicts),
            deal_ids=tuple({step.deal.id: None for step in steps if step.deal is not None}),
            held=any(verdict.answer is Answer.HOLD for verdict in verdicts),
        )

    def broken_sources(self) -> tuple[SourceState, ...]:
        """The sources that did not answer well the last time."""
        database = self.driver.database() if self.driver is not None else None
        if database is None:
            return ()
        with database.read() as db:
            return tuple(state for state in load_states(db).values() if state.failures)

    async def stop(self) -> None:
        """Stop the daemon, the web and the receiver."""
        if self.driver is not None:
            await self.driver.stop()
        await self.world.stop()
        await self.receiver.stop()
