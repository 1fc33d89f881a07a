"""A follow-up by mail answers the first message, also when Rasid was restarted in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from config.model import Rule, Target
from crawler.loading import load_reader
from crawler.model import Article, Evidence, Published
from crawler.reading.read import read_article
from crawler.storage.database import DATABASE_NAME, open_database
from notifier.model import AlertKind, Message
from notifier.outbox.alerts import load_alert
from notifier.outbox.leases import take_due
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.pipeline import take_in
from scheduler.sending import compose
from tests.scheduler.commands.test_outbox import ARTICLE as ROUND
from tests.scheduler.commands.test_outbox import NOON, SOURCE

DESK = Target(id="desk", url="mailto://localhost/?from=a@a.example&to=b@b.example", tags=("all",))
MORE = replace(
    ROUND,
    url="https://wire.example/more",
    title="Tessera Labs raises $150 million to build AI models",
    body="Tessera Labs, a start-up that trains large language models, said it has raised "
    "$150 million in a Series B led by Aster Capital, up from $120 million.",
    published=Published(at=NOON + timedelta(hours=2), evidence=Evidence.FEED),
    fetched_at=NOON + timedelta(hours=2),
)


def told(folder: Path, article: Article) -> tuple[AlertKind, Message]:
    """The one message that `article` causes, in a Rasid that is started for it."""
    database = open_database(folder / DATABASE_NAME)
    rule = Rule.model_validate({"id": "all", "tell": ["all"]})
    config = load_own_config(None).model_copy(update={"rules": (rule,), "targets": (DESK,)})
    house = House(config=config, state=folder, rates=load_own_rates(None), database=database)
    now = article.fetched_at
    with database.write() as tx:
        take_in(
            tx, article, read_article(article, load_reader(None)), house=house, source=SOURCE,
            first_look=False, listing_id=None, now=now,
        )  # fmt: skip
        (due,) = take_due(tx, now=now + timedelta(days=1), owner="me")[-1:]
        alert = load_alert(tx, due.alert_id or 0)
        assert alert is not None
    message = compose(house, due, DESK)
    assert compose(house, due, DESK).mail_id == message.mail_id
    copy = compose(house, replace(due, copy=2), DESK)
    assert copy.mail_id != message.mail_id
    database.close()
    return alert.kind, message


def test_a_follow_up_answers_the_first_message(tmp_path: Path) -> None:
    first_kind, first = told(tmp_path, ROUND)
    second_kind, second = told(tmp_path, MORE)

    assert (first_kind, second_kind) == (AlertKind.ALERT, AlertKind.UPDATE)
    assert first.answers == ()
    assert second.answers == (first.mail_id,)
    assert second.mail_id != first.mail_id
    assert "Replaces alert 1" in second.text
