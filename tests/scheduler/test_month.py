"""A simulated month: 200 sources with rhythms of their own, ten failures, one clock.

The daemon's own functions decide (scheduler/checkup.py, crawler/health, notifier/notices.py); only
the network is told: a status for `judge`, an error, or the lines of a list.

A source's *expected period* is the longest gap of its own month without failures, or its
`rhythm_min` if that is longer. Print the figures with `pytest -s`; the whole: `make prove`.
"""

from __future__ import annotations

import heapq
import itertools
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import exp, log
from random import Random
from statistics import mean, median

import pytest

from config.errors import FetchError, Unreachable
from config.model import Source
from crawler.health.canary import host_of
from crawler.health.faults import fault_of_error, fault_of_page
from crawler.health.model import Health, HealthState
from crawler.health.outage import cut_off_since
from crawler.health.states import PageSeen, after_pages
from crawler.model import Evidence, Fetched, Listing, Published, Reason
from crawler.spiders.outcome import error_of, judge
from notifier.model import NoticeKind
from notifier.notices import Outage, after_notice, due_notices, outage_step
from scheduler.checkup import OUTAGE_WINDOW, ListSeen, asks_plainly, check_failure, check_list

BEGIN = datetime(2025, 3, 3, tzinfo=UTC)  # a Monday
WARM_UP, MONTH = timedelta(days=14), timedelta(days=30)
END = BEGIN + WARM_UP + MONTH
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOLIDAY = BEGIN + timedelta(days=23)  # of one country, a Wednesday
OUTAGE = BEGIN + timedelta(days=27, hours=10)  # our own network, three hours
# Seeds 1 to 8 were looked at while the numbers in crawler/health were chosen; these were not.
UNSEEN = tuple(range(101, 111))

KINDS = (
    "wall", "429 storm", "gone", "no address", "certificate", "time-outs", "flapping 5xx",
    "empty list", "page, not feed", "parked", "stale list", "no dates", "no titles", "stubs",
    "layout", "cut off", "lying 304", "repeats only", "skewed dates", "slow drip",
)  # fmt: skip
DATED = {"no dates", "skewed dates"}


@dataclass(kw_only=True)
class Failure:
    """One failure of one source, and what was told of it."""

    kind: str
    begins: datetime
    ends: datetime
    period: timedelta
    told: list[datetime] = field(default_factory=list)
    back: list[datetime] = field(default_factory=list)
    healed: datetime | None = None


@dataclass(kw_only=True)
class Outlet:
    """A source as the world has it: when it publishes, how its server answers."""

    source: Source
    told_at: list[datetime]  # of each story
    lines: list[Listing]
    size: int  # of its list
    has_validators: bool
    is_dated: bool
    noise: float  # share of looks that fail by accident
    failure: Failure | None = None
    health: Health | None = None
    known: set[str] = field(default_factory=set)
    last_full: int = -1  # stories at the last full list
    at_looks: int = 0
    delays: list[float] = field(default_factory=list)  # hours, of the measured month
    outcome: str | None = None
    looked_at: datetime | None = None
    serial: int = 0


def hours_of(pattern: str, zone: int, random: Random) -> list[float]:
    """How likely each hour of the week is, Monday 0:00 UTC first."""
    opens, closes = random.choice(((8, 18), (7, 22), (9, 17)))
    weekend = random.choice(((5, 6), (4, 5)))
    weak = random.choice((0.0, 0.05, 0.3))
    rates = []
    for hour in range(168):
        day, clock = divmod((hour + zone) % 168, 24)
        rate = 1.0
        if pattern in ("newsroom", "weekdays"):
            rate = 1.0 if opens <= clock < closes else 0.03
            rate *= weak if day in weekend else 1.0
        elif pattern == "round the clock":
            rate = 1.0 if 6 <= clock < 23 else 0.4
        rates.append(rate)
    return rates


