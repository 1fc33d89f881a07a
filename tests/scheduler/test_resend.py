"""`rasid alerts resend`: an alert goes out once more, and says so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from config.errors import RasidError
from notifier.model import DeliveryState
from notifier.outbox.by_hand import resend
from notifier.outbox.deliveries import load_deliveries
from scheduler.commands.alerts import send_again, show_alerts
from scheduler.house import House
from scheduler.sending import compose
from tests.scheduler.test_feedback import LATER
from tests.scheduler.test_feedback import reader as reader
from tests.scheduler.test_feedback import told as told
from tests.scheduler.test_funnel import house as house


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Sent again on request."), ("ar", "أُعيد إرساله بناءً على طلب.")]
)
def test_a_copy_says_that_it_is_sent_again(told: House, language: str, words: str) -> None:
    target = told.config.targets[0].model_copy(update={"language": language})
    with told.database.write() as tx:
        (again,) = resend(tx, 1, ["first"], now=LATER)
        (third,) = resend(tx, 1, ["first"], now=LATER)
        first = next(one for one in load_deliveries(tx) if one.id == 1)

    texts = [compose(told, one, target).text for one in (first, again, third)]
    assert [words in text for text in texts] == [False, True, True]
    assert [one.copy for one in (first, again, third)] == [1, 2, 3]
    made = [compose(told, one, target) for one in (first, again, third)]
    assert len({one.key for one in made}) == len({one.mail_id for one in made}) == 3
    assert (first.state, again.state) == (DeliveryState.SENT, DeliveryState.DUE)


@pytest.fixture
def options(told: House, own_house: Any) -> dict[str, Any]:
    targets = [
        {"id": name, "url": "json://localhost/", "tags": ["desk"]} for name in ("first", "new")
    ]
    own_house.write(rules=[{"id": "all", "tell": ["desk"]}], targets=targets)
    own_house.state.mkdir()
    told.database.close()
    (told.state / "rasid.db").rename(own_house.state / "rasid.db")
    return {"folder": own_house.folder, "state": own_house.state}


def test_it_goes_to_whoever_was_owed_it_and_is_left(options: Any, capsys: Any) -> None:
    send_again(options, "a1", target=None, as_json=True)
    again = json.loads(capsys.readouterr().out)
    send_again(options, "a1", target="new", as_json=True)
    new = json.loads(capsys.readouterr().out)
    show_alerts(options, limit=9, since="52w", as_json=True)
    (shown,) = json.loads(capsys.readouterr().out)

    assert [(row["target"], row["copy"]) for row in again + new] == [("first", 2), ("new", 1)]
    assert len(shown["deliveries"]) == 4


@pytest.mark.parametrize(
    ("alert", "target", "said"), [("a9", None, "no alert a9"), ("a1", "nobody", "first, new")]
)
def test_what_cannot_be_sent_again_is_said(
    options: Any, alert: str, target: str | None, said: str
) -> None:
    with pytest.raises(RasidError, match=said):
        send_again(options, alert, target=target, as_json=False)
