"""When the owner hears of a source, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.model import Source, Target
from crawler.health.habit import Habit, learn
from crawler.health.model import Health, HealthState, Trouble
from notifier.model import Notice, NoticeKind
from notifier.notices import GATHER, Outage, due_notices, outage_step
from notifier.render_notice import render_notice
from notifier.words import words_in, words_of
from tests.notifier.conftest import WORDINGS

NOW = datetime(2025, 1, 24, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=1)


def source(name: str, country: str = "SA") -> Source:
    url = f"https://{name}.example/feed"
    return Source(id=name, name=name.title(), url=url, kind="feed", country=country)


SOURCES = {name: source(name) for name in ("zawya", "argaam", "maaal", "sabq", "okaz", "cnn")}


def ill(state: HealthState, since: datetime = LONG_AGO, told: HealthState | None = None) -> Health:
    return Health(state=state, since=since, told=told, text="it does not let us in (403)")


def kinds(changed: dict[str, Health]) -> list[tuple[NoticeKind, list[str]]]:
    notices = due_notices(changed, changed, SOURCES, now=NOW)
    return [(notice.kind, [item.source_id for item in notice.items]) for notice in notices]


def test_a_source_that_turned_bad_is_told_after_some_minutes() -> None:
    assert kinds({"zawya": ill(HealthState.BLOCKED, NOW - GATHER / 2)}) == []
    assert kinds({"zawya": ill(HealthState.BLOCKED)}) == [(NoticeKind.BAD, ["zawya"])]


def test_what_turns_bad_together_is_one_notice() -> None:
    changed = {name: ill(HealthState.UNREACHABLE) for name in SOURCES}
    changed["cnn"] = ill(HealthState.UNREACHABLE, NOW)

    assert kinds(changed) == [(NoticeKind.BAD, sorted(SOURCES))]


def test_recovery_is_told_of_what_was_told() -> None:
    well = ill(HealthState.FINE, told=HealthState.BLOCKED)

    assert kinds({"zawya": well}) == [(NoticeKind.BACK, ["zawya"])]


NOT_BACK = {
    "quiet after silence": ill(HealthState.QUIET, told=HealthState.SILENT),
    "resting": ill(HealthState.RESTING, told=HealthState.BLOCKED),
    "well for a minute": ill(HealthState.FINE, NOW, told=HealthState.BLOCKED),
}


@pytest.mark.parametrize("health", NOT_BACK.values(), ids=NOT_BACK)
def test_no_recovery(health: Health) -> None:
    assert kinds({"zawya": health}) == []


def test_a_source_that_is_no_longer_watched_is_not_told() -> None:
    assert kinds({"gone-from-config": ill(HealthState.BLOCKED)}) == []


def hourly(state: HealthState, last: datetime) -> Health:
    """A source that publishes every hour, day and night."""
    habit = Habit()
    for hour in range(24 * 14, -1, -1):
        habit = learn(habit, last - timedelta(hours=hour))
    return Health(state=state, since=LONG_AGO, habit=habit, still_at=NOW if state.is_bad else None)


def test_silence_of_a_whole_country_is_a_holiday() -> None:
    dawn = NOW - timedelta(hours=20)
    everyone = {name: hourly(HealthState.SILENT, dawn) for name in SOURCES}
    alone = {name: hourly(HealthState.FINE, NOW) for name in SOURCES} | {"okaz": everyone["okaz"]}

    assert due_notices({"okaz": everyone["okaz"]}, everyone, SOURCES, now=NOW) == ()
    assert len(due_notices({"okaz": alone["okaz"]}, alone, SOURCES, now=NOW)) == 1


def test_our_own_outage_is_told_once_and_once_when_it_is_over() -> None:
    first, early = outage_step(None, NOW, now=NOW + timedelta(minutes=3))
    second, told = outage_step(first, NOW, now=NOW + timedelta(minutes=12))
    third, again = outage_step(second, NOW, now=NOW + timedelta(minutes=30))
    over, back = outage_step(third, None, now=NOW + timedelta(hours=2))

    assert (early, again, over) == (None, None, None)
    assert told is not None
    assert told.kind is NoticeKind.CUT_OFF
    assert back is not None
    assert back.kind is NoticeKind.RECONNECTED


def test_a_short_outage_is_not_told() -> None:
    assert outage_step(Outage(since=NOW), None, now=NOW + timedelta(minutes=5)) == (None, None)


def notice(*names: str, kind: NoticeKind = NoticeKind.BAD) -> Notice:
    items = tuple(
        Trouble(
            source_id=name,
            name=name.title(),
            state=HealthState.BLOCKED,
            since=LONG_AGO,
            text="it does not let us in (403)\n<b>@everyone</b>",
        )
        for name in names
    )
    return Notice(id=7, kind=kind, items=items, made_at=NOW)


def target(language: str = "en", url: str = "slack://a/b/c") -> Target:
    return Target.model_validate(
        {"id": "ops", "url": url, "tags": ["ops"], "language": language, "zone": "Asia/Dubai"}
    )


def test_the_words() -> None:
    message = render_notice(notice("zawya"), target(), words_of("en"))

    assert message.title == "Zawya is blocked"
    assert "Zawya: blocked since 24 Jan 2025, 15:00 Dubai time: it does not let" in message.text
    assert "`rasid sources`" in message.text
    assert message.key == "notice 7"
    assert "\n<b>" not in message.text


def test_the_words_in_arabic() -> None:
    message = render_notice(notice("zawya", "argaam"), target("ar"), words_of("ar"))

    assert message.title == "مصدران يحتاجان إلى نظر"
    assert "محجوب عنا منذ" in message.text


@pytest.mark.parametrize("kind", [NoticeKind.TARGET_BAD, NoticeKind.TARGET_BACK])
@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_long_name_is_cut_and_not_what_happened_to_it(kind: NoticeKind, language: str) -> None:
    words = words_in(language, WORDINGS)

    title = render_notice(notice("a" * 90, kind=kind), target(), words).title

    end = words.label(f"notice_{kind.value}_one", source="…", state="").partition("…")[2]
    assert len(title) <= 80
    assert title.endswith(end.strip())
    assert "…" in title


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if not kind.lists_deals])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_two_hundred_sources_are_one_short_message(kind: NoticeKind, language: str) -> None:
    many = notice(*(f"source{n}" for n in range(200)), kind=kind)

    message = render_notice(many, target(language, "discord://1/abc"), words_of(language))

    assert len(message.text) <= 1900
    assert len(message.title) <= 80
    assert "[notice 7]" in message.text
    assert "{" not in message.text


def test_a_bad_source_is_told_once() -> None:
    told = replace(ill(HealthState.BLOCKED), told=HealthState.BLOCKED)

    assert kinds({"zawya": told}) == []
