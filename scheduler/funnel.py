"""How far did a story come, from a list that names it to the people who are told?

Reads what the house wrote down on the way; asks no rule anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from config.model import Config, Source
from config.plural import counted
from crawler.model import ListingState, PageFault, Reading, Step
from crawler.storage.articles import StoredArticle
from crawler.storage.database import Connection
from crawler.storage.listings import Waiting, load_lines_at
from crawler.storage.looks import SourceState, load_states
from crawler.storage.steps import load_steps
from notifier.funnel.reading import halt_of_reading, how_it_tells_of_ai
from notifier.funnel.stops import Halt, Stop
from scheduler.asked import find_asked
from scheduler.belonging import SourcesByHost
from scheduler.funnel_rules import halts_of_merged, halts_of_step

_STOP_OF_FAULT = {
    PageFault.GONE: Stop.PAGE_GONE,
    PageFault.BLOCKED: Stop.PAGE_BLOCKED,
    PageFault.NO_ARTICLE: Stop.PAGE_NO_ARTICLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The way of one story: each question of the funnel that was reached, and where it ended."""

    url: str
    title: str | None
    steps: tuple[tuple[str, bool, str], ...]  # the question, whether it was passed, a sentence
    halt: Halt
    others: tuple[Halt, ...] = ()  # what each rule said
    deals: tuple[int, ...] = ()
    at: datetime | None = None  # of the article


def walk(db: Connection, url: str, config: Config) -> Walk:
    """The way of the story at `url`, as its owner copied it from wherever it was read."""
    stored, lines = find_asked(db, url)
    if stored is not None:
        return _walk_article(db, stored, url, config)
    sources = {source.id: source for source in config.sources}
    if lines:
        halts = [_halt_of_line(line, state, sources) for line, state in lines]
        halt = max(halts, key=lambda one: one.rank)
        seen = ", ".join(sorted({line.source_id for line, _ in lines}))
        steps = (("seen", True, f"named by the list of {seen}"), ("fetched", False, halt.text))
        return Walk(url=url, title=lines[0][0].listing.title, steps=steps, halt=halt)
    halt = _halt_unseen(url, config.sources, load_states(db))
    return Walk(url=url, title=None, steps=(("seen", False, halt.text),), halt=halt)


def _halt_unseen(url: str, sources: Sequence[Source], states: dict[str, SourceState]) -> Halt:
    watched = SourcesByHost(source for source in sources if source.enabled).find(url)
    source = watched or SourcesByHost(sources).find(url)
    if source is None:
        return Halt(stop=Stop.SOURCE_UNKNOWN, text="its site is none of your sources")
    ids = {"ID": source.id}
    if not source.enabled:
        why = f": {source.reason}" if source.reason else ""
        return Halt(stop=Stop.SOURCE_OFF, text=f"source {source.id} is not watched{why}", names=ids)
    state = states.get(source.id)
    if state is None or state.last_look_at is None:
        text = f"source {source.id} was never looked at"
        return Halt(stop=Stop.SOURCE_NEVER_LOOKED, text=text, names=ids)
    if state.failures or state.last_ok_at is None:
        text = f"the list of {source.id} could not be had: {state.note or state.outcome}"
        return Halt(stop=Stop.SOURCE_FAILING, text=text, names=ids)
    text = f"no list of {source.id} has named it; last good look {state.last_ok_at:%d %b %H:%M} UTC"
    if source.link_pattern and not re.search(source.link_pattern, url):
        text = f"the `link_pattern` of {source.id} does not match it: {source.link_pattern}"
    return Halt(stop=Stop.NOT_LISTED, text=text, names=ids)


def _halt_of_line(line: Waiting, state: ListingState, sources: dict[str, Source]) -> Halt:
    why, ids = f": {line.note}" if line.note else "", {"ID": line.source_id}
    source = sources.get(line.source_id)
    if line.fault in _STOP_OF_FAULT:
        return Halt(stop=_STOP_OF_FAULT[line.fault], text=f"its page cannot be had{why}")
    if state is ListingState.GIVEN_UP:
        text = f"given up after {counted(line.attempts, 'try', 'tries')}{why}"
        return Halt(stop=Stop.PAGE_GIVEN_UP, text=text)
    if state is ListingState.FETCHED:
        return Halt(stop=Stop.READING_GONE, text="its page was read and is kept no more")
    if source is None or not source.enabled:
        text = f"it waits, and source {line.source_id} is not watched any more"
        return Halt(stop=Stop.SOURCE_OFF, text=text, names=ids)
    if line.attempts:
        tries = counted(line.attempts, "try", "tries")
        return Halt(stop=Stop.PAGE_FAILING, text=f"{tries} failed{why}")
    text = f"its page waits for the next look{why}"
    return Halt(stop=Stop.PAGE_WAITING, text=text, names=ids)


