"""Where is what strangers wrote parsed, so that it can harm nothing but its own page?

Worker processes, each with a bound on memory and wall time. A late or dead worker costs the page
it had in hand: the caller gets a result that says so, never an exception. Pages and reading meet
here: one call turns bytes into an Article and its Reading.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pebble import ProcessExpired, ProcessPool

from config.model import Source
from crawler.model import Article, Fetched, Listing, Reading, Reason
from crawler.pages.result import ArchivePage, ListOutcome, ListResult, PageOutcome, PageResult

if TYPE_CHECKING:
    from crawler.pages.archive import Wanted
    from crawler.pages.survey import Survey
    from crawler.reading.read import Reader
    from crawler.reading.second import Second

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_In = TypeVar("_In")
_BODIES_A_WORKER = 2  # that may wait in memory: further callers wait in turn
_PAGES_A_WORKER = 2000  # then a fresh one takes over: parsers keep some memory for ever
_MEMORY_MB = 768  # beyond what a worker holds when it is ready
_START_S = 60  # for imports and lexicons on a machine that is busy
_STOP_S = 5

_reader: Reader | None = None  # of this worker process
_config_folder: Path | None = None
_failure: str | None = None  # why this worker could not be made ready


class Workroom:
    """A few worker processes and the queue before them. Its methods are for one asyncio loop."""

    def __init__(self, *, config_folder: Path | None, workers: int, page_timeout_s: int) -> None:
        self._folder = config_folder
        self._workers = workers
        self._timeout_s = page_timeout_s
        self._turns = asyncio.Semaphore(_BODIES_A_WORKER * workers)
        self.places = _BODIES_A_WORKER * workers  # beyond these, callers wait in turn
        self._in_hand = 0
        self._pool = self._new_pool()

    async def read_list(self, fetched: Fetched) -> ListResult:
        """Read a feed, sitemap or section page in a worker; BROKEN if the worker did not end."""
        said = await self._ask(_list_in_worker, fetched)
        if isinstance(said, Reason):
            return ListResult(listings=(), outcome=ListOutcome.BROKEN, reasons=(said,))
        return said

    async def survey_list(self, fetched: Fetched) -> Survey:
        """What a look would make of `fetched`, in figures; BROKEN if the worker did not end."""
        said = await self._ask(_survey_in_worker, fetched)
        if isinstance(said, Reason):
            from crawler.pages.survey import without_list

            return without_list(said)
        return said

    async def read_sitemap(self, fetched: Fetched, wanted: Wanted) -> ArchivePage:
        """Read a span of the past in a sitemap in a worker; a reason if the worker did not end."""
        said = await self._ask(_sitemap_in_worker, (fetched, wanted))
        return ArchivePage(reason=said) if isinstance(said, Reason) else said

    async def read_page(self, fetched: Fetched) -> tuple[PageResult, Reading | None]:
        """Read a page and its text in a worker; BROKEN if the worker did not end."""
        said = await self._ask(_page_in_worker, fetched)
        if isinstance(said, Reason):
            return PageResult(article=None, outcome=PageOutcome.BROKEN, reasons=(said,)), None
        return said

    async def read_again(self, article: Article, source: Source, second: Second) -> Reading | None:
        """Read a text with a second reader's judgment; None if the worker did not end."""
        said = await self._ask(_article_in_worker, (article, source, second))
        return None if isinstance(said, Reason) else said

    async def read_line(
        self, listing: Listing, source: Source, *, now: datetime, why: str
    ) -> tuple[Article, Reading] | None:
        """Read what a list says of a page that cannot be had; None if that is nothing."""
        said = await self._ask(_line_in_worker, (listing, source, now, why))
        return None if isinstance(said, Reason) else said

    @property
    def waiting(self) -> int:
        """How many bodies are in the workers' hands or wait there."""
        return self._in_hand

    async def stop(self) -> None:
        """End the workers; pages in hand are dropped."""
        await asyncio.to_thread(_end, self._pool)

    async def _ask(self, task: Callable[[_In], _T | Reason], given: _In) -> _T | Reason:
        async with self._turns:
            pool = self._pool
            self._in_hand += 1
            try:
                future = self._schedule(task, given)
                # The outer bound is for a pool that lost a task: it must not hold a look for ever.
                patience = _START_S + self._timeout_s * (_BODIES_A_WORKER + 1)
                return await asyncio.wait_for(asyncio.wrap_future(future), patience)
            except asyncio.CancelledError:
                raise
            # One of the four borders: whatever a stranger's page did to a worker stays here.
            except Exception as error:
                return self._explain(error, pool)
            finally:
                self._in_hand -= 1

    def _schedule(self, task: Callable[[_In], _T | Reason], given: _In) -> Future[_T | Reason]:
        if not self._pool.active:
            self._pool = self._new_pool()
        future: Future[_T | Reason] = self._pool.schedule(
            task, args=[given], timeout=self._timeout_s
        )
        return future

    def _explain(self, error: Exception, pool: ProcessPool) -> Reason:
        if isinstance(error, LateError) and not _is_outer(error):
            text = f"reading it took longer than {self._timeout_s} s and was ended"
            return Reason(code="worker_late", text=text)
        if isinstance(error, ProcessExpired):
            return Reason(code="worker_died", text="the worker process that read it died")
        if isinstance(error, MemoryError):
            return Reason(
                code="no_memory", text="reading it needed more memory than a page may use"
            )
        _log.error("the workroom failed and is renewed: %s", error)
        if pool is self._pool:
            self._pool = self._new_pool()
            _drop(pool)
        return Reason(code="worker_failed", text="the workers failed and were started afresh")

    def _new_pool(self) -> ProcessPool:
        # Spawn, never fork: the daemon has threads, and a fork may copy a held lock.
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=_PAGES_A_WORKER,
            initializer=_start_worker,
            initargs=[self._folder],
            context=get_context("spawn"),
        )


