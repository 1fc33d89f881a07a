"""The test story in small pieces: deals, changes and articles as a test wants them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from config.load import load_wordings
from config.model import Amount, Company, Rate, Rule, RuleConditions, Source, Target
from config.phrases import Wording
from crawler.deals.rates import Rates, build_rates
from crawler.model import (
    Article,
    Change,
    ChangeKind,
    Claim,
    Deal,
    DealSource,
    Evidence,
    Figure,
    Party,
    Period,
    Published,
    Role,
    Side,
    Stage,
)
from notifier.model import Alert, AlertKind, History
from notifier.words import Words, words_in

WORDINGS = load_wordings(None)
NOW = datetime(2025, 1, 24, 16, 5, tzinfo=UTC)
PLAN_AR = (
    "أعلنت شركة ميتا أنها تعتزم إنفاق ما بين 60 و65 مليار دولار خلال عام 2025 "
    "على البنية التحتية للذكاء الاصطناعي."
)
COMPANIES = {
    company.id: company
    for company in (
        Company(id="meta", kind="tech", names={"en": "Meta", "ar": "ميتا"}, country="US"),
        Company(id="openai", kind="ai", names={"en": "OpenAI"}),
        Company(id="softbank", kind="investor", names={"en": "SoftBank", "ar": "سوفت بنك"}),
        Company(id="mgx", kind="state", names={"en": "MGX"}),
        Company(id="humain", kind="ai", names={"en": "Humain", "ar": "هيوماين"}),
    )
}


@dataclass(frozen=True)
class Teller:
    """Makes what the notifier is given; everything has a default from the January plan."""

    now: datetime = NOW
    wordings: tuple[Wording, ...] = WORDINGS

    def words(self, language: str) -> Words:
        return words_in(language, self.wordings)

    def amount(self, text: str | None) -> Decimal | None:
        """ "60bn" in whole units."""
        if text is None:
            return None
        scale = {"tn": 10**12, "bn": 10**9, "m": 10**6}
        for word, times in scale.items():
            if text.endswith(word):
                return Decimal(text.removesuffix(word)) * times
        return Decimal(text)

    def figure(
        self, low: str | None, high: str | None = "same", currency: str | None = "USD", **more: Any
    ) -> Figure:
        """figure("60bn", "65bn"), figure("60bn", None) for "over", figure("65bn") for a point."""
        sides = (low, low if high == "same" else high)
        return Figure(
            low=self.amount(sides[0]),
            high=self.amount(sides[1]),
            currency=currency,
            text="…",
            start=0,
            **more,
        )

    @property
    def plan(self) -> Figure:
        return self.figure("60bn", "65bn")

    def party(
        self, id: str | None = "meta", name: str = "Meta", side: Side = Side.INVESTOR
    ) -> Party:
        return Party(name=name, side=side, id=id)

    def claim(self, figure: Figure | None = None, **more: Any) -> Claim:
        values: dict[str, Any] = {
            "role": Role.CAPEX_PLAN,
            "stage": Stage.ANNOUNCED,
            "main": True,
            "figure": figure or self.plan,
            "parties": (self.party(),),
            "sentence": PLAN_AR,
            "start": 0,
        }
        return Claim(**(values | more))

    def deal(self, figure: Figure | None = None, **more: Any) -> Deal:
        values: dict[str, Any] = {
            "id": 117,
            "kind": Role.CAPEX_PLAN,
            "stage": Stage.ANNOUNCED,
            "parties": (self.party(),),
            "period": Period(first_year=2025, last_year=2025),
            "place": None,
            "figure": figure or self.plan,
            "change_count": 1,
            "opened_at": self.now,
            "changed_at": self.now,
        }
        return Deal(**(values | more))

    def change(
        self,
        kind: ChangeKind = ChangeKind.OPENED,
        before: Figure | None = None,
        after: Figure | None = None,
        **more: Any,
    ) -> Change:
        figure = after or self.plan
        values: dict[str, Any] = {
            "deal_id": 117,
            "number": 1,
            "kind": kind,
            "before": before,
            "after": figure,
            "stage_before": None if kind is ChangeKind.OPENED else Stage.ANNOUNCED,
            "stage_after": Stage.ANNOUNCED,
            "moved": None,
            "article_url": "https://alqiyady.example/meta-2025",
            "claim": self.claim(figure),
            "published_on": date(2025, 1, 24),
            "at": self.now,
        }
        return Change(**(values | more))

    def article(self, *, hours_old: float | None = 1, **more: Any) -> Article:
        published = None
        if hours_old is not None:
            at = self.now - timedelta(hours=hours_old)
            published = Published(at=at, evidence=Evidence.JSON_LD)
        values: dict[str, Any] = {
            "url": "https://alqiyady.example/meta-2025",
            "source_id": "alqiyady",
            "title": "ميتا تنفق 60 إلى 65 مليار دولار",
            "body": PLAN_AR,
            "language": "ar",
            "published": published,
            "fetched_at": self.now,
        }
        return Article(**(values | more))

    def source(self, **more: Any) -> Source:
        values: dict[str, Any] = {
            "id": "alqiyady",
            "name": "القيادي",
            "url": "https://alqiyady.example/feed",
            "kind": "feed",
            "country": "AE",
        }
        return Source(**(values | more))

    def history(self, **more: Any) -> History:
        values: dict[str, Any] = {
            "article": self.article(),
            "source": self.source(),
            "first_look": False,
        }
        return History(**(values | more))

    def told(self, figure: Figure | None = None, *, alert: Alert | None = None) -> History:
        """A history in which the rule has told of the deal with `figure`."""
        told = (alert or self.alert(),)
        return self.history(told=told, told_figure=figure or self.plan)

    def alert(self, kind: AlertKind = AlertKind.ALERT, **more: Any) -> Alert:
        values: dict[str, Any] = {
            "id": 1042,
            "rule_id": "mega-ai",
            "deal_id": 117,
            "change_number": 1,
            "kind": kind,
            "reasons": (),
            "made_at": self.now,
        }
        return Alert(**(values | more))

    def rule(self, at_least: str | None = "10bn USD", **more: Any) -> Rule:
        return Rule(**({"id": "mega-ai", "tell": ("desk",)} | self._asked(at_least) | more))

    def conditions(self, at_least: str | None = None, **more: Any) -> RuleConditions:
        return RuleConditions(**(self._asked(at_least) | more))

    def _asked(self, at_least: str | None) -> dict[str, Any]:
        if at_least is None:
            return {}
        number, currency = at_least.split()
        value = self.amount(number)
        assert value is not None
        return {"at_least": Amount(value=value, currency=currency, text=at_least)}

    def target(self, **more: Any) -> Target:
        values: dict[str, Any] = {"id": "desk", "url": "json://127.0.0.1/", "tags": ("desk",)}
        return Target(**(values | more))

    def told_by(self, url: str = "https://alqiyady.example/meta-2025", **more: Any) -> DealSource:
        values: dict[str, Any] = {
            "url": url,
            "title": "…",
            "source_id": "alqiyady",
            "site_name": "القيادي",
            "language": "ar",
            "published": Published(
                at=datetime(2025, 1, 24, 15, 58, tzinfo=UTC), evidence=Evidence.JSON_LD
            ),
            "fetched_at": self.now,
        }
        return DealSource(**(values | more))

    @property
    def companies(self) -> dict[str, Company]:
        return dict(COMPANIES)

    @property
    def rates(self) -> Rates:
        rows = [
            ("AED", "3.6725", date(1997, 11, 1), "peg"),
            ("SAR", "3.75", date(1986, 6, 1), "peg"),
            ("EUR", "0.96", date(2025, 1, 23), "ecb"),
            ("EGP", "50.2", date(2025, 1, 20), "approximate"),
        ]
        return build_rates(
            [
                Rate(currency=code, per_usd=Decimal(per), on=on, kind=kind, source="test")
                for code, per, on, kind in rows
            ]
        )

    def later(self, days: float) -> Teller:
        """The same teller some days on."""
        return replace(self, now=self.now + timedelta(days=days))


@pytest.fixture
def tell() -> Teller:
    return Teller()