def _walk_article(db: Connection, stored: StoredArticle, url: str, config: Config) -> Walk:
    """The way of a story that was fetched, and that a list named by `url`."""
    article, reading = stored.article, stored.reading
    steps = [("seen", True, f"source {article.source_id or 'unknown'}"), _fetched(stored)]
    dated = article.published is not None
    day = f"{article.published.at:%Y-%m-%d %H:%M %z}" if article.published else "no date was found"
    steps.append(("dated", dated, day))
    if reading is None:
        halt = Halt(stop=Stop.READING_GONE, text="what it said was thrown away")
        return _walk(stored, steps, halt)
    told = load_steps(db, stored.id)
    acted = [
        step
        for step in told
        if step.deal is not None and (step.change is not None or step.claim.main)
    ]
    ends = halt_of_reading(reading)
    steps.append(_topic(reading, ends))
    lost = _lost_page(db, stored, url)
    if not acted:
        halt = ends or _halt_without_deal(told)
        if lost is not None:  # what stands on the page might have been a deal
            text = f"{lost.text}; what its list says of it: {halt.text}"
            halt = Halt(stop=lost.stop, text=text, also=(halt.stop,))
        return _walk(stored, [*steps, ("claim", False, halt.text)], halt)
    steps.append(("claim", True, counted(len(reading.claims), "claim")))
    deals = tuple(dict.fromkeys(step.deal.id for step in acted if step.deal))
    rule_ids = tuple(rule.id for rule in config.rules)
    halts = [halt for step in acted for halt in halts_of_step(db, stored, step, rule_ids)]
    merged = halts_of_merged(db, stored, deals)
    best = max((*halts, *merged), key=lambda one: one.rank)
    if lost is not None and best.stop is Stop.RULE_AMOUNT_UNKNOWN:
        best = replace(best, also=(*best.also, lost.stop))
    for step in acted:
        assert step.deal is not None  # chosen above
        how = step.change.kind.value if step.change else "told again, and nothing of it changed"
        how += "; what it opened was merged into this one by hand" if merged else ""
        steps.append(("deal", True, f"d{step.deal.id}: {how}"))
    fired = best.rank >= _FIRED
    steps.append(("rule", fired, best.text))
    if fired:
        steps.append(("delivered", best.stop is Stop.TOLD, best.text))
    return _walk(stored, steps, best, others=(*halts, *merged), deals=deals)


def _topic(reading: Reading, ends: Halt | None) -> tuple[str, bool, str]:
    if ends is not None and ends.stop is Stop.LANGUAGE_NOT_READ:
        return ("ai", False, ends.text)
    is_ai = reading.ai_investment or reading.margin is not None
    return ("ai", is_ai, how_it_tells_of_ai(reading) if is_ai else "it does not speak of AI")


def _lost_page(db: Connection, stored: StoredArticle, url: str) -> Halt | None:
    """Why only what the list says of it was read; None if the page was had."""
    if not any(each.code == "feed_text" for each in stored.article.reasons):
        return None
    lines = load_lines_at(db, url) or load_lines_at(db, stored.article.url)
    stops = [_STOP_OF_FAULT.get(line.fault, Stop.PAGE_GIVEN_UP) for line, _ in lines if line.fault]
    return Halt(stop=stops[0] if stops else Stop.PAGE_GIVEN_UP, text=_fetched(stored)[2])


_FIRED = Halt(stop=Stop.NO_TARGET, text="").rank


def _walk(
    stored: StoredArticle,
    steps: Sequence[tuple[str, bool, str]],
    halt: Halt,
    *,
    others: tuple[Halt, ...] = (),
    deals: tuple[int, ...] = (),
) -> Walk:
    return Walk(
        url=stored.article.url,
        title=stored.article.title,
        steps=tuple(steps),
        halt=halt,
        others=others,
        deals=deals,
        at=stored.article.published.at if stored.article.published else stored.article.fetched_at,
    )


def _fetched(stored: StoredArticle) -> tuple[str, bool, str]:
    spare = [each.text for each in stored.article.reasons if each.code == "feed_text"]
    return ("fetched", True, spare[0] if spare else f"revision {stored.revision}")


def _halt_without_deal(steps: Sequence[Step]) -> Halt:
    told = [each.text for step in steps for each in step.reasons]
    why = f": {told[-1]}" if told else ""
    return Halt(stop=Stop.NO_DEAL, text=f"none of its claims opens or changes a deal{why}")
