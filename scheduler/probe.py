"""How is each source doing, asked once and without keeping anything?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from dataclasses import replace

from config.errors import FetchError
from config.model import Source
from crawler.model import Fetched, Listing, Reason
from crawler.pages.advice import PageCheck, Probed
from crawler.pages.result import ListOutcome
from crawler.pages.survey import Survey, measure, newest_first
from scheduler.door import Door

AT_A_TIME = 16  # sources; each host is still asked for one thing at a time


async def probe_all(door: Door, sources: Iterable[Source]) -> AsyncGenerator[Probed]:
    """Visit `sources`, each once; the answers as they come in."""
    places = asyncio.Semaphore(AT_A_TIME)

    async def visit(source: Source) -> Probed:
        async with places:
            return await probe_source(door, source)

    visits = [asyncio.create_task(visit(source)) for source in sources]
    try:
        for visited in asyncio.as_completed(visits):
            yield await visited
    finally:
        for task in visits:
            task.cancel()


async def probe_source(door: Door, source: Source) -> Probed:
    """Fetch the list of `source` and one of its articles. Never raises for what a server does."""
    try:
        fetched = await door.crawl.fetch_list(source)
    except FetchError as error:
        return Probed(source=source, at=door.clock(), error=error)
    survey = await door.workroom.survey_list(fetched)
    survey = await with_child(door, source, survey)
    return Probed(
        source=source,
        at=door.clock(),
        url=fetched.url,
        redirects=fetched.redirects,
        survey=survey,
        page=await check_page(door, source, survey.listings),
    )


async def with_child(door: Door, source: Source, survey: Survey) -> Survey:
    """`survey`, an index of sitemaps with the lines of the newest of them; else as it is."""
    if survey.listings or not survey.more:
        return survey
    try:
        child = await door.crawl.fetch_list(source, url=survey.more[0])
    except FetchError as error:
        reason = Reason(code="no_child", text=f"its newest sitemap cannot be had: {error}")
        return replace(survey, more=(), outcome=ListOutcome.BROKEN, reasons=(reason,))
    below = await door.workroom.survey_list(child)
    lines = measure(below.listings)
    return replace(lines, head=survey.head, reasons=below.reasons, language=below.language)


async def check_page(door: Door, source: Source, listings: tuple[Listing, ...]) -> PageCheck | None:
    """Whether the newest of `listings` can be read as an article; None where there is none."""
    if not listings:
        return None
    listing = newest_first(listings)[0]
    try:
        fetched = await door.crawl.fetch_page(source, listing)
    except FetchError as error:
        return PageCheck(url=listing.url, note=str(error).rstrip("."))
    return await _read(door, fetched, listing)


async def _read(door: Door, fetched: Fetched, listing: Listing) -> PageCheck:
    result, _reading = await door.workroom.read_page(fetched)
    if result.article is None:
        note = result.reasons[0].text if result.reasons else str(result.outcome)
        return PageCheck(url=listing.url, note=note)
    article = result.article
    return PageCheck(
        url=listing.url,
        title=article.title,
        published=article.published.at if article.published else None,
        body_length=len(article.body),
    )
