"""Which pages does the archive of a Source name for a span of the past?

Sitemaps are rows that wait like pages, so that none is asked for twice, whatever stops us.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from config.errors import Blocked, FetchError, RasidError
from config.model import Source
from config.plural import counted
from crawler.model import Listing, ListingState
from crawler.pages.archive import Wanted
from crawler.pages.places import archive_places, find_sitemaps
from crawler.pages.result import ArchivePage
from crawler.pages.sitemap import MOST_BYTES
from crawler.pages.spans import Stretch
from crawler.pages.urls import is_same_site
from crawler.storage.history import (
    Backfill,
    Sitemap,
    give_up_sitemaps,
    load_newest_urls,
    load_sitemaps,
    mark_sitemap,
    save_past_lines,
    save_sitemaps,
)
from crawler.text.safe import harmless_line
from scheduler.house import House

Progress = Callable[[str, int, int | None, int], None]  # words, done, of how many, articles

_MOST_SITEMAPS = 5000
_DEEPEST = 5  # an index of indexes of indexes …
_MOST_NOTES = 50
_NEWEST = 50
_COMMON = "a common place"


@dataclass(slots=True, kw_only=True)
class SourceReport:
    """What one run through the archive of a source brought."""

    source_id: str
    sitemaps: int = 0
    listed: int = 0
    undated: int = 0  # lines of which no date is told: not asked for
    articles: int = 0
    ai_articles: int = 0
    known: int = 0
    outside: int = 0  # by the date on the page itself
    failed: int = 0
    waiting: int = 0  # lines that are left
    is_done: bool = False
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(harmless_line(text, 300))


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of a backfill through the archive of a source."""

    house: House
    source: Source
    since: datetime
    backfill: Backfill
    limit: int | None  # pages
    is_stopped: Callable[[], bool]
    progress: Progress
    report: SourceReport
    rests: bool = False  # the host wants no more of us now

    @property
    def until(self) -> datetime:
        return self.backfill.until_at

    @property
    def goes_on(self) -> bool:
        return not (self.rests or self.is_stopped())

    def load_sitemaps(self, state: ListingState = ListingState.WAITING) -> tuple[Sitemap, ...]:
        with self.house.database.read() as db:
            return load_sitemaps(db, self.backfill.id, state)


async def read_sitemaps(run: Run, named: str | None) -> None:
    """Read every sitemap that waits and those that they name; save their lines in the span.

    `named`: where the owner says that the archive is listed. **Raises** RasidError where there
    is no sitemap at all.
    """
    sites = await asyncio.to_thread(_load_sites, run)
    has_begun = await asyncio.to_thread(_has_begun, run)
    if not has_begun:
        found, common = await _find_starts(run, sites, named)
        await asyncio.to_thread(_save_starts, run, found, common)
    tried: set[int] = set()
    while run.goes_on:
        left = [one for one in await asyncio.to_thread(run.load_sitemaps) if one.id not in tried]
        if not left:
            break
        tried.add(left[0].id)
        await _read(run, left[0], sites)
        words = f"{run.source.id}: sitemaps"
        run.progress(words, len(tried), len(tried) + len(left) - 1, run.report.articles)
    if run.goes_on and not await asyncio.to_thread(_has_begun, run):
        raise RasidError(_not_found(run, sites, named), subject=run.source.id)


def _load_sites(run: Run) -> tuple[str, ...]:
    """The site of the source's address, and the one on which most of its articles stand."""
    with run.house.database.read() as db:
        urls = load_newest_urls(db, run.source.id, limit=_NEWEST)
    counted = Counter(_site_of(url) for url in urls).most_common(1)
    # A feed that gathers from many sites has no archive of its own: theirs are not read for it.
    main = [site for site, count in counted if 2 * count > len(urls)]
    return tuple(dict.fromkeys([_site_of(run.source.url), *main]))


def _site_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _has_begun(run: Run) -> bool:
    """Whether a sitemap was found: it waits, or was read."""
    return bool(run.load_sitemaps() or run.load_sitemaps(ListingState.FETCHED))


