"""No article for a day: told once, and never of a machine that slept or of a quiet weekend."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.model import Target
from notifier.drought import Drought, Hour, drought_step
from notifier.model import Notice, NoticeKind
from notifier.render_notice import render_notice
from notifier.words import words_of

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def hours(pattern: str, *, begin: datetime = MONDAY) -> list[Hour]:
    """One letter an hour: a article, . answered lists without one, x failed looks, _ no look."""
    return [
        Hour(at=begin + timedelta(hours=n), good=int(letter in "a."), articles=int(letter == "a"))
        for n, letter in enumerate(pattern)
        if letter != "_"
    ]


def kind_of(pattern: str, told: Drought | None = None) -> NoticeKind | None:
    known = hours(pattern)
    now = MONDAY + timedelta(hours=len(pattern))
    _, notice = drought_step(told, known, now=now)
    return notice.kind if notice else None


TOLD = {
    "a day without any": "aa" + "." * 25,
    "never an article from the first look on": "." * 25,
    "answered once an hour through failures": "aa" + ".x" * 20,
    "a look a day by cron": "a" + ("_" * 23 + ".") * 5,
    "longer than the weekend before": "a" + "." * 40 + "a" + "." * 61,
}
SILENT = {
    "not yet a day": "aa" + "." * 24,
    "a machine that was off for a weekend": "aaa" + "_" * 60 + "..",
    "cut off for two days": "aaa" + "x" * 48 + ".",
    "as quiet as the weekend before": "a" + "." * 40 + "a" + "." * 50,
    "articles all the time": "a..a.a" * 20,
    "nothing looked at": "",
}


@pytest.mark.parametrize("pattern", TOLD.values(), ids=TOLD)
def test_a_drought_is_told(pattern: str) -> None:
    assert kind_of(pattern) is NoticeKind.NO_ARTICLES


@pytest.mark.parametrize("pattern", SILENT.values(), ids=SILENT)
def test_what_is_no_drought(pattern: str) -> None:
    assert kind_of(pattern) is None


def test_it_is_told_once_and_its_end_once() -> None:
    told, first = drought_step(None, hours("a" + "." * 25), now=MONDAY + timedelta(hours=26))
    again, second = drought_step(told, hours("a" + "." * 40), now=MONDAY + timedelta(hours=41))
    over, third = drought_step(again, hours("a" + "." * 40 + "a"), now=MONDAY + timedelta(hours=42))

    assert first is not None
    assert third is not None
    assert (first.kind, second, third.kind) == (
        NoticeKind.NO_ARTICLES,
        None,
        NoticeKind.ARTICLES_AGAIN,
    )
    assert (told, over) == (Drought(since=MONDAY + timedelta(hours=1)), None)


WORDS = {
    "en": ("No article came for a day", "since 23 Nov 2026, 01:00 UTC"),
    "ar": ("لم يصل أي خبر منذ يوم", "منذ 23 نوفمبر 2026"),
}


@pytest.mark.parametrize(("language", "said"), WORDS.items(), ids=WORDS)
def test_it_is_said_in_the_readers_language(language: str, said: tuple[str, str]) -> None:
    _, notice = drought_step(None, hours("a" + "." * 25), now=MONDAY + timedelta(hours=26))
    target = Target(id="me", url="json://x", tags=("ops",), language=language)  # type: ignore[arg-type]

    assert isinstance(notice, Notice)
    message = render_notice(notice, target, words_of(language))
    assert message.title == said[0]
    assert said[1] in message.text
