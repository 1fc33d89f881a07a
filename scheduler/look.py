"""What happens on one visit to a Source?"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from config.errors import Blocked, FetchError, Gone, LayoutChanged, StorageError
from config.model import Source
from crawler.health.faults import fault_of_error, fault_of_page
from crawler.health.model import HealthState
from crawler.health.states import PageSeen
from crawler.model import Article, Listing, ListingState, PageFault, Reading
from crawler.pages.result import PageOutcome
from crawler.reading.second import is_grey
from crawler.storage.articles import (
    count_attempt,
    load_listed,
    load_waiting,
    mark_listing,
    save_listings,
)
from crawler.storage.looks import add_to_hour, load_health, load_states, save_look
from scheduler.checkup import ListSeen, asks_plainly, check_list, save_failure, save_pages
from scheduler.house import House
from scheduler.pipeline import TakenIn, take_in
from scheduler.spare import Spare, read_feed_text, take_in_spare

if TYPE_CHECKING:
    from crawler.pages.result import PageResult
    from crawler.storage.articles import Waiting
    from crawler.storage.looks import SourceState

log = logging.getLogger("rasid.look")

PAGES_A_LOOK = 200  # so that one deep archive does not keep a source busy for hours
CHILDREN_A_LOOK = 5  # of a sitemap index, newest first
TRIES_A_PAGE = 5
# A page may go, a list may name what is no article, a worker may die: all is well with the source.
_PAGE_FAULTS = {
    PageOutcome.GONE: PageFault.GONE,
    PageOutcome.BLOCKED: PageFault.BLOCKED,
    PageOutcome.EMPTY: PageFault.LAYOUT,
}
_SAY_NOTHING = (PageOutcome.GONE, PageOutcome.NOT_ARTICLE, PageOutcome.BROKEN)


@dataclass(slots=True, kw_only=True)
class LookReport:
    """What one Look brought, for the log and for `rasid once`."""

    source_id: str
    outcome: str = "fresh"
    note: str | None = None
    listed: int = 0
    articles: int = 0
    ai_articles: int = 0
    failed: int = 0
    taken: list[tuple[Article, TakenIn]] = field(default_factory=list)
    pages: list[PageSeen] = field(default_factory=list)  # first tries, for the source's health

    @property
    def is_good(self) -> bool:
        return self.outcome in {"fresh", "unchanged"}


Progress = Callable[[LookReport], None]


async def look_at(house: House, source: Source, *, progress: Progress | None = None) -> LookReport:
    """Look at `source` once: its list, then every page that waits.

    Never raises for what a stranger's server does: the report says it, and so does the
    source's state in the database.
    """
    report = LookReport(source_id=source.id)
    state = await asyncio.to_thread(_load_state, house, source)
    try:
        await _take_list(house, source, state, report)
    except FetchError as error:
        await _note_failure(house, source, state, report, error)
    if report.outcome != "blocked":  # pages that wait from earlier looks are read all the same
        await _take_pages(house, source, report, progress)
    log.info(
        "look %s: %s, %d new in list, %d articles, %d failed%s",
        source.id,
        report.outcome,
        report.listed,
        report.articles,
        report.failed,
        f"; {report.note}" if report.note else "",
    )
    return report


def _load_state(house: House, source: Source) -> SourceState | None:
    with house.database.read() as db:
        return load_states(db).get(source.id)


async def _take_list(
    house: House, source: Source, state: SourceState | None, report: LookReport
) -> None:
    assert house.crawl is not None
    assert house.workroom is not None
    plainly = state is None or asks_plainly(state.health, source)
    fetched = await house.crawl.fetch_list(
        source,
        etag=state.etag if state and not plainly else None,
        last_modified=state.last_modified if state and not plainly else None,
    )
    if fetched.status == 304:
        report.outcome = "unchanged"
        seen = ListSeen(fetched=fetched, listings=(), outcome="unchanged", asked_plainly=False)
        await asyncio.to_thread(_keep_list, house, source, state, seen, report)
        return
    result = await house.workroom.read_list(fetched)
    listings = result.listings + await _read_children(house, source, result.more, report)
    if result.more:
        # An index may stay the same while its children grow: it has to be read whole each time.
        fetched = replace(fetched, etag=None, last_modified=None)
    seen = ListSeen(
        fetched=fetched,
        listings=listings,
        outcome=str(result.outcome),
        reasons=result.reasons,
        asked_plainly=plainly,
        ttl_s=result.ttl_s,
    )
    if not listings:
        report.outcome, report.note = str(result.outcome), seen.text
    await asyncio.to_thread(_keep_list, house, source, state, seen, report)


async def _read_children(
    house: House, source: Source, urls: tuple[str, ...], report: LookReport
) -> tuple[Listing, ...]:
    """The lines of an index's newest sitemaps; one that fails does not cost the others."""
    assert house.crawl is not None
    assert house.workroom is not None
    listings: tuple[Listing, ...] = ()
    for url in urls[:CHILDREN_A_LOOK]:
        try:
            fetched = await house.crawl.fetch_list(source, url=url)
        except FetchError as error:
            report.failed += 1
            report.note = str(error)
        else:
            listings += (await house.workroom.read_list(fetched)).listings
    return listings


