"""What do stories and pages say, line by line, without a database left behind?

These are for measuring: the same functions as the daemon's, in this process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from crawler.deals.keys import keys_of, keys_of_step
from crawler.deals.rates import Rates
from crawler.deals.settle import KNOWN, settle
from crawler.loading import load_reader
from crawler.model import (
    Article,
    Claim,
    Deal,
    Evidence,
    Figure,
    Published,
    Reading,
    Reason,
    Side,
    Step,
)
from crawler.reading.read import Reader, headline, read_article
from scheduler.clock import machine_clock
from scheduler.house import load_own_rates

Record = dict[str, Any]


def run_read(folder: Path | None, lines: BinaryIO, out: BinaryIO) -> None:
    """Readings of the stories on `lines`, in their order; deals are matched within the run."""
    reader, rates = load_reader(folder), load_own_rates(folder)
    known = KnownDeals()
    _filter(lines, out, lambda record: read_record(record, reader, rates, known))


def run_extract(folder: Path | None, lines: BinaryIO, out: BinaryIO) -> None:
    """Articles of the HTML files that `lines` name, in their order."""
    from crawler.pages.extract import extract

    here = Path.cwd()
    _filter(lines, out, lambda record: extract(record, folder=here, now=machine_clock()))


def _filter(lines: Iterable[bytes], out: BinaryIO, answer: Callable[[Record], Record]) -> None:
    for line in lines:
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            record = None
            complaint = f"not a line of JSON: {error}"
        else:
            complaint = "a line must be a JSON object with an id"
        if isinstance(record, dict):
            said = answer(record)
        else:
            said = {"id": None, "reasons": [{"code": "bad_line", "text": complaint}]}
        text = json.dumps(said, ensure_ascii=False)
        # A lone surrogate can stand in JSON, but not in UTF-8.
        out.write(text.encode("utf-8", "replace") + b"\n")
        out.flush()


class KnownDeals:
    """The deals of one run, by the keys under which they may be found."""

    def __init__(self) -> None:
        self._deals: dict[int, Deal] = {}
        self._by_key: dict[str, set[int]] = {}

    def near(self, keys: Iterable[str]) -> tuple[Deal, ...]:
        ids = {i for key in keys for i in self._by_key.get(key, ())}
        return tuple(self._deals[i] for i in sorted(ids))

    def keep(
        self, steps: Iterable[Step], *, rates: Rates, published: Published | None
    ) -> dict[int, int]:
        """Keep what the steps made; the lasting id of each provisional one."""
        ids: dict[int, int] = {}
        for step in steps:
            deal = step.deal
            if deal is None:
                continue
            if deal.id <= 0 and deal.id not in ids:
                ids[deal.id] = len(self._deals) + 1
            whole = ids.get(deal.part_of, deal.part_of) if deal.part_of is not None else None
            kept = replace(deal, id=ids.get(deal.id, deal.id), part_of=whole)
            self._deals[kept.id] = kept
            for key in keys_of_step(step, rates=rates, published=published):
                self._by_key.setdefault(key, set()).add(kept.id)
        return ids


def read_record(record: Record, reader: Reader, rates: Rates, known: KnownDeals) -> Record:
    """What `rasid read` says of one story. Its `country` (QA) resolves a bare ريال, if told."""
    article, country = article_of(record), record.get("country")
    reading = read_article(article, reader, country=country if isinstance(country, str) else None)
    near = known.near(keys_of(reading.claims, rates=rates, published=article.published))
    steps = settle(article, reading, near, rates=rates, now=article.fetched_at)
    ids = known.keep(steps, rates=rates, published=article.published)
    if any(reason.code == KNOWN for step in steps for reason in step.reasons):
        reading = replace(reading, ai_investment=True)
    top = headline(reading)
    return {
        "id": record.get("id"),
        **reading_record(reading),
        "deal": _deal(top) if top is not None else None,
        "event": _event(steps, top, ids),
        "reasons": [_reason(r) for r in reading.reasons],
    }


def article_of(record: Record) -> Article:
    """The story of one line; what is missing or of the wrong type is taken as absent."""

    def text_of(name: str) -> str:
        value = record.get(name)
        return value if isinstance(value, str) else ""

    return Article(
        url=text_of("url"),
        source_id=None,
        title=text_of("title"),
        body=text_of("text"),
        language=text_of("lang") or None,
        published=_published(text_of("date")),
        fetched_at=machine_clock(),
    )


def _published(raw: str) -> Published | None:
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return Published(at=at, evidence=Evidence.FEED, day_only=len(raw) == 10, raw=raw)


def _event(steps: Iterable[Step], top: Claim | None, ids: dict[int, int]) -> str | None:
    """The deal that the article is about: that of its headline, else the first it touched."""
    touched = [step for step in steps if step.deal is not None]
    about = [step for step in touched if step.claim == top] or touched
    if not about or about[0].deal is None:
        return None
    deal_id = about[0].deal.id
    return f"d{ids.get(deal_id, deal_id)}"


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _figure(figure: Figure | None) -> Record:
    if figure is None:
        return {"low": None, "high": None, "currency": None}
    return {
        "low": _number(figure.low),
        "high": _number(figure.high),
        "currency": figure.currency,
    }


def _claim(claim: Claim) -> Record:
    return {
        "role": claim.role,
        "stage": claim.stage,
        "period": str(claim.period) if claim.period else None,
        "parties": [{"name": p.name, "id": p.id, "side": p.side} for p in claim.parties],
        **_figure(claim.figure),
        "sentence": claim.sentence,
        "main": claim.main,
    }


def _deal(top: Claim) -> Record:
    recipients = [p.name for p in top.parties if p.side is Side.RECIPIENT]
    return {
        "kind": top.role,
        **_figure(top.figure),
        "stage": top.stage,
        "recipient": recipients[0] if recipients else None,
        "investors": [p.name for p in top.parties if p.side is Side.INVESTOR],
    }


def _reason(reason: Reason) -> Record:
    return {"code": reason.code, "text": reason.text, "start": reason.start, "end": reason.end}


def reading_record(reading: Reading) -> Record:
    """A Reading as plain data: what tests compare field by field."""
    return {
        "language": reading.language,
        "ai_investment": reading.ai_investment,
        "figures": [_figure(figure) | {"text": figure.text} for figure in reading.figures],
        "claims": [_claim(claim) for claim in reading.claims],
    }
