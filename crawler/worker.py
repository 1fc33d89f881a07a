"""What does one worker process do with what a stranger wrote?

Pages and reading meet here: one call turns bytes into an Article and its Reading. What a page does
to the reader is a Reason for that page. Parsers are imported inside: the daemon only names these
functions, and starts without them.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from config.model import Source
from crawler.model import Article, Fetched, Listing, Reading, Reason
from crawler.pages.result import ArchivePage, ListResult, PageResult

if TYPE_CHECKING:
    from crawler.pages.archive import Wanted
    from crawler.pages.survey import Survey
    from crawler.reading.read import Reader
    from crawler.reading.second import Second

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_In = TypeVar("_In")
_MEMORY_MB = 768  # beyond what a worker holds when it is ready

_reader: Reader | None = None  # of this worker process
_config_folder: Path | None = None
_failure: str | None = None  # why this worker could not be made ready


def start(config_folder: Path | None) -> None:
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


def read_list(fetched: Fetched) -> ListResult | Reason:
    """The lines of a feed, sitemap or section page."""
    from crawler.pages.listing import read_listing

    return _guarded(read_listing, fetched, fetched.url)


def survey_list(fetched: Fetched) -> Survey | Reason:
    """What a look would make of a list, in figures."""
    from crawler.pages.survey import survey_list

    return _guarded(survey_list, fetched, fetched.url)


def read_sitemap(asked: tuple[Fetched, Wanted]) -> ArchivePage | Reason:
    """The span of the past that is wanted, as a sitemap lists it."""
    from crawler.pages.archive import read_sitemap

    return _guarded(lambda both: read_sitemap(*both), asked, asked[0].url)


def read_page(fetched: Fetched) -> tuple[PageResult, Reading | None] | Reason:
    """The Article on a page, and what it says."""
    return _with_reader(lambda page: read_fetched_page(page, _own_reader()), fetched, fetched.url)


def read_again(told: tuple[Article, Source, Second]) -> Reading | Reason:
    """What an Article says, with a second reader's judgment."""
    return _with_reader(_read_again, told, told[0].url)


def read_line(
    told: tuple[Listing, Source, datetime, str],
) -> tuple[Article, Reading] | Reason | None:
    """What a list says of a page that cannot be had; None if that is nothing."""
    return _with_reader(_read_line, told, told[0].url)


def read_fetched_page(fetched: Fetched, reader: Reader) -> tuple[PageResult, Reading | None]:
    """The Article on a fetched page and what it says: as a worker reads it, in this process."""
    from crawler.pages.page import read_page
    from crawler.reading.read import read_article

    result = read_page(fetched)
    if result.article is None:
        return result, None
    source = fetched.source
    reading = read_article(result.article, reader, country=source.country, primary=source.primary)
    return result, reading


def _read_again(told: tuple[Article, Source, Second]) -> Reading:
    from crawler.reading.read import read_article

    article, source, second = told
    return read_article(
        article, _own_reader(), country=source.country, primary=source.primary, second=second
    )


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


def _with_reader(task: Callable[[_In], _T], given: _In, url: str) -> _T | Reason:
    """What `task` says, or why this worker has no Reader for it."""
    if _failure is not None:
        return Reason(code="worker_not_ready", text=_failure)
    return _guarded(task, given, url)


def _guarded(task: Callable[[_In], _T], given: _In, url: str) -> _T | Reason:
    """What `task` says, or a Reason for the one page that it could not digest."""
    try:
        return task(given)
    except MemoryError:
        return Reason(code="no_memory", text="reading it needed more memory than a page may use")
    except Exception as error:
        _log.exception("a page could not be read: %s", url.partition("?")[0])
        return Reason(code="not_readable", text=f"the reader failed on it: {error}"[:300])


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
