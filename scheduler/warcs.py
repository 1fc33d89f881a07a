"""How does a WARC file of news become history?

Read forward, page after page through the workroom, several at a time; each article is kept in
the transaction that notes how far the file is read, so that a stop at any moment loses nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from config.errors import RasidError, StorageError
from config.model import Source
from crawler.model import Fetched, Reading
from crawler.pages.result import PageResult
from crawler.storage.history import (
    Backfill,
    begin_backfill,
    load_backfill,
    mark_done,
    save_position,
)
from crawler.storage.listings import is_known
from crawler.text.safe import harmless_line
from crawler.warc.pages import BadRecord, Found, WarcPage, read_pages
from crawler.warc.records import Place
from scheduler.belonging import SourcesByHost
from scheduler.house import House
from scheduler.past import take_in_past
from scheduler.span import Span

log = logging.getLogger("rasid.backfill")

_HEAD_BYTES = 64 * 1024
_RECORDS_AT_ONCE = 200
_MOST_NOTES = 50


@dataclass(slots=True, kw_only=True)
class FileReport:
    """What one file brought in this run."""

    file: str
    size_bytes: int
    position: int = 0  # how far it is read
    is_done: bool = False
    was_read: bool = False  # by an earlier run, to its end
    is_warc: bool = True  # it could be opened, and a record was found in it
    records: int = 0
    broken: int = 0  # of them, those that could not be read as records
    articles: int = 0
    ai_articles: int = 0
    known: int = 0  # pages that we have, by their address
    strangers: int = 0  # pages of no source of the owner's
    outside: int = 0  # pages from before or after what was asked for
    failed: int = 0  # records and pages that could not be read
    notes: list[str] = field(default_factory=list)  # one line for each failure, the first 50

    def note(self, text: str) -> None:
        self.failed += 1
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(harmless_line(text, 300))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is wanted of the files."""

    span: Span
    takes_all: bool  # also pages of no source
    limit: int | None  # articles in this run, of all files
    is_stopped: Callable[[], bool]


