"""How does the archive of a Source become history?

Its sitemaps are read first, so that the oldest story is told first; then page after page, by the
same guarded crawl and as politely as the watch.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from config.errors import Blocked, FetchError, StorageError
from config.model import Source
from config.plural import counted
from crawler.model import Article, ListingState, Reading
from crawler.storage.history import (
    Backfill,
    begin_backfill,
    count_past_waiting,
    load_backfill,
    load_past_waiting,
    load_sitemaps,
    mark_done,
    mark_published,
)
from crawler.storage.listings import Waiting, count_attempt, mark_listing
from scheduler.house import House
from scheduler.past import take_in_past
from scheduler.sitemaps import Progress, Run, SourceReport, read_sitemaps
from scheduler.span import Span
from scheduler.waiting import TRIES_A_PAGE

log = logging.getLogger("rasid.backfill")

_PAGES_AT_ONCE = 50
_FAILURES_IN_A_ROW = 10  # then the host is left alone until the next run


async def read_archive(
    house: House,
    source: Source,
    span: Span,
    *,
    limit: int | None,
    sitemap: str | None,
    is_stopped: Callable[[], bool],
    progress: Progress,
) -> SourceReport:
    """Take in what the archive of `source` tells of the span, from where an earlier run stopped.

    **Raises** RasidError where no sitemap can be found.
    """
    assert span.since is not None
    begun_at = house.clock()
    run = Run(
        house=house,
        source=source,
        since=span.since,
        backfill=await asyncio.to_thread(_begin, house, source, span, sitemap),
        limit=limit,
        is_stopped=is_stopped,
        progress=progress,
        report=SourceReport(source_id=source.id),
    )
    await read_sitemaps(run, sitemap)
    await _read_pages(run, begun_at)
    await asyncio.to_thread(_note_end, run)
    return run.report


def _begin(house: House, source: Source, span: Span, sitemap: str | None) -> Backfill:
    """The backfill that this command began; where it is done, the archive is read anew."""
    key, now = span.key("archive", source.id, sitemap or ""), house.clock()
    with house.database.write() as tx:
        known = load_backfill(tx, key)
        if known is not None and not known.is_done:
            states = (ListingState.WAITING, ListingState.FETCHED)
            if any(load_sitemaps(tx, known.id, state) for state in states):
                return known
        until = span.end(now=now, age_limit_h=house.config.settings.age_limit_h)
        return begin_backfill(tx, key, until_at=until, now=now)


async def _read_pages(run: Run, begun_at: datetime) -> None:
    """Read the pages that wait, oldest first, until the limit or a stop."""
    total = await asyncio.to_thread(_count_waiting, run, begun_at)
    goal = total if run.limit is None else min(total, run.limit)
    done = failures = 0
    while done < goal and run.goes_on:
        most = min(_PAGES_AT_ONCE, goal - done)
        some = await asyncio.to_thread(_load_waiting, run, begun_at, most)
        if not some:
            break
        for waiting in some:
            if not run.goes_on:
                break
            failures = 0 if await _read_page(run, waiting) else failures + 1
            if failures >= _FAILURES_IN_A_ROW:
                run.rests = True
                pages = counted(failures, "page")
                run.report.note(f"{pages} in a row did not come: left for another run")
            done += 1
            run.progress(run.source.id, done, goal, run.report.articles)


async def _read_page(run: Run, waiting: Waiting) -> bool:
    """Take in one page; False if its host did not give it."""
    assert run.house.crawl is not None
    assert run.house.workroom is not None
    try:
        fetched = await run.house.crawl.fetch_page(run.source, waiting.listing)
        page, reading = await run.house.workroom.read_page(fetched)
        if page.article is None or reading is None:
            why = page.reasons[0].text if page.reasons else str(page.outcome)
            await asyncio.to_thread(_put_back, run, waiting, why)
        else:
            await asyncio.to_thread(_keep, run, waiting, page.article, reading)
    except FetchError as error:
        is_never = error.retry == "never" or error.robots == "refused"
        await asyncio.to_thread(_put_back, run, waiting, str(error), never=is_never)
        if isinstance(error, Blocked) and error.until is not None:
            run.rests = True
        return is_never
    except StorageError:
        raise  # a full or busy disk is no fault of the page: it waits
    # The border of the article: whatever one page does, the others are read.
    except Exception as error:
        log.exception("article %s", waiting.listing.url)
        note = f"our own fault while reading it ({type(error).__name__}); see the log"
        await asyncio.to_thread(_put_back, run, waiting, note)
    return True


def _keep(run: Run, waiting: Waiting, article: Article, reading: Reading) -> None:
    now, report = run.house.clock(), run.report
    span = Span(since=run.since, until=run.until)
    with run.house.database.write() as tx:
        if article.published is not None and not span.holds(article, end=run.until):
            at = article.published.at
            note = f"published on {at:%Y-%m-%d}: outside the span that was asked for"
            mark_published(tx, waiting.id, at, now=now, note=note)
            report.outside += 1
            return
        is_new = take_in_past(
            tx,
            article,
            reading,
            rates=run.house.rates,
            keep_text=run.source.keep_text,
            now=now,
            listing_id=waiting.id,
        )
    report.articles += is_new
    report.known += not is_new
    report.ai_articles += is_new and reading.ai_investment


def _put_back(run: Run, waiting: Waiting, note: str, *, never: bool = False) -> None:
    """Let a page that failed wait for another run, or give it up."""
    now = run.house.clock()
    run.report.failed += 1
    run.report.note(f"{waiting.listing.url}: {note}")
    with run.house.database.write() as tx:
        if never:
            mark_listing(tx, waiting.id, ListingState.GIVEN_UP, now=now, note=note)
        else:
            count_attempt(tx, waiting.id, now=now, note=note, give_up_after=TRIES_A_PAGE)


def _note_end(run: Run) -> None:
    """Count what is left; with nothing left, the backfill is done."""
    now = run.house.clock()
    run.report.waiting = _count_waiting(run, now)
    run.report.is_done = not run.load_sitemaps() and not run.report.waiting
    if run.report.is_done:
        with run.house.database.write() as tx:
            mark_done(tx, run.backfill.id, now=now)


def _load_waiting(run: Run, untried_since: datetime, limit: int) -> tuple[Waiting, ...]:
    with run.house.database.read() as db:
        return load_past_waiting(
            db,
            run.source.id,
            since=run.since,
            until=run.until,
            untried_since=untried_since,
            limit=limit,
        )


def _count_waiting(run: Run, untried_since: datetime) -> int:
    with run.house.database.read() as db:
        return count_past_waiting(
            db,
            run.source.id,
            since=run.since,
            until=run.until,
            untried_since=untried_since,
        )
