"""What a digest told was told: its readers hear of what becomes of it, and of nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from config.model import Rule, Source, Target
from crawler.model import ChangeKind, Claim, Evidence, Figure, Party, Published, Role, Side, Stage
from crawler.storage.changes import load_changes
from crawler.storage.database import DATABASE_NAME, open_database
from crawler.storage.deals import load_deal
from crawler.storage.feedback import Feedback, Label
from notifier.model import AlertKind, Digest
from notifier.outbox.alerts import load_alerts
from notifier.outbox.by_hand import drop
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.leases import take_due
from notifier.outbox.verdicts import load_verdicts
from scheduler.correcting import Owed, correct
from scheduler.digest import tell_digests
from scheduler.feedback import hear as hear_of
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.sending import compose
from tests.scheduler.test_replay import hear

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
WIRE = Source(id="wire", name="Wire", url="https://wire.example/", kind="feed")
DESK = Target(id="desk", url="json://localhost/", tags=("desk",), digest="daily 08:00", zone="UTC")


@dataclass
class Hand:
    """A clock that the test moves."""

    now: datetime = EIGHT

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """A house with one rule, and the reader of its digests."""

    house: House
    clock: Hand
    number: int = 0

    def wish(self, urgency: str) -> None:
        rule = Rule.model_validate({"id": "all", "tell": ["desk"], "urgency": urgency})
        config = self.house.config.model_copy(update={"rules": (rule,)})
        self.house = replace(self.house, config=config)

    def hear(
        self, millions: int, stage: Stage = Stage.ANNOUNCED, company: str = "Tessera Labs"
    ) -> None:
        """An hour later an article says that one start-up raises so much."""
        self.clock.now += HOUR
        self.number += 1
        amount = Decimal(millions) * 10**6
        claim = Claim(
            role=Role.FUNDING_ROUND,
            stage=stage,
            main=True,
            figure=Figure(low=amount, high=amount, currency="USD", text="…", start=0),
            parties=(Party(name=company, side=Side.RECIPIENT),),
            sentence=f"{company} has money for its AI work, as told on day {self.number}.",
            start=0,
            says_changed=True,
        )
        published = Published(at=self.clock.now - HOUR / 2, evidence=Evidence.FEED)
        hear(
            self.house, claim, number=self.number, source=WIRE, language="en",
            published=published, now=self.clock.now,
        )  # fmt: skip

    def digest(self) -> Digest:
        """That of the next morning."""
        day = timedelta(days=1)
        self.clock.now = (self.clock.now + day).replace(hour=8, minute=1)
        (notice,) = tell_digests(self.house)
        assert notice.digest is not None
        return notice.digest

    def verdict_codes(self) -> set[str]:
        """Of the last one."""
        with self.house.database.read() as db:
            return {each.code for each in load_verdicts(db)[0].reasons}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = open_database(tmp_path / DATABASE_NAME)
    config = load_own_config(None).model_copy(update={"targets": (DESK,), "sources": (WIRE,)})
    clock, rates = Hand(), load_own_rates(None)
    house = House(config=config, state=tmp_path, rates=rates, database=database, clock=clock)
    one = Desk(house=house, clock=clock)
    one.wish("digest")
    assert tell_digests(one.house) == ()  # the first one tells from here on
    one.hear(120)
    assert len(one.digest().new) == 1
    yield one
    database.close()


def test_a_denial_of_what_a_digest_told_stands_in_the_next_one(desk: Desk) -> None:
    desk.hear(120, Stage.DENIED)
    (told,) = desk.digest().changed

    assert (told.change, told.stage) == (ChangeKind.DENIED, Stage.DENIED)


def test_a_mistake_of_ours_in_a_digest_is_put_right_in_the_next_one(desk: Desk) -> None:
    house, now = desk.house, desk.clock.now
    desk.hear(120, Stage.DENIED)
    owed = take_back(house, now + HOUR)
    (told,) = desk.digest().changed

    assert owed == Owed(digests=("desk",))
    assert told.stage is Stage.DENIED


def test_what_is_denied_before_the_digest_is_no_news_in_it(desk: Desk) -> None:
    desk.hear(900, company="Mosaik")
    desk.hear(900, Stage.DENIED, company="Mosaik")
    after = desk.digest()

    assert (after.new, after.changed) == ((), ())


def test_a_denial_that_is_over_before_the_digest_is_not_told(desk: Desk) -> None:
    desk.hear(120, Stage.DENIED)
    desk.hear(120)

    assert desk.digest().changed == ()


def test_a_deal_that_goes_on_after_its_denial_was_told_stands_in_the_next_one(desk: Desk) -> None:
    desk.hear(120, Stage.DENIED)
    assert len(desk.digest().changed) == 1
    desk.hear(120)
    (told,) = desk.digest().changed

    assert told.stage is Stage.ANNOUNCED


def take_back(house: House, now: datetime) -> Owed:
    """Our reader erred: the last change is no news of the world."""
    with house.database.write() as tx:
        deal, change = load_deal(tx, 1), load_changes(tx, 1)[-1]
        assert deal is not None
        tx.exec_driver_sql(f"DELETE FROM verdicts WHERE change_number = {change.number}")
        tx.exec_driver_sql(f"DELETE FROM alerts WHERE change_number = {change.number}")
        return correct(tx, deal, change, config=house.config, rates=house.rates, now=now)


def test_a_rule_that_tells_at_once_by_now_puts_right_what_its_digest_told(desk: Desk) -> None:
    desk.hear(120, Stage.DENIED)
    desk.wish("now")
    owed = take_back(desk.house, desk.clock.now + HOUR)
    (told,) = desk.digest().changed

    assert owed == Owed(digests=("desk",))
    assert told.stage is Stage.DENIED


TWELVE = Figure(low=Decimal(12_000_000), high=Decimal(12_000_000), currency="USD", text="", start=0)
MISTAKES = {
    "it is none": (
        Label.NOT_AI, None,
        "CORRECTION · Tessera Labs · funding round: "
        "what an earlier message told is no investment in AI",
    ),
    "the figure was wrong": (
        Label.WRONG_AMOUNT, TWELVE,
        "$12m, not $150m · Tessera Labs · funding round · announced: "
        "what an earlier message told was wrong",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("label", "figure", "says"), MISTAKES.values(), ids=MISTAKES)
def test_an_alert_that_only_the_digest_brought_is_put_right_in_the_next_one(
    desk: Desk, label: Label, figure: Figure | None, says: str
) -> None:
    house = desk.house
    desk.wish("now")
    desk.hear(150)
    with house.database.write() as tx:
        (due,) = (one for one in load_deliveries(tx) if one.alert_id is not None)
        drop(tx, due.id, why="told by phone", now=desk.clock.now)
    assert len(desk.digest().changed) == 1
    said = Feedback(id=0, alert_id=1, label=label, author="Lina", at=desk.clock.now + HOUR)
    with house.database.write() as tx:
        heard = hear_of(
            tx, said, figure=figure, config=house.config, rates=house.rates, now=said.at
        )
    desk.digest()
    with house.database.read() as db:
        last = max(load_deliveries(db), key=lambda one: one.id)
    text = compose(house, last, DESK).text

    assert heard.owed == Owed(digests=("desk",))
    assert f"• {says}" in text.splitlines()


def test_a_small_move_of_what_a_digest_told_is_no_news(desk: Desk) -> None:
    desk.hear(123)
    after = desk.digest()

    assert "moved_little" in desk.verdict_codes()
    assert (after.new, after.changed) == ((), ())


def test_a_rule_that_tells_at_once_from_now_on_updates_what_its_digest_told(desk: Desk) -> None:
    desk.wish("now")
    desk.hear(150)
    with desk.house.database.write() as tx:
        (alert,) = load_alerts(tx)
        (due,) = take_due(tx, now=desk.clock.now, owner="me")[-1:]
    message = compose(desk.house, due, DESK)

    assert (alert.kind, alert.replaces) == (AlertKind.UPDATE, None)
    assert message.title.startswith("$150m (was $120m)")
    assert "Replaces what was told before" in message.text
