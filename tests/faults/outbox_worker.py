"""The process that tests/faults/test_kill9_outbox.py kills. Not a test.

Run as a script it loads the house once and then forks one worker for each line on stdin, so that a
thousand deaths do not cost a thousand imports. A worker is told nothing and spares nothing: it
looks, saves articles with all that they cause, leases and sends until SIGKILL.
"""

from __future__ import annotations

import os
import random
import socket
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import func, select

from config.errors import DeliveryError
from config.model import Target
from crawler.model import (
    Article,
    Change,
    ChangeKind,
    Claim,
    Deal,
    Figure,
    Listing,
    Reading,
    Role,
    Stage,
    Step,
)
from crawler.storage.articles import save_article
from crawler.storage.database import Database, lock_state, open_database
from crawler.storage.listings import load_waiting, save_listings
from crawler.storage.looks import save_look
from crawler.storage.schema import listings
from crawler.storage.steps import save_step
from notifier.model import Alert, AlertKind, Answer, Delivery, Verdict
from notifier.outbox.alerts import save_alert
from notifier.outbox.leases import free_leases, mark_failed, mark_sent, take_due
from notifier.outbox.verdicts import save_verdict

TARGETS = [
    Target(id=name, url=f"json://127.0.0.1/{name}", tags=("all",))
    for name in ("mail", "slack", "telegram")
]


def work(folder: Path, port: int, seed: int) -> None:
    """Live until killed."""
    chance = random.Random(seed)
    sink = cast(BinaryIO, socket.create_connection(("127.0.0.1", port)).makefile("rwb"))
    with lock_state(folder):
        database = open_database(folder / "rasid.db")
        with database.write() as tx:
            free_leases(tx)
        while True:
            look(database, lines=chance.randint(1, 4))
            take_pages(database, sink)
            for _ in range(chance.randint(1, 3)):
                send_some(database, sink, chance)


def look(database: Database, *, lines: int) -> None:
    """Save lines and, in the same transaction, how many there must be now as the validator."""
    now = datetime.now(UTC)
    with database.write() as tx:
        known = tx.execute(select(func.count()).select_from(listings)).scalar_one()
        named = [Listing(url=f"https://daily.example/{known + n}") for n in range(lines)]
        save_listings(tx, "daily", named, now=now, first_look=False)
        save_look(tx, "daily", etag=str(known + lines), last_ok_at=now)


def take_pages(database: Database, sink: BinaryIO) -> None:
    with database.read() as conn:
        waiting = load_waiting(conn, "daily", limit=3)
    for each in waiting:
        with database.write() as tx:
            alert = take_in(tx, each.listing.url, each.id)
        say(sink, f"saved {alert.id}")  # the world was told: from now on it must be there


def take_in(tx: object, url: str, listing_id: int) -> Alert:
    """What scheduler/pipeline.py does with one article that opens a deal."""
    now = datetime.now(UTC)
    figure = Figure(low=None, high=1, currency="USD", text="up to $1", start=0)  # type: ignore[arg-type]
    claim = Claim(
        role=Role.CAPEX_PLAN, stage=Stage.PLANNED, main=True, figure=figure, sentence=url, start=0
    )
    deal = Deal(
        id=-1,
        kind=Role.CAPEX_PLAN,
        stage=Stage.PLANNED,
        parties=(),
        period=None,
        place=None,
        figure=figure,
        opened_at=now,
        changed_at=now,
    )
    change = Change(
        deal_id=-1,
        number=1,
        kind=ChangeKind.OPENED,
        before=None,
        after=figure,
        stage_before=None,
        stage_after=Stage.PLANNED,
        moved=None,
        article_url=url,
        claim=claim,
        published_on=date(2025, 1, 24),
        at=now,
    )
    reading = Reading(
        language="en",
        ai_investment=True,
        figures=(figure,),
        claims=(claim,),
        reader_version="1",
        lexicon_hash="1",
    )
    article = Article(
        url=url,
        source_id="daily",
        title=url,
        body="x" * 3000,
        language="en",
        published=None,
        fetched_at=now,
    )
    saved = save_article(tx, article, reading, now=now, keep_text=True, listing_id=listing_id)  # type: ignore[arg-type]
    step = Step(claim=claim, deal=deal, change=change)
    step = save_step(tx, step, article_id=saved.id, keys=["x", url], ids={})  # type: ignore[arg-type]
    assert step.deal is not None
    verdict = Verdict(
        rule_id="big",
        deal_id=step.deal.id,
        change_number=1,
        answer=Answer.FIRE,
        kind=AlertKind.ALERT,
        reasons=(),
        at=now,
    )
    save_verdict(tx, verdict)  # type: ignore[arg-type]
    alert = Alert(
        id=0,
        rule_id="big",
        deal_id=step.deal.id,
        change_number=1,
        kind=AlertKind.ALERT,
        reasons=(),
        made_at=now,
    )
    owed = save_alert(tx, alert, TARGETS, now=now)  # type: ignore[arg-type]
    assert owed is not None
    return owed


def send_some(database: Database, sink: BinaryIO, chance: random.Random) -> None:
    with database.write() as tx:
        due = take_due(tx, now=datetime.now(UTC), owner=str(os.getpid()), limit=4)
    for delivery in due:
        try:
            send(delivery, sink, chance)
        except DeliveryError as error:
            with database.write() as tx:
                mark_failed(tx, delivery, error, now=datetime.now(UTC), jitter=0)
        else:
            with database.write() as tx:
                mark_sent(tx, delivery.id, now=datetime.now(UTC))


def send(delivery: Delivery, sink: BinaryIO, chance: random.Random) -> None:
    luck = chance.random()
    if luck < 0.10:  # it failed before the target saw it
        raise DeliveryError("refused", target=delivery.target_id)
    say(sink, f"alert {delivery.alert_id} {delivery.target_id}")
    if luck < 0.12:  # it was accepted and the answer got lost
        say(sink, "lost answer")
        raise DeliveryError("no answer", target=delivery.target_id, unsure=True)


def say(sink: BinaryIO, line: str) -> None:
    sink.write(f"{line}\n".encode())
    sink.flush()
    if sink.readline() != b"ok\n":
        os._exit(1)


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            work(folder, port, seed=int(line))
        print(pid, flush=True)
        os.waitpid(pid, 0)
        print("dead", flush=True)


if __name__ == "__main__":
    main()
