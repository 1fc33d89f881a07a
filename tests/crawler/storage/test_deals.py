"""Deals come back as they were, with the numbers that their changes got."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crawler.model import (
    Article,
    Change,
    ChangeKind,
    Claim,
    Deal,
    Evidence,
    Figure,
    Party,
    Period,
    Published,
    Reason,
    Role,
    Side,
    Stage,
    Step,
)
from crawler.storage.articles import save_article
from crawler.storage.changes import load_article_of, load_changes
from crawler.storage.claims import load_claims_of, load_sources_of
from crawler.storage.database import Database, open_database
from crawler.storage.deals import load_deal, load_deals, load_near_deals, load_parts
from crawler.storage.steps import load_steps, save_step

NOW = datetime(2025, 1, 24, 15, tzinfo=UTC)
META = Party(name="ميتا", side=Side.INVESTOR, id="meta", key="mt")


def bn(low: str | None, high: str | None) -> Figure:
    whole = [None if side is None else Decimal(side) * 10**9 for side in (low, high)]
    return Figure(low=whole[0], high=whole[1], currency="USD", text=f"{low} to {high}", start=7)


JANUARY = bn("60", "65")
DEAL = Deal(
    id=-1,
    kind=Role.CAPEX_PLAN,
    stage=Stage.PLANNED,
    parties=(META,),
    period=Period(first_year=2025, last_year=2026),
    place="louisiana",
    figure=JANUARY,
    figure_primary=True,
    perhaps=(Party(name="Hyperion", side=Side.RECIPIENT, key="hprn"),),
    opened_at=NOW,
    changed_at=NOW,
)
CLAIM = Claim(
    role=Role.CAPEX_PLAN,
    stage=Stage.PLANNED,
    main=True,
    figure=JANUARY,
    parties=(META,),
    sentence="Meta plans to invest between 60 and 65 billion dollars.",
    start=0,
    reasons=(Reason(code="capex", text="capital expenditure", start=5, end=9),),
)
OPENED = Change(
    deal_id=-1,
    number=1,
    kind=ChangeKind.OPENED,
    before=None,
    after=JANUARY,
    stage_before=None,
    stage_after=Stage.PLANNED,
    moved=None,
    article_url="https://daily.example/1",
    claim=CLAIM,
    published_on=date(2025, 1, 24),
    at=NOW,
    reasons=(Reason(code="new", text="no deal of Meta for 2025 was known"),),
)
OPENING = Step(claim=CLAIM, deal=DEAL, change=OPENED, reasons=(Reason(code="x", text="opens"),))


def tell(
    database: Database, number: int, *steps: Step, ids: dict[int, int] | None = None, body: str = ""
) -> list[Step]:
    """Save an article and what it did to the deals."""
    article = Article(
        url=f"https://daily.example/{number}",
        source_id="daily",
        title=f"Story {number}",
        body=body,
        language="en",
        published=Published(at=NOW, evidence=Evidence.FEED),
        fetched_at=NOW,
    )
    ids = {} if ids is None else ids
    with database.write() as tx:
        article_id = save_article(tx, article, None, now=NOW, keep_text=True).id
        return [
            save_step(tx, s, article_id=article_id, keys=["meta", "mt"], ids=ids) for s in steps
        ]


def raised(deal: Deal, figure: Figure) -> Step:
    change = replace(
        OPENED,
        deal_id=deal.id,
        number=99,
        kind=ChangeKind.RAISED,
        before=deal.figure,
        after=figure,
        stage_before=deal.stage,
        moved=Decimal("0.1077"),
    )
    assert deal.figure is not None
    after = replace(deal, figure=figure, earlier=(*deal.earlier, deal.figure))
    return Step(claim=replace(CLAIM, figure=figure), deal=after, change=change)


def test_a_new_deal_gets_its_id_and_its_first_change_the_number_one(database: Database) -> None:
    ids: dict[int, int] = {}

    (step,) = tell(database, 1, OPENING, ids=ids)

    assert ids == {-1: 1}
    assert step.deal == replace(DEAL, id=1, change_count=1)
    assert step.change == replace(OPENED, deal_id=1, number=1)


def test_a_deal_and_its_changes_come_back_equal(database: Database) -> None:
    (opened,) = tell(database, 1, OPENING)
    assert opened.deal is not None
    (moved,) = tell(database, 2, raised(opened.deal, bn("66", "72")))

    with database.read() as conn:
        deal, changes = load_deal(conn, 1), load_changes(conn, 1)

    assert deal == moved.deal
    assert deal is not None
    assert (deal.earlier, deal.change_count) == ((JANUARY,), 2)
    assert changes == (opened.change, moved.change)
    assert [change.number for change in changes] == [1, 2]


def test_a_deal_of_which_little_is_known_comes_back_equal(database: Database) -> None:
    bare = replace(DEAL, parties=(), period=None, place=None, figure=None, figure_primary=False)

    (step,) = tell(database, 1, replace(OPENING, deal=bare))

    with database.read() as conn:
        assert load_deal(conn, 1) == step.deal
        assert load_deal(conn, 2) is None


YESTERDAY = """
INSERT INTO deals (id, kind, stage, parties, figure_primary, earlier, change_count, opened_at,
        changed_at)
    VALUES (1, 'capex_plan', 'planned', '[]', 0, '[]', 1, '2026-11-24T00:00:00.000000+00:00',
        '2026-11-24T00:00:00.000000+00:00');
