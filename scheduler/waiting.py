"""What becomes of the pages that a list named and that wait to be read?"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING

from config.errors import Blocked, FetchError, Gone, LayoutChanged, StorageError, Unreachable
from config.model import Source
from crawler.health.canary import host_of
from crawler.health.faults import fault_of_error, fault_of_page
from crawler.health.states import PageSeen
from crawler.model import Article, ListingState, PageFault, Reading
from crawler.pages.result import PageOutcome
from crawler.reading.second import is_grey
from crawler.storage.listings import count_attempt, load_waiting, mark_listing
from crawler.storage.looks import add_to_hour
from scheduler.checkup import save_pages
from scheduler.house import House
from scheduler.pipeline import TakenIn, take_in
from scheduler.report import LookReport, Progress
from scheduler.spare import Spare, read_feed_text, take_in_spare

if TYPE_CHECKING:
    from crawler.pages.result import PageResult
    from crawler.storage.listings import Waiting

log = logging.getLogger("rasid.look")

PAGES_A_LOOK = 200  # so that one deep archive does not keep a source busy for hours
TRIES_A_PAGE = 5
SILENT_A_HOST = 3  # pages in a row: its others wait untried, lest an outage use up their tries
_PAGE_FAULTS = {
    PageOutcome.GONE: PageFault.GONE,
    PageOutcome.BLOCKED: PageFault.BLOCKED,
    PageOutcome.EMPTY: PageFault.LAYOUT,
}
# A page may go, a list may name what is no article, a worker may die: all is well with the source.
_SAY_NOTHING = (PageOutcome.GONE, PageOutcome.NOT_ARTICLE, PageOutcome.BROKEN)


async def take_pages(
    house: House, source: Source, report: LookReport, progress: Progress | None
) -> None:
    silent: Counter[str] = Counter()
    for waiting in await asyncio.to_thread(_load_waiting, house, source):
        host, failed = host_of(waiting.listing.url), None
        if silent[host] >= SILENT_A_HOST:
            continue
        try:
            failed = await _try_page(house, source, waiting, report)
        except StorageError:
            raise  # a full or busy disk is no fault of the page: it waits, and the tick tells
        # The border of the article: whatever one page does, the others are read.
        except Exception as error:
            log.exception("article %s", waiting.listing.url)
            note = f"our own fault while reading it ({type(error).__name__}); see the log"
            await _put_back(house, waiting, report, note, PageFault.OURS)
        if failed is not None and (failed.blame == "us" or _rests(failed)):
            break  # the host asked for it, or we are stopping: the others wait for the next look
        silent[host] = silent[host] + 1 if failed is not None and _is_silent(failed) else 0
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


async def _try_page(
    house: House, source: Source, waiting: Waiting, report: LookReport
) -> FetchError | None:
    """Read one page, or note why it cannot be had and say what hindered it."""
    try:
        await _take_page(house, source, waiting, report)
    except LayoutChanged as error:
        spare = await _spare(house, source, waiting, str(error), final=False)
        await _put_back(house, waiting, report, str(error), PageFault.LAYOUT, spare=spare)
    except FetchError as error:
        if error.blame == "us":
            return error  # no try of this page: it waits as it was
        if not isinstance(error, Gone):  # a page may go; that is all
            _see(report, waiting, PageSeen(fault=fault_of_error(error)))
        never = error.retry == "never"
        final = never or (isinstance(error, Blocked) and not _rests(error))
        spare = await _spare(house, source, waiting, str(error), final=final)
        fault = _page_fault(error)
        await _put_back(house, waiting, report, str(error), fault, never=never, spare=spare)
        return error
    return None


def _rests(error: FetchError) -> bool:
    """Whether the host asked us to leave it alone for a while."""
    return isinstance(error, Blocked) and error.until is not None


def _is_silent(error: FetchError) -> bool:
    """Whether the host gives no answer, or says that it cannot give one now."""
    if not isinstance(error, Unreachable) or error.retry == "never":
        return False
    return error.status is None or error.status >= 500


def _page_fault(error: FetchError) -> PageFault:
    match error:
        case Gone():
            return PageFault.GONE
        case Blocked(until=None):  # with a time it asks for rest only, and is asked again
            return PageFault.BLOCKED
    return PageFault.UNREACHABLE


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
