"""Signed JSON to an address of the owner's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from config.errors import DeliveryError
from crawler.model import ChangeKind
from notifier.model import Delivery, DeliveryState, Message
from notifier.payload import alert_event, trial_event
from notifier.webhook import post
from scheduler.clock import machine_clock
from tests.notifier.conftest import NOW
from tests.notifier.services.hook import KEY, Hook
from tests.notifier.services.http import Answer, Fault, running

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
MESSAGE = Message(title="من 60 إلى 65", text="من 60 إلى 65\n\nMeta", markdown="x", key="alert 7")


OWED = Delivery(
    id=3, alert_id=7, target_id="desk", state=DeliveryState.LEASED, attempts=1, due_at=NOW
)


@pytest.fixture
def hook() -> Iterator[Hook]:
    with running(Hook()) as hook:
        yield hook


def target(tell: Any, hook: Hook, **more: Any) -> Any:
    return tell.target(**{"kind": "webhook", "url": hook.url(), "signing_key": KEY, **more})


def event(tell: Any, **more: Any) -> Any:
    figure = tell.figure("66bn", "72bn")
    change = tell.change(ChangeKind.RAISED, tell.plan, figure)
    values = {"sources": [tell.told_by()], "message": MESSAGE, "delivery": OWED, **more}
    return alert_event(tell.alert(), tell.deal(figure), change, **values)


def send(tell: Any, hook: Hook, **more: Any) -> None:
    post(event(tell), target(tell, hook, **more), now=machine_clock())


def readme_check() -> Any:
    """The receiver's lines of the README, as they stand there."""
    code = re.search(r"```python\n(.*?def is_genuine.*?)```", README, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec(code[1], names)
    return names["is_genuine"]


def test_the_receiver_knows_it_is_ours_and_the_readme_says_how(tell: Any, hook: Hook) -> None:
    send(tell, hook)

    (told,), is_genuine = hook.posts, readme_check()
    assert len(hook.seen) == 1
    assert is_genuine(told.headers, told.raw, KEY)
    assert not is_genuine(told.headers, told.raw + b" ", KEY)
    old = dict(told.headers) | {"webhook-timestamp": "1700000000"}
    assert not is_genuine({name.lower(): value for name, value in old.items()}, told.raw, KEY)


def test_its_fields_are_those_of_the_readme(tell: Any, hook: Hook) -> None:
    send(tell, hook)

    (told,) = hook.seen.values()
    table = set(re.findall(r"`([a-z_]+)`", README.partition("### Webhooks")[2].partition("###")[0]))
    assert {*told, *told["data"], *told["data"]["amount"], *told["data"]["sources"][0]} <= table
    assert told["data"]["amount"] == {
        "low": "66000000000", "high": "72000000000", "currency": "USD", "as_printed": "…",
    }  # fmt: skip
    assert (told["version"], told["type"], told["data"]["title"]) == (1, "alert", MESSAGE.title)


def test_sent_again_it_is_the_same_event(tell: Any, hook: Hook) -> None:
    send(tell, hook)
    post(event(tell), target(tell, hook), now=machine_clock() + timedelta(seconds=90))

    first, second = hook.posts
    assert first.raw == second.raw
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]
    assert len(hook.accepted) == 1


def test_what_strangers_wrote_is_one_plain_line(tell: Any, hook: Hook) -> None:
    mean = replace(tell.told_by(), title="a\u202e\x1b[31m\nb \ud800", url="javascript:alert(1)")

    post(event(tell, sources=[mean]), target(tell, hook), now=machine_clock())

    ((told,), raw) = hook.seen.values(), hook.posts[0].raw
    assert told["data"]["sources"][0]["url"] is None
    assert not re.search(r"[\x00-\x1f\u202a-\u202e]", told["data"]["sources"][0]["title"])
    assert json.loads(raw) == told


ANSWERS = {
    "a fault": (Answer(500, ""), "later", None),
    "away": (Answer(503, "", {"Retry-After": "40"}), "later", 40),
    "too many": (Answer(429, "", {"Retry-After": "30"}), "later", 30),
    "wants no more": (Answer(410, ""), "never", None),
    "a wrong key": (Answer(401, ""), "never", None),
    "elsewhere": (Answer(307, "", {"Location": "/elsewhere"}), "never", None),
    "accepted for later": (Answer(202, ""), "sent", None),
}


@pytest.mark.parametrize(("says", "kind", "wait"), ANSWERS.values(), ids=ANSWERS)
def test_what_an_answer_means(
    tell: Any, hook: Hook, says: Answer, kind: str, wait: float | None
) -> None:
    hook.says = says

    assert outcome(tell, hook) == (kind, wait)
    assert len(hook.posts) == 1


FAULTS = {"lost": (Fault.CUT, 20), "no answer": (Fault.SILENT, 0.3), "a fault": (Fault.BROKEN, 20)}


@pytest.mark.parametrize(("fault", "whole_s"), FAULTS.values(), ids=FAULTS)
def test_a_fault_on_the_way(tell: Any, hook: Hook, fault: Fault, whole_s: float) -> None:
    hook.faults.append(fault)

    kind = "later" if fault is Fault.BROKEN else "unsure"
    assert outcome(tell, hook, whole_s=whole_s) == (kind, None)


def outcome(tell: Any, hook: Hook, **more: Any) -> tuple[str, float | None]:
    try:
        post(event(tell), target(tell, hook), now=machine_clock(), **more)
    except DeliveryError as error:
        if "canary7" in str(error):
            return "a secret", None
        kind = "unsure" if error.unsure else "never" if error.permanent else "later"
        return kind, error.wait_s
    return "sent", None


def test_nobody_there(tell: Any) -> None:
    with running(Hook()) as hook:
        gone = target(tell, hook)

    with pytest.raises(DeliveryError, match="nobody answers there"):
        post(event(tell), gone, now=machine_clock())


def test_no_secret_is_told_at_any_level(
    tell: Any, hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1)
    for name in ("urllib3", "requests"):
        caplog.set_level(1, logger=name)
    hook.faults.append(Fault.CUT)

    outcome(tell, hook), outcome(tell, hook)

    assert "canary7" not in caplog.text
    assert KEY not in caplog.text
    assert KEY not in repr(target(tell, hook))


def test_a_test_says_that_it_is_one(tell: Any, hook: Hook) -> None:
    post(trial_event(MESSAGE, now=machine_clock()), target(tell, hook), now=machine_clock())

    (told,) = hook.seen.values()
    assert (told["type"], told["data"]) == ("test", {"title": MESSAGE.title, "text": MESSAGE.text})