async def _find_starts(
    run: Run, sites: Sequence[str], named: str | None
) -> tuple[list[str], list[str]]:
    """Sitemaps that somebody named; where nobody does, common places to try."""
    if named is not None:
        return [named], []
    found = [run.source.url] if run.source.kind == "sitemap" else []
    for site in sites:
        found += await _named_by(run, site)
    return found, [] if found else [url for site in sites for url in archive_places(site)]


async def _named_by(run: Run, site: str) -> tuple[str, ...]:
    """What the robots.txt of `site` names; nothing if it has no such file."""
    assert run.house.crawl is not None
    try:
        fetched = await run.house.crawl.fetch_list(run.source, url=f"{site}/robots.txt")
    except FetchError:
        return ()
    return find_sitemaps(fetched.body.decode("utf-8", "replace"), fetched.url)


def _save_starts(run: Run, found: list[str], common: list[str]) -> None:
    starts = [Sitemap(url=url) for url in found]
    starts += [Sitemap(url=url, note=_COMMON) for url in common]
    with run.house.database.write() as tx:
        save_sitemaps(tx, run.backfill.id, starts, most=_MOST_SITEMAPS)


async def _read(run: Run, one: Sitemap, sites: Sequence[str]) -> None:
    assert run.house.crawl is not None
    assert run.house.workroom is not None
    try:
        fetched = await run.house.crawl.fetch_list(run.source, url=one.url, most_bytes=MOST_BYTES)
    except FetchError as error:
        await asyncio.to_thread(_note_failure, run, one, error)
        return
    above = None
    if one.first_at is not None and one.last_at is not None:
        above = Stretch(first_at=one.first_at, last_at=one.last_at)
    wanted = Wanted(since=run.since, until=run.until, above=above)
    page = await run.house.workroom.read_sitemap(fetched, wanted)
    if page.reason is not None:
        await asyncio.to_thread(_give_up, run, one, page.reason.text)
    else:
        await asyncio.to_thread(_keep, run, one, page, [*sites, _site_of(one.url)])


def _note_failure(run: Run, one: Sitemap, error: FetchError) -> None:
    """A sitemap that did not come waits for another run, unless it never will."""
    if isinstance(error, Blocked) and error.until is not None:
        run.rests = True
    elif error.retry == "never" or error.robots == "refused" or one.note == _COMMON:
        _give_up(run, one, str(error))
        return
    run.report.note(f"{one.url}: {error}")


def _give_up(run: Run, one: Sitemap, why: str) -> None:
    if one.note != _COMMON:  # that one is not there is no news
        run.report.note(f"{one.url}: {why}")
    with run.house.database.write() as tx:
        mark_sitemap(tx, one.id, ListingState.GIVEN_UP, note=why)


def _keep(run: Run, one: Sitemap, page: ArchivePage, sites: Sequence[str]) -> None:
    """Save what a sitemap says in the transaction that marks it as read."""
    lines: list[tuple[Listing, datetime]] = [
        (line.listing, line.at)
        for line in page.lines
        if any(is_same_site(line.listing.url, site) for site in sites)
    ]
    children = [
        Sitemap(url=child.url, depth=one.depth + 1, first_at=child.first_at, last_at=child.last_at)
        for child in page.children
        if one.depth < _DEEPEST
    ]
    with run.house.database.write() as tx:
        now = run.house.clock()
        run.report.listed += save_past_lines(tx, run.source.id, lines, now=now)
        over = save_sitemaps(tx, run.backfill.id, children, most=_MOST_SITEMAPS)
        mark_sitemap(tx, one.id, ListingState.FETCHED)
        if one.note == _COMMON:
            give_up_sitemaps(tx, run.backfill.id, _COMMON)
    run.report.sitemaps += 1
    run.report.undated += page.undated_count
    if over:
        run.report.note(f"{one.url}: {counted(over, 'sitemap')} beyond {_MOST_SITEMAPS:,} not read")


def _not_found(run: Run, sites: Sequence[str], named: str | None) -> str:
    why = f" ({run.report.notes[0]})" if run.report.notes else ""
    if named is not None:
        return f"{named} is no sitemap that can be read{why}"
    hosts = ", ".join(urlsplit(site).netloc for site in sites)
    return (
        f"{run.source.id} has no sitemap that can be read: robots.txt of {hosts} and the common "
        f"places were asked{why}. If you know one, name it with --sitemap URL"
    )