def publish(pattern: str, gap_h: float, country: str, random: Random) -> list[datetime]:
    """The moments of a source's stories, some weeks of history included."""
    begin = BEGIN - timedelta(days=90)
    if pattern == "regular":  # every so many days, at its hour, half an hour about
        days = max(1, round(gap_h / 24))
        at = begin + timedelta(days=random.randrange(days), hours=random.uniform(4, 18))
        found = []
        while at < END:
            found.append(at + timedelta(minutes=random.gauss(0, 30)))
            at += timedelta(days=days)
        return sorted(found)
    rates = hours_of(pattern, random.randrange(-8, 12), random)
    scale = 168 / sum(rates) / gap_h
    history = max(BEGIN - timedelta(hours=gap_h * 60), begin)
    found, hour = [], history.replace(minute=0)
    while hour < END:
        rate = rates[hour.weekday() * 24 + hour.hour] * scale
        if country == "SA" and HOLIDAY <= hour < HOLIDAY + timedelta(days=1):
            rate *= 0.02
        if pattern == "bursts":
            rate *= 0.25
        count, edge = 0, exp(-rate)
        chance = random.random()
        while chance > edge:
            count += 1
            chance *= random.random()
        for _ in range(count):
            at = hour + timedelta(minutes=random.uniform(0, 60))
            follow = 4 if pattern == "bursts" else 1
            found += [at + timedelta(minutes=random.uniform(0, 40)) * n for n in range(follow)]
        hour += HOUR
    return sorted(at for at in found if at < END)


def build_outlet(number: int, random: Random) -> Outlet:
    pattern = random.choice(
        ("newsroom", "newsroom", "weekdays", "round the clock", "bursts", "regular", "newsroom")
    )
    gap_h = exp(random.uniform(log(0.15), log(168)))
    if pattern == "regular":
        gap_h = random.choice((24, 24, 168))
    country = random.choice(("SA", "SA", "US", "GB", "AE", "FR"))
    told = publish(pattern, gap_h, country, random)
    while len(told) < 5:
        told = publish(pattern, gap_h / 2, country, random)
    rhythm = min(max(gap_h * 60 / random.uniform(1.5, 4), 10), 240)
    source = Source(
        id=f"s{number}",
        name=f"Source {number}",
        url=f"https://s{number}.example/feed",
        kind="feed",
        country=country,
        rhythm_min=Decimal(round(rhythm)),
    )
    dated = random.random() < 0.85
    day_only = dated and random.random() < 0.06
    lines = [
        Listing(
            url=f"https://s{number}.example/{n}",
            title=f"Story {n} of {number}",
            published=Published(at=at, evidence=Evidence.FEED, day_only=day_only)
            if dated
            else None,
        )
        for n, at in enumerate(told)
    ]
    return Outlet(
        source=source,
        told_at=told,
        lines=lines,
        size=random.choice((10, 20, 30, 50)),
        has_validators=random.random() < 0.6,
        is_dated=dated and not day_only,
        noise=random.choice((0.001, 0.005, 0.02)),
    )


def period_of(outlet: Outlet) -> timedelta:
    """The expected period: see the head of this file."""
    at = [t for t in outlet.told_at if t >= BEGIN]
    edges = [BEGIN, *at, END]
    gaps = [b - a for a, b in itertools.pairwise(edges)]
    return max(max(gaps), timedelta(minutes=float(outlet.source.rhythm_min)))


def draw_failures(outlets: list[Outlet], count: int, random: Random) -> None:
    """Give `count` outlets a failure each, long enough to be told and to be over."""
    kinds = random.sample(KINDS, count)
    first, last = BEGIN + WARM_UP, END - timedelta(days=3)
    for kind in kinds:
        fit = [
            outlet
            for outlet in outlets
            if outlet.failure is None
            and period_of(outlet) * 2.6 < (last - first) * 0.9
            and (kind not in DATED or outlet.is_dated)
            and (kind != "lying 304" or outlet.has_validators)
        ]
        outlet = random.choice(fit)
        period = period_of(outlet)
        length = max(period * 2.6, timedelta(hours=12))
        begins = first + (last - first - length) * random.random()
        outlet.failure = Failure(kind=kind, begins=begins, ends=begins + length, period=period)


