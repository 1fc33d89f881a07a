"""An archive of any size, put into the database at once: what test_rules_speed.py asks about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert

from crawler.deals.rates import Rates
from crawler.deals.settle import settle
from crawler.model import (
    Article,
    Claim,
    Deal,
    Evidence,
    Figure,
    Party,
    Published,
    Reading,
    Role,
    Side,
    Stage,
)
from crawler.storage.database import Database
from crawler.storage.schema import articles, changes, claims, deals, listings

_TABLES = {table.name: table for table in (articles, listings, deals, changes, claims)}
_SPAN = timedelta(days=365)
_AT_ONCE = 40  # deals that are told again
_TOLD_AGAIN = 0.75
_SYLLABLES = ("ba", "den", "fi", "gor", "ha", "kel", "lo", "mir", "nu", "pas", "rit", "sov", "tu")
_MILLIONS = (20, 50, 120, 300, 900, 1500, 4000)
_COPIED = (
    "kind", "stage", "parties", "figure", "figure_primary", "earlier", "undated", "change_count",
    "opened_at", "changed_at",
)  # fmt: skip
_MADE = (
    "kind", "before", "after", "stage_before", "stage_after", "moved", "article_url", "claim",
    "published_on", "at", "reasons",
)  # fmt: skip

Rows = dict[str, list[dict[str, Any]]]


def plant_archive(database: Database, count: int, *, until: datetime, rates: Rates) -> None:
    """Store `count` articles of the year before `until`, each of which tells of a deal.

    `settle` says what each does to the deals, as live; only the rows are written by thousands.
    """
    chance, rows = Random(7), defaultdict[str, list[dict[str, Any]]](list)
    told: list[Deal] = []
    for number, article in enumerate(_tell(count, until), start=1):
        again = len(told) == _AT_ONCE and chance.random() < _TOLD_AGAIN
        place = chance.randrange(_AT_ONCE) if again else -1
        known = told[place] if again else None
        claim = _claim(known.parties[0].name if known else _name(number), chance, moved=again)
        _keep_article(rows, number, article)
        deal = _settle(rows, number, article, claim, known, rates)
        if again:
            told[place] = deal
        else:
            told = [*told[-_AT_ONCE + 1 :], deal]
    with database.write() as tx:
        for name, table in _TABLES.items():
            for start in range(0, len(rows[name]), 10_000):
                tx.execute(insert(table), rows[name][start : start + 10_000])


def _tell(count: int, until: datetime) -> Iterator[Article]:
    for number in range(count):
        at = until - _SPAN * (count - number) / count
        yield Article(
            url=f"https://outlet-{number % 40}.example/{at:%Y/%m}/{number}",
            source_id=f"outlet-{number % 40}",
            title=f"A story of business, number {number} of the year",
            body="",
            language="en",
            published=Published(at=at - timedelta(minutes=30), evidence=Evidence.FEED),
            fetched_at=at,
        )


def _name(number: int) -> str:
    """Names that nothing takes for one another."""
    number, letters = number * 7919 % len(_SYLLABLES) ** 5, ""
    for _ in range(5):
        number, place = divmod(number, len(_SYLLABLES))
        letters += _SYLLABLES[place]
    return letters.title()


def _claim(name: str, chance: Random, *, moved: bool) -> Claim:
    amount = Decimal(chance.choice(_MILLIONS)) * 10**6
    currency = chance.choice(["USD", "EUR"])
    return Claim(
        role=Role.FUNDING_ROUND,
        stage=chance.choice([Stage.IN_TALKS, Stage.ANNOUNCED, Stage.CLOSED]),
        main=True,
        figure=Figure(low=amount, high=amount, currency=currency, text="…", start=0),
        parties=(
            Party(name=name, side=Side.RECIPIENT),
            Party(name="Aster Capital", side=Side.INVESTOR),
        ),
        sentence=f"{name} has raised {amount:,} for its models of language, said Aster Capital.",
        start=0,
        says_changed=moved and chance.random() < 0.5,
    )


def _keep_article(rows: Rows, number: int, article: Article) -> None:
    assert article.published is not None  # _tell dates it
    told = ("url", "source_id", "title", "language", "published", "fetched_at", "reasons")
    kept = {name: getattr(article, name) for name in told}
    dated = {"published_at": article.published.at}
    rows["articles"].append(kept | dated | {"id": number, "revision": 1})
    listed = {"source_id": article.source_id, "url": article.url, "found_at": article.fetched_at}
    state = {"state": "fetched", "first_look": False, "article_id": number}
    rows["listings"].append(listed | state)


def _settle(
    rows: Rows, number: int, article: Article, claim: Claim, known: Deal | None, rates: Rates
) -> Deal:
    reading = Reading(
        language="en", figures=(), claims=(claim,), ai_investment=True, reader_version="1",
        lexicon_hash="x",
    )  # fmt: skip
    near = (known,) if known else ()
    (step,) = settle(article, reading, near, rates=rates, now=article.fetched_at)
    assert step.deal is not None  # every claim here is main
    is_new = step.deal.id <= 0
    deal_id = len(rows["deals"]) + 1 if is_new else step.deal.id
    count = (known.change_count if known and not is_new else 0) + (step.change is not None)
    deal = replace(step.deal, id=deal_id, change_count=count)
    row = {name: getattr(deal, name) for name in _COPIED} | {"id": deal_id}
    rows["deals"][deal_id - 1 : deal_id] = [row]
    if step.change is not None:
        made = {name: getattr(step.change, name) for name in _MADE}
        of = {"deal_id": deal_id, "number": count, "article_id": number, "deal": deal}
        rows["changes"].append(made | of)
    said = {"article_id": number, "revision": 1, "deal_id": deal_id, "claim": claim}
    changed = {"change_number": count if step.change else None, "reasons": step.reasons}
    rows["claims"].append(said | changed)
    return deal
