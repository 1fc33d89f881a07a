"""How fast may each service be sent to?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.model import Target
from notifier.limits import LONGEST, counters_of, free_at, limits_of, place_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
URLS = {
    "Slack": ("slack://a/b/c", [(1, 1)]),
    "a person on Telegram": ("tgram://1:a/987", [(1, 1)]),
    "a group on Telegram": ("tgram://1:a/-100987/?format=html", [(1, 1), (20, 60)]),
    "a channel on Telegram": ("tgram://1:a/%40desk", [(1, 1), (20, 60)]),
    "Discord": ("Discord://1/a", [(5, 2), (30, 60)]),
    "ntfy": ("ntfys://ntfy.sh/desk", [(60, 300)]),
    "Google Chat": ("gchat://space/key/token", [(60, 60)]),
    "mail": ("mailtos://me:word@smtp.example.org?to=a@b.example", [(30, 60)]),
    "the owner's own": ("json://127.0.0.1/", []),
    "nonsense": ("slack", []),
}


@pytest.mark.parametrize(("url", "limits"), URLS.values(), ids=URLS)
def test_the_limits_of(url: str, limits: list[tuple[int, float]]) -> None:
    target = Target(id="desk", url=url, tags=("desk",))

    assert [(limit.count, limit.seconds) for limit in limits_of(target)] == limits


@pytest.mark.parametrize("url", [url for url, limits in URLS.values() if limits])
def test_a_flood_is_sent_as_fast_as_allowed_and_no_faster(url: str) -> None:
    limits = limits_of(Target(id="desk", url=url, tags=("desk",)))
    at, sent = NOW, list[datetime]()

    for _ in range(100):
        at = free_at(limits, sent, at)
        sent.append(at)

    for limit in limits:
        spans = [sent[n + limit.count] - sent[n] for n in range(len(sent) - limit.count)]
        assert min(spans) >= timedelta(seconds=limit.seconds)
    slowest = max(limit.seconds / limit.count for limit in limits)
    assert sent[-1] - NOW <= timedelta(seconds=slowest * 100)
    assert all(timedelta(seconds=limit.seconds) <= LONGEST for limit in limits)


PLACES = {
    "one hook in two languages": ("slack://a/b/c", "slack://a/b/c/?footer=no", True),
    "two hooks": ("slack://a/b/c", "slack://a/b/d", False),
    "two chats of one bot": ("tgram://1:a/987", "tgram://1:a/988", False),
    "two topics of one visitor": ("ntfys://ntfy.sh/desk", "ntfy://me:word@ntfy.sh/night", True),
    "one sender, two readers": ("mailto://me@a.example?to=b", "mailto://me@a.example?to=c", True),
}


@pytest.mark.parametrize(("one", "other", "same"), PLACES.values(), ids=PLACES)
def test_what_a_service_counts_together(one: str, other: str, same: bool) -> None:
    places = {place_of(Target(id="desk", url=url, tags=("desk",))) for url in (one, other)}

    assert (len(places) == 1) is same


def test_a_bot_is_counted_in_each_chat_and_in_all_together() -> None:
    urls = ("tgram://1:a/987", "tgram://1:a/-1988/?format=html", "tgram://2:b/987")
    counted = [counters_of(Target(id="desk", url=url, tags=("desk",))) for url in urls]

    one, other, of_another_bot = ({counter for counter, _ in each} for each in counted)
    (shared,) = one & other
    limits = [(limit.count, limit.seconds) for limit in dict(counted[0])[shared]]
    assert limits == [(30, 1)]
    assert not one & of_another_bot
