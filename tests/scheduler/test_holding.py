"""One story comes at night, into a real outbox: who hears of it, when, and in which words?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from config.errors import DeliveryError
from config.model import Rule, Source, Target
from crawler.loading import load_reader
from crawler.model import Article, Evidence, Published
from crawler.reading.read import read_article
from crawler.storage.database import DATABASE_NAME, Database, open_database
from crawler.storage.schema import deliveries
from notifier.model import Delivery, DeliveryState, HeldFor, Notice, NoticeKind, Silence
from notifier.outbox.by_hand import drop, retry
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.digested import told_in_digest
from notifier.outbox.leases import free_leases, mark_failed, mark_sent, take_due
from notifier.outbox.notices import save_notice
from notifier.outbox.silences import count_silenced, end_silence, load_silences, save_silence
from scheduler.holding import hold_and_release
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.pipeline import take_in
from scheduler.sending import compose

NIGHT = datetime(2026, 11, 26, 20, 10, tzinfo=UTC)  # 23:10 in Riyadh
MORNING = NIGHT + timedelta(hours=7, minutes=50)  # 07:00 there
SOURCE = Source(id="wire", name="Wire", url="https://wire.example/feed", kind="feed")
SILENCE = Silence(
    id=0, sources=("wire",), author="Nour", comment="known", made_at=NIGHT, until=MORNING
)


def article(number: int, millions: int, at: datetime) -> Article:
    return Article(
        url=f"https://wire.example/{number}",
        source_id="wire",
        title=f"Tessera Labs raises ${millions} million to build AI models",
        body="Tessera Labs, a start-up that trains large language models, said it has raised "
        f"${millions} million in a Series B led by Aster Capital.",
        language="en",
        published=Published(at=at, evidence=Evidence.FEED),
        fetched_at=at,
    )


@pytest.fixture
def open_at(tmp_path: Path) -> Callable[..., tuple[House, Database]]:
    def make(**wishes: Any) -> tuple[House, Database]:
        desk = Target(
            id="desk", url="json://localhost/", tags=("all",), zone="Asia/Riyadh", **wishes
        )
        rule = Rule.model_validate({"id": "all", "tell": ["all"]})
        database = open_database(tmp_path / DATABASE_NAME)
        config = load_own_config(None).model_copy(update={"rules": (rule,), "targets": (desk,)})
        rates = load_own_rates(None)
        return House(config=config, state=tmp_path, rates=rates, database=database), database

    return make


def tell(house: House, number: int, millions: int, at: datetime) -> None:
    take(house, article(number, millions, at), at)


def deny(house: House, at: datetime, *, number: int = 9) -> None:
    title = "Tessera Labs denies raising $120 million to build AI models"
    body = "Tessera Labs denied that it has raised $120 million in a Series B led by Aster Capital."
    take(house, replace(article(number, 120, at), title=title, body=body), at)


def take(house: House, story: Article, at: datetime) -> None:
    reading = read_article(story, load_reader(None))
    with house.database.write() as tx:
        take_in(
            tx, story, reading, house=house, source=SOURCE, first_look=False, listing_id=None,
            now=at,
        )  # fmt: skip


def tick(house: House, at: datetime) -> tuple[Delivery, ...]:
    with house.database.write() as tx:
        hold_and_release(tx, house, now=at)
        return take_due(tx, now=at, owner="me")


def test_a_night_of_changes_is_one_message_in_the_morning(open_at: Any) -> None:
    house, database = open_at(quiet=("23:00-07:00",))
    with closing(database):
        tell(house, 1, 120, NIGHT)
        assert tick(house, NIGHT) == ()
        tell(house, 2, 150, NIGHT + timedelta(hours=1))
        assert tick(house, NIGHT + timedelta(hours=1)) == ()
        with database.read() as db:
            last, first = load_deliveries(db)

    assert (first.state, first.replaced_by) == (DeliveryState.DROPPED, last.alert_id)
    assert (last.state, last.held_for, last.held_since) == (
        DeliveryState.HELD, HeldFor.QUIET, NIGHT,
    )  # fmt: skip

    house, database = open_at(quiet=("23:00-07:00",))  # a restart
    with closing(database):
        with database.write() as tx:
            free_leases(tx)
        assert tick(house, MORNING - timedelta(minutes=1)) == ()
        (due,) = tick(house, MORNING)
        message = compose(house, due, house.config.targets[0])

    assert "$150m" in message.title
    assert "UPDATE" not in message.title
    (held,) = (line for line in message.text.splitlines() if line.startswith("Held since"))
    assert "26 Nov" in held
    assert "23:10" in held
    assert "quiet hours (23:00-07:00, Asia/Riyadh)" in held
    assert "tells alerts 1 too" in message.text


def test_wishes_that_are_taken_back_hold_nothing_any_more(open_at: Any) -> None:
    house, database = open_at(quiet=("23:00-07:00",))
    with closing(database):
        tell(house, 1, 120, NIGHT)
        assert tick(house, NIGHT) == ()
    house, database = open_at()
    with closing(database):
        assert len(tick(house, NIGHT + timedelta(minutes=1))) == 1


def test_a_silence_swallows_with_its_reason_and_gives_back(open_at: Any) -> None:
    house, database = open_at()
    with closing(database):
        with database.write() as tx:
            silence = save_silence(tx, SILENCE)
        tell(house, 1, 120, NIGHT)
        assert tick(house, NIGHT) == ()
        with database.write() as tx:
            (gone,) = load_deliveries(tx)
            counts = count_silenced(tx)
            assert retry(tx, gone.id, now=NIGHT)
        (back,) = tick(house, NIGHT)

    assert gone.state is DeliveryState.DROPPED
    assert gone.last_error == "silenced by 1 (known, until 2026-11-27 04:00 UTC)"
    assert (counts, back.id) == ({silence.id: 1}, gone.id)


def test_what_is_held_leaves_at_once_when_its_owner_says_so(open_at: Any) -> None:
    house, database = open_at(quiet=("23:00-07:00",), group_wait_min=60, alerts_a_day=0)
    with closing(database):
        tell(house, 1, 120, NIGHT)
        assert tick(house, NIGHT) == ()
        with database.write() as tx:
            (held,) = load_deliveries(tx)
            save_silence(tx, SILENCE)
            freed = retry(tx, held.id, now=NIGHT)
        (due,) = tick(house, NIGHT)
        message = compose(house, due, house.config.targets[0])

    assert (held.state, freed, due.id) == (DeliveryState.HELD, True, held.id)
    (said,) = (line for line in message.text.splitlines() if line.startswith("Held since"))
    assert said.endswith("sent by hand before its time")


def silenced(house: House, database: Database) -> None:
    with database.write() as tx:
        silence = save_silence(tx, SILENCE)
    assert tick(house, NIGHT) == ()
    with database.write() as tx:
        end_silence(tx, silence.id, now=NIGHT)


def dropped(house: House, database: Database) -> None:
    with database.write() as tx:
        (one,) = load_deliveries(tx)
        drop(tx, one.id, why="told by phone", now=NIGHT)


def parked(house: House, database: Database) -> None:
    (one,) = tick(house, NIGHT)
    with database.write() as tx:
        error = DeliveryError("401: wrong token", target="desk", permanent=True)
        mark_failed(tx, one, error, now=NIGHT, jitter=1)


def of_another_target(house: House, database: Database) -> None:
    with database.write() as tx:
        tx.execute(update(deliveries).values(target_id="gone", state=DeliveryState.SENT))


NEVER_CAME = (silenced, dropped, parked, of_another_target)


@pytest.mark.parametrize("how", NEVER_CAME, ids=lambda how: how.__name__)
def test_who_never_got_an_alert_hears_of_the_deal_by_the_next_one(open_at: Any, how: Any) -> None:
    house, database = open_at()
    with closing(database):
        tell(house, 1, 120, NIGHT)
        how(house, database)
        tell(house, 2, 150, MORNING)
        (due,) = tick(house, MORNING)
        message = compose(house, due, house.config.targets[0])

    assert due.alert_id == 2
    assert message.title.startswith("$150m · ")
    assert "Replaces" not in message.text
    assert "tells alerts 1 too, which were not sent" in message.text


def test_who_got_an_alert_by_a_digest_is_told_of_no_number(open_at: Any) -> None:
    house, database = open_at()
    with closing(database):
        tell(house, 1, 120, NIGHT)
        with database.write() as tx:
            digest = save_notice(
                tx, Notice(id=0, kind=NoticeKind.DIGEST, items=(), made_at=NIGHT), (), now=NIGHT
            )
            tx.execute(update(deliveries).values(state=DeliveryState.HELD))
            told_in_digest(tx, [1], notice_id=digest.id, now=NIGHT)
        tell(house, 2, 150, MORNING)
        (due,) = tick(house, MORNING)
        message = compose(house, due, house.config.targets[0])

    assert "UPDATE" in message.title
    assert "Replaces what was told before" in message.text


def test_what_is_denied_before_it_came_is_not_told(open_at: Any) -> None:
    house, database = open_at()
    with closing(database):
        tell(house, 1, 120, NIGHT)
        silenced(house, database)
        deny(house, MORNING)
        due = tick(house, MORNING)
        with database.read() as db:
            last, _ = load_deliveries(db)

    assert due == ()
    assert (last.state, last.alert_id) == (DeliveryState.DROPPED, 2)
    assert last.last_error == "the deal is denied, and nobody was told of it"


GOES_ON = {"as it was told": (120, None), "for more": (150, "$150m (was $120m) · UPDATE")}


@pytest.mark.parametrize(("millions", "title"), GOES_ON.values(), ids=GOES_ON)
def test_a_denial_that_is_over_before_the_reader_wakes_is_not_told(
    open_at: Any, millions: int, title: str | None
) -> None:
    house, database = open_at(quiet=("23:00-07:00",))
    with closing(database):
        evening = NIGHT - timedelta(hours=1)
        tell(house, 1, 120, evening)
        (first,) = tick(house, evening)
        with database.write() as tx:
            mark_sent(tx, first.id, now=evening)
        deny(house, NIGHT)
        assert tick(house, NIGHT) == ()
        tell(house, 2, millions, NIGHT + timedelta(hours=1))
        due = tick(house, MORNING)
        messages = [compose(house, each, house.config.targets[0]) for each in due]
        with database.read() as db:
            back, denial, _ = load_deliveries(db)

    assert [each.title.startswith(title or "?") for each in messages] == ([True] if title else [])
    assert not any("denied" in each.text for each in messages)
    assert denial.state is DeliveryState.DROPPED
    if title is None:
        assert back.last_error == "moved back to what was told before, while it waited"


def test_a_return_that_is_denied_again_before_the_reader_wakes_is_not_told(open_at: Any) -> None:
    house, database = open_at(quiet=("23:00-07:00",))
    with closing(database):
        evening = NIGHT - timedelta(hours=2)
        for number, step in enumerate((tell, deny)):
            at = evening + timedelta(minutes=number)
            step(house, *((1, 120) if step is tell else ()), at)
            (due,) = tick(house, at)
            with database.write() as tx:
                mark_sent(tx, due.id, now=at)
        tell(house, 2, 120, NIGHT)
        assert tick(house, NIGHT) == ()
        deny(house, NIGHT + timedelta(hours=1), number=10)

        assert tick(house, MORNING) == ()


OVER = {"its time is over": MORNING, "it was ended": NIGHT}


@pytest.mark.parametrize("at", OVER.values(), ids=OVER)
def test_a_silence_that_is_over_stays_on_the_list(open_at: Any, at: datetime) -> None:
    _, database = open_at()
    with closing(database), database.write() as tx:
        silence = save_silence(tx, SILENCE)
        ended = at == NIGHT and end_silence(tx, silence.id, now=NIGHT)
        active = load_silences(tx, active_at=at)
        listed = load_silences(tx)
        again = end_silence(tx, silence.id, now=MORNING)

    assert active == ()
    assert (len(listed), again) == (1, False)
    assert (listed[0].ended_at == NIGHT) is bool(ended)
