"""What did people say of alerts?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from crawler.storage.schema import alerts, feedback


class Label(StrEnum):
    """What somebody says of an alert."""

    GOOD = "good"
    WRONG_AMOUNT = "wrong-amount"
    WRONG_PARTY = "wrong-party"
    NOT_AI = "not-ai"
    DUPLICATE = "duplicate-of"

    @property
    def is_wrong(self) -> bool:
        return self is not Label.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One labelled example: what one person said of one alert."""

    id: int  # 0 before it is saved
    alert_id: int
    label: Label
    amount: str | None = None  # the right one, as its author wrote it
    duplicate_of: int | None = None  # the deal that it really is
    comment: str | None = None
    author: str
    at: datetime  # aware, UTC


def save_feedback(tx: Connection, said: Feedback) -> int:
    """Keep what was said; its id. Said twice, it is kept twice, and the last word counts."""
    made = insert(feedback).values(
        alert_id=said.alert_id,
        label=said.label.value,
        amount=said.amount,
        duplicate_of=said.duplicate_of,
        comment=said.comment,
        author=said.author,
        at=said.at,
    )
    number: int = tx.execute(made.returning(feedback.c.id)).scalar_one()
    return number


def load_feedback(conn: Connection, *, since: datetime | None = None) -> tuple[Feedback, ...]:
    """What was said, oldest first."""
    asked = select(feedback).order_by(feedback.c.id)
    if since is not None:
        asked = asked.where(feedback.c.at >= since)
    return tuple(
        Feedback(
            id=row.id,
            alert_id=row.alert_id,
            label=Label(row.label),
            amount=row.amount,
            duplicate_of=row.duplicate_of,
            comment=row.comment,
            author=row.author,
            at=row.at,
        )
        for row in conn.execute(asked)
    )


def count_wrong(conn: Connection, *, since: datetime) -> dict[str, tuple[int, int]]:
    """By rule: how many alerts were made since then, and how many of them are reported wrong."""
    last = {said.alert_id: said.label for said in load_feedback(conn)}
    made, wrong = Counter[str](), Counter[str]()
    rows = conn.execute(select(alerts.c.id, alerts.c.rule_id).where(alerts.c.made_at >= since))
    for row in rows:
        made[row.rule_id] += 1
        wrong[row.rule_id] += last.get(row.id, Label.GOOD).is_wrong
    return {rule_id: (count, wrong[rule_id]) for rule_id, count in sorted(made.items())}
