"""Where an article left the funnel, in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.model import ChangeKind, Reading, Reason, Role, Step
from notifier.decide import decide
from notifier.explain import explain


def reading(tell: Any, **more: Any) -> Reading:
    values: dict[str, Any] = {
        "language": "ar",
        "ai_investment": True,
        "figures": (tell.plan,),
        "claims": (tell.claim(), tell.claim(tell.figure("38.4bn"), role=Role.PAST, main=False)),
        "reader_version": "1",
        "lexicon_hash": "x",
    }
    return Reading(**(values | more))


def verdict(tell: Any, change: Any, history: Any = None, **rule: Any) -> Any:
    return decide(
        tell.rule(**rule),
        tell.deal(change.after),
        change,
        history or tell.history(),
        now=tell.now,
        rates=tell.rates,
        age_limit_h=72,
        companies={},
    )


def step(tell: Any, change: Any = None, **more: Any) -> Step:
    values = {"claim": tell.claim(), "deal": tell.deal(), "change": change}
    return Step(**(values | more))


def test_the_whole_way_of_an_alert(tell: Any) -> None:
    told = explain(reading(tell), [step(tell, tell.change())], [verdict(tell, tell.change())])

    assert [line.split(":")[0] for line in told] == [
        "language", "topic", "figures", "claim", "claim", "deal", "rule mega-ai",
        "=> people were told",
    ]  # fmt: skip
    assert told[2] == "figures: “…” is $60–65bn"
    assert "main, capital spending, announced, $60–65bn, Meta" in told[3]
    assert "only mentioned, past" in told[4]
    assert told[5].startswith("deal: deal 117, change 1: opened")


ENDS = {
    "an update": (
        ChangeKind.RAISED, True, {}, "=> people were told what changed: rule mega-ai",
    ),
    "below the rule": (
        ChangeKind.OPENED, False, {"at_least": "70bn USD"}, "=> silent: no rule asks for it",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "was_told", "rule", "end"), ENDS.values(), ids=ENDS)
def test_ends(tell: Any, kind: ChangeKind, was_told: bool, rule: dict[str, Any], end: str) -> None:
    change = tell.change(kind, tell.plan, tell.figure("66bn", "72bn"), number=2)
    history = tell.told() if was_told else None

    told = explain(reading(tell), [step(tell, change)], [verdict(tell, change, history, **rule)])

    assert told[-1].startswith(end)


def test_silences(tell: Any) -> None:
    nothing = step(tell, deal=None)
    held = verdict(tell, tell.change(), tell.history(first_look=True))

    assert explain(reading(tell, ai_investment=False))[-1].endswith("not about money put into AI")
    assert explain(reading(tell), [nothing])[-1].endswith("no claim in it makes a deal")
    assert explain(reading(tell), [step(tell)])[-1].endswith("a repeat of a deal that is known")
    assert "held back" in explain(reading(tell), [step(tell, tell.change())], [held])[-1]


def test_a_page_cannot_write_into_the_terminal(tell: Any) -> None:
    hostile = "\x1b[2J\u202e<b>\n=> people were told"
    claim = tell.claim(sentence=hostile, parties=(tell.party(None, hostile),))
    reasons = (Reason(code="x", text=hostile),)

    told = explain(reading(tell, claims=(claim,), reasons=reasons, language=hostile))

    assert not any(set(line) & set("\x1b\u202e\n<") for line in told)
    assert [line for line in told if line.startswith("=>")] == [told[-1]]
