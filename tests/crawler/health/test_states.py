"""Which state is a source in, after which answers?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from config.errors import Blocked, FetchError, Gone, Unreachable
from crawler.health.canary import see
from crawler.health.faults import fault_of_error, fault_of_list, fault_of_page
from crawler.health.model import Health, HealthState
from crawler.health.states import (
    PageSeen,
    after_failure,
    after_list,
    after_pages,
    after_unchanged,
    begin,
)
from crawler.model import Evidence, Listing, Published

URL = "https://daily.example/feed"
MONDAY = datetime(2025, 1, 6, tzinfo=UTC)
FORBIDDEN = Blocked("daily.example does not let us in (403).")
TIME_OUT = Unreachable("daily.example took too long to answer.", passing=True)
ERROR_503 = Unreachable("daily.example answered with an error (503).")


class Paper:
    """A newspaper with two stories a day on weekdays, looked at every hour for five weeks."""

    def __init__(self) -> None:
        self.at = MONDAY + timedelta(days=35)
        days = [MONDAY + timedelta(days=n) for n in range(35) if n % 7 < 5]
        self.told = [day + timedelta(hours=h) for day in days for h in (9, 15)]
        self.health = begin(None, URL)
        self.read(self.told[:20], at=self.told[19])
        for n in range(21, len(self.told) + 1):
            self.read(self.told[n - 20 : n], at=self.told[n - 1] + timedelta(minutes=20))

    def read(
        self,
        told: list[datetime],
        *,
        at: datetime,
        url: str = URL,
        site: str = "daily.example",
        dated: bool = True,
        titled: bool = True,
        cut: bool = False,
    ) -> None:
        """Look at a list with the stories of these hours."""
        lines = [
            Listing(
                url=f"https://{site}/{moment:%m%d%H}",
                title=f"Story of {moment:%d %b %H}" if titled else None,
                published=Published(at=moment, evidence=Evidence.FEED) if dated else None,
            )
            for moment in reversed(told)
        ]
        known = {f"https://daily.example/{moment:%m%d%H}" for moment in self.told if moment < at}
        if self.health.normal.seen_at is None:
            known = set()
        new = told[-1] if told else None
        if new is not None and self.health.normal.seen_at and new > self.health.normal.seen_at:
            known.discard(f"https://daily.example/{new:%m%d%H}")
        sight = see(
            lines,
            known,
            url=url,
            cut_off=cut,
            normal=self.health.normal,
            last_sign=self.health.habit.at,
            now=at,
        )
        self.health = after_list(self.health, sight, now=at, asked_plainly=True)

    def fail(self, error: FetchError, times: int, *, every_min: int = 60) -> HealthState:
        for _ in range(times):
            self.at += timedelta(minutes=every_min)
            self.health = after_failure(self.health, fault_of_error(error), now=self.at)
        return self.health.state

    def answer(self, times: int = 1) -> HealthState:
        for _ in range(times):
            self.at += timedelta(hours=1)
            self.health = after_unchanged(self.health, now=self.at)
        return self.health.state


@pytest.fixture
def paper() -> Iterator[Paper]:
    return Paper()


FAILURES = {
    "403 once": (FORBIDDEN, 1, HealthState.FINE),
    "403 twice": (FORBIDDEN, 2, HealthState.BLOCKED),
    "410 twice": (Gone("daily.example says that the page is gone (410)."), 2, HealthState.GONE),
    "503 three times in three hours": (ERROR_503, 3, HealthState.FINE),
    "503 four times": (ERROR_503, 4, HealthState.UNREACHABLE),
    "seven time-outs": (TIME_OUT, 7, HealthState.FINE),
    "eight time-outs": (TIME_OUT, 8, HealthState.UNREACHABLE),
}


@pytest.mark.parametrize(("error", "times", "state"), FAILURES.values(), ids=FAILURES)
def test_failures_weigh(paper: Paper, error: FetchError, times: int, state: HealthState) -> None:
    assert paper.fail(error, times) is state


def test_four_time_outs_over_two_days_mean_that_news_was_missed(paper: Paper) -> None:
    assert paper.fail(TIME_OUT, 4, every_min=12 * 60) is HealthState.UNREACHABLE


def test_a_rest_that_was_asked_for_is_no_trouble_until_news_is_missed(paper: Paper) -> None:
    wait = Blocked("asks us to wait.", until=paper.at + timedelta(hours=2))

    assert paper.fail(wait, 2) is HealthState.RESTING
    assert paper.fail(wait, 3, every_min=12 * 60) is HealthState.BLOCKED


def test_a_time_out_now_and_then_is_forgotten(paper: Paper) -> None:
    for _ in range(30):
        paper.fail(TIME_OUT, 2)
        paper.answer(2)

    assert paper.health.lists.bad is None


def test_it_is_well_again_after_three_good_answers(paper: Paper) -> None:
    paper.fail(FORBIDDEN, 5)

    assert paper.answer(2) is HealthState.BLOCKED
    assert paper.answer() is HealthState.FINE


def test_a_server_that_keeps_falling_back_needs_longer_to_be_believed(paper: Paper) -> None:
    paper.fail(ERROR_503, 4)
    for _ in range(3):
        paper.answer()
        paper.fail(ERROR_503, 2)

    assert paper.answer(10) is HealthState.UNREACHABLE
    assert paper.answer(2) is not HealthState.UNREACHABLE


def test_a_time_out_does_not_hide_what_a_source_suffers_from(paper: Paper) -> None:
    paper.fail(FORBIDDEN, 2)

    assert paper.fail(TIME_OUT, 1) is HealthState.BLOCKED


SILENCE = {
    "the weekend": (timedelta(days=3), HealthState.FINE),  # Friday's paper, seen on Monday
    "a holiday on Monday": (timedelta(days=4), HealthState.QUIET),
    "the whole week": (timedelta(days=7), HealthState.SILENT),
}


@pytest.mark.parametrize(("later", "state"), SILENCE.values(), ids=SILENCE)
def test_silence_is_told_by_its_own_rhythm(
    paper: Paper, later: timedelta, state: HealthState
) -> None:
    last = paper.told[-1]
    health = after_unchanged(paper.health, now=last.replace(hour=9) + later)

    assert health.state is state


def test_a_monthly_letter_is_never_late_after_two_weeks() -> None:
    months = [MONDAY + timedelta(days=30 * n) for n in range(12)]
    paper = Paper()
    paper.health = begin(None, URL)
    paper.read(months, at=months[-1])

    assert after_unchanged(paper.health, now=months[-1] + timedelta(days=14)).state is (
        HealthState.FINE
    )


def test_news_ends_a_silence(paper: Paper) -> None:
    later = paper.told[-1] + timedelta(days=9)
    paper.health = after_unchanged(paper.health, now=later - timedelta(hours=1))
    assert paper.health.state is HealthState.SILENT

    paper.read([*paper.told[-19:], later], at=later)

    assert paper.health.state is HealthState.FINE


def test_a_list_that_was_dead_when_we_came_is_silent_at_once() -> None:
    paper = Paper()
    paper.health = begin(None, URL)
    paper.read(paper.told[:20], at=paper.told[19] + timedelta(days=900))

    assert paper.health.state is HealthState.SILENT


CANARIES = {
    "no dates": ({"dated": False}, HealthState.BROKEN_LAYOUT, "date"),
    "no titles": ({"titled": False}, HealthState.BROKEN_LAYOUT, "title"),
    "cut off": ({"cut": True}, HealthState.BROKEN_LAYOUT, "breaks off"),
    "links elsewhere": ({"site": "casino.example"}, HealthState.BROKEN_LAYOUT, "casino.example"),
    "another site": (
        {"site": "parked.example", "url": "https://parked.example/rss"},
        HealthState.GONE,
        "leads to parked.example",
    ),
}


@pytest.mark.parametrize(("lies", "state", "said"), CANARIES.values(), ids=CANARIES)
def test_a_list_that_answers_and_is_blind(
    paper: Paper, lies: dict[str, str], state: HealthState, said: str
) -> None:
    lines = paper.told[-10:] if "cut" in lies else paper.told[-20:]
    for hours in range(1, 5):
        paper.read(lines, at=paper.told[-1] + timedelta(hours=hours), **lies)  # type: ignore[arg-type]

    assert paper.health.state is state
    assert said in (paper.health.text or "")


def test_a_site_that_moved_with_its_stories_is_no_other_site(paper: Paper) -> None:
    for hours in range(1, 5):
        at = paper.told[-1] + timedelta(hours=hours)
        paper.read(paper.told[-20:], at=at, url="https://proxy.example/daily")

    assert paper.health.state is HealthState.FINE


def test_an_empty_list_is_told_by_its_name(paper: Paper) -> None:
    for hours in range(4):
        at = paper.at + timedelta(hours=hours)
        paper.health = after_failure(paper.health, fault_of_list("empty", "no entry"), now=at)

    assert paper.health.state is HealthState.EMPTY


def pages(*lengths: int) -> list[PageSeen]:
    return [PageSeen(length=length) for length in lengths]


def test_pages_that_give_only_a_stub(paper: Paper) -> None:
    health = after_pages(paper.health, pages(2400, 3100, 1900, 2600, 2200, 2800), now=paper.at)

    health = after_pages(health, pages(210, 180, 240, 190), now=paper.at)

    assert health.state is HealthState.BROKEN_LAYOUT


def test_one_odd_page_in_five_is_daily_bread(paper: Paper) -> None:
    odd = PageSeen(fault=fault_of_page("broken_layout", "the page has no text"))
    health = paper.health
    for _ in range(20):
        health = after_pages(health, [*pages(2400, 2600, 2200, 2500), odd], now=paper.at)

    assert health.state is HealthState.FINE


def test_a_new_address_begins_anew_but_knows_what_was_told() -> None:
    old = Health(url=URL, told=HealthState.GONE)

    assert begin(old, f"{URL}/2") == Health(url=f"{URL}/2", told=HealthState.GONE)
