"""Where is what strangers wrote parsed, so that it can harm nothing but its own page?

Worker processes, each with a bound on memory and wall time. A late or dead worker costs the page
it had in hand: the caller gets a result that says so, never an exception. What a worker does is
said in worker.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pebble import ProcessExpired, ProcessPool

from config.model import Source
from crawler import worker
from crawler.model import Article, Fetched, Listing, Reading, Reason
from crawler.pages.result import ArchivePage, ListOutcome, ListResult, PageOutcome, PageResult

if TYPE_CHECKING:
    from crawler.pages.archive import Wanted
    from crawler.pages.survey import Survey
    from crawler.reading.second import Second

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_In = TypeVar("_In")
_BODIES_A_WORKER = 2  # that may wait in memory: further callers wait in turn
_PAGES_A_WORKER = 2000  # then a fresh one takes over: parsers keep some memory for ever
_START_S = 60  # for imports and lexicons on a machine that is busy
_STOP_S = 5


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
        said = await self._ask(worker.read_list, fetched)
        if isinstance(said, Reason):
            return ListResult(listings=(), outcome=ListOutcome.BROKEN, reasons=(said,))
        return said

    async def survey_list(self, fetched: Fetched) -> Survey:
        """What a look would make of `fetched`, in figures; BROKEN if the worker did not end."""
        said = await self._ask(worker.survey_list, fetched)
        if isinstance(said, Reason):
            from crawler.pages.survey import without_list

            return without_list(said)
        return said

    async def read_sitemap(self, fetched: Fetched, wanted: Wanted) -> ArchivePage:
        """Read a span of the past in a sitemap in a worker; a reason if the worker did not end."""
        said = await self._ask(worker.read_sitemap, (fetched, wanted))
        return ArchivePage(reason=said) if isinstance(said, Reason) else said

    async def read_page(self, fetched: Fetched) -> tuple[PageResult, Reading | None]:
        """Read a page and its text in a worker; BROKEN if the worker did not end."""
        said = await self._ask(worker.read_page, fetched)
        if isinstance(said, Reason):
            return PageResult(article=None, outcome=PageOutcome.BROKEN, reasons=(said,)), None
        return said

    async def read_again(self, article: Article, source: Source, second: Second) -> Reading | None:
        """Read a text with a second reader's judgment; None if the worker did not end."""
        said = await self._ask(worker.read_again, (article, source, second))
        return None if isinstance(said, Reason) else said

    async def read_line(
        self, listing: Listing, source: Source, *, now: datetime, why: str
    ) -> tuple[Article, Reading] | None:
        """Read what a list says of a page that cannot be had; None if that is nothing."""
        said = await self._ask(worker.read_line, (listing, source, now, why))
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
            initializer=worker.start,
            initargs=[self._folder],
            context=get_context("spawn"),
        )


def _drop(pool: ProcessPool) -> None:
    stop: Callable[[], None] = pool.stop
    stop()


def _end(pool: ProcessPool) -> None:
    _drop(pool)
    with contextlib.suppress(TimeoutError, LateError):
        pool.join(_STOP_S)


def _is_outer(error: Exception) -> bool:
    """Whether the time-out is asyncio's own: Pebble's names the task's limit."""
    return not error.args