def _keep_list(
    house: House, source: Source, state: SourceState | None, seen: ListSeen, report: LookReport
) -> None:
    """Save the lines of a list in the transaction that saves its validators (promise P1)."""
    now = house.clock()
    first_look = state is None or not state.first_look_done
    with house.database.write() as tx:
        known = load_listed(tx, source.id, [line.url for line in seen.listings])
        health, next_look_at = check_list(
            load_health(tx, source.id),
            source,
            replace(seen, known=known),
            now=now,
            jitter=house.random.random(),
        )
        fault = health.lists.fault
        # What another site lists in its place is not this source's news.
        lines = () if fault and fault.state is HealthState.GONE else seen.listings
        report.listed = save_listings(tx, source.id, lines, now=now, first_look=first_look)
        fields: dict[str, Any] = {"last_look_at": now, "outcome": report.outcome}
        fields |= {"note": report.note, "health": health, "next_look_at": next_look_at}
        if report.is_good:
            fields |= {"last_ok_at": now, "first_look_done": True, "failures": 0}
            if seen.fetched.status != 304:  # a 304 need not repeat its validators
                fields |= {
                    "etag": seen.fetched.etag,
                    "last_modified": seen.fetched.last_modified,
                }
        else:
            fields["failures"] = (state.failures if state else 0) + 1
        save_look(tx, source.id, **fields)
        failed = 0 if report.is_good else 1
        add_to_hour(tx, source.id, now=now, looks=1, failed=failed, listed=report.listed)


async def _note_failure(
    house: House,
    source: Source,
    state: SourceState | None,
    report: LookReport,
    error: FetchError,
) -> None:
    report.outcome = type(error).__name__.lower()
    report.note = str(error)

    def save() -> None:
        with house.database.write() as tx:
            save_failure(
                tx,
                house,
                source,
                fault_of_error(error),
                ours=error.blame == "us",
                outcome=report.outcome,
                note=report.note,
                failures=(state.failures if state else 0) + 1,
            )

    await asyncio.to_thread(save)


async def _take_pages(
    house: House, source: Source, report: LookReport, progress: Progress | None
) -> None:
    for waiting in await asyncio.to_thread(_load_waiting, house, source):
        rests = False
        try:
            rests = await _try_page(house, source, waiting, report)
        except StorageError:
            raise  # a full or busy disk is no fault of the page: it waits, and the tick tells
        # The border of the article: whatever one page does, the others are read.
        except Exception as error:
            log.exception("article %s", waiting.listing.url)
            note = f"our own fault while reading it ({type(error).__name__}); see the log"
            await _put_back(house, waiting, report, note, PageFault.OURS)
        if rests:
            break  # the host asked for it: the other pages wait for the next look
        if progress is not None:
            progress(report)
    if report.pages:
        await asyncio.to_thread(_keep_pages, house, source, report)


def _keep_pages(house: House, source: Source, report: LookReport) -> None:
    with house.database.write() as tx:
        save_pages(tx, source, report.pages, now=house.clock())


def _see(report: LookReport, waiting: Waiting, seen: PageSeen) -> None:
    """Remember how a page was; a second try at it would tell of the same page again."""
    if waiting.attempts == 0:
        report.pages.append(seen)


async def _try_page(house: House, source: Source, waiting: Waiting, report: LookReport) -> bool:
    """Read one page, or note why it cannot be had; whether its host asked for rest."""
    try:
        await _take_page(house, source, waiting, report)
    except LayoutChanged as error:
        spare = await _spare(house, source, waiting, str(error), final=False)
        await _put_back(house, waiting, report, str(error), PageFault.LAYOUT, spare=spare)
    except FetchError as error:
        if not (isinstance(error, Gone) or error.blame == "us"):  # a page may go; that is all
            _see(report, waiting, PageSeen(fault=fault_of_error(error)))
        never, rests = error.retry == "never", isinstance(error, Blocked) and bool(error.until)
        final = never or (isinstance(error, Blocked) and not rests)
        spare = await _spare(house, source, waiting, str(error), final=final)
        fault = _page_fault(error)
        await _put_back(house, waiting, report, str(error), fault, never=never, spare=spare)
        return rests
    return False