"""


def test_a_deal_of_yesterday_means_nobody_else(tmp_path: Path, database_of: Any) -> None:
    database_of(tmp_path / "rasid.db", "0009", YESTERDAY)

    database = open_database(tmp_path / "rasid.db")
    with database.read() as conn:
        deal = load_deal(conn, 1)
    database.close()

    assert deal is not None
    assert deal.perhaps == ()


def test_a_claim_that_only_confirms_gives_no_number(database: Database) -> None:
    (opened,) = tell(database, 1, OPENING)
    assert opened.deal is not None
    joined = replace(opened.deal, figure=bn("65", "65"), actual=bn("72", None))

    (step,) = tell(database, 2, Step(claim=CLAIM, deal=joined, change=None))

    assert step.deal == joined
    with database.read() as conn:
        assert load_deal(conn, 1) == joined
        assert len(load_changes(conn, 1)) == 1


def test_two_claims_of_one_article_on_its_new_deal(database: Database) -> None:
    more = raised(replace(DEAL, change_count=1), bn("66", "72"))

    first, second = tell(database, 1, OPENING, more)

    assert first.deal is not None
    assert second.deal is not None
    assert second.change is not None
    assert (first.deal.id, second.deal.id, second.change.number) == (1, 1, 2)


def test_a_named_part_is_linked_to_the_whole_of_the_same_article(database: Database) -> None:
    part = Step(
        claim=replace(CLAIM, role=Role.PART_OF),
        deal=replace(DEAL, id=-2, part_of=-1, figure=bn("10", "10")),
        change=replace(OPENED, deal_id=-2),
    )

    tell(database, 1, OPENING, part)

    with database.read() as conn:
        parts = load_parts(conn, 1)
    assert [(deal.id, deal.part_of) for deal in parts] == [(2, 1)]


def test_near_deals_are_those_of_any_key(database: Database) -> None:
    tell(database, 1, OPENING)
    tell(database, 2, OPENING)

    with database.read() as conn:
        ids = [
            [deal.id for deal in load_near_deals(conn, keys)]
            for keys in (["mt", "meta"], ["mt", "xai"], ["xai"], [], [f"k{n}" for n in range(2500)])
        ]

    assert ids == [[1, 2], [1, 2], [], [], []]


def test_a_change_without_a_deal_is_our_mistake(database: Database) -> None:
    with pytest.raises(ValueError, match="without its deal"):
        tell(database, 1, Step(claim=CLAIM, deal=None, change=OPENED))


def test_a_step_that_did_nothing_is_kept_with_its_reasons(database: Database) -> None:
    why = (Reason(code="role_valuation", text="a valuation is no deal"),)
    idle = Step(
        claim=replace(CLAIM, role=Role.VALUATION, main=False), deal=None, change=None, reasons=why
    )

    saved = tell(database, 1, OPENING, idle)

    with database.read() as conn:
        assert list(load_steps(conn, 1)) == saved
        assert load_steps(conn, 2) == ()


def test_deals_that_changed_last_come_first(database: Database) -> None:
    late = replace(DEAL, changed_at=NOW + timedelta(days=2))
    tell(database, 1, replace(OPENING, deal=late))
    tell(database, 2, OPENING)

    with database.read() as conn:
        ids = [deal.id for deal in load_deals(conn)]
        since = [deal.id for deal in load_deals(conn, since=NOW + timedelta(days=1))]
        first = [deal.id for deal in load_deals(conn, limit=1)]

    assert (ids, since, first) == ([1, 2], [1], [1])


def test_each_article_is_one_source_with_its_main_claim(database: Database) -> None:
    mentioned = replace(CLAIM, main=False, sentence="It had said so before.")
    (opened,) = tell(database, 1, OPENING)
    aside = Step(claim=mentioned, deal=opened.deal, change=None)
    tell(
        database, 2, aside, Step(claim=replace(CLAIM, primary=True), deal=opened.deal, change=None)
    )

    with database.read() as conn:
        told, all_of_them = load_sources_of(conn, 1), load_claims_of(conn, 1)

    assert [(each.url[-1], each.claim.main, each.primary) for each in told] == [
        ("1", True, False),
        ("2", True, True),
    ]
    assert len(all_of_them) == 3
    assert (told[0].title, told[0].change_number, told[1].change_number) == ("Story 1", 1, None)


def test_a_revised_article_tells_by_its_newest_text(database: Database) -> None:
    (opened,) = tell(database, 1, OPENING, body="60 to 65")
    assert opened.deal is not None
    tell(database, 1, raised(opened.deal, bn("66", "72")), body="66 to 72")

    with database.read() as conn:
        told = load_claims_of(conn, 1)

    assert [(each.claim.figure, each.change_number) for each in told] == [(bn("66", "72"), 2)]


def test_the_article_behind_a_change(database: Database) -> None:
    tell(database, 7, OPENING)

    with database.read() as conn:
        article = load_article_of(conn, 1, 1)

    assert article is not None
    assert article.url == "https://daily.example/7"