class Month:
    """Forty-four days of looks: two weeks of learning, then the month that is measured."""

    def __init__(self, seed: int, *, sources: int = 200, failures: int = 10) -> None:
        self.random = Random(seed)
        self.outlets = [build_outlet(n, self.random) for n in range(sources)]
        draw_failures(self.outlets, failures, self.random)
        self.by_id = {outlet.source.id: outlet for outlet in self.outlets}
        self.sources = {outlet.source.id: outlet.source for outlet in self.outlets}
        self.untold: set[str] = set()  # whose state is not what was told of it
        self.outage: Outage | None = None
        self.own: list[NoticeKind] = []
        self.false: list[tuple[str, datetime, HealthState, str | None]] = []
        self.looks = 0

    def run(self) -> None:
        due = [(BEGIN + MINUTE * self.random.random() * 30, o.source.id) for o in self.outlets]
        heapq.heapify(due)
        checked = BEGIN
        while due and due[0][0] < END:
            now, source_id = heapq.heappop(due)
            while checked + MINUTE < now:  # the daemon's tick
                checked += MINUTE
                self.tell(checked)
            heapq.heappush(due, (self.look(self.by_id[source_id], now), source_id))

    # -- looks

    def look(self, outlet: Outlet, now: datetime) -> datetime:
        try:
            return self.look_at(outlet, now)
        finally:
            self.mark(outlet)

    def mark(self, outlet: Outlet) -> None:
        health = outlet.health
        if health is not None and (health.told is None) is health.state.is_bad:
            self.untold.add(outlet.source.id)
        else:
            self.untold.discard(outlet.source.id)

    def look_at(self, outlet: Outlet, now: datetime) -> datetime:
        outlet.looked_at, jitter = now, self.random.random()
        is_counted = now >= BEGIN + WARM_UP and outlet.failure is None
        outlet.at_looks += is_counted
        try:
            seen = self.ask(outlet, now)
        except FetchError as error:
            outlet.outcome = type(error).__name__.lower()
            outlet.health, at = check_failure(
                outlet.health,
                outlet.source,
                fault_of_error(error),
                ours=outlet.outcome == "unreachable" and self.is_cut_off(now),
                now=now,
                jitter=jitter,
            )
            return at
        outlet.outcome = "fresh"
        outlet.health, at = check_list(outlet.health, outlet.source, seen, now=now, jitter=jitter)
        fresh = [line for line in seen.listings if line.url not in outlet.known]
        is_first = not outlet.known
        outlet.known.update(line.url for line in fresh)
        if fresh and not is_first:
            self.read(outlet, fresh, now, is_counted=is_counted)
        return at

    def ask(self, outlet: Outlet, now: datetime) -> ListSeen:
        """What the server answers. **Raises** FetchError."""
        if OUTAGE <= now < OUTAGE + timedelta(hours=3):
            raise Unreachable("it has no public address under this name.")
        failure = outlet.failure
        kind = failure.kind if failure and failure.begins <= now < failure.ends else ""
        if self.random.random() < outlet.noise:
            kind = "time-outs"
        self.raise_for(kind, now)
        if kind == "empty list":
            return self.seen(outlet, now, (), outcome="empty")
        if kind == "page, not feed":
            return self.seen(outlet, now, (), outcome="broken")
        plainly = outlet.health is None or asks_plainly(outlet.health, outlet.source)
        stands = failure.begins if failure and kind in ("stale list", "repeats only") else now
        told = bisect_right(outlet.told_at, stands)
        same = outlet.has_validators and not plainly and told == outlet.last_full
        if (kind == "lying 304" and not plainly) or (
            same and kind not in ("parked", "repeats only")
        ):
            return self.seen(outlet, now, (), outcome="unchanged", plainly=False)
        outlet.last_full = told
        lines = tuple(reversed(outlet.lines[max(0, told - outlet.size) : told]))
        return self.changed(outlet, kind, lines, now, plainly=plainly)

    def raise_for(self, kind: str, now: datetime) -> None:
        statuses = {"wall": 403, "429 storm": 429, "gone": 404}
        status = statuses.get(kind)
        if kind == "flapping 5xx" and self.random.random() < 0.75:
            status = 503
        if status is not None:
            headers = {"retry-after": "3600"} if status == 429 else {}
            error = error_of(judge(status, headers, b"", conditional=False, now=now), "host", "id")
            assert error is not None
            raise error
        if kind == "time-outs" or (kind == "slow drip" and self.random.random() < 0.85):
            raise Unreachable("it took too long to answer.", passing=True)
        if kind in ("no address", "certificate"):
            raise Unreachable(f"it has no valid {kind}.")

    def changed(
        self, outlet: Outlet, kind: str, lines: tuple[Listing, ...], now: datetime, *, plainly: bool
    ) -> ListSeen:
        """The list as a failure of its contents makes it."""
        url, reasons = outlet.source.url, ()
        match kind:
            case "parked":
                url = "https://parked.example/rss"
                lines = tuple(
                    Listing(url=f"https://parked.example/{n}", title=f"Offer {n}") for n in range(8)
                )
            case "no dates":
                lines = tuple(replace(line, published=None) for line in lines)
            case "no titles":
                lines = tuple(replace(line, title=None) for line in lines)
            case "cut off":
                lines = lines[: max(1, len(lines) // 3)]
                reasons = (Reason(code="cut_off", text="the list ends in the middle"),)
            case "repeats only":
                outlet.serial += 1
                lines = tuple(replace(li, url=f"{li.url}?v={outlet.serial}") for li in lines)
            case "skewed dates":
                lines = tuple(_skewed(line) for line in lines)
        return self.seen(outlet, now, lines, url=url, reasons=reasons, plainly=plainly)

    def seen(
        self,
        outlet: Outlet,
        now: datetime,
        lines: tuple[Listing, ...],
        *,
        outcome: str = "fresh",
        url: str | None = None,
        reasons: tuple[Reason, ...] = (),
        plainly: bool = True,
    ) -> ListSeen:
        fetched = Fetched(
            source=outlet.source,
            url=url or outlet.source.url,
            status=200,
            content_type=None,
            charset=None,
            body=b"",
            etag=None,
            last_modified=None,
            fetched_at=now,
        )
        return ListSeen(
            fetched=fetched,
            listings=lines,
            outcome=outcome,
            reasons=reasons,
            asked_plainly=plainly,
            known=outlet.known,
        )

    def read(
        self, outlet: Outlet, fresh: list[Listing], now: datetime, *, is_counted: bool
    ) -> None:
        failure = outlet.failure
        is_on = failure is not None and failure.begins <= now < failure.ends
        kind = failure.kind if failure and is_on else ""
        if failure and kind == "lying 304" and failure.healed is None:
            failure.healed = now
        pages = []
        for line in fresh:
            number = int(line.url.rpartition("/")[2].partition("?")[0])
            if is_counted and line.url.startswith(f"https://{outlet.source.id}."):
                outlet.delays.append((now - outlet.told_at[number]) / HOUR)
            chance = self.random.random()
            if kind == "layout" or chance < 0.02:
                pages.append(PageSeen(fault=fault_of_page("broken_layout", "no text")))
            else:
                length = 160 if kind == "stubs" else 2500
                pages.append(PageSeen(length=int(self.random.lognormvariate(log(length), 0.5))))
        assert outlet.health is not None
        outlet.health = after_pages(outlet.health, pages, now=now)

    # -- notices

    def is_cut_off(self, now: datetime) -> bool:
        return cut_off_since(self.last_looks(now)) is not None

    def last_looks(self, now: datetime) -> list[tuple[str, datetime, str | None]]:
        looks = [
            (host_of(o.source.url), o.looked_at, o.outcome)
            for o in self.outlets
            if o.looked_at is not None and o.looked_at >= now - OUTAGE_WINDOW
        ]
        return sorted(looks, key=lambda look: look[1], reverse=True)

    def tell(self, now: datetime) -> None:
        if self.untold:
            self.tell_sources(now)
        since = cut_off_since(self.last_looks(now)) if self.outage or _near_outage(now) else None
        self.outage, own = outage_step(self.outage, since, now=now)
        if own is not None:
            self.own.append(own.kind)

    def tell_sources(self, now: datetime) -> None:
        healths = {o.source.id: o.health for o in self.outlets if o.health is not None}
        changed = {source_id: healths[source_id] for source_id in self.untold}
        for notice in due_notices(changed, healths, self.sources, now=now):
            for item in notice.items:
                outlet = self.by_id[item.source_id]
                assert outlet.health is not None
                self.note(outlet, notice.kind, now)
                told = after_notice(outlet.health, notice.kind)
                outlet.health = replace(outlet.health, told=told)
                self.mark(outlet)

    def note(self, outlet: Outlet, kind: NoticeKind, now: datetime) -> None:
        failure, health = outlet.failure, outlet.health
        assert health is not None
        if failure is not None and now >= failure.begins and not failure.back:
            (failure.told if kind is NoticeKind.BAD else failure.back).append(now)
        elif kind is NoticeKind.BAD and now >= BEGIN + WARM_UP:
            self.false.append((outlet.source.id, now, health.state, health.text))

    # -- figures

    @property
    def failures(self) -> list[Failure]:
        return [outlet.failure for outlet in self.outlets if outlet.failure is not None]

    def saved(self) -> float:
        """Looks of a fixed rhythm with the same mean delay, source by source, for one of ours."""
        fixed = ours = 0.0
        for outlet in self.outlets:
            if outlet.failure is None and outlet.delays and outlet.at_looks:
                fixed += MONTH / HOUR / (2 * mean(outlet.delays))
                ours += outlet.at_looks
        return fixed / ours


def _skewed(line: Listing) -> Listing:
    assert line.published is not None
    at = line.published.at - timedelta(hours=8)
    return replace(line, published=replace(line.published, at=at))


def _near_outage(now: datetime) -> bool:
    return OUTAGE <= now < OUTAGE + timedelta(hours=5)  # elsewhere it would only cost time


def was_found(failure: Failure) -> bool:
    """Told once and within two expected periods, or mended by ourselves before."""
    if failure.kind == "lying 304" and failure.healed and not failure.told:
        return failure.healed - failure.begins <= failure.period * 2
    return len(failure.told) == 1 and failure.told[0] - failure.begins <= failure.period * 2


def was_ended(failure: Failure) -> bool:
    """Its recovery was told once, or there was nothing to recover from."""
    return len(failure.back) == 1 if failure.told else failure.healed is not None


def show(months: dict[int, Month]) -> None:
    for seed, month in months.items():
        for failure in sorted(month.failures, key=lambda f: f.kind):
            told = failure.told[0] if failure.told else failure.healed
            delay = f"{(told - failure.begins) / HOUR:7.1f} h" if told else "   never  "
            back = f"{(failure.back[0] - failure.ends) / HOUR:6.1f} h" if failure.back else "   -"
            periods = f"{(told - failure.begins) / failure.period:.2f}" if told else "-"
            mark = "" if was_found(failure) and was_ended(failure) else "  <-- missed"
            print(
                f"{seed:4} {failure.kind:15} told after {delay} = {periods:>5} periods of "
                f"{failure.period / HOUR:6.1f} h; well again after {back}; "
                f"{len(failure.told)} notices{mark}"
            )
        for source_id, at, state, text in month.false:
            print(f"{seed:4} FALSE {source_id} {at:%d %b %H:%M} {state}: {text}")
    failures = [failure for month in months.values() for failure in month.failures]
    false = sum(len(month.false) for month in months.values())
    source_months = sum(len(month.outlets) for month in months.values())
    in_time = sum(map(was_found, failures))
    ended = sum(map(was_ended, failures))
    delays = [(f.told[0] - f.begins) / f.period for f in failures if f.told]
    print(
        f"{len(failures)} failures: {in_time} told once within two periods, {ended} recoveries "
        f"told once; median delay {median(delays):.2f} periods; {false} false notices in "
        f"{source_months} source-months; fixed polling needs "
        f"{mean(month.saved() for month in months.values()):.2f} times the looks"
    )
    print(Counter(failure.kind for failure in failures if not was_found(failure)))


def run_months(seeds: tuple[int, ...]) -> dict[int, Month]:
    months = {seed: Month(seed) for seed in seeds}
    for month in months.values():
        month.run()
    show(months)
    return months


def test_a_small_month() -> None:
    month = Month(8, sources=24, failures=6)
    month.run()
    show({8: month})

    assert all(was_found(failure) and was_ended(failure) for failure in month.failures)
    assert len(month.false) <= 1
    assert month.own == [NoticeKind.CUT_OFF, NoticeKind.RECONNECTED]
    assert month.saved() > 1.1


@pytest.mark.slow
def test_ten_months_that_nobody_looked_at() -> None:
    months = run_months(UNSEEN)
    failures = [failure for month in months.values() for failure in month.failures]

    assert sum(map(was_found, failures)) >= 0.9 * len(failures)
    assert sum(map(was_ended, failures)) >= 0.9 * len(failures)
    assert sum(len(month.false) for month in months.values()) <= 0.02 * 200 * len(months)
    assert all(
        month.own == [NoticeKind.CUT_OFF, NoticeKind.RECONNECTED] for month in months.values()
    )
    assert mean(month.saved() for month in months.values()) > 1.2