def _page_fault(error: FetchError) -> PageFault:
    match error:
        case Gone():
            return PageFault.GONE
        case Blocked():
            return PageFault.BLOCKED
    return PageFault.OURS if error.blame == "us" else PageFault.UNREACHABLE


def _load_waiting(house: House, source: Source) -> tuple[Waiting, ...]:
    with house.database.read() as db:
        return load_waiting(db, source.id, limit=PAGES_A_LOOK)


async def _take_page(house: House, source: Source, waiting: Waiting, report: LookReport) -> None:
    assert house.crawl is not None
    assert house.workroom is not None
    fetched = await house.crawl.fetch_page(source, waiting.listing)
    page, reading = await house.workroom.read_page(fetched)
    _see_page(report, waiting, page)
    if page.article is None or reading is None:
        note = page.reasons[0].text if page.reasons else str(page.outcome)
        if page.outcome == PageOutcome.BROKEN_LAYOUT:
            raise LayoutChanged(note, subject=waiting.listing.url)
        if page.outcome == PageOutcome.NOT_ARTICLE:  # its summary in the list is none either
            await _put_back(house, waiting, report, note, PageFault.NO_ARTICLE, never=True)
            return
        gone = page.outcome == PageOutcome.GONE
        final = gone or page.outcome == PageOutcome.BLOCKED
        spare = await _spare(house, source, waiting, note, final=final)
        fault = _PAGE_FAULTS.get(page.outcome, PageFault.OURS)
        await _put_back(house, waiting, report, note, fault, never=gone, spare=spare)
        return
    article = page.article
    reading = await _second_reading(house, source, article, reading)

    def keep() -> TakenIn:
        with house.database.write() as tx:
            now = house.clock()
            taken = take_in(
                tx,
                article,
                reading,
                house=house,
                source=source,
                first_look=waiting.first_look,
                listing_id=waiting.id,
                now=now,
            )
            mark_listing(tx, waiting.id, ListingState.FETCHED, now=now)
            if taken.is_new:
                add_to_hour(tx, source.id, now=now, articles=1)
            return taken

    _count(report, article, reading, await asyncio.to_thread(keep))


def _count(report: LookReport, article: Article, reading: Reading, taken: TakenIn) -> None:
    if taken.is_new:
        report.articles += 1
        report.ai_articles += reading.ai_investment
    report.taken.append((article, taken))


def _see_page(report: LookReport, waiting: Waiting, page: PageResult) -> None:
    missed = [reason for reason in page.reasons if reason.code == "page_rule_missed"]
    if page.article is not None and not missed:
        _see(report, waiting, PageSeen(length=len(page.article.body)))
    elif page.outcome not in _SAY_NOTHING:
        reasons = missed or page.reasons
        text = reasons[0].text if reasons else "a page without text"
        _see(report, waiting, PageSeen(fault=fault_of_page(str(page.outcome), text)))


async def _second_reading(
    house: House, source: Source, article: Article, reading: Reading
) -> Reading:
    """`reading`, judged by a second reader where it is in doubt and there is one."""
    if house.second is None or not is_grey(reading):
        return reading
    second = await house.second.ask(article, now=house.clock())
    if second is None:
        return reading
    assert house.workroom is not None
    return await house.workroom.read_again(article, source, second) or reading


async def _spare(
    house: House, source: Source, waiting: Waiting, why: str, *, final: bool
) -> Spare | None:
    """The list's own text where the page's answer is final or its tries are used up."""
    if not final and waiting.attempts + 1 < TRIES_A_PAGE:
        return None
    told = await read_feed_text(house, source, waiting, why)
    if told is None:
        return None
    article, reading = told
    reading = await _second_reading(house, source, article, reading)
    return Spare(article=article, reading=reading, source=source)


async def _put_back(
    house: House,
    waiting: Waiting,
    report: LookReport,
    note: str,
    fault: PageFault,
    *,
    never: bool = False,
    spare: Spare | None = None,
) -> None:
    """Let a page that failed wait for another look, or give it up; `spare` stands in for it."""

    def save() -> TakenIn | None:
        with house.database.write() as tx:
            taken = take_in_spare(tx, spare, house=house, waiting=waiting) if spare else None
            now = house.clock()
            if spare and taken and taken.is_new:
                add_to_hour(tx, spare.source.id, now=now, articles=1)
            if never:
                state = ListingState.GIVEN_UP
                mark_listing(tx, waiting.id, state, now=now, note=note, fault=fault)
            else:
                count_attempt(
                    tx, waiting.id, now=now, note=note, give_up_after=TRIES_A_PAGE, fault=fault
                )
            return taken

    taken = await asyncio.to_thread(save)
    report.failed += 1
    if spare is not None and taken is not None:
        _count(report, spare.article, spare.reading, taken)