_Read = tuple[PageResult, Reading | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _InHand:
    """A page that the workers have."""

    page: WarcPage
    source: Source | None
    task: asyncio.Task[_Read]


async def read_warc(
    house: House, path: Path, asked: Asked, *, taken: int, progress: Callable[[FileReport], None]
) -> FileReport:
    """Take in the pages of the file at `path`, from where an earlier run of the same stopped.

    `taken`: articles that this run has taken in already. **Raises** RasidError where the file
    cannot be opened, StorageError where nothing can be kept.
    """
    with _open(path) as file:
        report = FileReport(file=str(path), size_bytes=path.stat().st_size)
        backfill = await asyncio.to_thread(_begin, house, file, report, asked)
        report.was_read = backfill.is_done
        if not backfill.is_done:
            reading = _Reading(house, asked, backfill, report, progress)
            await reading.run(file, taken)
        report.is_done = report.is_done or backfill.is_done
        return report


class _Reading:
    def __init__(
        self,
        house: House,
        asked: Asked,
        backfill: Backfill,
        report: FileReport,
        progress: Callable[[FileReport], None],
    ) -> None:
        self._house, self._asked, self._backfill = house, asked, backfill
        self._report, self._progress = report, progress
        self._sources = SourcesByHost(house.sources.values())
        self._in_hand: deque[_InHand] = deque()
        self._place = Place(position=backfill.position, inside=backfill.inside)
        assert house.workroom is not None
        self._workroom = house.workroom

    async def run(self, file: BinaryIO, taken: int) -> None:
        """Read to the end, the limit or a stop; what the workers have then is still kept."""
        report, limit = self._report, self._asked.limit
        found = read_pages(file, self._place, now=self._house.clock())
        while not self._asked.is_stopped():
            if limit is not None and taken + report.articles + len(self._in_hand) >= limit:
                if not self._in_hand:
                    break
                await self._keep_first()
                continue
            some = await asyncio.to_thread(_until_a_page, found, report)
            if not some:
                report.is_done = report.is_warc = self._holds_records()
                break
            await self._take(some[-1])
        while self._in_hand:
            await self._keep_first()
        await asyncio.to_thread(self._note_end)

    def _holds_records(self) -> bool:
        """Whether this run or an earlier one found a record: else it is another kind of file."""
        report = self._report
        if self._backfill.position > 0 or report.records > report.broken:
            return True
        report.note(f"{Path(report.file).name} holds no WARC record: is it a WARC file?")
        self._place = Place(position=0)
        return False

    async def _take(self, found: Found) -> None:
        """Hand a page to the workers; wait for the oldest where they have enough."""
        page = found if isinstance(found, WarcPage) else None
        source = self._sources.find(page.url) if page else None
        if page is None or not await self._is_wanted(page, source):
            if not self._in_hand:
                self._place = found.after
            return
        task = asyncio.create_task(self._workroom.read_page(_fetched(page, source)))
        self._in_hand.append(_InHand(page=page, source=source, task=task))
        if len(self._in_hand) > self._workroom.places:
            await self._keep_first()

    async def _is_wanted(self, page: WarcPage, source: Source | None) -> bool:
        report, since = self._report, self._asked.span.since
        if source is None and not self._asked.takes_all:
            report.strangers += 1
        elif since is not None and page.fetched_at < since:
            report.outside += 1  # nothing is published after it was fetched
        elif await asyncio.to_thread(self._is_known, page.url):
            report.known += 1
        else:
            return True
        return False

    def _is_known(self, url: str) -> bool:
        with self._house.database.read() as db:
            return bool(is_known(db, [url]))

    async def _keep_first(self) -> None:
        one = self._in_hand.popleft()
        result, reading = await one.task
        try:
            await asyncio.to_thread(self._keep, one, result, reading)
        except StorageError:
            raise  # a full or busy disk is no fault of the page: the file waits where it was
        # The border of the article: whatever one page does, the others are read.
        except Exception as error:
            log.exception("article %s", one.page.url)
            self._report.note(f"{one.page.url}: our own fault ({type(error).__name__}); see log")
        self._progress(self._report)

    def _keep(self, one: _InHand, result: PageResult, reading: Reading | None) -> None:
        """Keep one article together with the place behind it."""
        report, house = self._report, self._house
        article, self._place = result.article, one.page.after
        if article is None or reading is None:
            why = result.reasons[0].text if result.reasons else str(result.outcome)
            report.note(f"{one.page.url}: {why}")
            return
        if not self._asked.span.holds(article, end=self._backfill.until_at):
            report.outside += 1
            return
        if one.source is None:
            article = replace(article, source_id=None)
        with house.database.write() as tx:
            is_new = take_in_past(
                tx,
                article,
                reading,
                rates=house.rates,
                keep_text=one.source.keep_text if one.source else True,
                now=house.clock(),
            )
            save_position(tx, self._backfill.id, self._place.position, self._place.inside)
        report.position = self._place.position
        if not is_new:
            report.known += 1
            return
        report.articles += 1
        report.ai_articles += reading.ai_investment

    def _note_end(self) -> None:
        report = self._report
        with self._house.database.write() as tx:
            save_position(tx, self._backfill.id, self._place.position, self._place.inside)
            if report.is_done:
                mark_done(tx, self._backfill.id, now=self._house.clock())
        report.position = report.size_bytes if report.is_done else self._place.position


def _until_a_page(found: Iterator[Found], report: FileReport) -> list[Found]:
    """The records up to the next page, or 200 that are none; none at the end of the file."""
    some: list[Found] = []
    for one in found:
        some.append(one)
        report.records += 1
        report.position = max(report.position, one.after.position)
        if isinstance(one, BadRecord):
            report.broken += 1
            report.note(f"{Path(report.file).name}: {one.text}")
        if isinstance(one, WarcPage) or len(some) >= _RECORDS_AT_ONCE:
            break
    return some


def _begin(house: House, file: BinaryIO, report: FileReport, asked: Asked) -> Backfill:
    """The backfill of this file and span: where it was left, or at its beginning."""
    file.seek(0)
    what = sha256(file.read(_HEAD_BYTES)).hexdigest()  # the same file under another name, too
    owner = ",".join(sorted(house.sources)) if not asked.takes_all else "all"
    key = asked.span.key("warc", what, str(report.size_bytes), owner)
    now = house.clock()
    with house.database.write() as tx:
        known = load_backfill(tx, key)
        if known is not None:
            return known
        until = asked.span.end(now=now, age_limit_h=house.config.settings.age_limit_h)
        return begin_backfill(tx, key, until_at=until, now=now)


def _fetched(page: WarcPage, source: Source | None) -> Fetched:
    host = urlsplit(page.url).hostname or ""
    return Fetched(
        source=source or Source(id="none", name=host, url=f"https://{host}/", kind="section"),
        url=page.url,
        status=200,
        content_type=page.content_type,
        charset=page.charset,
        body=page.body,
        etag=None,
        last_modified=None,
        fetched_at=page.fetched_at,
    )


def _open(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise RasidError(f"{path} is a folder: name the files in it", subject=str(path))
        return path.open("rb")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise RasidError(f"{path} cannot be read: {why}", subject=str(path)) from error
