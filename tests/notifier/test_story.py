"""The test story (README), from claims to what people are told: 4 alerts and 1 update."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.deals.settle import settle
from crawler.model import Claim, Deal, Evidence, Figure, Period, Published, Reading, Role, Side
from notifier.decide import decide
from notifier.model import Alert, History
from notifier.render import render


def plan(tell: Any, low: str | None, high: str | None = "same", **more: Any) -> Claim:
    year = more.pop("year", 2025)
    return tell.claim(
        tell.figure(low, high, more.pop("currency", "USD")),
        period=Period(first_year=year, last_year=year),
        **more,
    )


def the_year(tell: Any) -> list[tuple[datetime, str, tuple[Claim, ...]]]:
    """What each article says: the day, its number, its claims that could make a deal."""
    louisiana = plan(tell, "10bn", role=Role.PART_OF, place="louisiana", main=True)
    scale = tell.claim(
        tell.figure("14.3bn"),
        role=Role.INVESTMENT_COMMITMENT,
        parties=(
            replace(tell.party(), key="mt"),
            replace(tell.party("scale-ai", "Scale AI", Side.RECIPIENT), key="skl"),
        ),
    )
    days = [
        ((2025, 1, 24), (plan(tell, "60bn", "65bn"),)),
        ((2025, 1, 27), (plan(tell, "60bn", None),)),
        ((2025, 2, 2), (plan(tell, None, "65bn"),)),
        ((2025, 2, 10), (plan(tell, "65bn"), louisiana)),
        ((2025, 6, 13), (scale,)),
        ((2025, 7, 31), (plan(tell, "66bn", "72bn", says_changed=True),)),
        ((2025, 8, 20), (plan(tell, "60bn", None),)),
        ((2025, 10, 30), (plan(tell, "72bn"),)),
        ((2026, 1, 29), (plan(tell, "115bn", "135bn", year=2026),)),
        ((2026, 2, 4), (plan(tell, "135bn", year=2026),)),
    ]
    return [
        (datetime(*day, 12, tzinfo=UTC), f"{number}", claims)
        for number, (day, claims) in enumerate(days, 1)
    ]


class Desk:
    """Keeps deals and alerts as storage does, and asks one rule as the pipeline does."""

    def __init__(self, tell: Any, **rule: Any) -> None:
        self.tell, self.rule = tell, tell.rule(**rule)
        self.deals: dict[int, Deal] = {}
        self.told: dict[int, tuple[tuple[Alert, ...], Figure | None]] = {}
        self.said: list[tuple[str, str, int]] = []
        self.titles: list[str] = []

    def hear(self, at: datetime, number: str, claims: tuple[Claim, ...]) -> None:
        now = at + timedelta(hours=1)
        published = Published(at=at, evidence=Evidence.JSON_LD)
        article = self.tell.article(url=f"https://a.example/{number}", published=published)
        reading = Reading(
            language="ar", ai_investment=True, figures=(), claims=claims,
            reader_version="1", lexicon_hash="x",
        )  # fmt: skip
        ids: dict[int, int] = {}
        rates = self.tell.rates
        for step in settle(article, reading, tuple(self.deals.values()), rates=rates, now=now):
            if step.deal is None:
                continue
            deal_id = step.deal.id
            if deal_id < 0:
                deal_id = ids.setdefault(deal_id, len(self.deals) + 1)
            part_of = ids.get(step.deal.part_of or 0, step.deal.part_of)
            deal = self.deals[deal_id] = replace(step.deal, id=deal_id, part_of=part_of)
            if step.change is None:
                continue
            told, figure = self.told.get(deal_id, ((), None))
            history = History(
                article=article, source=None, first_look=False, told=told, told_figure=figure
            )
            verdict = decide(
                self.rule,
                deal,
                step.change,
                history,
                now=now,
                rates=rates,
                age_limit_h=72,
                companies={},
            )
            if verdict.fires and verdict.kind:
                alert = self.tell.alert(
                    verdict.kind, id=len(self.said) + 1, reasons=verdict.reasons, made_at=now,
                    replaces=told[-1].id if told else None,
                )  # fmt: skip
                self.told[deal_id] = ((*told, alert), step.change.after)
                self.said.append((number, str(verdict.kind), deal_id))
                self.titles.append(self.title(alert, deal, step.change, told))

    def title(self, alert: Alert, deal: Deal, change: Any, told: tuple[Alert, ...]) -> str:
        return render(
            alert, deal, change, sources=(), target=self.tell.target(),
            words=self.tell.words("en"), rates=self.tell.rates,
            companies=self.tell.companies, now=alert.made_at, public_url=None,
            whole=self.deals.get(deal.part_of or 0), told=told[-1] if told else None,
        ).title  # fmt: skip


def test_ten_articles_are_four_alerts_and_one_update(tell: Any) -> None:
    desk = Desk(tell)

    for article in the_year(tell):
        desk.hear(*article)

    assert [(number, kind) for number, kind, _ in desk.said] == [
        ("1", "alert"), ("4", "alert"), ("5", "alert"), ("6", "update"), ("9", "alert"),
    ]  # fmt: skip
    assert desk.titles == [
        "$60–65bn · Meta · capital spending 2025 (announced)",
        "$10bn · Meta · part of capital spending 2025 (announced)",
        "$14.3bn · Meta, Scale AI · investment (announced)",
        "$66–72bn (was $60–65bn) · UPDATE · Meta · capital spending 2025 (announced)",
        "$115–135bn · Meta · capital spending 2026 (announced)",
    ]


def test_a_rule_that_july_reaches_first_tells_of_july_as_news(tell: Any) -> None:
    desk = Desk(tell, at_least="66bn USD")

    for article in the_year(tell):
        desk.hear(*article)

    assert [(number, kind) for number, kind, _ in desk.said] == [("6", "alert"), ("9", "alert")]


def test_a_year_without_parts(tell: Any) -> None:
    desk = Desk(tell, parts=False)

    for article in the_year(tell):
        desk.hear(*article)

    assert "4" not in [number for number, _, _ in desk.said]
