"""An update stands below the alert that it follows, after any restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from notifier.threads import alerts_before, mail_id


def test_an_alert_has_one_id_at_each_target(tell: Any) -> None:
    alert = tell.alert()

    assert mail_id(alert, "desk") == mail_id(replace(alert, reasons=()), "desk")
    others = [
        mail_id(alert, "boss"),
        mail_id(replace(alert, id=1043), "desk"),
        mail_id(replace(alert, made_at=alert.made_at + timedelta(microseconds=1)), "desk"),
    ]
    assert len({mail_id(alert, "desk"), *others}) == 4


def test_an_id_is_plain_letters_whatever_the_names(tell: Any) -> None:
    odd = tell.alert(rule_id="قاعدة <x>\r\nBcc: a@b.example")

    assert mail_id(odd, "مكتب@\ud83d").replace("-", "").isalnum()
    assert mail_id(odd, "مكتب@").isascii()


def test_what_an_alert_follows_begins_with_the_first(tell: Any) -> None:
    stored = {n: tell.alert(id=n, replaces=n - 1 if n > 1 else None) for n in range(1, 60)}

    assert alerts_before(stored[1], stored.get) == ()
    assert [each.id for each in alerts_before(stored[4], stored.get)] == [1, 2, 3]
    many = [each.id for each in alerts_before(stored[59], stored.get)]
    assert many == [1, *range(40, 59)]


def test_a_lost_or_circular_past_does_no_harm(tell: Any) -> None:
    stored = {1: tell.alert(id=1, replaces=2), 2: tell.alert(id=2, replaces=1)}

    assert {each.id for each in alerts_before(stored[1], stored.get)} == {1, 2}
    assert alerts_before(tell.alert(replaces=77), stored.get) == ()
