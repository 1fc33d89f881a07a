"""What did rules say to changes?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from crawler.model import Change
from crawler.storage.database import upsert
from crawler.storage.schema import changes, shadow_verdicts, verdicts
from notifier.model import AlertKind, Answer, Verdict


def save_verdict(tx: Connection, verdict: Verdict, *, shadow: bool = False) -> None:
    """Save `verdict`, in place of what the rule said to that change before.

    `shadow`: of a rule that only watches.
    """
    row = {
        "rule_id": verdict.rule_id,
        "deal_id": verdict.deal_id,
        "change_number": verdict.change_number,
        "answer": verdict.answer.value,
        "kind": verdict.kind.value if verdict.kind else None,
        "reasons": verdict.reasons,
        "at": verdict.at,
    }
    table = shadow_verdicts if shadow else verdicts
    upsert(tx, table, [row], by=["deal_id", "change_number", "rule_id"])


def is_skipped(conn: Connection, rule_id: str, change: Change) -> bool:
    """Whether the rule was asked about `change` and did not want it."""
    return bool(
        conn.scalar(
            select(func.count()).where(
                verdicts.c.rule_id == rule_id,
                verdicts.c.deal_id == change.deal_id,
                verdicts.c.change_number == change.number,
                verdicts.c.answer == Answer.SKIP.value,
            )
        )
    )


def load_verdicts(
    conn: Connection,
    *,
    deal_id: int | None = None,
    article_id: int | None = None,
    rule_id: str | None = None,
    since: datetime | None = None,
    shadow: bool = False,
    limit: int = 100,
) -> tuple[Verdict, ...]:
    """What rules said, newest first: about a deal, or about what one article changed.

    `shadow`: those that only watch.
    """
    said = shadow_verdicts if shadow else verdicts
    asked = select(said).order_by(said.c.at.desc(), said.c.id.desc()).limit(limit)
    if deal_id is not None:
        asked = asked.where(said.c.deal_id == deal_id)
    if article_id is not None:
        asked = asked.join(
            changes,
            (changes.c.deal_id == said.c.deal_id) & (changes.c.number == said.c.change_number),
        ).where(changes.c.article_id == article_id)
    if rule_id is not None:
        asked = asked.where(said.c.rule_id == rule_id)
    if since is not None:
        asked = asked.where(said.c.at >= since)
    return tuple(build_verdict(row) for row in conn.execute(asked))


def build_verdict(row: Row[Any]) -> Verdict:
    """The verdict of a row of its table."""
    return Verdict(
        rule_id=row.rule_id,
        deal_id=row.deal_id,
        change_number=row.change_number,
        answer=Answer(row.answer),
        kind=AlertKind(row.kind) if row.kind else None,
        reasons=row.reasons,
        at=row.at,
    )
