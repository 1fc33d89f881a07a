"""What a rule says: to the test story, to denials, to old news, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crawler.model import ChangeKind, Published, Role, Stage
from notifier.decide import decide
from notifier.model import AlertKind, Answer, Verdict


def ask(tell: Any, rule: Any, change: Any, history: Any = None, **deal: Any) -> Verdict:
    return decide(
        rule,
        tell.deal(change.after, **deal),
        change,
        history or tell.history(),
        now=tell.now,
        rates=tell.rates,
        age_limit_h=72,
        companies={},
    )


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


FIRST = {
    "certain, at the low end": ("60bn USD", "certain", Answer.FIRE),
    "certain, above the low end": ("62bn USD", "certain", Answer.SKIP),
    "possible, at the high end": ("65bn USD", "possible", Answer.FIRE),
    "possible, above the high end": ("66bn USD", "possible", Answer.SKIP),
    "certain, far above": ("70bn USD", "certain", Answer.SKIP),
    "possible, a rival's 500 bn does not help": ("400bn USD", "possible", Answer.SKIP),
    "in dirhams": ("220bn AED", "certain", Answer.FIRE),
}


@pytest.mark.parametrize(("limit", "confidence", "answer"), FIRST.values(), ids=FIRST)
def test_the_january_plan(tell: Any, limit: str, confidence: str, answer: Answer) -> None:
    verdict = ask(tell, tell.rule(limit, confidence=confidence), tell.change())

    assert verdict.answer is answer
    assert verdict.kind is (AlertKind.ALERT if answer is Answer.FIRE else None)


def test_a_verdict_has_a_reason_for_each_condition_that_was_asked(tell: Any) -> None:
    rule = tell.rule("62bn USD", kinds=("capex_plan",), languages=("en",), companies=("meta",))

    verdict = ask(tell, rule, tell.change())

    assert codes(verdict) == ["amount_certain_not", "kind", "language_not", "company"]
    assert verdict.reasons[0].text == "only $60bn is certain; the rule asks for at least $62bn"


MOVES = {
    "July, 66 to 72": (ChangeKind.RAISED, ("66bn", "72bn"), Answer.FIRE, "moved"),
    "a little": (ChangeKind.RAISED, ("61bn", "66bn"), Answer.SKIP, "moved_little"),
    "lowered below the rule": (ChangeKind.LOWERED, ("5bn", "6bn"), Answer.FIRE, "moved"),
    "widened": (ChangeKind.WIDENED, ("50bn", "80bn"), Answer.FIRE, "moved"),
    "a point within the range": (ChangeKind.NARROWED, ("63bn", "same"), Answer.SKIP, None),
    "another currency, the same sum": (ChangeKind.RAISED, ("221bn", "238bn"), Answer.SKIP, None),
}


@pytest.mark.parametrize(("kind", "ends", "answer", "code"), MOVES.values(), ids=MOVES)
def test_after_it_was_told(
    tell: Any, kind: ChangeKind, ends: tuple[str, str], answer: Answer, code: str | None
) -> None:
    currency = "AED" if ends[0] == "221bn" else "USD"
    change = tell.change(kind, tell.plan, tell.figure(*ends, currency), number=2)

    verdict = ask(tell, tell.rule(), change, tell.told(tell.plan))

    assert verdict.answer is answer
    assert code is None or code in codes(verdict)
    assert verdict.kind is (AlertKind.UPDATE if answer is Answer.FIRE else None)


def test_small_moves_add_up_until_they_are_told(tell: Any) -> None:
    change = tell.change(
        ChangeKind.RAISED, tell.figure("62bn", "67bn"), tell.figure("64bn", "69bn"), number=3
    )

    verdict = ask(tell, tell.rule(), change, tell.told(tell.plan))

    assert verdict.kind is AlertKind.UPDATE


def test_an_update_that_falls_below_the_rule_says_so(tell: Any) -> None:
    change = tell.change(ChangeKind.LOWERED, tell.plan, tell.figure("5bn", "6bn"), number=2)

    verdict = ask(tell, tell.rule(), change, tell.told(tell.plan))

    assert verdict.fires
    assert "amount_certain_not" in codes(verdict)


def test_a_deal_that_passes_first_by_a_change_is_an_alert(tell: Any) -> None:
    change = tell.change(ChangeKind.RAISED, tell.plan, tell.figure("66bn", "72bn"), number=2)

    verdict = ask(tell, tell.rule("66bn USD"), change)

    assert (verdict.answer, verdict.kind) == (Answer.FIRE, AlertKind.ALERT)
    assert (
        verdict.reasons[-2].text
        == "the deal meets the rule for the first time (the figure was raised)"
    )


def test_the_rule_is_asked_about_the_best_figure_and_not_the_claim(tell: Any) -> None:
    claim = tell.claim(tell.figure("500bn"))

    verdict = ask(tell, tell.rule("400bn USD"), tell.change(claim=claim))

    assert verdict.answer is Answer.SKIP


def test_a_limit_for_updates_of_the_rule_itself(tell: Any) -> None:
    change = tell.change(ChangeKind.RAISED, tell.plan, tell.figure("66bn", "72bn"), number=2)

    verdict = ask(tell, tell.rule(update_at_least="0.2"), change, tell.told(tell.plan))

    assert verdict.answer is Answer.SKIP


def test_an_amount_told_later_is_an_update_of_a_deal_told_without(tell: Any) -> None:
    change = replace(tell.change(ChangeKind.NARROWED, None, tell.plan, number=2), before=None)
    history = replace(tell.told(tell.plan), told_figure=None)

    verdict = ask(tell, tell.rule(None), change, history)

    assert (verdict.kind, codes(verdict)[0]) == (AlertKind.UPDATE, "amount_stated")


def confirmed(tell: Any, stage: Stage = Stage.CLOSED) -> Any:
    return tell.change(ChangeKind.CONFIRMED, tell.plan, tell.plan, stage_after=stage, number=2)


def test_a_later_stage_is_silent_once_the_deal_was_told(tell: Any) -> None:
    verdict = ask(tell, tell.rule(), confirmed(tell), tell.told())

    assert (verdict.answer, codes(verdict)) == (Answer.SKIP, ["stage_silent"])


def test_a_later_stage_that_the_rule_names_is_an_update(tell: Any) -> None:
    rule = tell.rule(stages=("announced", "closed"))

    verdict = ask(tell, rule, confirmed(tell), tell.told())

    assert (verdict.kind, codes(verdict)[0]) == (AlertKind.UPDATE, "stage_reached")


def test_a_rumour_that_is_announced_passes_a_rule_for_announcements(tell: Any) -> None:
    rule = tell.rule(stages=("announced",))
    rumour = tell.change(stage_after=Stage.RUMOURED)

    assert ask(tell, rule, rumour).answer is Answer.SKIP
    assert ask(tell, rule, confirmed(tell, Stage.ANNOUNCED)).kind is AlertKind.ALERT


def denied(tell: Any) -> Any:
    return tell.change(ChangeKind.DENIED, tell.plan, tell.plan, stage_after=Stage.DENIED, number=2)


def test_a_denied_deal_never_alerts(tell: Any) -> None:
    assert ask(tell, tell.rule(), denied(tell)).answer is Answer.SKIP
    assert ask(tell, tell.rule(), tell.change(stage_after=Stage.DENIED)).answer is Answer.SKIP


def test_a_denial_of_a_told_deal_is_a_correction_told_once(tell: Any) -> None:
    verdict = ask(tell, tell.rule(), denied(tell), tell.told())
    again = tell.alert(AlertKind.CORRECTION, id=1043, reasons=verdict.reasons)

    assert (verdict.answer, verdict.kind) == (Answer.FIRE, AlertKind.CORRECTION)
    assert ask(tell, tell.rule(), denied(tell), tell.told(alert=again)).answer is Answer.SKIP


def test_a_denied_deal_that_comes_back_is_an_update(tell: Any) -> None:
    told = tell.alert(
        AlertKind.CORRECTION, reasons=ask(tell, tell.rule(), denied(tell), tell.told()).reasons
    )

    verdict = ask(tell, tell.rule(), confirmed(tell, Stage.ANNOUNCED), tell.told(alert=told))

    assert (verdict.kind, codes(verdict)[-2]) == (AlertKind.UPDATE, "returned")


def test_a_corrected_figure_is_told_however_small_the_step(tell: Any) -> None:
    change = tell.change(ChangeKind.CORRECTED, tell.plan, tell.figure("60bn", "64bn"), number=2)

    verdict = ask(tell, tell.rule(), change, tell.told())

    assert (verdict.answer, verdict.kind) == (Answer.FIRE, AlertKind.CORRECTION)


def test_a_correction_of_what_nobody_was_told_is_an_alert_or_nothing(tell: Any) -> None:
    change = tell.change(ChangeKind.CORRECTED, tell.figure("6bn"), tell.plan, number=2)

    assert ask(tell, tell.rule(), change).kind is AlertKind.ALERT
    assert ask(tell, tell.rule("70bn USD"), change).answer is Answer.SKIP


def test_a_part_is_asked_by_its_own_figure(tell: Any) -> None:
    part = tell.change(after=tell.figure("10bn"))
    facts = {"part_of": 117, "kind": Role.PART_OF}
    of_a_plan = tell.history(whole=tell.deal())

    assert ask(tell, tell.rule("10bn USD"), part, **facts).fires
    assert not ask(tell, tell.rule("11bn USD"), part, **facts).fires
    assert not ask(tell, tell.rule("1bn USD", parts=False), part, **facts).fires
    assert ask(tell, tell.rule(kinds=("capex_plan",)), part, of_a_plan, **facts).fires


UNLESS = {
    "all of it holds": ({"kinds": ("capex_plan",), "languages": ("ar",)}, Answer.SKIP, "unless"),
    "one of it does not": (
        {"kinds": ("capex_plan",), "languages": ("en",)}, Answer.FIRE, "unless_not",
    ),
    "nothing is written": ({}, Answer.FIRE, None),
}  # fmt: skip


@pytest.mark.parametrize(("exception", "answer", "code"), UNLESS.values(), ids=UNLESS)
def test_unless(tell: Any, exception: dict[str, Any], answer: Answer, code: str | None) -> None:
    rule = tell.rule(unless=tell.conditions(**exception))

    verdict = ask(tell, rule, tell.change())

    assert verdict.answer is answer
    assert code is None or code in codes(verdict)


def test_an_exception_silences_an_update_and_never_a_correction(tell: Any) -> None:
    rule = tell.rule(unless=tell.conditions(sources=("alqiyady",)))
    raised = tell.change(ChangeKind.RAISED, tell.plan, tell.figure("66bn", "72bn"), number=2)

    assert ask(tell, rule, raised, tell.told()).answer is Answer.SKIP
    assert ask(tell, rule, denied(tell), tell.told()).kind is AlertKind.CORRECTION


AGES = {
    "an hour": (1, Answer.FIRE, "fresh"),
    "at the limit": (72, Answer.FIRE, "fresh"),
    "past the limit": (72.1, Answer.HOLD, "old"),
    "a year": (24 * 365, Answer.HOLD, "old"),
    "no date": (None, Answer.HOLD, "undated"),
    "tomorrow, by a zone left out": (-13, Answer.FIRE, "fresh"),
    "next month": (-24 * 30, Answer.HOLD, "future"),
}


@pytest.mark.parametrize(("hours_old", "answer", "code"), AGES.values(), ids=AGES)
def test_old_news_never_rings(tell: Any, hours_old: float, answer: Answer, code: str) -> None:
    history = tell.history(article=tell.article(hours_old=hours_old))

    verdict = ask(tell, tell.rule(), tell.change(), history)

    assert (verdict.answer, codes(verdict)[-1]) == (answer, code)
    assert verdict.kind is AlertKind.ALERT


@pytest.mark.parametrize("change", [denied, confirmed], ids=["denial", "stage"])
def test_nothing_else_rings_from_an_old_article_either(tell: Any, change: Any) -> None:
    history = replace(tell.told(), article=tell.article(hours_old=1000))

    assert not ask(tell, tell.rule(stages=("closed",)), change(tell), history).fires


def test_a_day_without_a_clock_counts_from_its_first_minute(tell: Any) -> None:
    at = tell.now.replace(hour=0, minute=0) - timedelta(days=3)
    article = tell.article()
    dated = Published(at=at, evidence=article.published.evidence, day_only=True)

    verdict = ask(
        tell, tell.rule(), tell.change(), tell.history(article=replace(article, published=dated))
    )

    assert verdict.answer is Answer.HOLD


def test_the_first_look_stores_silently(tell: Any) -> None:
    verdict = ask(tell, tell.rule(), tell.change(), tell.history(first_look=True))

    assert (verdict.answer, verdict.kind) == (Answer.HOLD, AlertKind.ALERT)
    assert codes(verdict)[-1] == "first_look"


def test_old_news_that_no_rule_asks_for_is_skipped_and_not_held(tell: Any) -> None:
    history = tell.history(article=tell.article(hours_old=None))

    assert ask(tell, tell.rule("70bn USD"), tell.change(), history).answer is Answer.SKIP


STORY: list[tuple[str, ChangeKind, tuple[str, str], str]] = [
    ("the January plan", ChangeKind.OPENED, ("60bn", "65bn"), "alert"),
    ("July", ChangeKind.RAISED, ("66bn", "72bn"), "update"),
    ("October, 72", ChangeKind.RAISED, ("70bn", "72bn"), "update"),
    ("a copy of October", ChangeKind.NARROWED, ("71bn", "72bn"), "skip"),
]


def test_a_deal_through_its_year(tell: Any) -> None:
    """Each change is asked with what was told before it, as the pipeline does."""
    said, told, figure, before = [], (), None, None
    for number, (_, kind, ends, _) in enumerate(STORY, 1):
        after = tell.figure(*ends)
        change = tell.change(kind, before, after, number=number)
        history = replace(tell.history(), told=told, told_figure=figure)
        verdict = ask(tell, tell.rule(), change, history)
        said.append(str(verdict.kind or verdict.answer))
        if verdict.fires:
            told, figure = (*told, tell.alert(verdict.kind, id=number)), after
        before = after

    assert said == [expected for *_, expected in STORY]
