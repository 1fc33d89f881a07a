"""What does the list of a Source name today, and what is kept of it?"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from config.errors import FetchError
from config.model import Source
from crawler.health.faults import fault_of_error
from crawler.health.model import HealthState
from crawler.model import Listing
from crawler.pages.result import ListOutcome
from crawler.storage.listings import load_listed, save_listings
from crawler.storage.looks import add_to_hour, load_health, load_states, save_look
from scheduler.checkup import ListSeen, asks_plainly, check_list, save_failure
from scheduler.house import House
from scheduler.report import LookReport

if TYPE_CHECKING:
    from crawler.storage.looks import SourceState

CHILDREN_A_LOOK = 5  # of a sitemap index, newest first


def load_state(house: House, source: Source) -> SourceState | None:
    with house.database.read() as db:
        return load_states(db).get(source.id)


async def take_list(
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
        # An index is fresh for what it names, and empty where these name nothing.
        outcome=str(ListOutcome.EMPTY if result.more and not listings else result.outcome),
        reasons=result.reasons,
        asked_plainly=plainly,
        ttl_s=result.ttl_s,
    )
    if not listings:
        report.outcome, report.note = seen.outcome, seen.text
    await asyncio.to_thread(_keep_list, house, source, state, seen, report)


async def _read_children(
    house: House, source: Source, urls: tuple[str, ...], report: LookReport
) -> tuple[Listing, ...]:
    """The lines of an index's newest sitemaps; one that fails does not cost the others.

    An index of indexes, as sites of many years have it, is followed down to its newest lines.
    **Raises** FetchError where there is none for want of those that failed.
    """
    assert house.crawl is not None
    assert house.workroom is not None
    listings: tuple[Listing, ...] = ()
    failed: FetchError | None = None
    left, asked = list(urls), set[str]()
    while left and len(asked) < CHILDREN_A_LOOK:
        url = left.pop(0)
        asked.add(url)
        try:
            fetched = await house.crawl.fetch_list(source, url=url)
        except FetchError as error:
            failed = error
            report.failed += 1
            report.note = str(error)
        else:
            result = await house.workroom.read_list(fetched)
            listings += result.listings
            left[:0] = [one for one in result.more if one not in asked]
    if failed is not None and not listings:
        raise failed
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


async def note_failure(
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