def read_fetched_page(fetched: Fetched, reader: Reader) -> tuple[PageResult, Reading | None]:
    """The Article on a fetched page and what it says: what a worker does, in this process."""
    from crawler.pages.page import read_page
    from crawler.reading.read import read_article

    result = read_page(fetched)
    if result.article is None:
        return result, None
    source = fetched.source
    reading = read_article(result.article, reader, country=source.country, primary=source.primary)
    return result, reading


def _drop(pool: ProcessPool) -> None:
    stop: Callable[[], None] = pool.stop
    stop()


def _end(pool: ProcessPool) -> None:
    _drop(pool)
    with contextlib.suppress(TimeoutError, LateError):
        pool.join(_STOP_S)


def _start_worker(config_folder: Path | None) -> None:
    """Make this process ready for pages: imports, lexicons, then the bound on memory."""
    global _config_folder, _failure
    # numpy would start a thread a core, each with its own arena, for language detection.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the daemon decides when workers end
    # A parser in C never comes back to a handler of Python's.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _config_folder = config_folder
    import crawler.pages.listing  # noqa: F401

    try:
        _own_reader()
        first = _first_page()
        _guarded(lambda page: read_fetched_page(page, _own_reader()), first, first.url)
    except Exception as error:
        # A worker that dies at its start would be started again for ever.
        _log.exception("a worker could not load the configuration")
        _failure = f"the workers could not load the configuration: {error}"[:300]
    _bound_memory()


def _first_page() -> Fetched:
    """A page of our own: parsers load their models and tables while no clock is running."""
    url = "https://first.example/"
    text = "<p>Meta plans to spend 65 billion dollars on data centers, the company said.</p>" * 5
    return Fetched(
        source=Source(id="first", name="first", url=url, kind="section"),
        url=url,
        status=200,
        content_type="text/html",
        charset=None,
        body=f"<html><title>A first page to read</title><h1>A first page</h1>{text}".encode(),
        etag=None,
        last_modified=None,
        fetched_at=datetime(2025, 1, 26, tzinfo=UTC),
    )


def _own_reader() -> Reader:
    """This worker's Reader, built once."""
    global _reader
    if _reader is None:
        from crawler.loading import load_reader

        _reader = load_reader(_config_folder)
    return _reader


def _bound_memory() -> None:
    """Let this process grow by `_MEMORY_MB` and no more."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limit = pages * os.sysconf("SC_PAGE_SIZE") + (_MEMORY_MB << 20)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        _log.debug("this system sets no bound on a worker's memory")


def _list_in_worker(fetched: Fetched) -> ListResult | Reason:
    from crawler.pages.listing import read_listing

    return _guarded(read_listing, fetched, fetched.url)


def _survey_in_worker(fetched: Fetched) -> Survey | Reason:
    from crawler.pages.survey import survey_list

    return _guarded(survey_list, fetched, fetched.url)


def _sitemap_in_worker(asked: tuple[Fetched, Wanted]) -> ArchivePage | Reason:
    from crawler.pages.archive import read_sitemap

    return _guarded(lambda both: read_sitemap(*both), asked, asked[0].url)


def _page_in_worker(fetched: Fetched) -> tuple[PageResult, Reading | None] | Reason:
    if _failure is not None:
        return Reason(code="worker_not_ready", text=_failure)
    return _guarded(lambda page: read_fetched_page(page, _own_reader()), fetched, fetched.url)


def _article_in_worker(told: tuple[Article, Source, Second]) -> Reading | Reason:
    if _failure is not None:
        return Reason(code="worker_not_ready", text=_failure)
    return _guarded(_read_again, told, told[0].url)


def _line_in_worker(
    told: tuple[Listing, Source, datetime, str],
) -> tuple[Article, Reading] | Reason | None:
    if _failure is not None:
        return Reason(code="worker_not_ready", text=_failure)
    return _guarded(_read_line, told, told[0].url)


def _read_line(told: tuple[Listing, Source, datetime, str]) -> tuple[Article, Reading] | None:
    from crawler.pages.feed_text import article_of_line
    from crawler.reading.read import read_article

    listing, source, now, why = told
    article = article_of_line(listing, source, now=now, why=why)
    if article is None:
        return None
    return article, read_article(
        article, _own_reader(), country=source.country, primary=source.primary
    )


def _read_again(told: tuple[Article, Source, Second]) -> Reading:
    from crawler.reading.read import read_article

    article, source, second = told
    return read_article(
        article, _own_reader(), country=source.country, primary=source.primary, second=second
    )


def _guarded(task: Callable[[_In], _T], given: _In, url: str) -> _T | Reason:
    """What `task` says, or a Reason for the one page that it could not digest."""
    try:
        return task(given)
    except MemoryError:
        return Reason(code="no_memory", text="reading it needed more memory than a page may use")
    except Exception as error:
        _log.exception("a page could not be read: %s", url.partition("?")[0])
        return Reason(code="not_readable", text=f"the reader failed on it: {error}"[:300])


def _is_outer(error: Exception) -> bool:
    """Whether the time-out is asyncio's own: Pebble's names the task's limit."""
    return not error.args
