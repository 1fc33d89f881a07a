"""What did one visit to a Source bring?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.health.states import PageSeen
from crawler.model import Article
from scheduler.pipeline import TakenIn


@dataclass(slots=True, kw_only=True)
class LookReport:
    """What one Look brought, for the log and for `rasid once`."""

    source_id: str
    outcome: str = "fresh"
    note: str | None = None
    listed: int = 0
    articles: int = 0
    ai_articles: int = 0
    failed: int = 0
    taken: list[tuple[Article, TakenIn]] = field(default_factory=list)
    pages: list[PageSeen] = field(default_factory=list)  # first tries, for the source's health

    @property
    def is_good(self) -> bool:
        return self.outcome in {"fresh", "unchanged"}


Progress = Callable[[LookReport], None]
