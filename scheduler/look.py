"""What happens on one visit to a Source?"""

from __future__ import annotations

import asyncio
import logging

from config.errors import FetchError
from config.model import Source
from scheduler.house import House
from scheduler.lists import load_state, note_failure, take_list
from scheduler.report import LookReport, Progress
from scheduler.waiting import take_pages

log = logging.getLogger("rasid.look")


async def look_at(house: House, source: Source, *, progress: Progress | None = None) -> LookReport:
    """Look at `source` once: its list, then every page that waits.

    Never raises for what a stranger's server does: the report says it, and so does the
    source's state in the database.
    """
    report = LookReport(source_id=source.id)
    state = await asyncio.to_thread(load_state, house, source)
    is_there = True
    try:
        await take_list(house, source, state, report)
    except FetchError as error:
        await note_failure(house, source, state, report, error)
        is_there = error.status is not None
    # Pages that wait from earlier looks are read all the same, unless nobody answers at all:
    # an outage, theirs or ours, must not use up their tries.
    if is_there and report.outcome != "blocked":
        await take_pages(house, source, report, progress)
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
