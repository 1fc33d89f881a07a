"""Which stretch of the past is asked for, and what is left to the watch?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from crawler.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the past, both ends included."""

    since: datetime | None  # aware, UTC; None: from the beginning
    until: datetime | None  # aware, UTC; None: up to what is fresh

    def key(self, *what: str) -> str:
        """What stands for a command about `what` and this span: the same again goes on with it."""
        ends = [at.isoformat() if at else "" for at in (self.since, self.until)]
        return sha256("\0".join([*what, *ends]).encode()).hexdigest()

    def end(self, *, now: datetime, age_limit_h: int) -> datetime:
        """Its last moment. Where none is told, what is young enough to alert is the watch's."""
        return self.until if self.until is not None else now - timedelta(hours=age_limit_h)

    def holds(self, article: Article, *, end: datetime) -> bool:
        """Whether the article was published in the span, which ends at `end`.

        Without a date, the time of fetching bounds it; with no end told, nothing else does: such
        an article alerts nobody.
        """
        if article.published is None:
            is_late = self.until is not None and article.fetched_at > self.until
            return not is_late and (self.since is None or article.fetched_at >= self.since)
        at = article.published.at.astimezone(UTC)
        last = at + timedelta(days=1, microseconds=-1) if article.published.day_only else at
        return (self.since is None or last >= self.since) and at <= end
